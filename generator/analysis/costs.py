"""What a programme costs in this region: cost model times the region's own units, by year of the programme's life."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.analysis.scoring import POPULATION, number_of
from generator.model.city import Fact
from generator.model.plan import LAST_YEAR, Amount, CostBasis
from generator.model.planning import Planning
from generator.model.priorities import MoneyRules
from generator.model.programs import Cost, CostModel

Life = tuple[Amount, ...]
"""Ten amounts, one for each year of a programme's life from its start."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Purse:
    """What costs are reckoned with."""

    planning: Planning
    money: MoneyRules
    facts: Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class Units:
    """Number of cost units of the region, and the assumption behind it where a fact is not known."""

    count: float
    assumed: bool = False
    note: str = ""


def units_of(unit_id: str, purse: Purse) -> Units:
    """Return how many units the region has; a unit without any known fact counts once and is marked as assumed."""
    unit = purse.planning.cost_units[unit_id]
    if unit.fact is None:
        return Units(1)
    number = number_of(purse.facts.get(unit.fact))
    if number is not None:
        return Units(number / unit.per)
    other = unit.fallback
    if other is None:
        return Units(1, assumed=True)
    number = number_of(purse.facts.get(other.fact)) if other.fact else None
    if number is not None:
        return Units(number / other.per, assumed=True, note=other.note)
    return Units(other.count or 1, assumed=True, note=other.note)


def size_factor(purse: Purse) -> float:
    """Return the factor on costs per region; 1.0 where the population is not known."""
    population = number_of(purse.facts.get(POPULATION))
    if population is None:
        return 1.0
    factors = purse.planning.size_factors
    return next((f.factor for f in factors if f.population_below is None or population < f.population_below), 1.0)


def _round_up(amount: float, step: int) -> int:
    return -(-round(amount) // step) * step


def basis_of(part: Cost, one_off: bool, purse: Purse) -> CostBasis:
    """Return one part of a cost model for this region, rounded up to the step of the parameters."""
    units = units_of(part.per, purse)
    reached = max(1, round(units.count * part.share))
    factor = size_factor(purse) if purse.planning.cost_units[part.per].fact is None else 1.0
    low, high = part.low * reached * factor, part.high * reached * factor
    step = purse.money.rounding
    return CostBasis(
        part="one-off" if one_off else "yearly",
        unit=part.per,
        units=reached,
        factor=factor,
        amount=Amount(
            _round_up(low, step), _round_up(low + (high - low) * purse.money.estimate, step), _round_up(high, step)
        ),
        basis=part.basis,
        assumed=units.assumed,
        note=units.note,
    )


def bases_of(model: CostModel, purse: Purse) -> tuple[CostBasis, ...]:
    """Return the parts of a cost model for this region, the one-off part first."""
    one_off = (basis_of(model.one_off, True, purse),) if model.one_off is not None else ()
    yearly = (basis_of(model.yearly, False, purse),) if model.yearly is not None else ()
    return (*one_off, *yearly)


def spread(whole: int, years: int, step: int) -> tuple[int, ...]:
    """Divide a sum over years in multiples of `step`, the first years taking what is left over; adds up exactly."""
    share, rest = divmod(whole // step, years)
    odd = whole % step
    return tuple((share + (year < rest)) * step + (odd if year == 0 else 0) for year in range(years))


def life_of(bases: tuple[CostBasis, ...], duration: int, step: int) -> Life:
    """Return the cost of each year of life: the one-off part while building, then the yearly part.

    A programme without a one-off part runs from its first year.
    """
    one_off = next((basis.amount for basis in bases if basis.part == "one-off"), None)
    yearly = next((basis.amount for basis in bases if basis.part == "yearly"), Amount())
    if one_off is None:
        return (yearly,) * LAST_YEAR
    parts = zip(
        spread(one_off.low, duration, step),
        spread(one_off.planned, duration, step),
        spread(one_off.high, duration, step),
        strict=True,
    )
    building = tuple(Amount(*part) for part in parts)
    return (*building, *((yearly,) * (LAST_YEAR - duration)))[:LAST_YEAR]


def life_of_budget(budget: Mapping[int, int], first: int) -> Life:
    """Return the cost of each year of life from a city's own budget by calendar year, beginning in `first`."""
    amounts = (budget.get(first + age, 0) for age in range(LAST_YEAR))
    return tuple(Amount(amount, amount, amount) for amount in amounts)


def open_funds(funds: tuple[str, ...], purse: Purse) -> tuple[str, ...]:
    """Return the funds that this region can draw on: a fund whose needed fact is known to be 0 is closed to it."""

    def closed(name: str) -> bool:
        needed = purse.planning.funds[name].needs
        return needed is not None and number_of(purse.facts.get(needed)) == 0

    return tuple(name for name in funds if not closed(name))


def funds_of_life(funds: tuple[str, ...], building: int, planning: Planning) -> tuple[str, ...]:
    """Return the fund that pays each year of life.

    The usual fund (the first) builds and runs. Where it is not the region's own money, the running is borne by the
    first fund that is, if the programme names one: grants build, they do not maintain.
    """
    usual = funds[0]
    own = next((fund for fund in funds if planning.funds[fund].under_ceiling), usual)
    return tuple(usual if age < building else own for age in range(LAST_YEAR))
