"""An issued version is frozen: its tree and its DOCX lie side by side, and never change."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.issued import issue_city, issued_books, load_tree
from generator.model.diagnostics import Collector
from generator.roundtrip.reader import read
from tests.compose.small import lay
from tests.roundtrip.carried import carried

CITY = "kota-contoh"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return lay(tmp_path / "workspace")


def issue(workspace: Path, version: str = "") -> None:
    if version:
        path = workspace / "cities" / CITY / "city.yaml"
        text = path.read_text(encoding="utf-8")
        lines = [line for line in text.splitlines() if not line.startswith("version:")]
        path.write_text("\n".join([*lines, f'version: "{version}"']) + "\n", encoding="utf-8")
    issue_city(workspace, CITY, workspace / "output", engine="typst")


def test_tree_and_file_of_an_issued_book_say_the_same(workspace: Path) -> None:
    result = issue_city(workspace, CITY, workspace / "output", engine="typst")
    assert not result.failed, "\n".join(map(str, result.diagnostics))
    found = Collector()
    books = issued_books(workspace, CITY, found)
    assert books
    assert {book.build_id for book in books} == {book.build_id for book in result.books}
    for book in books:
        tree = load_tree(workspace, book, found)
        assert tree is not None
        reading = read(book.docx.read_bytes(), "book.docx", tree)
        assert (reading.build_id, reading.book) == (book.build_id, tree.id)
        assert (reading.front, reading.body) == carried(tree)
    assert not found.found


def test_issuing_the_same_again_changes_nothing(workspace: Path) -> None:
    first = issue_city(workspace, CITY, workspace / "output", engine="typst")
    before = {path: path.read_bytes() for path in first.folder.rglob("*") if path.is_file()}
    again = issue_city(workspace, CITY, workspace / "output", engine="typst")
    assert again.unchanged
    assert {path: path.read_bytes() for path in first.folder.rglob("*") if path.is_file()} == before


def test_other_words_need_another_version(workspace: Path) -> None:
    first = issue_city(workspace, CITY, workspace / "output", engine="typst")
    template = next((workspace / "templates").rglob("*.md.j2"))
    template.write_text(template.read_text(encoding="utf-8") + "\n\nKalimat baru.\n", encoding="utf-8")
    second = issue_city(workspace, CITY, workspace / "output", engine="typst")
    assert [item.code for item in second.diagnostics if item.severity.value == "error"] == ["MP811"]
    issue(workspace, "99")
    versions = {book.version for book in issued_books(workspace, CITY, Collector())}
    assert versions == {first.version, "99"}


def test_a_tree_that_was_changed_is_not_used(workspace: Path) -> None:
    result = issue_city(workspace, CITY, workspace / "output", engine="typst")
    book = result.books[0]
    book.tree.write_bytes(book.tree.read_bytes().replace(b"Kota", b"Desa", 1))
    found = Collector()
    assert load_tree(workspace, book, found) is None
    assert [item.code for item in found.found] == ["MP812"]
