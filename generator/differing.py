"""What changed between two versions of a city's books: issued ones, or an issued one and the books of today."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from generator import __version__
from generator.build import Progress, prepare, silent
from generator.issued import issued_books, load_tree, with_build_id
from generator.manifest import Manifest, read_manifest
from generator.model.diagnostics import Collector, Diagnostic, Place, Severity
from generator.model.document import Annex, Block, Chapter, Document, ListBlock
from generator.model.edits import Edit
from generator.model.walks import plain, walk
from generator.model.word import AUTHOR
from generator.roundtrip.compare import Author, compare
from generator.roundtrip.reader import Reading
from generator.shelf import Made, edited, store
from generator.storage import locked, sha256, stay_within

TODAY = "today"


@dataclass(frozen=True, slots=True)
class Changed:
    """One book: what changed, each with the title of the chapter that it stands in."""

    book: str
    title: str
    changes: tuple[tuple[str, Edit], ...]
    state: str = "changed"
    """'changed', 'new' or 'gone'."""
    old: Document | None = field(default=None, compare=False, repr=False)
    new: Document | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """All books that differ between two versions."""

    before: str = ""
    after: str = ""
    books: tuple[Changed, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether a version could not be had."""
        return any(item.severity is Severity.ERROR for item in self.diagnostics)


def difference(
    workspace: Path, slug: str, before: str = "", after: str = "", *, progress: Progress = silent
) -> Difference:
    """Return what changed from version `before` ('' is the last one issued) to version `after` ('' is today)."""
    found = Collector()
    versions = list(dict.fromkeys(book.version for book in issued_books(workspace, slug, found)))
    before = before or (versions[0] if versions else "")
    for version in (before, after or TODAY):
        if version not in (*versions, TODAY) or (version == TODAY and version == before):
            known = ", ".join(versions) or "none"
            message = f"version '{version}' was never issued; issued: {known}"
            found.error("MP806", Place(f"cities/{slug}/issued"), message, "issue one with 'masterplan issue'")
            return Difference(diagnostics=tuple(found.found))
    progress("reading versions")
    old = _books(workspace, slug, before, found)
    new = _books(workspace, slug, after or TODAY, found)
    if found.has_errors:
        return Difference(diagnostics=tuple(found.found))
    books: list[Changed] = []
    for id, document in new.items():
        if id not in old:
            books.append(Changed(id, document.title, (), "new"))
            continue
        changes = _changes(old[id], document)
        if changes:
            books.append(Changed(id, document.title, changes, old=old[id], new=document))
    books += [Changed(id, document.title, (), "gone") for id, document in old.items() if id not in new]
    return Difference(before=before, after=after or TODAY, books=tuple(books), diagnostics=tuple(found.found))


def write_redlines(
    result: Difference, workspace: Path, folder: Path
) -> tuple[tuple[Path, ...], tuple[Diagnostic, ...]]:
    """Write each changed book into `folder` as a DOCX with tracked changes.

    Accepting all changes gives the text of the newer version, rejecting all that of the older. Returns the paths, or
    none with an error (MP501) where somebody went on writing in one of these files.

    Raises:
        BusyError: the same files are being written.
        StorageError: a file cannot be written.
        WriterError: the Word template cannot be used.
    """
    from generator.writers.docx import write
    from generator.writers.docx.redline import redline

    made = []
    for book in result.books:
        if book.old is None or book.new is None:
            continue
        moment = f"{book.new.date[:10]}T00:00:00Z"
        older, newer = write(book.old, workspace), write(book.new, workspace)
        made.append(Made(f"{book.new.file_name}.docx", redline(older, newer, author=AUTHOR, date=moment)))
    if not made:
        return (), ()
    span = f"{result.before} – {result.after}"
    manifest = Manifest(city="", generator=__version__, engine="", build_id="", basis={"versions": span})
    stay_within(folder.parent, folder.parent.parent)
    with locked(folder):
        before = read_manifest(folder)
        same = [sha256(item.data) for item in made if item.data is not None]
        faults = edited(folder, [item.name for item in made], before, same)
        if faults:
            hint = "move it to another name or place, or write the others elsewhere with --out"
            return (), tuple(replace(fault, hint=hint) for fault in faults)
        return tuple(item.path for item in store(folder, made, manifest, before)), ()


def _books(workspace: Path, slug: str, version: str, found: Collector) -> dict[str, Document]:
    if version == TODAY:
        draft, diagnostics = prepare(workspace, slug)
        if draft is None:
            found.extend(diagnostics)
            return {}
        return {document.id: with_build_id(document) for document in draft.composed.documents}
    trees: dict[str, Document] = {}
    for book in issued_books(workspace, slug, Collector()):
        if book.version == version:
            tree = load_tree(workspace, book, found)
            if tree is not None:
                trees[book.book] = tree
    return trees


def _changes(old: Document, new: Document) -> tuple[tuple[str, Edit], ...]:
    if old.build_id == new.build_id:
        return ()
    reading = Reading(book=new.id, build_id=new.build_id, version=new.version, front=new.front, body=new.body)
    chapters = {**_chapters(old), **_chapters(new)}
    edits = compare(old, reading, Author("", "", "")).edits

    def chapter(edit: Edit) -> str:
        return next((chapters[id] for id in (edit.block, *edit.near) if id in chapters), old.title)

    order = {title: index for index, title in enumerate(dict.fromkeys(chapters.values()))}
    told = [(chapter(edit), edit) for edit in edits if edit.op != "comment"]
    return tuple(sorted(told, key=lambda pair: order.get(pair[0], -1)))


def _chapters(document: Document) -> dict[str, str]:
    """Return id of a block or list item -> title of its chapter."""
    found: dict[str, str] = {}
    for top in (*document.front, *document.body):
        title = plain(top.title) if isinstance(top, Chapter | Annex) else document.title
        for block in walk((top,)):
            for id in _ids(block):
                found[id] = title
    return found


def _ids(block: Block) -> tuple[str, ...]:
    items = tuple(item.id for item in block.items) if isinstance(block, ListBlock) else ()
    return (block.id, *items)
