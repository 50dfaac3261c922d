"""Headings and captions: native numbers, and the SEQ fields that captions count with."""

from __future__ import annotations

from generator.model.anchors import anchor
from generator.model.document import Annex, Caption, Chapter, Section
from generator.writers.docx import styles, xml
from generator.writers.docx.context import Place, Writing
from generator.writers.docx.inlines import write_inlines
from generator.writers.docx.labels import is_numbered
from generator.writers.docx.xml import Element

CHAPTER_COUNTER, ANNEX_COUNTER = "Bab", "Lampiran"
_DEEPEST = 4


def heading_style(writing: Writing, block: Chapter | Section | Annex) -> str:
    """Return the name of the style of a heading; sections in annexes are numbered by the annex's list."""
    level = min(block.level, _DEEPEST) if isinstance(block, Section) else 1
    if not is_numbered(block):
        return styles.UNNUMBERED[level - 1]
    if isinstance(block, Annex) or (isinstance(block, Section) and writing.annex):
        return styles.ANNEX[level - 1]
    return styles.HEADINGS[level - 1]


def write_heading(writing: Writing, place: Place, block: Chapter | Section | Annex) -> None:
    """Append a heading. A numbered chapter or annex also steps a hidden counter, which captions repeat.

    STYLEREF cannot be used for that: chapters are numbered in roman, captions in arabic.
    """
    style = heading_style(writing, block)
    with writing.paragraph(place, style, block.id) as node:
        if not isinstance(block, Section):
            _enter(writing, block, node)
        write_inlines(writing, node, block.title)


def _enter(writing: Writing, block: Chapter | Annex, node: Element) -> None:
    writing.break_pending = False
    writing.annex = isinstance(block, Annex)
    writing.fresh_captions.clear()
    if not is_numbered(block):
        writing.chapter = ""
        return
    counter = ANNEX_COUNTER if writing.annex else CHAPTER_COUNTER
    writing.count(counter)
    writing.chapter = counter
    xml.field(node, rf"SEQ {counter} \h", "", hidden=True)


def write_caption(writing: Writing, place: Place, block_id: str, caption: Caption, *, above: bool) -> None:
    """Append a caption: 'Tabel', the chapter's number, a counter that starts anew in each chapter, the message."""
    style = styles.TABLE_CAPTION if above else styles.FIGURE_CAPTION
    with writing.paragraph(place, style, block_id, "caption") as node:
        if caption.number:
            mark = writing.open_bookmark(node, anchor(block_id, "label"))
            xml.text_run(node, f"{caption.kind} ")
            _caption_number(writing, node, caption)
            writing.close_bookmark(node, mark)
            xml.text_run(node, "\N{EN SPACE}")
        write_inlines(writing, node, caption.content)


def _caption_number(writing: Writing, node: Element, caption: Caption) -> None:
    prefix, dot, number = caption.number.rpartition(".")
    if dot and prefix == writing.shown_counter():
        form = r" \* ALPHABETIC" if writing.annex else r" \* ARABIC"
        xml.field(node, rf"SEQ {writing.chapter} \c{form}", prefix)
    else:
        xml.text_run(node, prefix)
    xml.text_run(node, dot)
    # \s 1 starts anew after 'heading 1' only, which annexes are not: their first caption of a kind starts at 1.
    first = caption.kind not in writing.fresh_captions
    writing.fresh_captions.add(caption.kind)
    in_chapter = writing.chapter == CHAPTER_COUNTER
    restart = r" \s 1" if in_chapter else r" \r 1" if first and number == "1" else ""
    xml.field(node, rf"SEQ {caption.kind} \* ARABIC{restart}", number)
