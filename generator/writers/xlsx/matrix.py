"""The action-plan matrix, one row a programme, and the sheet of KPIs."""

from __future__ import annotations

from collections.abc import Sequence

from generator.compose.tokens import clean
from generator.compose.typography import number
from generator.model.plan import PLAN_YEARS, PlannedKpi, PlannedProgram
from generator.writers.xlsx.sheet import MATRIX, TARGET_YEARS, Column, Hole, Names, Sheet, Value, lines

_KPI = {"output": "Keluaran", "outcome": "Hasil", "impact": "Dampak"}


def matrix(names: Names) -> Sheet:
    """Return the matrix with the columns that the programme asks for; budgets are summed by formula."""
    years = [names.years[year] for year in PLAN_YEARS]
    columns = (
        Column("Kode", 8),
        Column("Dimensi", 18),
        Column("Subdimensi", 20),
        Column("Sasaran", 36),
        Column("Program", 32),
        Column("Kegiatan", 44),
        Column("Inovasi/teknologi", 24),
        *(Column(f"Indikator {kind.lower()}", 32) for kind in _KPI.values()),
        Column("Satuan", 12),
        Column("Data dasar (tahun, sumber)", 26),
        *(Column(f"Target th-{year} ({names.years[year]})", 14) for year in TARGET_YEARS),
        Column("OPD penanggung jawab", 24),
        Column("OPD/mitra pendukung", 28),
        Column("Kaitan RPJMD", 26),
        Column("Kode nomenklatur", 26),
        *(Column(f"Anggaran {year} (Rp)", 18, money=True, total=True) for year in years),
        Column("Jumlah lima tahun (Rp)", 20, money=True, total=True),
        Column("Tahun ke-6 s.d. ke-10 (Rp)", 20, money=True, total=True),
        Column("Sumber dana", 18),
        Column("Mulai", 8),
        Column("Selesai", 8),
        Column("Quick win", 10),
        Column("Risiko dan mitigasi", 46),
        Column("Bukti dukung", 28),
    )
    return Sheet(
        name=MATRIX,
        title=f"Matriks rencana aksi {clean(names.dossier.city.full_name)}",
        note="Anggaran adalah perkiraan perencanaan; daerah menggantinya dengan HPS atau RKA. Sel kuning perlu diisi.",
        columns=columns,
        rows=tuple(_program(names, program) for program in names.plan.scheduled),
        frozen=1,
    )


def _program(names: Names, program: PlannedProgram) -> tuple[Value, ...]:
    entry = program.catalogue
    main = _main(program.kpis)
    targets = {target.year: _target(target.value, target.text, main) for target in main.targets} if main else {}
    partners = [names.opd(function) for function in program.support]
    partners += list(entry.quick_win.partners) if entry is not None and entry.quick_win is not None else []
    first = {year: f"th-{year}" for year in TARGET_YEARS}
    return (
        program.code,
        names.area(program.dimension),
        names.sub(program),
        clean(program.aim) or Hole("sasaran program"),
        clean(program.name),
        lines(f"{first.get(year, year)}: {clean('; '.join(items))}" for year, items in program.activities.items())
        or Hole("kegiatan per tahun"),
        entry.technology if entry is not None else None,
        *(_named(program.kpis, kind) for kind in _KPI),
        main.unit if main else None,
        _baseline(main),
        *(targets.get(year) for year in TARGET_YEARS),
        names.opd(program.lead) if program.lead else Hole("perangkat daerah penanggung jawab"),
        lines(partners) or None,
        clean(program.rpjmd) or Hole("program RPJMD terkait"),
        (entry.nomenclature if entry is not None else "") or Hole("kode nomenklatur"),
        *(program.budget[year].planned for year in PLAN_YEARS),
        program.first_five.planned,
        program.later.planned,
        lines(names.fund(fund) for fund in program.funds),
        names.years[program.start or 1],
        names.years[1] + (program.end or 1) - 1,
        "Ya" if program.quick_win else "Tidak",
        lines(f"{risk.risk} → {risk.mitigation}" for risk in (entry.risks if entry is not None else ()))
        or Hole("risiko dan mitigasi"),
        Hole("bukti pelaksanaan"),
    )


def _main(kpis: Sequence[PlannedKpi]) -> PlannedKpi | None:
    """Return the KPI that stands for a programme: its first outcome, else its first output."""
    return next((kpi for kpi in kpis if kpi.kind == "outcome"), kpis[0] if kpis else None)


def _named(kpis: Sequence[PlannedKpi], kind: str) -> Value:
    return lines(clean(kpi.kpi) for kpi in kpis if kpi.kind == kind) or None


def _target(value: float | None, text: str, kpi: PlannedKpi) -> Value:
    if value is not None:
        return value
    # A change from a baseline that is not known cannot stand alone as a number.
    if text[:1] not in ("+", "-") or kpi.baseline is not None:
        return text
    return "data dasar" if text in ("+0", "-0") else f"data dasar {text}"


def _baseline(kpi: PlannedKpi | None) -> Value:
    if kpi is None:
        return None
    if kpi.baseline is None:
        return Hole(f"data dasar {clean(kpi.kpi)}")
    words = [str(kpi.baseline_year) if kpi.baseline_year else "", clean(kpi.baseline_source)]
    known = ", ".join(word for word in words if word)
    value = number(kpi.baseline, kpi.decimals)
    return f"{value} ({known})" if known else value


def kpis(names: Names) -> Sheet:
    """Return every KPI with its baseline and targets."""
    rows = [
        (
            program.code,
            clean(program.name),
            _KPI[kpi.kind],
            clean(kpi.kpi),
            kpi.unit,
            kpi.baseline if kpi.baseline is not None else Hole(f"data dasar {clean(kpi.kpi)}"),
            kpi.baseline_year,
            clean(kpi.baseline_source) or None,
            *(_at(kpi, year) for year in TARGET_YEARS),
            clean(kpi.measure),
            names.opd(program.lead),
        )
        for program in names.plan.scheduled
        for kpi in program.kpis
    ]
    return Sheet(
        name="KPI",
        title="Indikator kinerja program",
        note="Target dihitung dari data dasar daerah; perubahan ditulis sebagai kata bila data dasarnya belum ada.",
        columns=(
            Column("Kode", 8),
            Column("Program", 32),
            Column("Jenis", 10),
            Column("Indikator", 38),
            Column("Satuan", 12),
            Column("Data dasar", 16),
            Column("Tahun", 8),
            Column("Sumber", 24),
            *(Column(f"Target th-{year} ({names.years[year]})", 14) for year in TARGET_YEARS),
            Column("Cara mengukur", 40),
            Column("Pengukur", 22),
        ),
        rows=tuple(rows),
        frozen=2,
    )


def _at(kpi: PlannedKpi, year: int) -> Value:
    target = next((target for target in kpi.targets if target.year == year), None)
    return _target(target.value, target.text, kpi) if target is not None else None
