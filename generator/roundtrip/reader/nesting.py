"""From a flat run of headings, lists and blocks to the tree: what follows a heading stands under it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from generator.model.document import Annex, Block, Chapter, Contents, ListBlock, ListItem, Section
from generator.model.runs import Inlines


@dataclass(slots=True)
class OpenList:
    """A list while its items are read."""

    id: str
    kind: str
    number: str
    start: int
    items: list[OpenItem] = field(default_factory=list)

    def made(self) -> ListBlock:
        """Return the list as a block."""
        return ListBlock(
            id=self.id,
            ordered=self.kind != "bullet",
            style="lower-alpha" if self.kind == "lower-alpha" else "decimal",
            start=self.start,
            items=tuple(item.made() for item in self.items),
        )


@dataclass(slots=True)
class OpenItem:
    """An item of such a list, with what stands below it so far."""

    id: str
    content: Inlines
    children: list[Block | OpenList] = field(default_factory=list)

    def made(self) -> ListItem:
        """Return the item of a block."""
        children = tuple(child.made() if isinstance(child, OpenList) else child for child in self.children)
        return ListItem(id=self.id, content=self.content, children=children)


@dataclass(slots=True)
class Head:
    """A heading before what stands under it is known."""

    level: int
    block: Chapter | Section | Annex


def nested(flat: list[Block | OpenList | Head], law: set[int]) -> tuple[Block, ...]:
    """Put what follows a heading under it, down to the next one of its level or above."""
    root: list[Block] = []
    opened: list[tuple[int, Chapter | Section | Annex, list[Block], list[bool]]] = []

    def close() -> None:
        _, block, children, lawful = opened.pop()
        made: Block = replace(block, children=tuple(children))
        if isinstance(made, Annex) and any(lawful):
            made = replace(made, look="law")
        if opened:
            opened[-1][2].append(made)
            opened[-1][3].extend(lawful)
        else:
            root.append(made)

    counters: list[int] = []
    prefix, chapters, annexes = "", 0, 0
    for index, entry in enumerate(flat):
        if isinstance(entry, Head):
            while opened and opened[-1][0] >= entry.level:
                close()
            block = entry.block
            if isinstance(block, Section):
                depth = block.level - 2
                counters = [*counters[: depth + 1], *[0] * (depth + 1 - len(counters))]
                counters[depth] += 1
                shown = ".".join((prefix, *map(str, counters))) if block.number and prefix else ""
                block = replace(block, number=shown)
            else:
                counters = []
                is_annex = isinstance(block, Annex)
                numbered = is_annex or (isinstance(block, Chapter) and block.numbered)
                annexes += is_annex
                chapters += numbered and not is_annex
                prefix = (block.number if is_annex else str(chapters)) if numbered else ""
            opened.append((entry.level, block, [], []))
            continue
        made = entry.made() if isinstance(entry, OpenList) else entry
        while isinstance(made, Contents) and opened:  # lists of contents stand beside the chapters, never in them
            close()
        if opened:
            opened[-1][2].append(made)
            opened[-1][3].append(index in law)
        else:
            root.append(made)
    while opened:
        close()
    return tuple(root)
