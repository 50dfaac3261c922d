"""Marking runs, paragraphs and rows as inserted or deleted."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass
from typing import Literal

from generator.writers.docx.xml import Element, q, sub

Change = Literal["ins", "del"]
_TEXT = {q("w:t"): q("w:delText"), q("w:instrText"): q("w:delInstrText")}
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_FIRST_ID = 1_000_000
_AFTER_MARK = (q("w:sectPr"), q("w:pPrChange"))
_AFTER_CHANGE = (q("w:trPrChange"),)


@dataclass(slots=True)
class Stamp:
    """Who is named for the changes, and when; numbers them through the book."""

    author: str
    date: str
    _next: int = _FIRST_ID

    def put(self, parent: Element, name: str) -> Element:
        """Append an element that says who changed something."""
        node = sub(parent, name, id=str(self._next), author=self.author, date=self.date)
        self._next += 1
        return node

    def runs(self, nodes: Iterable[Element], change: Change, into: Element) -> None:
        """Append copies of runs and links as inserted or deleted; anchors stay outside of the mark."""
        opened: Element | None = None
        for node in nodes:
            if node.tag == q("w:r"):
                if opened is None:
                    opened = self.put(into, f"w:{change}")
                opened.append(_deleted(node) if change == "del" else deepcopy(node))
                continue
            opened = None
            if node.tag == q("w:hyperlink"):
                link = sub(into, "w:hyperlink")
                link.attrib.update(node.attrib)
                self.runs(node, change, link)
            else:
                into.append(deepcopy(node))

    def end(self, paragraph: Element, change: Change) -> None:
        """Mark the end of a paragraph, which joins it with the next one when the change is settled that way."""
        properties = paragraph.find(q("w:pPr"))
        if properties is None:
            properties = paragraph.makeelement(q("w:pPr"))
            paragraph.insert(0, properties)
        mark = properties.find(q("w:rPr"))
        if mark is None:
            mark = properties.makeelement(q("w:rPr"))
            place = next((index for index, node in enumerate(properties) if node.tag in _AFTER_MARK), len(properties))
            properties.insert(place, mark)
        node = self.put(mark, f"w:{change}")
        mark.insert(0, node)

    def row(self, row: Element, change: Change) -> None:
        """Mark a row of a table."""
        properties = row.find(q("w:trPr"))
        if properties is None:
            properties = row.makeelement(q("w:trPr"))
            before = row.find(q("w:tblPrEx"))
            row.insert(0 if before is None else 1, properties)
        self.put(properties, f"w:{change}")

    def restyled(self, paragraph: Element, before: Element | None) -> None:
        """Remember the properties that a paragraph had before."""
        properties = paragraph.find(q("w:pPr"))
        if properties is None:
            return
        change = self.put(properties, "w:pPrChange")
        old = sub(change, "w:pPr")
        for node in before if before is not None else ():
            if node.tag not in (q("w:rPr"), *_AFTER_MARK):
                old.append(deepcopy(node))


def shell(node: Element) -> Element:
    """Return an element of the same name and attributes, without what stands in it."""
    made = node.makeelement(node.tag)
    made.attrib.update(node.attrib)
    return made


def end_of(paragraph: Element) -> str:
    """Return 'ins' or 'del' for a paragraph whose end is tracked, '' for any other."""
    mark = paragraph.find(f"{q('w:pPr')}/{q('w:rPr')}")
    if mark is None:
        return ""
    return next((kind for kind in ("ins", "del") if mark.find(q(f"w:{kind}")) is not None), "")


def forget_end(paragraph: Element, change: str) -> None:
    """Take the mark off the end of a paragraph."""
    mark = paragraph.find(f"{q('w:pPr')}/{q('w:rPr')}")
    node = None if mark is None else mark.find(q(f"w:{change}"))
    if mark is not None and node is not None:
        mark.remove(node)
        parent = mark.getparent()
        if not len(mark) and parent is not None:
            parent.remove(mark)


def _deleted(run: Element) -> Element:
    copy = deepcopy(run)
    for node in copy:
        if node.tag in _TEXT:
            node.tag = _TEXT[str(node.tag)]
            node.set(_SPACE, "preserve")
    return copy
