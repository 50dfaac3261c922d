"""The public table of all regions (`content/regions/kabupaten_kota.csv`) as rows with figures, holes left out."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from io import StringIO
from math import isfinite
from pathlib import Path

from generator.model.diagnostics import Collector, Diagnostic, Place
from generator.model.region import Region, RegionDefaults
from generator.sources.files import TextFile
from generator.sources.schema import validate
from generator.sources.yaml import read_yaml

IDENTITY = ("code", "type", "name", "province_code", "province")
DEFAULTS = "content/regions/defaults.yaml"
_TYPES = {"kota": "kota", "kabupaten": "kabupaten"}


def parse_regions(file: TextFile, found: Collector) -> dict[str, Region]:
    """Return the rows of the table by official code (MP301-MP303).

    Zero is a hole of the source in every column that is no count of villages, so it is left out.
    """
    rows: dict[str, Region] = {}
    if file.text is None:
        return rows
    reader = csv.reader(StringIO(file.text))
    try:
        head = next(reader, [])
        absent = [name for name in IDENTITY if name not in head]
        if absent:
            found.error("MP301", Place(file.name, 1, 1), "the table has no column " + ", ".join(absent))
            return rows
        for cells in reader:
            _row(
                dict(zip(head, cells, strict=False)),
                len(cells) == len(head),
                Place(file.name, reader.line_num),
                rows,
                found,
            )
    except csv.Error as fault:
        found.error("MP302", Place(file.name, reader.line_num), f"the row cannot be read: {fault}")
    return rows


def _row(cells: Mapping[str, str], whole: bool, place: Place, rows: dict[str, Region], found: Collector) -> None:
    kind = _TYPES.get(cells.get("type", "").strip().lower())
    code = cells.get("code", "").strip()
    if not whole or kind is None or not code:
        found.error("MP302", place, "the row needs every column, a code, and the type 'Kota' or 'Kabupaten'")
        return
    if code in rows:
        found.error("MP303", place, f"code {code} stands here a second time")
        return
    figures: dict[str, float] = {}
    for column, cell in cells.items():
        if column in IDENTITY or not cell.strip():
            continue
        try:
            figure = float(cell)
        except ValueError:
            figure = float("nan")
        if not isfinite(figure):
            found.error("MP302", place, f"{column}: '{cell[:30]}' is not a number", "write decimals with a point")
        elif figure or column in ("kelurahan", "desa"):
            figures[column] = figure
    rows[code] = Region(
        code=code,
        type="kota" if kind == "kota" else "kabupaten",
        name=cells["name"].strip(),
        province_code=cells["province_code"].strip(),
        province=cells["province"].strip(),
        figures=figures,
    )


def load_defaults(workspace: Path) -> tuple[RegionDefaults | None, tuple[Diagnostic, ...]]:
    """Return what holds for every region, or None where the file is absent or faulty (MP0xx, MP1xx)."""
    file = read_yaml(workspace / DEFAULTS, workspace)
    if file.data is None:
        return None, file.diagnostics
    value, diagnostics = validate(RegionDefaults, file)
    return value, (*file.diagnostics, *diagnostics)
