"""The page in a browser: the stage of the reader's day, what is found, what fits on screen and paper, and links."""

from __future__ import annotations

import base64
import os
import random
from collections.abc import Iterator
from datetime import date, timedelta
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote

import pytest
from pypdf import PdfReader

from generator.compose.portfolio_words import NOT_DATED, stage_words
from generator.model.portfolio import CityRow
from generator.writers import portfolio_page
from tests.batch.browser import CHROMIUM, Browser
from tests.batch.portfolios import PALETTE, city, portfolio

LONG = "kabupaten-kepulauan-tanimbar"
FILES = ("Buku 1 #2 ñ 100%.docx", "Buku 1 #2 ñ 100%.pdf", "kalender.ics", "lembar-kendali/L-1.pdf", "quick-win/P-1.pdf")


class Head(HTMLParser):
    """The cells of the head of each table, and the links."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.heads: list[str] = []
        self.links: list[str] = []
        self._open = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.links.append(dict(attrs)["href"] or "")
        if tag == "th":
            self._open = True
            self.heads.append("")

    def handle_endtag(self, tag: str) -> None:
        self._open = self._open and tag != "th"

    def handle_data(self, data: str) -> None:
        if self._open:
            self.heads[-1] += data


def text_of(*rows: CityRow) -> str:
    return portfolio_page.write(portfolio(*rows), PALETTE).decode()


def test_without_a_script_the_stage_is_that_of_the_newest_draft() -> None:
    text = text_of(city("kota-medan", day="2026-02-27"), city("kota-lain", day="2026-03-03"))
    assert text.count('<td class="w">Penilaian</td>') == 2
    assert '<span id="day">3\u00a0Maret\u00a02026</span>' in text


def test_no_head_of_a_table_is_empty() -> None:
    assert [head for head in Head(text_of(city("kota-medan"))).heads if not head.strip()] == []


def test_the_page_links_every_file_of_a_city() -> None:
    links = Head(text_of(city("kota-medan", files=FILES))).links
    assert [unquote(link) for link in links if not link.startswith("#")] == [f"../kota-medan/{name}" for name in FILES]
    assert not any(letter in link for link in links for letter in " ñ")
    text = text_of(city("kota-medan", files=("Buku-1-Isi.pdf", "quick-win/Profil-Quick-Win-1-L-01.pdf")))
    assert "<li>Buku 1 Isi: " in text
    assert "<li>Profil Quick Win 1 L-01: " in text, "the code keeps its dash"


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Browser]:
    if CHROMIUM is None and not os.environ.get("CI"):
        pytest.skip("Chromium is not installed")
    assert CHROMIUM is not None, "Chromium is not installed; .ci/run does it"
    found = Browser(tmp_path / "profile")
    try:
        yield found
    finally:
        found.close()


def show(browser: Browser, folder: Path, *rows: CityRow) -> None:
    path = folder / "halaman ñ" / "index.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(portfolio_page.write(portfolio(*rows), PALETTE))
    browser.open(path.as_uri())


def shown(browser: Browser, selector: str) -> list[str]:
    script = f"[...document.querySelectorAll('{selector}')].filter(e=>e.offsetParent).map(e=>e.textContent)"
    return [str(text) for text in browser.run(script)]


@pytest.mark.slow
def test_the_stage_is_that_of_the_day_on_which_the_page_is_read(browser: Browser, tmp_path: Path) -> None:
    rows = (city("kota-medan"), city("kota-tak-terjadwal", calendar=()))
    for moment, stage in (
        ("2026-03-01T05:00:00Z", "belum mulai"),
        ("2026-03-02T05:00:00Z", "Penilaian"),
        ("2026-03-20T05:00:00Z", "Penilaian (selesai)"),
        ("2026-05-05T05:00:00Z", "Bimtek I, Pekerjaan rumah"),
        ("2027-01-01T05:00:00Z", "Pekerjaan rumah (selesai)"),
    ):
        browser.set_clock(moment)
        show(browser, tmp_path, *rows)
        assert shown(browser, "#cities .w") == [stage, NOT_DATED]
        browser.click("#search")
        browser.type(stage)
        assert shown(browser, "#heat tbody th") == ["Kota Medan"], "search knows the stage of today"
    assert browser.run("document.getElementById('day').textContent") == "1 Januari 2027"
    assert browser.complaints() == []


@pytest.mark.slow
def test_the_day_is_that_of_the_readers_own_clock(browser: Browser, tmp_path: Path) -> None:
    browser.set_clock("2026-03-01T16:00:00Z")
    browser.call("Emulation.setTimezoneOverride", timezoneId="Asia/Jayapura")
    show(browser, tmp_path, city("kota-medan"))
    assert shown(browser, "#cities .w") == ["Penilaian"]
    browser.call("Emulation.setTimezoneOverride", timezoneId="Asia/Jakarta")
    show(browser, tmp_path, city("kota-medan"))
    assert shown(browser, "#cities .w") == ["belum mulai"]


@pytest.mark.slow
def test_the_script_tells_the_same_stage_as_the_other_files(browser: Browser, tmp_path: Path) -> None:
    chance, first = random.Random(26), date(2026, 3, 1)
    rows = []
    for at in range(60):
        starts = [first + timedelta(chance.randrange(20)) for _ in range(chance.randrange(6))]
        ends = [start + timedelta(chance.randrange(6)) for start in starts]
        steps = sorted(zip(starts, ends, strict=True))
        calendar = tuple((f"Langkah {n}", str(start), str(end)) for n, (start, end) in enumerate(steps))
        rows.append(city(f"kota-{at}", calendar=calendar))
    for ahead in range(-1, 27):
        day = first + timedelta(ahead)
        browser.set_clock(f"{day}T05:00:00Z")
        show(browser, tmp_path, *rows)
        assert shown(browser, "#cities .w") == [stage_words(row.calendar, day) for row in rows]


@pytest.mark.slow
def test_a_city_is_found_by_code_slug_and_short_name(browser: Browser, tmp_path: Path) -> None:
    rows = (city("kota-medan", code="12.71"), city("kabupaten-mimika", code="94.04", province="Papua Tengah"))
    show(browser, tmp_path, *rows)
    for query, names in (
        ("12.71", ["Kota Medan"]),
        ("9404", ["Kabupaten Mimika"]),
        ("kota-medan", ["Kota Medan"]),
        ("kab. mimika", ["Kabupaten Mimika"]),
        ("Kab Mimika", ["Kabupaten Mimika"]),
        ("kab. medan", []),
        ("12", ["Kota Medan"]),
        ("71", []),
    ):
        browser.run("document.getElementById('search').value=''")
        browser.click("#search")
        browser.type(query)
        assert shown(browser, "#cities tbody th") == shown(browser, "#heat tbody th") == names, query


@pytest.mark.slow
@pytest.mark.parametrize("width", [360, 390, 1280])
def test_no_screen_scrolls_sideways_and_the_links_are_in_view(browser: Browser, tmp_path: Path, width: int) -> None:
    browser.set_clock("2026-05-05T05:00:00Z")
    browser.call("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
    show(browser, tmp_path, city(LONG, state="failed"), city("kota-medan"))
    assert browser.run("document.documentElement.scrollWidth-document.documentElement.clientWidth") <= 0
    assert browser.run("document.querySelector('#cities summary').getBoundingClientRect().right") <= width
    if width == 1280:
        assert (
            browser.run("document.querySelector('#cities').offsetWidth-document.querySelector('.wide').clientWidth")
            <= 0
        )


@pytest.mark.slow
def test_paper_shows_every_column(browser: Browser, tmp_path: Path) -> None:
    browser.set_clock("2026-05-05T05:00:00Z")
    show(browser, tmp_path, *(city(f"{LONG}-{at}") for at in range(40)))
    printed = browser.call("Page.printToPDF", preferCSSPageSize=True)["data"]
    pages = PdfReader(BytesIO(base64.b64decode(printed))).pages
    assert all(page.mediabox.width > page.mediabox.height for page in pages)
    texts = [page.extract_text() for page in pages]
    assert all(head in texts[0] for head in ("Daerah", "Tahap", "Belum terdanai", "Isian terbuka"))
    assert texts[1].count("177") == texts[1].count("436,5") > 0, "the last column of each row"
    assert "Isian terbuka" in texts[1], "a further page has the head again"
    assert "Subdimensi yang ke-17" in "".join(texts)
