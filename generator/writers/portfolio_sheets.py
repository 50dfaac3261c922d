"""The portfolio as a workbook: cities, heat map, groups, frequent gaps and programmes, likeness."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from generator.model.portfolio import Frequent, Group, Portfolio
from generator.model.scorecard import OVERALL, READINESS
from generator.writers.xlsx import write_sheets
from generator.writers.xlsx.sheet import Column, Sheet, Value

FILE_NAME = "portofolio.xlsx"


def write(portfolio: Portfolio, day: date) -> bytes:
    """Return the workbook; it says that it was made on `day`, and its bytes depend on the arguments alone."""
    return write_sheets(sheets(portfolio), portfolio.title, day)


def sheets(portfolio: Portfolio) -> tuple[Sheet, ...]:
    """Return the sheets in their order."""
    names = {row.slug: row.name for row in portfolio.rows}
    pairs = tuple(
        (names.get(pair.first, pair.first), names.get(pair.second, pair.second), round(100 * pair.share))
        for pair in portfolio.alike
    )
    return (
        _cities(portfolio),
        _heat(portfolio),
        _groups("Jenis", "Skor menurut jenis daerah", portfolio.types),
        _groups("Wilayah", "Skor menurut wilayah", portfolio.islands),
        _frequent("Kesenjangan", "Kesenjangan yang paling sering ditemukan", portfolio.gaps),
        _frequent("Program", "Program yang paling sering dijadwalkan", portfolio.programs),
        Sheet(
            name="Kemiripan",
            title="Naskah yang terlalu mirip",
            note="Bagian naskah yang sama, dalam persen",
            columns=(Column("Daerah", 30), Column("Daerah lain", 30), Column("Sama (%)", 10)),
            rows=pairs,
        ),
    )


def _cities(portfolio: Portfolio) -> Sheet:
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (
            row.code, row.name, row.province, row.islands or None, row.assessment, row.stage or None,
            _score(row.scores.get(OVERALL)), _score(row.scores.get(READINESS)), round(100 * row.complete),
            len(row.gaps), len(row.programs) + row.own_programs, row.quick_wins, row.budget, row.unfunded,
            row.open_items, row.day,
        )
        for row in portfolio.rows
    )  # fmt: skip
    columns = (
        Column("Kode", 9), Column("Daerah", 30), Column("Provinsi", 24), Column("Wilayah", 18), Column("Penilaian", 12),
        Column("Tahap", 40), Column("Skor", 8), Column("Kesiapan", 10), Column("Terisi (%)", 10),
        Column("Kesenjangan", 12, total=True), Column("Program", 10, total=True), Column("Quick win", 10, total=True),
        Column("Anggaran lima tahun", 22, money=True, total=True), Column("Belum terdanai", 22, money=True, total=True),
        Column("Isian terbuka", 12, total=True), Column("Tanggal draf", 12),
    )  # fmt: skip
    note = f"{len(portfolio.rows)} daerah; skor 0 sampai 4; anggaran dalam rupiah"
    return Sheet(name="Daerah", title=portfolio.title, note=note, columns=columns, rows=rows, frozen=2)


def _heat(portfolio: Portfolio) -> Sheet:
    return Sheet(
        name="Peta panas",
        title="Skor subdimensi menurut daerah",
        note="Skor 0 sampai 4; sel kosong belum dinilai",
        columns=(Column("Daerah", 30), *(Column(f"{dimension}: {name}", 14) for _, name, dimension in portfolio.areas)),
        rows=tuple(
            (row.name, *(_score(row.scores.get(area)) for area, _, _ in portfolio.areas)) for row in portfolio.rows
        ),
        frozen=1,
    )


def _groups(name: str, title: str, groups: Sequence[Group]) -> Sheet:
    columns = (
        Column(name, 30),
        Column("Daerah", 10),
        Column("Rata-rata", 10),
        Column("Terendah", 10),
        Column("Tertinggi", 10),
    )
    rows = tuple(
        (group.name, group.cities, _score(group.mean), _score(group.lowest), _score(group.highest)) for group in groups
    )
    return Sheet(name=name, title=title, note="Skor keseluruhan, 0 sampai 4", columns=columns, rows=rows, frozen=1)


def _frequent(name: str, title: str, entries: Sequence[Frequent]) -> Sheet:
    columns = (Column("Kode", 34), Column(name, 60), Column("Daerah", 10))
    rows = tuple((entry.id, entry.name, entry.cities) for entry in entries)
    return Sheet(name=name, title=title, note="Banyaknya daerah", columns=columns, rows=rows)


def _score(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
