"""One generic rewrite of the block tree: every inline run, caption and child passes through the functions given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from generator.model.document import (
    Annex,
    Block,
    Callout,
    Caption,
    Cell,
    Chapter,
    Chart,
    Contents,
    Emphasis,
    Figure,
    Inline,
    Landscape,
    Link,
    ListBlock,
    PageBreak,
    Paragraph,
    Placeholder,
    Row,
    Section,
    Strong,
    Table,
)

Runs = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Rewrite:
    """`inline` maps one run; `caption` maps the caption of a table, figure or chart; both keep what they don't know."""

    inline: Callable[[Inline], Inline]
    caption: Callable[[str, Caption], Caption] = lambda _id, caption: caption

    def runs(self, runs: Runs) -> Runs:
        """Rewrite runs, children first."""
        return tuple(self._run(run) for run in runs)

    def _run(self, run: Inline) -> Inline:
        if isinstance(run, Strong | Emphasis | Link):
            run = replace(run, children=self.runs(run.children))
        return self.inline(run)

    def blocks(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        """Rewrite blocks in reading order."""
        return tuple(self.block(block) for block in blocks)

    def block(self, block: Block) -> Block:
        """Rewrite one block and what stands in it."""
        match block:
            case Chapter() | Section() | Annex():
                return replace(block, title=self.runs(block.title), children=self.blocks(block.children))
            case Callout() | Landscape():
                return replace(block, children=self.blocks(block.children))
            case Paragraph():
                return replace(block, content=self.runs(block.content))
            case ListBlock():
                items = tuple(
                    replace(item, content=self.runs(item.content), children=self.blocks(item.children))
                    for item in block.items
                )
                return replace(block, items=items)
            case Table():
                return replace(
                    block,
                    caption=self._caption(block.id, block.caption),
                    header=tuple(self._row(row) for row in block.header),
                    body=tuple(self._row(row) for row in block.body),
                    source=self.runs(block.source),
                )
            case Figure() | Chart():
                return replace(block, caption=self._caption(block.id, block.caption), source=self.runs(block.source))
            case Placeholder() | PageBreak() | Contents():
                return block

    def _caption(self, identity: str, caption: Caption | None) -> Caption | None:
        if caption is None:
            return None
        return self.caption(identity, replace(caption, content=self.runs(caption.content)))

    def _row(self, row: Row) -> Row:
        return replace(row, cells=tuple(self._cell(cell) for cell in row.cells))

    def _cell(self, cell: Cell) -> Cell:
        return replace(cell, paragraphs=tuple(self.runs(paragraph) for paragraph in cell.paragraphs))
