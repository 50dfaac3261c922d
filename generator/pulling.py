"""An edited DOCX back into the workspace: its changes as small files in `cities/<slug>/edits/`, fill-ins into the data.

The file says which tree it was written from. That tree is an issued one, or what the city's data give today.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from generator.bases import keep_base, kept_base
from generator.build import Progress, prepare, silent
from generator.filling import Entered, Typed, enter, filled_in
from generator.issued import IssuedBook, issued_books, load_tree, with_build_id
from generator.model.diagnostics import Collector, Diagnostic, Place, Severity
from generator.model.document import Block, Document, Table
from generator.model.edits import Edit, cell_text, units
from generator.model.runs import marked
from generator.model.walks import plain
from generator.own_pictures import HandedOut, own_pictures
from generator.roundtrip.answers import Answer
from generator.roundtrip.compare import Author, compare
from generator.roundtrip.reader import Passport, Reading, UnreadableDocumentError, identify, read
from generator.roundtrip.reader.package import MAX_FILE
from generator.sources.edits import FOLDER, MEDIA, PULLED, load_edits, pulled_hashes, with_pulled
from generator.sources.files import read_bytes
from generator.storage import StorageError, sha256, write_whole
from generator.taking import Taking

TODAY = "the data of today"
MAX_EDITS = 5000
"""Changes that one file may bring, each of which is stored in a file of its own. A book has up to 3,000 passages."""
_LONG = 40
_RIGHT_FILE = "see that the right file and the right city are named"


@dataclass(frozen=True, slots=True, kw_only=True)
class PullResult:
    """What an edited file holds: its edits, those that are new to the workspace, what cannot be taken back."""

    slug: str
    book: str = ""
    base: str = ""
    """What it was compared with: 'version 1', or 'the data of today'."""
    edits: tuple[Edit, ...] = ()
    fresh: tuple[Path, ...] = ()
    """The files of edits that were written."""
    withdrawn: tuple[Path, ...] = ()
    """The files of edits that the city took back, which were deleted."""
    filled: tuple[tuple[str, str, str, bool], ...] = ()
    """What was asked, its place in the data, what was typed, whether the data hold it now."""
    data: tuple[Path, ...] = ()
    """The files of the city's data that were written."""
    remarks: tuple[str, ...] = ()
    settled: tuple[Answer, ...] = ()
    """Conflicts that were settled by answers in the file."""
    comments: int = 0
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether nothing was taken."""
        return any(item.severity is Severity.ERROR for item in self.diagnostics)


@dataclass(frozen=True, slots=True)
class _Base:
    document: Document
    words: str
    docx: HandedOut | None = None
    """The file that was handed out."""


def pull(workspace: Path, slug: str, path: Path, *, version: str = "", progress: Progress = silent) -> PullResult:
    """Take the changes of an edited DOCX into the workspace.

    `version` names the issued version to compare with where the file does not say it. Pulling a file twice is the same
    as once. What a city typed at a place replaces what it had typed there before; words of somebody else at the same
    place are kept in the file of the edit, and told (MP822).
    """
    found = Collector()
    data = read_bytes(path, path.absolute().parent, found, MAX_FILE)
    if data is None:
        return PullResult(slug=slug, diagnostics=tuple(found.found))
    try:
        progress("reading the file")
        passport = identify(data, path.name)
        base = _base(workspace, slug, passport, version, data, path.name, found, progress)
        if base is None:
            return PullResult(slug=slug, diagnostics=tuple(found.found))
        reading = read(data, path.name, base.document, ours=own_pictures(workspace, base.document, base.docx))
    except UnreadableDocumentError as error:
        return PullResult(slug=slug, diagnostics=(*found.found, error.diagnostic))
    progress("comparing")
    compared = compare(base.document, reading, _author(passport, path.name, slug))
    if len(compared.edits) > MAX_EDITS:
        return PullResult(slug=slug, diagnostics=(*found.found, _too_many(len(compared.edits), path.name)))
    known = load_edits(workspace, slug)
    found.extend(known.found.found)
    if found.has_errors:
        return PullResult(slug=slug, diagnostics=tuple(found.found))
    typed = [Typed(one.missing, one.text) for _, one in reading.filled]
    entered = _entered(workspace, slug, typed, passport, path.name, found)
    edits = [edit for edit in compared.edits if not _only_fills(edit, base.document, entered.taken)]
    storing = Taking(workspace / "cities" / slug / FOLDER, dict(known.edits), found)
    try:
        storing.pictures(reading.pictures, edits)
        for edit in edits:
            storing.take(edit)
        for comment in compared.deleted:
            storing.forget(comment)
        storing.settle(base.document, compared.answers)
        if base.words == TODAY and (storing.fresh or storing.withdrawn or storing.settled or entered.files):
            keep_base(workspace, slug, base.document)
        if not compared.remarks and not any(item.code == "MP824" for item in found.found):
            _note_pulled(workspace, slug, data)
    except StorageError as error:
        found.error("MP505", Place(storing.folder.as_posix()), str(error), "check space and permissions")
    return PullResult(
        slug=slug,
        book=base.document.id,
        base=base.words,
        edits=tuple(edits),
        fresh=tuple(storing.fresh),
        withdrawn=tuple(storing.withdrawn),
        filled=tuple((one.missing.what, one.missing.where, one.text, one in entered.taken) for one in typed),
        data=entered.files,
        remarks=tuple(compared.remarks),
        settled=tuple(storing.settled),
        comments=sum(edit.op == "comment" for edit in compared.edits),
        diagnostics=tuple(found.found),
    )


def _too_many(edits: int, name: str) -> Diagnostic:
    message = f"it differs from the book in {edits} places, at most {MAX_EDITS} are taken"
    hint = "is it the right file, and the right version?"
    return Diagnostic("MP804", Severity.ERROR, Place(name), message, hint)


def _author(passport: Passport, name: str, slug: str) -> Author:
    return Author(passport.author, passport.modified, name, f"cities/{slug}/{FOLDER}/{MEDIA}")


def _note_pulled(workspace: Path, slug: str, data: bytes) -> None:
    """Remember a file whose changes are all taken, so that the next build may write over it."""
    digest = sha256(data)
    issued = {book.docx_sha256 for book in issued_books(workspace, slug, Collector())}
    known = pulled_hashes(workspace, slug)
    if digest not in issued | known:
        write_whole(workspace / "cities" / slug / FOLDER / PULLED, with_pulled(known, digest))


def _entered(
    workspace: Path, slug: str, typed: list[Typed], passport: Passport, name: str, found: Collector
) -> Entered:
    about = ", ".join(part for part in (passport.author, passport.modified[:10]) if part)
    try:
        return enter(workspace, slug, typed, f"Isian pada {name}" + (f" ({about})" if about else ""), found)
    except StorageError as error:
        found.error("MP505", Place(f"cities/{slug}"), str(error), "check space and permissions")
        return Entered()


def _only_fills(edit: Edit, base: Document, taken: frozenset[Typed]) -> bool:
    """Whether an edit is nothing but fill-ins that were entered into the data, which print them from now on."""
    if not taken or edit.op not in ("text", "cell"):
        return False
    for unit in units((*base.front, *base.body)):
        if unit.id != edit.block:
            continue
        if edit.op == "text" and unit.part == edit.part:
            return marked(filled_in(unit.inlines, taken)) == marked(edit.text)
        if edit.op == "cell" and isinstance(unit.block, Table) and unit.part == "table" and edit.row is not None:
            rows = (*unit.block.header, *unit.block.body)
            cells = rows[edit.row.index].cells
            if edit.cell < len(cells):
                was = cell_text(cells[edit.cell].paragraphs)
                return marked(filled_in(was, taken)) == marked(edit.text)
    return False


# --- the base --------------------------------------------------------------------------------------------------------


def _base(
    workspace: Path,
    slug: str,
    passport: Passport,
    version: str,
    data: bytes,
    name: str,
    found: Collector,
    progress: Progress,
) -> _Base | None:
    """Return the tree that a file was written from; None with a diagnostic (MP805, MP806)."""
    issued = issued_books(workspace, slug, found)
    wanted = [book for book in issued if book.version == version] if version else issued
    if version and not wanted:
        known = ", ".join(dict.fromkeys(book.version for book in issued)) or "none"
        found.error(
            "MP806", Place(name), f"version '{version}' was never issued; issued: {known}", "see cities/<slug>/issued"
        )
        return None
    exact = next((book for book in wanted if passport.build_id and book.build_id == passport.build_id), None)
    if exact is None and version:
        exact = next((book for book in wanted if book.book == passport.book), None)
    if exact is not None:
        return _issued(workspace, exact, found)
    kept = kept_base(workspace, slug, passport.build_id) if not version else None
    if kept is not None:
        return _Base(kept, f"the data of {kept.date}")
    progress("composing the books of today")
    draft, diagnostics = prepare(workspace, slug)
    today = [with_build_id(document) for document in draft.composed.documents] if draft is not None else []
    for document in today:
        if passport.build_id and document.build_id == passport.build_id:
            return _Base(document, TODAY)
    if passport.book and passport.build_id:
        ours = {document.id for document in today} | {book.book for book in issued}
        if passport.book not in ours:
            found.error("MP805", Place(name), f"it is the book '{passport.book}' of something else", _RIGHT_FILE)
        else:
            found.extend(item for item in diagnostics if item.severity is Severity.ERROR)
            message = "it was written from data that have changed since, and that version was not issued"
            found.error("MP806", Place(name), message, "name the issued version that it resembles: --base VERSION")
        return None
    candidates = [_Base(document, TODAY) for document in today]
    candidates += [base for book in wanted if (base := _issued(workspace, book, found)) is not None]
    best = _by_words(read(data, name), candidates)
    if best is None:
        message = "it says neither whose book it is nor what a book of this city says"
        found.error("MP805", Place(name), message, _RIGHT_FILE)
    return best


def _issued(workspace: Path, book: IssuedBook, found: Collector) -> _Base | None:
    tree = load_tree(workspace, book, found)
    return _Base(tree, f"version {book.version}", (book.docx, book.docx_sha256)) if tree is not None else None


def _by_words(reading: Reading, candidates: list[_Base]) -> _Base | None:
    """Return the tree that says most of what a file says whose properties an editor dropped, as Google Docs does.

    Anchors tell nothing here: those of every city's books are alike. Books of other cities share the passages that name
    no city and no figure (a fifth), so more than half has to be the same.
    """
    said = _long((*reading.front, *reading.body))
    scored = [(len(said & _long((*base.document.front, *base.document.body))), base) for base in candidates]
    count, best = max(scored, key=lambda score: score[0], default=(0, None))
    return best if count * 2 > len(said) else None


def _long(blocks: tuple[Block, ...]) -> set[str]:
    """Return the words of the passages that are too long to be the same by chance."""
    return {words for unit in units(blocks) if len(words := plain(unit.inlines)) >= _LONG}
