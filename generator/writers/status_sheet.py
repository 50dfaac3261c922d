"""The overview of a cohort as a workbook: one row a city, with filters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from generator.model.status import CityStatus
from generator.writers.xlsx import write_sheets
from generator.writers.xlsx.sheet import Column, Sheet, Value

_STATES = {"none": "belum ada", "current": "mutakhir", "outdated": "data sudah berubah", "unfinished": "belum utuh"}
_ASSESSMENTS = {"sample": "contoh", "draft": "draf", "verified": "terverifikasi", "": "tidak terbaca"}


def write(rows: Sequence[CityStatus], areas: Sequence[str], day: date) -> bytes:
    """Return the workbook; shares are whole percents, `areas` the columns of completeness in their order."""
    titles = (
        ("Kode", 9), ("Daerah", 30), ("Penilaian", 13), ("Terisi (%)", 11), *((f"{area} (%)", 14) for area in areas),
        ("Keyakinan (%)", 13), ("Kesalahan", 10), ("Kesalahan pertama", 40), ("Tahap sekarang", 40),
        ("Tenggat berikut", 15), ("Yang ditunggu", 46), ("Draf", 18), ("Draf dibuat", 13), ("Isian terbuka", 12),
        ("Berkas disunting", 30), ("Suntingan belum dibangun", 14), ("Suntingan bertentangan", 14),
        ("Tinjauan mandiri", 14),
    )  # fmt: skip
    sheet = Sheet(
        name="Status",
        title=f"Status kohort per {day.isoformat()}",
        note="Satu baris untuk tiap daerah; kelengkapan menurut bobot indikator yang terjawab",
        columns=tuple(Column(title, width) for title, width in titles),
        rows=tuple(_row(row, areas) for row in rows),
        frozen=2,
    )
    return write_sheets((sheet,), sheet.title, day)


def _row(row: CityStatus, areas: Sequence[str]) -> tuple[Value, ...]:
    known, stage, draft = row.known, row.stage, row.draft
    return (
        known.code,
        known.name or known.slug,
        _ASSESSMENTS[known.assessment],
        _percent(known.complete),
        *(_percent(known.completeness.get(area)) for area in areas),
        _percent(known.confidence),
        known.errors,
        known.first_error or None,
        stage.now or None,
        stage.due.isoformat() if stage.due is not None else None,
        stage.what or None,
        _STATES[draft.state],
        draft.built.date().isoformat() if draft.built is not None else None,
        draft.open_items if draft.state != "none" else None,
        "\n".join(draft.edited) or None,
        len(draft.pulled),
        len(draft.conflicts),
        row.review.score if row.review is not None else None,
    )


def _percent(share: float | None) -> int | None:
    return None if share is None else round(100 * share)
