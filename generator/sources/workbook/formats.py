"""Which formats of a workbook show a figure as per cent."""

from __future__ import annotations

from xml.parsers import expat

_BUILT_IN = frozenset({"9", "10"})
"""Numbers of the formats '0%' and '0.00%', which no file states."""


def percent_styles(styles: bytes, parser: expat.XMLParserType) -> frozenset[str]:
    """Return the numbers of the cell styles of `xl/styles.xml` that show per cent; `parser` is fresh."""
    formats = set(_BUILT_IN)
    found: list[str] = []
    inside: list[str] = []
    count = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal count
        name = tag.rpartition(":")[2]
        if name == "numFmt" and "%" in attributes.get("formatCode", ""):
            formats.add(attributes.get("numFmtId", ""))
        if name == "xf" and inside and inside[-1] == "cellXfs":
            if attributes.get("numFmtId") in formats:
                found.append(str(count))
            count += 1
        inside.append(name)

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: inside.pop()
    parser.Parse(styles, True)
    return frozenset(found)


def counts_from_1904(workbook: bytes, parser: expat.XMLParserType) -> bool:
    """Return whether a workbook counts its days from 1904; `parser` is fresh. Raises `expat.ExpatError`."""
    found: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "workbookPr":
            found.append(attributes.get("date1904", ""))

    parser.StartElementHandler = start
    parser.Parse(workbook, True)
    return any(value.strip() in ("1", "true", "on") for value in found)
