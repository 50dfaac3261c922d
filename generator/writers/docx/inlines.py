"""Inline runs to WordprocessingML: character styles, links, fields and fill-ins."""

from __future__ import annotations

import typing
from collections.abc import Iterable

from generator.model import word as styles
from generator.model.anchors import anchor
from generator.model.document import Citation, Emphasis, Inline, Link, Missing, Reference, Strong, Text
from generator.model.walks import missing_label, plain
from generator.writers.contents import SOURCES_ID
from generator.writers.docx import xml
from generator.writers.docx.comments import fill_in_lines
from generator.writers.docx.context import Writing
from generator.writers.docx.xml import Element, q, sub

_NO_BREAK = "\N{NO-BREAK SPACE}"


def write_inlines(writing: Writing, node: Element, inlines: Iterable[Inline], style: str = "") -> None:
    """Append runs to a paragraph or hyperlink; `style` is the name of the character style around them."""
    for inline in inlines:
        match inline:
            case Text():
                xml.text_run(node, inline.text, writing.template.style(style) if style else "")
            case Strong():
                write_inlines(writing, node, inline.children, _weighted(style, styles.STRONG))
            case Emphasis():
                write_inlines(writing, node, inline.children, _weighted(style, styles.EMPHASIS))
            case Link():
                _link(writing, node, inline)
            case Reference():
                _reference(writing, node, inline, style)
            case Citation():
                _citation(writing, node, inline)
            case Missing():
                fill_in(writing, node, inline)
            case _:
                typing.assert_never(inline)


def _weighted(outer: str, inner: str) -> str:
    pair = {outer, inner}
    both = {styles.STRONG, styles.EMPHASIS}
    return styles.STRONG_EMPHASIS if styles.STRONG_EMPHASIS in pair or pair == both else inner


def _link(writing: Writing, node: Element, link: Link) -> None:
    relation = writing.link(link.url)
    if not relation or node.tag == q("w:hyperlink"):
        write_inlines(writing, node, link.children)
        return
    hyperlink = sub(node, "w:hyperlink", history="1")
    hyperlink.set(q("r:id"), relation)
    write_inlines(writing, hyperlink, _linkable(link.children), styles.LINK)


def _linkable(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Return runs without fields and comments, which Word does not want inside a hyperlink."""
    if all(isinstance(inline, Text) for inline in inlines):
        return inlines
    return (Text(plain(inlines)),)


def _reference(writing: Writing, node: Element, reference: Reference, style: str) -> None:
    """Append a REF field where its result would be the words that stand there, else a hyperlink to the block."""
    character = writing.template.style(style) if style else ""
    label = writing.labels.get(reference.target)
    text = reference.text or (label.text if label else "")
    if node.tag == q("w:hyperlink"):
        xml.text_run(node, text, character)
    elif label is not None and text.replace(_NO_BREAK, " ") == label.text:
        part, switch = ("label", "") if label.kind == "caption" else ("", r"\n ")
        xml.field(node, rf"REF {anchor(reference.target, part)} {switch}\h", text, character)
    elif label is not None and label.kind == "heading" and text.split()[-1:] == [label.number]:
        # 'Subbab 1.2', 'Bab II': the words are ours, the number is the field.
        xml.text_run(node, text.removesuffix(label.number), character)
        bare = label.text == label.number
        name = anchor(reference.target) + r" \n" if bare else anchor(reference.target, "number")
        xml.field(node, rf"REF {name} \h", label.number, character)
    elif writing.has_block(reference.target):
        hyperlink = sub(node, "w:hyperlink", anchor=anchor(reference.target), history="1")
        xml.text_run(hyperlink, text, character)
    else:
        xml.text_run(node, text, character)


def source_id(source: str) -> str:
    """Return the id of the entry of a source in the list of sources, as composition names it."""
    return f"{SOURCES_ID}/{source}"


def _citation(writing: Writing, node: Element, citation: Citation) -> None:
    style = writing.template.style(styles.CITATION)
    label = writing.citations.get(citation.source)
    text = citation.text or label or ""
    if label is None or node.tag == q("w:hyperlink"):
        xml.text_run(node, text, style)
    elif text == label:
        xml.field(node, rf"REF {anchor(source_id(citation.source))} \n \h", text, style)
    else:
        hyperlink = sub(node, "w:hyperlink", anchor=anchor(source_id(citation.source)), history="1")
        xml.text_run(hyperlink, text, style)


def fill_in(writing: Writing, node: Element, missing: Missing) -> None:
    """Append a visible fill-in with a comment: what, who, where."""
    style = writing.template.style(styles.FILL_IN)
    writing.comment(node, fill_in_lines(missing), missing_label(missing), style)
