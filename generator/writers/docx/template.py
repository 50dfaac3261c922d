"""Loading `templates/reference.docx`: its styles by name, its page, its lists."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

import docx
from docx.opc.exceptions import OpcError
from docx.opc.part import Part
from lxml import etree

from generator.model.diagnostics import Collector
from generator.model.word import required
from generator.sources.files import read_bytes
from generator.writers.docx.errors import MissingStyleError, TemplateError
from generator.writers.docx.xml import Element, q

TEMPLATE = "templates/reference.docx"
MAX_BYTES = 20_000_000
"""Of the file; the shipped one has 40 kB."""
MAX_UNPACKED = 20_000_000
HINT = "open the file in Word, save it as .docx, or run `masterplan init` for a fresh one"
# What python-docx and lxml make of parts that are not what they are called: attributes and elements that are not there.
_DAMAGED = (
    BadZipFile, OpcError, LookupError, ValueError, OSError, EOFError, RuntimeError, AttributeError, TypeError,
    AssertionError, zlib.error, etree.LxmlError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Page:
    """A page in twentieths of a point; `margins` are top, right, bottom, left."""

    width: int
    height: int
    margins: tuple[int, int, int, int]
    header: int
    footer: int

    @property
    def text_width(self) -> int:
        """The width between the margins."""
        return self.width - self.margins[1] - self.margins[3]

    def turned(self) -> Page:
        """Return the same sheet in landscape; the binding margin moves to the top."""
        top, right, bottom, left = self.margins
        return Page(self.height, self.width, (left, bottom, right, top), self.header, self.footer)


@dataclass(frozen=True, slots=True)
class Template:
    """An opened `reference.docx`. `main` is its document part, whose body is replaced by the writer."""

    package: Any
    main: Part
    numbering: Element
    style_ids: dict[str, str]
    list_ids: dict[str, str]
    header_shading: dict[str, Element]
    page: Page

    def list_of(self, name: str) -> str:
        """Return the abstract list that a style is bound to by its name; raises `TemplateError` where it is to none."""
        found = self.list_ids.get(self.style(name))
        if found is None:
            raise TemplateError(TEMPLATE, f"the style '{name}' is bound to no list, so nothing numbers it", HINT)
        return found

    def style(self, name: str) -> str:
        """Return the id of a style by its name, as `required()` lists it."""
        return self.style_ids[name.lower()]


def load(workspace: Path) -> Template:
    """Open the template of a workspace.

    Raises:
        TemplateError: the file is absent or broken.
        MissingStyleError: the file lacks a style, or has it with another type; all of them are named.
    """
    content = _content(workspace)
    try:
        _check_size(content)
        main = docx.Document(BytesIO(content)).part
        numbering: Element = main.numbering_part.element
        styles: Element = main._styles_part.element
        page = _page(main.element)
        # Its properties are written anew, so they have to be properties.
        str(main.package.core_properties.title)
        style_ids, list_ids = _style_ids(styles), _list_ids(styles, numbering)
        shading = _header_shading(styles)
    except _DAMAGED as error:
        raise TemplateError(TEMPLATE, f"the Word template cannot be read: {error}", HINT) from error
    return Template(main.package, main, numbering, style_ids, list_ids, shading, page)


def _content(workspace: Path) -> bytes:
    """Return the bytes of the template: a regular file of the workspace, of a size that a template may have."""
    found = Collector()
    content = read_bytes(workspace / TEMPLATE, workspace, found, MAX_BYTES)
    if content is not None:
        return content
    fault = found.found[0]
    if fault.code == "MP001":
        raise TemplateError(TEMPLATE, "the Word template is missing", "run `masterplan init` to lay it again")
    raise TemplateError(TEMPLATE, f"the Word template cannot be read: {fault.message}", fault.hint or HINT)


def _check_size(content: bytes) -> None:
    """Raise `ValueError` for a template that swells when it is unpacked: python-docx unpacks and parses all of it."""
    with ZipFile(BytesIO(content)) as archive:
        size = sum(entry.file_size for entry in archive.infolist())
        if size > MAX_UNPACKED:
            raise ValueError(f"it unpacks to {size / 1e6:.0f} MB, at most {MAX_UNPACKED / 1e6:.0f} MB are read")


def _style_ids(styles: Element) -> dict[str, str]:
    found: dict[str, tuple[str, str]] = {}
    for style in styles.iterchildren(q("w:style")):
        name = style.find(q("w:name"))
        if name is not None:
            found[name.get(q("w:val"), "").lower()] = (style.get(q("w:styleId"), ""), style.get(q("w:type"), ""))
    missing = [f"{name} ({kind})" for name, kind in required().items() if found.get(name.lower(), ("", ""))[1] != kind]
    if missing:
        hint = "make the style in Word under exactly this name (Home > Styles > New style), or run `masterplan init`"
        raise MissingStyleError(TEMPLATE, f"styles are missing: {', '.join(missing)}", hint)
    return {name: style_id for name, (style_id, _) in found.items()}


def _list_ids(styles: Element, numbering: Element) -> dict[str, str]:
    """Return the abstract list of each paragraph style (by id) that is bound to one."""
    lists = {
        num.get(q("w:numId"), ""): abstract.get(q("w:val"), "")
        for num in numbering.iterchildren(q("w:num"))
        for abstract in num.iterchildren(q("w:abstractNumId"))
    }
    bound: dict[str, str] = {}
    for style in styles.iterchildren(q("w:style")):
        number = style.find(f"{q('w:pPr')}/{q('w:numPr')}/{q('w:numId')}")
        if number is not None and number.get(q("w:val")) in lists:
            bound[style.get(q("w:styleId"), "")] = lists[number.get(q("w:val"), "")]
    return bound


def _header_shading(styles: Element) -> dict[str, Element]:
    """Return the shading of the first row of each table style (by id), for header rows after the first."""
    found: dict[str, Element] = {}
    for style in styles.iterchildren(q("w:style")):
        for part in style.iterchildren(q("w:tblStylePr")):
            shading = part.find(f"{q('w:tcPr')}/{q('w:shd')}")
            if part.get(q("w:type")) == "firstRow" and shading is not None:
                found[style.get(q("w:styleId"), "")] = shading
    return found


def _page(document: Element) -> Page:
    section = document.find(f"{q('w:body')}/{q('w:sectPr')}")
    size = None if section is None else section.find(q("w:pgSz"))
    margin = None if section is None else section.find(q("w:pgMar"))
    if size is None or margin is None:
        raise ValueError("it has no page size and margins at its end")

    def number(node: Element, name: str) -> int:
        return int(node.get(q(name), "0"))

    margins = tuple(number(margin, f"w:{side}") for side in ("top", "right", "bottom", "left"))
    return Page(
        number(size, "w:w"),
        number(size, "w:h"),
        (margins[0], margins[1], margins[2], margins[3]),
        number(margin, "w:header"),
        number(margin, "w:footer"),
    )
