"""The inline drawing that holds a picture or a chart, with its alternative text."""

from __future__ import annotations

from generator.writers.docx import xml
from generator.writers.docx.context import Writing
from generator.writers.docx.xml import Element, plain_sub, q

EMU_PER_MM = 36000
_EMU_PER_TWENTIETH = 635
_SVG_URI = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
_SVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"


def emu(twentieths: int) -> int:
    """Return twentieths of a point as English metric units."""
    return twentieths * _EMU_PER_TWENTIETH


def _inline(writing: Writing, node: Element, name: str, alt: str, width: int, height: int, uri: str) -> Element:
    """Append an inline drawing of a size in EMU and return the element that takes its content."""
    number = writing.next_drawing()
    drawing = xml.sub(xml.run(node), "w:drawing")
    inline = plain_sub(drawing, "wp:inline", distT="0", distB="0", distL="0", distR="0")
    plain_sub(inline, "wp:extent", cx=str(width), cy=str(height))
    plain_sub(inline, "wp:effectExtent", l="0", t="0", r="0", b="0")
    plain_sub(inline, "wp:docPr", id=number, name=f"{name} {number}", descr=alt)
    frame = plain_sub(inline, "wp:cNvGraphicFramePr")
    if name != "Bagan":
        plain_sub(frame, "a:graphicFrameLocks", noChangeAspect="1")
    return plain_sub(plain_sub(inline, "a:graphic"), "a:graphicData", uri=uri)


def add_chart(writing: Writing, node: Element, relation: str, alt: str, width: int, height: int) -> None:
    """Append a chart part of a size in EMU."""
    data = _inline(writing, node, "Bagan", alt, width, height, xml.NAMESPACES["c"])
    plain_sub(data, "c:chart").set(q("r:id"), relation)


def add_picture(
    writing: Writing, node: Element, relation: str, alt: str, width: int, height: int, vector: str = ""
) -> None:
    """Append a picture of a size in EMU; `vector` is the relation of its SVG, which Word shows instead."""
    data = _inline(writing, node, "Gambar", alt, width, height, xml.NAMESPACES["pic"])
    picture = plain_sub(data, "pic:pic")
    head = plain_sub(picture, "pic:nvPicPr")
    plain_sub(head, "pic:cNvPr", id="0", name="Gambar", descr=alt)
    plain_sub(head, "pic:cNvPicPr")
    fill = plain_sub(picture, "pic:blipFill")
    blip = plain_sub(fill, "a:blip")
    blip.set(q("r:embed"), relation)
    if vector:
        extension = plain_sub(plain_sub(blip, "a:extLst"), "a:ext", uri=_SVG_URI)
        image = extension.makeelement(f"{{{_SVG}}}svgBlip", nsmap={"asvg": _SVG})
        image.set(q("r:embed"), vector)
        extension.append(image)
    plain_sub(plain_sub(fill, "a:stretch"), "a:fillRect")
    shape = plain_sub(picture, "pic:spPr")
    transform = plain_sub(shape, "a:xfrm")
    plain_sub(transform, "a:off", x="0", y="0")
    plain_sub(transform, "a:ext", cx=str(width), cy=str(height))
    plain_sub(plain_sub(shape, "a:prstGeom", prst="rect"), "a:avLst")
