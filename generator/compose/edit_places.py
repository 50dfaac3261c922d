"""Where a passage goes: behind its neighbour, into a list, to another place of the book."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from generator.compose.rewrite import Rewrite
from generator.model.document import (
    Annex,
    Block,
    Callout,
    Chapter,
    Inline,
    Landscape,
    ListBlock,
    ListItem,
    Paragraph,
    Reference,
    Row,
    Section,
    Table,
    Text,
)
from generator.model.edits import Edit, units
from generator.model.walks import walk

_Holder = Chapter | Section | Annex | Callout | Landscape


def ids_of(blocks: tuple[Block, ...]) -> set[str]:
    """Return the ids of all blocks and items of lists."""
    found = set()
    for block in walk(blocks):
        found.add(block.id)
        if isinstance(block, ListBlock):
            found.update(item.id for item in block.items)
    return found


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


def moved(blocks: tuple[Block, ...], edit: Edit) -> tuple[Block, ...]:
    """Return the blocks with one moved behind its new neighbour; unchanged where that is gone or lies within it."""
    order = [unit.id for unit in units(blocks)]
    neighbour = next((id for id in edit.near if id in order), "")
    if edit.block not in order or not neighbour or order.index(neighbour) == order.index(edit.block) - 1:
        return blocks
    rest, taken = _taken(blocks, edit.block)
    if taken is None or neighbour not in ids_of(rest):
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


def restyled(block: Paragraph | Section, like: Block | ListItem) -> tuple[Block, ...]:
    """Return a paragraph or heading as the city styled it: as heading of another level, text or item of a list."""
    words = block.content if isinstance(block, Paragraph) else block.title
    below = () if isinstance(block, Paragraph) else block.children
    match like:
        case Section():
            return (Section(id=block.id, level=like.level, title=words, children=below),)
        case ListItem():
            return (_block_of(ListItem(id=block.id, content=words)), *below)
        case Paragraph() if isinstance(block, Section):
            return (Paragraph(id=block.id, content=words), *below)
        case _:
            return (block,)


def without_lost_references(blocks: tuple[Block, ...], edits: Iterable[Edit]) -> tuple[Block, ...]:
    """Let references in edits that point to what is gone be the words that they showed."""
    known = ids_of(blocks)
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
