"""Contents, lists of tables and of figures: real fields that are filled when the file is opened first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.model import word as styles
from generator.model.anchors import anchor
from generator.model.document import Contents
from generator.model.walks import plain
from generator.writers import contents as lists
from generator.writers.docx import xml
from generator.writers.docx.context import Place, Writing
from generator.writers.docx.xml import Element, sub

_KINDS = {"tables": ("Tabel",), "figures": ("Gambar", "Bagan")}
_EMPTY = "Tidak ada."


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list: the style of its line, where it leads, its words, its page or ''."""

    style: str
    target: str
    label: str
    text: str
    page: str


def write_contents(writing: Writing, place: Place, contents: Contents) -> None:
    """Append the title of a list and its field; where pages are not known the field asks Word to update it once."""
    writing.break_pending = False
    with writing.paragraph(place, styles.CONTENTS_TITLE, contents.id) as node:
        xml.text_run(node, contents.title)
    if contents.lists == "headings":
        fields = [(rf'TOC \o "1-{lists.DEEPEST}" \h \z \u', list(_headings(writing)))]
    else:
        fields = [(rf'TOC \h \z \c "{kind}"', list(_captions(writing, kind))) for kind in _KINDS[contents.lists]]
    filled = [(instruction, entries) for instruction, entries in fields if entries]
    for instruction, entries in filled:
        _field(writing, place, instruction, entries)
    if not filled:
        with writing.paragraph(place, styles.PARAGRAPH["body"]) as node:
            xml.text_run(node, _EMPTY)
    # A section must not end inside the field: Word would take the section away with the old entries.
    writing.separator(place)


def _page(writing: Writing, block_id: str) -> str:
    return "" if writing.pages is None else str(writing.pages.get(block_id, ""))


def _headings(writing: Writing) -> Iterator[Entry]:
    for entry in lists.headings(writing.document):
        page = _page(writing, entry.target)
        yield Entry(styles.CONTENTS[entry.depth - 1], anchor(entry.target), entry.label, plain(entry.title), page)


def _captions(writing: Writing, kind: str) -> Iterator[Entry]:
    """Yield the captions of one kind: a TOC field lists one counter only."""
    for entry in lists.captions(writing.document, "tables" if kind == "Tabel" else "figures"):
        if entry.label.startswith(f"{kind} "):
            text = f"{entry.label}\N{EN SPACE}{plain(entry.title)}"
            page = _page(writing, entry.target)
            yield Entry(styles.FIGURE_LIST, anchor(entry.target, "caption"), "", text, page)


def _field(writing: Writing, place: Place, instruction: str, entries: list[Entry]) -> None:
    node: Element | None = None
    for index, entry in enumerate(entries):
        node = xml.paragraph(place.parent, writing.template.style(entry.style))
        if index == 0:
            xml.field_begin(node, instruction, dirty=writing.pages is None)
            sub(xml.run(node), "w:fldChar", fldCharType="separate")
        _entry(node, entry)
    if node is not None:
        xml.field_end(node)


def _entry(node: Element, entry: Entry) -> None:
    link = sub(node, "w:hyperlink", anchor=entry.target, history="1")
    if entry.label:
        xml.text_run(link, entry.label)
        sub(xml.run(link), "w:tab")
    xml.text_run(link, xml.clean(entry.text))
    sub(xml.run(link), "w:tab")
    xml.field(link, rf"PAGEREF {entry.target} \h", entry.page)
