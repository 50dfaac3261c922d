"""Headings and captions: native numbers, and the SEQ fields that captions count with."""

from __future__ import annotations

from generator.model import word as styles
from generator.model.anchors import anchor
from generator.model.document import Annex, Caption, Chapter, Section
from generator.writers.docx import xml
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
    """Append a heading; after that of a chapter or annex stand the hidden counters of the captions in it."""
    if not isinstance(block, Section):
        writing.break_pending = False
        writing.annex = isinstance(block, Annex)
    style = heading_style(writing, block)
    with writing.paragraph(place, style, block.id) as node:
        write_inlines(writing, node, block.title)
    if not isinstance(block, Section):
        _counters(writing, place, block)


def _counters(writing: Writing, place: Place, block: Chapter | Annex) -> None:
    """Append the paragraph nobody sees that steps the counters of chapters and sets those of the captions to nought.

    Its style steps the first level of the list of sections, so that they are arabic under roman chapters everywhere.

    The counter of a chapter shows its number in roman, for references that say 'Bab II' where the list says 'BAB II'.

    STYLEREF cannot number captions: chapters are roman, captions arabic. The switch `\\s 1` cannot start them anew:
    annexes are no 'heading 1', and LibreOffice does not know it. In the heading itself the fields would come into the
    contents.
    """
    counter = ANNEX_COUNTER if isinstance(block, Annex) else CHAPTER_COUNTER
    writing.chapter = counter if is_numbered(block) else ""
    style = styles.CHAPTER_COUNTER if writing.chapter == CHAPTER_COUNTER else styles.COUNTER
    with writing.paragraph(place, style, block.id, "counter") as node:
        if writing.chapter:
            writing.count(counter)
            mark = writing.open_bookmark(node, anchor(block.id, "number"))
            form = "ALPHABETIC" if writing.annex else "ROMAN"
            xml.field(node, rf"SEQ {counter} \* {form}", block.number)
            writing.close_bookmark(node, mark)
        for kind in writing.caption_kinds:
            hidden = writing.template.style(styles.HIDDEN)
            xml.field(node, rf"SEQ {kind} \r 0 \h", "", hidden, hidden=True)


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
    # \s 1 serves the chapters that somebody adds in Word, which have no hidden counters.
    restart = r" \s 1" if writing.chapter == CHAPTER_COUNTER else ""
    xml.field(node, rf"SEQ {caption.kind} \* ARABIC{restart}", number)
