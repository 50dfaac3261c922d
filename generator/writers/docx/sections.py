"""Sections: pages upright and turned, page numbers, running heads of each chapter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE

from generator.model import word as styles
from generator.writers.docx import xml
from generator.writers.docx.context import Place, Writing
from generator.writers.docx.xml import Element, q, sub


@dataclass(frozen=True, slots=True)
class Head:
    """What the running head shows beside the book's title: the heading of `style`; `text` is its cached result.

    `style` '' shows no heading. STYLEREF takes 'heading 1' by its number, because Word translates built-in names.
    """

    style: str = ""
    text: str = ""

    @property
    def instruction(self) -> str:
        """The field that repeats the heading."""
        return "STYLEREF 1" if self.style == styles.HEADINGS[0] else f'STYLEREF "{self.style}"'


@dataclass(slots=True)
class Pages:
    """The section that is being written. `start` restarts the page numbers at 1."""

    kind: Literal["cover", "front", "body"]
    head: Head
    start: bool
    first: bool
    landscape: bool = False


class Sections:
    """Opens and closes the sections of a book; a section ends where its properties stand."""

    def __init__(self, writing: Writing) -> None:
        self._writing = writing
        self._parts: dict[tuple[str, ...], str] = {}
        self.pages = Pages("cover", Head(), start=True, first=True)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written since the last section ended."""
        last = self._writing.body.last
        return last is None or last.find(f"{q('w:pPr')}/{q('w:sectPr')}") is not None

    def turn(self, pages: Pages) -> None:
        """End the section with a new page, and begin another."""
        if not self.is_empty:
            self._properties(self._last_paragraph())
            self._writing.break_pending = False
        elif self.pages.kind == pages.kind:
            pages.start = pages.start or self.pages.start
        self.pages = pages

    def open(self, head: Head) -> None:
        """Begin a chapter: a section of its own, whose first page has no running head."""
        self.turn(Pages(self.pages.kind, head, start=False, first=True))

    def close(self) -> None:
        """End the last section, at the end of the body."""
        body, last = self._writing.body.element, self._writing.body.last
        if self.is_empty and last is not None:
            # Nothing followed the last section: it is the last one, or Word would add an empty page.
            body.extend(last.findall(f"{q('w:pPr')}/{q('w:sectPr')}"))
        else:
            self._fill(sub(body, "w:sectPr"))

    def _last_paragraph(self) -> Element:
        last = self._writing.body.last
        if last is None or last.tag != q("w:p"):
            return xml.paragraph(self._writing.body.element, self._writing.template.style(styles.SEPARATOR))
        return last

    def _properties(self, paragraph: Element) -> None:
        properties = paragraph[0]
        self._fill(sub(properties, "w:sectPr"))

    def _fill(self, node: Element) -> None:
        pages, writing = self.pages, self._writing
        page = writing.template.page.turned() if pages.landscape else writing.template.page
        for kind in ("default", "first") if pages.first else ("default",):
            reference = sub(node, "w:headerReference", type=kind)
            reference.set(q("r:id"), self._header(bare=kind == "first"))
        for kind in ("default", "first") if pages.first else ("default",):
            reference = sub(node, "w:footerReference", type=kind)
            reference.set(q("r:id"), self._footer(bare=pages.kind == "cover"))
        sub(node, "w:type", val="nextPage")
        size = sub(node, "w:pgSz", w=str(page.width), h=str(page.height))
        if pages.landscape:
            size.set(q("w:orient"), "landscape")
        top, right, bottom, left = map(str, page.margins)
        edges = {"top": top, "right": right, "bottom": bottom, "left": left}
        sub(node, "w:pgMar", **edges, header=str(page.header), footer=str(page.footer), gutter="0")
        form = "decimal" if pages.kind == "body" else "lowerRoman"
        numbers = sub(node, "w:pgNumType", fmt=form)
        if pages.start:
            numbers.set(q("w:start"), "1")
        if pages.first:
            sub(node, "w:titlePg")

    def _header(self, *, bare: bool) -> str:
        pages, document = self.pages, self._writing.document
        bare = bare or pages.kind == "cover"
        style = styles.WIDE_HEADER if pages.landscape else styles.HEADER
        key = ("header", "" if bare else style, *(() if bare else (pages.head.style, pages.head.text)))
        if key not in self._parts:
            root = xml.root("w:hdr", "w", "r")
            if document.mark:
                mark = xml.paragraph(root, self._writing.template.style(styles.MARK))
                xml.text_run(mark, document.mark)
            if not bare:
                self._head_line(root, style)
            elif not len(root):
                xml.paragraph(root, self._writing.template.style(styles.SEPARATOR))
            self._parts[key] = self._add(root, "header", CONTENT_TYPE.WML_HEADER, RELATIONSHIP_TYPE.HEADER)
        return self._parts[key]

    def _head_line(self, root: Element, style: str) -> None:
        line = xml.paragraph(root, self._writing.template.style(style))
        xml.text_run(line, xml.clean(self._writing.document.title))
        head = self.pages.head
        if head.style:
            sub(xml.run(line), "w:tab")
            xml.field(line, head.instruction, head.text)

    def _footer(self, *, bare: bool) -> str:
        pages = self.pages
        style = styles.WIDE_FOOTER if pages.landscape else styles.FOOTER
        key = ("footer", "" if bare else style)
        if key not in self._parts:
            root = xml.root("w:ftr", "w", "r")
            if bare:
                xml.paragraph(root, self._writing.template.style(styles.SEPARATOR))
            else:
                line = xml.paragraph(root, self._writing.template.style(style))
                xml.text_run(line, xml.clean(self._writing.document.version))
                sub(xml.run(line), "w:tab")
                xml.field(line, "PAGE", "1")
            self._parts[key] = self._add(root, "footer", CONTENT_TYPE.WML_FOOTER, RELATIONSHIP_TYPE.FOOTER)
        return self._parts[key]

    def _add(self, root: Element, stem: str, content_type: str, relation: str) -> str:
        part = self._writing.add_part("", stem, "xml", content_type, xml.serialise(root))
        return self._writing.relate(relation, part)


def landscape_place(writing: Writing, place: Place) -> Place:
    """Return the place on a turned page."""
    return Place(place.parent, writing.template.page.turned().text_width, place.law, place.depth, place.top)
