"""The shortlist as a workbook: one sheet with every candidate, one with the stages and weights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from generator.model.shortlist import Shortlist, ShortlistRules
from generator.writers.xlsx import write_sheets
from generator.writers.xlsx.sheet import Column, Sheet

_WIDTHS = {"peringkat": 10, "kode": 9, "daerah": 30, "provinsi": 26, "gugus_pulau": 20, "hasil": 22, "alasan": 60}


def write(result: Shortlist, rows: Sequence[Mapping[str, Any]], rules: ShortlistRules, day: date) -> bytes:
    """Return the workbook; `rows` are the candidates as the table of results shows them, all with the same keys."""
    note = "DATA CONTOH: angka rekaan" if result.sample else rules.source
    names = tuple(rows[0]) if rows else ()
    places = Sheet(
        name="Hasil",
        title=rules.name,
        note=note,
        columns=tuple(Column(name.replace("_", " ").capitalize(), _WIDTHS.get(name, 12)) for name in names),
        rows=tuple(tuple(row[name] for name in names) for row in rows),
        frozen=3,
    )
    weights = Sheet(
        name="Aturan",
        title="Tahap, kriteria, dan bobot",
        note=rules.source,
        columns=(Column("Tahap", 34), Column("Kriteria", 36), Column("Bobot"), Column("Nilai 0"), Column("Nilai 100")),
        rows=tuple(
            (stage.name, item.name, item.weight, item.low, item.high)
            for stage in rules.stages
            for item in stage.criteria
        ),
    )
    funnel = Sheet(
        name="Tahap",
        title="Jumlah daerah tiap tahap",
        note=note,
        columns=(Column("Tahap", 34), Column("Masuk"), Column("Memenuhi syarat"), Column("Lolos")),
        rows=tuple((count.name, count.entered, count.eligible, count.passed) for count in result.counts),
    )
    return write_sheets((places, weights, funnel), rules.name, day)
