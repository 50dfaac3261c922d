"""Builds the views of KPIs, and says targets in words."""

from __future__ import annotations

from generator.compose.said import Speaker
from generator.compose.tokens import NOTHING, clean, told
from generator.compose.typography import number, quantity
from generator.compose.viewing.years import calendar_year
from generator.compose.views.programs import KpiView
from generator.model.plan import PLAN_YEARS, KpiTarget, PlannedKpi

_KPI = {"output": "keluaran", "outcome": "hasil", "impact": "dampak"}


def kpi_view(speaker: Speaker, kpi: PlannedKpi, reason: str, lead: str) -> KpiView:
    """Return the view of a KPI; `lead` is the function of the agency that has its baseline."""
    names = [
        name
        for name in (
            reason,
            f"indicator:{kpi.indicator}" if kpi.indicator else "",
            f"fact:{kpi.fact}" if kpi.fact else "",
        )
        if name
    ]
    if kpi.baseline is None:
        # The measure is named beside it; the check-list names it as the place.
        baseline = speaker.missing("data dasar", lead, f"ukuran “{clean(kpi.kpi)}”", *names)
    else:
        words = number(kpi.baseline, kpi.decimals or 2)
        baseline = told(f"{words} ({kpi.baseline_year})" if kpi.baseline_year else words, *names)
    targets = tuple((target.year, told(target_words(target, kpi), *names)) for target in kpi.targets)
    last = _aimed_at(kpi)
    steps = [
        (told(target_words(target, kpi, with_unit=True), *names), told(str(calendar_year(speaker.plan, target.year))))
        for target in _steps(kpi, last)
    ]
    return KpiView(
        kpi=told(clean(kpi.kpi), *names),
        unit=kpi.unit,
        measure=told(clean(kpi.measure), *names),
        kind=_KPI[kpi.kind],
        baseline=baseline,
        targets=targets,
        last_target=told(target_words(last, kpi, with_unit=True), *names) if last else NOTHING,
        steps=tuple(steps),
        is_change=last is not None and last.value is None and clean(last.text)[:1] in ("+", "-"),
        is_late=last is not None and last.year > PLAN_YEARS[-1],
        has_baseline=kpi.baseline is not None,
        last_year=told(str(calendar_year(speaker.plan, last.year)) if last else "–"),
    )


def _aimed_at(kpi: PlannedKpi) -> KpiTarget | None:
    """Return the target that running text names: that of the last of the five years, if anything moves until then.

    A programme that starts late has moved nothing by year five; what it aims at stands in the first later year.
    """
    within = [target for target in kpi.targets if target.year <= PLAN_YEARS[-1]]
    later = [target for target in kpi.targets if target.year > PLAN_YEARS[-1] and _moves(target, kpi)]
    if within and (_moves(within[-1], kpi) or not later):
        return within[-1]
    return later[0] if later else (kpi.targets[0] if kpi.targets else None)


def _steps(kpi: PlannedKpi, last: KpiTarget | None) -> list[KpiTarget]:
    """Return the targets that running text names on the way: the first, if it moves something, and the last."""
    if last is None:
        return []
    first = kpi.targets[0]
    same = target_words(first, kpi, with_unit=True) == target_words(last, kpi, with_unit=True)
    return [first, last] if first.year < last.year and _moves(first, kpi) and not same else [last]


def _moves(target: KpiTarget, kpi: PlannedKpi) -> bool:
    if target.value is not None and kpi.baseline is not None:
        return target.value != kpi.baseline
    return clean(target.text).lstrip("+-") not in ("0", "0.0") or clean(target.text)[:1] not in ("+", "-")


def target_words(target: KpiTarget, kpi: PlannedKpi, *, with_unit: bool = False) -> str:
    """Return a target as a document prints it: reckoned where the baseline is known, else as a change from it.

    Running text wants the unit with it; columns of figures have it in their head.
    """
    unit = kpi.unit if with_unit else ""
    if target.value is not None and unit.startswith("level"):
        return f"level {number(target.value, 1)}"
    if target.value is not None:
        return quantity(target.value, unit, kpi.decimals or 2)
    text = clean(target.text)
    try:
        value = float(text)
    except ValueError:
        return text
    if value == 0 and text[:1] in "+-":
        return "tetap"
    if text[:1] in "+-":
        # A share that goes from 40 % to 55 % has risen by 15 percentage points, not by 15 %.
        points = ("poin persen" if with_unit else "poin") if kpi.unit == "%" else ""
        words = quantity(abs(value), points, 2)
        return f"{'naik' if value > 0 else 'turun'} {words}"
    return quantity(value, unit, 2)
