"""The files of a city from its documents and plan: which can stay, and the bytes of those that are made anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from generator.inputs import digest_of
from generator.manifest import Manifest
from generator.model.content import CityDossier, Content
from generator.model.document import Document, Table
from generator.model.plan import Plan
from generator.model.walks import walk
from generator.shelf import Made, reusable
from generator.writers.engines import EngineName, lay_out

if TYPE_CHECKING:
    from generator.writers.printed import PdfResult

WORKBOOK, CALENDAR = "rencana-aksi.xlsx", "kalender.ics"


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """What each file follows from: a book's tree, the styles, its pictures, the program and the PDF engine.

    The contents of the DOCX hold the pages of the PDF, so that the engine counts for both.
    """

    folder: Path
    styles: str
    generator: str
    engine: EngineName | None
    pictures: Mapping[str, str]
    trees: Mapping[str, str]
    """File name of a book -> hash of its tree."""
    formats: tuple[str, ...]
    before: Manifest | None
    force: bool

    def key(self, document: Document, kind: str) -> str:
        """Return the hash of all that one file follows from."""
        parts = {
            "kind": kind,
            "tree": self.trees[document.file_name],
            "styles": self.styles,
            "engine": self.engine or "",
        }
        return digest_of({**parts, "generator": self.generator, "pictures": digest_of(self.pictures)})

    def left(self, document: Document) -> tuple[Made, ...] | None:
        """Return the files of a book that lie there as this build would make them, None where one has to be made."""
        if self.force or not self.styles:
            return None
        found = []
        for kind in self.formats:
            made = reusable(self.folder, f"{document.file_name}.{kind}", self.key(document, kind), self.before)
            if made is None:
                return None
            found.append(made)
        return tuple(found)


def render_books(
    documents: tuple[Document, ...],
    workspace: Path,
    day: date,
    keys: Keys,
    progress: Callable[[str], None],
) -> tuple[Made, ...]:
    """Return the files of all books; those that lie there as they would be made come without bytes.

    `day` is the date of the draft, which the files carry in place of the clock. Raises `DocxError`.
    """
    epoch = int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())
    left = {document.file_name: keys.left(document) for document in documents}
    todo = [document for document in documents if left[document.file_name] is None]
    laid: dict[str, PdfResult] = {}
    if keys.engine is not None:
        # The longest first: an engine holds on to memory, and this one needs the most of it.
        for document in sorted(todo, key=_length, reverse=True):
            progress(f"writing {document.file_name}.pdf")
            laid[document.file_name] = lay_out(keys.engine, document, workspace, epoch)
    made: list[Made] = []
    for document in documents:
        kept = left[document.file_name]
        made += kept if kept is not None else _made(document, laid.get(document.file_name), workspace, keys, progress)
    return tuple(made)


def _length(document: Document) -> int:
    """Return how many blocks and rows a book has, which its pages follow."""
    blocks = walk((*document.front, *document.body))
    return sum(len(block.body) + 1 if isinstance(block, Table) else 1 for block in blocks)


def _made(
    document: Document, result: PdfResult | None, workspace: Path, keys: Keys, progress: Callable[[str], None]
) -> Iterator[Made]:
    tree = keys.trees[document.file_name]
    if result is not None:
        yield Made(f"{document.file_name}.pdf", result.data, result.page_count, keys.key(document, "pdf"), tree)
    if "docx" in keys.formats:
        from generator.writers import docx

        progress(f"writing {document.file_name}.docx")
        data = docx.write(document, workspace, pages=result.pages if result is not None else None)
        yield Made(f"{document.file_name}.docx", data, None, keys.key(document, "docx"), tree)


def plan_files(dossier: CityDossier, content: Content, plan: Plan, progress: Callable[[str], None]) -> tuple[Made, ...]:
    """Return the action plan as a workbook and, where its dates are known, the mentoring as a calendar file."""
    from generator.writers import ics, xlsx

    progress(f"writing {WORKBOOK}")
    workbook = Made(WORKBOOK, xlsx.write(dossier, content, plan), None)
    calendar = ics.write(dossier, content, plan)
    return (workbook, Made(CALENDAR, calendar, None)) if calendar is not None else (workbook,)
