"""Footnotes in the structure tree of WeasyPrint, which leaves their text, untagged, behind the last line of the page.

PDF/UA-1 (7.9) wants each as a Note with an ID of its own; here it also stands where it is called, as it is read.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

LOGGER = logging.getLogger(__name__)


def tag_notes(pdf: Any) -> None:
    """Turn the areas of footnotes into Note elements behind their citations; `pdf` is a finished pydyf document."""
    import pydyf  # type: ignore[import-untyped]

    elements = {
        item.reference: item
        for item in pdf.objects
        if isinstance(item, pydyf.Dictionary) and item.get("Type") == "/StructElem"
    }
    book = next(element for element in elements.values() if element["S"] == "/Document")
    # All of a book stands in a div; directly below the document there is nothing else without a role.
    areas = [kid for kid in book["K"] if elements[kid]["S"] == "/NonStruct"]
    notes = [kid for area in areas for kid in elements[area]["K"] if kid in elements]
    if not notes:
        return
    names = [pydyf.String(f"catatan-{number:04}") for number in range(1, len(notes) + 1)]
    for note, name in zip(notes, names, strict=True):
        elements[note].update({"S": "/Note", "ID": name})
        for kid in elements[note]["K"][:1]:
            elements[kid]["S"] = "/Lbl"
    root = next(
        item for item in pdf.objects if isinstance(item, pydyf.Dictionary) and item.get("Type") == "/StructTreeRoot"
    )
    root["IDTree"] = pydyf.Dictionary(
        {"Names": pydyf.Array([part for pair in zip(names, notes, strict=True) for part in pair])}
    )
    calls = list(_calls(book, elements))
    if len(calls) != len(notes):
        LOGGER.warning("%d footnotes but %d calls: they stay at the end of their pages", len(notes), len(calls))
        return
    for (parent, index), note in zip(calls, notes, strict=True):
        parent["K"][index] = note
        elements[note]["P"] = parent.reference
    book["K"][:] = [kid for kid in book["K"] if kid not in areas]


def _calls(element: Any, elements: dict[bytes, Any]) -> Iterator[tuple[Any, int]]:
    """Yield the places of the calls in reading order: each an empty element behind a citation."""
    for index, kid in enumerate(element["K"]):
        child = elements.get(kid) if isinstance(kid, bytes) else None
        if child is None:
            continue
        if child["S"] == "/NonStruct" and not child["K"]:
            yield element, index
        else:
            yield from _calls(child, elements)
