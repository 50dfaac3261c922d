"""The report of many cities: its volumes lose no city and take no more memory the more of them there are."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from generator.analysis.portfolio import portfolio_of
from generator.build import build_city
from generator.compose.portfolio import MOST_PAIRS, PER_VOLUME, reports
from generator.compose.portfolio_summary import ENDS, MOST_AMISS
from generator.compose.portfolio_words import NOT_BEGUN
from generator.compose.typography import long_date, rupiah
from generator.manifest import FILE
from generator.model.content import Content
from generator.model.document import Document, Table
from generator.model.portfolio import Absent, Alike, CityRow
from generator.model.walks import inlines_of, plain, walk
from generator.portfolio import FOLDER, read_row, write_portfolio
from generator.sources.content import load_content
from tests.batch.portfolios import CALENDAR
from tests.compose.small import SLUG, lay

ROOT = Path(__file__).resolve().parents[2]
DAY = date(2026, 3, 2)
_WRITE = """
import sys
from pathlib import Path
from generator.portfolio import write_portfolio
from generator.worker import peak_mb
workspace, out, count = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
files, found = write_portfolio(workspace, out, [f"city-{at:04}" for at in range(count)], (), "typst")
assert not found, found
print(len(files), peak_mb())  # `ru_maxrss` would count pytest, which started it
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    workspace = lay(tmp_path_factory.mktemp("volumes") / "work")
    assert not build_city(workspace, SLUG, workspace / "output", formats=("docx",)).failed
    return workspace


@pytest.fixture(scope="module")
def content(built: Path) -> Content:
    found, _ = load_content(built)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def one(built: Path) -> CityRow:
    row = read_row(built / "output", SLUG)
    assert row is not None
    return row


def made(content: Content, one: CityRow, count: int, alike: Sequence[Alike] = ()) -> list[Document]:
    rows = [replace(one, slug=f"city-{at:04}", name=f"Kota {at:04}") for at in range(count)]
    return list(reports(portfolio_of(rows, content, alike), content.framework, DAY))


def table(document: Document, id: str) -> list[list[str]]:
    """Return the cells of a table, [] where the document does not have it."""
    tables = [block for block in walk(document.body) if isinstance(block, Table) and block.id == id]
    return [["".join(map(plain, cell.paragraphs)) for cell in row.cells] for block in tables for row in block.body]


def lay_drafts(built: Path, out: Path, count: int) -> list[str]:
    """Lay what so many cities leave of a build for the portfolio."""
    manifest = json.loads((built / "output" / SLUG / FILE).read_bytes())
    slugs = [f"city-{at:04}" for at in range(count)]
    for slug in slugs:
        manifest["facts"]["name"] = f"Kota {slug[-4:]}"
        (out / slug).mkdir(parents=True, exist_ok=True)
        (out / slug / FILE).write_text(json.dumps(manifest), encoding="utf-8")
    return slugs


@given(count=st.integers(1, 4 * PER_VOLUME))
def test_each_city_stands_in_one_volume_and_in_its_place(content: Content, one: CityRow, count: int) -> None:
    documents = made(content, one, count)
    holders = documents[1:] or documents
    names = [[row[0] for row in table(document, "tbl-daerah")] for document in holders]
    assert [name for part in names for name in part] == [f"Kota {at:04}" for at in range(count)]
    assert [[row[0] for row in table(document, "tbl-peta")] for document in holders] == names
    assert max(map(len, names)) <= PER_VOLUME
    assert max(map(len, names)) - min(map(len, names)) <= 1
    assert len({document.file_name for document in documents}) == len(documents)


def test_the_report_of_a_cohort_is_one_document(content: Content, one: CityRow) -> None:
    (document,) = made(content, one, PER_VOLUME)
    assert len(table(document, "tbl-daerah")) == PER_VOLUME
    assert table(document, "tbl-jilid") == []


def test_the_report_tells_which_volume_holds_which_cities(content: Content, one: CityRow) -> None:
    first, *volumes = made(content, one, PER_VOLUME + 1)
    assert table(first, "tbl-daerah") == []
    told = table(first, "tbl-jilid")
    assert [row[1] for row in told] == [document.file_name for document in volumes]
    for row, document in zip(told, volumes, strict=True):
        inside = [line[0] for line in table(document, "tbl-daerah")]
        assert row[2:] == [inside[0], inside[-1], str(len(inside))]
        assert (inside[0] in document.cover.subtitle, inside[-1] in document.cover.subtitle) == (True, True)


def test_the_report_names_the_day_of_its_stages_and_what_comes_next(content: Content, one: CityRow) -> None:
    dated = replace(one, calendar=CALENDAR)
    for day, stage, coming in (
        (date(2026, 3, 1), NOT_BEGUN, ["Penilaian", "2\u00a0Maret\u00a02026"]),
        (date(2026, 3, 2), "Penilaian", ["Bimtek I", "4\u00a0Mei\u00a02026"]),
        (date(2026, 6, 1), "Pekerjaan rumah (selesai)", ["–", "–"]),
    ):
        (document,) = reports(portfolio_of([dated, replace(dated, slug="x")], content), content.framework, day)
        assert [row[1] for row in table(document, "tbl-daerah")] == [stage, stage]
        assert table(document, "tbl-tahap") == [[stage, *coming, "2"]]
        said = " ".join(plain(tuple(inlines_of(block))) for block in walk(document.body))
        assert f"langkah pendampingan per {long_date(day)}." in said


def test_the_first_chapter_tells_sums_and_the_second_the_ends(content: Content, one: CityRow) -> None:
    rows = [
        replace(one, slug=f"c-{at}", name=f"Kota {at:02}", scores={"overall": at / 10}) for at in range(2 * ENDS + 1)
    ]
    (document,) = reports(portfolio_of(rows, content), content.framework, DAY)
    sums = {row[0]: row[1:] for row in table(document, "tbl-jumlah")}
    assert sums["Anggaran lima tahun"][0] == rupiah(len(rows) * one.budget)
    assert sums["Kesenjangan"] == [str(number) for number in (len(rows) * len(one.gaps), *(len(one.gaps),) * 3)]
    ends = table(document, "tbl-ujung")
    assert [row[0] for row in ends] == ["Kota 10", "Kota 09", "Kota 08", "Kota 07", "Kota 06"]
    assert [row[2] for row in ends] == ["Kota 00", "Kota 01", "Kota 02", "Kota 03", "Kota 04"]
    assert table(made(content, one, 2 * ENDS)[0], "tbl-ujung") == [], "too few cities to tell their ends apart"


def test_of_many_cities_without_a_draft_the_report_names_some_and_says_so(content: Content, one: CityRow) -> None:
    missing = [Absent(slug=f"kota-{at}") for at in range(MOST_AMISS + 1)]
    (document,) = reports(portfolio_of([one], content, (), missing), content.framework, DAY)
    assert [row[0] for row in table(document, "tbl-keadaan")] == [city.slug for city in missing[:MOST_AMISS]]
    said = " ".join(plain(tuple(inlines_of(block))) for block in walk(document.body))
    assert f"Tabel memuat {MOST_AMISS} daerah pertama" in said
    assert f"draf 1 dari {MOST_AMISS + 2} daerah" in said


def test_the_report_names_the_pairs_most_alike_and_says_how_many_there_are(content: Content, one: CityRow) -> None:
    pairs = [
        Alike(first="city-0000", second=f"city-{at:04}", share=0.6 + at / 1000) for at in range(1, MOST_PAIRS + 51)
    ]
    first, *_ = made(content, one, MOST_PAIRS + 51, pairs)
    rows = table(first, "tbl-mirip")
    assert [row[1] for row in rows] == [f"Kota {at:04}" for at in range(MOST_PAIRS + 50, 50, -1)]
    said = " ".join(plain(tuple(inlines_of(block))) for block in walk(first.body))
    assert f"{MOST_PAIRS} pasangan yang paling mirip dari {MOST_PAIRS + 50}" in said


def test_volumes_come_as_files_and_go_with_the_cities(built: Path, tmp_path: Path) -> None:
    slugs = lay_drafts(built, tmp_path, PER_VOLUME + 2)
    files, found = write_portfolio(built, tmp_path, slugs, (), "typst")
    assert found == ()
    names = {file.path.name for file in files}
    for part, held in ((1, range(51)), (2, range(51, 102))):
        assert {f"portofolio-jilid-{part}.docx", f"portofolio-jilid-{part}.pdf"} <= names
        pdf = PdfReader(tmp_path / FOLDER / f"portofolio-jilid-{part}.pdf")
        text = "".join(page.extract_text() for page in pdf.pages)
        word = docx.Document(str(tmp_path / FOLDER / f"portofolio-jilid-{part}.docx"))
        cells = [cell.text for table in word.tables for cell in table._cells]
        for at in range(102):
            assert (f"Kota {at:04}" in text) == (at in held)
            assert (f"Kota {at:04}" in cells) == (at in held)
    assert not any(file.changed for file in write_portfolio(built, tmp_path, slugs, (), "typst")[0])
    kept = tmp_path / FOLDER / "portofolio-jilid-2.docx"
    kept.write_bytes(kept.read_bytes() + b"somebody's work")
    write_portfolio(built, tmp_path, slugs[:3], (), "typst")
    left = {path.name for path in (tmp_path / FOLDER).iterdir() if "jilid" in path.name}
    assert left == {kept.name}, "volumes that are no longer made are gone, what somebody edited is not"


def test_the_last_of_many_volumes_takes_no_more_memory_than_the_first(built: Path, tmp_path: Path) -> None:
    """A thousand cities in one document would take some 150 MB more than a hundred; what may grow are their rows."""
    lay_drafts(built, tmp_path, 10 * PER_VOLUME)
    peaks = {}
    for count in (PER_VOLUME, 10 * PER_VOLUME):
        told = subprocess.run(
            [sys.executable, "-c", _WRITE, str(built), str(tmp_path), str(count)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split()
        assert int(told[0]) == (4 if count == PER_VOLUME else 24)
        peaks[count] = int(told[1])
    assert peaks[10 * PER_VOLUME] - peaks[PER_VOLUME] < 50, peaks
