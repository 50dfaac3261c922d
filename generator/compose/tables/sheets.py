"""Tables of the small documents: one quick win, one workshop."""

from __future__ import annotations

from generator.compose.tables.bench import RIGHT, Bench, caption, cell, columns, data_table, figure_head, header, row
from generator.compose.views.programs import QuickWinView
from generator.model.document import Table

OPEN_OWNERS = "tbl-pemilik-isian"


def _win(bench: Bench, name: str) -> QuickWinView | None:
    return next((win for win in bench.whole.plan().quick_wins if win.program.id == name), None)


def quick_win_items(bench: Bench, name: str) -> Table | None:
    """Return the scores of one quick win with the words of the scale."""
    win = _win(bench, name)
    scored = next((item for item in bench.plan.quick_wins if item.program == name), None)
    if win is None or scored is None:
        return None
    items = {item.id: item for item in bench.content.quickwin.items}
    rows = []
    for (label, shown), entry in zip(win.items, scored.items, strict=True):
        item = items.get(entry.item)
        words = item.scale.get(entry.score, "") if item is not None and entry.score is not None else ""
        question = item.question if item is not None else ""
        rows.append(row(cell(label, header=True), cell(shown, align=RIGHT), words or question))
    rows.append(row(cell("Nilai rata-rata", header=True), cell(win.score, align=RIGHT), "dari butir yang terjawab"))
    return data_table(
        f"tbl-butir-{name}",
        header("Butir", figure_head("Nilai"), "Alasan, atau pertanyaan yang masih terbuka"),
        columns(1.5, (1.0, RIGHT), 3.4),
        rows,
        "Nilai pada butir penilaian quick win (0–4)",
        bench.planning_source(),
        because=(f"program:{name}",),
    )


def quick_win_risks(bench: Bench, name: str) -> Table | None:
    """Return the risk form of one quick win: risk, likelihood, impact, mitigation, owner."""
    win = _win(bench, name)
    if win is None:
        return None
    rows = [
        row(cell(risk, header=True), likely, impact, answer, win.program.lead)
        for risk, likely, impact, answer in win.program.risks
    ]
    return data_table(
        f"tbl-risiko-{name}",
        header("Risiko", "Kemungkinan", "Dampak", "Mitigasi", "Pemilik risiko"),
        columns(2.2, 1.2, 0.9, 2.8, 1.4),
        rows,
        "Formulir manajemen risiko",
        bench.planning_source(),
        because=(f"program:{name}",),
    )


def quick_win_weeks(bench: Bench, name: str) -> Table | None:
    """Return the timeline of a quick win."""
    win = _win(bench, name)
    if win is None:
        return None
    return data_table(
        f"tbl-minggu-{name}",
        header("Waktu", "Capaian"),
        columns(1, 4),
        [row(cell(week, header=True), milestone) for week, milestone in win.weeks],
        f"Jadwal mingguan {win.program.name}",
        bench.planning_source(),
        look="matrix",
        because=(f"program:{name}",),
    )


def quick_win_kpis(bench: Bench, name: str) -> Table | None:
    """Return the KPIs of one quick win with baseline, its first target, and the one that it is to keep."""
    win = _win(bench, name)
    rows = []
    for kpi in win.program.kpis if win is not None else ():
        first = kpi.targets[0][1] if kpi.targets else "–"
        name_cell = cell([kpi.kpi, f" ({kpi.unit})" if kpi.unit else ""], header=True)
        rows.append(
            row(
                name_cell,
                kpi.kind,
                cell(kpi.baseline, align=RIGHT),
                cell(first, align=RIGHT),
                cell([kpi.last_target, " (", kpi.last_year, ")"], align=RIGHT),
            )
        )
    year = str(win.program.start) if win is not None else ""
    return data_table(
        f"tbl-ukuran-{name}",
        header(
            "Indikator",
            "Jenis",
            figure_head("Data dasar"),
            figure_head(f"Target {year}"),
            figure_head("Target akhir"),
        ),
        columns(2.8, 0.9, (1.6, RIGHT), (0.9, RIGHT), (1.3, RIGHT)),
        rows,
        "Ukuran keberhasilan",
        bench.planning_source(),
        because=(f"program:{name}",),
    )


def open_owners(_bench: Bench) -> Table | None:
    """Return the frame of the open fill-ins by owner; `compose.checklist` fills it once the books are composed."""
    return Table(
        id=OPEN_OWNERS,
        columns=columns(1.6, (0.7, RIGHT), 4),
        header=(header("Pemilik data", figure_head("Isian"), "Antara lain"),),
        body=(row("", "", ""),),
        caption=caption("Isian yang masih terbuka menurut pemilik data"),
    )


def sign_off(bench: Bench, name: str) -> Table | None:
    """Return the signature table of a step: one row a party that carries it out or answers for it."""
    event = next((item for item in bench.plan.mentoring.events if item.id == name), None)
    roles = bench.content.roles
    parties = [roles[role].name for role, part in (event.raci.items() if event else ()) if part in ("R", "A")]
    if not parties:
        return None
    return Table(
        id=f"tbl-pengesahan-{name}",
        columns=columns(1.8, 2, 2, 1.4),
        header=(header("Pihak", "Nama", "Catatan", "Tanda tangan"),),
        body=tuple(row(cell(party, header=True), "", "", "") for party in parties),
        look="form",
    )
