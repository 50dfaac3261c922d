"""Tables of what lies outside of the region: goals of sustainable development, and cooperation."""

from __future__ import annotations

from generator.analysis.alignment import served, shared_fields
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
    strong,
)
from generator.compose.typography import joined
from generator.compose.viewing.alignment import codes_of
from generator.compose.viewing.years import calendar_year
from generator.model.document import Table

_PARTS = 3
"""Parts of the framework that a cell names."""


def _first(names: tuple[str, ...]) -> str:
    rest = len(names) - _PARTS
    return joined([*names[:_PARTS], f"{rest} lainnya"] if rest > 0 else names)


def goals(bench: Bench) -> Table | None:
    """Return the goals that the plan serves: number and name, parts of the framework, programmes, a leading KPI."""
    framework = bench.content.framework
    rows, because = [], []
    for goal, programs in served(bench.plan.programs, bench.content.alignment).items():
        if not programs:
            continue
        parts = dict.fromkeys(framework.sub_name(item.dimension, item.subdimension) for item in programs)
        views = [bench.viewing.program(item) for item in programs]
        leading = next((kpi for view in views for kpi in view.main_kpi if not kpi.is_change), None)
        rows.append(
            row(
                cell(str(goal.number), header=True, align=RIGHT),
                cell(goal.name, header=True),
                _first(tuple(parts)),
                cell(str(len(programs)), align=RIGHT),
                codes_of(programs),
                [leading.kpi, ": ", leading.last_target] if leading is not None else "–",
                key=f"tpb-{goal.number}",
            )
        )
        because.append(tuple(f"program:{item.id}" for item in programs))
    return data_table(
        "tbl-sdg",
        header(
            figure_head("TPB"),
            "Tujuan",
            "Subdimensi",
            figure_head("Program"),
            "Kode",
            "Ukuran utama",
        ),
        columns((0.45, RIGHT), 1.7, 1.9, (0.75, RIGHT), 2, 2.6),
        rows,
        "Program terjadwal menurut tujuan pembangunan berkelanjutan (TPB)",
        bench.planning_source(),
        look="matrix",
        because=reasons(*because),
    )


def cooperation(bench: Bench) -> Table | None:
    """Return the fields of cooperation by kind of partner: what is agreed on, for what, by whom and until when."""
    alignment = bench.content.alignment
    near = joined([str(item.raw) for item in bench.outside.neighbours()])
    heads = {
        "neighbours": f"Dengan daerah tetangga{f' ({near})' if near else ''}",
        "central": "Dengan kementerian dan lembaga",
        "others": "Dengan pihak ketiga",
    }
    rows, because, last = [], [], ""
    for field, programs in shared_fields(bench.plan.programs, alignment):
        if field.partner != last:
            last = field.partner
            bound = alignment.instruments.get(field.partner, "")
            words = f"{heads[field.partner]}{f': {bound}' if bound else ''}"
            rows.append(row(cell(strong(words), colspan=5, tone="muted", header=True)))
        first = programs[0]
        rows.append(
            row(
                cell(f"{field.name}, dengan {field.who}" if field.who else field.name, header=True),
                field.subject,
                ", ".join(item.code for item in programs),
                bench.speaker.opd_short(first.lead),
                cell(str(calendar_year(bench.plan, first.start or 1)), align=CENTER),
                key=field.id,
            )
        )
        because.append(tuple(f"program:{item.id}" for item in programs))
    return data_table(
        "tbl-kerja-sama",
        header(
            "Bidang",
            "Hal yang disepakati",
            "Program",
            "Penanggung jawab",
            cell("Paling lambat", header=True, align=CENTER),
        ),
        columns(2.1, 2.6, 1.1, 1.4, (0.8, CENTER)),
        rows,
        "Kerja sama yang diperlukan program terjadwal",
        bench.planning_source(),
        look="matrix",
        because=reasons(*because),
    )
