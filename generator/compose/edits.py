"""The three-way merge: what the generator said, what a city made of it, what the generator says now.

Where only one side changed, that side is taken; where both say the same, that; where they differ, the city's words stay
and the generator's new words go into a conflict. A passage whose block is gone keeps its edit behind its neighbour.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from generator.compose.rewrite import Rewrite
from generator.model.diagnostics import Diagnostic, Place, Severity
from generator.model.document import (
    Annex,
    Block,
    Callout,
    Caption,
    Cell,
    Chapter,
    Chart,
    Comment,
    Contents,
    Figure,
    Inline,
    Landscape,
    ListBlock,
    ListItem,
    PageBreak,
    Paragraph,
    Placeholder,
    Reference,
    Row,
    Section,
    Table,
    Text,
)
from generator.model.edits import Conflict, Edit, RowRef, cell_text, row_refs, row_text, table_print, units
from generator.model.runs import Inlines, fingerprint
from generator.model.walks import plain, walk
from generator.model.word import AUTHOR
from generator.sources.edits import FOLDER, edit_path

_T = TypeVar("_T", Table, Figure, Chart)
_Holder = Chapter | Section | Annex | Callout | Landscape
_NEW_WORDS = "Teks baru dari generator: "
_GONE = "Bagian ini tidak lagi dihasilkan oleh generator; suntingan daerah dipertahankan."
_REMOVED = "Daerah menghapus bagian ini; teks baru dari generator: "


@dataclass(slots=True)
class Merging:
    """The edits of one book, and what came of them."""

    edits: tuple[Edit, ...]
    conflicts: list[Conflict] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    date: str = ""
    _texts: dict[tuple[str, str], Edit] = field(default_factory=dict)
    _removed: dict[tuple[str, str], Edit] = field(default_factory=dict)
    _rows: dict[str, list[Edit]] = field(default_factory=dict)
    _left: dict[int, Edit] = field(default_factory=dict)

    def merge(self, blocks: tuple[Block, ...], only: Callable[[Edit], bool] = lambda _: True) -> tuple[Block, ...]:
        """Return the blocks with the chosen edits applied; each edit is chosen once."""
        chosen = [edit for edit in self.edits if only(edit)]
        if not chosen:
            return blocks
        self._texts = {(edit.block, edit.part): edit for edit in chosen if edit.op == "text"}
        self._removed = {(edit.block, edit.part): edit for edit in chosen if edit.op == "remove"}
        self._rows = {}
        for edit in chosen:
            if edit.op in ("cell", "row-new", "row-remove"):
                self._rows.setdefault(edit.block, []).append(edit)
        self._left = {id(edit): edit for edit in chosen if edit.op in ("text", "cell", "row-new")}
        merged = self._blocks(blocks)
        for edit in chosen:
            if edit.op == "move":
                merged = _moved(merged, edit)
        merged = self._added(merged, [edit for edit in chosen if edit.op == "new"])
        for edit in list(self._left.values()):
            merged = self._kept(merged, edit)
        self._say(merged, [edit for edit in chosen if edit.op == "comment" and not edit.done])
        return _without_lost_references(merged, chosen)

    def _say(self, blocks: tuple[Block, ...], edits: list[Edit]) -> None:
        """Put comments of people at their blocks; one whose block is gone stands at the first of the book."""
        known = _ids(blocks)
        first = blocks[0].id if blocks else ""
        for edit in sorted(edits, key=lambda edit: (edit.when, edit.who)):
            at = edit.block if edit.block in known else first
            self.comments.append(Comment(at, edit.who, edit.when, tuple(plain(edit.text).split("\n"))))

    # --- passages -----------------------------------------------------------------------------------------------------

    def _said(self, id: str, part: str, now: Inlines) -> Inlines:
        """Return the words of a passage after the merge."""
        edit = self._texts.get((id, part))
        if edit is None:
            return now
        self._left.pop(id_of(edit), None)
        ours = fingerprint(now)
        if ours not in (edit.base, fingerprint(edit.text)):
            self._conflict(edit, plain(now), ours, edit.block, part)
        return edit.text

    def _conflict(self, edit: Edit, new: str, now: str, at: str, part: str = "", words: str = _NEW_WORDS) -> None:
        self.conflicts.append(Conflict(edit, new, now))
        lines = (f"{words}{new}" if new else _GONE,)
        self.comments.append(Comment(at, AUTHOR, self.date, lines, "" if part in ("text", "table") else part))

    def _is_removed(self, id: str, part: str, now: str, words: str) -> bool:
        edit = self._removed.get((id, part))
        if edit is None:
            return False
        if now != edit.base:
            self._conflict(edit, words, now, next(iter(edit.near), edit.block), words=_REMOVED)
        return True

    def _blocks(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        return tuple(made for block in blocks for made in self._block(block))

    def _block(self, block: Block) -> tuple[Block, ...]:  # noqa: C901 - one flat case a kind
        match block:
            case Chapter() | Section() | Annex():
                children = self._blocks(block.children)
                if self._is_removed(block.id, "text", fingerprint(block.title), plain(block.title)):
                    return children
                return (replace(block, title=self._said(block.id, "text", block.title), children=children),)
            case Callout():
                children = self._blocks(block.children)
                if self._is_removed(block.id, "text", fingerprint((Text(block.title),)), block.title):
                    return children
                title = plain(self._said(block.id, "text", (Text(block.title),)))
                return (replace(block, title=title, children=children),)
            case Contents():
                return (replace(block, title=plain(self._said(block.id, "text", (Text(block.title),)))),)
            case Landscape():
                children = self._blocks(block.children)
                return (replace(block, children=children),) if children else ()
            case Paragraph():
                if self._is_removed(block.id, "text", fingerprint(block.content), plain(block.content)):
                    return ()
                return (replace(block, content=self._said(block.id, "text", block.content)),)
            case ListBlock():
                return self._list(block)
            case Placeholder():
                return self._placeholder(block)
            case Table():
                return self._table(block)
            case Figure():
                return (self._framed(block),)
            case Chart():
                return (self._framed(block),)
            case PageBreak():
                return (block,)

    def _placeholder(self, block: Placeholder) -> tuple[Block, ...]:
        (unit,) = units((block,))
        if self._is_removed(block.id, "text", fingerprint(unit.inlines), plain(unit.inlines)):
            return ()
        said = self._said(block.id, "text", unit.inlines)
        if said == unit.inlines:
            return (block,)
        return (Paragraph(id=block.id, origin=block.origin, because=block.because, content=said),)

    def _list(self, block: ListBlock) -> tuple[Block, ...]:
        items: list[ListItem] = []
        for item in block.items:
            children = self._blocks(item.children)
            if self._is_removed(item.id, "text", fingerprint(item.content), plain(item.content)):
                # What stood below the item goes to the one before it.
                if items and children:
                    items[-1] = replace(items[-1], children=(*items[-1].children, *children))
                continue
            content = self._said(item.id, "text", item.content)
            items.append(replace(item, content=content, children=children))
        return (replace(block, items=tuple(items)),) if items or not block.items else ()

    def _framed(self, block: _T) -> _T:
        caption, source = block.caption, block.source
        if caption is not None:
            if self._is_removed(block.id, "caption", fingerprint(caption.content), plain(caption.content)):
                caption = None
            else:
                caption = replace(caption, content=self._said(block.id, "caption", caption.content))
        elif (block.id, "caption") in self._texts:
            kind: Caption = Caption("Tabel" if isinstance(block, Table) else "Gambar", ())
            caption = replace(kind, content=self._said(block.id, "caption", ()))
        if source and self._is_removed(block.id, "source", fingerprint(source), plain(source)):
            source = ()
        else:
            source = self._said(block.id, "source", source)
        return replace(block, caption=caption, source=source)

    # --- tables -------------------------------------------------------------------------------------------------------

    def _table(self, block: Table) -> tuple[Block, ...]:
        if self._is_removed(
            block.id, "table", table_print(block), plain(block.caption.content) if block.caption else ""
        ):
            return ()
        block = self._framed(block)
        edits = self._rows.get(block.id)
        if not edits:
            return (block,)
        refs = row_refs(block)
        rows: list[Row | None] = [*block.header, *block.body]
        behind: dict[int, list[Row]] = {}
        for edit in edits:
            place = _place(edit.row, refs)
            if edit.op == "row-new":
                self._new_row(edit, place, refs, behind)
            elif place is not None:
                self._row(edit, place, refs[place], rows, block)
        count = len(block.header)
        header = [row for row in rows[:count] if row is not None]
        body = list(behind.get(-1, ()))
        for index, row in enumerate(rows):
            if row is not None and index >= count:
                body.append(row)
            body.extend(behind.get(index, ()))
        return (replace(block, header=tuple(header), body=tuple(body)),)

    def _new_row(self, edit: Edit, place: int | None, refs: tuple[RowRef, ...], behind: dict[int, list[Row]]) -> None:
        if not isinstance(edit.value, Row):
            return
        self._left.pop(id_of(edit), None)
        if any(ref.base == fingerprint(row_text(edit.value)) for ref in refs):
            return
        end = len(refs) - 1 if edit.row is not None and edit.row.index >= 0 else -1
        behind.setdefault(end if place is None else place, []).append(edit.value)

    def _row(self, edit: Edit, place: int, ref: RowRef, rows: list[Row | None], table: Table) -> None:
        row = rows[place]
        if row is None:
            return
        if edit.op == "row-remove":
            if ref.base != edit.base:
                words = plain(row_text(row)).replace("\x1f", " | ")
                self._conflict(edit, words, ref.base, table.id, words=_REMOVED)
            rows[place] = None
            return
        if edit.cell >= len(row.cells):
            return
        cell = row.cells[edit.cell]
        now = cell_text(cell.paragraphs)
        self._left.pop(id_of(edit), None)
        if fingerprint(now) not in (edit.base, fingerprint(edit.text)):
            self._conflict(edit, f"{ref.label}: {plain(now)}", fingerprint(now), table.id)
        if fingerprint(now) != fingerprint(edit.text):
            cells: list[Cell] = list(row.cells)
            cells[edit.cell] = replace(cell, paragraphs=(edit.text,))
            rows[place] = replace(row, cells=tuple(cells))

    # --- new passages and those without a place -----------------------------------------------------------------------

    def _added(self, blocks: tuple[Block, ...], edits: list[Edit]) -> tuple[Block, ...]:
        """Insert new passages behind their neighbours; one may be the neighbour of the next."""
        waiting = list(edits)
        while waiting:
            known = _ids(blocks)
            ready = [edit for edit in waiting if edit.near and edit.near[0] in known]
            for edit in ready or waiting:
                value = edit.value
                if isinstance(value, Row) or value is None or value.id in known:
                    continue
                neighbour = next((id for id in edit.near if id in known), "")
                blocks = insert(blocks, neighbour, value)
            waiting = [edit for edit in waiting if edit not in ready] if ready else []
        return blocks

    def _kept(self, blocks: tuple[Block, ...], edit: Edit) -> tuple[Block, ...]:
        """Keep the words of an edit whose place is gone, behind its neighbour."""
        label = f"{edit.row.label}: " if edit.row is not None and edit.row.label else ""
        words: Inlines = edit.text
        if isinstance(edit.value, Row):
            words = (Text(plain(row_text(edit.value)).replace("\x1f", " ").strip()),)
        own = edit.block if edit.op == "text" and edit.part == "text" else f"{edit.block}/sunting-{fingerprint(words)}"
        known = _ids(blocks)
        neighbour = edit.block if edit.block in known else next((id for id in edit.near if id in known), "")
        self._conflict(edit, "", "", own)
        return insert(blocks, neighbour, Paragraph(id=own, content=((Text(label), *words) if label else words)))


def id_of(edit: Edit) -> int:
    """Return the identity of an edit within one merge."""
    return id(edit)


def _ids(blocks: tuple[Block, ...]) -> set[str]:
    found = set()
    for block in walk(blocks):
        found.add(block.id)
        if isinstance(block, ListBlock):
            found.update(item.id for item in block.items)
    return found


def _place(ref: RowRef | None, refs: Sequence[RowRef]) -> int | None:
    """Return where a row stands now: by its cells, else by its label; of several the one closest to where it was."""
    if ref is None or ref.index < 0:
        return -1 if ref is not None else None
    found = [other.index for other in refs if other.base == ref.base]
    found = found or [other.index for other in refs if ref.label and other.label == ref.label]
    return min(found, key=lambda index: abs(index - ref.index)) if found else None


def insert(blocks: tuple[Block, ...], neighbour: str, value: Block | ListItem) -> tuple[Block, ...]:
    """Return the blocks with a new one behind the passage `neighbour`; '' puts it at the end of the last chapter."""
    if not neighbour:
        last = blocks[-1] if blocks else None
        if isinstance(last, Chapter | Annex):
            return (*blocks[:-1], replace(last, children=(*last.children, _block_of(value))))
        return (*blocks, _block_of(value))
    made: list[Block] = []
    for block in blocks:
        made.extend(_inserted(block, neighbour, value))
    return tuple(made)


def _inserted(block: Block, neighbour: str, value: Block | ListItem) -> tuple[Block, ...]:
    match block:
        case Chapter() | Section() | Annex() | Callout() | Landscape():
            if block.id == neighbour:
                return (replace(block, children=(_block_of(value), *block.children)),)
            children = insert(block.children, neighbour, value) if block.children else ()
            return (replace(block, children=children),)
        case ListBlock():
            return _into_list(block, neighbour, value)
        case _:
            return (block, _block_of(value)) if block.id == neighbour else (block,)


def _into_list(block: ListBlock, neighbour: str, value: Block | ListItem) -> tuple[Block, ...]:
    items: list[ListItem] = []
    behind: list[Block] = []
    for item in block.items:
        inner = insert(item.children, neighbour, value) if item.children else ()
        items.append(replace(item, children=inner))
        if item.id == neighbour:
            if isinstance(value, ListItem):
                items.append(value)
            else:
                behind.append(value)
    return (replace(block, items=tuple(items)), *behind)


def _block_of(value: Block | ListItem) -> Block:
    """Return a block; a list item that stands alone becomes a list."""
    if isinstance(value, ListItem):
        return ListBlock(id=f"{value.id}-daftar", ordered=False, items=(value,))
    return value


def _moved(blocks: tuple[Block, ...], edit: Edit) -> tuple[Block, ...]:
    """Return the blocks with one moved behind its new neighbour; unchanged where that is gone or lies within it."""
    order = [unit.id for unit in units(blocks)]
    neighbour = next((id for id in edit.near if id in order), "")
    if edit.block not in order or not neighbour or order.index(neighbour) == order.index(edit.block) - 1:
        return blocks
    rest, taken = _taken(blocks, edit.block)
    if taken is None or neighbour not in _ids(rest):
        return blocks
    return insert(rest, neighbour, taken)


def _taken(blocks: tuple[Block, ...], id: str) -> tuple[tuple[Block, ...], Block | ListItem | None]:
    made: list[Block] = []
    taken: Block | ListItem | None = None
    for block in blocks:
        if block.id == id:
            taken = block
            continue
        if isinstance(block, _Holder):
            children, inner = _taken(block.children, id)
            taken = taken or inner
            block = replace(block, children=children)
        elif isinstance(block, ListBlock):
            item = next((item for item in block.items if item.id == id), None)
            if item is not None:
                taken = item
                block = replace(block, items=tuple(other for other in block.items if other.id != id))
                if not block.items:
                    continue
        made.append(block)
    return tuple(made), taken


def _without_lost_references(blocks: tuple[Block, ...], edits: Iterable[Edit]) -> tuple[Block, ...]:
    """Let references in edits that point to what is gone be the words that they showed."""
    known = _ids(blocks)
    edited = {edit.block for edit in edits} | {
        edit.value.id for edit in edits if edit.value is not None and not isinstance(edit.value, Row)
    }

    def inline(run: Inline) -> Inline:
        return Text(run.text) if isinstance(run, Reference) and run.text and run.target not in known else run

    rewrite = Rewrite(inline)

    def settle(block: Block) -> Block:
        if block.id in edited and not isinstance(block, _Holder):
            return rewrite.block(block)
        if isinstance(block, _Holder):
            return replace(block, children=tuple(settle(child) for child in block.children))
        return rewrite.block(block) if isinstance(block, ListBlock | Table) else block

    return tuple(settle(block) for block in blocks)


def by_book(edits: Iterable[Edit]) -> Mapping[str, tuple[Edit, ...]]:
    """Return book id -> its edits."""
    found: dict[str, list[Edit]] = {}
    for edit in edits:
        found.setdefault(edit.book, []).append(edit)
    return {book: tuple(own) for book, own in found.items()}


def clash(conflict: Conflict, city: str) -> Diagnostic:
    """Return the warning for a conflict; `city` is the folder of the city below the workspace."""
    edit = conflict.edit
    new = " ".join(conflict.new.split())
    shown = f"the generator now says '{new[:120]}'" if new else "the generator no longer writes this passage"
    return Diagnostic(
        "MP823",
        Severity.WARNING,
        Place(f"{city}/{FOLDER}/{edit_path(edit).as_posix()}"),
        f"the city's words at '{edit.block}' stay; {shown}",
        "settle it with 'masterplan resolve'",
    )
