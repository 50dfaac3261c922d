"""Elements of Markdown to blocks: headings nest as sections, each block gets its id, origin and what it states."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from generator.compose.environment import Rendered
from generator.compose.markdown.bounds import BoundsError, Spot
from generator.compose.markdown.runs import runs_of, token_text
from generator.compose.markdown.tree import parse, take_end
from generator.compose.tokens import MARK, TOKEN, Blocks, TemplateFaultError
from generator.model.document import (
    Align,
    Block,
    Callout,
    CalloutKind,
    Cell,
    Column,
    ListBlock,
    ListItem,
    Origin,
    PageBreak,
    Paragraph,
    Row,
    Section,
    Table,
)
from generator.model.walks import plain

_HEADING_ID = re.compile(r"\s*\{:\s*#([^\s}]+)\s*\}\s*$")
_ROLE = re.compile(r"\s*\{:\s*\.([a-z-]+)\s*\}\s*$")
_ALPHA = re.compile(r"\s*\{:\s*\.alpha\s*\}\s*$")
"""After the last item of a list: its items are lettered, as the considerations of a decree are."""
_ROLES = ("lead", "source", "law", "law-center", "signature")
_CALLOUTS: tuple[CalloutKind, ...] = ("temuan", "keputusan", "catatan")


@dataclass(slots=True)
class _Flat:
    """A heading still waiting for its children."""

    level: int
    section: Section


@dataclass(slots=True)
class BlockReader:
    """Turns one rendered template into blocks below `root`, the id of the chapter."""

    rendered: Rendered
    root: str
    section: str = ""
    origin: Origin | None = None
    ordinal: int = 0
    extra: int = 0
    used: dict[str, int] = field(default_factory=dict)

    def read(self) -> tuple[Block, ...]:
        """Return the blocks, headings nested as sections.

        Raises `TemplateFaultError`; `origin` is then where it was.
        """
        self.section = self.root
        flat: list[Block | _Flat] = []
        try:
            tree = parse(self.rendered.markdown)
        except BoundsError as error:
            self._remember(error.spot)
            raise
        for element in tree:
            flat.extend(self._block(element))
        return _nest(flat)

    # --- identity --------------------------------------------------------------------------------------------------

    def _unique(self, wanted: str) -> str:
        count = self.used.get(wanted, 0) + 1
        self.used[wanted] = count
        return wanted if count == 1 else f"{wanted}-{count}"

    def _next_id(self, letter: str) -> str:
        self.extra += 1
        suffix = f"{letter}{self.ordinal}" if self.extra == 1 else f"{letter}{self.ordinal}.{self.extra}"
        return self._unique(f"{self.section}/{suffix}")

    def _strip_marks(self, element: Element) -> None:
        """Take the marks out of an element's own text and remember the first."""
        first: Spot | None = None
        for node in element.iter():
            for attribute in ("text", "tail"):
                text = getattr(node, attribute)
                if text and "\ue002" in text and not (node is element and attribute == "tail"):
                    found = MARK.search(text)
                    if found and first is None:
                        first = (int(found[1]), int(found[2]), int(found[3]))
                    setattr(node, attribute, MARK.sub("", text))
        self._remember(first)

    def _remember(self, spot: Spot | None) -> None:
        if spot is not None:
            self.origin = Origin(f"{self.rendered.folder}{self.rendered.names[spot[0]]}", spot[1])
            self.ordinal = spot[2]
            self.extra = 0

    # --- blocks ----------------------------------------------------------------------------------------------------

    def _block(self, element: Element) -> Iterator[Block | _Flat]:
        tag = element.tag
        if re.fullmatch("h[1-6]", tag):
            yield self._heading(element)
        elif tag == "p":
            yield from self._paragraph(element)
        elif tag in ("ul", "ol"):
            yield self._list(element)
        elif tag == "div" and "admonition" in (element.get("class") or ""):
            yield self._callout(element)
        elif tag == "blockquote":
            for child in element:
                yield from self._block(child)
        elif tag == "table":
            yield self._table(element)
        elif tag == "hr":
            yield PageBreak(id=self._next_id("b"), origin=self.origin)
        else:
            self._strip_marks(element)
            runs, because = runs_of(element, self.rendered.table)
            yield Paragraph(id=self._next_id("p"), origin=self.origin, because=because, content=runs)

    def _heading(self, element: Element) -> _Flat:
        self._strip_marks(element)
        level = int(element.tag[1])
        found = take_end(element, _HEADING_ID)
        name = token_text(found[1], self.rendered.table) if found else ""
        runs, because = runs_of(element, self.rendered.table)
        self.section = self._unique(f"{self.root}/{name or _slug(plain(runs))}")
        self.extra = 0
        section = Section(
            id=self.section, origin=self.origin, because=because, level=max(2, level), title=runs, children=()
        )
        return _Flat(section.level, section)

    def _paragraph(self, element: Element) -> Iterator[Block]:
        self._strip_marks(element)
        alone = TOKEN.sub("", element.text or "").strip() == "" and len(element) == 0
        values = [self.rendered.table.values[int(found)] for found in TOKEN.findall(element.text or "")]
        if alone and values and all(isinstance(value, Blocks) for value in values):
            for value in values:
                if isinstance(value, Blocks):
                    yield from (self._placed(block) for block in value.blocks)
            return
        role = self._role(element)
        runs, because = runs_of(element, self.rendered.table)
        if plain(runs).strip():
            yield Paragraph(
                id=self._next_id("p"),
                origin=self.origin,
                because=because,
                content=runs,
                role=role,  # type: ignore[arg-type]
            )

    def _role(self, element: Element) -> str:
        found = take_end(element, _ROLE)
        if not found:
            return "body"
        if found[1] not in _ROLES:
            raise TemplateFaultError(f"unknown paragraph role '{found[1]}'", f"known roles: {', '.join(_ROLES)}")
        return found[1]

    def _placed(self, block: Block) -> Block:
        """Give a block made by code the origin of the line that called for it; its own id wins when it has one."""
        name = self._unique(block.id) if block.id else self._next_id("x")
        return replace(block, id=name, origin=block.origin or self.origin)

    def _list(self, element: Element) -> ListBlock:
        items: list[ListItem] = []
        because: list[str] = []
        name = ""
        lettered = _lettered(element)
        for child in element:
            nested = [grand for grand in child if grand.tag in ("ul", "ol", "p", "div", "table")]
            lead = [grand for grand in child if grand not in nested]
            holder = Element("p")
            holder.text = child.text
            holder.extend(lead)
            if not (child.text or "").strip() and not lead and nested and nested[0].tag == "p":
                holder = nested.pop(0)
            self._strip_marks(holder)
            name = name or self._next_id("l")
            runs, why = runs_of(holder, self.rendered.table)
            identity = self._next_id("i")
            origin = self.origin
            inner = tuple(block for grand in nested for block in self._block(grand) if not isinstance(block, _Flat))
            items.append(ListItem(id=identity, origin=origin, because=why, content=runs, children=inner))
            because.extend(why)
        start = int(element.get("start") or 1)
        return ListBlock(
            id=name or self._next_id("l"),
            origin=items[0].origin if items else self.origin,
            because=tuple(dict.fromkeys(because)),
            ordered=element.tag == "ol",
            items=tuple(items),
            style="lower-alpha" if lettered else "decimal",
            start=start,
        )

    def _callout(self, element: Element) -> Callout:
        kind = next((word for word in (element.get("class") or "").split() if word in _CALLOUTS), None)
        if kind is None:
            raise TemplateFaultError("unknown kind of callout", f"known kinds: {', '.join(_CALLOUTS)}")
        title = ""
        children: list[Block] = []
        name = ""
        for child in element:
            if child.tag == "p" and "admonition-title" in (child.get("class") or ""):
                self._strip_marks(child)
                title = plain(runs_of(child, self.rendered.table)[0])
                continue
            inner = [block for block in self._block(child) if not isinstance(block, _Flat)]
            name = name or self._next_id("c")
            children.extend(inner)
        because = tuple(dict.fromkeys(reason for block in children for reason in block.because))
        origin = children[0].origin if children else self.origin
        return Callout(
            id=name or self._next_id("c"),
            origin=origin,
            because=because,
            kind=kind,
            title=title,
            children=tuple(children),
        )

    def _table(self, element: Element) -> Table:
        self._strip_marks(element)
        rows = [
            (tuple(self._cell(cell) for cell in row), tuple(_align(cell) for cell in row)) for row in element.iter("tr")
        ]
        aligns = rows[0][1] if rows else ()
        return Table(
            id=self._next_id("t"),
            origin=self.origin,
            columns=tuple(Column(align=align) for align in aligns),
            header=tuple(Row(cells) for cells, _ in rows[:1]),
            body=tuple(Row(cells) for cells, _ in rows[1:]),
        )

    def _cell(self, element: Element) -> Cell:
        return Cell((runs_of(element, self.rendered.table)[0],))


def _lettered(element: Element) -> bool:
    """Take `{: .alpha }` off the end of a list and return whether it stood there."""
    holder = element[-1] if len(element) else None
    while holder is not None and len(holder) and holder[-1].tag == "p":
        holder = holder[-1]
    return holder is not None and take_end(holder, _ALPHA) is not None


def _align(cell: Element) -> Align:
    style = cell.get("style") or ""
    if "right" in style:
        return "right"
    return "center" if "center" in style else "left"


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "bagian"


def _nest(flat: Sequence[Block | _Flat]) -> tuple[Block, ...]:
    """Put blocks below the headings that open them."""
    root: list[Block] = []
    stack: list[tuple[int, Section, list[Block]]] = []

    def close(level: int) -> None:
        while stack and stack[-1][0] >= level:
            _, section, children = stack.pop()
            parent = stack[-1][2] if stack else root
            parent.append(replace(section, children=tuple(children)))

    for block in flat:
        if isinstance(block, _Flat):
            close(block.level)
            stack.append((block.level, block.section, []))
        else:
            (stack[-1][2] if stack else root).append(block)
    close(0)
    return tuple(root)
