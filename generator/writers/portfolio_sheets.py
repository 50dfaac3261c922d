"""The portfolio as a workbook: cities, heat map, mentoring, files, groups, frequent gaps and programmes, likeness."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from urllib.parse import quote

from generator.compose.portfolio_words import ASSESSMENTS, file_groups, level_of, mark, stage_words
from generator.compose.typography import long_date
from generator.model.document import Palette
from generator.model.portfolio import CityRow, Frequent, Group, Portfolio
from generator.model.scorecard import OVERALL, READINESS
from generator.writers.xlsx import write_sheets
from generator.writers.xlsx.sheet import Column, Link, Shade, Sheet, Value

FILE_NAME = "portofolio.xlsx"
_DECIMALS = 2


def write(portfolio: Portfolio, palette: Palette) -> bytes:
    """Return the workbook; it says that it was made on the day of the portfolio and depends on the arguments alone."""
    return write_sheets(sheets(portfolio, palette), portfolio.title, portfolio.day)


def sheets(portfolio: Portfolio, palette: Palette) -> Iterator[Sheet]:
    """Give the sheets in their order, each when it is asked for: those of many cities are long."""
    names = {row.slug: row.name for row in portfolio.rows}
    pairs = tuple(
        (names.get(pair.first, pair.first), names.get(pair.second, pair.second), round(100 * pair.share))
        for pair in portfolio.alike
    )
    yield _cities(portfolio)
    yield _heat(portfolio, palette)
    yield _mentoring(portfolio)
    yield _files(portfolio)
    yield _groups("Jenis", "Skor menurut jenis daerah", portfolio.types)
    yield _groups("Wilayah", "Skor menurut wilayah", portfolio.islands)
    yield _frequent("Kesenjangan", "Kesenjangan yang paling sering ditemukan", portfolio.gaps)
    yield _frequent("Program", "Program yang paling sering dijadwalkan", portfolio.programs)
    yield Sheet(
        name="Kemiripan",
        title="Naskah yang terlalu mirip",
        note="Bagian naskah yang sama, dalam persen",
        columns=(Column("Daerah", 30), Column("Daerah lain", 30), Column("Sama (%)", 10)),
        rows=pairs,
    )


def _cities(portfolio: Portfolio) -> Sheet:
    day = portfolio.day
    columns = (
        Column("Kode", 9), Column("Daerah", 30), Column("Provinsi", 24), Column("Wilayah", 18),
        Column("Penilaian", 12), Column(f"Tahap per {long_date(day)}", 32), _scores("Skor", 8),
        _scores("Kesiapan", 10), Column("Terisi (%)", 10), Column("Kesenjangan", 12, total=True),
        Column("Program", 10, total=True), Column("Quick win", 10, total=True),
        Column("Anggaran lima tahun", 18, money=True, total=True),
        Column("Belum terdanai", 18, money=True, total=True), Column("Isian terbuka", 12, total=True),
        Column("Tanggal draf", 18), Column("Keterangan", 46),
    )  # fmt: skip
    rows: list[tuple[Value, ...]] = [_city(row, day) for row in portfolio.rows]
    empty = [None for _ in columns[3:]]
    rows += [(city.code or None, city.title, *empty, mark(city)) for city in portfolio.missing]
    asked = len(rows)
    note = (
        f"{len(portfolio.rows)} dari {asked} daerah mempunyai draf; skor 0 sampai 4; anggaran dalam rupiah; tahap "
        f"pendampingan per {long_date(day)}, untuk hari lain lihat lembar Pendampingan; nama daerah membuka foldernya"
    )
    return Sheet(name="Daerah", title=portfolio.title, note=note, columns=columns, rows=tuple(rows), frozen=2)


def _city(row: CityRow, day: date) -> tuple[Value, ...]:
    return (
        row.code, Link(row.name, _address(row, "")), row.province, row.islands or None,
        ASSESSMENTS.get(row.assessment, row.assessment), stage_words(row.calendar, day),
        _score(row.scores.get(OVERALL)), _score(row.scores.get(READINESS)), round(100 * row.complete),
        len(row.gaps), len(row.programs) + row.own_programs, row.quick_wins, row.budget, row.unfunded,
        row.open_items, date.fromisoformat(row.day), mark(row) or None,
    )  # fmt: skip


def _address(row: CityRow, name: str) -> str:
    """Return where a file of a city lies, seen from the workbook's folder.

    Only ASCII is quoted: spreadsheet programs write other letters as they are, and not all read them quoted.
    """
    path = f"../{row.slug}/{name}"
    return "".join(quote(letter) if letter.isascii() else letter for letter in path)


def _heat(portfolio: Portfolio, palette: Palette) -> Sheet:
    rows: list[tuple[Value, ...]] = [
        (row.name, *(_shade(row.scores.get(area), palette) for area, _, _ in portfolio.areas)) for row in portfolio.rows
    ]
    rows += [(city.title, *(None for _ in portfolio.areas)) for city in portfolio.missing]
    return Sheet(
        name="Peta panas",
        title="Skor subdimensi menurut daerah",
        note="Skor 0 sampai 4, warna menurut tingkat terdekat; sel kosong belum dinilai",
        columns=(
            Column("Daerah", 30),
            *(_scores(f"{dimension}: {name}", 14) for _, name, dimension in portfolio.areas),
        ),
        rows=tuple(rows),
        frozen=1,
        header_lines=4,
    )


def _mentoring(portfolio: Portfolio) -> Sheet:
    rows = tuple(
        (row.name, name, date.fromisoformat(start), date.fromisoformat(end))
        for row in portfolio.rows
        for name, start, end in row.calendar
    )
    return Sheet(
        name="Pendampingan",
        title="Langkah pendampingan menurut daerah",
        note="Saring kolom Mulai dan Selesai untuk melihat langkah yang berjalan pada hari tertentu",
        columns=(Column("Daerah", 30), Column("Langkah", 60), Column("Mulai", 18), Column("Selesai", 18)),
        rows=rows,
        frozen=1,
    )


def _files(portfolio: Portfolio) -> Sheet:
    rows = tuple(
        (row.name, folder or None, Link(name.rpartition("/")[2], _address(row, name)))
        for row in portfolio.rows
        for folder, names in file_groups(row.files)
        for name in names
    )
    return Sheet(
        name="Berkas",
        title="Berkas menurut daerah",
        note="Tautan berlaku selama folder portofolio berada di samping folder daerah",
        columns=(Column("Daerah", 30), Column("Subfolder", 20), Column("Berkas", 60)),
        rows=rows,
        frozen=1,
    )


def _groups(name: str, title: str, groups: Sequence[Group]) -> Sheet:
    columns = (
        Column(name, 30), Column("Daerah", 10), _scores("Rata-rata", 10), _scores("Terendah", 10),
        _scores("Tertinggi", 10),
    )  # fmt: skip
    rows = tuple(
        (group.name, group.cities, _score(group.mean), _score(group.lowest), _score(group.highest)) for group in groups
    )
    return Sheet(name=name, title=title, note="Skor keseluruhan, 0 sampai 4", columns=columns, rows=rows, frozen=1)


def _frequent(name: str, title: str, entries: Sequence[Frequent]) -> Sheet:
    columns = (Column("Kode", 34), Column(name, 60), Column("Daerah", 10))
    rows = tuple((entry.id, entry.name, entry.cities) for entry in entries)
    return Sheet(name=name, title=title, note="Banyaknya daerah", columns=columns, rows=rows)


def _scores(title: str, width: int) -> Column:
    return Column(title, width, decimals=_DECIMALS)


def _score(value: float | None) -> float | None:
    return None if value is None else round(value, _DECIMALS)


def _shade(value: float | None, palette: Palette) -> Shade | None:
    return None if value is None else Shade(round(value, _DECIMALS), palette.levels[level_of(value)])
