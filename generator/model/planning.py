"""Parameters of costs, funds and quick wins: `content/planning.yaml` and `content/quickwin.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from annotated_types import Ge, Gt, Le, Len

from generator.model.schema import STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitFallback:
    """What stands in where the fact of a cost unit is not known: another fact, or a plain count."""

    __pydantic_config__ = STRICT
    fact: str | None = None
    per: Annotated[int, Ge(1)] = 1
    count: Annotated[int, Ge(1)] | None = None
    """Number of units where there is no fact at all."""
    note: str
    """The assumption, as a phrase for the document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CostUnit:
    """What a cost is reckoned by: the region has `fact` / `per` of it; without a fact there is one."""

    __pydantic_config__ = STRICT
    name: str
    fact: str | None = None
    per: Annotated[int, Ge(1)] = 1
    fallback: UnitFallback | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeFactor:
    """Factor on costs per region, for regions with fewer residents than `population_below` (None: all others)."""

    __pydantic_config__ = STRICT
    population_below: int | None
    factor: Annotated[float, Gt(0)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fund:
    """A source of funds; those under the ceiling compete for the region's own money."""

    __pydantic_config__ = STRICT
    name: str
    under_ceiling: bool
    needs: str | None = None
    """A fact that must be above 0: without villages there is no money for villages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """Phrases of catalogue, rules, instrument and templates that some regions say otherwise.

    It holds either where a region has nothing of something (`without`), or in some provinces and regions (`codes`).
    """

    __pydantic_config__ = STRICT
    without: str | None = None
    """A fact: the phrases hold where it is known to be 0."""
    codes: tuple[str, ...] = ()
    """Official codes of provinces ('91') and regions ('11.04'); a region's own wording holds before its province's."""
    phrases: Annotated[dict[str, str], Len(1)]
    """Phrase, in small letters -> what is said instead; one written with capitals holds for just that spelling.

    Both begin and end with a word, and phrases are matched as whole words, so that no words are ever glued together.
    """
    keep: tuple[str, ...] = ()
    """Names in which nothing is replaced ('Dana Desa'), whatever their capitals."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planning:
    """`content/planning.yaml`."""

    __pydantic_config__ = STRICT
    default_smart_city_share: Annotated[float, Gt(0), Le(1)]
    """Share of the APBD that the plan may take a year, where the city has not set one."""
    share_note: str
    cost_units: Annotated[dict[str, CostUnit], Len(1)]
    size_factors: Annotated[tuple[SizeFactor, ...], Len(1)]
    """From the smallest to the largest; the last has no upper end."""
    funds: Annotated[dict[str, Fund], Len(1)]
    wordings: tuple[Wording, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class QuickWinItem:
    """One item by which a quick win is scored."""

    __pydantic_config__ = STRICT
    id: str
    name: str
    question: str
    scale: dict[int, str]
    """Score 0-4 -> observable words."""
    weight: Annotated[float, Gt(0)] = 1.0
    least: Annotated[int, Ge(0), Le(4)] | None = None
    """A known score below this refuses the candidate; None sets no limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuickWinRules:
    """`content/quickwin.yaml`: the items, and what a candidate must reach."""

    __pydantic_config__ = STRICT
    items: tuple[QuickWinItem, ...] = ()
    least_score: Annotated[float, Ge(0), Le(4)] = 0.0
    """Weighted mean of the known items below which a candidate is refused."""
    max_months: Annotated[int, Ge(1)] = 12
    new_infrastructure: bool = False
    """Whether a quick win may need new infrastructure."""
    source: str = ""
