"""The files of a city from its documents and plan: which can stay, and the bytes of those that are made anew."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from generator.inputs import digest_of, tree_digest
from generator.manifest import Manifest
from generator.model.content import CityDossier, Content
from generator.model.document import Document
from generator.model.plan import Plan
from generator.shelf import Made, reusable

if TYPE_CHECKING:
    from generator.writers.pdf import PdfResult

EngineName = Literal["weasyprint", "typst"]
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
    formats: tuple[str, ...]
    before: Manifest | None
    force: bool

    def key(self, document: Document, kind: str) -> str:
        """Return the hash of all that one file follows from."""
        parts = {"kind": kind, "tree": tree_digest(document), "styles": self.styles, "engine": self.engine or ""}
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
    made: list[Made] = []
    for document in documents:
        left = keys.left(document)
        if left is not None:
            made.extend(left)
            continue
        pages: Mapping[str, str] | None = None
        if keys.engine is not None:
            progress(f"writing {document.file_name}.pdf")
            result = _pdf(keys.engine, document, workspace, epoch)
            pages = result.pages
            made.append(Made(f"{document.file_name}.pdf", result.data, result.page_count, keys.key(document, "pdf")))
        if "docx" in keys.formats:
            from generator.writers import docx

            progress(f"writing {document.file_name}.docx")
            data = docx.write(document, workspace, pages=pages)
            made.append(Made(f"{document.file_name}.docx", data, None, keys.key(document, "docx")))
    return tuple(made)


def plan_files(dossier: CityDossier, content: Content, plan: Plan, progress: Callable[[str], None]) -> tuple[Made, ...]:
    """Return the action plan as a workbook and, where its dates are known, the mentoring as a calendar file."""
    from generator.writers import ics, xlsx

    progress(f"writing {WORKBOOK}")
    workbook = Made(WORKBOOK, xlsx.write(dossier, content, plan), None)
    calendar = ics.write(dossier, content, plan)
    return (workbook, Made(CALENDAR, calendar, None)) if calendar is not None else (workbook,)


def _pdf(engine: EngineName, document: Document, workspace: Path, epoch: int) -> PdfResult:
    if engine == "weasyprint":
        from generator.writers import pdf

        return pdf.write(document, workspace, source_date_epoch=epoch)
    from generator.writers import typst

    return typst.write(document, workspace, source_date_epoch=epoch)
