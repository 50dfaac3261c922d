"""Tracked changes taken back: what was inserted goes, what was deleted stands again."""

from __future__ import annotations

from generator.roundtrip.reader.names import W
from generator.roundtrip.reader.package import Element

_INSERTED = (W + "ins", W + "moveTo")
_DELETED = (W + "del", W + "moveFrom")
_TEXT = {W + "delText": W + "t", W + "delInstrText": W + "instrText"}
_MARKS = (W + "rPr", W + "trPr")


def reject(body: Element) -> None:
    """Change the body of a document to what it was before its tracked changes."""
    _rows(body)
    for paragraph in list(body.iter(W + "p")):
        _ends(paragraph)
    for node in list(body.iter(*_INSERTED)):
        if _is_content(node):
            _remove(node)
    for node in list(body.iter(*_DELETED)):
        if _is_content(node):
            _unwrap(node)
    for node in list(body.iter(*_TEXT)):
        node.tag = _TEXT[str(node.tag)]
    for node in list(body.iter(W + "pPrChange", W + "rPrChange")):
        _before(node)


def _rows(body: Element) -> None:
    """Take inserted rows out, and tables that have none left."""
    for row in list(body.iter(W + "tr")):
        properties = row.find(W + "trPr")
        if properties is not None and properties.find(W + "ins") is not None:
            _remove(row)
        elif properties is not None:
            for mark in properties.findall(W + "del"):
                properties.remove(mark)
    for table in list(body.iter(W + "tbl")):
        if next(table.iter(W + "tr"), None) is None:
            _remove(table)


def _ends(paragraph: Element) -> None:
    """An end that was inserted joins the paragraph with the next, one that was deleted stands."""
    mark = paragraph.find(f"{W}pPr/{W}rPr")
    if mark is None:
        return
    for node in [node for node in mark if node.tag in _DELETED]:
        mark.remove(node)
    for node in [node for node in mark if node.tag in _INSERTED]:
        node.tag = W + "del"


def _is_content(node: Element) -> bool:
    parent = node.getparent()
    return parent is not None and parent.tag not in _MARKS


def _remove(node: Element) -> None:
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)


def _unwrap(node: Element) -> None:
    parent = node.getparent()
    if parent is None:
        return
    place = parent.index(node)
    for offset, child in enumerate(list(node)):
        parent.insert(place + offset, child)
    parent.remove(node)


def _before(change: Element) -> None:
    """Put the properties of a paragraph or run back to those that the change remembers."""
    properties = change.getparent()
    old = change[0] if len(change) else None
    if properties is None or old is None:
        return
    stays = [node for node in properties if node.tag in (W + "rPr", W + "sectPr") and old.tag == W + "pPr"]
    for node in list(properties):
        properties.remove(node)
    properties.extend([*old, *stays])
