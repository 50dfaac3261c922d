"""A dossier that holds nothing but texts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from generator.model.city import Assessment, City, Mentoring, Period
from generator.model.content import CityDossier
from generator.model.diagnostics import Place


def dossier_with(texts: Mapping[str, str]) -> CityDossier:
    """Return the dossier of an invented city with these texts."""
    day = date(2026, 1, 5)
    city = City(
        code="99.71",
        name="Uji",
        type="kota",
        province="Uji",
        rpjmd=Period(start=2025, end=2029),
        mentoring=Mentoring(start=day),
        date=day,
    )
    return CityDossier(
        slug="kota-uji",
        city=city,
        assessment=Assessment(status="draft", date=day),
        texts=texts,
        places={f"text:{name}": Place(f"cities/kota-uji/text/{name}.md", 1, 1) for name in texts},
    )
