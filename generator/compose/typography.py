"""Numbers, money and dates as Indonesian documents print them.

1.234,5 · 12,5 % with a narrow no-break space · Rp 1,2 miliar in text and full rupiah in tables · 24 November 2026.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from babel.dates import format_date
from babel.numbers import format_decimal

NBSP = "\u00a0"
NARROW = "\u202f"
_LOCALE = "id_ID"
_SCALES = ((1_000_000_000_000, "triliun"), (1_000_000_000, "miliar"), (1_000_000, "juta"))
_MONEY = {"ribu": 1_000, "juta": 1_000_000, "miliar": 1_000_000_000}
_BARE = ("nilai", "indeks")
"""Units that say only that there is none."""
_WORDS = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas")


@lru_cache(maxsize=8192)
def number(value: float, decimals: int = 0, *, fixed: bool = False) -> str:
    """Return '1.234,5' with at most `decimals` places; `fixed` keeps trailing zeros, for columns of figures."""
    places = ("0" if fixed else "#") * decimals
    pattern = f"#,##0.{places}" if decimals else "#,##0"
    return format_decimal(value, format=pattern, locale=_LOCALE)


def quantity(value: float, unit: str, decimals: int = 0) -> str:
    """Return a number with its unit, held together by no-break spaces."""
    scale, _, per = unit.partition(" rupiah")
    if scale in _MONEY and unit != scale:
        return rupiah(value * _MONEY[scale]) + (f" per{NBSP}{per[1:]}" if per.startswith("/") else "")
    text = number(value, decimals)
    if not unit or unit in _BARE:
        return text
    if unit.startswith("%"):
        return f"{text}{NARROW}{unit}"
    return f"{text}{NBSP}{unit}"


def percent(value: float, decimals: int = 1) -> str:
    """Return '12,5 %'."""
    return f"{number(value, decimals)}{NARROW}%"


def rupiah(amount: float) -> str:
    """Return an amount for running text: 'Rp 1,2 miliar'; below one million the full figure."""
    for size, word in _SCALES:
        if abs(amount) >= size:
            return f"Rp{NBSP}{number(amount / size, 1)}{NBSP}{word}"
    return rupiah_full(round(amount))


def rupiah_full(amount: int) -> str:
    """Return an amount for tables: 'Rp 1.250.000.000'."""
    return f"Rp{NBSP}{number(amount)}"


@lru_cache(maxsize=4096)
def long_date(day: date) -> str:
    """Return '24 November 2026' with no-break spaces."""
    return format_date(day, "d MMMM y", locale=_LOCALE).replace(" ", NBSP)


@lru_cache(maxsize=4096)
def short_date(day: date) -> str:
    """Return '24 Nov 2026' for narrow columns."""
    return format_date(day, "d MMM y", locale=_LOCALE).replace(" ", NBSP)


@lru_cache(maxsize=4096)
def month_name(day: date) -> str:
    """Return 'November 2026'."""
    return format_date(day, "MMMM y", locale=_LOCALE).replace(" ", NBSP)


def day_range(start: date, end: date) -> str:
    """Return '3–4 Maret 2026', '30 Maret–1 April 2026' or one date."""
    if start == end:
        return long_date(start)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{long_date(end)}"
    if start.year == end.year:
        return f"{format_date(start, 'd MMMM', locale=_LOCALE).replace(' ', NBSP)}–{long_date(end)}"
    return f"{long_date(start)}–{long_date(end)}"


def in_words(count: int) -> str:
    """Return small whole numbers in words ('tiga'), larger ones in figures."""
    return _WORDS[count] if 0 <= count < len(_WORDS) else number(count)


_NAMED = (
    "Indeks",
    "Standar",
    "Satu",
    "Dewan",
    "Forum",
    "Tim",
    "Survei",
    "Kota",
    "Dinas",
    "Badan",
    "Bagian",
    "Biro",
    "Sekretariat",
    "Rapor",
    "Kabupaten",
    "Dana",
    "Kartu",
    "Kampung",
)
"""First words of proper names; they are names where the second word has a capital too: 'Indeks SPBE' is none."""
_NAME = re.compile(rf"(?:{'|'.join(_NAMED)}) [A-Z][a-z]")


def lower_first(text: str) -> str:
    """Lower the first letter, unless the text begins with an abbreviation ('SPBE') or a name ('Satu Data')."""
    if _NAME.match(text):
        return text
    if len(text) > 1 and text[0].isupper() and not text[1].isupper():
        return text[0].lower() + text[1:]
    return text


def upper_first(text: str) -> str:
    """Raise the first letter."""
    return text[:1].upper() + text[1:]


def joined(items: list[str] | tuple[str, ...]) -> str:
    """Return 'a', 'a dan b' or 'a, b, dan c'."""
    words = list(items)
    if len(words) <= 1:
        return "".join(words)
    if len(words) == 2:
        return f"{words[0]} dan {words[1]}"
    return f"{', '.join(words[:-1])}, dan {words[-1]}"


def some(items: list[str] | tuple[str, ...], most: int = 4) -> str:
    """Return as `joined`, of many the first ones and how many there are besides: 'a, b, c, d, dan 3 lainnya'."""
    words = list(items)
    if len(words) > most + 1:
        words = [*words[:most], f"{number(len(words) - most)} lainnya"]
    return joined(words)


_UNIT_AFTER_NUMBER = re.compile(
    r"(?<=\d) (?=(?:km²|km|ha|m²|m³|jiwa|orang|rupiah|persen|tahun|bulan|minggu|hari|jam|menit|ton|kg|MW|kWh)\b)"
)
_PERCENT = re.compile(r"(?<=\d) ?%")
_RUPIAH = re.compile(r"\bRp ?(?=\d)")


def polish(text: str) -> str:
    """Set the template's own prose by house rules: spaces before units, percent and rupiah, curly quotation marks."""
    text = _UNIT_AFTER_NUMBER.sub(NBSP, text)
    text = _PERCENT.sub(f"{NARROW}%", text)
    text = _RUPIAH.sub(f"Rp{NBSP}", text)
    text = re.sub(r'(^|[\s(\[])"', "\\1“", text).replace('"', "”")
    return re.sub(r"(?<=\w)'(?=\w)", "’", text)
