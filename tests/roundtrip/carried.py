"""What of a tree a DOCX carries: the other side of the law `read(write(tree)) == carried(tree)`."""

from __future__ import annotations

from dataclasses import replace

from generator.model.document import (
    Annex,
    Block,
    Callout,
    Caption,
    Cell,
    Chapter,
    Chart,
    Column,
    Contents,
    Document,
    Figure,
    Inline,
    Landscape,
    Link,
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
from generator.model.runs import canonical, carried_text
from generator.model.walks import walk
from generator.writers.contents import SOURCES_ID, SOURCES_TITLE, own_sources
from generator.writers.docx.chart_numbers import has_numbers
from generator.writers.docx.charts import _heat_cell
from generator.writers.grid import placed

_LAW_ROLES = ("law", "law-center")


def carried(document: Document) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """Return the front matter and the body as a DOCX of the book gives them back."""
    front = tuple(_block(block, law=False) for block in document.front)
    body = tuple(_block(block, law=False) for block in document.body)
    if own_sources(document):
        items = tuple(
            ListItem(id=f"{SOURCES_ID}/{source.id}", content=canonical(_source(source.text, source.url)))
            for source in document.sources
        )
        entries = ListBlock(id="", ordered=True, items=items)
        body += (Chapter(id=SOURCES_ID, title=(Text(SOURCES_TITLE),), children=(entries,), numbered=False),)
    return front, body


def _source(text: str, url: str) -> tuple[Inline, ...]:
    return (Text(f"{text} "), Link(url, (Text(url),))) if url else (Text(text),)


def _blocks(blocks: tuple[Block, ...], *, law: bool) -> tuple[Block, ...]:
    return tuple(_block(block, law=law) for block in blocks)


def _block(block: Block, *, law: bool) -> Block:  # noqa: C901
    block = replace(block, origin=None, because=())
    match block:
        case Annex():
            lawful = block.look == "law"
            children = _blocks(block.children, law=lawful)
            # Nothing but the styles of its text says that an annex is a draft law.
            found = any(_is_lawful(child, law=lawful) for child in walk(block.children))
            look = "law" if found else "normal"
            return replace(block, title=canonical(block.title), children=children, look=look)
        case Chapter() | Section():
            return replace(block, title=canonical(block.title), children=_blocks(block.children, law=law))
        case Callout():
            title = carried_text(block.title)
            return replace(block, title=title, children=_blocks(block.children, law=law))
        case Landscape():
            return replace(block, children=_blocks(block.children, law=law))
        case Paragraph():
            role = "law" if law and block.role in ("body", "lead") else block.role
            return replace(block, content=canonical(block.content), role=role)
        case Placeholder():
            made = (carried_text(part) for part in (block.what, block.who, block.where))
            what, who, where = made
            return replace(block, what=what, who=who, where=where)
        case ListBlock():
            return _list(block)
        case Table():
            return _table(block, law=law)
        case Figure():
            return replace(
                block,
                path="",
                width_mm=150.0,
                alt=_line(block.alt),
                caption=_caption(block.caption),
                source=canonical(block.source),
            )
        case Chart():
            return _chart(block, law=law)
        case PageBreak():
            return block
        case Contents():
            return replace(block, title=carried_text(block.title))


def _line(text: str) -> str:
    return carried_text(text).replace("\n", " ").replace("\t", " ")


def _is_lawful(block: Block, *, law: bool) -> bool:
    match block:
        case Paragraph():
            return block.role in _LAW_ROLES or (law and block.role != "source")
        case ListBlock() | Table():
            return law
        case _:
            return False


def _list(block: ListBlock) -> ListBlock:
    items = []
    for item in block.items:
        children: list[Block] = []
        for child in item.children:
            bare = replace(child, origin=None, because=())
            if isinstance(bare, ListBlock):
                children.append(_list(bare))
            else:
                assert isinstance(bare, Paragraph), "only paragraphs and lists stay inside of list items"
                children.append(replace(bare, content=canonical(bare.content), role="body"))
        items.append(replace(item, origin=None, because=(), content=canonical(item.content), children=tuple(children)))
    bullets = {} if block.ordered else {"style": "decimal", "start": 1}
    return replace(block, items=tuple(items), **bullets)


def _caption(caption: Caption | None) -> Caption | None:
    return None if caption is None else replace(caption, content=canonical(caption.content))


def _chart(block: Chart, *, law: bool) -> Block:
    caption, source = _caption(block.caption), canonical(block.source)
    if block.kind == "heatmap":
        rows = tuple(
            Row(
                (
                    Cell(((Text(series.name),),), header=True),
                    *(_heat_cell(value, block.maximum) for value in series.values[: len(block.categories)]),
                )
            )
            for series in block.series
        )
        table = Table(
            id=block.id,
            columns=(Column(weight=2.0), *(Column("center") for _ in block.categories)),
            header=(Row((Cell(((),)), *(Cell(((Text(category),),)) for category in block.categories))),),
            body=rows,
            look="matrix",
        )
        return replace(_table(table, law=law), caption=caption, source=source)
    alt = _line(block.alt)
    if not has_numbers(block):
        alt = carried_text(f"Bagan belum dapat digambar: datanya belum tersedia. {block.alt}")
    return Chart(id=block.id, kind="bars", categories=(), series=(), alt=alt, caption=caption, source=source)


def _table(table: Table, *, law: bool) -> Table:
    rows = []
    for part, is_header in ((table.header, True), (table.body, False)):
        made = []
        for row, cells, _ in placed(part):
            total = row.total and not is_header and not law
            carried_cells = []
            for column, cell in cells:
                align = cell.align or table.columns[column].align
                carried_cells.append(
                    Cell(
                        tuple(canonical(paragraph) for paragraph in cell.paragraphs) or ((),),
                        colspan=cell.colspan,
                        rowspan=cell.rowspan,
                        header=cell.header and not is_header and not total and not law,
                        align=None if align == "left" else align,
                    )
                )
            made.append(Row(tuple(carried_cells), total=total))
        rows.append(tuple(made))
    return replace(
        table,
        columns=tuple(Column() for _ in table.columns),
        header=rows[0],
        body=rows[1],
        caption=_caption(table.caption),
        source=canonical(table.source),
    )
