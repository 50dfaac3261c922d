"""The workbook shows the plan: filters, frozen headers, sums by formula, and text that stays text."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from generator.analysis.planning import plan_city
from generator.model.content import CityDossier
from generator.model.plan import PLAN_YEARS, Plan
from generator.model.programs import OwnProgram
from generator.writers import xlsx
from generator.writers.xlsx.sheet import MATRIX
from tests.analysis import invented

CONTENT = invented.content()
HEADER = xlsx.HEADER + 1
HOSTILE = ('=HYPERLINK("http://evil")', "+1+1", "-2+3", "@SUM(A1)", "\t=1", "a\x00b\x08c", "<b>&amp;", "x" * 40_000)


def made(dossier: CityDossier) -> tuple[Plan, Workbook, Workbook]:
    """The plan, its workbook with formulas, and the same with stored results."""
    plan = plan_city(dossier, CONTENT)
    data = xlsx.write(dossier, CONTENT, plan)
    assert data == xlsx.write(dossier, CONTENT, plan)
    return plan, load_workbook(BytesIO(data)), load_workbook(BytesIO(data), data_only=True)


def titles(sheet: Worksheet) -> dict[str, int]:
    return {str(cell.value): cell.column for cell in sheet[HEADER]}


@pytest.fixture(scope="module")
def book() -> tuple[Plan, Workbook, Workbook]:
    return made(invented.dossier(budget=replace(invented.city().budget, apbd=100_000 * invented.MILLION)))  # type: ignore[type-var]


def test_every_sheet_has_a_filter_and_a_frozen_header(book: tuple[Plan, Workbook, Workbook]) -> None:
    _, formulas, _ = book
    budgets, others = ["Anggaran", "Anggaran OPD", "Anggaran Dana"], ["Belum Terdanai", "Ketertelusuran"]
    assert formulas.sheetnames == [MATRIX, "KPI", *budgets, "Risiko", "Quick Win", *others]
    for sheet in formulas:
        assert sheet.auto_filter.ref is not None, sheet.title
        assert sheet.freeze_panes is not None
        assert sheet.freeze_panes.endswith(str(HEADER + 1))


def test_the_matrix_has_one_row_a_programme_and_the_columns_of_the_programme(
    book: tuple[Plan, Workbook, Workbook],
) -> None:
    plan, formulas, _ = book
    sheet = formulas[MATRIX]
    assert [sheet.cell(row, 1).value for row in range(HEADER + 1, sheet.max_row + 1)] == [
        p.code for p in plan.scheduled
    ]
    wanted = ("Kode", "Dimensi", "Subdimensi", "Sasaran", "Program", "Kegiatan", "Inovasi/teknologi", "Satuan",
              "OPD penanggung jawab", "OPD/mitra pendukung", "Kaitan RPJMD", "Kode nomenklatur", "Sumber dana",
              "Quick win", "Risiko dan mitigasi", "Bukti dukung")  # fmt: skip
    assert set(wanted) <= set(titles(sheet))


def test_sums_are_formulas_whose_stored_results_are_those_of_the_plan(book: tuple[Plan, Workbook, Workbook]) -> None:
    plan, formulas, values = book
    column = titles(formulas[MATRIX])["Jumlah lima tahun (Rp)"]
    formula = formulas[MATRIX].cell(HEADER - 1, column).value
    letter = formulas[MATRIX].cell(HEADER, column).column_letter
    assert formula == f"=SUBTOTAL(109,{letter}{HEADER + 1}:{letter}{HEADER + len(plan.scheduled)})"
    assert values[MATRIX].cell(HEADER - 1, column).value == plan.budgets.dimension.total.total
    budget = formulas["Anggaran"]
    for row, line in enumerate(plan.budgets.dimension.rows, HEADER + 1):
        assert str(budget.cell(row, 3).value).startswith(f"=SUMIFS('{MATRIX}'!")
        assert str(budget.cell(row, 3).value).endswith(f",A{row})")
        assert [values["Anggaran"].cell(row, 3 + offset).value for offset in range(5)] == [
            line.years[y] for y in PLAN_YEARS
        ]


def test_a_formula_of_the_budget_points_at_the_year_that_its_column_names(
    book: tuple[Plan, Workbook, Workbook],
) -> None:
    _, formulas, _ = book
    matrix, budget = formulas[MATRIX], formulas["Anggaran"]
    for column in range(3, 8):
        letter = str(budget.cell(HEADER + 1, column).value).split("!")[1].split(":")[0]
        year = str(budget.cell(HEADER, column).value).split()[0]
        assert matrix[f"{letter}{HEADER}"].value == f"Anggaran {year} (Rp)"


def test_what_is_not_funded_is_listed_with_its_reason(book: tuple[Plan, Workbook, Workbook]) -> None:
    plan, formulas, _ = book
    sheet = formulas["Belum Terdanai"]
    column = titles(sheet)["Sebab"]
    rows = range(HEADER + 1, sheet.max_row + 1)
    assert len(rows) == len(plan.unfunded) > 0
    assert all(sheet.cell(row, column).value for row in rows)


def test_money_has_a_number_format_and_holes_are_visible(book: tuple[Plan, Workbook, Workbook]) -> None:
    _, formulas, _ = book
    sheet = formulas[MATRIX]
    names = titles(sheet)
    assert sheet.cell(HEADER + 1, names["Jumlah lima tahun (Rp)"]).number_format == "#,##0"
    hole = sheet.cell(HEADER + 1, names["Kaitan RPJMD"])
    assert hole.value == "[Isi: program RPJMD terkait]"
    assert hole.fill.fgColor.rgb == "FFFFF3BF"


@pytest.mark.parametrize("text", HOSTILE)
def test_text_that_looks_like_a_formula_is_written_as_text(text: str) -> None:
    entry = OwnProgram(
        id="own", name=text, dimension="order", subdimension="desk", kind="application", lead="office", aim=text,
        rpjmd=text, start_year=1, budget={2027: 1}, funds=("own",), reason=text,
    )  # fmt: skip
    _, formulas, _ = made(invented.dossier(own=(entry,), opd={"office": text}))
    sheet = formulas[MATRIX]
    names = titles(sheet)
    row = next(row for row in range(HEADER + 1, sheet.max_row + 1) if sheet.cell(row, names["Mulai"]).value == 2027
               and sheet.cell(row, names["Jumlah lima tahun (Rp)"]).value == 1)  # fmt: skip
    for column in ("Program", "Sasaran", "Kaitan RPJMD", "OPD penanggung jawab"):
        cell = sheet.cell(row, names[column])
        assert cell.data_type == "s"
        if text.strip()[0] in "=+-@":
            assert cell.value == text.strip()
            assert cell.quotePrefix
