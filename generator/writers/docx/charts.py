"""Charts: native and editable, save the heat map, which is a shaded table."""

from __future__ import annotations

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE

from generator.model import word as styles
from generator.model.document import Cell, Chart, Column, Row, Table, Text
from generator.writers.docx import tables, xml
from generator.writers.docx.chart_numbers import has_numbers, number
from generator.writers.docx.context import Place, Writing
from generator.writers.docx.drawings import EMU_PER_MM, add_chart, emu
from generator.writers.docx.figures import write_below, write_frame
from generator.writers.docx.xml import plain_sub, q

_WIDTH_MM = 150
_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_LEVELS = 4


def write_chart(writing: Writing, place: Place, chart: Chart) -> None:
    """Append a chart with its caption and source below; without any number, a frame that says so."""
    if chart.kind == "heatmap":
        _heat_map(writing, place, chart)
    elif has_numbers(chart):
        _native(writing, place, chart)
    else:
        write_frame(writing, place, chart.id, f"Bagan belum dapat digambar: datanya belum tersedia. {chart.alt}")
    write_below(writing, place, chart.id, chart.caption, chart.source)


def _height_mm(chart: Chart) -> int:
    match chart.kind:
        case "radar" | "scatter":
            return 105
        case "bars":
            return min(20 + 9 * len(chart.categories) * max(1, len(chart.series) // 2), 210)
        case "strip":
            return 60
        case _:
            return 80


def _native(writing: Writing, place: Place, chart: Chart) -> None:
    # python-pptx costs 0.1 s to import: only books with charts pay it.
    from generator.writers.docx.chart_look import dress
    from generator.writers.docx.chart_parts import chart_parts

    parts = chart_parts(chart)
    dress(chart, parts, writing.document.palette)
    part = writing.add_part("charts/", "chart", "xml", _CHART_TYPE, b"")
    book = writing.add_part("embeddings/", "Microsoft_Excel_Sheet", "xlsx", CONTENT_TYPE.SML_SHEET, parts.workbook)
    part.load_rel(RELATIONSHIP_TYPE.PACKAGE, book, "rId1")
    data = plain_sub(parts.space, "c:externalData")
    data.set(q("r:id"), "rId1")
    plain_sub(data, "c:autoUpdate", val="0")
    part._blob = xml.serialise(parts.space)
    relation = writing.relate(RELATIONSHIP_TYPE.CHART, part)
    width = min(_WIDTH_MM * EMU_PER_MM, emu(place.width))
    with writing.paragraph(place, styles.FIGURE, chart.id) as node:
        add_chart(writing, node, relation, chart.alt, width, _height_mm(chart) * EMU_PER_MM)


def _heat_map(writing: Writing, place: Place, chart: Chart) -> None:
    """Append rows of series and columns of categories; the ground repeats what the number says."""
    writing.await_anchor(chart.id)
    if writing.break_pending and place.top:
        with writing.paragraph(place, styles.SEPARATOR):
            pass
    header = Row((Cell(((),)), *(Cell(((Text(category),),)) for category in chart.categories)))
    body = tuple(
        Row(
            (
                Cell(((Text(series.name),),), header=True),
                *(_heat_cell(value, chart.maximum) for value in series.values[: len(chart.categories)]),
            )
        )
        for series in chart.series
    )
    columns = (Column(weight=2.0), *(Column("center") for _ in chart.categories))
    table = Table(id=chart.id, columns=columns, header=(header,), body=body, look="matrix")
    tables.draw(writing, place, table, chart.alt)


def _heat_cell(value: float | None, maximum: float | None) -> Cell:
    known = number(value)
    if known is None:
        return Cell(((Text("–"),),))
    share = known / maximum * _LEVELS if maximum else known
    return Cell(((Text(f"{known:.1f}".replace(".", ",")),),), level=min(max(round(share), 0), _LEVELS))
