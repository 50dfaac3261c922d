"""The look of charts: our colours, type, axes and direct labels put onto the XML that python-pptx writes."""

from __future__ import annotations

from collections.abc import Iterable

from generator.model.document import Chart, Palette
from generator.writers.docx.chart_numbers import number
from generator.writers.docx.chart_parts import ChartParts
from generator.writers.docx.xml import Element, clean, plain_sub, q

_GRID, _INK = "D5DCE3", "1B2433"
_HAIRLINE, _LINE = 6350, 22225  # EMU
_AFTER_TEXT = ("c:marker", "c:dPt", "c:dLbls", "c:cat", "c:xVal", "c:val")
_MOST_LABELS = 12


def dress(chart: Chart, parts: ChartParts, palette: Palette) -> None:
    """Change the chart's XML in place."""
    space = parts.space
    for extra in space.findall("{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"):
        space.remove(extra)
    language = space.makeelement(q("c:lang"), {"val": "id-ID"})
    dates = space.find(q("c:date1904"))
    space.insert(0 if dates is None else 1, language)
    _positive_axes(space)
    _type(space)
    frame = space.find(q("c:chart"))
    assert frame is not None  # noqa: S101 - the library always writes it
    deleted = frame.find(q("c:autoTitleDeleted"))
    if deleted is not None:
        deleted.set("val", "1")
    for legend in frame.findall(q("c:legend")):
        frame.remove(legend)
    if len(chart.series) > 1 and chart.kind not in ("scatter", "strip"):
        _legend(frame)
    for index, series in enumerate(frame.iter(q("c:ser"))):
        tone = palette.tone(chart.series[index].tone)
        _series(chart, series, tone, palette)
        if chart.kind in ("scatter", "strip"):
            _point_labels(chart, series, parts.points, tone, palette)
    _axes(chart, frame)
    _insert(space, _shape(space), ("c:txPr", "c:externalData"))
    if chart.kind in ("bars", "columns", "stacked"):
        _gap(frame)


def _positive_axes(space: Element) -> None:
    """Give axes positive ids, as the schema wants them."""
    ids: dict[str, str] = {}
    for node in space.iter(q("c:axId"), q("c:crossAx")):
        node.set("val", ids.setdefault(node.get("val", ""), str(len(ids) + 1)))


def _type(space: Element) -> None:
    for properties in space.iter(q("a:defRPr")):
        properties.set("sz", "900")
        _solid(properties, _INK)
        plain_sub(properties, "a:latin", typeface="Calibri")
    for end in space.iter(q("a:endParaRPr")):
        end.set("lang", "id-ID")


def _legend(frame: Element) -> None:
    legend = frame.makeelement(q("c:legend"))
    plain_sub(legend, "c:legendPos", val="b")
    plain_sub(legend, "c:overlay", val="0")
    plot = frame.find(q("c:plotArea"))
    assert plot is not None  # noqa: S101 - the library always writes it
    plot.addnext(legend)


def _solid(parent: Element, colour: str) -> None:
    plain_sub(plain_sub(parent, "a:solidFill"), "a:srgbClr", val=colour)


def _insert(parent: Element, node: Element, before: Iterable[str]) -> None:
    """Insert a child before the first of the named ones, as the schema orders them."""
    names = {q(name) for name in before}
    for index, child in enumerate(parent):
        if child.tag in names:
            parent.insert(index, node)
            return
    parent.append(node)


def _shape(parent: Element, *, fill: str = "", line: str = "", width: int = _LINE) -> Element:
    shape = parent.makeelement(q("c:spPr"))
    if fill:
        _solid(shape, fill)
    outline = plain_sub(shape, "a:ln", w=str(width))
    if line:
        _solid(outline, line)
    else:
        plain_sub(outline, "a:noFill")
    return shape


def _series(chart: Chart, series: Element, tone: str, palette: Palette) -> None:
    for old in (*series.findall(q("c:spPr")), *series.findall(q("c:marker"))):
        series.remove(old)
    if chart.kind == "radar":
        for smooth in series.findall(q("c:smooth")):
            series.remove(smooth)
    drawn_as_line = chart.kind in ("radar", "lines")
    shape = _shape(series, line=tone) if drawn_as_line else _shape(series, fill=tone)
    if chart.kind in ("scatter", "strip"):
        shape = _shape(series)
    _insert(series, shape, ("c:invertIfNegative", *_AFTER_TEXT))
    if drawn_as_line or chart.kind in ("scatter", "strip"):
        marker = series.makeelement(q("c:marker"))
        _marker(marker, tone, 7 if drawn_as_line else 9)
        _insert(series, marker, _AFTER_TEXT[1:])
    if chart.kind in ("bars", "columns") and len(chart.series) == 1:
        _values(chart, series)
        _own(chart, series, palette)


def _marker(marker: Element, tone: str, size: int) -> None:
    plain_sub(marker, "c:symbol", val="circle")
    plain_sub(marker, "c:size", val=str(size))
    marker.append(_shape(marker, fill=tone, line="FFFFFF", width=_HAIRLINE))


def _shown(parent: Element, *, value: bool) -> None:
    for name in ("LegendKey", "Val", "CatName", "SerName", "Percent", "BubbleSize"):
        plain_sub(parent, f"c:show{name}", val="1" if value and name == "Val" else "0")


def _number_format(chart: Chart) -> str:
    highest = chart.maximum or max((value or 0.0 for series in chart.series for value in series.values), default=0.0)
    return "0.0" if highest < 20 else "#,##0"


def _values(chart: Chart, series: Element) -> None:
    """Label each bar with its value: nobody has to look for it on an axis."""
    labels = series.makeelement(q("c:dLbls"))
    plain_sub(labels, "c:numFmt", formatCode=_number_format(chart), sourceLinked="0")
    _shown(labels, value=True)
    _insert(series, labels, ("c:cat", "c:val"))


def _own(chart: Chart, series: Element, palette: Palette) -> None:
    """Make all bars grey but the one to be seen."""
    if chart.highlight not in chart.categories:
        return
    for index, category in enumerate(chart.categories):
        if category != chart.highlight:
            point = series.makeelement(q("c:dPt"))
            plain_sub(point, "c:idx", val=str(index))
            plain_sub(point, "c:invertIfNegative", val="0")
            plain_sub(point, "c:bubble3D", val="0")
            point.append(_shape(point, fill=palette.tone("grey")))
            _insert(series, point, ("c:dLbls", "c:cat", "c:val"))


def _point_labels(chart: Chart, series: Element, points: tuple[str, ...], tone: str, palette: Palette) -> None:
    """Name the points in the chart; in a strip only the own one where there are many. The own one has its colour."""
    labels = series.makeelement(q("c:dLbls"))
    for index, point in enumerate(points):
        own = point == clean(chart.highlight or "")
        if own or len(points) <= _MOST_LABELS:
            _point_label(labels, index, point, above=chart.kind == "strip")
        if chart.kind == "strip" and not own:
            look = series.makeelement(q("c:dPt"))
            plain_sub(look, "c:idx", val=str(index))
            _marker(plain_sub(look, "c:marker"), palette.tone("grey") if chart.highlight else tone, 7)
            plain_sub(look, "c:bubble3D", val="0")
            _insert(series, look, ("c:dLbls", "c:xVal"))
    _shown(labels, value=False)
    _insert(series, labels, ("c:xVal",))


def _point_label(labels: Element, index: int, text: str, *, above: bool) -> None:
    label = plain_sub(labels, "c:dLbl")
    plain_sub(label, "c:idx", val=str(index))
    _rich(plain_sub(label, "c:tx"), text, turned=above)
    plain_sub(label, "c:dLblPos", val="t" if above else "r")
    _shown(label, value=True)


def _rich(parent: Element, text: str, *, turned: bool = False, bold: bool = False) -> None:
    rich = plain_sub(parent, "c:rich")
    body = plain_sub(rich, "a:bodyPr")
    if turned:
        body.set("rot", "-2700000")
        body.set("vert", "horz")
    plain_sub(rich, "a:lstStyle")
    run = plain_sub(plain_sub(rich, "a:p"), "a:r")
    plain_sub(run, "a:rPr", lang="id-ID", sz="900", b="1" if bold else "0")
    plain_sub(run, "a:t").text = clean(text)


def _axes(chart: Chart, frame: Element) -> None:
    axes = list(frame.iter(q("c:catAx"), q("c:valAx")))
    values = [axis for axis in axes if axis.tag == q("c:valAx")]
    for axis in axes:
        _quiet(axis)
    for axis in values:
        _scale(axis, 0.0 if _lowest(chart) >= 0 else None, chart.maximum)
    match chart.kind:
        case "bars":
            _orientation(axes[0], "maxMin")
            if len(chart.series) == 1:
                _set(values[0], "c:delete", "1")
                _no_grid(values[0])
        case "scatter":
            _quadrants(chart, values)
        case "strip":
            _one_line(chart, values)
        case "columns" | "stacked" | "lines" | "radar" | "heatmap":
            pass
    if chart.unit and chart.kind in ("bars", "columns", "stacked", "lines"):
        _title(values[0], chart.unit)
    if chart.kind == "radar":
        _tick_format(values[0], "General")


def _quiet(axis: Element) -> None:
    for lines in axis.findall(q("c:majorGridlines")):
        lines.clear()
        lines.append(_shape(lines, line=_GRID, width=_HAIRLINE))
    _set(axis, "c:majorTickMark", "none")


def _no_grid(axis: Element) -> None:
    for lines in axis.findall(q("c:majorGridlines")):
        axis.remove(lines)


def _one_line(chart: Chart, axes: list[Element]) -> None:
    """Leave only the axis across, under points that all stand at zero."""
    across, up = axes
    _scale(up, -0.2, 1.0)
    _set(up, "c:delete", "1")
    _no_grid(up)
    _title(across, chart.series[0].name)


def _lowest(chart: Chart) -> float:
    return min((number(value) or 0.0 for series in chart.series for value in series.values), default=0.0)


def _quadrants(chart: Chart, axes: list[Element]) -> None:
    """Let the axes cross in the middle, so that they part the field in four."""
    for axis, series in zip(axes, chart.series, strict=False):
        _title(axis, series.name)
        _set(axis, "c:tickLblPos", "low")
        _no_grid(axis)
        crosses = axis.find(q("c:crosses"))
        if chart.maximum and crosses is not None:
            crosses.tag = q("c:crossesAt")
            crosses.set("val", str(chart.maximum / 2))


def _set(axis: Element, name: str, value: str) -> None:
    node = axis.find(q(name))
    if node is not None:
        node.set("val", value)


def _scale(axis: Element, lowest: float | None, highest: float | None) -> None:
    scaling = axis.find(q("c:scaling"))
    if scaling is None:
        return
    orientation = scaling.find(q("c:orientation"))
    scaling.clear()
    plain_sub(scaling, "c:orientation", val="minMax" if orientation is None else orientation.get("val", "minMax"))
    if highest is not None:
        plain_sub(scaling, "c:max", val=str(highest))
    if lowest is not None:
        plain_sub(scaling, "c:min", val=str(lowest))


def _orientation(axis: Element, value: str) -> None:
    scaling = axis.find(q("c:scaling"))
    if scaling is not None:
        scaling.clear()
        plain_sub(scaling, "c:orientation", val=value)


def _title(axis: Element, text: str) -> None:
    title = axis.makeelement(q("c:title"))
    _rich(plain_sub(title, "c:tx"), text)
    plain_sub(title, "c:overlay", val="0")
    _insert(axis, title, ("c:numFmt", "c:majorTickMark", "c:minorTickMark", "c:tickLblPos"))


def _tick_format(axis: Element, code: str) -> None:
    for old in axis.findall(q("c:numFmt")):
        old.set("formatCode", code)
        old.set("sourceLinked", "0")


def _gap(frame: Element) -> None:
    for bars in frame.iter(q("c:barChart")):
        gap = bars.makeelement(q("c:gapWidth"), {"val": "60"})
        for old in bars.findall(q("c:gapWidth")):
            bars.remove(old)
        _insert(bars, gap, ("c:overlap", "c:serLines", "c:axId"))
