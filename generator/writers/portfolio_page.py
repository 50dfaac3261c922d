"""The portfolio as one HTML file: it needs no network, no other file and no server, and names nothing outside itself.

Every text is escaped; the page's policy allows only the one script and the one style that it carries, by their hash.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from html import escape
from urllib.parse import quote

from generator.compose.typography import number, rupiah
from generator.model.document import Palette
from generator.model.portfolio import CityRow, Frequent, Group, Portfolio
from generator.model.scorecard import OVERALL, READINESS

FILE_NAME = "index.html"
_STYLE = """
body{font:15px/1.45 Carlito,Calibri,system-ui,sans-serif;color:#1b2433;margin:0 auto;padding:1.5rem;max-width:90rem}
h1{font-size:1.6rem;margin:0 0 .3rem}h2{font-size:1.15rem;margin:2rem 0 .5rem}p{margin:.3rem 0;max-width:60rem}
.wide{overflow-x:auto}table{border-collapse:collapse;font-size:.9rem}
caption{text-align:left;padding:.2rem 0;color:#5b6470}
th,td{padding:.25rem .55rem;border-bottom:1px solid #d9dee4;text-align:left;vertical-align:top}
thead th{background:#0b4f6c;color:#fff;position:sticky;top:0}thead button{all:unset;cursor:pointer;font-weight:600}
thead button:focus-visible,input:focus-visible,a:focus-visible{outline:3px solid #c77700;outline-offset:2px}
th[aria-sort=ascending] button::after{content:" \\25b2"}th[aria-sort=descending] button::after{content:" \\25bc"}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}td.h{text-align:center;min-width:2.6rem}
.mark{background:#fff3bf;padding:.2rem .5rem;font-weight:600}
input{font:inherit;padding:.35rem .6rem;width:min(30rem,100%)}
.v th{writing-mode:vertical-rl;vertical-align:bottom;max-height:14rem}.v th:first-child{writing-mode:horizontal-tb}
@media print{input,#found{display:none}thead th{position:static}}
"""
_SCRIPT = """
const table=document.getElementById("cities"),body=table.tBodies[0],box=document.getElementById("search"),
found=document.getElementById("found");
function plain(text){return text.toLowerCase().normalize("NFD").replace(/[\\u0300-\\u036f]/g,"")}
function search(){let words=plain(box.value).split(/\\s+/).filter(Boolean),shown=0;
for(const row of body.rows){const text=plain(row.textContent),fits=words.every(word=>text.includes(word));
row.hidden=!fits;shown+=fits}found.textContent=shown+" dari "+body.rows.length+" daerah"}
box.addEventListener("input",search);
table.tHead.querySelectorAll("button").forEach((button,column)=>button.addEventListener("click",()=>{
const head=button.parentElement,down=head.getAttribute("aria-sort")==="ascending",sign=down?-1:1;
for(const other of table.tHead.rows[0].cells)other.removeAttribute("aria-sort");
head.setAttribute("aria-sort",down?"descending":"ascending");
const key=row=>{const cell=row.cells[column];return cell.dataset.v??cell.textContent};
const rows=[...body.rows].map((row,at)=>[key(row),at,row]);
rows.sort(([a,i],[b,j])=>{if((a==="")!==(b===""))return a===""?1:-1;
const x=Number(a),y=Number(b),both=a!==""&&b!==""&&!isNaN(x)&&!isNaN(y);
return sign*(both?x-y:a.localeCompare(b,"id"))||i-j});
body.append(...rows.map(entry=>entry[2]))}));search();
"""


def write(portfolio: Portfolio, palette: Palette) -> bytes:
    """Return the page as UTF-8; links lead to the cities' files beside the folder of the portfolio."""
    names = {row.slug: row.name for row in portfolio.rows}
    parts = (
        _head(portfolio),
        _cities(portfolio),
        _heat(portfolio, palette),
        _groups("Skor menurut jenis daerah", portfolio.types),
        _groups("Skor menurut wilayah", portfolio.islands),
        _frequent("Kesenjangan yang paling sering", portfolio.gaps),
        _frequent("Program yang paling sering", portfolio.programs),
        _table(
            "Naskah yang terlalu mirip",
            ("Daerah", "Daerah lain", "Sama"),
            [
                [
                    _text(names.get(pair.first, pair.first)),
                    _text(names.get(pair.second, pair.second)),
                    _cell(f"{number(100 * pair.share)}\u202f%"),
                ]
                for pair in portfolio.alike
            ],
        ),
    )
    return "\n".join((*parts, f"<script>{_SCRIPT}</script></body></html>", "")).encode("utf-8", "replace")


def _allowed(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _head(portfolio: Portfolio) -> str:
    policy = f"default-src 'none'; style-src {_allowed(_STYLE)}; script-src {_allowed(_SCRIPT)}; base-uri 'none'"
    mark = (
        '<p><span class="mark">DATA CONTOH</span> Sebagian penilaian adalah data contoh.</p>'
        if portfolio.sample
        else ""
    )
    absent = ", ".join(portfolio.missing)
    missing = f"<p>Belum ada draf: {escape(absent)}.</p>" if absent else ""
    title = escape(portfolio.title)
    return (
        '<!DOCTYPE html><html lang="id"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{_STYLE}</style></head><body><h1>{title}</h1>"
        f"<p>{len(portfolio.rows)} daerah; anggaran lima tahun {escape(rupiah(portfolio.budget))}, "
        f"belum terdanai {escape(rupiah(portfolio.unfunded))}.</p>{mark}{missing}"
    )


def _cities(portfolio: Portfolio) -> str:
    heads = (
        "Daerah", "Provinsi", "Tahap", "Skor", "Kesiapan", "Terisi", "Kesenjangan", "Program", "Quick win", "Anggaran",
        "Belum terdanai", "Isian terbuka", "Berkas",
    )  # fmt: skip
    cells = "".join(f'<th scope="col"><button type="button">{head}</button></th>' for head in heads)
    rows = "".join(f"<tr>{''.join(_city(row))}</tr>" for row in portfolio.rows)
    return (
        '<h2>Daerah</h2><p><label>Cari: <input id="search" type="search" autocomplete="off"></label> '
        f'<span id="found" role="status"></span></p><div class="wide"><table id="cities"><thead>'
        f"<tr>{cells}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _city(row: CityRow) -> Iterable[str]:
    yield f'<th scope="row">{escape(row.name)}</th>'
    yield _text(row.province)
    yield _text(row.stage)
    yield _score(row.scores.get(OVERALL))
    yield _score(row.scores.get(READINESS))
    yield _cell(f"{number(100 * row.complete)}\u202f%", row.complete)
    yield _cell(str(len(row.gaps)), len(row.gaps))
    yield _cell(str(len(row.programs) + row.own_programs), len(row.programs) + row.own_programs)
    yield _cell(str(row.quick_wins), row.quick_wins)
    yield _cell(rupiah(row.budget), row.budget)
    yield _cell(rupiah(row.unfunded), row.unfunded)
    yield _cell(str(row.open_items), row.open_items)
    links = (f'<a href="../{quote(row.slug)}/{quote(name)}">{escape(name)}</a>' for name in row.files)
    yield f"<td>{'<br>'.join(links)}</td>"


def _heat(portfolio: Portfolio, palette: Palette) -> str:
    heads = "".join(
        f'<th scope="col" title="{escape(dimension)}">{escape(name)}</th>' for _, name, dimension in portfolio.areas
    )
    rows = []
    for row in portfolio.rows:
        cells = "".join(_shade(row.scores.get(area), palette) for area, _, _ in portfolio.areas)
        rows.append(f'<tr><th scope="row">{escape(row.name)}</th>{cells}</tr>')
    return (
        '<h2>Peta panas: daerah dan subdimensi</h2><div class="wide"><table id="heat" class="v"><caption>'
        f'Skor 0 sampai 4; sel kosong belum dinilai.</caption><thead><tr><th scope="col">Daerah</th>{heads}'
        f"</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def _shade(score: float | None, palette: Palette) -> str:
    if score is None:
        return '<td class="h"></td>'
    colour = palette.levels[min(4, max(0, round(score)))]
    # `bgcolor` is markup, not style, and so needs no permission by the policy.
    return f'<td class="h" bgcolor="#{escape(colour)}">{number(score, 1)}</td>'


def _groups(title: str, groups: Sequence[Group]) -> str:
    rows = [
        [_text(group.name), _cell(str(group.cities)), _score(group.mean), _score(group.lowest), _score(group.highest)]
        for group in groups
    ]
    return _table(title, ("Kelompok", "Daerah", "Rata-rata", "Terendah", "Tertinggi"), rows)


def _frequent(title: str, entries: Sequence[Frequent]) -> str:
    return _table(title, ("Nama", "Daerah"), [[_text(entry.name), _cell(str(entry.cities))] for entry in entries])


def _table(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    if not rows:
        return ""
    cells = "".join(f'<th scope="col">{head}</th>' for head in heads)
    body = "".join(f"<tr>{''.join(row)}</tr>" for row in rows)
    return (
        f'<h2>{title}</h2><div class="wide"><table><thead><tr>{cells}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def _text(text: str) -> str:
    return f"<td>{escape(text)}</td>"


def _cell(text: str, value: float | None = None) -> str:
    sort = "" if value is None else f' data-v="{value}"'
    return f'<td class="n"{sort}>{escape(text)}</td>'


def _score(value: float | None) -> str:
    return '<td class="n" data-v=""></td>' if value is None else _cell(number(value, 2, fixed=True), value)
