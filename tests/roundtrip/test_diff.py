"""What changed between versions is told by chapter, with the words before and after."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.cli.differing import words
from generator.differing import difference
from generator.issued import issue_city
from tests.compose.small import lay

CITY = "kota-contoh"
OLD, NEW = "Sumber disusun menurut urutan kutipan", "Sumber menurut templat baru"


@pytest.fixture
def city(tmp_path: Path) -> Path:
    workspace = lay(tmp_path / "workspace")
    assert not issue_city(workspace, CITY, workspace / "output", engine="typst").failed
    return workspace


def rewrite(workspace: Path) -> None:
    template = next(file for file in (workspace / "templates").rglob("*.md.j2") if OLD in file.read_text("utf-8"))
    template.write_text(template.read_text("utf-8").replace(OLD, NEW), "utf-8")


def test_nothing_changed_is_no_difference(city: Path) -> None:
    result = difference(city, CITY)
    assert not result.failed
    assert result.books == ()


def test_a_changed_sentence_is_told_with_its_chapter(city: Path) -> None:
    rewrite(city)
    (book,) = difference(city, CITY).books
    ((chapter, edit),) = book.changes
    was, now = words(edit)
    assert was.startswith(OLD)
    assert now.startswith(NEW)
    assert chapter


def test_two_issued_versions_are_compared(city: Path) -> None:
    first = difference(city, CITY).before
    rewrite(city)
    path = city / "cities" / CITY / "city.yaml"
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("version:")]
    path.write_text("\n".join([*lines, 'version: "99"']) + "\n", "utf-8")
    assert not issue_city(city, CITY, city / "output", engine="typst").failed
    result = difference(city, CITY, first, "99")
    assert (result.before, result.after) == (first, "99")
    assert any(words(edit)[1].startswith(NEW) for book in result.books for _, edit in book.changes)
    assert difference(city, CITY, "99", "99").books == ()


def test_a_version_that_was_never_issued_is_refused(city: Path) -> None:
    assert [item.code for item in difference(city, CITY, "nirwana").diagnostics] == ["MP806"]
