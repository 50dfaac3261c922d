"""How a public figure of the region stands against its province and the nation, from the table of all regions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median

from generator.model.instrument import Direction
from generator.model.region import Region


@dataclass(frozen=True, slots=True)
class Comparison:
    """A figure beside the medians of the regions of its province and of the nation.

    `rank` is the place among all regions with the figure, 1 the best in the direction of the figure; None where no
    direction is better. Medians are unweighted: half of the regions lie above, half below.
    """

    own: float
    province: float | None
    nation: float
    rank: int | None
    count: int


def compare(
    column: str, own: float, province_code: str, direction: Direction | None, regions: Mapping[str, Region]
) -> Comparison | None:
    """Return the comparison of a figure of the table, None where the table does not hold it."""
    values = [(region.province_code, region.figures[column]) for region in regions.values() if column in region.figures]
    if not values:
        return None
    everywhere = [value for _, value in values]
    here = [value for province, value in values if province == province_code]
    rank = None
    if direction is not None:
        better = sum(1 for value in everywhere if (value > own if direction == "higher" else value < own))
        rank = better + 1
    return Comparison(own, median(here) if here else None, median(everywhere), rank, len(everywhere))
