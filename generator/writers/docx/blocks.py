"""Blocks to WordprocessingML: the one match over all kinds."""

from __future__ import annotations

import typing
from collections.abc import Iterable
from dataclasses import replace

from generator.model import word as styles
from generator.model.document import (
    Annex,
    Block,
    Callout,
    Chapter,
    Chart,
    Contents,
    Figure,
    Inline,
    Landscape,
    Link,
    ListBlock,
    ListItem,
    Missing,
    PageBreak,
    Paragraph,
    Placeholder,
    Section,
    Table,
    Text,
)
from generator.model.walks import plain
from generator.writers import contents
from generator.writers.docx import xml
from generator.writers.docx.charts import write_chart
from generator.writers.docx.contents import write_contents
from generator.writers.docx.context import Place, Writing
from generator.writers.docx.figures import write_figure
from generator.writers.docx.headings import heading_style, write_heading
from generator.writers.docx.inlines import fill_in, source_id, write_inlines
from generator.writers.docx.sections import Head, Pages, Sections, landscape_place
from generator.writers.docx.tables import write_table
from generator.writers.docx.xml import q, sub

_BOX_PADDING = 420


class BlockWriter:
    """Writes blocks in reading order; only headings, landscape parts and page breaks touch the pages."""

    def __init__(self, writing: Writing, sections: Sections) -> None:
        self._writing = writing
        self._sections = sections

    def write(self, place: Place, blocks: Iterable[Block]) -> None:
        """Append blocks at a place."""
        for block in blocks:
            self._block(place, block)
            if place.top:
                self._writing.body.spill()

    def _block(self, place: Place, block: Block) -> None:  # noqa: C901 - one flat case a kind
        writing = self._writing
        match block:
            case Chapter() | Annex():
                self._chapter(place, block)
            case Section():
                write_heading(writing, place, block)
                self.write(place, block.children)
            case Paragraph():
                names = styles.LAW_PARAGRAPH if place.law else styles.PARAGRAPH
                with writing.paragraph(place, names[block.role], block.id) as node:
                    write_inlines(writing, node, block.content)
            case ListBlock():
                self._list(place, block)
            case Table():
                write_table(writing, place, block)
            case Figure():
                write_figure(writing, place, block)
            case Chart():
                write_chart(writing, place, block)
            case Callout():
                self._callout(place, block)
            case Placeholder():
                with writing.paragraph(place, styles.PLACEHOLDER, block.id) as node:
                    fill_in(writing, node, Missing(block.what, block.who, block.where))
            case Landscape():
                self._landscape(place, block)
            case PageBreak():
                writing.await_anchor(block.id)
                writing.break_pending = place.top and not self._sections.is_empty
            case Contents():
                if place.top:
                    self._sections.open(Head())
                write_contents(writing, place, block)
            case _:
                typing.assert_never(block)

    def _chapter(self, place: Place, block: Chapter | Annex) -> None:
        """Append a chapter as a section of its own, so that its running head shows it in every program."""
        if place.top:
            self._writing.annex = isinstance(block, Annex)
            self._sections.open(Head(heading_style(self._writing, block), xml.clean(plain(block.title))))
        write_heading(self._writing, place, block)
        law = isinstance(block, Annex) and block.look == "law"
        self.write(replace(place, law=law), block.children)

    def _landscape(self, place: Place, block: Landscape) -> None:
        self._writing.await_anchor(block.id)
        if not place.top:
            self.write(place, block.children)
            return
        upright = self._sections.pages
        self._sections.turn(Pages(upright.kind, upright.head, start=False, first=False, landscape=True))
        self.write(landscape_place(self._writing, place), block.children)
        self._sections.turn(Pages(upright.kind, upright.head, start=False, first=False))

    def write_sources(self, place: Place) -> None:
        """Append the list of sources, where no block of the book holds it."""
        document = self._writing.document
        if not contents.own_sources(document):
            return
        entries = tuple(
            ListItem(id=source_id(source.id), content=_source_entry(source.text, source.url))
            for source in document.sources
        )
        title = (Text(contents.SOURCES_TITLE),)
        chapter = Chapter(id=contents.SOURCES_ID, title=title, children=(), numbered=False)
        self._chapter(place, chapter)
        for entry in entries:
            with self._writing.paragraph(place, styles.SOURCE_ENTRY, entry.id) as node:
                write_inlines(self._writing, node, entry.content)

    def _list(self, place: Place, block: ListBlock) -> None:
        writing = self._writing
        names = styles.LAW_LISTS if place.law else styles.BODY_LISTS
        level = min(place.depth, styles.LIST_LEVELS - 1)
        style = styles.levels(names[block.style if block.ordered else "bullet"])[level]
        of_sources = block.id == contents.SOURCES_ID
        if of_sources:
            style = styles.SOURCE_ENTRY
        number = writing.new_list(style, block.start) if block.ordered and not of_sources else ""
        writing.await_anchor(block.id)
        inner = replace(place, depth=place.depth + 1)
        for item in block.items:
            with writing.paragraph(place, style, item.id) as node:
                if number:
                    properties = sub(node[0], "w:numPr")
                    sub(properties, "w:ilvl", val=str(level))
                    sub(properties, "w:numId", val=number)
                write_inlines(writing, node, item.content)
            for child in item.children:
                self._item_child(inner, child, styles.levels(names["continue"])[level])

    def _item_child(self, place: Place, child: Block, continuation: str) -> None:
        if isinstance(child, Paragraph):
            with self._writing.paragraph(place, continuation, child.id) as node:
                write_inlines(self._writing, node, child.content)
        else:
            self._block(place, child)

    def _callout(self, place: Place, block: Callout) -> None:
        """Append a box: a table of one cell, which keeps lists and tables inside and may break over pages."""
        writing = self._writing
        if writing.break_pending and place.top:
            with writing.paragraph(place, styles.SEPARATOR):
                pass
        table = sub(place.parent, "w:tbl")
        properties = sub(table, "w:tblPr")
        sub(properties, "w:tblStyle", val=writing.template.style(styles.CALLOUT[block.kind]))
        sub(properties, "w:tblW", w=str(place.width), type="dxa")
        sub(properties, "w:tblLayout", type="fixed")
        sub(properties, "w:tblLook", val="0600", firstRow="0", lastRow="0", firstColumn="0", lastColumn="0",
            noHBand="1", noVBand="1")  # fmt: skip
        sub(sub(table, "w:tblGrid"), "w:gridCol", w=str(place.width))
        cell = sub(sub(table, "w:tr"), "w:tc")
        sub(sub(cell, "w:tcPr"), "w:tcW", w=str(place.width), type="dxa")
        inner = place.inside(cell, place.width - _BOX_PADDING)
        with writing.paragraph(inner, styles.CALLOUT_TITLE, block.id) as node:
            xml.text_run(node, block.title)
        self.write(inner, block.children)
        if cell[-1].tag != q("w:p"):
            writing.separator(inner)
        writing.separator(place)


def _source_entry(text: str, url: str) -> tuple[Inline, ...]:
    return (Text(f"{text} "), Link(url, (Text(url),))) if url else (Text(text),)
