"""Tables of quick wins, KPIs and risks."""

from __future__ import annotations

from collections.abc import Iterable

from generator.compose.tables.bench import (
    CENTER,
    RIGHT,
    Bench,
    cell,
    columns,
    data_table,
    figure_head,
    header,
    reasons,
    row,
    stacked,
)
from generator.compose.tables.plan import chosen_for
from generator.compose.typography import lower_first
from generator.compose.views.programs import ProgramView
from generator.model.document import Table

_TEAM = "Tim Pelaksana Smart City"
"""Who answers the items that no single programme can answer."""
_GRAVEST = 16
"""Risks that the book shows; the workbook has all."""


def _because(programs: Iterable[ProgramView]) -> tuple[str, ...]:
    return reasons(f"program:{view.id}" for view in programs)


def quick_win_scores(bench: Bench) -> Table | None:
    """Return the accepted quick wins with their scores on the official items."""
    wins = bench.whole.plan().quick_wins
    items = [item for item, _ in wins[0].items] if wins else []
    rows = []
    for index, item in enumerate(items):
        scores = [win.items[index][1] for win in wins]
        if any(score.raw is not None for score in scores):
            rows.append(row(cell(item, header=True), *(cell(score, align=CENTER) for score in scores)))
        else:
            asked = bench.speaker.missing(f"nilai 0–4 butir {lower_first(item)}", _TEAM, "programs.yaml")
            rows.append(row(cell(item, header=True), cell(asked, colspan=len(wins))))
    if rows:
        rows.append(
            row(cell("Nilai rata-rata", header=True), *(cell(win.score, align=CENTER) for win in wins), total=True)
        )
    return data_table(
        "tbl-nilai-quick-win",
        header("Butir penilaian", *(cell(win.program.code, header=True, align=CENTER) for win in wins)),
        columns(2.4, *((1.0, CENTER) for _ in wins)),
        rows,
        "Nilai quick win pada butir penilaian program (0–4)",
        bench.planning_source(),
        because=_because(win.program for win in wins),
    )


def quick_win_refused(bench: Bench) -> Table | None:
    """Return the refused candidates with what failed."""
    refused = bench.whole.plan().refused
    rows = [
        row(cell(item.program.code or "–", header=True), item.program.name, cell(item.score, align=RIGHT), item.reasons)
        for item in refused
    ]
    return data_table(
        "tbl-quick-win-gugur",
        header("Kode", "Calon quick win", figure_head("Nilai"), "Butir yang tidak terpenuhi"),
        columns(0.7, 2.6, (0.7, RIGHT), 3),
        rows,
        "Calon quick win yang tidak dipilih dan sebabnya",
        bench.planning_source(),
        look="matrix",
        because=_because(item.program for item in refused),
    )


def kpis(bench: Bench, dimension: str = "") -> Table | None:
    """Return the leading KPI of each scheduled programme with baseline and targets by year; the workbook has all."""
    chosen, name = chosen_for(bench, dimension) if dimension else (list(bench.plan.scheduled), "program")
    years = (1, 2, 3, 4, 5, 10)
    rows = []
    for planned in chosen:
        view = bench.viewing.program(planned)
        for kpi in view.main_kpi:
            targets = dict(kpi.targets)
            rows.append(
                row(
                    cell(view.code, header=True),
                    stacked(
                        [
                            [kpi.kpi, f" ({kpi.unit})" if kpi.unit else ""],
                            *(() if kpi.has_baseline else ([kpi.baseline],)),
                        ]
                    ),
                    cell(kpi.baseline if kpi.has_baseline else "–", align=RIGHT),
                    *(cell(targets.get(year, "–"), align=RIGHT) for year in years),
                    kpi.measure,
                )
            )
    return data_table(
        f"tbl-kpi-{dimension or 'semua'}",
        header(
            "Kode",
            "Indikator (satuan)",
            figure_head("Dasar"),
            *(figure_head(f"Th-{year}") for year in years),
            "Cara mengukur",
        ),
        columns(0.55, 5, (1, RIGHT), *((0.72, RIGHT) for _ in years), 3),
        rows,
        f"Indikator kinerja {name}",
        bench.planning_source(),
        look="matrix",
        because=reasons(f"program:{planned.id}" for planned in chosen),
    )


def risks(bench: Bench) -> Table | None:
    """Return the risk register of scheduled programmes, the gravest first."""
    weight = {"rendah": 1, "sedang": 2, "tinggi": 3}
    entries = [
        (weight[likely] * weight[impact], view, risk, likely, impact, answer)
        for planned in bench.plan.scheduled
        for view in (bench.viewing.program(planned),)
        for risk, likely, impact, answer in view.risks
    ]
    entries.sort(key=lambda entry: -entry[0])
    rows = [
        row(cell(view.code, header=True), risk, likely, impact, answer, view.agency)
        for _, view, risk, likely, impact, answer in entries[:_GRAVEST]
    ]
    return data_table(
        "tbl-risiko",
        header("Kode", "Risiko", "Kemungkinan", "Dampak", "Mitigasi", "Pemilik risiko"),
        columns(0.6, 2.5, 1.15, 0.8, 3, 1.3),
        rows,
        "Daftar risiko program, dari yang terberat",
        bench.planning_source(),
        look="matrix",
        because=_because(entry[1] for entry in entries[:_GRAVEST]),
    )
