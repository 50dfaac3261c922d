"""The three-way merge: what the generator said, what a city made of it, what the generator says now.

Where only one side changed, that side is taken; where both say the same, that; where they differ, the city's words stay
and the generator's new words go into a conflict. A passage whose block is gone keeps its edit behind its neighbour.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TypeVar

from generator.compose.conflicts import REMOVED_WORDS, Ledger
from generator.compose.edit_places import ids_of, insert, moved, restyled, without_lost_references
from generator.compose.edit_tables import OPS, merge_table
from generator.model.document import (
    Annex,
    Block,
    Callout,
    Caption,
    Chapter,
    Chart,
    Comment,
    Contents,
    Figure,
    Landscape,
    ListBlock,
    ListItem,
    PageBreak,
    Paragraph,
    Placeholder,
    Row,
    Section,
    Table,
    Text,
)
from generator.model.edits import GONE, Conflict, Edit, row_text, table_print, units
from generator.model.runs import Inlines, canonical, fingerprint
from generator.model.walks import plain

_T = TypeVar("_T", Table, Figure, Chart)


@dataclass(slots=True)
class Merging:
    """The edits of one book, and what came of them."""

    edits: tuple[Edit, ...]
    date: str = ""
    _ledger: Ledger = field(default_factory=Ledger)
    _texts: dict[tuple[str, str], Edit] = field(default_factory=dict)
    _removed: dict[tuple[str, str], Edit] = field(default_factory=dict)
    _pictures: dict[str, Edit] = field(default_factory=dict)
    _styles: dict[str, Edit] = field(default_factory=dict)
    _rows: dict[str, list[Edit]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._ledger.date = self.date

    @property
    def conflicts(self) -> list[Conflict]:
        """The edits whose ground changed."""
        return self._ledger.conflicts

    @property
    def comments(self) -> list[Comment]:
        """What the margin of the book shows: conflicts, and what people said."""
        return self._ledger.comments

    def merge(self, blocks: tuple[Block, ...], only: Callable[[Edit], bool] = lambda _: True) -> tuple[Block, ...]:
        """Return the blocks with the chosen edits applied; each edit is chosen once."""
        chosen = [edit for edit in self.edits if only(edit)]
        if not chosen:
            return blocks
        self._texts = {(edit.block, edit.part): edit for edit in chosen if edit.op == "text"}
        self._removed = {(edit.block, edit.part): edit for edit in chosen if edit.op == "remove"}
        self._pictures = {edit.block: edit for edit in chosen if edit.op == "picture"}
        self._styles = {edit.block: edit for edit in chosen if edit.op == "restyle"}
        self._rows = {}
        for edit in chosen:
            if edit.op in OPS:
                self._rows.setdefault(edit.block, []).append(edit)
        kept = ("text", "cell", "row-new", "column-new", "picture")
        self._ledger.left = {id(edit): edit for edit in chosen if edit.op in kept}
        merged = blocks
        for edit in chosen:
            if edit.op == "move":
                merged = moved(merged, edit)
        # Passages that the city added can be edited like any other, so they come before the words.
        merged = self._blocks(self._added(merged, [edit for edit in chosen if edit.op == "new"]))
        for edit in list(self._ledger.left.values()):
            merged = self._kept(merged, edit)
        for edit, words in self._ledger.stray:
            merged = self._kept(merged, edit, words)
        self._ledger.stray.clear()
        self._say(merged, [edit for edit in chosen if edit.op == "comment" and not edit.done])
        return without_lost_references(merged, chosen)

    def _say(self, blocks: tuple[Block, ...], edits: list[Edit]) -> None:
        """Put comments of people at their blocks; one whose block is gone stands at the first of the book."""
        known = ids_of(blocks)
        first = blocks[0].id if blocks else ""
        for edit in sorted(edits, key=lambda edit: (edit.when, edit.who)):
            at = edit.block if edit.block in known else first
            lines = tuple(plain(edit.text).split("\n"))
            self.comments.append(Comment(at, edit.who, edit.when, lines, answers=edit.answers))

    # --- passages -----------------------------------------------------------------------------------------------------

    def _said(self, id: str, part: str, now: Inlines) -> Inlines:
        """Return the words of a passage after the merge."""
        edit = self._texts.get((id, part))
        if edit is None:
            return now
        self._ledger.placed(edit)
        ours = fingerprint(now)
        if fingerprint(edit.text) == edit.base:
            return now  # the city took these words from the generator, whose newer ones follow
        if ours not in (edit.base, fingerprint(edit.text)):
            self._ledger.clash(edit, plain(now), ours, edit.block, part)
        return edit.text

    def _is_removed(self, id: str, part: str, now: str, words: str) -> bool:
        edit = self._removed.get((id, part))
        if edit is None:
            return False
        if now != edit.base:
            self._ledger.clash(edit, words, now, next(iter(edit.near), edit.block), words=REMOVED_WORDS)
        return True

    def _blocks(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        return tuple(made for block in blocks for made in self._block(block))

    def _block(self, block: Block) -> tuple[Block, ...]:  # noqa: C901 - one flat case a kind
        match block:
            case Chapter() | Section() | Annex():
                children = self._blocks(block.children)
                if self._is_removed(block.id, "text", fingerprint(block.title), plain(block.title)):
                    return children
                made = replace(block, title=self._said(block.id, "text", block.title), children=children)
                return self._styled(made) if isinstance(made, Section) else (made,)
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
                return self._styled(replace(block, content=self._said(block.id, "text", block.content)))
            case ListBlock():
                return self._list(block)
            case Placeholder():
                return self._placeholder(block)
            case Table():
                return self._table(block)
            case Figure():
                return self._figure(block)
            case Chart():
                return (self._framed(block),)
            case PageBreak():
                return (block,)

    def _styled(self, block: Paragraph | Section) -> tuple[Block, ...]:
        edit = self._styles.get(block.id)
        value = edit.value if edit is not None else None
        return (block,) if value is None or isinstance(value, Row) else restyled(block, value)

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

    def _figure(self, block: Figure) -> tuple[Block, ...]:
        block = self._framed(self._picture(block))
        if self._is_removed(block.id, "figure", fingerprint((Text(block.path),)), block.path):
            return ()
        return (block,)

    def _picture(self, block: Figure) -> Figure:
        """Return a figure with the picture that the city put in its place."""
        edit = self._pictures.get(block.id)
        if edit is None or not isinstance(edit.value, Figure):
            return block
        self._ledger.placed(edit)
        now = fingerprint((Text(block.path),))
        if now not in (edit.base, fingerprint((Text(edit.value.path),))):
            self._ledger.clash(edit, block.path, now, block.id, "figure")
        return replace(block, path=edit.value.path)

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

    def _table(self, block: Table) -> tuple[Block, ...]:
        caption = plain(block.caption.content) if block.caption else ""
        if self._is_removed(block.id, "table", table_print(block), caption):
            return ()
        block = self._framed(block)
        edits = self._rows.get(block.id)
        return (merge_table(block, edits, self._ledger) if edits else block,)

    # --- new passages and those without a place -----------------------------------------------------------------------

    def _added(self, blocks: tuple[Block, ...], edits: list[Edit]) -> tuple[Block, ...]:
        """Insert new passages behind their neighbours; one may be the neighbour of the next."""
        waiting = list(edits)
        while waiting:
            known = ids_of(blocks)
            ready = [edit for edit in waiting if edit.near and edit.near[0] in known]
            for edit in ready or waiting:
                value = edit.value
                if isinstance(value, Row) or value is None or value.id in known:
                    continue
                neighbour = next((id for id in edit.near if id in known), "")
                blocks = insert(blocks, neighbour, value)
            waiting = [edit for edit in waiting if edit not in ready] if ready else []
        return blocks

    def _kept(self, blocks: tuple[Block, ...], edit: Edit, words: Inlines = ()) -> tuple[Block, ...]:
        """Keep an edit whose place is gone, or `words` of it, behind its neighbour."""
        known = ids_of(blocks)
        neighbour = edit.block if edit.block in known else next((id for id in edit.near if id in known), "")
        label = f"{edit.row.label}: " if edit.row is not None and edit.row.label and not words else ""
        words = words or edit.text
        if isinstance(edit.value, Row):
            words = (Text(plain(row_text(edit.value)).replace("\x1f", " ").strip()),)
        own = edit.block if edit.op == "text" and edit.part == "text" else f"{edit.block}/sunting-{fingerprint(words)}"
        value: Block = Paragraph(id=own, content=canonical((Text(label), *words)))
        if edit.op == "picture" and isinstance(edit.value, Figure):
            own, value = edit.block, edit.value
        if edit.base != GONE:
            self._ledger.clash(edit, "", GONE, own)
        return insert(blocks, neighbour, value)
