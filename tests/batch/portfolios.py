"""Invented rows of a portfolio, without a build."""

from __future__ import annotations

from typing import Any

from generator.model.document import Palette
from generator.model.portfolio import Absent, Alike, CityRow, Frequent, Group, Portfolio

PALETTE = Palette((), ("F7D9D4", "FBE9C6", "E8EDF0", "CDE5E3", "8FC6C2"))
AREAS = tuple((f"area-{at}/part", f"Subdimensi yang ke-{at}", f"Dimensi {at // 3}") for at in range(18))
CALENDAR = (
    ("Penilaian", "2026-03-02", "2026-03-04"),
    ("Bimtek I", "2026-05-04", "2026-05-05"),
    ("Pekerjaan rumah", "2026-05-05", "2026-05-29"),
)


def city(slug: str, **told: Any) -> CityRow:
    """Return a city; its name follows from the slug."""
    standard: dict[str, Any] = {
        "slug": slug,
        "code": "12.71",
        "name": slug.replace("-", " ").title(),
        "type": slug.partition("-")[0],
        "province": "Sumatera Utara",
        "islands": "Sumatera",
        "assessment": "sample",
        "day": "2026-02-27",
        "scores": {"overall": 2.046, "readiness": 1.2, **{area: at / 4 for at, (area, _, _) in enumerate(AREAS[:17])}},
        "complete": 0.5,
        "gaps": ("gap",) * 104,
        "programs": ("program",) * 30,
        "own_programs": 2,
        "quick_wins": 5,
        "budget": 206_300_000_000,
        "unfunded": 436_500_000_000,
        "open_items": 177,
        "files": ("Buku-1.docx", "Buku-1.pdf", "quick-win/Profil-1.pdf"),
        "calendar": CALENDAR,
    }
    return CityRow(**{**standard, **told})


def portfolio(*rows: CityRow, missing: tuple[Absent, ...] = (), alike: tuple[Alike, ...] = ()) -> Portfolio:
    """Return the portfolio of rows, with invented groups and counts."""
    groups = (Group(name="Kabupaten", cities=len(rows), mean=2.0, lowest=1.0, highest=3.0),)
    often = (Frequent(id="one", name="Kesenjangan dengan nama yang panjang dan lengkap", cities=len(rows)),)
    return Portfolio(
        title="Portofolio", rows=rows, areas=AREAS, types=groups, islands=groups, gaps=often, programs=often,
        alike=alike, missing=missing,
    )  # fmt: skip
