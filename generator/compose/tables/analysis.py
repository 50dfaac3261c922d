"""Tables of the analysis: scores, indicators, gaps, SWOT, priorities."""

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
    level_of,
    reasons,
    row,
    stacked,
    strong,
)
from generator.compose.tokens import TemplateFaultError, Told
from generator.compose.typography import number, percent
from generator.compose.views.areas import AreaView, SubView
from generator.compose.views.plan import StrategyView
from generator.compose.views.programs import FindingView
from generator.compose.views.scores import ScoreView
from generator.model.document import Cell, Row, Table


def score_cell(score: ScoreView) -> Cell:
    """Return a score for a narrow column: a dash where it is not known, the fill-in stands in the text."""
    return cell(score.value if score.known else "–", level=level_of(score.value), align=RIGHT)


def _score_cells(score: ScoreView) -> tuple[Cell, ...]:
    return (
        score_cell(score),
        cell(score.level_name),
        cell([score.answered, " dari ", score.total], align=RIGHT),
        cell(score.confidence),
    )


def scores(bench: Bench, areas: tuple[AreaView, ...], name: str, title: str) -> Table | None:
    """Return areas and their parts with score, level, coverage and confidence."""
    rows: list[Row] = []
    for area in areas:
        rows.append(Row((cell(strong(area.name), header=True), *_score_cells(area.score)), key=area.id))
        rows.extend(Row((cell(["– ", sub.name]), *_score_cells(sub.score)), key=sub.id) for sub in area.subs)
    return data_table(
        f"tbl-{name}",
        header(
            "Bidang",
            figure_head("Nilai (0–4)"),
            "Sebutan",
            figure_head("Indikator terjawab"),
            "Keyakinan",
        ),
        columns(3, (1, RIGHT), 1.3, (1.4, RIGHT), 1.1),
        rows,
        title,
        bench.assessment_source(),
        because=reasons(f"score:{area.id}" for area in areas),
    )


def readiness_scores(bench: Bench) -> Table | None:
    """Return the readiness elements and their components."""
    return scores(bench, bench.readiness, "kesiapan", f"Nilai kesiapan {bench.dossier.city.full_name}")


def dimension_scores(bench: Bench) -> Table | None:
    """Return the dimensions and their sub-dimensions."""
    return scores(bench, bench.dimensions, "dimensi", f"Nilai dimensi dan subdimensi {bench.dossier.city.full_name}")


def _sub(bench: Bench, name: str) -> SubView:
    sub = bench.sub(name)
    if sub is None:
        raise TemplateFaultError(f"no sub-dimension or component '{name}'")
    return sub


def indicators(bench: Bench, name: str) -> Table | None:
    """Return the indicators of a sub-dimension: level with its words, measured value, evidence and year."""
    sub = _sub(bench, name)
    rows = []
    for view in sub.indicators:
        state: list[Told | str] = [view.value, " – ", view.rubric] if view.is_measured else [view.rubric]
        level = cell(view.level if view.answered else "–", level=level_of(view.level), align=CENTER)
        rows.append(row(cell(view.name, header=True), level, cell(state), view.evidence, view.year, key=view.id))
    return data_table(
        f"tbl-indikator-{sub.id}",
        header("Indikator", cell("Level", header=True, align=CENTER), "Keadaan", "Bukti", "Tahun"),
        columns(2.6, (0.7, CENTER), 3.6, 1.1, 0.7),
        rows,
        f"Indikator {sub.name}",
        bench.assessment_source(),
        because=reasons(f"indicator:{view.id}" for view in sub.indicators),
    )


def gap(bench: Bench, name: str) -> Table | None:
    """Return the gap sheet of a sub-dimension: for each gap the present, the ideal, the consequence, the answer."""
    sub = _sub(bench, name)
    rows = [
        row(
            stacked([strong(finding.title), [finding.text]]),
            cell(finding.ideal),
            cell(finding.consequence if finding.consequence else finding.cause),
            stacked([[view.code, " ", view.name] for view in finding.programs]),
            key=finding.id,
        )
        for finding in sub.gaps
    ]
    return data_table(
        f"tbl-kesenjangan-{sub.id}",
        header("Kondisi saat ini", "Kondisi ideal", "Kesenjangan dan akibat", "Solusi"),
        columns(2.6, 2, 2, 1.8),
        rows,
        f"Kesenjangan {sub.name}",
        bench.assessment_source(),
        because=reasons(f"finding:{finding.id}" for finding in sub.gaps),
    )


def _no_gap(sub: SubView) -> str:
    """Return what stands for a gap: where nothing is answered, nobody knows whether there is one."""
    return "Tidak ada kesenjangan yang ditemukan" if sub.score.known else "Belum dapat ditentukan"


def gap_summary(bench: Bench) -> Table | None:
    """Return all sub-dimensions with score, distance to the ideal, the most urgent gap and its answer."""
    rows = []
    for area in bench.dimensions:
        for index, sub in enumerate(area.subs):
            main = sub.main_gap[0] if sub.main_gap else None
            first = (cell(strong(area.name), rowspan=len(area.subs), header=True),) if index == 0 else ()
            rows.append(
                Row(
                    (
                        *first,
                        cell(sub.name),
                        score_cell(sub.score),
                        cell(sub.score.gap if sub.score.known else "–", align=RIGHT),
                        cell(main.title if main else _no_gap(sub)),
                        cell(main.program_codes if main and main.has_programs else "–"),
                    ),
                    key=sub.id,
                )
            )
    return data_table(
        "tbl-ringkasan-kesenjangan",
        header(
            "Dimensi",
            "Subdimensi",
            figure_head("Nilai"),
            figure_head("Selisih ke 4"),
            "Kesenjangan paling mendesak",
            "Program",
        ),
        columns(1.5, 1.5, (0.7, RIGHT), (0.8, RIGHT), 3.2, 1.3),
        rows,
        f"Kesenjangan {bench.dossier.city.full_name} menurut subdimensi",
        bench.assessment_source(),
        because=reasons(f"finding:{finding.id}" for finding in _main_gaps(bench)),
    )


def _main_gaps(bench: Bench) -> list[FindingView]:
    return [finding for area in bench.dimensions for sub in area.subs for finding in sub.main_gap]


def swot(bench: Bench) -> Table | None:
    """Return the four quadrants of the SWOT as findings."""
    view = bench.whole.swot()
    limit = 8

    def quadrant(title: str, findings: tuple[FindingView, ...]) -> Cell:
        words: list[Value] = [finding.title for finding in findings[:limit]]
        if len(findings) > limit:
            words.append(f"dan {len(findings) - limit} temuan lain")
        return stacked([strong(title), *words]) if words else stacked([strong(title), "belum ada temuan"])

    rows = [
        row(quadrant("Kekuatan", view.strengths), quadrant("Kelemahan", view.weaknesses)),
        row(quadrant("Peluang", view.opportunities), quadrant("Ancaman", view.threats)),
    ]
    found = (*view.strengths, *view.weaknesses, *view.opportunities, *view.threats)
    return data_table(
        "tbl-swot",
        header("Faktor pendukung", "Faktor penghambat"),
        columns(1, 1),
        rows,
        f"Kekuatan, kelemahan, peluang, dan ancaman {bench.dossier.city.full_name}",
        bench.assessment_source(),
        because=reasons(f"finding:{finding.id}" for finding in found),
    )


def strategies(bench: Bench, kind: str) -> Table | None:
    """Return the strategies of one crossing: SO, WO, ST or WT."""
    view = bench.whole.swot()
    chosen: dict[str, tuple[StrategyView, ...]] = {"SO": view.so, "WO": view.wo, "ST": view.st, "WT": view.wt}
    if kind not in chosen:
        raise TemplateFaultError(f"no crossing '{kind}'", "known crossings: SO, WO, ST, WT")
    inner = "Kekuatan" if kind[0] == "S" else "Kelemahan"
    outer = "Peluang" if kind[1] == "O" else "Ancaman"
    rows = [
        row(cell(item.code, header=True), item.inner.title, item.outer.title, item.programs, key=item.code)
        for item in chosen[kind]
    ]
    return data_table(
        f"tbl-strategi-{kind.lower()}",
        header("Kode", inner, outer, "Program yang menjawab"),
        columns(0.6, 2.2, 2.2, 2.4),
        rows,
        f"Strategi {kind}",
        bench.planning_source(),
        because=reasons(*((f"finding:{item.inner.id}", f"finding:{item.outer.id}") for item in chosen[kind])),
    )


def priorities(bench: Bench) -> Table | None:
    """Return the twenty most urgent gaps with the parts of their score."""
    parts = {part.id: part.name for part in bench.content.priorities.parts}
    ranked = [finding for finding in bench.plan.findings if finding.kind == "gap"][:20]
    rows = []
    for index, finding in enumerate(ranked, 1):
        view = bench.viewing.finding(finding)
        points = {part.id: part for part in finding.parts}
        rows.append(
            row(
                cell(str(index), align=RIGHT),
                cell([view.title], header=True),
                view.dimension,
                *(
                    cell(number(points[key].points, 1, fixed=True) if key in points else "–", align=RIGHT)
                    for key in parts
                ),
                cell(strong(view.score), align=RIGHT),
                key=finding.id,
            )
        )
    return data_table(
        "tbl-prioritas",
        header(
            figure_head("No."),
            "Kesenjangan",
            "Dimensi",
            *(cell(title, header=True, align=RIGHT) for title in parts.values()),
            figure_head("Skor"),
        ),
        columns((0.5, RIGHT), 3, 1.4, *((0.9, RIGHT) for _ in parts), (0.7, RIGHT)),
        rows,
        "Dua puluh kesenjangan dengan prioritas tertinggi",
        bench.assessment_source(),
        look="matrix",
        because=reasons(f"finding:{finding.id}" for finding in ranked),
    )


def parameters(bench: Bench) -> Table | None:
    """Return the weights of the priority score."""
    rows = [
        row(cell(part.name, header=True), part.about, cell(percent(100 * part.weight, 0), align=RIGHT), key=part.id)
        for part in bench.content.priorities.parts
    ]
    return data_table(
        "tbl-bobot-prioritas",
        header("Unsur", "Yang dinilai", figure_head("Bobot")),
        columns(1.4, 4, (0.7, RIGHT)),
        rows,
        "Unsur dan bobot skor prioritas",
        (),
    )


def sensitivity(bench: Bench) -> Table | None:
    """Return how the top programmes hold when each weight moves."""
    names: dict[str, str] = {part.id: part.name for part in bench.content.priorities.parts}
    codes = {planned.id: planned.code or planned.name for planned in bench.plan.programs}
    shifts = bench.plan.sensitivity
    rows = [
        row(
            cell(names.get(shift.part, shift.part), header=True),
            cell(f"{'+' if shift.factor > 1 else '−'}{percent(abs(shift.factor - 1) * 100, 0)}", align=RIGHT),
            cell(f"{shift.stay} dari {len(shifts.top)}", align=RIGHT),
            ", ".join(codes.get(name, name) for name in shift.left) or "–",
            ", ".join(codes.get(name, name) for name in shift.entered) or "–",
        )
        for shift in shifts.shifts
    ]
    return data_table(
        "tbl-kepekaan",
        header(
            "Bobot yang digeser",
            figure_head("Besar"),
            figure_head("Tetap"),
            "Keluar",
            "Masuk",
        ),
        columns(2, (0.8, RIGHT), (1, RIGHT), 2, 2),
        rows,
        f"Kepekaan {len(shifts.top)} program teratas terhadap bobot",
        bench.planning_source(),
    )


def quality(bench: Bench) -> Table | None:
    """Return coverage and confidence by sub-dimension."""
    rows = [
        row(
            cell(sub.name, header=True),
            area.name,
            cell([sub.score.answered, " dari ", sub.score.total], align=RIGHT),
            cell(sub.score.coverage, align=RIGHT),
            sub.score.confidence,
            key=sub.id,
        )
        for area in (*bench.dimensions, *bench.readiness)
        for sub in area.subs
    ]
    return data_table(
        "tbl-mutu-data",
        header(
            "Subdimensi atau komponen",
            "Dimensi atau unsur",
            figure_head("Terjawab"),
            figure_head("Cakupan bobot"),
            "Keyakinan",
        ),
        columns(2.2, 2, (1, RIGHT), (1.1, RIGHT), 1),
        rows,
        "Cakupan dan keyakinan data penilaian",
        bench.assessment_source(),
    )
