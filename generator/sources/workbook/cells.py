"""The words of a cell to a value, as people in Indonesia write them: `12,5`, `1.250.000`, `2 Maret 2026`, `TA 2025`.

Nothing is guessed silently: what cannot be taken raises `RefusedError` with the reason, what was taken with a doubt
carries a remark.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import isfinite

from generator.model.form import SEVERAL, Reads, Series, Value
from generator.sources.files import FORBIDDEN, character_fault
from generator.sources.schema import nearest

Raw = str | int | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta | None
"""What a spreadsheet file holds in a cell."""
LONGEST = 4_000
"""Characters of a text; longer ones belong into a document of their own."""
UNKNOWN = frozenset({
    "-", "--", "—", "–", "?", "…", "...", "n/a", "na", "n.a.", "t.a.", "nihil", "belum ada", "belum ada data",
    "tidak ada data", "tidak tersedia", "belum tersedia", "tidak diketahui", "null", "none",
})  # fmt: skip
"""Ways to say that a value is not known; such a cell counts as empty, with a remark."""
_SPACES = re.compile(r"[ \t\u00a0\u2000-\u200b\u202f\u205f\u3000]+")
_NUMBER = re.compile(r"[-+−]?\d[\d.,' ]*")
_TIMES: Mapping[str, int] = {"ribu": 10**3, "rb": 10**3, "juta": 10**6, "jt": 10**6, "miliar": 10**9, "milyar": 10**9,
                             "m": 10**9, "triliun": 10**12, "t": 10**12}  # fmt: skip
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("januari jan january", "februari feb pebruari february", "maret mar march", "april apr", "mei may",
         "juni jun june", "juli jul july", "agustus agu ags agt august aug", "september sep sept",
         "oktober okt october oct",
         "november nov nopember nop", "desember des december dec"), 1)
    for name in names.split()
}  # fmt: skip
_ERRORS = ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "Err:")
_EPOCH = dt.date(1899, 12, 30)


class RefusedError(Exception):
    """A cell that cannot be taken: the reason, and what to do."""

    def __init__(self, reason: str, hint: str | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Taken:
    """A value and, where it was read with a doubt, a remark."""

    value: Value
    remark: str = ""


def is_blank(raw: Raw) -> bool:
    """Return whether a cell holds nothing but space."""
    return raw is None or (isinstance(raw, str) and not tidy(raw))


def tidy(text: str) -> str:
    """Return text with plain single spaces, tidy line ends and composed letters."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "")
    lines = lines.replace("\x0b", "\n").replace("\u0085", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return "\n".join(_SPACES.sub(" ", line).strip() for line in lines.split("\n")).strip()


def told(raw: Raw) -> str:
    """Return a cell as it may be quoted in a message, cut to a line."""
    text = " ".join(str(raw).split())
    shown = "".join(character if character.isprintable() else "?" for character in text)
    return shown if len(shown) <= 50 else shown[:49] + "…"


def read_cell(raw: Raw, reads: Reads, choices: Mapping[Reads, Mapping[str, str]]) -> Taken:
    """Return the value of a cell, None where it is empty. Raises `RefusedError` with the reason."""
    if isinstance(raw, float) and not isfinite(raw):
        raise RefusedError("not a finite number")
    if isinstance(raw, str):
        raw = _plain(raw)
    if raw is None:
        return Taken(None)
    if reads != "evidence" and isinstance(raw, str) and raw.casefold() in UNKNOWN:
        return Taken(None, f"'{told(raw)}' is read as not known")
    if reads in choices:
        read = _several if reads in SEVERAL else _choice
        return Taken(read(raw, choices[reads]))
    return _READERS[reads](raw)


def _plain(raw: str) -> str | None:
    text = tidy(raw)
    if not text:
        return None
    if text.startswith(_ERRORS):
        raise RefusedError(f"the formula of the cell ends in the error {told(text)}", "write the value itself")
    if text.startswith("="):
        raise RefusedError(f"a formula as text: '{told(text)}'", "write the value; formulas are never evaluated")
    bad = FORBIDDEN.search(text)
    if bad is not None:
        raise RefusedError(*character_fault(bad.group()))
    if len(text) > LONGEST:
        raise RefusedError(f"{len(text)} characters; at most {LONGEST} are taken", "put it into a document and link it")
    return text


# --- numbers ---------------------------------------------------------------------------------------------------------


def read_number(text: str) -> Taken:
    """Return a number written in the Indonesian way, as far as it is clear also in the English one.

    '1.250' is 1250 (with a remark: English readers mean 1.25), '12.5' is 12.5, '1,250,000' is 1250000.
    """
    body = text.replace("−", "-").replace("'", "").replace(" ", "")
    sign = -1 if body.startswith("-") else 1
    digits = body.lstrip("+-")
    remark = ""
    points, commas = digits.count("."), digits.count(",")
    if points and commas:
        decimal = "," if digits.rfind(",") > digits.rfind(".") else "."
        other = "." if decimal == "," else ","
        whole, _, part = digits.rpartition(decimal)
        if decimal in whole or not _grouped(whole, other):
            raise RefusedError(f"'{told(text)}' cannot be read as a number", "write 1.250.000,5")
        digits = whole.replace(other, "") + "." + part
    elif points > 1 or commas > 1:
        mark = "." if points else ","
        if not _grouped(digits, mark):
            raise RefusedError(f"'{told(text)}' cannot be read as a number", "group thousands by three digits")
        digits = digits.replace(mark, "")
    elif commas:
        digits = digits.replace(",", ".")
    elif points and _grouped(digits, ".") and not digits.startswith("0"):
        digits = digits.replace(".", "")
        remark = f"'{told(text)}' is read as {digits} (a point groups thousands)"
    if not re.fullmatch(r"\d+(?:\.\d*)?", digits) or len(digits) > 18:
        raise RefusedError(f"'{told(text)}' cannot be read as a number")
    value = sign * float(digits)
    return Taken(int(value) if "." not in digits else value, remark)


def _grouped(text: str, mark: str) -> bool:
    first, *rest = text.split(mark)
    return 1 <= len(first) <= 3 and first.isdigit() and all(len(part) == 3 and part.isdigit() for part in rest)


def _number(raw: Raw) -> Taken:
    match raw:
        case bool():
            raise RefusedError("yes or no where a number is expected")
        case int() | float():
            return Taken(_whole(raw))
        case dt.date() | dt.time() | dt.timedelta():
            raise RefusedError(
                f"a date or time ({told(raw)}) where a number is expected",
                "the spreadsheet turned the number into a date: set the cell to 'Number' and type it again",
            )
        case str():
            return _number_in_words(raw)
        case _:
            raise RefusedError("empty")


def _whole(value: float) -> int | float:
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) < 1e15 else value


def _number_in_words(text: str) -> Taken:
    body = re.sub(r"^(?:rp\.?|idr)\s*", "", text.strip(), flags=re.IGNORECASE)
    match = _NUMBER.match(body)
    if match is None:
        raise RefusedError(f"'{told(text)}' is not a number", "write the number alone; explain it in the note")
    rest = body[match.end() :].strip(" %-.,").casefold()
    taken = read_number(match.group().strip(" ,."))
    times = _TIMES.get(rest)
    if times is not None and isinstance(taken.value, int | float):
        product = _whole(round(taken.value * times, 6))
        return Taken(product, f"'{told(text)}' is read as {product}")
    if re.search(r"\d", rest):
        raise RefusedError(f"'{told(text)}' holds more than one number", "write one number; explain it in the note")
    if rest:
        return Taken(taken.value, f"of '{told(text)}' the number {taken.value} is taken")
    return taken


def _integer(raw: Raw) -> Taken:
    taken = _number(raw)
    if not isinstance(taken.value, int):
        raise RefusedError(f"{told(raw)} is not a whole number")
    return taken


def _money(raw: Raw) -> Taken:
    taken = _number(raw)
    value = taken.value
    if isinstance(value, float):
        return Taken(round(value), taken.remark or f"{told(raw)} is rounded to whole rupiah")
    if isinstance(value, int) and value < 0:
        raise RefusedError(f"{told(raw)} is negative", "write what is spent as a positive amount")
    return taken


def _share(raw: Raw) -> Taken:
    taken = _number(raw)
    if not isinstance(taken.value, int | float) or not 0 <= taken.value <= 100:
        raise RefusedError(f"{told(raw)} is no share of 0-100 %")
    return Taken(round(taken.value / 100, 12), taken.remark)


def _level(raw: Raw) -> Taken:
    if isinstance(raw, str):
        match = re.fullmatch(r"(?:level|tingkat|lv\.?)?\s*([0-9]+(?:[.,]\d+)?)(?:\s*[-–:.(/].*)?", raw, re.IGNORECASE)
        if match is None:
            raise RefusedError(f"'{told(raw)}' is not a level", "choose 0, 1, 2, 3 or 4")
        raw = float(match.group(1).replace(",", "."))
    taken = _number(raw)
    if not isinstance(taken.value, int) or not 0 <= taken.value <= 4:
        raise RefusedError(f"{told(raw)} is not a level", "choose 0, 1, 2, 3 or 4, without halves")
    return taken


def _year(raw: Raw) -> Taken:
    if isinstance(raw, dt.date):
        return Taken(raw.year, f"of the date {told(raw)} the year is taken")
    if isinstance(raw, str):
        years = re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", raw)
        if len(years) != 1:
            raise RefusedError(f"'{told(raw)}' is not one year", "write one year, such as 2025")
        return Taken(int(years[0]), "" if raw == years[0] else f"of '{told(raw)}' the year {years[0]} is taken")
    taken = _integer(raw)
    if isinstance(taken.value, int) and not 1900 <= taken.value <= 2100:
        raise RefusedError(f"{told(raw)} is not a year")
    return taken


# --- dates, texts, choices -------------------------------------------------------------------------------------------


def _date(raw: Raw) -> Taken:
    match raw:
        case dt.datetime():
            return Taken(raw.date())
        case dt.date():
            return Taken(raw)
        case int() | float() if not isinstance(raw, bool) and 32_874 <= raw <= 73_050:  # 1990 to 2099
            date = _EPOCH + dt.timedelta(days=int(raw))
            return Taken(date, f"the number {told(raw)} is read as the date {date.isoformat()}")
        case str():
            return Taken(_date_in_words(raw))
        case _:
            raise RefusedError(f"{told(raw)} is not a date", "write it as 16 Februari 2026")


def _date_in_words(text: str) -> dt.date:
    body = re.sub(r"^(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad)\s*,?\s*", "", text.casefold())
    year = month = day = 0
    if match := re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ t].*)?", body):
        year, month, day = map(int, match.groups())
    elif match := re.fullmatch(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})", body):
        day, month, year = map(int, match.groups())
    elif match := re.fullmatch(r"(\d{1,2})[ -]+([a-z]+)\.?[ -]+(\d{4})", body):
        day, month, year = int(match.group(1)), _MONTHS.get(match.group(2), 0), int(match.group(3))
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise RefusedError(f"'{told(text)}' is not a date", "write it as 16 Februari 2026") from None


def _text(raw: Raw) -> Taken:
    match raw:
        case bool():
            return Taken("Ya" if raw else "Tidak")
        case dt.datetime():
            return Taken(raw.date().isoformat())
        case dt.time() | dt.timedelta():
            raise RefusedError(f"a time ({told(raw)}) where text is expected", "set the cell to 'Text', type it again")
        case int() | float():
            return Taken(f"{_whole(raw)}".replace(".", ","))
        case _:
            return Taken(str(raw))


def _link(raw: Raw) -> Taken:
    text = str(_text(raw).value)
    scheme = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):", text)
    if scheme is not None and scheme.group(1).casefold() in ("javascript", "vbscript", "data", "file"):
        raise RefusedError(f"links of the kind '{scheme.group(1)}:' are not taken", "link a web address")
    return Taken(text)


def _series(raw: Raw) -> Taken:
    text = str(raw)
    found: dict[int, float] = {}
    remarks: list[str] = []
    for part in re.split(r"[;\n]", text):
        if not part.strip():
            continue
        year, mark, figure = part.strip().partition(":") if ":" in part else part.strip().partition("=")
        if not mark or not re.fullmatch(r"(?:19|20)\d\d", year.strip()):
            raise RefusedError(f"'{told(part.strip())}' is not 'year: value'", "write 2023: 7,94; 2024: 7,25")
        if not figure.strip():
            raise RefusedError(f"the year {year.strip()} has no value")
        taken = _number(figure.strip())
        number = taken.value
        remarks += [taken.remark] if taken.remark else []
        if int(year) in found:
            raise RefusedError(f"the year {year.strip()} stands twice")
        found[int(year)] = float(number) if isinstance(number, int | float) else 0.0
    series: Series = tuple(sorted(found.items()))
    return Taken(series or None, "; ".join(remarks))


def _choice(raw: Raw, known: Mapping[str, str]) -> str:
    text = str(_text(raw).value)
    wanted = _letters(text)
    for id, words in known.items():
        if wanted in (_letters(words), _letters(id)):
            return id
    words_only = list(known.values())
    some = ", ".join(words_only[:5]) + (", …" if len(words_only) > 5 else "")
    raise RefusedError(f"'{told(text)}' is none of the choices", nearest(text, words_only) or f"choose one of {some}")


def _letters(text: str) -> str:
    return re.sub(r"[^\w]+", "", text.casefold())


def _several(raw: Raw, known: Mapping[str, str]) -> str:
    """Return ids separated by ', ' of a cell that may name several."""
    try:
        return _choice(raw, known)
    except RefusedError:
        parts = [part for part in re.split(r"\s*[;,+\n]\s*", str(raw)) if part.strip()]
        if len(parts) < 2:
            raise
        return ", ".join(dict.fromkeys(_choice(part, known) for part in parts))


def read_yes_no(raw: Raw) -> Taken:
    """Return yes or no in its usual words. Raises `RefusedError`."""
    if isinstance(raw, bool):
        return Taken(raw)
    text = str(raw).strip().casefold().removesuffix(".0")
    if text in ("ya", "y", "yes", "ada", "sudah", "true", "benar", "1", "v", "✓"):
        return Taken(True)
    if text in ("tidak", "tdk", "t", "no", "n", "tidak ada", "belum", "false", "salah", "0"):
        return Taken(False)
    raise RefusedError(f"'{told(raw)}' is neither yes nor no", "choose Ya or Tidak")


_READERS: Mapping[Reads, Callable[[Raw], Taken]] = {
    "text": _text,
    "link": _link,
    "level": _level,
    "number": _number,
    "year": _year,
    "whole": _integer,
    "money": _money,
    "share": _share,
    "date": _date,
    "series": _series,
}
