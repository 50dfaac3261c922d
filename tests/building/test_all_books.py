"""Every book of a city and of a kabupaten, by both engines: validators, text in order, structure, pages.

Each set is built once for all workers; the DOCX and the Typst PDF of Medan are those of the other tests here.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import pytest
from filelock import FileLock
from openxml_audit import FileFormat, OpenXmlValidator
from pdfua import Severity, validate
from pypdf import PdfReader

from generator.build import Engine, Run, build_city, silent
from generator.model.document import Annex, Chapter, Chart, Contents, Document, Figure, Section
from generator.model.walks import walk
from generator.writers import contents, pdf
from tests.building.conftest import MEDAN
from tests.compose.small import ROOT
from tests.writers.pdf.pages import empty, outside, overlapping
from tests.writers.pdf.reading import missing, needs_poppler, pages_of_words, structure

KABUPATEN = "kabupaten-morowali"
ENGINES: tuple[Engine, ...] = ("typst", "weasyprint")
GROUP = {"typst": "medan", "weasyprint": "reference"}
SETS = [
    pytest.param((city, engine), id=f"{city}-{engine}", marks=pytest.mark.xdist_group(GROUP[engine]))
    for city in (MEDAN, KABUPATEN)
    for engine in ENGINES
]
BOOKS = ("Buku-1-Analisis-Strategis", "Buku-2-Masterplan", "Buku-3-Ringkasan-Eksekutif")
SOFFICE = shutil.which("soffice")
pytestmark = pytest.mark.slow


@lru_cache(maxsize=4)
def documents(city: str) -> Mapping[str, Document]:
    """The block trees of a city's books by file name."""
    draft, diagnostics = Run(ROOT, ROOT / "output").prepare(city, silent)
    assert draft is not None, "\n".join(map(str, diagnostics))
    return {document.file_name: document for document in draft.composed.documents}


def built(base: Path, city: str, engine: Engine) -> Path:
    """Build a set once in a folder that all workers share; return the folder of the city."""
    if engine == "weasyprint" and pdf.missing_library():
        pytest.skip(f"WeasyPrint lacks {pdf.missing_library()}")
    folder = base / f"{city}-{engine}"
    with FileLock(f"{folder}.lock"):
        if not (folder / "done").exists():
            formats = ("docx", "pdf") if engine == "typst" else ("pdf",)
            result = build_city(ROOT, city, folder, formats=formats, engine=engine)  # type: ignore[arg-type]
            assert not result.failed, "\n".join(map(str, result.diagnostics))
            (folder / "done").touch()
    return folder / city


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The folder that all workers of a run see."""
    base = tmp_path_factory.getbasetemp()
    return base if worker_id == "master" else base.parent


@pytest.fixture
def books(request: pytest.FixtureRequest, shared: Path) -> tuple[str, Path]:
    """A city and the folder of its books by one engine."""
    city, engine = request.param
    if (city, engine) == (MEDAN, "typst"):
        return city, request.getfixturevalue("medan")
    return city, built(shared, city, engine)


def files(folder: Path, ending: str, city: str) -> dict[str, Path]:
    """The files of a kind by the name of their book; every book of the plan has one."""
    found = {path.relative_to(folder).with_suffix("").as_posix(): path for path in folder.rglob(f"*.{ending}")}
    assert set(documents(city)) <= set(found)
    assert {name for name in found if name in BOOKS} == set(BOOKS)
    return {name: found[name] for name in documents(city)}


# --- validators ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("books", SETS, indirect=True)
def test_every_pdf_passes_the_checker_of_pdf_ua_and_pdf_a(books: tuple[str, Path]) -> None:
    city, folder = books
    for name, path in files(folder, "pdf", city).items():
        faults = [finding for finding in validate(str(path)).findings if finding.severity is not Severity.INFO]
        assert faults == [], name


@pytest.mark.parametrize("books", [value for value in SETS if "weasyprint" not in str(value.id)], indirect=True)
def test_every_docx_passes_the_validator(books: tuple[str, Path]) -> None:
    city, folder = books
    for name, path in files(folder, "docx", city).items():
        # One a file: it remembers parts by the address of a package, where the next one may come to lie.
        validator = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365, strict=True)
        assert [str(error) for error in validator.validate(path).errors] == [], name


# --- text and structure ----------------------------------------------------------------------------------------------


@needs_poppler
@pytest.mark.parametrize("books", SETS, indirect=True)
def test_every_paragraph_and_row_is_printed_in_order(books: tuple[str, Path]) -> None:
    city, folder = books
    for name, path in files(folder, "pdf", city).items():
        assert missing(documents(city)[name], path.read_bytes()) == [], name


@pytest.mark.parametrize("books", SETS, indirect=True)
def test_headings_and_figures_are_tagged_as_the_tree_has_them(books: tuple[str, Path]) -> None:
    city, folder = books
    for name, path in files(folder, "pdf", city).items():
        book = documents(city)[name]
        blocks = list(walk((*book.front, *book.body)))
        tags = structure(path.read_bytes())
        levels = [int(role[1:]) for role, _ in tags if role[:1] == "H" and role[1:].isdigit()]
        titled = [block for block in blocks if isinstance(block, Chapter | Annex | Contents | Section)]
        assert len(levels) == len(titled) + contents.own_sources(book), name
        assert all(after <= before + 1 for before, after in pairwise(levels)), name
        alts = [str(node["/Alt"]) for role, node in tags if role == "Figure" and "/Alt" in node]
        drawn = [block.alt for block in blocks if isinstance(block, Chart | Figure)]
        assert alts[len(alts) - len(drawn) :] == drawn, name


@pytest.mark.parametrize("city", [MEDAN, KABUPATEN])
def test_both_engines_take_about_as_many_pages(city: str, shared: Path) -> None:
    folders = {engine: built(shared, city, engine) for engine in ENGINES}
    counts = {
        engine: {name: len(PdfReader(path).pages) for name, path in files(folder, "pdf", city).items()}
        for engine, folder in folders.items()
    }
    for name, pages in counts["typst"].items():
        # WeasyPrint is the reference. A sheet or profile of four pages may differ by one.
        reference = counts["weasyprint"][name]
        assert abs(pages - reference) <= max(0.15 * reference, 1), name


# --- pages -----------------------------------------------------------------------------------------------------------


@needs_poppler
@pytest.mark.parametrize("books", SETS, indirect=True)
def test_pages_are_full_inside_the_margins_and_without_overlaps(books: tuple[str, Path]) -> None:
    city, folder = books
    for name, path in files(folder, "pdf", city).items():
        sheets = pages_of_words(path.read_bytes())
        assert [*outside(sheets), *overlapping(sheets), *empty(sheets)] == [], name


@needs_poppler
@pytest.mark.libreoffice
@pytest.mark.skipif(SOFFICE is None and not os.environ.get("CI"), reason="soffice is not on the PATH")
@pytest.mark.parametrize("books", [value for value in SETS if "weasyprint" not in str(value.id)], indirect=True)
def test_libreoffice_lays_out_no_empty_page_and_no_text_in_the_margins(books: tuple[str, Path], tmp_path: Path) -> None:
    assert SOFFICE, "soffice is not on the PATH"
    city, folder = books
    wanted = [path for name, path in files(folder, "docx", city).items() if name in BOOKS]
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [SOFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *map(str, wanted)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    for path in wanted:
        printed = (tmp_path / f"{path.stem}.pdf").read_bytes()
        sheets = pages_of_words(printed)
        # Which hand a page is of follows its printed number, which starts anew behind the cover and the front matter.
        assert [*outside(sheets, mirrored=False), *empty(sheets)] == [], path.name
        assert len(sheets) >= 0.7 * len(PdfReader(folder / f"{path.stem}.pdf").pages)
