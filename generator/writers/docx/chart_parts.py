"""Chart numbers to a chart part and its workbook, with python-pptx's writers."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from lxml import etree
from pptx.chart import data as chart_data
from pptx.chart import xlsx, xmlwriter
from pptx.enum.chart import XL_CHART_TYPE
from xlsxwriter import Workbook

from generator.model.document import Chart
from generator.writers.docx.chart_numbers import number
from generator.writers.docx.xml import Element, clean

_TYPES = {
    "radar": XL_CHART_TYPE.RADAR_MARKERS,
    "bars": XL_CHART_TYPE.BAR_CLUSTERED,
    "columns": XL_CHART_TYPE.COLUMN_CLUSTERED,
    "stacked": XL_CHART_TYPE.COLUMN_STACKED,
    "lines": XL_CHART_TYPE.LINE_MARKERS,
    "scatter": XL_CHART_TYPE.XY_SCATTER,
    "strip": XL_CHART_TYPE.XY_SCATTER,
}
# The library has no types: its names are taken as Any at this one place.
_CategoryData: Any = chart_data.CategoryChartData
_PointData: Any = chart_data.XyChartData
_XmlWriter: Any = xmlwriter.ChartXmlWriter
UNKNOWN = "belum ada data"
_CREATED = datetime.datetime(1980, 1, 1, tzinfo=datetime.UTC)


@dataclass(frozen=True, slots=True)
class ChartParts:
    """The XML of a chart, the workbook behind it, and the labels of the points that could be drawn."""

    space: Element
    workbook: bytes
    points: tuple[str, ...]


def chart_parts(chart: Chart) -> ChartParts:
    """Return the parts of a chart that has numbers; heat maps are tables and have none."""
    if chart.kind in ("scatter", "strip"):
        return _points(chart)
    data = _CategoryData(number_format="General")
    data.categories = [_category(chart, index, category) for index, category in enumerate(chart.categories)]
    for series in chart.series:
        values = [number(value) for value in series.values[: len(chart.categories)]]
        data.add_series(clean(series.name), values)
    return ChartParts(_space(chart, data), _workbook(_CategoryBook, data), tuple(chart.categories))


def _category(chart: Chart, index: int, category: str) -> str:
    """Return the label of a category; one without any value says so, since a gap looks like a nought."""
    known = any(number(value) is not None for series in chart.series for value in series.values[index : index + 1])
    return clean(category) if known else f"{clean(category)} ({UNKNOWN})"


def _points(chart: Chart) -> ChartParts:
    data = _PointData(number_format="General")
    across = [number(value) for value in chart.series[0].values]
    if chart.kind == "strip":
        up: list[float | None] = [0.0] * len(across)
        series = data.add_series(clean(chart.series[0].name))
    else:
        up = [number(value) for value in chart.series[1].values] if len(chart.series) > 1 else []
        series = data.add_series(clean(chart.series[-1].name))
    labels = []
    for label, x, y in zip(chart.categories, across, up, strict=False):
        if x is not None and y is not None:
            series.add_data_point(x, y)
            labels.append(clean(label))
    return ChartParts(_space(chart, data), _workbook(_PointBook, data, labels), tuple(labels))


def _space(chart: Chart, data: Any) -> Element:
    text = _XmlWriter(_TYPES[chart.kind], data).xml
    # The library's text is indented; the blanks would stay between our own elements.
    return etree.fromstring(text.encode(), etree.XMLParser(remove_blank_text=True))


def _workbook(writer: Any, *arguments: Any) -> bytes:
    content: bytes = writer(*arguments).xlsx_blob
    return content


@contextmanager
def _open(stream: BytesIO) -> Iterator[tuple[Any, Any]]:
    """Open a workbook that keeps no date of today and takes no text for a formula or a link."""
    workbook = Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    workbook.set_properties({"created": _CREATED})
    yield workbook, workbook.add_worksheet()
    workbook.close()


class _CategoryBook(xlsx.CategoryWorkbookWriter):
    def _open_worksheet(self, xlsx_file: BytesIO) -> Any:
        return _open(xlsx_file)


class _PointBook(xlsx.XyWorkbookWriter):
    """The layout of the library (x in A, y in B), with the labels of the points in C."""

    def __init__(self, data: Any, labels: list[str]) -> None:
        super().__init__(data)  # type: ignore[no-untyped-call]
        self._labels = labels

    def _open_worksheet(self, xlsx_file: BytesIO) -> Any:
        return _open(xlsx_file)

    def _populate_worksheet(self, workbook: Any, worksheet: Any) -> None:
        super()._populate_worksheet(workbook, worksheet)  # type: ignore[no-untyped-call]
        worksheet.write_column(1, 2, self._labels)
