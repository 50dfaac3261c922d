"""A form as a city treats it: cells found by what they mean, the file saved by another program than ours."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl

from generator.model.content import CityDossier, Content
from generator.model.form import MARK, Address, Change
from generator.sources.cities import load_city
from generator.sources.content import load_content
from generator.sources.workbook.apply import apply_changes
from generator.sources.workbook.changes import FormReading, read_form
from generator.writers.form import write_form
from tests.sources.workspace import lay as lay_tiny

MORE = """\
indicators:
  - id: one-03
    dimension: one
    subdimension: part
    name: Tata kelola
    definition: Sejauh mana tata kelola berjalan.
    kind: survey
    levels: {0: belum, 1: awal, 2: sebagian, 3: luas, 4: penuh}
    evidence: [SK, laporan]
    source: uji
  - id: one-04
    dimension: ready
    subdimension: base
    name: Jumlah aplikasi
    definition: Aplikasi yang berjalan.
    kind: value
    unit: aplikasi
    levels: {0: belum, 1: awal, 2: sebagian, 3: luas, 4: penuh}
    thresholds: {bounds: [1, 10, 100, 1000], basis: target, year: 2024, note: target uji}
    source: uji
"""
ANSWERS = """\
# Answers of the sample.
status: sample
date: 2026-02-16
by: Penilai
answers:
  one-01: {level: 2, year: 2025, source: contoh, evidence: verified}  # seen
  one-03:
    level: 1
    # why so low
    note: belum semua
"""
PROGRAMS = """\
# Our own.
programs:
  - id: own-portal
    name: Portal daerah
    dimension: one
    subdimension: part
    kind: application
    lead: planning
    budget: {2026: 1_000_000_000}
    funds: [apbd]
  - {id: prg-base, action: "off", reason: sudah ada}
"""


def lay(folder: Path, priorities: str) -> Path:
    """Lay the tiny workspace with four indicators and a city that has answers and programmes."""
    return lay_tiny(
        folder,
        priorities,
        content__instrument__two=MORE,
        **{"cities__kota-contoh__assessment": ANSWERS, "cities__kota-contoh__programs": PROGRAMS},
    )


def load(workspace: Path, slug: str = "kota-contoh") -> tuple[Content, CityDossier]:
    """Load content and a city that have no errors."""
    content, found = load_content(workspace)
    assert content is not None, [str(item) for item in found]
    dossier, found = load_city(workspace, slug, content)
    assert dossier is not None, [str(item) for item in found]
    return content, dossier


@dataclass
class Filled:
    """A form that is being filled in with another program."""

    data: bytes

    @cached_property
    def book(self) -> Any:
        """The workbook."""
        return openpyxl.load_workbook(BytesIO(self.data))

    def spot(self, table: str, row: str, column: str) -> tuple[Any, int, int]:
        """Return sheet, row and column of a cell; row '+1' is the first empty one of a table that grows."""
        for sheet in self.book.worksheets:
            if sheet["A1"].value != f"{MARK}:{table}":
                continue
            keys = next(number for number in range(2, 40) if sheet.cell(number, 1).value == "id")
            columns = {cell.value: cell.column for cell in sheet[keys]}
            for number in range(keys + 2, sheet.max_row + 1):
                id = sheet.cell(number, 1).value or ""
                if id == row or (row == "+1" and not id and not sheet.cell(number, 2).value):
                    return sheet, number, columns[column]
        raise AssertionError(f"the form has no cell {table}/{row}/{column}")

    def put(self, table: str, row: str, column: str, value: object) -> Filled:
        """Fill in a cell."""
        sheet, number, at = self.spot(table, row, column)
        sheet.cell(number, at).value = value
        return self

    def get(self, table: str, row: str, column: str) -> object:
        """Return what a cell shows."""
        sheet, number, at = self.spot(table, row, column)
        value: object = sheet.cell(number, at).value
        return value

    def where(self, table: str, row: str, column: str) -> str:
        """Return the place of a cell as messages say it: "'Satu'!J7"."""
        sheet, number, at = self.spot(table, row, column)
        return f"'{sheet.title}'!{sheet.cell(number, at).coordinate}"

    def save(self) -> bytes:
        """Return the file."""
        target = BytesIO()
        self.book.save(target)
        return target.getvalue()


def form(workspace: Path) -> Filled:
    """Return a fresh form of the city."""
    content, dossier = load(workspace)
    return Filled(write_form(dossier, content))


def read(workspace: Path, data: bytes) -> FormReading:
    """Read a form against the files as they are now."""
    content, dossier = load(workspace)
    return read_form(data, "form.xlsx", dossier, content)


def take(workspace: Path, data: bytes) -> FormReading:
    """Read a form and write its changes."""
    content, dossier = load(workspace)
    reading = read_form(data, "form.xlsx", dossier, content)
    edited = apply_changes(workspace, dossier, content, reading.changes)
    assert not edited.diagnostics, [str(item) for item in edited.diagnostics]
    for name, text in edited.texts.items():
        (workspace / "cities" / dossier.slug / name).write_text(text, encoding="utf-8", newline="")
    return reading


def changed(reading: FormReading) -> dict[tuple[str, str, str], object]:
    """Return the new values by address."""
    return {tuple(change.address): change.new for change in reading.changes}


def by_address(changes: tuple[Change, ...]) -> dict[Address, Change]:
    """Return changes by address."""
    return {change.address: change for change in changes}
