"""Which rooms may print and write: read from the source, so that no path through the program escapes it.

What may import what is held by import-linter (`pyproject.toml`).
"""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

GENERATOR = Path(__file__).parents[2] / "generator"
PURE = ("model/", "sources/", "analysis/", "compose/", "writers/", "roundtrip/")
SURE = {"storage.py", "journal.py", "pools.py", "desk.py", "cli/laying.py", "cli/show.py"}
"""Who writes without `storage.write_whole`, and why that is safe: `storage` itself; the log, where each event is a line
of its own; where the workers of a batch stand, and the book that `watch` lays out, in temporary folders; a fresh
workspace, which nobody reads yet; the
stack of an internal fault, which must not fail for want of a folder."""

_TERMINAL = {"click", "rich", "typer"}
_FILE_MODULES = {"shutil", "tempfile"}
_CHANGES = {"write_text", "write_bytes", "mkdir", "rmdir", "touch", "rename", "symlink_to", "hardlink_to", "chmod"}
_OS_CHANGES = _CHANGES | {
    "remove",
    "unlink",
    "makedirs",
    "removedirs",
    "replace",
    "renames",
    "link",
    "symlink",
    "truncate",
}


@cache
def modules() -> tuple[tuple[str, ast.Module], ...]:
    """Return each module's path below generator/ with its tree."""
    return tuple(
        (path.relative_to(GENERATOR).as_posix(), ast.parse(path.read_text(encoding="utf-8")))
        for path in sorted(GENERATOR.rglob("*.py"))
    )


def prints(tree: ast.Module) -> list[int]:
    """Return the lines that reach the terminal: `print`, the streams of `sys`, the libraries of the command line."""
    return [node.lineno for node in ast.walk(tree) if _prints(node)]


def _prints(node: ast.AST) -> bool:
    match node:
        case ast.Call(func=ast.Name(id="print")):
            return True
        case ast.Attribute(value=ast.Name(id="sys"), attr="stdout" | "stderr" | "__stdout__" | "__stderr__"):
            return True
        case ast.ImportFrom(module="sys", names=names):
            return any(name.name in ("stdout", "stderr") for name in names)
    return bool(_imported(node) & _TERMINAL)


def writes(tree: ast.Module) -> list[int]:
    """Return the lines that change files: by `pathlib`, `os`, `shutil`, `tempfile`, or `open` in a mode that writes."""
    return [node.lineno for node in ast.walk(tree) if _imported(node) & _FILE_MODULES or _changes(node)]


def _changes(node: ast.AST) -> bool:
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Name(id="os"), attr=name)):
            return name in _OS_CHANGES
        case ast.Call(func=ast.Attribute(attr="unlink")):
            return True
        case ast.Call(func=ast.Attribute(attr="replace"), args=[_], keywords=[]):
            return True  # of text it takes two arguments
        case ast.Call(func=ast.Attribute(attr="open") | ast.Name(id="open"), args=args, keywords=keywords):
            modes = [*args[:2], *(word.value for word in keywords if word.arg == "mode")]
            return any(_is_writing(mode) for mode in modes)
        case ast.Call(func=ast.Attribute(attr=name)):
            return name in _CHANGES
    return False


def _is_writing(mode: ast.expr) -> bool:
    text = mode.value if isinstance(mode, ast.Constant) else ""
    return (
        isinstance(text, str) and 0 < len(text) <= 3 and set(text) <= set("rwxabt+") and bool(set(text) & set("wxa+"))
    )


def _imported(node: ast.AST) -> set[str]:
    """Return the packages that a statement imports."""
    match node:
        case ast.Import(names=names):
            return {name.name.partition(".")[0] for name in names}
        case ast.ImportFrom(module=str(module), level=0):
            return {module.partition(".")[0]}
    return set()


@pytest.mark.parametrize(
    "source",
    [
        "print('x')",
        "import sys\nsys.stderr.write('x')",
        "from sys import stdout",
        "from rich.console import Console",
        "def late():\n    import typer",
    ],
)
def test_what_prints_is_seen(source: str) -> None:
    assert prints(ast.parse(source))


@pytest.mark.parametrize(
    "source",
    [
        "path.write_text('x', encoding='utf-8')",
        "path.replace(other)",
        "path.unlink(missing_ok=True)",
        "open(path, 'wb')",
        "path.open('a')",
        "path.open(mode='r+')",
        "import os\nos.replace(a, b)",
        "import shutil",
        "def late():\n    from tempfile import TemporaryDirectory",
    ],
)
def test_what_writes_is_seen(source: str) -> None:
    assert writes(ast.parse(source))


@pytest.mark.parametrize(
    "source",
    ["text.replace('a', 'b')", "text.replace('a', 'b', 1)", "path.open('rb')", "open(path)", "replace(value, id='x')"],
)
def test_what_only_reads_is_not_taken_for_writing(source: str) -> None:
    assert not writes(ast.parse(source))


def test_only_the_command_line_prints() -> None:
    found = {f"{name}:{line}" for name, tree in modules() for line in prints(tree) if not name.startswith("cli/")}
    assert found == set()


def test_the_rooms_below_the_shell_write_nothing() -> None:
    found = {f"{name}:{line}" for name, tree in modules() if name.startswith(PURE) for line in writes(tree)}
    assert found == set()


def test_files_of_people_appear_whole_or_not_at_all() -> None:
    """Deleting is allowed: what is gone is never half there."""
    found = {
        f"{name}:{line}"
        for name, tree in modules()
        if name not in SURE
        for line in writes(tree)
        if not any(_deletes(node) and node.lineno == line for node in ast.walk(tree) if isinstance(node, ast.Call))
    }
    assert found == set()


def _deletes(node: ast.Call) -> bool:
    return isinstance(node.func, ast.Attribute) and node.func.attr == "unlink"
