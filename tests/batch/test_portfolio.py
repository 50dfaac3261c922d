"""The portfolio: what it says, that it needs nothing but itself, and that it is made only where something changed."""

from __future__ import annotations

import json
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Literal

import docx
import openpyxl
import pytest
from pypdf import PdfReader

from generator.analysis.portfolio import portfolio_of
from generator.batch import Order
from generator.build import Run, build_city
from generator.cli import batching
from generator.compose.portfolio_words import NO_DRAFT
from generator.model.document import Palette
from generator.model.portfolio import Absent, Alike, CityRow
from generator.portfolio import DONE, read_row, write_portfolio
from generator.shelf import Written
from generator.sources.cities import slugs
from generator.sources.content import load_content
from generator.worker import GOOD
from generator.writers import portfolio_page
from tests.batch.browser import CHROMIUM, Browser
from tests.compose.small import SLUG, edit

Lay = Callable[[int], Path]
PALETTE = Palette((), ("F0F0F0", "D0D0D0", "B0B0B0", "909090", "707070"))
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)> \"'& =1+1"


@pytest.fixture
def built(lay_cities: Lay) -> Path:
    workspace = lay_cities(3)
    edit(workspace, f"cities/{SLUG}-2/assessment.yaml", "ser-1: {level: 1", "ser-1: {level: 4")
    run = Run(workspace, workspace / "output")
    for slug in slugs(workspace):
        assert not build_city(workspace, slug, workspace / "output", formats=("docx",), run=run).failed
    return workspace


def write(workspace: Path) -> tuple[Written, ...]:
    pairs = [Alike(first=SLUG, second=f"{SLUG}-1", share=0.97)]
    names = [*slugs(workspace), "kota-tanpa-draf"]
    files, found = write_portfolio(workspace, workspace / "output", names, pairs, "typst")
    assert found == ()
    return files


class Page(HTMLParser):
    """Cells of each table, links, and everything that could lead out of the page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.events: list[str] = []
        self._cell = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        told = dict(attrs)
        self.links += [told[name] or "" for name in ("href", "src") if name in told]
        self.events += [name for name in told if name.startswith("on") or name == "style"]
        if tag == "tr":
            self.rows.append([])
        self._cell = self._cell or tag in ("td", "th")
        if tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        self._cell = self._cell and tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        if self._cell:
            self.rows[-1][-1] += data


def test_page_workbook_and_report_tell_the_same(built: Path) -> None:
    assert {file.path.name for file in write(built)} == {
        "index.html",
        "portofolio.xlsx",
        "portofolio.pdf",
        "portofolio.docx",
    }
    folder = built / "output" / "portfolio"
    rows = {slug: read_row(built / "output", slug) for slug in slugs(built)}
    page = Page((folder / "index.html").read_text(encoding="utf-8"))
    sheet = openpyxl.load_workbook(folder / "portofolio.xlsx")["Daerah"]
    cells = {str(line[1]): line for line in sheet.iter_rows(values_only=True)}
    report = "\n".join(
        cell.text for table in docx.Document(str(folder / "portofolio.docx")).tables for cell in table._cells
    )
    pdf = "".join(part.extract_text() for part in PdfReader(folder / "portofolio.pdf").pages)
    for slug, row in rows.items():
        assert row is not None
        shown = next(line for line in page.rows if line and line[0] == row.name)
        assert shown[7] == str(len(row.gaps))
        assert cells[row.name][9] == len(row.gaps)
        assert cells[row.name][12] == row.budget > 0
        assert row.name in report
        assert row.name in pdf
        assert f"../{slug}/Buku-Kecil.docx" in page.links
    assert any("kota-tanpa-draf" in text for text in ((folder / "index.html").read_text(encoding="utf-8"),))
    assert ["Kota Contoh", "Kota Contoh 1", "97\u202f%"] in page.rows


@pytest.mark.parametrize("engine", ["typst", "weasyprint"])
def test_the_report_waits_for_no_emblem_since_it_is_of_no_single_region(
    built: Path, engine: Literal["typst", "weasyprint"]
) -> None:
    _, found = write_portfolio(built, built / "output", slugs(built), (), engine)
    assert found == ()
    folder = built / "output" / "portfolio"
    cover = PdfReader(folder / "portofolio.pdf").pages[0].extract_text()
    word = docx.Document(str(folder / "portofolio.docx"))
    for text in (cover, "\n".join(paragraph.text for paragraph in word.paragraphs)):
        assert "3 daerah" in text
        assert "Lambang" not in text


def test_every_link_leads_to_a_file(built: Path) -> None:
    write(built)
    folder = built / "output" / "portfolio"
    links = Page((folder / "index.html").read_text(encoding="utf-8")).links
    assert len(links) >= 6
    assert [link for link in links if not link.startswith("#") and not (folder / link).is_file()] == []
    text = (folder / "index.html").read_text(encoding="utf-8")
    assert [link for link in links if link.startswith("#") and f'id="{link[1:]}"' not in text] == []


def test_the_page_needs_nothing_but_itself_and_runs_nothing_of_a_city(built: Path) -> None:
    content, _ = load_content(built)
    assert content is not None
    row = read_row(built / "output", SLUG)
    assert row is not None
    told: dict[str, object] = dict.fromkeys(("name", "province", "islands", "code"), HOSTILE)
    told["calendar"] = ((HOSTILE, "2026-03-02", "2026-03-04"),)
    hostile = CityRow(
        **{
            **{name: getattr(row, name) for name in CityRow.__slots__},
            **told,
            "slug": "../x",
            "files": (HOSTILE, f"quick-win/{HOSTILE}"),
        }
    )
    text = portfolio_page.write(portfolio_of([hostile], content, (), (Absent(slug=HOSTILE),)), PALETTE).decode()
    page = Page(text)
    assert page.tags.count("script") == 1
    assert "img" not in page.tags
    assert page.events == []
    assert [link for link in page.links if re.match(r"(?i)[a-z]+:|//", link)] == []
    assert any(line and line[0] == HOSTILE for line in page.rows)
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)
    assert policy is not None
    assert "default-src 'none'" in policy.group(1)
    assert "unsafe" not in policy.group(1)


def test_nothing_is_made_twice_and_a_change_is_seen(built: Path) -> None:
    assert all(file.changed for file in write(built))
    before = (built / "output" / "portfolio" / "index.html").read_bytes()
    assert not any(file.changed for file in write(built))
    edit(built, f"cities/{SLUG}/city.yaml", "name: Contoh\n", "name: Lain\n")
    build_city(built, SLUG, built / "output", formats=("docx",))
    assert any(file.changed for file in write(built))
    assert (built / "output" / "portfolio" / "index.html").read_bytes() != before


def test_a_city_that_the_last_batch_did_not_build_is_marked(built: Path) -> None:
    names = (*slugs(built), "kota-tanpa-draf")
    folder = built / "output" / "portfolio"

    def said(states: dict[str, str]) -> tuple[str, dict[str, object], str]:
        _, found = write_portfolio(built, built / "output", names, (), "typst", states)
        assert found == ()
        sheet = openpyxl.load_workbook(folder / "portofolio.xlsx")["Daerah"]
        remarks = {str(line[1]): line[-1] for line in sheet.iter_rows(min_row=5, values_only=True)}
        report = docx.Document(str(folder / "portofolio.docx"))
        cells = "\n".join(cell.text for table in report.tables for cell in table._cells)
        return (folder / "index.html").read_text(encoding="utf-8"), remarks, cells

    good = dict.fromkeys(slugs(built), "built")
    page, remarks, report = said({**good, f"{SLUG}-1": "unchanged"})
    assert remarks == {**dict.fromkeys(("Kota Contoh", "Kota Contoh 1", "Kota Contoh 2")), "kota-tanpa-draf": NO_DRAFT}
    assert "batch terakhir" not in page + report.replace("tanpa draf dari batch terakhir", "")
    page, remarks, report = said({**good, f"{SLUG}-1": "failed", f"{SLUG}-2": "skipped", "kota-tanpa-draf": "killed"})
    assert remarks == {
        "Kota Contoh": None,
        "Kota Contoh 1": "draf terakhir yang ada; gagal pada batch terakhir",
        "Kota Contoh 2": "draf terakhir yang ada; tidak dikerjakan pada batch terakhir",
        "kota-tanpa-draf": "belum ada draf; gagal pada batch terakhir",
    }
    rows = Page(page).rows
    for name in ("Kota Contoh 1", "Kota Contoh 2"):
        assert sum(line[:1] == [f"{name}{remarks[name]}"] for line in rows) == 2, "in the table and in the heat map"
        assert f"{name}\n{remarks[name]}" in report
    assert f"kota-tanpa-draf\n{remarks['kota-tanpa-draf']}" in report
    assert "gagal pada batch terakhir" not in said(good)[0]


def test_a_batch_hands_on_what_became_of_each_city(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[object] = []

    def look(*args: object) -> tuple[tuple[()], tuple[()]]:
        told.append(args[5])
        return (), ()

    monkeypatch.setattr(batching, "write_portfolio", look)
    out = built / "output"
    states = {SLUG: "built", f"{SLUG}-1": "hung"}
    cities = [{"slug": slug, "state": state} for slug, state in states.items()]
    (out / "batch.json").write_text(json.dumps({"cities": cities}), encoding="utf-8")
    batching._portfolio(Order(workspace=built, out=out, slugs=list(states), formats=("docx",), engine="typst"), ())
    assert told == [states]
    assert set(DONE) == set(GOOD)


def test_an_older_draft_without_the_dates_of_its_mentoring_is_still_shown(built: Path) -> None:
    path = built / "output" / SLUG / "manifest.json"
    manifest = json.loads(path.read_bytes())
    for name in ("calendar", "state"):
        del manifest["facts"][name]
    path.write_text(json.dumps({**manifest, "facts": {**manifest["facts"], "stage": "Bimtek"}}), encoding="utf-8")
    row = read_row(built / "output", SLUG)
    assert row is not None
    assert row.calendar == ()


def test_the_clock_of_the_build_leaves_no_trace(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = built / "output" / "portfolio"
    names = ("index.html", "portofolio.xlsx", "portofolio.docx", "portofolio.pdf")
    write(built)
    before = {name: (folder / name).read_bytes() for name in names}
    shutil.rmtree(folder)
    now, local = time.time, time.localtime
    monkeypatch.setattr(time, "time", lambda: now() + 1e8)
    monkeypatch.setattr(time, "localtime", lambda moment=None: local((now() if moment is None else moment) + 1e8))
    write(built)
    assert {name: (folder / name).read_bytes() for name in names} == before


def test_an_edited_report_is_kept(built: Path) -> None:
    write(built)
    path = built / "output" / "portfolio" / "portofolio.docx"
    path.write_bytes(path.read_bytes() + b"somebody's work")
    _, found = write_portfolio(built, built / "output", slugs(built), (), "typst")
    assert [item.code for item in found] == ["MP501"]
    assert path.read_bytes().endswith(b"somebody's work")


def test_groups_and_counts(built: Path) -> None:
    content, _ = load_content(built)
    assert content is not None
    rows = [row for slug in slugs(built) if (row := read_row(built / "output", slug)) is not None]
    portfolio = portfolio_of(rows, content)
    (group,) = portfolio.types
    scores = [row.scores["overall"] for row in rows]
    assert group.mean == pytest.approx(sum(score or 0 for score in scores) / 3)
    assert (group.cities, group.lowest, group.highest) == (3, min(scores, key=float), max(scores, key=float))  # type: ignore[arg-type]
    counts = {entry.id: entry.cities for entry in portfolio.gaps}
    assert counts["ser-1-low"] == 2
    assert max(counts.values()) == 3
    assert portfolio.budget == sum(row.budget for row in rows)


# --- in a browser, from a file, with its policy ----------------------------------------------------------------------


@pytest.fixture
def page(built: Path, tmp_path: Path) -> Iterator[Browser]:
    if CHROMIUM is None and not os.environ.get("CI"):
        pytest.skip("Chromium is not installed")
    assert CHROMIUM is not None, "Chromium is not installed; .ci/run does it"
    write(built)
    browser = Browser(tmp_path / "profile")
    browser.set_clock("2026-01-05T05:00:00Z")
    try:
        browser.open((built / "output" / "portfolio" / "index.html").as_uri())
        yield browser
    finally:
        browser.close()


def column(page: Browser, table: str, number: int) -> list[str]:
    """Return the texts of a column, rows that are hidden left out."""
    rows = f"[...document.querySelector('{table}').tBodies[0].rows].filter(row=>row.offsetParent)"
    return [str(text) for text in page.run(f"{rows}.map(row=>row.cells[{number}].textContent)")]


@pytest.mark.slow
def test_search_narrows_the_table_and_the_heat_map(page: Browser) -> None:
    assert page.run("document.getElementById('found').textContent") == "3 dari 3 daerah"
    page.click("#search")
    page.type("CONTÓH 2 kota")
    assert column(page, "#cities", 0) == column(page, "#heat", 0) == ["Kota Contoh 2"]
    assert page.run("document.getElementById('found').textContent") == "1 dari 3 daerah"
    page.type(" tidak ada")
    assert column(page, "#cities", 0) == column(page, "#heat", 0) == []
    page.run("document.getElementById('search').select()")
    page.type("belum mulai")
    assert len(column(page, "#cities", 0)) == column(page, "#cities", 3).count("belum mulai") == 3


@pytest.mark.slow
def test_each_column_sorts_up_and_down(page: Browser) -> None:
    assert column(page, "#cities", 0) == ["Kota Contoh", "Kota Contoh 1", "Kota Contoh 2"]
    # In the table of cities the column of files, which does not sort, is the second one.
    for table, number, cell in (("#cities", 3, 4), ("#cities", 6, 7), ("#cities", 9, 10), ("#heat", 1, 1)):
        script = f"[...document.querySelector('{table}').tBodies[0].rows].map(row=>Number(row.cells[{cell}].dataset.v))"
        page.click(f"{table} thead button", number)
        rising = page.run(script)
        page.click(f"{table} thead button", number)
        falling = page.run(script)
        assert (rising, falling) == (sorted(rising), sorted(rising, reverse=True))
    levels = column(page, "#heat", 1)
    assert len(set(levels)) == 2, "the cities differ in the first sub-dimension"
    page.click("#cities thead button", 0)
    page.click("#cities thead button", 0)
    assert column(page, "#cities", 0) == ["Kota Contoh 2", "Kota Contoh 1", "Kota Contoh"]
    heads = "[...document.querySelectorAll('#cities [aria-sort]')].map(head=>head.textContent+head.ariaSort)"
    assert page.run(heads) == ["Daerahdescending"]


@pytest.mark.slow
def test_the_heat_map_shades_each_level_and_a_link_leads_to_the_file(page: Browser, built: Path) -> None:
    script = (
        "[...document.querySelectorAll('#heat tbody td')].map(cell=>[cell.dataset.v,cell.textContent,"
        "getComputedStyle(cell).backgroundColor])"
    )
    cells = page.run(script)
    key = page.run("[...document.querySelectorAll('.key td[bgcolor]')].map(c=>getComputedStyle(c).backgroundColor)")
    assert len(set(key)) == 5
    known = [cell for cell in cells if cell[0]]
    assert len(known) >= 9
    for score, text, colour in known:
        assert colour == key[round(float(score))]
        assert float(text.replace(",", ".")) == pytest.approx(float(score), abs=0.051)
    assert all(colour == "rgba(0, 0, 0, 0)" for score, _, colour in cells if not score)
    page.click("#cities summary")
    assert page.run("document.querySelector('#cities details').open")
    address = page.run("document.querySelector('#cities details a').href")
    assert address == (built / "output" / SLUG / "Buku-Kecil.docx").as_uri()


@pytest.mark.slow
def test_the_page_asks_for_nothing_and_the_browser_has_no_complaint(page: Browser, built: Path) -> None:
    page.click("#search")
    page.type("contoh")
    page.click("#cities thead button", 3)
    assert page.requests() == [(built / "output" / "portfolio" / "index.html").as_uri()]
    assert page.complaints() == []
    page.run("(()=>{const e=document.createElement('img');e.src='http://127.0.0.1:9/x';document.body.append(e)})()")
    page.run("new Promise(done=>setTimeout(done,100))")
    assert any("Content Security Policy" in text for text in page.complaints()), "the policy does not hold"
