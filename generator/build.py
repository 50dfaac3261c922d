"""One city to files: load, plan, compose, write. Knows no XML, YAML or template."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Literal

from generator import __version__
from generator.analysis.planning import peer_of, plan_city
from generator.analysis.portfolio import row_of
from generator.analysis.wording import worded, worded_facts
from generator.compose.book import Composed, compose_books
from generator.inputs import (
    UNREAD,
    Basis,
    basis_of,
    generator_digest,
    pictures_of,
    scan_city,
    scan_shared,
    tree_digest,
    why,
)
from generator.likeness import note_text, place, tidy
from generator.manifest import FILE as MANIFEST
from generator.manifest import Manifest, read_manifest
from generator.model.content import CityDossier, Content
from generator.model.diagnostics import Diagnostic, Place, Severity
from generator.model.document import Document
from generator.model.plan import Plan
from generator.model.scorecard import Peer
from generator.peers import PeerGroup, cohort_of
from generator.rendering import WORKBOOK, Keys, plan_files, render_books
from generator.shelf import Made, Written, drop_stale, edited, missing, settle, store, untouched
from generator.sources.cities import load_city, slugs
from generator.sources.content import load_content
from generator.sources.edits import FOLDER, edit_path, pulled_hashes
from generator.sources.files import is_file
from generator.storage import BusyError, StorageError, locked, remove_leftovers
from generator.writers.engines import EngineName
from generator.writers.errors import WriterError

Format = Literal["docx", "pdf"]
Engine = Literal["auto", "weasyprint", "typst"]
FORMATS: tuple[Format, ...] = ("docx", "pdf")
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
class BuildResult:
    """What came of building one city."""

    slug: str
    files: tuple[Written, ...]
    diagnostics: tuple[Diagnostic, ...]
    engine: str = ""
    open_items: int = 0
    unchanged: bool = False
    """Whether everything lay there already, so that nothing was computed."""
    why: str = ""
    """What changed since the build before."""

    @property
    def failed(self) -> bool:
        """Whether an error kept files from being written."""
        return any(diagnostic.severity is Severity.ERROR for diagnostic in self.diagnostics)


def silent(_: str) -> None:
    """Ignore progress."""


class Run:
    """What the cities of one run share: hashes, the content, and the cohort that they are compared with.

    Hashes are taken when it is made, content and cohort when they are first asked for.
    """

    def __init__(self, workspace: Path, out: Path) -> None:
        self.workspace = workspace
        self.out = out
        self.shared = scan_shared(workspace)

    @cached_property
    def loaded(self) -> tuple[Content | None, tuple[Diagnostic, ...]]:
        """The content, None where it has errors, and its diagnostics."""
        return load_content(self.workspace)

    def again(self) -> Run:
        """Return a run that looks at every file anew and keeps the content where none of its files changed."""
        run = Run(self.workspace, self.out)
        if run.shared.content == self.shared.content and "loaded" in self.__dict__:
            run.__dict__["loaded"] = self.loaded
        return run

    @cached_property
    def cohort(self) -> PeerGroup:
        """The cities of the workspace with their scores."""
        return cohort_of(self.workspace, self.shared, self.out, lambda: self.loaded[0])

    def basis(self, slug: str, engine: str, formats: tuple[Format, ...]) -> Basis:
        """Return what the files of a city follow from."""
        files = self.cohort.files.get(slug) or scan_city(self.workspace, slug)
        return basis_of(self.shared, files, self.cohort.digest(slug), engine, formats, slug=slug)

    def prepare(self, slug: str, progress: Progress) -> tuple[Draft | None, tuple[Diagnostic, ...]]:
        """Return a city's plan and books; see `prepare`."""
        content, found = self.loaded
        if content is None:
            return None, found
        return prepare_with(self.workspace, slug, content, found, progress, others=self.cohort.others(slug))


def prepare(workspace: Path, slug: str, progress: Progress = silent) -> tuple[Draft | None, tuple[Diagnostic, ...]]:
    """Return a city's plan and books, or None where its data or the content have errors; with all diagnostics."""
    progress("reading content")
    content, diagnostics = load_content(workspace)
    if content is None:
        return None, diagnostics
    return prepare_with(workspace, slug, content, diagnostics, progress)


def prepare_with(
    workspace: Path,
    slug: str,
    content: Content,
    found: tuple[Diagnostic, ...] = (),
    progress: Progress = silent,
    others: tuple[Peer, ...] | None = None,
) -> tuple[Draft | None, tuple[Diagnostic, ...]]:
    """Return a city's plan and books from content that is loaded already; `others` are its peers where known."""
    progress("reading the city")
    dossier, diagnostics = load_city(workspace, slug, content)
    diagnostics = (*found, *diagnostics)
    if dossier is None:
        return None, diagnostics
    dossier = replace(dossier, facts=worded_facts(dossier, content))
    content = worded(content, dossier.facts, dossier.city.code)
    progress("planning")
    plan = plan_city(dossier, content, peers(workspace, content, slug) if others is None else others)
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
    return hashlib.sha256(f"{__version__}\n{lines}".encode("utf-8", "surrogatepass")).hexdigest()[:16]


def choose_engine(engine: Engine) -> tuple[EngineName, tuple[Diagnostic, ...]]:
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


def _label(engine: Engine, formats: tuple[Format, ...]) -> tuple[str, tuple[Diagnostic, ...]]:
    """Return the engine that a basis names, '' without PDF, with what `choose_engine` has to say."""
    return choose_engine(engine) if "pdf" in formats else ("", ())


def build_city(
    workspace: Path,
    slug: str,
    out: Path,
    *,
    formats: tuple[Format, ...] = FORMATS,
    engine: Engine = "auto",
    progress: Progress = silent,
    run: Run | None = None,
    force: bool = False,
) -> BuildResult:
    """Write the books of one city below `out`/<slug>/ and return what was written, with every diagnostic.

    Nothing is computed where all that the files follow from is unchanged, and only books whose text changed are
    written; `force` makes all of them anew. Nothing is written when the data have errors, when a DOCX there was edited
    by hand, or while another build of the city runs. A missing PDF library keeps the PDF from being written, not the
    DOCX.
    """
    run = run or Run(workspace, out)
    progress("looking for changes")
    label, remarks = _label(engine, formats)
    basis = run.basis(slug, label, formats)
    if not force:
        left = _as_before(run, slug, basis, remarks)
        if left is not None:
            return left
    draft, diagnostics = run.prepare(slug, progress)
    if draft is None or any(item.severity is Severity.ERROR for item in diagnostics):
        return BuildResult(slug=slug, files=(), diagnostics=diagnostics)
    return write_draft(
        workspace, draft, out, diagnostics, formats=formats, engine=engine, progress=progress, basis=basis, force=force
    )


def is_current(run: Run, slug: str, formats: tuple[Format, ...], engine: Engine) -> bool:
    """Return whether a build would find everything done."""
    label, _ = _label(engine, formats)
    basis, text = run.basis(slug, label, formats), place(run.out, slug)
    return untouched(run.out / slug, basis, run.workspace, text) is not None


def left_alone(run: Run, slug: str, formats: tuple[Format, ...], engine: Engine) -> BuildResult | None:
    """Return the result of a build that finds everything done, None where there is something to do."""
    label, remarks = _label(engine, formats)
    return _as_before(run, slug, run.basis(slug, label, formats), remarks)


def _as_before(run: Run, slug: str, basis: Basis, remarks: tuple[Diagnostic, ...]) -> BuildResult | None:
    folder = run.out / slug
    if not is_file(folder / MANIFEST):
        return None  # nor is there a folder to hold a lock
    try:
        # Looked at under the lock: another build may be writing what the next one would take for somebody's work.
        with locked(folder):
            manifest = untouched(folder, basis, run.workspace, place(run.out, slug))
            if manifest is None:
                return None
            remove_leftovers(folder)
            tidy(run.out, slug)
            files = settle(folder, manifest)
    except (BusyError, StorageError):
        return None  # the full way says what is amiss
    return BuildResult(
        slug=slug,
        files=files,
        diagnostics=remarks,
        engine=manifest.engine,
        open_items=manifest.open_items,
        unchanged=True,
    )


def write_draft(
    workspace: Path,
    draft: Draft,
    out: Path,
    diagnostics: tuple[Diagnostic, ...] = (),
    *,
    formats: tuple[Format, ...] = FORMATS,
    engine: Engine = "auto",
    progress: Progress = silent,
    basis: Basis | None = None,
    force: bool = False,
) -> BuildResult:
    """Write a prepared draft; see `build_city`. Without a `basis` every file is made anew."""
    slug = draft.dossier.slug
    folder = out / slug
    chosen, engine_diagnostics = choose_engine(engine) if "pdf" in formats else (None, ())
    diagnostics = (*diagnostics, *engine_diagnostics)
    without_pdf = chosen is None or any(item.code == "MP502" for item in engine_diagnostics)
    draft, trees = _named(draft)
    documents = draft.composed.documents
    try:
        with locked(folder):
            remove_leftovers(folder)
            before = read_manifest(folder)
            touched = edited(folder, _editable(documents, formats), before, pulled_hashes(workspace, slug))
            if touched:
                return BuildResult(slug=slug, files=(), diagnostics=(*diagnostics, *touched))
            keys = Keys(
                folder=folder,
                styles=basis.styles if basis is not None else "",
                generator=generator_digest(),
                engine=None if without_pdf else chosen,
                pictures=pictures_of(documents, workspace),
                trees=trees,
                formats=tuple(kind for kind in formats if kind != "pdf" or not without_pdf),
                before=before,
                force=force,
            )
            made = (
                *render_books(documents, workspace, draft.dossier.city.date, keys, progress),
                *plan_files(draft.dossier, draft.content, draft.plan, progress),
            )
            drop_stale(folder, _all_names(documents, made), before)
            manifest = _manifest(draft, keys, chosen or "", diagnostics, basis)
            # Before the manifest that counts on it: killed between the two, the next build makes both anew.
            text = note_text(out, documents, draft.dossier, draft.content)
            files = store(folder, made, replace(manifest, text=text), before, force=force)
    except WriterError as error:
        return BuildResult(slug=slug, files=(), diagnostics=(*diagnostics, error.diagnostic))
    except (BusyError, StorageError) as error:
        return BuildResult(slug=slug, files=(), diagnostics=(*diagnostics, _not_stored(folder, error)))
    return BuildResult(
        slug=slug,
        files=files,
        diagnostics=diagnostics,
        engine=chosen or "",
        open_items=sum(draft.composed.holes.values()),
        why=manifest.why,
    )


def _not_stored(folder: Path, error: BusyError | StorageError) -> Diagnostic:
    place = Place(folder.as_posix())
    if isinstance(error, BusyError):
        return Diagnostic("MP504", Severity.ERROR, place, str(error), "try again when it is free")
    return Diagnostic("MP505", Severity.ERROR, place, str(error), "see what lies there, check space and permissions")


def _named(draft: Draft) -> tuple[Draft, Mapping[str, str]]:
    """Give every book an id that follows from its own text, so that an input that it does not use cannot change it.

    Also returns file name of a book -> hash of its tree.
    """
    trees = {book.file_name: tree_digest(book) for book in draft.composed.documents}
    books = tuple(replace(book, build_id=trees[book.file_name][:16]) for book in draft.composed.documents)
    return replace(draft, composed=replace(draft.composed, documents=books)), trees


def _all_names(documents: tuple[Document, ...], made: tuple[Made, ...]) -> frozenset[str]:
    books = (f"{document.file_name}.{kind}" for document in documents for kind in FORMATS)
    return frozenset((*books, *(item.name for item in made)))


def _manifest(
    draft: Draft, keys: Keys, engine: str, diagnostics: tuple[Diagnostic, ...], basis: Basis | None
) -> Manifest:
    read = {**draft.content.files, **draft.dossier.files}
    failed = any(item.severity is Severity.ERROR for item in diagnostics)
    return Manifest(
        city=draft.dossier.slug,
        generator=__version__,
        engine=engine,
        build_id=draft.build_id,
        inputs=read if basis is None else {name: own for name, own in basis.files.items() if own not in UNREAD},
        open_items=sum(draft.composed.holes.values()),
        conflicts=_conflicts(draft),
        diagnostics=len(diagnostics),
        why="" if basis is None else _why(basis, keys),
        basis={} if basis is None or failed else basis.parts,
        pictures=keys.pictures,
        facts=asdict(row_of(draft.dossier, draft.plan, sum(draft.composed.holes.values()))),
    )


def _why(basis: Basis, keys: Keys) -> str:
    before = keys.before
    return why(basis, before.basis if before else {}, before.inputs if before else {}, missing(keys.folder, before))


def _conflicts(draft: Draft) -> tuple[str, ...]:
    """Return the files of the edits that clash, below the workspace."""
    folder = f"cities/{draft.dossier.slug}/{FOLDER}"
    paths = (edit_path(conflict.edit).as_posix() for conflict in draft.composed.conflicts)
    return tuple(sorted({f"{folder}/{path}" for path in paths}))


def _editable(documents: tuple[Document, ...], formats: tuple[Format, ...]) -> tuple[str, ...]:
    """Return the names of the files that people go on working in: every DOCX and the workbook."""
    books = tuple(f"{document.file_name}.docx" for document in documents) if "docx" in formats else ()
    return (*books, WORKBOOK)
