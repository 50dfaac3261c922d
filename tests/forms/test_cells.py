"""How single cells are read: numbers, dates, years, levels and choices as people write them."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.form import EVIDENCE, Reads
from generator.sources.workbook.cells import LONGEST, Raw, RefusedError, read_cell, read_yes_no, tidy

LISTS = {"evidence": EVIDENCE, "fund": {"apbd": "APBD", "dak": "Dana Alokasi Khusus (DAK)"}}


def value(raw: Raw, reads: Reads) -> object:
    return read_cell(raw, reads, LISTS).value


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        ("12,5", 12.5),
        ("12.5", 12.5),
        ("1.250.000", 1_250_000),
        ("1.250.000,75", 1250000.75),
        ("1,250,000.75", 1250000.75),
        ("1.250", 1250),
        ("0.125", 0.125),
        ("0,125", 0.125),
        ("12,5 %", 12.5),
        ("Rp 1.250.000,-", 1_250_000),
        ("Rp1.250.000", 1_250_000),
        (" 12,5\u00a0", 12.5),
        ("-3,2", -3.2),
        ("−3,2", -3.2),
        ("2,5 miliar", 2_500_000_000),
        ("1 triliun", 10**12),
        ("12 500", 12500),
        (7, 7),
        (7.0, 7),
        (7.25, 7.25),
        ("1.234,5 ton/hari", 1234.5),
    ],
)
def test_numbers(raw: Raw, number: float) -> None:
    assert value(raw, "number") == number


@pytest.mark.parametrize(
    "raw",
    [
        "dua belas",
        "12-15",
        "1.25.000",
        "1,25,000",
        "1.250,000,5",
        True,
        dt.date(2026, 5, 12),
        dt.time(12, 5),
        "#REF!",
        "=1+1",
        "12,5 dan 13,5",
        "1e400",
        "9" * 40,
        float("inf"),
        float("nan"),
        "Err:502",
        "12\u202e5",
    ],
)
def test_what_is_no_number_is_refused(raw: Raw) -> None:
    with pytest.raises(RefusedError):
        value(raw, "number")


@pytest.mark.parametrize("raw", ["1.250", "2,5 miliar", "12 ton", "n/a"])
def test_doubtful_numbers_carry_a_remark(raw: str) -> None:
    assert read_cell(raw, "number", LISTS).remark


@pytest.mark.parametrize("raw", ["12,5", "1.250.000", "12,5 %", 3])
def test_clear_numbers_carry_none(raw: Raw) -> None:
    assert not read_cell(raw, "number", LISTS).remark


@given(st.integers(-(10**14), 10**14))
def test_whole_numbers_come_back_however_they_are_grouped(number: int) -> None:
    grouped = f"{number:,}"
    assert value(str(number), "number") == number
    assert value(grouped.replace(",", "."), "number") == number
    if abs(number) >= 10**6:
        assert value(grouped, "number") == number


@given(st.decimals(-99999, 99999, places=2))
def test_decimals_come_back(number: object) -> None:
    assert value(str(number).replace(".", ","), "number") == pytest.approx(float(str(number)))


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading(text: str) -> None:
    kinds: tuple[Reads, ...] = (
        "number",
        "level",
        "year",
        "date",
        "text",
        "link",
        "series",
        "evidence",
        "fund",
        "money",
    )
    for reads in kinds:
        with suppress(RefusedError):
            read_cell(text, reads, LISTS)


@pytest.mark.parametrize(
    ("raw", "date"),
    [
        (dt.datetime(2026, 2, 16, 10), "2026-02-16"),
        (dt.date(2026, 2, 16), "2026-02-16"),
        ("16 Februari 2026", "2026-02-16"),
        ("Senin, 16 Pebruari 2026", "2026-02-16"),
        ("16/02/2026", "2026-02-16"),
        ("16-2-2026", "2026-02-16"),
        ("2026-02-16", "2026-02-16"),
        ("2026-02-16 00:00:00", "2026-02-16"),
        ("16 Feb 2026", "2026-02-16"),
        (46069.0, "2026-02-16"),
    ],
)
def test_dates(raw: Raw, date: str) -> None:
    assert value(raw, "date") == dt.date.fromisoformat(date)


@pytest.mark.parametrize("raw", ["31/02/2026", "02/16/2026", "besok", "Februari 2026", 12, True, dt.time(1, 2)])
def test_what_is_no_date_is_refused(raw: Raw) -> None:
    with pytest.raises(RefusedError):
        value(raw, "date")


@pytest.mark.parametrize(
    ("raw", "year"),
    [(2025, 2025), (2025.0, 2025), ("2025", 2025), ("TA 2025", 2025), ("Des 2024", 2024), (dt.date(2025, 1, 1), 2025)],
)
def test_years(raw: Raw, year: int) -> None:
    assert value(raw, "year") == year


@pytest.mark.parametrize("raw", ["2024/2025", "2023-2025", 25, "dua ribu", 2025.5])
def test_what_is_no_year_is_refused(raw: Raw) -> None:
    with pytest.raises(RefusedError):
        value(raw, "year")


@pytest.mark.parametrize(
    ("raw", "level"), [(3, 3), (3.0, 3), ("3", 3), ("Level 3", 3), ("3 - terpadu", 3), ("tingkat 0", 0)]
)
def test_levels(raw: Raw, level: int) -> None:
    assert value(raw, "level") == level


@pytest.mark.parametrize("raw", [5, -1, 2.5, "2,5", "tiga", True, "2 atau 3"])
def test_what_is_no_level_is_refused(raw: Raw) -> None:
    with pytest.raises(RefusedError):
        value(raw, "level")


def test_choices_are_known_by_their_words_or_id() -> None:
    assert value("terverifikasi ", "evidence") == "verified"
    assert value("VERIFIED", "evidence") == "verified"
    assert value("Tidak ada", "evidence") == "none"
    with pytest.raises(RefusedError) as fault:
        value("Terverivikasi", "evidence")
    assert fault.value.hint == "did you mean 'Terverifikasi'?"


def test_a_cell_may_name_several_funds() -> None:
    assert value("APBD; Dana Alokasi Khusus (DAK)", "fund") == "apbd, dak"
    with pytest.raises(RefusedError):
        value("APBD; Bank Dunia", "fund")


def test_series_money_shares_and_yes_no() -> None:
    assert value("2023: 7,94; 2024: 7,25", "series") == ((2023, 7.94), (2024, 7.25))
    assert value("2023 = 1.250.000\n2024=3", "series") == ((2023, 1_250_000), (2024, 3))
    for bad in ("7,94", "2023: ; 2024: 1", "2023: 1; 2023: 2", "2023: banyak"):
        with pytest.raises(RefusedError):
            value(bad, "series")
    assert value("Rp 1.250.000.000,00", "money") == 1_250_000_000
    assert value("1,5 %", "share") == pytest.approx(0.015)
    assert read_yes_no("Sudah").value is True
    assert read_yes_no(0.0).value is False
    with pytest.raises(RefusedError):
        read_yes_no("mungkin")


def test_text_is_tidied_and_limited() -> None:
    assert value("  Dinas \u00a0 Kesehatan \r\n Kota ", "text") == "Dinas Kesehatan\nKota"
    assert value(2024.0, "text") == "2024"
    assert value(dt.datetime(2024, 3, 1), "text") == "2024-03-01"
    for bad in ("a" * (LONGEST + 1), "a\x07b", "=SUM(A1)", "=cmd|' /C calc'!A0"):
        with pytest.raises(RefusedError):
            value(bad, "text")
    with pytest.raises(RefusedError):
        value("javascript:alert(1)", "link")
    assert value("https://contoh.go.id/a?b=1", "link") == "https://contoh.go.id/a?b=1"
    assert tidy(tidy(" a\t b ")) == "a b"
