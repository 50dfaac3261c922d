"""Tables of the mentoring and of the annexes: calendar, responsibilities, forms, traceability, check-list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from generator.compose.tables.bench import (
    CENTER,
    RIGHT,
    Bench,
    caption,
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
from generator.compose.tables.money import millions
from generator.compose.tokens import TemplateFaultError
from generator.compose.typography import number, polish, short_date
from generator.compose.viewing.years import calendar_year
from generator.model.document import Row, Table
from generator.model.instrument import Regulation
from generator.model.mentoring import MentoringEvent

CHECKLIST = "tbl-daftar-periksa"


def calendar(bench: Bench) -> Table | None:
    """Return the dated steps of the mentoring with what is handed in and out."""
    view = bench.guidance.mentoring()
    rows = [
        row(
            cell(event.name, header=True),
            event.dates,
            stacked([[item] for item in event.inputs]),
            event.due if event.has_due else "–",
            stacked([[item] for item in event.outputs]),
            key=event.id,
        )
        for event in (*view.events, *view.later)
    ]
    return data_table(
        "tbl-kalender",
        header("Tahap", "Waktu", "Diserahkan sebelumnya", "Paling lambat", "Hasil"),
        columns(2, 1.5, 2.6, 1.2, 2.2),
        rows,
        "Kalender pendampingan",
        (),
        look="matrix",
        because=reasons(f"event:{event.id}" for event in (*view.events, *view.later)),
    )


def mentoring_gantt(bench: Bench) -> Table | None:
    """Return the months of the mentoring with a mark for each step."""
    plan = bench.plan.mentoring
    events = [event for event in plan.events if not event.after]
    if not events:
        return None
    months = sorted({(day.year, day.month) for event in events for day in (event.start, event.end)})
    first, last = months[0], months[-1]
    span = [
        (first[0] + (first[1] - 1 + index) // 12, (first[1] - 1 + index) % 12 + 1)
        for index in range((last[0] - first[0]) * 12 + last[1] - first[1] + 1)
    ]
    names = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
    rows = []
    for event in events:
        begin, end = (event.start.year, event.start.month), (event.end.year, event.end.month)
        bars = (
            cell("■", tone="accent", align=CENTER) if begin <= month <= end else cell("", align=CENTER)
            for month in span
        )
        rows.append(Row((cell(event.name, header=True), cell(short_date(event.start)), *bars), key=event.id))
    return data_table(
        "tbl-gantt-pendampingan",
        header(
            "Tahap",
            "Mulai",
            *(cell(f"{names[month - 1]} {str(year)[2:]}", header=True, align=CENTER) for year, month in span),
        ),
        columns(3, 1.1, *((0.6, CENTER) for _ in span)),
        rows,
        "Bagan waktu pendampingan menurut bulan",
        (),
        look="matrix",
    )


def raci(bench: Bench) -> Table | None:
    """Return who is responsible, accountable, consulted and informed at each step."""
    roles = bench.content.roles

    def names(event: MentoringEvent, letter: str) -> str:
        return "; ".join(roles[role].name for role, part in event.raci.items() if part == letter and role in roles)

    rows = [
        row(cell(event.name, header=True), *(names(event, letter) or "–" for letter in "RACI"), key=event.id)
        for event in bench.plan.mentoring.events
    ]
    return data_table(
        "tbl-raci",
        header("Tahap", "Pelaksana (R)", "Penanggung jawab (A)", "Dimintai pendapat (C)", "Diberi tahu (I)"),
        columns(1.8, 2.2, 1.6, 2, 1.8),
        rows,
        "Pembagian peran pada setiap tahap pendampingan",
        (),
        look="matrix",
    )


def bodies(bench: Bench) -> Table | None:
    """Return the parties of the programme with their tasks."""
    rows = [
        row(
            cell([role.name, f" (sebelumnya {role.former_name})" if role.former_name else ""], header=True),
            role.task,
            key=role.id,
        )
        for role in bench.guidance.roles()
    ]
    return data_table(
        "tbl-peran",
        header("Pihak", "Peran"),
        columns(2, 4),
        rows,
        "Pihak yang terlibat dan perannya",
        (),
        look="matrix",
    )


def agencies(bench: Bench) -> Table | None:
    """Return agencies with the programmes that they lead and support, and the money of those they lead."""
    rows = [
        row(
            cell(view.full if view.short in view.full else f"{view.full} ({view.short})", header=True),
            ", ".join(item.code for item in view.leads),
            ", ".join(item.code for item in view.supports) or "–",
            cell(millions(bench, int(view.budget.raw)), align=RIGHT),
        )
        for view in bench.whole.agencies()
    ]
    return data_table(
        "tbl-pelaksana",
        header(
            "Perangkat daerah",
            "Memimpin",
            "Mendukung",
            figure_head("Juta rupiah"),
        ),
        columns(2.4, 2.3, 3, (0.9, RIGHT)),
        rows,
        "Beban program menurut perangkat daerah",
        bench.planning_source(),
        look="matrix",
    )


def commitment(bench: Bench, name: str) -> Table | None:
    """Return the commitment sheet of one agency: its programmes with years and money, and room for a signature."""
    for view in bench.whole.agencies():
        if str(view.name) == name:
            part = f"memimpin {len(view.leads)} program, mendukung {len(view.supports)} program lain"
            title = row(cell(strong(f"{view.full}: {part}"), colspan=4, tone="accent", header=True))
            rows = [
                row(cell(item.code, header=True), item.name, item.calendar, cell(item.budget, align=RIGHT))
                for item in view.leads
            ]
            sign = [["Tempat, tanggal: …………………"], [f"{view.head},"], [" "], ["………………………………………"]]
            total = stacked([["Jumlah"], [view.budget]])
            closing = Row((replace(stacked(sign), colspan=3), replace(total, align=RIGHT)), key="ttd")
            return Table(
                id=f"tbl-komitmen-{'-'.join(name.lower().split())}",
                because=reasons(f"program:{item.id}" for item in view.leads),
                columns=columns(0.7, 4, 1.1, (1.3, RIGHT)),
                header=(),
                body=(title, *rows, closing),
                look="sheet",
            )
    raise TemplateFaultError(f"no agency '{name}' in the plan")


def blank(_bench: Bench, *titles: str, rows: int = 12) -> Table | None:
    """Return a ruled form to be filled in by hand."""
    if not 1 <= rows <= 60:
        raise TemplateFaultError("a form has 1 to 60 rows")
    body = tuple(Row((cell(str(index), align=RIGHT), *(cell("") for _ in titles))) for index in range(1, rows + 1))
    return Table(
        id="",
        columns=columns((0.4, RIGHT), *(2.0 for _ in titles)),
        header=(header(figure_head("No."), *titles),),
        body=body,
        look="form",
    )


def survey(bench: Bench, dimension: str = "") -> Table | None:
    """Return the survey form: one question an initiative area with its five answers."""
    area = bench.area(dimension) if dimension else None
    wanted = {name for sub in area.subs for name in sub.initiatives} if area else None
    rows = []
    for item in bench.guidance.survey():
        if wanted is not None and item.area not in wanted:
            continue
        answers = "   ".join(f"☐\u00a0{level}\u00a0{polish(text)}" for level, text in enumerate(item.levels))
        rows.append(
            row(cell(str(item.number), align=RIGHT), cell([*strong(item.area), ": ", item.question]), cell(answers))
        )
    return (
        Table(
            id=f"tbl-survei-{dimension or 'semua'}",
            columns=columns((0.3, RIGHT), 1.5, 6.2),
            header=(header(figure_head("No."), "Pertanyaan", "Jawaban (pilih satu)"),),
            body=tuple(rows),
            look="matrix",
        )
        if rows
        else None
    )


def evaluation(bench: Bench) -> Table | None:
    """Return the evaluation tool: items by family with evidence, points, and room for a score."""
    rows: list[Row] = []
    family = ""
    for item in bench.content.evaluation.items:
        if item.family != family:
            family = item.family
            name = bench.content.evaluation.families.get(family, family)
            rows.append(row(cell(strong(name), colspan=4, tone="muted", header=True)))
        rows.append(row(cell(item.question), item.evidence or "–", cell(number(item.points, 1), align=RIGHT), ""))
    return (
        Table(
            id="tbl-evaluasi",
            columns=columns(3.4, 2.6, (0.8, RIGHT), 0.7),
            header=(header("Butir", "Bukti", figure_head("Nilai tertinggi"), "Nilai"),),
            body=tuple(rows),
            look="matrix",
        )
        if rows
        else None
    )


def traceability(bench: Bench) -> Table | None:
    """Return the matrix: programme, findings, indicators and facts, KPI, agency, year, fund."""
    rules = bench.content.rules
    indicators = bench.content.indicators
    facts = bench.content.facts
    rows = []
    for item in bench.plan.trace.matrix:
        names = [indicators[name].name for name in item.indicators if name in indicators]
        names += [facts[name].name for name in item.facts if name in facts]
        rows.append(
            row(
                cell(item.code, header=True),
                cell(_few([rules[name].title for name in item.findings if name in rules], 1)),
                cell(_few(names, 1)),
                cell(f"{item.kpis} ({item.kpis_open})" if item.kpis_open else str(item.kpis)),
                bench.speaker.opd_short(item.opd),
                cell(str(calendar_year(bench.plan, item.year)), align=CENTER),
                ", ".join(
                    bench.content.planning.funds[fund].name
                    for fund in item.funds
                    if fund in bench.content.planning.funds
                ),
                key=item.program,
            )
        )
    return data_table(
        "tbl-keterlacakan",
        header(
            "Program",
            "Temuan",
            "Indikator dan fakta",
            "Kinerja",
            "Pelaksana",
            cell("Mulai", header=True, align=CENTER),
            "Dana",
        ),
        columns(0.65, 3.4, 3.4, 0.75, 1.5, (0.6, CENTER), 0.85),
        rows,
        "Keterlacakan program: dari indikator sampai anggaran",
        bench.planning_source(),
        look="matrix",
        because=reasons(f"program:{item.program}" for item in bench.plan.trace.matrix),
    )


def _few(names: list[str], most: int) -> str:
    """Return the first of many names and how many more there are; the workbook has them all."""
    rest = len(names) - most
    return "; ".join(names[:most]) + (f"; dan {rest} lainnya" if rest > 0 else "")


def glossary(bench: Bench) -> Table | None:
    """Return the glossary."""
    rows = [
        row(cell([term.term, f" ({term.abbreviation})" if term.abbreviation else ""], header=True), term.meaning)
        for term in bench.guidance.glossary()
    ]
    return (
        Table(
            id="tbl-istilah",
            columns=columns(1.6, 4),
            header=(header("Istilah", "Arti"),),
            body=tuple(rows),
            look="matrix",
        )
        if rows
        else None
    )


def regulations(bench: Bench, *cited: str) -> Table | None:
    """Return the regulations that a book names and those that its severe gaps rest on, with their status."""
    words = {"in-force": "berlaku", "amended": "berlaku, telah diubah"}
    wanted = {*cited}
    for finding in bench.plan.findings:
        severe = finding.kind == "gap" and finding.severity == "high"
        wanted.update(bench.content.rules[finding.id].because[:1] if severe else ())
    known = bench.content.regulations
    rows = [
        row(
            cell(regulation.short, header=True),
            regulation.title,
            words[regulation.status] + _amended(regulation.amended_by, known),
            key=regulation.id,
        )
        for regulation in known.values()
        if regulation.status in words and regulation.id in wanted
    ]
    return data_table(
        "tbl-peraturan",
        header("Peraturan", "Tentang", "Status"),
        columns(1.7, 3.4, 1.9),
        rows,
        "Peraturan yang menjadi rujukan",
        (),
        look="matrix",
    )


def _amended(names: tuple[str, ...], known: Mapping[str, Regulation]) -> str:
    """Return ' (UU Nomor 6 Tahun 2023)' after 'telah diubah': ids as citations, other words as they are."""
    cited = [known[name].short if name in known else name for name in names]
    return f" ({', '.join(cited)})" if cited else ""


def checklist(_bench: Bench) -> Table | None:
    """Return the frame of the check-list; `compose.checklist` fills it once all books are composed."""
    return Table(
        id=CHECKLIST,
        columns=columns((0.5, RIGHT), 3.4, 1.8, 2.2, (1.1, RIGHT)),
        header=(
            header(
                figure_head("No."),
                "Yang perlu diisi",
                "Pemilik data",
                "Tempat mengisi",
                figure_head("Muncul"),
            ),
        ),
        body=(row(cell("", align=RIGHT), "", "", "", ""),),
        caption=caption("Daftar periksa isian yang masih terbuka"),
    )
