"""The portfolio as one HTML file: it needs no network, no other file and no server, and names nothing outside itself.

Every text is escaped; the page's policy allows only the one script and the one style that it carries, by their hash.
Bars are drawn as SVG with attributes, since the policy allows no styles elsewhere.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from itertools import groupby
from urllib.parse import quote

from generator.compose.typography import number, rupiah
from generator.model.document import Palette
from generator.model.portfolio import CityRow, Frequent, Group, Portfolio
from generator.model.scorecard import OVERALL, READINESS
from generator.writers.portfolio_look import SCRIPT, STYLE

FILE_NAME = "index.html"
_TOP = 4
"""The highest score."""
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
    "Daerah", "Provinsi", "Tahap", "Skor", "Kesiapan", "Terisi", "Kesenjangan", "Program", "Quick win", "Anggaran",
    "Belum terdanai", "Isian terbuka",
)  # fmt: skip
_WORDS = ("Daerah", "Provinsi", "Tahap")


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
    mark = (
        '<p><span class="mark">DATA CONTOH</span> Sebagian penilaian adalah data contoh.</p>'
        if portfolio.sample
        else ""
    )
    absent = ", ".join(portfolio.missing)
    missing = f"<p>Belum ada draf: {escape(absent)}.</p>" if absent else ""
    title = escape(portfolio.title)
    links = "".join(f'<a href="#{id}">{name}</a>' for id, name in _PARTS if id != "mirip" or portfolio.alike)
    return (
        '<!DOCTYPE html><html lang="id"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{STYLE}</style></head><body><h1>{title}</h1>{mark}{missing}"
        f'<nav aria-label="Isi halaman">{links}</nav>'
    )


def _tiles(portfolio: Portfolio) -> str:
    """What the cohort adds up to, in six figures."""
    rows = portfolio.rows
    scores = [score for row in rows if (score := row.scores.get(OVERALL)) is not None]
    mean = number(sum(scores) / len(scores), 2, fixed=True) if scores else "–"
    filled = sum(row.complete for row in rows) / len(rows) if rows else 0.0
    tiles = (
        ("Daerah dengan draf", f"{len(rows)} <small>dari {len(rows) + len(portfolio.missing)}</small>"),
        ("Skor rata-rata", f"{mean} <small>dari {_TOP}</small>"),
        ("Penilaian terisi, rata-rata", f"{number(100 * filled)}\u202f%"),
        ("Anggaran lima tahun", escape(rupiah(portfolio.budget))),
        ("Belum terdanai", escape(rupiah(portfolio.unfunded))),
        ("Isian yang masih terbuka", number(sum(row.open_items for row in rows))),
    )
    return f'<dl class="tiles">{"".join(f"<div><dt>{name}</dt><dd>{text}</dd></div>" for name, text in tiles)}</dl>'


def _cities(portfolio: Portfolio) -> str:
    heads = "".join(_button(head, number=head not in _WORDS) for head in _HEADS)
    rows = "".join(f"<tr{_query(row)}>{''.join(_city(row))}</tr>" for row in portfolio.rows)
    return (
        '<h2 id="daerah">Daerah</h2><p><label>Cari: <input id="search" type="search" autocomplete="off" '
        'placeholder="nama, provinsi, wilayah, atau tahap"></label> <span id="found" role="status"></span></p>'
        '<div class="wide"><table id="cities"><caption>Ketuk judul kolom untuk mengurutkan. Anggaran dan kebutuhan '
        f"yang belum terdanai mencakup tahun 1 sampai 5.</caption><thead><tr>{heads}"
        f'<th scope="col">Berkas</th></tr></thead><tbody>{rows}</tbody></table></div>'
    )


def _button(text: str, *, number: bool = False) -> str:
    kind = ' class="n"' if number else ""
    return f'<th scope="col"{kind}><button type="button">{escape(text)}</button></th>'


def _query(row: CityRow) -> str:
    """Return the words by which a row is found, for the table and the heat map alike."""
    return f' data-q="{escape(" ".join((row.name, row.province, row.islands, _stage(row))))}"'


def _stage(row: CityRow) -> str:
    return row.stage or "belum mulai"


def _city(row: CityRow) -> Iterable[str]:
    yield f'<th scope="row">{escape(row.name)}</th>'
    yield _text(row.province)
    yield f'<td class="w">{escape(_stage(row))}</td>'
    yield _score(row.scores.get(OVERALL), bar=True)
    yield _score(row.scores.get(READINESS))
    yield _cell(f"{number(100 * row.complete)}\u202f%", row.complete, _bar(row.complete))
    yield _cell(str(len(row.gaps)), len(row.gaps))
    yield _cell(str(len(row.programs) + row.own_programs), len(row.programs) + row.own_programs)
    yield _cell(str(row.quick_wins), row.quick_wins)
    yield _cell(rupiah(row.budget), row.budget)
    yield _cell(rupiah(row.unfunded), row.unfunded)
    yield _cell(str(row.open_items), row.open_items)
    yield f"<td>{_files(row)}</td>"


def _files(row: CityRow) -> str:
    """Return the files of a city, those of one book in a line, folded away."""
    if not row.files:
        return ""
    lines = []
    for stem, names in groupby(row.files, lambda name: name.rpartition(".")[0]):
        links = (
            f'<a href="../{quote(row.slug)}/{quote(name)}">{escape(name.rpartition(".")[2].upper())}</a>'
            for name in names
        )
        lines.append(f"<li>{escape(stem.replace('-', ' '))}: {' · '.join(links)}</li>")
    return f"<details><summary>{len(row.files)} berkas</summary><ul>{''.join(lines)}</ul></details>"


def _heat(portfolio: Portfolio, palette: Palette) -> str:
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
        rows.append(f'<tr{_query(row)}><th scope="row">{escape(row.name)}</th>{cells}</tr>')
    # `bgcolor` is markup, not style, and so needs no permission by the policy.
    key = "".join(f'<td bgcolor="#{escape(colour)}">{level}</td>' for level, colour in enumerate(palette.levels))
    return (
        '<h2 id="peta">Peta panas: daerah dan subdimensi</h2>'
        f'<table class="key"><thead></thead><tbody><tr><td>Tingkat</td>{key}</tr></tbody></table>'
        '<div class="wide"><table id="heat" class="v"><caption>Skor 0 sampai 4; sel kosong belum dinilai. Pencarian di '
        f"atas juga menyaring peta ini.</caption><thead><tr><th></th>{over}</tr><tr>{_button('Daerah')}{names}"
        f"</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def _shade(score: float | None, palette: Palette) -> str:
    if score is None:
        return '<td class="h" data-v=""></td>'
    colour = palette.levels[min(_TOP, max(0, round(score)))]
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
    return _cell(number(value, 2, fixed=True), value, _bar(value / _TOP) if bar else "")


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
    left, mark, right = (round(2 * _BAR * value / _TOP, 1) for value in (group.lowest, group.mean, group.highest))
    return (
        f'<svg width="{2 * _BAR}" height="11" aria-hidden="true"><rect y="5" width="{2 * _BAR}" height="1" '
        f'fill="#d9dee4"/><rect x="{left}" y="3" width="{max(1.0, round(right - left, 1))}" height="5" fill="#9db9c6"/>'
        f'<rect x="{mark - 1}" width="3" height="11" fill="#0b4f6c"/></svg>'
    )
