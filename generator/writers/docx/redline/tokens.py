"""A paragraph as words: what can be compared one by one, and the anchors between that show nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree

from generator.writers.docx.xml import NAMESPACES, Element, q

Target = Callable[[str], str]
"""Relation id -> what it leads to, in words that are equal in two files."""

_WORD = re.compile(r"\s+|\w+|[^\w\s]+")
_RELATION = "{" + NAMESPACES["r"] + "}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
SILENT = frozenset(
    q(f"w:{name}")
    for name in ("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "proofErr", "permStart")
)
_PROPERTIES = q("w:rPr")


@dataclass(slots=True)
class Token:
    """A word, field, link or picture: what it says, its elements, and the anchors before it."""

    key: tuple[str, ...]
    nodes: list[Element]
    before: list[Element] = field(default_factory=list)


def tokens(paragraph: Element, target: Target) -> tuple[list[Token], list[Element]]:
    """Return the tokens of a paragraph, and the anchors behind the last."""
    found: list[Token] = []
    waiting: list[Element] = []
    depth = 0
    for node in paragraph:
        if node.tag == q("w:pPr"):
            continue
        if depth:
            found[-1].nodes.append(node)
            depth += _steps(node)
            if not depth:
                found[-1].key = ("field", _shown(found[-1].nodes))
            continue
        if node.tag in SILENT or node.find(q("w:commentReference")) is not None:
            waiting.append(node)
            continue
        depth = _steps(node)
        made = [Token(("field", ""), [node])] if depth > 0 else list(_of(node, target))
        if made:
            made[0].before, waiting = waiting, []
        found.extend(made)
    return found, waiting


def _steps(node: Element) -> int:
    """Return how much deeper in fields one is behind a run."""
    if node.tag != q("w:r"):
        return 0
    kinds = [leaf.get(q("w:fldCharType")) for leaf in node.iterchildren(q("w:fldChar"))]
    return kinds.count("begin") - kinds.count("end")


def _of(node: Element, target: Target) -> Iterator[Token]:
    if node.tag == q("w:hyperlink"):
        leads = target(node.get(_RELATION + "id", "")) or node.get(q("w:anchor"), "")
        yield Token(("link", leads, text_of(node)), [node])
        return
    leaves = [leaf for leaf in node if leaf.tag != _PROPERTIES]
    if node.tag == q("w:r") and leaves and all(leaf.tag == q("w:t") for leaf in leaves):
        properties = node.find(_PROPERTIES)
        look = "" if properties is None else etree.tostring(properties, encoding="unicode", with_tail=False)
        for word in _WORD.findall("".join(leaf.text or "" for leaf in leaves)):
            yield Token((word, look), [_run(properties, word)])
    elif node.tag == q("w:r") and not leaves:
        return
    else:
        yield Token(("node", *_identity(node, target)), [node])


def _run(properties: Element | None, text: str) -> Element:
    node = etree.Element(q("w:r"), nsmap={"w": NAMESPACES["w"]})
    if properties is not None:
        node.append(deepcopy(properties))
    leaf = etree.SubElement(node, q("w:t"))
    leaf.text = text
    leaf.set(_SPACE, "preserve")
    return node


def _identity(node: Element, target: Target) -> Iterator[str]:
    """Yield what tells one picture, tab or break from another: names and relations, without running numbers."""
    for leaf in node.iter():
        yield str(leaf.tag).rpartition("}")[2]
        for name, value in leaf.attrib.items():
            local = str(name)
            if local.startswith(_RELATION):
                yield target(str(value))
            elif local in ("descr", "cx", "cy") or local == q("w:type"):
                yield str(value)


def _shown(nodes: list[Element]) -> str:
    """Return the result of a field: what stands behind its separator."""
    shown: list[str] = []
    is_result = False
    for node in nodes:
        if any(leaf.get(q("w:fldCharType")) == "separate" for leaf in node.iterchildren(q("w:fldChar"))):
            is_result = True
        elif is_result:
            shown.append(text_of(node))
    return "".join(shown)


def text_of(node: Element) -> str:
    """Return the text of an element, without instructions."""
    return "".join(leaf.text or "" for leaf in node.iter(q("w:t")))


def joined(nodes: list[Element]) -> list[Element]:
    """Return runs with neighbours of equal look as one, so that words do not stay apart."""
    made: list[Element] = []
    looks: list[str] = []
    for node in nodes:
        leaves = [leaf for leaf in node if leaf.tag != _PROPERTIES]
        is_text = node.tag == q("w:r") and len(leaves) == 1 and leaves[0].tag == q("w:t")
        properties = node.find(_PROPERTIES)
        look = "" if properties is None else etree.tostring(properties, encoding="unicode", with_tail=False)
        look = f"t{look}" if is_text else ""
        if is_text and looks and looks[-1] == look:
            last = made[-1].find(q("w:t"))
            if last is not None:
                last.text = (last.text or "") + (leaves[0].text or "")
                last.set(_SPACE, "preserve")
            continue
        made.append(deepcopy(node) if is_text else node)
        looks.append(look)
    return made
