"""A whole book: cover, front matter in roman page numbers, body in arabic, list of sources, package."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from generator.model.document import Document
from generator.writers.docx.blocks import BlockWriter
from generator.writers.docx.body import Body
from generator.writers.docx.context import Place, Writing
from generator.writers.docx.cover import write_cover
from generator.writers.docx.package import pack
from generator.writers.docx.properties import set_properties
from generator.writers.docx.sections import Head, Pages, Sections
from generator.writers.docx.template import load


def write(document: Document, workspace: Path, *, pages: Mapping[str, str] | Mapping[str, int] | None = None) -> bytes:
    """Return the bytes of a book as DOCX: the same input gives the same bytes, on every machine.

    Args:
        document: the block tree, numbered.
        workspace: the folder that holds `templates/reference.docx` and the pictures of the tree.
        pages: the page label of each block id, as another layout of the same book has it. Without it contents and lists
            stand without page numbers and ask Word to fill them.

    Raises:
        TemplateError: `reference.docx` is absent or broken.
        MissingStyleError: `reference.docx` lacks a style.
        OutsideWorkspaceError: a picture's path leads out of the workspace.
    """
    with _uncollected():
        return _write(document, workspace, pages)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the garbage collector from walking the growing tree again and again: time would grow faster than pages."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _write(document: Document, workspace: Path, pages: Mapping[str, str] | Mapping[str, int] | None) -> bytes:
    template = load(workspace)
    body = Body()
    writing = Writing(document, template, workspace, pages, body)
    sections = Sections(writing)
    place = Place(body.element, template.page.text_width, top=True)
    if document.with_cover:
        write_cover(writing, place)
    writer = BlockWriter(writing, sections)
    if document.front:
        sections.turn(Pages("front", Head(), start=True, first=False))
        writer.write(place, document.front)
    sections.turn(Pages("body", Head(), start=True, first=False))
    writer.write(place, document.body)
    writer.write_sources(place)
    sections.close()
    writing.finish()
    set_properties(template, document)
    return pack(template.package, {str(template.main.partname): body.serialise()})
