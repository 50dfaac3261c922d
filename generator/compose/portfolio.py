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
from generator.compose.portfolio_summary import amiss, ends, paragraph, score_cell, stages, summary
from generator.compose.portfolio_words import level_of, mark, stage_words
from generator.compose.tables.bench import RIGHT, cell, columns, data_table, header, row, stacked
from generator.compose.typography import long_date, number, percent, rupiah
from generator.model.document import (
    Block,
    Cell,
    Chapter,
    Contents,
    Cover,
    Document,
    Landscape,
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
    "kosong belum dinilai dan tidak dihitung sebagai nol."
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
    one_by_one = _one_by_one(portfolio, portfolio.rows, day) if len(volumes) == 1 else _where(volumes)
    chapters = (
        _chapter(
            "ringkasan",
            "Ringkasan",
            (
                *summary(portfolio),
                _section("keadaan", "Daerah tanpa draf dari batch terakhir", *amiss(portfolio)),
                _section("jenis", "Skor menurut jenis daerah", _groups("jenis", portfolio.types)),
                _section("wilayah", "Skor menurut wilayah", _groups("wilayah", portfolio.islands)),
            ),
        ),
        _chapter("daerah", "Daerah satu per satu", one_by_one),
        _chapter(
            "sering",
            "Yang paling sering",
            (
                _section("kesenjangan", "Kesenjangan", _frequent("kesenjangan", "Kesenjangan", portfolio.gaps)),
                _section("program", "Program", _frequent("program", "Program", portfolio.programs)),
            ),
        ),
        *((_chapter("kemiripan", "Naskah yang terlalu mirip", _alike(portfolio)),) if portfolio.alike else ()),
    )
    return _document(FILE_NAME, portfolio, framework, day, _SUBTITLE, len(portfolio.rows), chapters)


def _volume(portfolio: Portfolio, framework: Framework, day: date, at: int, rows: Sequence[CityRow]) -> Document:
    chapter = _chapter("daerah", "Daerah satu per satu", _one_by_one(portfolio, rows, day))
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


def _section(id: str, title: str, *blocks: Block | None) -> Section | None:
    inside = tuple(block for block in blocks if block is not None)
    return Section(id=f"sub-{id}", level=2, title=(Text(title),), children=inside) if inside else None


def _wide(id: str, block: Block | None) -> Landscape | None:
    return Landscape(id=f"lanskap-{id}", children=(block,)) if block is not None else None


def _one_by_one(portfolio: Portfolio, rows: Sequence[CityRow], day: date) -> tuple[Block | None, ...]:
    return (
        paragraph("cara", f"{_HOW} Tahap adalah langkah pendampingan per {long_date(day)}."),
        stages(rows, day),
        ends(rows),
        _wide("daerah", _cities(rows, day)),
        _wide("peta", _heat(portfolio.areas, rows)),
    )


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
    return paragraph("jilid", text), data_table("tbl-jilid", head, widths, rows, "Jilid dan daerah di dalamnya")


def _name(one: CityRow) -> Cell:
    return stacked([one.name, mark(one)], header=True) if mark(one) else cell(one.name, header=True)


def _cities(cities: Sequence[CityRow], day: date) -> Block | None:
    titles = ("Skor", "Kesiapan", "Terisi", "Kesenjangan", "Program", "Anggaran lima tahun", "Isian terbuka")
    head = header("Daerah", "Tahap", *(cell(title, header=True, align=RIGHT) for title in titles))
    rows = [
        row(
            _name(one),
            cell(stage_words(one.calendar, day)),
            score_cell(one.scores.get(OVERALL)),
            score_cell(one.scores.get(READINESS)),
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
    rows = [row(_name(one), *(_shaded(one.scores.get(area)) for area, _, _ in areas)) for one in cities]
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
            *(score_cell(score) for score in (group.mean, group.lowest, group.highest)),
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
    head = header("Daerah", "Daerah lain", cell("Bagian yang sama", header=True, align=RIGHT))
    table = data_table("tbl-mirip", head, columns(3, 3, (1.4, RIGHT)), rows, "Pasangan daerah dengan naskah mirip")
    if len(rows) == len(portfolio.alike):
        return (table,)
    text = (
        f"Tabel memuat {number(len(rows))} pasangan yang paling mirip dari {number(len(portfolio.alike))}. "
        "Halaman portofolio dan buku kerjanya memuat semua pasangan."
    )
    return paragraph("pasangan", text), table


def _shaded(value: float | None) -> Cell:
    if value is None:
        return cell("–", align="center")
    return cell(number(value, 1, fixed=True), level=level_of(value), align="center")
