"""A row of the table of all regions (`content/regions/kabupaten_kota.csv`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """Public identity and figures of one region; a hole of the source is absent from `figures`."""

    code: str
    """Official code ('12.71')."""
    type: Literal["kota", "kabupaten"]
    name: str
    """Name without the type."""
    province_code: str
    province: str
    figures: Mapping[str, float]
    """Column of the table -> figure, in the unit of the column."""

    @property
    def full_name(self) -> str:
        """'Kota Medan'."""
        return f"{self.type.capitalize()} {self.name}"

    @property
    def slug(self) -> str:
        """Name of the city's folder ('kota-medan')."""
        return "-".join(self.full_name.lower().replace("'", "").split())
