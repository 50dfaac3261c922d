"""One city to files: load, plan, compose, write. Knows no XML, YAML or template."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from generator import __version__
from generator.analysis.planning import peer_of, plan_city
from generator.compose.book import Composed, compose_books
from generator.manifest import FILE, Manifest, Output, read_outputs
from generator.model.content import CityDossier, Content
from generator.model.diagnostics import Diagnostic, Place, Severity
from generator.model.document import Document
from generator.model.plan import Plan
from generator.model.scorecard import Peer
from generator.sources.cities import load_city, slugs
from generator.sources.content import load_content
from generator.storage import BusyError, StorageError, file_hash, locked, remove_leftovers, sha256, write_whole
from generator.writers.docx.errors import DocxError

if TYPE_CHECKING:
    from generator.writers.pdf import PdfResult

Format = Literal["docx", "pdf"]
Engine = Literal["auto", "weasyprint", "typst"]
FORMATS: tuple[Format, ...] = ("docx", "pdf")
WORKBOOK, CALENDAR = "rencana-aksi.xlsx", "kalender.ics"
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A city thought through to its documents, nothing written yet."""

    dossier: CityDossier
    content: Content
    plan: Plan
    composed: Composed
    build_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """One file of a build."""

    path: Path
    pages: int | None
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildResult:
    """What came of building one city."""

    slug: str
    files: tuple[Written, ...]
    diagnostics: tuple[Diagnostic, ...]
    engine: str = ""
    open_items: int = 0

    @property
    def failed(self) -> bool:
        """Whether an error kept files from being written."""
        return any(diagnostic.severity is Severity.ERROR for diagnostic in self.diagnostics)


def silent(_: str) -> None:
    """Ignore progress."""


def prepare(workspace: Path, slug: str, progress: Progress = silent) -> tuple[Draft | None, tuple[Diagnostic, ...]]:
    """Return a city's plan and books, or None where its data or the content have errors; with all diagnostics."""
    progress("reading content")
    content, diagnostics = load_content(workspace)
    if content is None:
        return None, diagnostics
    return prepare_with(workspace, slug, content, diagnostics, progress)


def prepare_with(
    workspace: Path, slug: str, content: Content, found: tuple[Diagnostic, ...] = (), progress: Progress = silent
) -> tuple[Draft | None, tuple[Diagnostic, ...]]:
    """Return a city's plan and books from content that is loaded already."""
    progress("reading the city")
    dossier, diagnostics = load_city(workspace, slug, content)
    diagnostics = (*found, *diagnostics)
    if dossier is None:
        return None, diagnostics
    progress("planning")
    plan = plan_city(dossier, content, peers(workspace, content, slug))
    progress("composing")
    build_id = _build_id({**content.files, **dossier.files})
    composed = compose_books(dossier, content, plan, workspace, build_id=build_id)
    diagnostics = (*diagnostics, *plan.diagnostics, *composed.diagnostics)
    draft = Draft(dossier=dossier, content=content, plan=plan, composed=composed, build_id=build_id)
    return draft, diagnostics


def peers(workspace: Path, content: Content, slug: str) -> tuple[Peer, ...]:
    """Return the other cities of the workspace whose assessment can be read, for comparison."""
    found = []
    for other in slugs(workspace):
        if other != slug:
            dossier, _ = load_city(workspace, other, content)
            if dossier is not None:
                found.append(peer_of(dossier, content))
    return tuple(found)


def _build_id(files: Mapping[str, str]) -> str:
    lines = "\n".join(f"{name} {digest}" for name, digest in sorted(files.items()))
    return hashlib.sha256(f"{__version__}\n{lines}".encode()).hexdigest()[:16]


def choose_engine(engine: Engine) -> tuple[Literal["weasyprint", "typst"], tuple[Diagnostic, ...]]:
    """Return the PDF engine: `auto` takes WeasyPrint where its system libraries are present, else Typst, and says so.

    Asking for WeasyPrint by name on a machine without its libraries is an error (MP502) with the line that installs
    them.
    """
    from generator.writers import pdf

    if engine == "typst":
        return "typst", ()
    library = pdf.missing_library()
    if library is None:
        return "weasyprint", ()
    if engine == "auto":
        message = f"{library} is not installed, so the PDF is made by the Typst engine"
        return "typst", (Diagnostic("MP503", Severity.INFO, Place("weasyprint"), message, pdf.INSTALL_HINT),)
    message = f"WeasyPrint needs the system library {library}, which is not installed; no PDF was written"
    return "weasyprint", (Diagnostic("MP502", Severity.ERROR, Place("weasyprint"), message, pdf.INSTALL_HINT),)


def build_city(
    workspace: Path,
    slug: str,
    out: Path,
    *,
    formats: tuple[Format, ...] = FORMATS,
    engine: Engine = "auto",
    progress: Progress = silent,
) -> BuildResult:
    """Write the books of one city below `out`/<slug>/ and return what was written, with every diagnostic.

    Nothing is written when the data have errors, when a DOCX there was edited by hand, or while another build of the
    city runs. A missing PDF library keeps the PDF from being written, not the DOCX.
    """
    draft, diagnostics = prepare(workspace, slug, progress)
    if draft is None or any(item.severity is Severity.ERROR for item in diagnostics):
        return BuildResult(slug=slug, files=(), diagnostics=diagnostics)
    return write_draft(workspace, draft, out, diagnostics, formats=formats, engine=engine, progress=progress)


def write_draft(
    workspace: Path,
    draft: Draft,
    out: Path,
    diagnostics: tuple[Diagnostic, ...] = (),
    *,
    formats: tuple[Format, ...] = FORMATS,
    engine: Engine = "auto",
    progress: Progress = silent,
) -> BuildResult:
    """Write a prepared draft; see `build_city`."""
    slug = draft.dossier.slug
    folder = out / slug
    chosen, engine_diagnostics = choose_engine(engine) if "pdf" in formats else (None, ())
    diagnostics = (*diagnostics, *engine_diagnostics)
    with_pdf = chosen is not None and not any(item.code == "MP502" for item in engine_diagnostics)
    try:
        with locked(folder):
            remove_leftovers(folder)
            edited = _edited(folder, _editable(draft.composed.documents, formats))
            if edited:
                return BuildResult(slug=slug, files=(), diagnostics=(*diagnostics, *edited))
            made = _render(workspace, draft, formats, chosen if with_pdf else None, progress)
            _drop_stale(folder, draft.composed.documents)
            files = _store(folder, draft, made, chosen or "", len(diagnostics))
    except DocxError as error:
        return BuildResult(slug=slug, files=(), diagnostics=(*diagnostics, error.diagnostic))
    except (BusyError, StorageError) as error:
        code = "MP504" if isinstance(error, BusyError) else "MP505"
        failure = Diagnostic(code, Severity.ERROR, Place(folder.as_posix()), str(error), "try again when it is free")
        return BuildResult(slug=slug, files=(), diagnostics=(*diagnostics, failure))
    return BuildResult(
        slug=slug,
        files=files,
        diagnostics=diagnostics,
        engine=chosen or "",
        open_items=sum(draft.composed.holes.values()),
    )


def _editable(documents: tuple[Document, ...], formats: tuple[Format, ...]) -> tuple[str, ...]:
    """Return the names of the files that people go on working in: every DOCX and the workbook."""
    books = tuple(f"{document.file_name}.docx" for document in documents) if "docx" in formats else ()
    return (*books, WORKBOOK)


def _edited(folder: Path, names: tuple[str, ...]) -> tuple[Diagnostic, ...]:
    """Return an error for every file that differs from what the last build wrote: somebody's work."""
    known = read_outputs(folder) or {}
    found = []
    for name in names:
        path = folder / name
        present = file_hash(path)
        if present is not None and present != known.get(name):
            found.append(
                Diagnostic(
                    "MP501",
                    Severity.ERROR,
                    Place(path.as_posix()),
                    "this file was edited since the last build and is not overwritten",
                    "keep it under another name and build again; 'masterplan pull' takes edits back into the data",
                )
            )
    return tuple(found)


def _drop_stale(folder: Path, documents: tuple[Document, ...]) -> None:
    """Remove files of documents that are no longer made (a quick win that left the plan), unless somebody edited them.

    Files that lie beside the books and are no document (workbook, calendar) have other names and stay.
    """
    current = {document.file_name for document in documents}
    folders = {str(Path(name).parent) for name in current}
    for name, digest in (read_outputs(folder) or {}).items():
        stem, dot, ending = name.rpartition(".")
        if not dot or ending not in FORMATS or stem in current or ".." in Path(name).parts:
            continue
        if str(Path(name).parent) in folders - {"."} and file_hash(folder / name) == digest:
            (folder / name).unlink()


@dataclass(frozen=True, slots=True)
class _Made:
    name: str
    data: bytes
    pages: int | None


def _render(
    workspace: Path,
    draft: Draft,
    formats: tuple[Format, ...],
    engine: Literal["weasyprint", "typst"] | None,
    progress: Progress,
) -> tuple[_Made, ...]:
    epoch = _epoch(draft)
    made: list[_Made] = []
    for document in draft.composed.documents:
        pages: Mapping[str, str] | None = None
        if engine is not None:
            progress(f"writing {document.file_name}.pdf")
            result = _pdf(engine, document, workspace, epoch)
            pages = result.pages
            made.append(_Made(f"{document.file_name}.pdf", result.data, result.page_count))
        if "docx" in formats:
            from generator.writers import docx

            progress(f"writing {document.file_name}.docx")
            made.append(_Made(f"{document.file_name}.docx", docx.write(document, workspace, pages=pages), None))
    return (*made, *_plan_files(draft, progress))


def _plan_files(draft: Draft, progress: Progress) -> tuple[_Made, ...]:
    """Return the action plan as a workbook and, where its dates are known, the mentoring as a calendar file."""
    from generator.writers import ics, xlsx

    progress(f"writing {WORKBOOK}")
    workbook = _Made(WORKBOOK, xlsx.write(draft.dossier, draft.content, draft.plan), None)
    calendar = ics.write(draft.dossier, draft.content, draft.plan)
    return (workbook, _Made(CALENDAR, calendar, None)) if calendar is not None else (workbook,)


def _pdf(engine: Literal["weasyprint", "typst"], document: Document, workspace: Path, epoch: int) -> PdfResult:
    if engine == "weasyprint":
        from generator.writers import pdf

        return pdf.write(document, workspace, source_date_epoch=epoch)
    from generator.writers import typst

    return typst.write(document, workspace, source_date_epoch=epoch)


def _epoch(draft: Draft) -> int:
    day = draft.dossier.city.date
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def _store(folder: Path, draft: Draft, made: tuple[_Made, ...], engine: str, diagnostics: int) -> tuple[Written, ...]:
    outputs: dict[str, Output] = {}
    files: list[Written] = []
    known = read_outputs(folder) or {}
    for item in made:
        digest = sha256(item.data)
        same = known.get(item.name) == digest and file_hash(folder / item.name) == digest
        if not same:
            write_whole(folder / item.name, item.data)
        reason = "unchanged" if same else "new" if item.name not in known else "content changed"
        outputs[item.name] = Output(sha256=digest, size=len(item.data), pages=item.pages, reason=reason)
        files.append(Written(path=folder / item.name, pages=item.pages, size=len(item.data)))
        _write_manifest(folder, draft, _kept(folder, outputs), engine, diagnostics)
    return tuple(files)


def _kept(folder: Path, outputs: Mapping[str, Output]) -> Mapping[str, Output]:
    """Keep the entries of files of earlier builds that this one did not write (another format)."""
    try:
        before = json.loads((folder / FILE).read_bytes())["outputs"]
    except (OSError, ValueError, KeyError, TypeError):
        return outputs
    kept = {
        name: Output(
            sha256=str(entry.get("sha256", "")), size=int(entry.get("size", 0)), pages=entry.get("pages"), reason="kept"
        )
        for name, entry in before.items()
        if name not in outputs and (folder / name).exists()
    }
    return {**kept, **outputs}


def _write_manifest(folder: Path, draft: Draft, outputs: Mapping[str, Output], engine: str, diagnostics: int) -> None:
    manifest = Manifest(
        city=draft.dossier.slug,
        generator=__version__,
        engine=engine,
        build_id=draft.build_id,
        inputs={**draft.content.files, **draft.dossier.files},
        outputs=outputs,
        open_items=sum(draft.composed.holes.values()),
        diagnostics=diagnostics,
    )
    write_whole(folder / FILE, manifest.to_json())
