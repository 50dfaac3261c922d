"""A row of the table of all regions (`content/regions/kabupaten_kota.csv`), and what holds for all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from generator.model.city import Period
from generator.model.schema import STRICT


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
        return "-".join(self.full_name.lower().replace("'", "").replace(".", "").split())


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionDefaults:
    """`content/regions/defaults.yaml`: what holds for every region."""

    __pydantic_config__ = STRICT
    rpjmd: Period
    """The plan period of all regions, and what fixes it."""
    island_groups: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Name of a group of islands -> codes of its provinces."""

    def island_group(self, province_code: str) -> str:
        """Return the group of a province, '' where none holds it."""
        return next((name for name, codes in self.island_groups.items() if province_code in codes), "")
