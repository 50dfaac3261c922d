"""Tables of a sub-dimension's gaps and answers, and the reckoning of the most urgent gap."""

from __future__ import annotations

from generator.compose.tables.bench import (
    CENTER,
    RIGHT,
    Bench,
    Value,
    cell,
    columns,
    data_table,
    figure_head,
    header,
    reasons,
    row,
    stacked,
    strong,
)
from generator.compose.tokens import TemplateFaultError
from generator.compose.typography import number, percent
from generator.compose.views.areas import SubView
from generator.model.document import Table


def _sub(bench: Bench, name: str) -> SubView:
    sub = bench.sub(name)
    if sub is None:
        raise TemplateFaultError(f"no sub-dimension or component '{name}'")
    return sub


def other_gaps(bench: Bench, name: str, after: int = 2) -> Table | None:
    """Return the gaps of a sub-dimension after those that the text discusses: state, cause, rank, answer."""
    sub = _sub(bench, name)
    rows = [
        row(
            cell(finding.title, header=True),
            stacked([[finding.text]]),
            cell(finding.cause if finding.cause else finding.consequence),
            cell([finding.severity, ", ke-", finding.rank], align=CENTER),
            cell(finding.program_codes if finding.has_programs else "–"),
            key=finding.id,
        )
        for finding in sub.gaps[after:]
    ]
    return data_table(
        f"tbl-kesenjangan-lain-{sub.id}",
        header(
            "Kesenjangan",
            "Keadaan",
            "Sebab yang perlu diperiksa",
            cell("Keparahan, prioritas", header=True, align=CENTER),
            "Program",
        ),
        columns(1.7, 2.8, 1.9, (0.9, CENTER), 0.8),
        rows,
        f"Kesenjangan lain pada {sub.name}",
        (),
        look="matrix",
        because=reasons(f"finding:{finding.id}" for finding in sub.gaps[after:]),
    )


def solutions(bench: Bench, name: str) -> Table | None:
    """Return the programmes that answer a sub-dimension: what for, when, by whom, measured how."""
    sub = _sub(bench, name)
    rows = []
    for view in sub.programs:
        measures: list[Value] = [
            [kpi.kpi, ": ", kpi.baseline, " → ", kpi.last_target, " (", kpi.last_year, ")"] for kpi in view.main_kpi
        ]
        rows.append(
            row(
                stacked([strong([f"{view.code} ", view.name]), [view.aim]]),
                cell(view.calendar, align=CENTER),
                view.lead,
                stacked(measures),
                key=view.id,
            )
        )
    return data_table(
        f"tbl-solusi-{sub.id}",
        header("Program dan tujuannya", cell("Waktu", header=True, align=CENTER), "Pelaksana", "Ukuran keberhasilan"),
        columns(3, (0.9, CENTER), 1.4, 2.6),
        rows,
        f"Program yang menjawab kesenjangan {sub.name}",
        (),
        look="matrix",
        because=reasons(f"program:{view.id}" for view in sub.programs),
    )


def worked_example(bench: Bench) -> Table | None:
    """Return the reckoning of the most urgent gap, part by part; its last row is its score."""
    first = next((finding for finding in bench.plan.findings if finding.kind == "gap"), None)
    if first is None:
        return None
    names = {part.id: part for part in bench.content.priorities.parts}
    rows = [
        row(
            cell(names[part.id].name if part.id in names else part.id, header=True),
            names[part.id].about if part.id in names else "–",
            cell(number(part.value, 3, fixed=True), align=RIGHT),
            cell(percent(100 * part.weight, 0), align=RIGHT),
            cell(number(part.points, 2, fixed=True), align=RIGHT),
            "data daerah" if part.known else "nilai netral",
        )
        for part in first.parts
    ]
    total = number(first.score, 2, fixed=True)
    rows.append(row(cell("Skor", colspan=4, header=True), cell(total, align=RIGHT), "", total=True))
    return data_table(
        "tbl-contoh-hitung",
        header(
            "Unsur",
            "Yang dinilai",
            figure_head("Nilai (0–1)"),
            figure_head("Bobot"),
            figure_head("Sumbangan"),
            "Dasar",
        ),
        columns(1.3, 3, (0.8, RIGHT), (0.7, RIGHT), (1, RIGHT), 1),
        rows,
        f"Perhitungan skor kesenjangan “{bench.content.rules[first.id].title}”",
        bench.assessment_source(),
        because=(f"finding:{first.id}",),
    )
