"""Which PDF engine is taken, and what happens on a machine without Pango."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.build import build_city, choose_engine
from generator.model.diagnostics import Severity
from generator.writers import pdf
from tests.compose.small import SLUG


@pytest.fixture
def no_pango(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without WeasyPrint's system libraries."""
    monkeypatch.setattr(pdf, "missing_library", lambda: "libpango-1.0-0")


def test_auto_takes_weasyprint_where_its_libraries_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "missing_library", lambda: None)
    assert choose_engine("auto") == ("weasyprint", ())
    assert choose_engine("weasyprint") == ("weasyprint", ())


@pytest.mark.usefixtures("no_pango")
def test_auto_falls_back_to_typst_and_says_so() -> None:
    engine, (remark,) = choose_engine("auto")
    assert engine == "typst"
    assert (remark.code, remark.severity) == ("MP503", Severity.INFO)
    assert "libpango-1.0-0" in remark.message


@pytest.mark.usefixtures("no_pango")
def test_the_remark_tells_how_to_install_on_each_system() -> None:
    _, (remark,) = choose_engine("weasyprint")
    assert remark.hint is not None
    for words in ("apt", "brew", "Windows"):
        assert words in remark.hint
    assert "\n" not in remark.hint


@pytest.mark.usefixtures("no_pango")
def test_without_pango_all_files_are_written_by_typst(workspace: Path, tmp_path: Path) -> None:
    result = build_city(workspace, SLUG, tmp_path / "out", engine="auto")
    assert not result.failed
    assert result.engine == "typst"
    assert {"Buku-Kecil.pdf", "Buku-Kecil.docx"} <= {file.path.name for file in result.files}
    assert [item.code for item in result.diagnostics if item.code == "MP503"] == ["MP503"]


@pytest.mark.usefixtures("no_pango")
def test_asking_for_weasyprint_without_pango_fails_but_leaves_the_docx(workspace: Path, tmp_path: Path) -> None:
    result = build_city(workspace, SLUG, tmp_path / "out", engine="weasyprint")
    assert result.failed
    assert [item.code for item in result.diagnostics if item.severity is Severity.ERROR] == ["MP502"]
    assert "libpango-1.0-0" in next(str(item) for item in result.diagnostics if item.code == "MP502")
    assert [path.suffix for path in (tmp_path / "out" / SLUG).glob("Buku-Kecil.*")] == [".docx"]


@pytest.mark.usefixtures("no_pango")
def test_without_a_pdf_no_engine_is_needed(workspace: Path, tmp_path: Path) -> None:
    result = build_city(workspace, SLUG, tmp_path / "out", formats=("docx",), engine="weasyprint")
    assert not result.failed
    assert not [item for item in result.diagnostics if item.code.startswith("MP50")]


@pytest.mark.skipif(pdf.missing_library() is not None, reason="WeasyPrint's system libraries are missing")
def test_weasyprint_builds_the_small_book(workspace: Path, tmp_path: Path) -> None:
    result = build_city(workspace, SLUG, tmp_path / "out", formats=("pdf",), engine="weasyprint")
    assert not result.failed
    assert result.engine == "weasyprint"
    pages = {file.path.name: file.pages for file in result.files}
    assert (pages["Buku-Kecil.pdf"] or 0) > 5
