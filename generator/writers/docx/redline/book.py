"""The whole file: both bodies compared, packed on the parts of the newer one."""

from __future__ import annotations

from lxml import etree

from generator.writers.docx.redline.blocks import Redline
from generator.writers.docx.redline.parts import MAIN, Importer, Parts
from generator.writers.docx.redline.stamp import Stamp
from generator.writers.docx.xml import Element, q, serialise


def redline(old: bytes, new: bytes, *, author: str, date: str) -> bytes:
    """Return a DOCX that shows how `new` came from `old`, both written by `write`.

    Paragraphs are compared word by word, tables row by row. Accepting all changes gives the newer text, rejecting all
    the older; running heads, contents and properties are those of the newer. The same input gives the same bytes.

    Args:
        old: the bytes of the older file.
        new: the bytes of the newer file.
        author: who is named for the changes.
        date: the moment of the changes, 'YYYY-MM-DDThh:mm:ssZ'.
    """
    before, after = Parts.of(old), Parts.of(new)
    root, older = etree.fromstring(after.files[MAIN]), etree.fromstring(before.files[MAIN])
    body, old_body = _body(root), _body(older)
    names = frozenset(mark.get(q("w:name"), "") for mark in root.iter(q("w:bookmarkStart")))
    importer = Importer(before, after)
    last = body.find(q("w:sectPr"))
    ours = [node for node in body if node.tag != q("w:sectPr")]
    theirs = [node for node in old_body if node.tag != q("w:sectPr")]
    merged = Redline(Stamp(author, date), importer, names).merged(theirs, ours)
    for node in list(body):
        body.remove(node)
    body.extend(merged)
    if last is not None:
        body.append(last)
    return importer.pack(serialise(root))


def _body(root: Element) -> Element:
    body = root.find(q("w:body"))
    if body is None:
        raise ValueError("the document has no body")
    return body
