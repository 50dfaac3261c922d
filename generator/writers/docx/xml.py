"""Building WordprocessingML with lxml: names, elements, and the one door through which text enters."""

from __future__ import annotations

import re
from functools import lru_cache

from lxml import etree

Element = etree._Element

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
}
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_W = "{" + NAMESPACES["w"] + "}"
_W_P, _W_PPR, _W_PSTYLE, _W_VAL = _W + "p", _W + "pPr", _W + "pStyle", _W + "val"
_W_R, _W_RPR, _W_RSTYLE, _W_T = _W + "r", _W + "rPr", _W + "rStyle", _W + "t"

# What XML 1.0 cannot hold, save tab, line feed, vertical tab and carriage return, which have a meaning in Word.
_FORBIDDEN = re.compile("[\x00-\x08\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SPECIAL = re.compile("\r\n|[\x00-\x08\t\n\x0b\x0c\r\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


@lru_cache(maxsize=512)
def q(name: str) -> str:
    """Return the Clark name of a prefixed name ('w:p')."""
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def clean(text: str) -> str:
    """Return text as one line that XML can hold: forbidden characters become U+FFFD, breaks become spaces."""
    if not _SPECIAL.search(text):
        return text
    return _FORBIDDEN.sub(REPLACEMENT, text.replace("\r\n", " ").translate({9: " ", 10: " ", 11: " ", 13: " "}))


def root(name: str, *prefixes: str) -> Element:
    """Return a new root element that declares the given prefixes."""
    return etree.Element(q(name), nsmap={prefix: NAMESPACES[prefix] for prefix in prefixes})


def sub(parent: Element, name: str, /, **attributes: str) -> Element:
    """Append an element of the w namespace; attributes are of the w namespace too."""
    node = etree.SubElement(parent, q(name))
    for key, value in attributes.items():
        node.set(_W + key, value)
    return node


def plain_sub(parent: Element, name: str, /, **attributes: str) -> Element:
    """Append an element whose attributes have no namespace (DrawingML)."""
    return etree.SubElement(parent, q(name), {key: clean(value) for key, value in attributes.items()})


def paragraph(parent: Element, style: str) -> Element:
    """Append a paragraph with its style id."""
    node = etree.SubElement(parent, _W_P)
    etree.SubElement(etree.SubElement(node, _W_PPR), _W_PSTYLE).set(_W_VAL, style)
    return node


def run(parent: Element, style: str = "") -> Element:
    """Append an empty run, with a character style id if given."""
    node = etree.SubElement(parent, _W_R)
    if style:
        etree.SubElement(etree.SubElement(node, _W_RPR), _W_RSTYLE).set(_W_VAL, style)
    return node


def text_run(parent: Element, text: str, style: str = "") -> None:
    """Append a run of any text: tabs and line breaks become elements, what XML cannot hold becomes U+FFFD."""
    if not text:
        return
    node = run(parent, style)
    if not _SPECIAL.search(text):
        _text(node, text)
        return
    end = 0
    for match in _SPECIAL.finditer(text):
        _text(node, text[end : match.start()])
        end = match.end()
        if match.group() == "\t":
            etree.SubElement(node, q("w:tab"))
        elif match.group() in ("\n", "\x0b", "\r", "\r\n"):
            etree.SubElement(node, q("w:br"))
        else:
            _text(node, REPLACEMENT)
    _text(node, text[end:])


def _text(node: Element, text: str) -> None:
    if text:
        leaf = etree.SubElement(node, _W_T)
        leaf.text = text
        if text[0] == " " or text[-1] == " " or "  " in text:
            leaf.set(_XML_SPACE, "preserve")


def field(parent: Element, instruction: str, result: str, style: str = "", *, hidden: bool = False) -> None:
    """Append a complex field with its cached result; a hidden field has none."""
    field_begin(parent, instruction, style if hidden else "")
    if not hidden:
        sub(run(parent), "w:fldChar", fldCharType="separate")
        text_run(parent, clean(result), style)
    field_end(parent, style if hidden else "")


def field_begin(parent: Element, instruction: str, style: str = "", *, dirty: bool = False) -> None:
    """Open a complex field and write its instruction."""
    begin = sub(run(parent, style), "w:fldChar", fldCharType="begin")
    if dirty:
        begin.set(_W + "dirty", "true")
    code = etree.SubElement(run(parent, style), q("w:instrText"))
    code.text = f" {instruction} "
    code.set(_XML_SPACE, "preserve")


def field_end(parent: Element, style: str = "") -> None:
    """Close a complex field."""
    sub(run(parent, style), "w:fldChar", fldCharType="end")


def serialise(node: Element) -> bytes:
    """Return the bytes of a part."""
    return etree.tostring(node, xml_declaration=True, encoding="UTF-8", standalone=True)
