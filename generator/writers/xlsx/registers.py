"""The other sheets: budgets, risks, quick wins, what is not funded, and the thread."""

from __future__ import annotations

from generator.compose.tokens import clean
from generator.model.plan import PLAN_YEARS, BudgetTable
from generator.writers.xlsx.matrix import matrix
from generator.writers.xlsx.sheet import MATRIX, Column, Formula, Hole, Names, Sheet, Value, lines

_GRADE = {"low": "rendah", "medium": "sedang", "high": "tinggi"}


def _year_columns(names: Names) -> tuple[Column, ...]:
    return (
        *(Column(f"{names.years[year]} (Rp)", 18, money=True, total=True) for year in PLAN_YEARS),
        Column("Jumlah (Rp)", 20, money=True, total=True),
        Column("Tahun ke-6 s.d. ke-10 (Rp)", 22, money=True, total=True),
    )


def budget(names: Names) -> Sheet:
    """Return the budget by dimension; its cells sum the matrix, so that a change there shows here."""
    from xlsxwriter.utility import xl_col_to_name

    source = matrix(names).columns
    titles = [column.title for column in source]
    key = xl_col_to_name(titles.index("Dimensi"))
    first = next(index for index, column in enumerate(source) if column.money)

    def cell(offset: int, row: int, value: int) -> Formula:
        column = xl_col_to_name(first + offset)
        return Formula(f"=SUMIFS('{MATRIX}'!{column}:{column},'{MATRIX}'!{key}:{key},A{row})", value)

    rows: list[tuple[Value, ...]] = []
    for index, line in enumerate(names.plan.budgets.dimension.rows):
        values = [*(line.years[year] for year in PLAN_YEARS), line.total, line.later]
        formulas = [cell(offset, index + 5, value) for offset, value in enumerate(values)]
        rows.append((names.area(line.key), line.programs, *formulas))
    return Sheet(
        name="Anggaran",
        title="Anggaran per dimensi dan tahun",
        note="Dihitung dengan rumus dari lembar rencana aksi.",
        columns=(Column("Dimensi", 28), Column("Program", 10, total=True), *_year_columns(names)),
        rows=tuple(rows),
        frozen=1,
    )


def by_key(names: Names, table: BudgetTable, sheet: str, title: str, label: str) -> Sheet:
    """Return a budget table whose rows are agencies or funds."""
    name = names.opd if table.by == "opd" else names.fund
    return Sheet(
        name=sheet,
        title=title,
        note="Jumlahnya sama dengan jumlah pada lembar rencana aksi.",
        columns=(Column(label, 34), Column("Program", 10), *_year_columns(names)),
        rows=tuple(
            (name(line.key), line.programs, *(line.years[year] for year in PLAN_YEARS), line.total, line.later)
            for line in table.rows
        ),
        frozen=1,
    )


def risks(names: Names) -> Sheet:
    """Return the risk register of the scheduled programmes."""
    rows = [
        (
            program.code,
            clean(program.name),
            risk.risk,
            _GRADE[risk.likelihood],
            _GRADE[risk.impact],
            risk.mitigation,
            names.opd(program.lead),
        )
        for program in names.plan.scheduled
        if program.catalogue is not None
        for risk in program.catalogue.risks
    ]
    return Sheet(
        name="Risiko",
        title="Daftar risiko program",
        note="Pemilik risiko meninjau daftar ini setiap triwulan.",
        columns=(
            Column("Kode", 8),
            Column("Program", 32),
            Column("Risiko", 44),
            Column("Kemungkinan", 13),
            Column("Dampak", 10),
            Column("Mitigasi", 50),
            Column("Pemilik risiko", 24),
        ),
        rows=tuple(rows),
        frozen=2,
    )


def quick_wins(names: Names) -> Sheet:
    """Return the candidates with the score of each item and what failed."""
    items = names.content.quickwin.items
    rows: list[tuple[Value, ...]] = []
    for win in names.plan.quick_wins:
        program = names.plan.program(win.program)
        if program is None or program.catalogue is None or program.catalogue.quick_win is None:
            continue
        scores = {item.item: item.score for item in win.items}
        given = (scores.get(item.id) for item in items)
        rows.append(
            (
                win.rank,
                program.code,
                clean(program.name),
                "diterima" if win.accepted else "ditolak",
                ", ".join(win.failed) or None,
                round(win.score, 2),
                *(Hole("nilai 0–4") if score is None else score for score in given),
                program.catalogue.quick_win.existing_service,
                program.catalogue.quick_win.months,
                program.catalogue.quick_win.benefit,
            )
        )
    return Sheet(
        name="Quick Win",
        title="Calon quick win dan nilainya",
        note=clean(names.content.quickwin.source) or "Nilai 0–4 untuk setiap butir.",
        columns=(
            Column("Peringkat", 10),
            Column("Kode", 8),
            Column("Program", 32),
            Column("Putusan", 10),
            Column("Yang tidak terpenuhi", 22),
            Column("Nilai", 8),
            *(Column(item.name, 13) for item in items),
            Column("Layanan yang dipertajam", 34),
            Column("Bulan", 8),
            Column("Manfaat", 44),
        ),
        rows=tuple(rows),
        frozen=3,
    )


def unfunded(names: Names) -> Sheet:
    """Return what is not scheduled, with the reason."""
    words = {
        "ceiling": "pagu tahunan",
        "capacity": "jumlah program yang dapat dimulai dalam setahun",
        "opd-load": "beban perangkat daerah",
        "duration": "rangkaian prasyarat melewati tahun ke-5",
        "prerequisite": "prasyarat tidak masuk rencana",
        "own-decision": "keputusan daerah",
        "outside-period": "di luar masa rencana",
    }
    rows = [
        (
            program.code or None,
            clean(program.name),
            names.area(program.dimension),
            names.opd(program.lead),
            words[program.why.code] if program.why is not None else None,
            names.detail(program),
            program.why.needed if program.why is not None else None,
            program.first_five.planned,
            program.rank or None,
        )
        for program in (*names.plan.unfunded, *names.plan.off)
    ]
    return Sheet(
        name="Belum Terdanai",
        title="Program yang belum masuk jadwal dan sebabnya",
        note="Tidak ada program yang dihapus diam-diam; yang tidak muat tercatat di sini.",
        columns=(
            Column("Kode", 8),
            Column("Program", 36),
            Column("Dimensi", 20),
            Column("Perangkat daerah", 24),
            Column("Sebab", 30),
            Column("Keterangan", 30),
            Column("Pagu tahunan yang dibutuhkan (Rp)", 24, money=True),
            Column("Biaya lima tahun (Rp)", 20, money=True, total=True),
            Column("Peringkat", 10),
        ),
        rows=tuple(rows),
        frozen=2,
    )


def trace(names: Names) -> Sheet:
    """Return the traceability matrix."""
    rules, indicators, facts = names.content.rules, names.content.indicators, names.content.facts
    rows = []
    for row in names.plan.trace.matrix:
        program = names.plan.program(row.program)
        rows.append(
            (
                row.code,
                clean(program.name) if program is not None else row.program,
                lines(rules[id].title for id in row.findings if id in rules) or "program daerah",
                lines(indicators[id].name for id in row.indicators if id in indicators) or None,
                lines(facts[id].name for id in row.facts if id in facts) or None,
                row.kpis,
                row.kpis_open,
                names.opd(row.opd),
                names.years[row.year],
                lines(names.fund(fund) for fund in row.funds),
            )
        )
    return Sheet(
        name="Ketertelusuran",
        title="Dari indikator sampai anggaran",
        note="Setiap program bersandar pada temuan, setiap temuan pada indikator atau fakta.",
        columns=(
            Column("Kode", 8),
            Column("Program", 34),
            Column("Temuan", 44),
            Column("Indikator", 44),
            Column("Fakta", 28),
            Column("KPI", 6),
            Column("KPI tanpa data dasar", 12),
            Column("Perangkat daerah", 24),
            Column("Mulai", 8),
            Column("Sumber dana", 18),
        ),
        rows=tuple(rows),
        frozen=2,
    )
