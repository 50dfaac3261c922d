"""Numbers, money, dates and the polish of prose, as Indonesian documents print them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.compose import typography
from generator.compose.typography import NARROW, NBSP

DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0, 0, "0"),
        (999, 0, "999"),
        (1234567, 0, "1.234.567"),
        (1.25, 2, "1,25"),
        (1.2, 2, "1,2"),
        (-1500.5, 1, "-1.500,5"),
    ],
)
def test_numbers(value: float, decimals: int, text: str) -> None:
    assert typography.number(value, decimals) == text


def test_columns_of_figures_keep_their_zeros() -> None:
    assert typography.number(2, 1, fixed=True) == "2,0"


@given(st.integers(-(10**15), 10**15))
def test_whole_numbers_can_be_read_back(value: int) -> None:
    assert int(typography.number(value).replace(".", "")) == value


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (2500, "jiwa", f"2.500{NBSP}jiwa"),
        (12.5, "%", f"12,5{NARROW}%"),
        (3, "% per tahun", f"3{NARROW}% per tahun"),
        (7, "", "7"),
    ],
)
def test_quantities_hold_their_unit(value: float, unit: str, text: str) -> None:
    assert typography.quantity(value, unit, 1) == text


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (0, "Rp 0"),
        (999_999, "Rp 999.999"),
        (1_000_000, "Rp 1 juta"),
        (1_250_000_000, "Rp 1,2 miliar"),
        (6_900_214_620_675, "Rp 6,9 triliun"),
        (-2_000_000, "Rp -2 juta"),
    ],
)
def test_rupiah_in_running_text(amount: int, text: str) -> None:
    assert typography.rupiah(amount).replace(NBSP, " ") == text
    assert " " not in typography.rupiah(amount)


def test_rupiah_in_tables_is_whole() -> None:
    assert typography.rupiah_full(1_250_000_000) == f"Rp{NBSP}1.250.000.000"


def test_dates() -> None:
    day = date(2026, 8, 17)
    assert typography.long_date(day) == f"17{NBSP}Agustus{NBSP}2026"
    assert typography.short_date(day).startswith(f"17{NBSP}")
    assert typography.month_name(day) == f"Agustus{NBSP}2026"


@pytest.mark.parametrize(
    ("end", "text"),
    [
        (DAY, "2 Maret 2026"),
        (date(2026, 3, 4), "2–4 Maret 2026"),
        (date(2026, 4, 1), "2 Maret–1 April 2026"),
        (date(2027, 1, 2), "2 Maret 2026–2 Januari 2027"),
    ],
)
def test_ranges_say_each_part_once(end: date, text: str) -> None:
    assert typography.day_range(DAY, end).replace(NBSP, " ") == text


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(0, 800))
def test_ranges_end_with_their_last_day(start: date, days: int) -> None:
    assert typography.day_range(start, start + timedelta(days)).endswith(typography.long_date(start + timedelta(days)))


@pytest.mark.parametrize(("count", "text"), [(0, "nol"), (3, "tiga"), (11, "sebelas"), (12, "12"), (-1, "-1")])
def test_small_numbers_in_words(count: int, text: str) -> None:
    assert typography.in_words(count) == text


@pytest.mark.parametrize(
    ("text", "lower"),
    [
        ("Jumlah penduduk", "jumlah penduduk"),
        ("SPBE daerah", "SPBE daerah"),
        ("Dinas Kominfo; rekapitulasi bulanan", "Dinas Kominfo; rekapitulasi bulanan"),
        ("Bagian depan", "bagian depan"),
        ("e-katalog", "e-katalog"),
        ("A", "A"),
        ("", ""),
    ],
)
def test_first_letters(text: str, lower: str) -> None:
    assert typography.lower_first(text) == lower
    assert typography.upper_first(lower)[1:] == lower[1:]


@pytest.mark.parametrize(
    ("items", "text"), [([], ""), (["a"], "a"), (["a", "b"], "a dan b"), (["a", "b", "c"], "a, b, dan c")]
)
def test_series(items: list[str], text: str) -> None:
    assert typography.joined(items) == text


@pytest.mark.parametrize(
    ("raw", "polished"),
    [
        ("luas 5 km² dan 3 bulan", f"luas 5{NBSP}km² dan 3{NBSP}bulan"),
        ("naik 5% atau 7 %", f"naik 5{NARROW}% atau 7{NARROW}%"),
        ("Rp 5.000 dan Rp5.000", f"Rp{NBSP}5.000 dan Rp{NBSP}5.000"),
        ('kata "asing" dan ("lain")', "kata “asing” dan (“lain”)"),
        ("Jum'at", "Jum’at"),
        ("3 bulanan", "3 bulanan"),
    ],
)
def test_prose_is_set_by_house_rules(raw: str, polished: str) -> None:
    assert typography.polish(raw) == polished


@given(st.text(max_size=80))
def test_polish_is_done_once(text: str) -> None:
    assert typography.polish(typography.polish(text)) == typography.polish(text)
