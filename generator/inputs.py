"""What a build rests on, as hashes: the files that it may read, the program itself, the other cities.

A build whose basis is the one of the last build, and whose files lie untouched, need not be done. The basis is taken
before anything is read: a file that changes meanwhile can only make the next build do too much, never too little.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import metadata
from pathlib import Path

from generator import __version__
from generator.model.document import Document, Figure
from generator.model.walks import walk
from generator.sources.files import MAX_DEPTH, is_inside, name_below
from generator.storage import open_regular
from generator.writers.assets import package_templates

PASSED_OVER = ("__pycache__",)
TEXT_TEMPLATES = ".md.j2"
STYLES = {".css": "weasyprint", ".typ": "typst"}
"""Ending of a template -> the engine that alone reads it."""
UNREAD = ("absent", "outside", "unreadable", "too deep")
"""What stands in the place of the hash of a file that cannot be read."""
LIBRARIES = (
    "babel",
    "fonttools",
    "holidays",
    "icalendar",
    "jinja2",
    "lxml",
    "markdown",
    "pillow",
    "pydantic",
    "pydyf",
    "python-docx",
    "python-pptx",
    "pyyaml",
    "typst",
    "weasyprint",
    "xlsxwriter",
)
"""Libraries whose version may change the bytes of a file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What the cities of a workspace have in common; scanned once a run."""

    content: Mapping[str, str]
    """Path below the workspace -> SHA-256 of every file below `content/`."""
    templates: Mapping[str, str]

    def styles(self, engine: str) -> str:
        """Return the hash of all that shapes a book beside its text: Word template, fonts, the files of its engine."""
        foreign = (TEXT_TEMPLATES, *(ending for ending, owner in STYLES.items() if owner != engine))
        return digest_of({name: own for name, own in self.templates.items() if not name.endswith(foreign)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """Everything that the files of one city follow from; equal bases give equal bytes."""

    files: Mapping[str, str]
    """Every file of `content/`, `templates/` and the city's folder -> SHA-256."""
    parts: Mapping[str, str]
    """'content', 'templates', 'city', 'peers', 'generator', 'engine', 'formats' -> hash or name."""
    styles: str

    @property
    def build_id(self) -> str:
        """Sixteen hexadecimal digits that name the basis."""
        return digest_of(self.parts)[:16]


def scan_shared(workspace: Path) -> Shared:
    """Return the hashes of `content/` and `templates/`."""
    return Shared(content=scan(workspace, "content"), templates=scan(workspace, "templates"))


def scan_city(workspace: Path, slug: str) -> Mapping[str, str]:
    """Return the hash of every file of a city's folder."""
    return scan(workspace, f"cities/{slug}")


def basis_of(
    shared: Shared, city: Mapping[str, str], peers: str, engine: str, formats: Iterable[str], *, slug: str
) -> Basis:
    """Return the basis of a city's build; `peers` is the hash of what it is compared with."""
    parts = {
        "slug": slug,
        "content": digest_of(shared.content),
        "templates": digest_of(shared.templates),
        "city": digest_of(city),
        "peers": peers,
        "generator": generator_digest(),
        "engine": engine,
        "formats": ",".join(sorted(formats)),
    }
    return Basis(files={**shared.content, **shared.templates, **city}, parts=parts, styles=shared.styles(engine))


def scan(workspace: Path, below: str) -> Mapping[str, str]:
    """Return path below the workspace -> SHA-256 of every file of a folder, links followed inside the workspace only.

    What cannot be read counts as a word that says so: it changes the hash when that changes.
    """
    return {
        name_below(path, workspace): "too deep" if is_deep else fingerprint(path, workspace)
        for path, is_deep in _files(workspace / below, workspace)
    }


def _files(top: Path, workspace: Path) -> Iterator[tuple[Path, bool]]:
    """Return every file of a folder, and instead of those that are nested too deep their folder, marked by True.

    To follow the links of a folder costs as much as it lies deep; nothing is read of what lies deeper than `MAX_DEPTH`.
    """
    seen: set[Path] = set()
    for folder, folders, names in os.walk(top, followlinks=True):
        here = Path(folder)
        real = here.resolve()
        if real in seen or not is_inside(here, workspace):
            folders.clear()
            continue
        seen.add(real)
        folders[:] = sorted(name for name in folders if name not in PASSED_OVER)
        for name in sorted(names):
            yield here / name, False
        if len(here.relative_to(top).parts) >= MAX_DEPTH:
            for name in folders:
                yield here / name, True
            folders.clear()


def fingerprint(path: Path, root: Path) -> str:
    """Return the SHA-256 of a regular file inside `root`, else 'absent', 'outside' or 'unreadable'."""
    if not is_inside(path, root):
        return "outside"
    try:
        if not path.is_file():
            return "unreadable" if path.exists() else "absent"
        with open_regular(path) as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return "unreadable"


def digest_of(names: Mapping[str, str]) -> str:
    """Return one hash of a mapping of names to hashes or words."""
    whole = hashlib.sha256()
    for name, own in sorted(names.items()):
        whole.update(f"{len(name)}:{name}={len(own)}:{own};".encode("utf-8", "surrogatepass"))
    return whole.hexdigest()


@lru_cache(maxsize=1)
def generator_digest() -> str:
    """Return the hash of the program: its version, its source, its own templates, the libraries that make bytes."""
    package = Path(__file__).resolve().parent
    parts = {"": __version__}
    for path in sorted(package.rglob("*.py")):
        parts[path.relative_to(package).as_posix()] = fingerprint(path, package)
    own = package_templates()
    parts |= {f"templates/{path.relative_to(own)}": fingerprint(path, own) for path, _ in _files(own, own)}
    for name in LIBRARIES:
        try:
            parts[f"library {name}"] = metadata.version(name)
        except metadata.PackageNotFoundError:
            parts[f"library {name}"] = "absent"
    return digest_of(parts)


def pictures_of(documents: Iterable[Document], workspace: Path) -> Mapping[str, str]:
    """Return path below the workspace -> hash of every picture that the books show."""
    paths: set[str] = set()
    for document in documents:
        if document.cover.emblem:
            paths.add(document.cover.emblem)
        paths.update(block.path for block in walk((*document.front, *document.body)) if isinstance(block, Figure))
    return {path: fingerprint(workspace / path, workspace) for path in sorted(paths)}


def tree_digest(document: Document) -> str:
    """Return the hash of a book's block tree, cover and sources; its `build_id` does not count."""
    return hashlib.sha256(repr(replace(document, build_id="")).encode("utf-8", "surrogatepass")).hexdigest()


def why(basis: Basis, before: Mapping[str, str], files: Mapping[str, str], missing: Sequence[str] = ()) -> str:
    """Say in one line what changed since the last build: its parts and files against those of now; '' for nothing.

    `missing` are files of that build that are not there any more.
    """
    changed = [name for name in basis.parts if basis.parts[name] != before.get(name)]
    if not before:
        return "first build"
    moved = sorted(name for name in {*basis.files, *files} if basis.files.get(name) != files.get(name))
    told = [_few(moved)] if moved else []
    words = {"peers": "other cities' scores", "generator": "the program", "engine": "the engine", "formats": "formats"}
    told += [words[name] for name in changed if name in words]
    parts = [f"changed: {'; '.join(told)}"] if told else []
    parts += [f"missing: {_few(missing)}"] if missing else []
    return "; ".join(parts)


def _few(names: Sequence[str]) -> str:
    return f"{len(names)} files" if len(names) > 3 else ", ".join(names)
