"""Spoiled workbooks, each with what has to be said of it and what is taken all the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.forms import foreign, spoiled
from tests.forms.filling import Filled

Spoil = Callable[[Filled], "bytes | None"]
Taken = dict[tuple[str, str, str], object]


@dataclass(frozen=True)
class Case:
    """How a form is spoiled, the codes and cells that have to be said (and no others), and what changes."""

    name: str
    spoil: Spoil
    said: tuple[tuple[str, str], ...] = ()
    """Code and end of its place: a cell by what it means ('answers/one-01/level'), or words."""
    taken: Taken = field(default_factory=dict)


LEVEL = ("answers", "one-01", "level")
CASES = (
    Case("rows sorted", spoiled.sorted_rows, taken={LEVEL: 3}),
    Case("rows inserted", spoiled.inserted_rows, taken={("answers", "one-03", "level"): 2}),
    Case("column inserted", spoiled.inserted_column, (("MP714", "!D8"),), {LEVEL: 4}),
    Case("row deleted", spoiled.deleted_row, (("MP716", "form.xlsx"),), {("answers", "one-03", "level"): 3}),
    Case("sheets renamed", spoiled.renamed_sheets, taken={LEVEL: 0}),
    Case("sheets in another order", spoiled.reordered_sheets, taken={LEVEL: 0}),
    Case("hidden rows deleted", spoiled.keys_deleted, taken={LEVEL: 1}),
    Case("hidden id emptied", spoiled.ids_lost, (("MP709", "!A7"),), {LEVEL: 1}),
    Case("hidden id overwritten", spoiled.wrong_id, (("MP706", "!A7"), ("MP716", "form.xlsx"))),
    Case("remark below the table", spoiled.remark_below, (("MP706", "!A15"),)),
    Case("remarks beside the tables", spoiled.remarks_beside,
         (("MP714", "'Identitas Daerah'!F7"), ("MP714", "'Satu'!I2"))),
    Case("a sheet of one's own", spoiled.own_sheet, (("MP714", "'Lampiran'!B2"),), {LEVEL: 3}),
    Case("row copied", spoiled.row_copied, (("MP707", "!J12"),)),
    Case("sheet copied", spoiled.sheet_copied, (("MP707", "'Satu Copy'!J7"),), {LEVEL: 3}),
    Case("source merged over rows", spoiled.merged_sources, (), {
        **{("answers", id, "source"): "Laporan bersama 2025" for id in ("one-01", "one-02", "one-03")},
        ("answers", "one-02", "value"): 80,
    }),
    Case("level merged over rows", spoiled.merged_levels, (("MP713", "!J8"),), {LEVEL: 3}),
    Case("trailing blanks", spoiled.trailing_blanks),
    Case("Indonesian decimals", spoiled.indonesian_decimals, (), {
        ("answers", "one-02", "value"): 81.25, ("answers", "one-02", "source"): "BPS",
        ("answers", "one-04", "value"): 1_250_000, ("answers", "one-04", "source"): "Kominfo",
    }),
    Case("one point in a number", spoiled.single_point, (("MP709", "answers/one-04/value"),), {
        ("answers", "one-04", "value"): 1250, ("answers", "one-04", "source"): "Kominfo",
    }),
    Case("number turned into a date", spoiled.number_turned_into_date,
         (("MP705", "answers/one-02/value"), ("MP711", "answers/one-02/source"))),
    Case("words for a number", spoiled.words_for_number, (("MP705", "answers/one-02/value"),)),
    Case("share for per cent", spoiled.share_for_percent, (("MP709", "answers/one-02/value"),),
         {("answers", "one-02", "value"): 0.8}),
    Case("value outside of its unit", spoiled.outside_of_unit, (("MP705", "answers/one-02/value"),)),
    Case("half a level", spoiled.half_level, (("MP705", "answers/one-01/level"),)),
    Case("value for a rubric", spoiled.value_for_rubric, (("MP705", "answers/one-03/value"),)),
    Case("year in the future", spoiled.year_ahead, (("MP705", "answers/one-01/year"),)),
    Case("two years", spoiled.two_years, (("MP705", "answers/one-01/year"),)),
    Case("date as text", spoiled.date_as_text, (), {("cover", "date", "value"): dt.date(2026, 2, 20)}),
    Case("choice mistyped", spoiled.evidence_mistyped, (("MP705", "answers/one-01/evidence"),)),
    Case("not known in words", spoiled.not_known_in_words, (("MP709", "answers/one-01/level"),), {LEVEL: None}),
    Case("cells emptied", spoiled.emptied, (), {
        ("answers", "one-03", "level"): None, ("answers", "one-03", "note"): None,
    }),
    Case("status emptied", spoiled.status_emptied, (("MP705", "cover/status/value"),)),
    Case("fact without source", spoiled.fact_without_source, (("MP711", "facts/portal/value"),)),
    Case("programme half filled in", spoiled.program_half, (("MP711", "!B8"),)),
    Case("programme without name", spoiled.program_nameless, (("MP706", "!A8"),)),
    Case("text too long", spoiled.long_text, (("MP705", "answers/one-01/note"),)),
    Case("marks that turn the direction", spoiled.hidden_marks, (("MP705", "answers/one-01/note"),)),
    Case("formula without result", spoiled.formula_without_result, (("MP712", "answers/one-02/value"),)),
    Case("formula that calls a program", spoiled.calls_a_program, (("MP712", "answers/one-02/value"),)),
    Case("formula with its result", spoiled.formula_with_result, (), {("answers", "one-02", "value"): 80.5}),
    Case("formula into another workbook", spoiled.formula_outside, (("MP712", "answers/one-02/value"),),
         {("answers", "one-02", "value"): 80}),
    Case("formula in error", spoiled.formula_in_error, (("MP705", "answers/one-02/value"),)),
    Case("formula as text", spoiled.formula_as_text, (("MP705", "answers/one-01/note"),)),
    Case("macros", spoiled.macros, (("MP715", "form.xlsx"),), {LEVEL: 3}),
    Case("external link", spoiled.external_link, (("MP715", "form.xlsx"),), {LEVEL: 3}),
    Case("zip bomb", spoiled.zip_bomb, (("MP702", "form.xlsx"),)),
    Case("a cell at the end of the sheet", spoiled.cell_at_the_end, (("MP703", "form.xlsx"),)),
    Case("XML entities", spoiled.xml_entities, (("MP702", "form.xlsx"),)),
    Case("form of another city", spoiled.other_city, (("MP704", "form.xlsx"),)),
    Case("another workbook", spoiled.not_a_form, (("MP704", "form.xlsx"),)),
    Case("file cut off", spoiled.cut_off, (("MP701", "form.xlsx"),)),
    Case("workbook with macros (.xlsm)", foreign.macro_workbook, (("MP715", "form.xlsx"),), {LEVEL: 3}),
    Case("export of Google Sheets", foreign.google_sheets, (), {
        LEVEL: 3, ("answers", "one-02", "value"): 80, ("facts", "access", "value"): 75,
    }),
    Case("OpenDocument (.ods)", foreign.open_document, (("MP709", "answers/one-02/value"), ("MP715", "form.xlsx")), {
        LEVEL: 3, ("answers", "one-02", "value"): 81.25,
    }),
    Case("web page by the name of .xls", foreign.old_excel_is_html, (("MP701", "form.xlsx"),)),
    Case("strict Open XML", foreign.strict_workbook, taken={LEVEL: 3}),
    Case("dates of the Mac", foreign.dates_of_the_mac, taken={("cover", "date", "value"): dt.date(2026, 2, 20)}),
    Case("sorted without the hidden ids", foreign.sorted_without_ids, (("MP709", "!A7"),), {LEVEL: 4}),
    Case("shown as per cent", foreign.shown_as_percent,
         (("MP709", "answers/one-02/value"), ("MP709", "identity/budget.smart_city_share/value")),
         {("answers", "one-02", "value"): 81.25, ("identity", "budget.smart_city_share", "value"): 0.015}),
    Case("unit overwritten", foreign.unit_overwritten, (("MP714", "answers/one-02/unit"),), {
        ("answers", "one-02", "value"): 80,
    }),
    Case("comment on a cell", foreign.cell_comment, (("MP715", "form.xlsx"),)),
    Case("string out of range", foreign.string_out_of_range, (("MP701", "form.xlsx"),)),
    Case("figure without end", foreign.infinite, (("MP705", "answers/one-02/value"),)),
    Case("parts named with backslashes", foreign.backslashes, (("MP701", "form.xlsx"),)),
    Case("programme emptied", foreign.program_emptied, taken={
        ("programs", "own-portal", column): None
        for column in ("name", "place", "kind", "lead", "budget:2026", "funds")
    }),
    Case("programme refused without reason", foreign.override_without_reason, (("MP711", "overrides/prg-one/action"),)),
    Case("unknown dimension", foreign.unknown_dimension, (("MP705", "missions/m1/dimensions"),)),
    Case("mission without its text", foreign.mission_without_text, (("MP706", "!A8"),)),
    Case("no spreadsheet at all", spoiled.a_picture, (("MP701", "form.xlsx"),)),
)  # fmt: skip
