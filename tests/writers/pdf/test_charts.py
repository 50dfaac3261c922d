"""Charts: every name and number as text, nothing outside the sheet, no label on another, quick to draw."""

from __future__ import annotations

import dataclasses
import random
import re
from collections import Counter
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from generator.model.document import Chart, Series
from generator.model.walks import walk
from generator.writers.chart_svg import draw
from generator.writers.chart_svg.canvas import number, scale, spread, wrap
from generator.writers.typeface import width
from tests.writers.sample_document import PALETTE, sample_document

SVG = "{http://www.w3.org/2000/svg}"
CHARTS = [block for block in walk(sample_document().body) if isinstance(block, Chart)]


def drawn(chart: Chart) -> etree._Element:
    return etree.fromstring(draw(chart, PALETTE, font="Carlito").encode("utf-8"))


def texts(root: etree._Element) -> str:
    return " ".join("".join(node.itertext()) for node in root.iter(f"{SVG}text"))


def boxes(root: etree._Element) -> list[tuple[str, float, float, float, float]]:
    """Return each upright label with its box, from the widths of the font."""
    found = []
    for node in root.iter(f"{SVG}text"):
        if node.get("transform"):
            continue
        text = "".join(node.itertext())
        size, x, y = float(node.get("font-size")), float(node.get("x")), float(node.get("y"))
        wide = width(text, size) * (1.04 if node.get("font-weight") else 1)
        left = x - {"start": 0, "middle": wide / 2, "end": wide}[node.get("text-anchor")]
        found.append((text, left, y - size * 0.7, left + wide, y + size * 0.2))
    return found


def overlaps(labels: list[tuple[str, float, float, float, float]]) -> list[tuple[str, str]]:
    def shared(a: tuple[str, float, float, float, float], b: tuple[str, float, float, float, float]) -> bool:
        return min(a[3], b[3]) - max(a[1], b[1]) > 0.5 and min(a[4], b[4]) - max(a[2], b[2]) > 0.5

    return [(a[0], b[0]) for a, b in combinations(labels, 2) if shared(a, b)]


def crowded() -> list[Chart]:
    """Return charts as full as real books make them."""
    dice = random.Random(7)
    names = tuple(f"G-{index:02d} Portal layanan" for index in range(40))
    return [
        Chart(
            id="s",
            kind="scatter",
            categories=names,
            series=(
                Series("Kemudahan", tuple(dice.uniform(1, 5) for _ in names)),
                Series("Dampak", tuple(dice.uniform(1, 5) for _ in names)),
            ),
            alt="Kuadran penuh.",
            maximum=5,
            highlight=names[3],
        ),
        Chart(
            id="t",
            kind="strip",
            categories=tuple(f"Kabupaten Panjang Namanya {index}" for index in range(75)),
            series=(Series("Indeks", tuple(round(dice.uniform(0.5, 3.5), 1) for _ in range(75))),),
            alt="Posisi.",
            maximum=4,
            highlight="Kabupaten Panjang Namanya 5",
        ),
        Chart(
            id="h",
            kind="heatmap",
            categories=tuple(f"Subdimensi pelayanan {index}" for index in range(18)),
            series=tuple(
                Series(f"Kecamatan {index}", tuple(float(dice.randint(0, 4)) for _ in range(18))) for index in range(6)
            ),
            alt="Peta panas.",
            maximum=4,
        ),
        Chart(
            id="b",
            kind="bars",
            categories=tuple(f"Subdimensi dengan nama yang cukup panjang sekali {index}" for index in range(18)),
            series=(
                Series("Level", tuple(dice.uniform(0, 4) for _ in range(18))),
                Series("Median", (2.0,) * 18, "grey"),
            ),
            alt="Batang.",
            maximum=4,
        ),
        Chart(
            id="l",
            kind="lines",
            categories=tuple(str(year) for year in range(2026, 2036)),
            series=tuple(Series(f"Indikator panjang {n}", (2.0 + n / 50,) * 10) for n in range(4)),
            alt="Garis.",
        ),
    ]


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.kind)
def test_every_name_and_number_is_text(chart: Chart) -> None:
    root = drawn(chart)
    assert root.findtext(f"{SVG}title") == chart.alt
    shown = "".join(texts(root).split())
    for category in chart.categories:
        if chart.kind != "strip" or category != "Kota D":  # the one without a value is counted, not named
            assert "".join(category.split()) in shown
    for series in chart.series:
        named = (
            chart.kind not in ("bars", "columns", "radar", "strip") or len(chart.series) > 1 or chart.kind == "strip"
        )
        if named:
            assert "".join(series.name.split()) in shown
    if chart.kind in ("bars", "columns", "lines", "heatmap", "strip"):
        for series in chart.series:
            assert all(number(value) in texts(root) for value in series.values if value is not None)


@pytest.mark.parametrize("chart", [*CHARTS, *crowded()], ids=lambda chart: f"{chart.id}-{chart.kind}")
def test_labels_stay_on_the_sheet_and_off_each_other(chart: Chart) -> None:
    root = drawn(chart)
    _, _, wide, high = map(float, root.get("viewBox").split())
    labels = boxes(root)
    for text, left, top, right, bottom in labels:
        assert -1 <= left < right <= wide + 1, text
        assert -1 <= top < bottom <= high + 1, text
    assert overlaps(labels) == []


def test_a_strip_names_each_name_once_however_many_share_it() -> None:
    """Labels are placed among all dots, so that each costs as much as there are cities."""
    names = tuple(f"Kota {index % 5}" for index in range(300))
    values = tuple(1 + index % 5 / 2 for index in range(300))
    chart = Chart(
        id="s", kind="strip", categories=names, series=(Series("Indeks", values),), alt="a", maximum=4.0,
        highlight="Kota 2",
    )  # fmt: skip
    words = texts(drawn(chart))
    assert [words.count(f"Kota {index} ") for index in range(5)] == [1, 0, 1, 0, 1]


@settings(max_examples=40)
@given(st.lists(st.integers(0, 40), min_size=1, max_size=900))
def test_however_many_cities_there_are_every_dot_is_on_the_sheet(tenths: list[int]) -> None:
    names = tuple(f"Kota {index}" for index in range(len(tenths)))
    values = tuple(tenth / 10 for tenth in tenths)
    root = drawn(Chart(id="s", kind="strip", categories=names, series=(Series("Indeks", values),), alt="a", maximum=4))
    _, _, wide, high = map(float, root.get("viewBox").split())
    dots = [tuple(float(node.get(name)) for name in ("cx", "cy", "r")) for node in root.iter(f"{SVG}circle")]
    assert len(dots) == len(values)
    assert all(r <= x <= wide - r and r <= y <= high - r for x, y, r in dots)
    if max(Counter(tenths).values()) <= 20:  # more of one value find room only by overlapping
        pairs = combinations(dots, 2)
        assert all(max(abs(a[0] - b[0]), abs(a[1] - b[1])) > a[2] + b[2] - 0.11 for a, b in pairs)


def test_series_differ_without_colour() -> None:
    """In grey, lines differ by dashes, markers by shape, columns by tint."""
    by_kind = {chart.kind: drawn(chart) for chart in CHARTS}
    dashes = {
        node.get("stroke-dasharray")
        for node in by_kind["radar"].iter(f"{SVG}path")
        if node.get("stroke-width") == "1.6"
    }
    assert len(dashes) == 2
    fills = {node.get("fill") for node in by_kind["columns"].iter(f"{SVG}rect")}
    greys = sorted(sum(int(fill[at : at + 2], 16) for at in (1, 3, 5)) for fill in fills if fill.startswith("#"))
    assert greys[-1] - greys[0] > 150


@pytest.mark.parametrize("kind", [chart.kind for chart in CHARTS])
@pytest.mark.parametrize(
    "values", [(), (None, None), (0.0, 0.0), (-1.0, 2.0), (float("nan"), float("inf")), (1e12, 1e-9), (5.0,)]
)
def test_odd_numbers_are_drawn(kind: str, values: tuple[float | None, ...]) -> None:
    chart = next(chart for chart in CHARTS if chart.kind == kind)
    odd = dataclasses.replace(
        chart, categories=("A", "B"), series=(Series("S", values), Series("T", values)), maximum=None
    )
    assert not re.search(r"[\"> ](nan|inf)", draw(odd, PALETTE, font="Carlito"))
    drawn(odd)
    drawn(dataclasses.replace(odd, categories=()))
    drawn(dataclasses.replace(odd, series=odd.series[:1]))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (2.0, "2"),
        (1234.5, "1.234,5"),
        (0.25, "0,25"),
        (None, "–"),
        (-3.04, "-3"),
        (1000000.0, "1.000.000"),
        (2.96, "3"),
        (10.0, "10"),
    ],
)
def test_numbers_are_written_as_in_indonesia(value: float | None, text: str) -> None:
    assert number(value) == text


def test_scales_are_round_and_hold_the_values() -> None:
    for values, maximum in (((0.3, 7.9), None), ((1.0, 4.0), 4.0), ((5.0,), 4.0), ((-2.0, 3.0), None), ((), None)):
        low, high, ticks = scale(values, maximum)
        assert low <= min([*values, 0.0])
        assert high >= max([*values, maximum or 0.0])
        assert 2 <= len(ticks) <= 7
        assert ticks[0] == low
        assert ticks[-1] == pytest.approx(high)


def test_a_scale_of_points_spans_the_points() -> None:
    low, high, ticks = scale((80.0, 95.0), None, from_zero=False)
    assert (low, high) == (80.0, 95.0)
    assert len(ticks) >= 3
    assert scale((80.0, 95.0), 100.0, from_zero=False)[0] == 0.0
    assert scale((80.0,), None, from_zero=False)[1] > 80.0


def test_spread_keeps_order_and_distance() -> None:
    places = spread([10.0, 11.0, 50.0, 50.5], 10.0, 0.0, 55.0)
    assert places == sorted(places)
    assert all(after - before >= 10 - 1e-9 for before, after in pairwise(places))
    assert places[-1] <= 55.0


def test_wrap_loses_no_word() -> None:
    text = "Penyelenggaraan pelayanan publik terpadu daerah"
    assert " ".join(wrap(text, 9, 60)) == text
    assert len(wrap(text, 9, 60)) > 2
