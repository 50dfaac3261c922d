"""Pictures and charts: shown, editable, described; what is broken leaves a frame that says so."""

from __future__ import annotations

import os
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from lxml import etree
from PIL import Image

from generator.model.document import Chart, Figure, Series
from generator.writers.docx import OutsideWorkspaceError, write
from tests.writers.docx.conftest import book_of
from tests.writers.docx.package import Package, w
from tests.writers.sample_document import charts, png

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><rect width="20" height="10" fill="red"/>%s</svg>'


def picture(path: str, width_mm: float = 100.0) -> Figure:
    return Figure(id="f", path=path, alt="Lambang kota", width_mm=width_mm)


def write_picture(folder: Path, name: str, content: bytes, width_mm: float = 100.0) -> Package:
    (folder / name).write_bytes(content)
    return Package(write(book_of(picture(name, width_mm)), folder))


def saved(image: Image.Image, form: str, **options: int) -> bytes:
    stream = BytesIO()
    image.save(stream, form, **options)
    return stream.getvalue()


def media(package: Package) -> dict[str, bytes]:
    return {name: content for name, content in package.parts.items() if name.startswith("word/media/")}


def test_a_sound_png_goes_in_as_it_is(own_workspace: Path) -> None:
    content = png(200, 100)
    package = write_picture(own_workspace, "p.png", content)
    assert list(media(package).values()) == [content]
    extent = next(package.document.iter("{*}extent"))
    assert (extent.get("cx"), extent.get("cy")) == ("3600000", "1800000")


def test_a_tall_picture_fits_the_page(own_workspace: Path) -> None:
    package = write_picture(own_workspace, "p.png", png(10, 400))
    extent = next(package.document.iter("{*}extent"))
    assert int(extent.get("cy", "0")) <= 200 * 36000


def test_cmyk_becomes_rgb(own_workspace: Path) -> None:
    package = write_picture(own_workspace, "p.jpg", saved(Image.new("CMYK", (80, 60), (0, 200, 200, 0)), "JPEG"))
    image = Image.open(BytesIO(next(iter(media(package).values()))))
    assert (image.mode, image.format) == ("RGB", "JPEG")
    assert package.errors() == []


def test_sixty_megapixels_are_made_smaller(own_workspace: Path) -> None:
    content = saved(Image.new("L", (10_000, 6_000), 128), "PNG", compress_level=1)
    package = write_picture(own_workspace, "p.png", content)
    image = Image.open(BytesIO(next(iter(media(package).values()))))
    assert image.width <= 1200
    assert abs(image.width / image.height - 10 / 6) < 0.01


BROKEN = {
    "empty.png": b"",
    "cut.png": png()[:60],
    "text.jpg": b"not a picture",
    "page.png": b"<html>",
    "bomb.png": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x01\x86\xa0\x00\x01\x86\xa0\x08\x02\x00\x00\x00" + bytes(40),
    "broken.svg": b"<svg><rect",
    "entity.svg": b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><html>&e;</html>',
    "picture.gif": saved(Image.new("L", (5, 5)), "GIF"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_picture_leaves_a_frame_that_names_it(name: str, own_workspace: Path) -> None:
    package = write_picture(own_workspace, name, BROKEN[name])
    assert media(package) == {}
    (text,) = package.texts("Bingkai Gambar")
    assert text.startswith("Gambar tidak dapat ditampilkan (")
    assert name in text
    assert "Lambang kota" in text
    assert package.errors() == []


def test_a_missing_file_or_a_folder_leaves_a_frame(workspace: Path) -> None:
    for path in ("nowhere.png", "templates", "a\x00b.png"):
        package = Package(write(book_of(picture(path)), workspace))
        assert len(package.texts("Bingkai Gambar")) == 1


def test_no_path_leads_out_of_the_workspace(own_workspace: Path) -> None:
    outside = own_workspace.parent / "outside.png"
    outside.write_bytes(png())
    (own_workspace / "link.png").symlink_to(outside)
    for path in ("../outside.png", str(outside), "link.png", "templates/../../outside.png"):
        with pytest.raises(OutsideWorkspaceError) as caught:
            write(book_of(picture(path)), own_workspace)
        assert caught.value.diagnostic.hint


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_device_is_not_read(own_workspace: Path) -> None:
    os.mkfifo(own_workspace / "pipe.png")
    package = Package(write(book_of(picture("pipe.png")), own_workspace))
    assert len(package.texts("Bingkai Gambar")) == 1


def test_svg_goes_in_with_a_png_for_programs_that_cannot_show_it(own_workspace: Path) -> None:
    script = b'<script>alert(1)</script><image href="http://x.id/a.png"/><a onclick="x()"/>'
    package = write_picture(own_workspace, "p.svg", SVG % script)
    (vector,) = [content for name, content in media(package).items() if name.endswith(".svg")]
    (pixels,) = [content for name, content in media(package).items() if name.endswith(".png")]
    assert b"script" not in vector
    assert b"http://x.id" not in vector
    assert b"onclick" not in vector
    image = Image.open(BytesIO(pixels)).convert("RGB")
    assert image.getpixel((image.width // 2, image.height // 2)) == (255, 0, 0)
    assert abs(image.width / image.height - 2) < 0.02
    assert package.errors() == []


def test_every_drawing_has_an_alternative_text(written: Package) -> None:
    texts = [node.get("descr") for node in written.document.iter("{*}docPr")]
    assert len(texts) == 9  # emblem, map, seven native charts
    assert all(texts)
    assert "Diagram radar enam dimensi: lingkungan tertinggi, pencitraan terendah." in texts


def test_the_heat_map_is_a_table_with_its_text(written: Package) -> None:
    described = [node.get(w("val")) for node in written.document.iter(w("tblDescription"))]
    assert described == ["Peta panas level per dimensi dan subdimensi."]


def chart_package(write_blocks: Callable[..., Package], chart: Chart) -> tuple[etree._Element, object]:
    package = write_blocks(chart)
    assert package.errors() == []
    (name,) = [name for name in package.parts if name.startswith("word/charts/chart")]
    (book,) = [content for part, content in package.parts.items() if part.endswith(".xlsx")]
    return package.xml(name), openpyxl.load_workbook(BytesIO(book)).active


NATIVE = {chart.kind: chart for chart in charts() if chart.kind != "heatmap"}
ELEMENTS = {
    "radar": "radarChart",
    "bars": "barChart",
    "columns": "barChart",
    "stacked": "barChart",
    "lines": "lineChart",
    "scatter": "scatterChart",
    "strip": "scatterChart",
}


@pytest.mark.parametrize("kind", NATIVE)
def test_every_kind_is_a_chart_of_its_own_with_a_workbook(kind: str, write_blocks: Callable[..., Package]) -> None:
    chart = NATIVE[kind]
    space, sheet = chart_package(write_blocks, chart)
    plot = next(space.iter(C + ELEMENTS[kind]))
    assert len(list(plot.iter(C + "ser"))) == (1 if kind in ("scatter", "strip") else len(chart.series))
    drawn = [float(value.text or "") for cache in plot.iter(C + "numCache") for value in cache.iter(C + "v")]
    cells = [cell for row in sheet.iter_rows(values_only=True) for cell in row if isinstance(cell, int | float)]  # type: ignore[attr-defined]
    assert sorted(drawn) == sorted(map(float, cells))
    known = [value for series in chart.series for value in series.values if value is not None]
    if kind not in ("scatter", "strip"):
        assert sorted(drawn) == sorted(known)
    assert all(int(axis.get("val", "")) > 0 for axis in space.iter(C + "axId"))


def test_series_have_the_colours_of_the_palette(write_blocks: Callable[..., Package]) -> None:
    space, _ = chart_package(write_blocks, NATIVE["stacked"])
    colours = [
        colour.get("val")
        for series in space.iter(C + "ser")
        for colour in series.find(C + "spPr").iter(A + "srgbClr")  # type: ignore[union-attr]
    ]
    assert colours == ["1F5AA6", "B1305E", "8F5A00", "00707A", "6A45A8", "2E7031"]


def test_a_category_without_value_says_so(write_blocks: Callable[..., Package]) -> None:
    space, _ = chart_package(write_blocks, NATIVE["bars"])
    labels = [value.text for category in space.iter(C + "cat") for value in category.iter(C + "v")]
    assert "Kehidupan (belum ada data)" in labels


def test_the_highlight_is_the_only_bar_in_colour(write_blocks: Callable[..., Package]) -> None:
    space, _ = chart_package(write_blocks, NATIVE["bars"])
    grey = [point.find(C + "idx").get("val") for point in space.iter(C + "dPt")]  # type: ignore[union-attr]
    assert grey == ["0", "1", "3", "4", "5"]


def test_text_that_looks_like_a_formula_stays_text(write_blocks: Callable[..., Package]) -> None:
    evil = '=HYPERLINK("http://x",1)'
    chart = Chart(id="g", kind="columns", categories=(evil, "@x"), series=(Series("+1", (1.0, 2.0)),), alt="a")
    _, sheet = chart_package(write_blocks, chart)
    cells = [cell for row in sheet.iter_rows() for cell in row]  # type: ignore[attr-defined]
    assert evil in [cell.value for cell in cells]
    assert "f" not in {cell.data_type for cell in cells}


@pytest.mark.parametrize("kind", [*NATIVE, "heatmap"])
@pytest.mark.parametrize(
    ("categories", "values"),
    [
        ((), ()),
        (("a",), (None,)),
        (("a", "b"), (float("nan"), float("inf"))),
        (("a", "b"), (1.0,)),
        (("a",), (-1.5, 2.0)),
    ],
)
def test_charts_without_sense_do_not_break_the_book(
    kind: str, categories: tuple[str, ...], values: tuple[float | None, ...], write_blocks: Callable[..., Package]
) -> None:
    chart = Chart(id="g", kind=kind, categories=categories, series=(Series("s", values),), alt="Bagan")  # type: ignore[arg-type]
    none = Chart(id="h", kind=kind, categories=categories, series=(), alt="Bagan")  # type: ignore[arg-type]
    assert write_blocks(chart, none).errors() == []
