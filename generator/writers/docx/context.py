"""The state of one book while it is written: bookmarks, comments, links, lists, what waits for the next paragraph."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import quote, urlsplit

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from generator.model import word as styles
from generator.model.anchors import anchor
from generator.model.document import Document, ListBlock
from generator.model.walks import walk
from generator.writers.docx import xml
from generator.writers.docx.body import Body
from generator.writers.docx.comments import Margin
from generator.writers.docx.labels import Label, caption_of, labels_of
from generator.writers.docx.template import Template
from generator.writers.docx.xml import Element, q, sub

_LINK_SCHEMES = frozenset({"http", "https", "mailto"})
_LONGEST_LINK = 2000  # Word refuses a file with a longer one


@dataclass(frozen=True, slots=True)
class Place:
    """Where blocks are put: an element, the width of its text (1/20 pt), the kind of text, the depth of lists."""

    parent: Element
    width: int
    law: bool = False
    depth: int = 0
    top: bool = False

    def inside(self, parent: Element, width: int) -> Place:
        """Return a place within a table cell."""
        return replace(self, parent=parent, width=width, depth=0, top=False)


@dataclass(slots=True)
class Writing:
    """One book being written. Methods keep ids unique and put what is pending onto the next paragraph."""

    document: Document
    template: Template
    workspace: Path
    pages: Mapping[str, str] | Mapping[str, int] | None
    body: Body
    margin: Margin = field(init=False)
    labels: dict[str, Label] = field(init=False)
    citations: dict[str, str] = field(init=False)
    block_ids: frozenset[str] = field(init=False)
    caption_kinds: tuple[str, ...] = field(init=False)
    chapter: str = ""
    annex: bool = False
    break_pending: bool = False
    _pending: list[str] = field(default_factory=list)
    _used: set[str] = field(default_factory=set)
    _bookmark: int = 0
    _drawing: int = 0
    _relation: int = 1000
    _part: int = 0
    _number: int = 0
    _counters: dict[str, int] = field(default_factory=dict)
    _links: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.labels = labels_of(self.document)
        self.citations = {source.id: f"[{index}]" for index, source in enumerate(self.document.sources, start=1)}
        blocks = list(walk((*self.document.front, *self.document.body)))
        self.caption_kinds = tuple(sorted({caption.kind for caption in map(caption_of, blocks) if caption}))
        items = (item.id for block in blocks if isinstance(block, ListBlock) for item in block.items)
        self.block_ids = frozenset((*(block.id for block in blocks), *items))
        self.margin = Margin(self.document, self.template)
        known = (num.get(q("w:numId"), "0") for num in self.template.numbering.iterchildren(q("w:num")))
        self._number = max(map(int, known), default=0)

    # --- paragraphs and anchors ---------------------------------------------------------------------------------------

    def await_anchor(self, block_id: str) -> None:
        """Let the next paragraph carry the anchor of a block that has no paragraph of its own."""
        self._pending.append(anchor(block_id))
        self.margin.block = block_id

    @contextmanager
    def paragraph(self, place: Place, style: str, block_id: str = "", part: str = "") -> Iterator[Element]:
        """Append a paragraph of a named style; what the caller adds to it stands inside its anchors."""
        node = xml.paragraph(place.parent, self.template.style(style))
        if self.break_pending and place.top:
            sub(node[0], "w:pageBreakBefore")
            self.break_pending = False
        if block_id:
            self._pending.append(anchor(block_id, part))
            self.margin.block = block_id
        opened = self.open_pending(node)
        yield node
        for number in reversed(opened):
            self.close_bookmark(node, number)

    @property
    def has_pending(self) -> bool:
        """Whether anchors wait for a paragraph."""
        return bool(self._pending)

    def open_pending(self, node: Element) -> list[str]:
        """Start the bookmarks that wait, each name once in the book; return their numbers."""
        names = dict.fromkeys(self._pending)
        self._pending.clear()
        return [self.open_bookmark(node, name) for name in names if name not in self._used]

    def separator(self, place: Place) -> None:
        """Append the thin paragraph that keeps two tables apart and ends a table cell."""
        xml.paragraph(place.parent, self.template.style(styles.SEPARATOR))

    def open_bookmark(self, node: Element, name: str) -> str:
        """Start a bookmark and return its number."""
        self._used.add(name)
        number = str(self._bookmark)
        self._bookmark += 1
        sub(node, "w:bookmarkStart", id=number, name=name)
        self.margin.open(node, name, number)
        return number

    def close_bookmark(self, node: Element, number: str) -> None:
        """End a bookmark, and the comments at its block."""
        sub(node, "w:bookmarkEnd", id=number)
        self.margin.close(node, number)

    def has_block(self, block_id: str) -> bool:
        """Whether the book holds a block of this id, so that its anchor exists or will."""
        return block_id in self.block_ids

    def count(self, counter: str) -> None:
        """Step the hidden counter of chapters or annexes."""
        self._counters[counter] = self._counters.get(counter, 0) + 1

    def shown_counter(self) -> str:
        """Return the number of this chapter as captions show it ('2'; 'B' in an annex), '' in one without number."""
        count = self._counters.get(self.chapter, 0) if self.chapter else 0
        if not count or not self.annex:
            return str(count or "")
        # Word's ALPHABETIC goes A … Z, AA, BB: the letter, repeated.
        return chr(ord("A") + (count - 1) % 26) * ((count - 1) // 26 + 1)

    # --- comments, links, lists ---------------------------------------------------------------------------------------

    def comment(self, node: Element, lines: tuple[str, ...], text: str, style: str) -> None:
        """Append a run of text with a comment of the given lines."""
        self.margin.remark(node, lines, text, style)

    def link(self, url: str) -> str:
        """Return the relationship id of an address, '' for one that Word would not take."""
        if url not in self._links:
            self._links[url] = self._add_link(url)
        return self._links[url]

    def _add_link(self, url: str) -> str:
        safe = quote(xml.clean(url), safe="%/:=&?~#+!$,;'@()*[]")
        try:
            scheme = urlsplit(safe).scheme.lower()
        except ValueError:
            return ""
        if scheme not in _LINK_SCHEMES or len(safe) > _LONGEST_LINK:
            return ""
        return self.relate(RELATIONSHIP_TYPE.HYPERLINK, safe)

    def new_list(self, style: str, start: int) -> str:
        """Return the id of a new list that looks like the style's and starts anew."""
        self._number += 1
        abstract = self.template.list_of(style)
        number = sub(self.template.numbering, "w:num", numId=str(self._number))
        sub(number, "w:abstractNumId", val=abstract)
        for level in range(styles.LIST_LEVELS):
            override = sub(number, "w:lvlOverride", ilvl=str(level))
            sub(override, "w:startOverride", val=str(max(start, 0)))
        return str(self._number)

    # --- parts --------------------------------------------------------------------------------------------------------

    def relate(self, kind: str, target: str | Part) -> str:
        """Relate the document to a part or to an address outside; return the relationship id."""
        self._relation += 1
        relation = f"rId{self._relation}"
        self.template.main.load_rel(kind, target, relation, isinstance(target, str))
        return relation

    def add_part(self, folder: str, stem: str, extension: str, content_type: str, content: bytes) -> Part:
        """Return a new part with a name of its own ('/word/charts/chart3.xml')."""
        self._part += 1
        name = PackURI(f"/word/{folder}{stem}{self._part}.{extension}")
        return Part(name, content_type, content, self.template.package)

    def next_drawing(self) -> str:
        """Return a number for a drawing, unique in the book."""
        self._drawing += 1
        return str(self._drawing)

    def finish(self) -> None:
        """Attach the comments, if there are any."""
        for made in self.margin.parts():
            part = Part(PackURI(f"/word/{made.name}"), made.content_type, made.content, self.template.package)
            self.relate(made.relation, part)
