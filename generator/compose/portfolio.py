"""The portfolio as a report: the same figures as the page and the workbook, as block trees.

The report of many cities comes in volumes, so that none is longer than a reader leafs through and none takes more
memory to lay out than the next, however many cities there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from math import ceil

from generator.compose.numbering import number_blocks, resolve
from generator.compose.tables.bench import RIGHT, cell, columns, data_table, header, row
from generator.compose.typography import long_date, number, percent, rupiah
from generator.model.document import (
    Block,
    Cell,
    Chapter,
    Contents,
    Cover,
    Document,
    Landscape,
    Paragraph,
    Row,
    Section,
    Text,
)
from generator.model.framework import Framework
from generator.model.portfolio import CityRow, Frequent, Group, Portfolio
from generator.model.scorecard import OVERALL, READINESS

FILE_NAME = "portofolio"
PER_VOLUME = 100
"""Most cities whose tables one document holds; the 75 that are mentored stay in the report itself."""
MOST_PAIRS = 100
"""Most pairs that the report names; page and workbook name all."""
SAMPLE_MARK = "DATA CONTOH"
_SUBTITLE = "Masterplan daerah peserta pendampingan"
_HOW = (
    "Skor berkisar dari 0 sampai 4. Kolom terisi menyatakan bagian bobot indikator yang sudah terjawab; nilai yang "
    "kosong belum dinilai dan tidak dihitung sebagai nol. Tahap adalah langkah pendampingan pada tanggal draf."
)


def reports(portfolio: Portfolio, framework: Framework, day: date) -> Iterator[Document]:
    """Give the report and, where there are more cities than one holds, the volumes with their tables after it.

    Each is made when it is asked for. `day` is the newest date among the drafts, which they carry in place of the
    clock.
    """
    volumes = _volumes(portfolio.rows)
    yield _report(portfolio, framework, day, volumes)
    if len(volumes) > 1:
        for at, rows in enumerate(volumes, 1):
            yield _volume(portfolio, framework, day, at, rows)


def _volumes(rows: Sequence[CityRow]) -> tuple[Sequence[CityRow], ...]:
    """Return the cities in as few parts of about the same size as hold them."""
    count = max(1, ceil(len(rows) / PER_VOLUME))
    edges = [len(rows) * at // count for at in range(count + 1)]
    return tuple(rows[start:end] for start, end in pairwise(edges))


def _report(portfolio: Portfolio, framework: Framework, day: date, volumes: Sequence[Sequence[CityRow]]) -> Document:
    one_by_one = _one_by_one(portfolio, portfolio.rows) if len(volumes) == 1 else _where(volumes)
    chapters = (
        _chapter("ringkasan", "Ringkasan", _summary(portfolio)),
        _chapter("daerah", "Daerah satu per satu", one_by_one),
        _chapter(
            "kelompok",
            "Skor menurut kelompok",
            (
                _section("jenis", "Menurut jenis daerah", _groups("jenis", portfolio.types)),
                _section("wilayah", "Menurut wilayah", _groups("wilayah", portfolio.islands)),
            ),
        ),
        _chapter(
            "sering",
            "Yang paling sering",
            (
                _section("kesenjangan", "Kesenjangan", _frequent("kesenjangan", "Kesenjangan", portfolio.gaps)),
                _section("program", "Program", _frequent("program", "Program", portfolio.programs)),
            ),
        ),
        _chapter("kemiripan", "Naskah yang terlalu mirip", _alike(portfolio)),
    )
    return _document(FILE_NAME, portfolio, framework, day, _SUBTITLE, len(portfolio.rows), chapters)


def _volume(portfolio: Portfolio, framework: Framework, day: date, at: int, rows: Sequence[CityRow]) -> Document:
    chapter = _chapter("daerah", "Daerah satu per satu", _one_by_one(portfolio, rows))
    subtitle = f"Jilid {at}: {rows[0].name} sampai dengan {rows[-1].name}"
    return _document(_volume_name(at), portfolio, framework, day, subtitle, len(rows), (chapter,))


def _volume_name(at: int) -> str:
    return f"{FILE_NAME}-jilid-{at}"


def _document(
    name: str,
    portfolio: Portfolio,
    framework: Framework,
    day: date,
    subtitle: str,
    cities: int,
    chapters: tuple[Chapter, ...],
) -> Document:
    numbered, labels = number_blocks(chapters)
    body, _, _ = resolve(numbered, labels, {})
    return Document(
        id=name,
        file_name=name,
        title=portfolio.title,
        subject=subtitle,
        author=framework.programme,
        keywords=("smart city", "portofolio"),
        category=framework.programme,
        date=day.isoformat(),
        version="1",
        cover=Cover(
            title="Portofolio",
            subtitle=subtitle,
            region=f"{number(cities)} daerah",
            period="",
            status=f"Keadaan {long_date(day)}" + (f" · {SAMPLE_MARK}" if portfolio.sample else ""),
            lines=framework.ministry_lines,
            of_region=False,
        ),
        palette=framework.look.palette,
        front=(Contents(id="list-headings", lists="headings", title="Daftar Isi"),),
        body=body,
        mark=SAMPLE_MARK if portfolio.sample else "",
    )


def _chapter(id: str, title: str, blocks: Sequence[Block | None]) -> Chapter:
    return Chapter(id=id, title=(Text(title),), children=tuple(block for block in blocks if block is not None))


def _section(id: str, title: str, block: Block | None) -> Section | None:
    return Section(id=f"sub-{id}", level=2, title=(Text(title),), children=(block,)) if block is not None else None


def _wide(id: str, block: Block | None) -> Landscape | None:
    return Landscape(id=f"lanskap-{id}", children=(block,)) if block is not None else None


def _paragraph(id: str, text: str) -> Paragraph:
    return Paragraph(id=id, content=(Text(text),))


def _summary(portfolio: Portfolio) -> tuple[Block, ...]:
    rows = portfolio.rows
    scores = [score for one in rows if (score := one.scores.get(OVERALL)) is not None]
    found: list[Block] = [
        _paragraph(
            "banyak",
            f"Portofolio ini memuat {number(len(rows))} daerah. Anggaran lima tahun seluruhnya "
            f"{rupiah(portfolio.budget)}; program yang belum terdanai bernilai {rupiah(portfolio.unfunded)}.",
        )
    ]
    if scores:
        found.append(
            _paragraph(
                "skor",
                f"Skor keseluruhan rata-rata {number(sum(scores) / len(scores), 2)} dari 4, terendah "
                f"{number(min(scores), 2)} dan tertinggi {number(max(scores), 2)}.",
            )
        )
    if rows:
        filled = sum(one.complete for one in rows) / len(rows)
        holes = sum(one.open_items for one in rows)
        found.append(
            _paragraph(
                "kelengkapan",
                f"Penilaian rata-rata terisi {percent(100 * filled, 0)}; "
                f"draf masih memuat {number(holes)} isian terbuka.",
            )
        )
    if portfolio.missing:
        found.append(_paragraph("belum", f"Belum ada draf untuk {number(len(portfolio.missing))} daerah lain."))
    return tuple(found)


def _one_by_one(portfolio: Portfolio, rows: Sequence[CityRow]) -> tuple[Block | None, ...]:
    return (_paragraph("cara", _HOW), _wide("daerah", _cities(rows)), _wide("peta", _heat(portfolio.areas, rows)))


def _where(volumes: Sequence[Sequence[CityRow]]) -> tuple[Block | None, ...]:
    """Return which volume holds which cities."""
    rows = [
        row(
            cell(f"Jilid {at}", header=True),
            cell(_volume_name(at)),
            cell(part[0].name),
            cell(part[-1].name),
            cell(number(len(part)), align=RIGHT),
        )
        for at, part in enumerate(volumes, 1)
    ]
    head = header("Jilid", "Berkas", "Daerah pertama", "Daerah terakhir", cell("Daerah", header=True, align=RIGHT))
    text = (
        f"Tabel daerah satu per satu dan peta panasnya dimuat dalam {number(len(volumes))} jilid di folder yang sama, "
        "masing-masing sebagai DOCX dan PDF."
    )
    widths = columns(0.8, 1.6, 2.2, 2.2, (0.8, RIGHT))
    return _paragraph("jilid", text), data_table("tbl-jilid", head, widths, rows, "Jilid dan daerah di dalamnya")


def _cities(cities: Sequence[CityRow]) -> Block | None:
    titles = ("Skor", "Kesiapan", "Terisi", "Kesenjangan", "Program", "Anggaran lima tahun", "Isian terbuka")
    head = header("Daerah", "Tahap", *(cell(title, header=True, align=RIGHT) for title in titles))
    rows = [
        row(
            cell(one.name, header=True),
            cell(one.stage or "–"),
            _score(one.scores.get(OVERALL)),
            _score(one.scores.get(READINESS)),
            cell(percent(100 * one.complete, 0), align=RIGHT),
            cell(number(len(one.gaps)), align=RIGHT),
            cell(number(len(one.programs) + one.own_programs), align=RIGHT),
            cell(rupiah(one.budget), align=RIGHT),
            cell(number(one.open_items), align=RIGHT),
        )
        for one in cities
    ]
    widths = columns(2.6, 2.6, *((weight, RIGHT) for weight in (0.7, 0.9, 0.8, 1.2, 0.9, 1.6, 0.9)))
    return data_table("tbl-daerah", head, widths, rows, "Daerah peserta dan drafnya", look="matrix")


def _heat(areas: Sequence[tuple[str, str, str]], cities: Sequence[CityRow]) -> Block | None:
    head = header("Daerah", *(cell(str(at), header=True, align="center") for at in range(1, len(areas) + 1)))
    rows = [
        row(cell(one.name, header=True), *(_shaded(one.scores.get(area)) for area, _, _ in areas)) for one in cities
    ]
    widths = columns(4, *((0.8, "center") for _ in areas))
    key = "; ".join(f"{at} {name}" for at, (_, name, _) in enumerate(areas, 1))
    return data_table(
        "tbl-peta", head, widths, rows, "Skor subdimensi menurut daerah", (Text(f"Kolom: {key}."),), look="matrix"
    )


def _groups(id: str, groups: Sequence[Group]) -> Block | None:
    titles = ("Daerah", "Rata-rata", "Terendah", "Tertinggi")
    head = header("Kelompok", *(cell(title, header=True, align=RIGHT) for title in titles))
    rows = [
        row(
            cell(group.name, header=True),
            cell(number(group.cities), align=RIGHT),
            *(_score(score) for score in (group.mean, group.lowest, group.highest)),
        )
        for group in groups
    ]
    return data_table(f"tbl-{id}", head, columns(4, *((1.0, RIGHT) for _ in titles)), rows, f"Skor menurut {id}")


def _frequent(id: str, title: str, entries: Sequence[Frequent]) -> Block | None:
    rows = [row(cell(entry.name), cell(number(entry.cities), align=RIGHT)) for entry in entries]
    head = header(title, cell("Daerah", header=True, align=RIGHT))
    return data_table(f"tbl-{id}", head, columns(6, (1, RIGHT)), rows, f"{title} yang paling sering")


def _alike(portfolio: Portfolio) -> tuple[Block | None, ...]:
    names = {one.slug: one.name for one in portfolio.rows}
    rows: list[Row] = [
        row(
            cell(names.get(pair.first, pair.first)),
            cell(names.get(pair.second, pair.second)),
            cell(percent(100 * pair.share, 0), align=RIGHT),
        )
        for pair in portfolio.alike[:MOST_PAIRS]
    ]
    if not rows:
        return (_paragraph("tidak-mirip", "Tidak ada dua daerah yang naskahnya terlalu mirip."),)
    head = header("Daerah", "Daerah lain", cell("Bagian yang sama", header=True, align=RIGHT))
    table = data_table("tbl-mirip", head, columns(3, 3, (1.4, RIGHT)), rows, "Pasangan daerah dengan naskah mirip")
    if len(rows) == len(portfolio.alike):
        return (table,)
    text = (
        f"Tabel memuat {number(len(rows))} pasangan yang paling mirip dari {number(len(portfolio.alike))}. "
        "Halaman portofolio dan buku kerjanya memuat semua pasangan."
    )
    return _paragraph("pasangan", text), table


def _score(value: float | None) -> Cell:
    return cell("–" if value is None else number(value, 2, fixed=True), align=RIGHT)


def _shaded(value: float | None) -> Cell:
    if value is None:
        return cell("–", align="center")
    return cell(number(value, 1, fixed=True), level=min(4, max(0, round(value))), align="center")
