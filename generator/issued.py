"""What was handed out: each issued version of a city's books as DOCX and as block tree, in `cities/<slug>/issued/`.

A later merge has an issued tree as its base, so a version is frozen: the same version is never issued with other words.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from generator import __version__
from generator.build import FORMATS, Engine, Progress, Run, build_city, silent
from generator.inputs import tree_digest
from generator.model.diagnostics import Collector, Diagnostic, Place, Severity
from generator.model.document import Document
from generator.model.document_json import document_from_json, document_to_json
from generator.records import FAULTS, is_below, parse_record, word
from generator.sources.files import files_below, is_there, name_below, read_bytes
from generator.storage import StorageError, read_whole, sha256, write_whole

FOLDER = "issued"
LIST = "issue.json"
FORMAT = 1
_MAX_TREE = 60_000_000
_MAX_DOCX = 500_000_000
_UNSAFE = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class IssuedBook:
    """One book of an issued version; paths have no ending."""

    book: str
    path: Path
    build_id: str
    version: str
    date: str
    docx_sha256: str
    tree_sha256: str

    @property
    def docx(self) -> Path:
        """The file that was handed out."""
        return self.path.with_name(f"{self.path.name}.docx")

    @property
    def tree(self) -> Path:
        """Its block tree."""
        return self.path.with_name(f"{self.path.name}.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueResult:
    """What came of issuing a version."""

    slug: str
    version: str
    folder: Path
    books: tuple[IssuedBook, ...]
    diagnostics: tuple[Diagnostic, ...]
    unchanged: bool = False

    @property
    def failed(self) -> bool:
        """Whether nothing was issued."""
        return any(item.severity is Severity.ERROR for item in self.diagnostics)


def with_build_id(document: Document) -> Document:
    """Return a composed book with the id that its DOCX carries: the hash of its own text."""
    return replace(document, build_id=tree_digest(document)[:16])


def issue_city(
    workspace: Path, slug: str, out: Path, *, engine: Engine = "auto", progress: Progress = silent
) -> IssueResult:
    """Build a city and freeze its books under the version that `city.yaml` states.

    Issuing the same words again changes nothing; other words under a version that is out already are refused (MP811).
    """
    run = Run(workspace, out)
    built = build_city(workspace, slug, out, formats=FORMATS, engine=engine, progress=progress, run=run)
    folder = workspace / "cities" / slug / FOLDER
    draft, _ = (None, ()) if built.failed else run.prepare(slug, progress)
    if draft is None:
        return IssueResult(slug=slug, version="", folder=folder, books=(), diagnostics=built.diagnostics)
    version, date = draft.dossier.city.version, draft.dossier.city.date.isoformat()
    folder /= _UNSAFE.sub("-", version.lower()).strip("-") or "tanpa-nama"
    documents = tuple(with_build_id(document) for document in draft.composed.documents)
    found = Collector(list(built.diagnostics))
    if is_there(folder / LIST):
        return _issued_before(workspace, slug, version, folder, documents, found)
    progress(f"issuing {version}")
    books: list[IssuedBook] = []
    try:
        for document in documents:
            data = read_whole(out / slug / f"{document.file_name}.docx", _MAX_DOCX)
            tree = document_to_json(document)
            path = folder / document.file_name
            book = IssuedBook(document.id, path, document.build_id, version, date, sha256(data), sha256(tree))
            write_whole(book.docx, data, within=workspace)
            write_whole(book.tree, tree, within=workspace)
            books.append(book)
        # The list comes last: a version without it was never issued.
        write_whole(folder / LIST, _listed(folder, version, date, books), within=workspace)
    except (OSError, StorageError) as error:
        found.error("MP505", Place(folder.as_posix()), str(error), "check space and permissions")
        books = []
    return IssueResult(slug=slug, version=version, folder=folder, books=tuple(books), diagnostics=tuple(found.found))


def _issued_before(
    workspace: Path, slug: str, version: str, folder: Path, documents: tuple[Document, ...], found: Collector
) -> IssueResult:
    books = tuple(book for book in issued_books(workspace, slug, found) if book.path.is_relative_to(folder))
    same = {book.build_id for book in books} == {document.build_id for document in documents}
    if not same:
        found.error(
            "MP811",
            Place(name_below(folder, workspace)),
            f"version '{version}' was issued already, with other words",
            "raise 'version' in city.yaml",
        )
    return IssueResult(
        slug=slug, version=version, folder=folder, books=books, diagnostics=tuple(found.found), unchanged=same
    )


def _listed(folder: Path, version: str, date: str, books: list[IssuedBook]) -> bytes:
    data = {
        "format": FORMAT,
        "generator": __version__,
        "version": version,
        "date": date,
        "books": [
            {
                "book": book.book,
                "file": book.path.relative_to(folder).as_posix(),
                "build_id": book.build_id,
                "docx_sha256": book.docx_sha256,
                "tree_sha256": book.tree_sha256,
            }
            for book in books
        ],
    }
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def issued_books(workspace: Path, slug: str, found: Collector) -> tuple[IssuedBook, ...]:
    """Return the books of every issued version of a city, the latest date first; unreadable lists are told (MP812)."""
    books: list[IssuedBook] = []
    folder = workspace / "cities" / slug / FOLDER
    for path in files_below(folder, workspace, (LIST,), found, depth=1):
        if path.name != LIST or path.parent == folder:
            continue
        data = read_bytes(path, workspace, found)
        if data is None:
            continue
        try:
            books.extend(_books(path.parent, parse_record(data)))
        except FAULTS as error:
            place = Place(name_below(path, workspace))
            found.warning(
                "MP812", place, f"the list of an issued version cannot be read: {error}", "restore it from git"
            )
    return tuple(sorted(books, key=lambda book: (book.date, book.path.as_posix()), reverse=True))


def _books(folder: Path, data: Any) -> list[IssuedBook]:
    if data["format"] != FORMAT:
        raise ValueError(f"format {data['format']} is not known")
    astray = [entry["file"] for entry in data["books"] if not is_below(word(entry["file"]))]
    if astray:
        raise ValueError(f"{astray[0]!r:.80} is not the name of a file beside it")
    return [
        IssuedBook(
            book=str(entry["book"]),
            path=folder / str(entry["file"]),
            build_id=str(entry["build_id"]),
            version=str(data["version"]),
            date=str(data["date"]),
            docx_sha256=str(entry["docx_sha256"]),
            tree_sha256=str(entry["tree_sha256"]),
        )
        for entry in data["books"]
    ]


def load_tree(workspace: Path, book: IssuedBook, found: Collector) -> Document | None:
    """Return the tree of an issued book; None where it was changed or damaged since (MP812)."""
    data = read_bytes(book.tree, workspace, found, _MAX_TREE)
    if data is None:
        return None
    place = Place(name_below(book.tree, workspace))
    if sha256(data) != book.tree_sha256:
        found.error("MP812", place, "the tree of an issued version was changed since", "restore it from git")
        return None
    try:
        parse_record(data)  # a tree keeps any text; one that was forged may hold what no file can carry
        return document_from_json(data)
    except FAULTS as error:
        found.error("MP812", place, f"the tree of an issued version cannot be read: {error}", "restore it from git")
        return None
