"""Charts of the plan as block data; each writer draws them from the same numbers."""

from __future__ import annotations

from generator.compose.tables.bench import Bench, caption, reasons
from generator.compose.typography import number, rupiah
from generator.compose.viewing.scores import LEAST_COHORT, is_thin
from generator.compose.views.areas import AreaView
from generator.model.document import Chart, Series
from generator.model.plan import PLAN_YEARS

_BILLION = 1_000_000_000


def _known(area: AreaView) -> float | None:
    return float(area.score.value.raw) if area.score.known else None


def _spoken(names: list[str], values: list[float | None]) -> str:
    return "; ".join(
        f"{name} {number(value, 1, fixed=True)}" if value is not None else f"{name} belum ternilai"
        for name, value in zip(names, values, strict=True)
    )


def _extremes(areas: tuple[AreaView, ...]) -> str:
    rated = [(value, area) for area in areas if (value := _known(area)) is not None]
    if not rated:
        return "belum ada nilai"
    low, high = min(rated, key=lambda pair: pair[0]), max(rated, key=lambda pair: pair[0])
    if len(rated) == 1 < len(areas):
        return f"baru {low[1].name} yang ternilai ({number(low[0], 1, fixed=True)})"
    if low[0] == high[0]:
        return f"seluruhnya bernilai {number(low[0], 1, fixed=True)}"
    return (
        f"{high[1].name} tertinggi ({number(high[0], 1, fixed=True)}), "
        f"{low[1].name} terendah ({number(low[0], 1, fixed=True)})"
    )


def _radar(bench: Bench, areas: tuple[AreaView, ...], name: str, title: str) -> Chart | None:
    values = [_known(area) for area in areas]
    if all(value is None for value in values):
        return None
    names = [area.name for area in areas]
    return Chart(
        id=f"fig-{name}",
        because=reasons(f"score:{area.id}" for area in areas),
        kind="radar",
        categories=tuple(names),
        series=(Series(bench.dossier.city.full_name, tuple(values)),),
        alt=f"Diagram radar. {_spoken(names, values)}.",
        unit="nilai 0–4",
        maximum=4,
        caption=caption(f"{title}: {_extremes(areas)}", "Gambar"),
        source=bench.assessment_source(),
    )


def dimension_radar(bench: Bench) -> Chart | None:
    """Return the radar of the dimensions."""
    return _radar(bench, bench.dimensions, "radar-dimensi", "Nilai dimensi")


def readiness_radar(bench: Bench) -> Chart | None:
    """Return the radar of the readiness elements."""
    return _radar(bench, bench.readiness, "radar-kesiapan", "Nilai kesiapan")


def sub_bars(bench: Bench) -> Chart | None:
    """Return the bars of all sub-dimensions."""
    pairs = [
        (sub.name, float(sub.score.value.raw) if sub.score.known else None)
        for area in bench.dimensions
        for sub in area.subs
    ]
    known = [(name, value) for name, value in pairs if value is not None]
    if not known:
        return None
    low = min(known, key=lambda pair: pair[1])
    names, values = [name for name, _ in pairs], [value for _, value in pairs]
    return Chart(
        id="fig-subdimensi",
        kind="bars",
        categories=tuple(names),
        series=(Series("Nilai", tuple(values)),),
        alt=f"Diagram batang. {_spoken(names, values)}.",
        unit="nilai 0–4",
        maximum=4,
        caption=caption(
            f"Nilai subdimensi: {low[0]} paling tertinggal ({number(low[1], 1, fixed=True)} dari 4)", "Gambar"
        ),
        source=bench.assessment_source(),
    )


def area_bars(bench: Bench, name: str) -> Chart | None:
    """Return the bars of the parts of one dimension or element."""
    area = bench.area(name)
    if area is None or not any(sub.score.known for sub in area.subs):
        return None
    names = [sub.name for sub in area.subs]
    values = [float(sub.score.value.raw) if sub.score.known else None for sub in area.subs]
    return Chart(
        id=f"fig-{area.id}",
        because=(f"score:{area.id}",),
        kind="bars",
        categories=tuple(names),
        series=(Series("Nilai", tuple(values), area.id if area in bench.dimensions else "accent"),),
        alt=f"Diagram batang. {_spoken(names, values)}.",
        unit="nilai 0–4",
        maximum=4,
        caption=caption(f"{area.name}: nilai menurut bagian", "Gambar"),
        source=bench.assessment_source(),
    )


def budget_years(bench: Bench) -> Chart | None:
    """Return the planned money of years 1-5, stacked by dimension, in billions of rupiah."""
    years = [year for year in bench.plan.roadmap.years if year.number in PLAN_YEARS]
    names = {area.id: area.name for area in (*bench.dimensions, *bench.readiness)}
    rows = [table_row for table_row in bench.plan.budgets.dimension.rows if table_row.total]
    if not rows:
        return None
    categories = tuple(str(year.calendar) for year in years)
    totals = {year.number: bench.plan.budgets.dimension.total.years.get(year.number, 0) for year in years}
    peak = max(years, key=lambda year: totals[year.number])
    series = tuple(
        Series(
            names.get(table_row.key, table_row.key),
            tuple(round(table_row.years.get(year.number, 0) / _BILLION, 2) for year in years),
            table_row.key,
        )
        for table_row in rows
    )
    spoken = "; ".join(f"{year.calendar} {rupiah(totals[year.number])}" for year in years)
    return Chart(
        id="fig-anggaran",
        kind="stacked",
        categories=categories,
        series=series,
        alt=f"Diagram batang bertumpuk kebutuhan anggaran menurut tahun. {spoken}.",
        unit="miliar rupiah",
        caption=caption(
            f"Kebutuhan anggaran menurut tahun dan dimensi: terbesar pada {peak.calendar} "
            f"({rupiah(totals[peak.number])})",
            "Gambar",
        ),
        source=bench.planning_source(),
    )


def quadrant(bench: Bench) -> Chart | None:
    """Return the priority quadrant: the most urgent programmes by cost and priority."""
    chosen = sorted(bench.plan.scheduled, key=lambda planned: planned.rank)[:15]
    if len(chosen) < 3:
        return None
    return Chart(
        id="fig-kuadran",
        because=reasons(f"program:{planned.id}" for planned in chosen),
        kind="scatter",
        categories=tuple(planned.code for planned in chosen),
        series=(
            Series(
                "Biaya lima tahun (miliar rupiah)", tuple(planned.first_five.planned / _BILLION for planned in chosen)
            ),
            Series("Skor prioritas", tuple(planned.score for planned in chosen)),
        ),
        alt="Diagram sebar program menurut biaya dan skor prioritas. "
        + "; ".join(
            f"{planned.code} {rupiah(planned.first_five.planned)}, skor {number(planned.score, 1)}"
            for planned in chosen
        )
        + ".",
        caption=caption("Program paling mendesak menurut biaya dan skor prioritas", "Gambar"),
        source=bench.planning_source(),
    )


def cohort(bench: Bench, area: str = "overall") -> Chart | None:
    """Return the place among the other cities for an area, nothing without a cohort or with too few answers."""
    card = bench.plan.scorecard
    position = card.positions.get(bench.speaker.area(area))
    if position is None or position.count < LEAST_COHORT or is_thin(card.scores.get(bench.speaker.area(area))):
        return None
    own = bench.dossier.city.full_name
    side = "di atas" if position.to_median > 0 else "di bawah" if position.to_median < 0 else "tepat pada"
    return Chart(
        id=f"fig-peserta-{area.replace('/', '-')}",
        because=(f"score:{area}",),
        kind="strip",
        categories=tuple(name for name, _ in position.values),
        series=(Series("Nilai", tuple(value for _, value in position.values)),),
        alt=f"{own} berada pada peringkat {position.rank} dari {position.count} daerah peserta.",
        unit="0–4",
        maximum=4,
        highlight=own,
        caption=caption(f"{own} berada {side} median peserta ({number(position.median, 1, fixed=True)})", "Gambar"),
        source=bench.assessment_source(),
    )


def heatmap(bench: Bench) -> Chart | None:
    """Return the heat map of levels: dimensions by their sub-dimensions."""
    areas = [area for area in bench.dimensions if area.subs]
    width = max((len(area.subs) for area in areas), default=0)
    if not areas or any(len(area.subs) != width for area in areas):
        return None
    series = tuple(
        Series(area.name, tuple(float(sub.score.value.raw) if sub.score.known else None for sub in area.subs), area.id)
        for area in areas
    )
    spoken = "; ".join(
        _spoken(
            [sub.name for sub in area.subs],
            [float(sub.score.value.raw) if sub.score.known else None for sub in area.subs],
        )
        for area in areas
    )
    return Chart(
        id="fig-peta-panas",
        kind="heatmap",
        categories=tuple(f"Subdimensi {index}" for index in range(1, width + 1)),
        series=series,
        alt=f"Peta panas. {spoken}.",
        unit="nilai 0–4",
        maximum=4,
        caption=caption("Nilai subdimensi menurut dimensi", "Gambar"),
        source=bench.assessment_source(),
    )
