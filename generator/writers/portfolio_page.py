"""The portfolio as one HTML file: it needs no network, no other file and no server, and names nothing outside itself.

Every text is escaped; the page's policy allows only the one script and the one style that it carries, by their hash.
Bars are drawn as SVG with attributes, since the policy allows no styles elsewhere.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from html import escape
from itertools import groupby
from urllib.parse import quote

from generator.compose.portfolio_words import (
    ENDED,
    NOT_BEGUN,
    NOT_DATED,
    TOP_LEVEL,
    file_groups,
    level_of,
    mark,
    search_words,
    stage_words,
    state_words,
)
from generator.compose.typography import long_date, number, rupiah
from generator.model.document import Palette
from generator.model.portfolio import Absent, CityRow, Frequent, Group, Portfolio
from generator.model.scorecard import OVERALL, READINESS
from generator.writers.portfolio_look import SCRIPT, STYLE

FILE_NAME = "index.html"
Calendar = tuple[tuple[str, str, str], ...]
"""Of the mentoring, as in `CityRow`."""
_DASH = re.compile(r"-(?!\d\d$)")
"""Dashes that stand for a space in the name of a book; the one of a code at its end ('L-01') is its own."""
_BAR = 60
"""Width of a full bar in pixels."""
_PARTS = (
    ("daerah", "Daerah"),
    ("peta", "Peta panas"),
    ("kelompok", "Skor menurut jenis dan wilayah"),
    ("sering", "Kesenjangan dan program tersering"),
    ("mirip", "Naskah yang terlalu mirip"),
)
_HEADS = (
    "Provinsi", "Tahap", "Skor", "Kesiapan", "Terisi", "Kesenjangan", "Program", "Quick win", "Anggaran",
    "Belum terdanai", "Isian terbuka",
)  # fmt: skip
_WORDS = ("Provinsi", "Tahap")


def write(portfolio: Portfolio, palette: Palette) -> bytes:
    """Return the page as UTF-8; links lead to the cities' files beside the folder of the portfolio."""
    return b"\n".join(part.encode("utf-8", "replace") for part in _parts(portfolio, palette))


def _parts(portfolio: Portfolio, palette: Palette) -> Iterator[str]:
    """Give the page a part at a time: with hundreds of cities it is megabytes."""
    most = len(portfolio.rows)
    yield _head(portfolio)
    yield _tiles(portfolio)
    yield _cities(portfolio)
    yield _heat(portfolio, palette)
    yield '<div class="pair" id="kelompok">'
    yield _groups("Skor menurut jenis daerah", portfolio.types)
    yield _groups("Skor menurut wilayah", portfolio.islands)
    yield '</div><div class="pair" id="sering">'
    yield _frequent("Kesenjangan yang paling sering", portfolio.gaps, most)
    yield _frequent("Program yang paling sering", portfolio.programs, most)
    yield "</div>"
    yield _alike(portfolio)
    yield f"<script>{SCRIPT}</script></body></html>"
    yield ""


def _allowed(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _head(portfolio: Portfolio) -> str:
    policy = f"default-src 'none'; style-src {_allowed(STYLE)}; script-src {_allowed(SCRIPT)}; base-uri 'none'"
    sample = (
        '<p><span class="mark">DATA CONTOH</span> Sebagian penilaian adalah data contoh.</p>'
        if portfolio.sample
        else ""
    )
    title = escape(portfolio.title)
    links = "".join(f'<a href="#{id}">{name}</a>' for id, name in _PARTS if id != "mirip" or portfolio.alike)
    return (
        '<!DOCTYPE html><html lang="id"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{STYLE}</style></head><body><h1>{title}</h1>{sample}{_amiss(portfolio)}"
        f'<nav aria-label="Isi halaman">{links}</nav>'
    )


def _amiss(portfolio: Portfolio) -> str:
    """Return which cities have no draft, or one that is not of the last batch."""
    lines = (
        ("Belum ada draf", portfolio.missing, ""),
        ("Tidak dibangun pada batch terakhir", portfolio.stale, " Barisnya menampilkan draf terakhir yang ada."),
    )
    return "".join(
        f'<p><span class="mark">{title}:</span> {", ".join(map(_named, cities))}.{more}</p>'
        for title, cities, more in lines
        if cities
    )


def _named(city: CityRow | Absent) -> str:
    name = city.title if isinstance(city, Absent) else city.name
    return escape(f"{name} ({state_words(city.state)})" if city.state else name)


def _tiles(portfolio: Portfolio) -> str:
    """What the cohort adds up to, in six figures."""
    rows = portfolio.rows
    scores = [score for row in rows if (score := row.scores.get(OVERALL)) is not None]
    mean = number(sum(scores) / len(scores), 2, fixed=True) if scores else "–"
    filled = sum(row.complete for row in rows) / len(rows) if rows else 0.0
    tiles = (
        ("Daerah dengan draf", f"{len(rows)} <small>dari {len(rows) + len(portfolio.missing)}</small>"),
        ("Skor rata-rata", f"{mean} <small>dari {TOP_LEVEL}</small>"),
        ("Penilaian terisi, rata-rata", f"{number(100 * filled)}\u202f%"),
        ("Anggaran lima tahun", escape(rupiah(portfolio.budget))),
        ("Belum terdanai", escape(rupiah(portfolio.unfunded))),
        ("Isian yang masih terbuka", number(sum(row.open_items for row in rows))),
    )
    return f'<dl class="tiles">{"".join(f"<div><dt>{name}</dt><dd>{text}</dd></div>" for name, text in tiles)}</dl>'


def _cities(portfolio: Portfolio) -> str:
    day = portfolio.day
    numbers = _calendars(portfolio)
    heads = "".join(_button(head, number=head not in _WORDS) for head in _HEADS)
    rows = "".join(f"<tr{_query(row, numbers)}>{''.join(_city(row, day))}</tr>" for row in portfolio.rows)
    words = (("calendars", json.dumps(list(numbers), ensure_ascii=False, separators=(",", ":"))),
             ("begun", NOT_BEGUN), ("dated", NOT_DATED), ("ended", ENDED))  # fmt: skip
    told = "".join(f' data-{name}="{escape(text)}"' for name, text in words)
    return (
        '<h2 id="daerah">Daerah</h2><p><label>Cari: <input id="search" type="search" autocomplete="off" '
        'placeholder="nama, kode, provinsi, wilayah, atau tahap"></label> <span id="found" role="status"></span></p>'
        f'<div class="wide"><table id="cities"{told}><caption><span><span class="screen">Ketuk judul kolom untuk '
        f'mengurutkan. </span>Tahap pendampingan per <span id="day">{long_date(day)}</span>. Anggaran dan kebutuhan '
        f"yang belum terdanai mencakup tahun 1 sampai 5.</span></caption><thead><tr>{_button('Daerah')}"
        f'<th scope="col" class="f">Berkas</th>{heads}</tr></thead><tbody>{rows}</tbody></table></div>'
    )


def _calendars(portfolio: Portfolio) -> dict[Calendar, int]:
    """Return each calendar that any city has -> its number: most cities share one, and the page holds it once."""
    return {calendar: at for at, calendar in enumerate(dict.fromkeys(row.calendar for row in portfolio.rows))}


def _button(text: str, *, number: bool = False) -> str:
    kind = ' class="n"' if number else ""
    return f'<th scope="col"{kind}><button type="button">{escape(text)}</button></th>'


def _query(row: CityRow, numbers: Mapping[Calendar, int]) -> str:
    """Return what a row is found by, for the table and the heat map alike; the script adds its stage of today."""
    return f' data-q="{escape(search_words(row))}" data-c="{numbers[row.calendar]}"'


def _name(row: CityRow) -> str:
    remark = f'<small class="mark">{escape(mark(row))}</small>' if mark(row) else ""
    return f'<th scope="row" data-v="{escape(row.name)}">{escape(row.name)}{remark}</th>'


def _city(row: CityRow, day: date) -> Iterable[str]:
    yield _name(row)
    yield f'<td class="f">{_files(row)}</td>'
    yield _text(row.province)
    yield f'<td class="w">{escape(stage_words(row.calendar, day))}</td>'
    yield _score(row.scores.get(OVERALL), bar=True)
    yield _score(row.scores.get(READINESS))
    yield _cell(f"{number(100 * row.complete)}\u202f%", row.complete, _bar(row.complete))
    yield _cell(str(len(row.gaps)), len(row.gaps))
    yield _cell(str(len(row.programs) + row.own_programs), len(row.programs) + row.own_programs)
    yield _cell(str(row.quick_wins), row.quick_wins)
    yield _cell(rupiah(row.budget), row.budget)
    yield _cell(rupiah(row.unfunded), row.unfunded)
    yield _cell(str(row.open_items), row.open_items)


def _files(row: CityRow) -> str:
    """Return the files of a city by folder, those of one book in a line, folded away."""
    if not row.files:
        return ""
    lines = []
    for folder, inside in file_groups(row.files):
        lines += [f'<li class="g">{escape(folder)}</li>'] if folder else []
        for stem, names in groupby(inside, lambda name: name.rpartition(".")[0]):
            title = escape(_DASH.sub(" ", stem.rpartition("/")[2]))
            lines.append(f"<li>{title}: {' · '.join(_link(row, name, title) for name in names)}</li>")
    return f"<details><summary>{len(row.files)} berkas</summary><ul>{''.join(lines)}</ul></details>"


def _link(row: CityRow, name: str, title: str) -> str:
    address = "/".join(quote(part, safe="", errors="replace") for part in ("..", row.slug, *name.split("/")))
    kind = escape(name.rpartition(".")[2].upper())
    return f'<a href="{address}" aria-label="{title} {kind}">{kind}</a>'


def _heat(portfolio: Portfolio, palette: Palette) -> str:
    numbers = _calendars(portfolio)
    names, over = "", ""
    for dimension, areas in groupby(portfolio.areas, lambda area: area[2]):
        inside = list(areas)
        colour = palette.tone(inside[0][0].partition("/")[0])
        over += (
            f'<th scope="colgroup" colspan="{len(inside)}"><svg width="9" height="9" aria-hidden="true">'
            f'<rect width="9" height="9" fill="#{escape(colour)}"/></svg> {escape(dimension)}</th>'
        )
        names += "".join(_button(name) for _, name, _ in inside)
    rows = []
    for row in portfolio.rows:
        cells = "".join(_shade(row.scores.get(area), palette) for area, _, _ in portfolio.areas)
        rows.append(f"<tr{_query(row, numbers)}>{_name(row)}{cells}</tr>")
    # `bgcolor` is markup, not style, and so needs no permission by the policy.
    key = "".join(f'<td bgcolor="#{escape(colour)}">{level}</td>' for level, colour in enumerate(palette.levels))
    return (
        '<h2 id="peta">Peta panas: daerah dan subdimensi</h2>'
        f'<table class="key"><thead></thead><tbody><tr><th scope="row">Tingkat</th>{key}</tr></tbody></table>'
        '<div class="wide"><table id="heat" class="v"><caption><span>Skor 0 sampai 4; sel kosong belum dinilai. '
        f"Pencarian di atas juga menyaring peta ini.</span></caption><thead><tr><td></td>{over}</tr>"
        f"<tr>{_button('Daerah')}{names}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def _shade(score: float | None, palette: Palette) -> str:
    if score is None:
        return '<td class="h" data-v=""></td>'
    colour = palette.levels[level_of(score)]
    return f'<td class="h" data-v="{score}" bgcolor="#{escape(colour)}">{number(score, 1, fixed=True)}</td>'


def _groups(title: str, groups: Sequence[Group]) -> str:
    heads = {
        "Kelompok": False,
        "Daerah": True,
        "Rata-rata": True,
        "Terendah": True,
        "Tertinggi": True,
        "Rentang 0–4": False,
    }
    rows = [
        [
            _text(group.name),
            _cell(str(group.cities), group.cities),
            _score(group.mean),
            _score(group.lowest),
            _score(group.highest),
            f'<td data-v="{"" if group.mean is None else group.mean}">{_span(group)}</td>',
        ]
        for group in groups
    ]
    return f"<div>{_table(title, heads, rows)}</div>"


def _frequent(title: str, entries: Sequence[Frequent], most: int) -> str:
    rows = [
        [_text(entry.name), _cell(str(entry.cities), entry.cities, _bar(entry.cities / most if most else 0))]
        for entry in entries
    ]
    return f"<div>{_table(title, {'Nama': False, 'Daerah': True}, rows)}</div>"


def _alike(portfolio: Portfolio) -> str:
    names = {row.slug: row.name for row in portfolio.rows}
    rows = [
        [
            _text(names.get(pair.first, pair.first)),
            _text(names.get(pair.second, pair.second)),
            _cell(f"{number(100 * pair.share)}\u202f%", pair.share),
        ]
        for pair in portfolio.alike
    ]
    heads = {"Daerah": False, "Daerah lain": False, "Sama": True}
    return f'<div id="mirip">{_table("Naskah yang terlalu mirip", heads, rows)}</div>'


def _table(title: str, heads: Mapping[str, bool], rows: Sequence[Sequence[str]]) -> str:
    """Return a table that can be sorted, '' without rows; `heads` tells which columns hold numbers."""
    if not rows:
        return ""
    cells = "".join(_button(head, number=numeric) for head, numeric in heads.items())
    body = "".join(f"<tr>{''.join(row)}</tr>" for row in rows)
    return (
        f'<h2>{title}</h2><div class="wide"><table><thead><tr>{cells}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def _text(text: str) -> str:
    return f"<td>{escape(text)}</td>"


def _cell(text: str, value: float | None = None, after: str = "") -> str:
    sort = "" if value is None else f' data-v="{value}"'
    return f'<td class="n"{sort}>{escape(text)}{after}</td>'


def _score(value: float | None, *, bar: bool = False) -> str:
    if value is None:
        return '<td class="n" data-v=""></td>'
    return _cell(number(value, 2, fixed=True), value, _bar(value / TOP_LEVEL) if bar else "")


def _bar(share: float) -> str:
    """Return a bar for a share of 0-1; the number beside it says the same."""
    long = round(_BAR * min(1.0, max(0.0, share)), 1)
    return (
        f'<svg width="{_BAR}" height="9" aria-hidden="true"><rect width="{_BAR}" height="9" fill="#e8edf0"/>'
        f'<rect width="{long}" height="9" fill="#0b4f6c"/></svg>'
    )


def _span(group: Group) -> str:
    """Return the scores of a group from the lowest to the highest, with a mark at the mean."""
    if group.mean is None or group.lowest is None or group.highest is None:
        return ""
    left, mark, right = (round(2 * _BAR * value / TOP_LEVEL, 1) for value in (group.lowest, group.mean, group.highest))
    return (
        f'<svg width="{2 * _BAR}" height="11" aria-hidden="true"><rect y="5" width="{2 * _BAR}" height="1" '
        f'fill="#d9dee4"/><rect x="{left}" y="3" width="{max(1.0, round(right - left, 1))}" height="5" fill="#9db9c6"/>'
        f'<rect x="{mark - 1}" width="3" height="11" fill="#0b4f6c"/></svg>'
    )
