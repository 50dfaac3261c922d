"""Typst itself, kept on a short lead: the shipped fonts only, no package of the network, a cache that is emptied."""

from __future__ import annotations

import contextlib
import ctypes
import json
import logging
import os
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from generator.model.diagnostics import Collector
from generator.sources.files import MAX_DEPTH, files_below, read_bytes
from generator.writers.assets import TEMPLATES, package_templates, template_file
from generator.writers.errors import TypstTemplateError

if TYPE_CHECKING:
    import typst

LOGGER = logging.getLogger(__name__)

TEMPLATE = "book.typ"
_PACKAGE = re.compile(r"""["']@[A-Za-z][\w-]*/[^"'\n]*""")
# Typst's client for packages honours the proxy of the environment; on this port of the own machine nobody listens.
_NOWHERE = "http://127.0.0.1:1"
_PROXIES = ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy")
_DIRECT = ("NO_PROXY", "no_proxy")
# The library drops what was not used in its last ten compilations; so many empty ones drop all. What is there to drop
# costs more than the compilations: a tenth of the time in which it was made.
_ROUNDS_TO_FORGET = 11
# A book of a hundred pages is a million characters of JSON, and leaves some 150 MB.
_MOST_KEPT = 1_500_000


@lru_cache(maxsize=1)
def fonts() -> typst.Fonts:
    """Return the shipped fonts, read once a process; fonts of the machine and of the engine are left out."""
    import typst

    folder = package_templates() / "fonts"
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])


def lay_out(tree: str, workspace: Path, source_date_epoch: int) -> tuple[bytes, dict[str, Any]]:
    """Compile the Typst template with a book as JSON; return the PDF and what the template tells of its pages.

    The facts are `pages` (block id -> printed page number) and `count` (pages in all). Raises `TypstTemplateError` for
    a fault of a template that differs from the shipped one, RuntimeError where the program itself is at fault.
    """
    path = template_file(workspace, TEMPLATE)
    _refuse_packages(workspace)
    template = path.read_bytes()
    _cache.make_room(len(tree))
    compiler, main = _compiler(path, workspace, tree)
    try:
        with _offline():
            # Asked for the pages first, the compiler keeps the layout and hands it to the export; the other way round,
            # or with two compilers, it would lay the book out twice.
            facts = json.loads(compiler.query("<mp-pages>", field="value", one=True))
            data, notes = compiler.compile_with_warnings(
                input=main, format="pdf", pdf_standards=["ua-1", "a-2a"], timestamp=source_date_epoch
            )
    except RuntimeError as error:  # what the query raises; the export raises a kind of it
        shipped = package_templates() / TEMPLATE
        if shipped.is_file() and shipped.read_bytes() == template:
            raise
        words = _words(_located(compiler, main, error))
        raise TypstTemplateError(f"{TEMPLATES}/{TEMPLATE}", words, "mend it, or delete the file") from error
    for note in notes:
        LOGGER.info("typst: %s", note)
    if not isinstance(data, bytes):
        raise TypeError(f"typst gave {type(data).__name__} in place of one PDF")
    return data, facts


def _compiler(template: Path, workspace: Path, tree: str) -> tuple[typst.Compiler, bytes | None]:
    """Return a compiler for a book, and what it wants to be told once more at the export."""
    import typst

    if _cache.desk is not None:
        with contextlib.suppress(OSError):
            _cache.desk.lay(workspace.resolve(), template, tree)
            root, inputs = str(_cache.desk.root), _cache.desk.inputs
            main = str(_cache.desk.main)
            return typst.Compiler(main, root, fonts(), ignore_system_fonts=True, sys_inputs=inputs), None
    root, inputs = str(workspace.resolve()), {"doc": tree}
    source = template.read_bytes()
    return typst.Compiler(source, root, fonts(), ignore_system_fonts=True, sys_inputs=inputs), source


def _located(compiler: typst.Compiler, template: bytes | None, error: RuntimeError) -> RuntimeError:
    """Return the same fault with its place, which only an export tells."""
    import typst

    try:
        with _offline():
            compiler.compile(input=template, format="svg")
    except typst.TypstError as told:
        return told
    return error


def _words(error: Exception) -> str:
    """Return what Typst says in one line: message, place and its own hints."""
    said = [str(error), *(f"hint: {hint}" for hint in getattr(error, "hints", ()))]
    place = re.search(r"[\w./-]+:\d+:\d+", str(getattr(error, "diagnostic", "")))
    where = f" (line {place.group().split(':')[-2]})" if place else ""
    return " ".join("; ".join(said).split())[:600] + where


def _refuse_packages(workspace: Path) -> None:
    """Raise `TypstTemplateError` if a Typst file of the workspace names a package: it would come from the network.

    So it does where such a file cannot be looked at, for Typst may read what this does not.
    """
    unseen = Collector()
    paths = files_below(workspace / TEMPLATES, workspace, (".typ",), unseen, MAX_DEPTH)
    # A folder that permissions close is closed to Typst too.
    unseen.found = [item for item in unseen.found if item.code != "MP004"]
    for path in paths:
        text = (read_bytes(path, workspace, unseen) or b"").decode("utf-8", "replace")
        if unseen.found:
            break
        for number, line in enumerate(text.splitlines(), start=1):
            found = _PACKAGE.search(line)
            if found:
                name = path.relative_to(workspace).as_posix()
                message = f"line {number} asks for the package {found.group()[1:81]}, and a build reads no network"
                raise TypstTemplateError(name, message, "copy what you need of it into a file below templates/")
    if unseen.found:
        first = unseen.found[0]
        raise TypstTemplateError(first.place.file, first.message, first.hint or "put a file there that can be read")


@contextlib.contextmanager
def _offline() -> Iterator[None]:
    """Leave the engine no way out for the names of packages that a template puts together while it runs."""
    before = {name: os.environ.pop(name, None) for name in (*_PROXIES, *_DIRECT)}
    os.environ.update(dict.fromkeys(_PROXIES, _NOWHERE))
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value


class Desk(Protocol):
    """A place on disk where a book lies while it is laid out again and again (`generator.desk`)."""

    root: Path
    main: Path
    inputs: dict[str, str]

    def lay(self, workspace: Path, template: Path, tree: str) -> None:
        """Put a book there. Raises OSError where the system cannot."""


class _Cache:
    """Typst's memory of past layouts: useful within a book, a leak over 75 cities.

    It is emptied before a book for which there is no room, not after one: the last book of a program needs none, and
    short ones fit beside a long one.
    """

    def __init__(self) -> None:
        self._kept = 0
        self.desk: Desk | None = None

    def make_room(self, size: int) -> None:
        """Forget past layouts where a book of `size` characters would not fit beside them."""
        if self._kept + size > _MOST_KEPT:
            self.forget()
        self._kept += size

    def forget(self) -> None:
        """Forget past layouts now."""
        if self.desk is None and self._kept:
            self._kept = 0
            self._empty()

    @staticmethod
    def _empty() -> None:
        import typst

        compiler = typst.Compiler(b"", font_paths=fonts(), ignore_system_fonts=True)
        for _ in range(_ROUNDS_TO_FORGET):
            compiler.compile(input=b"", format="svg")
        _return_memory()


def _return_memory() -> None:
    """Hand memory that was freed back to the system, where its C library can (glibc); elsewhere nothing happens."""
    with contextlib.suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)


_cache = _Cache()


def forget() -> None:
    """Drop the layouts of the books so far, where this process has to stay small whatever comes after them."""
    _cache.forget()


@contextlib.contextmanager
def kept_warm(desk: Desk) -> Iterator[None]:
    """Remember the layouts of books, so that one that comes again with a changed word takes a fraction of the time.

    For the watch on one city: memory holds what the last ten layouts used. The bytes are the same as without.
    """
    _cache.desk = desk
    try:
        yield
    finally:
        _cache.desk = None
