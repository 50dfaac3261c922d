"""Paragraphs and tables in reading order to the tree of blocks: headings nest, list items gather, captions attach."""

from __future__ import annotations

import re
from dataclasses import replace

from generator.model import word
from generator.model.document import (
    Annex,
    Block,
    Callout,
    Chapter,
    Chart,
    Contents,
    Figure,
    Landscape,
    PageBreak,
    Paragraph,
    Placeholder,
    Section,
    Table,
)
from generator.roundtrip.reader import looks
from generator.roundtrip.reader.index import CONTAINERS, SOURCES_ID, Index, Mark
from generator.roundtrip.reader.nesting import Head, OpenItem, OpenList, nested
from generator.roundtrip.reader.paragraphs import Drawing, Para
from generator.roundtrip.reader.pieces import all_marks, callout_kind, caption_of, only_missing
from generator.roundtrip.reader.tables import ReadTable
from generator.roundtrip.reader.told import Item, ReadBox, Stretch, Told

# LibreOffice shows the noughts of the hidden counters that the paragraph holds.
_COUNTED = re.compile("^[IVXLCDM]*[A-Z]{0,3}0*$")


class Assembler:
    """Makes blocks of what stands in one run of pages, one box or one cell."""

    def __init__(self, index: Index, starts: dict[str, dict[str, int]], told: Told) -> None:
        self._index, self._starts, self._told = index, starts, told
        self._flat: list[Block | OpenList | Head] = []
        self._law: set[int] = set()
        self._lists: list[tuple[int, OpenList]] = []
        self._caption: Para | None = None
        self._waiting: list[Mark] = []
        self._gap = True
        self._list_open = False

    # --- the two doors ------------------------------------------------------------------------------------------------

    def book(self, stretches: list[Stretch]) -> tuple[Block, ...]:
        """Return the blocks of stretches of pages."""
        for items, turned in stretches:
            if not turned:
                self._take(items)
                continue
            self._end()
            inner = Assembler(self._index, self._starts, self._told)
            children = inner.inside(items)
            mark = next((mark for mark in all_marks(items) if mark.kind == "Landscape"), None)
            if children:
                self._flat.append(Landscape(id=mark.id if mark else "", children=children))
                self._remember_law(inner.has_law)
        return self._finish()

    def inside(self, items: list[Item]) -> tuple[Block, ...]:
        """Return the blocks of the items of one place."""
        self._take(items)
        return self._finish()

    @property
    def has_law(self) -> bool:
        """Whether any paragraph had a style of draft laws."""
        return bool(self._law)

    def _finish(self) -> tuple[Block, ...]:
        self._end()
        return nested(self._flat, self._law)

    def _end(self) -> None:
        self._lists.clear()
        if self._caption is not None:
            para, self._caption = self._caption, None
            self._text(para)
        self._gap = True

    # --- items --------------------------------------------------------------------------------------------------------

    def _take(self, items: list[Item]) -> None:
        for item in items:
            match item:
                case Para():
                    self._para(item)
                    if item.boxes:
                        self._take(list(item.boxes))
                case ReadTable():
                    self._table(item)
                case ReadBox():
                    self._box(item)

    def _para(self, para: Para) -> None:
        style = para.style
        if style in looks.COVER:
            self._told.cover.append((style, para.text))
            return
        if style in looks.COUNTERS:
            self._counter(para)
            return
        self._open(para.marks)
        if style in looks.ENTRIES or (para.contents and style != looks.CONTENTS):
            self._contents_field(para)
        elif style == looks.SEPARATOR and not para.text:
            self._waiting.extend(mark for mark in para.marks if mark.kind not in ("PageBreak", "Landscape"))
            self._lists.clear()
            self._gap = True
            self._list_open = False
        elif style in looks.HEADINGS:
            self._heading(para)
        elif style in looks.CAPTIONS:
            self._caption_para(para)
        elif style == looks.SOURCE and self._attach_source(para):
            pass
        elif style in looks.LISTS or style == looks.SOURCE_ENTRY:
            self._list_para(para)
        elif style == looks.CONTENTS:
            self._contents(para)
        elif style == looks.FRAME or (para.drawings and (style == looks.FIGURE or not para.text)):
            self._figure(para)
        else:
            self._text(para)

    def _open(self, marks: list[Mark]) -> None:
        """Put the page breaks that wait for this paragraph."""
        breaks = [mark for mark in marks if mark.kind == "PageBreak"]
        if breaks:
            self._end()
            self._flat.extend(PageBreak(id=mark.id) for mark in breaks)

    def _own(self, para: Para, part: str = "") -> str:
        """Return the id of the block whose text a paragraph is; several were merged by the editor: the first."""
        found = (
            mark.id for mark in para.marks if mark.part == part and mark.kind not in CONTAINERS | {"caption", "source"}
        )
        return next(found, "")

    def _hear(self, para: Para, id: str, part: str = "") -> None:
        self._told.hear(para, id, part)

    def _remember_law(self, law: bool) -> None:
        if law:
            self._law.add(len(self._flat) - 1)

    def _put(self, block: Block | Head, *, law: bool = False) -> None:
        self._lists.clear()
        self._flat.append(block)
        self._gap = False
        self._list_open = False
        self._remember_law(law)

    def _heading(self, para: Para) -> None:
        self._end()
        level, family = looks.HEADINGS[para.style]
        id = self._own(para)
        if not para.text and not id:
            return
        self._hear(para, id)
        self._told.misplaced(para.drawings)
        block: Chapter | Section | Annex
        if level > 1:
            numbered = family != "plain"
            block = Section(id=id, level=level, title=para.inlines, children=(), number="#" if numbered else "")
        elif family == "annex":
            block = Annex(id=id, title=para.inlines, children=())
        else:
            block = Chapter(id=id, title=para.inlines, children=(), numbered=family == "numbered")
        self._put(Head(level, block))

    def _counter(self, para: Para) -> None:
        """Take the number of a chapter from the hidden counter after its heading."""
        last = self._flat[-1] if self._flat else None
        if isinstance(last, Head) and isinstance(last.block, Chapter | Annex):
            numbered = not isinstance(last.block, Chapter) or last.block.numbered
            last.block = replace(last.block, number=para.number if numbered else "")
        if not _COUNTED.match(para.text):
            self._text(para)

    def _text(self, para: Para) -> None:
        id = self._own(para)
        known = self._index.blocks.get(id)
        if not para.inlines and not id:
            self._lists.clear()
            return
        if self._list_open and para.text == looks.EMPTY_LIST and not id:
            return
        self._hear(para, id)
        law = para.style in looks.LAW
        if para.style == looks.PLACEHOLDER or isinstance(known, Placeholder):
            missing = only_missing(para.inlines)
            if missing is not None:
                self._put(Placeholder(id=id, what=missing.what, who=missing.who, where=missing.where))
                return
        if para.style == looks.TITLE and not para.inlines:
            return
        self._put(Paragraph(id=id, content=para.inlines, role=looks.ROLES.get(para.style, "body")), law=law)
        self._pictures(para.drawings)

    def _pictures(self, drawings: list[Drawing]) -> None:
        """Put the pictures that a city added to a paragraph or cell behind it."""
        for drawing in drawings:
            self._put_picture(drawing)

    def _put_picture(self, drawing: Drawing) -> None:
        path = self._told.picture(drawing)
        if path:
            self._put(Figure(id="", path=path, alt=drawing.alt, width_mm=_wide(drawing)))

    # --- captions, sources, figures -----------------------------------------------------------------------------------

    def _caption_para(self, para: Para) -> None:
        last = self._flat[-1] if self._flat else None
        mark = next((mark for mark in para.marks if mark.part == "caption"), None)
        above = para.style == word.TABLE_CAPTION.lower()
        owner = mark.id if mark else ""
        can_hold = isinstance(last, Table | Figure | Chart) and last.caption is None and not self._gap
        if can_hold and isinstance(last, Table | Figure | Chart) and (owner == last.id if owner else not above):
            self._flat[-1] = replace(last, caption=caption_of(para.inlines))
            self._hear(para, last.id, "caption")
            return
        if above:
            self._end()
            self._caption = para
        else:
            self._text(para)

    def _attach_source(self, para: Para) -> bool:
        last = self._flat[-1] if self._flat else None
        if self._gap or self._lists or not isinstance(last, Table | Figure | Chart) or last.source:
            return False
        mark = next((mark for mark in para.marks if mark.part == "source"), None)
        if (mark is not None and mark.id != last.id) or (mark is None and self._own(para)):
            return False
        self._flat[-1] = replace(last, source=para.inlines)
        self._hear(para, last.id, "source")
        return True

    def _figure(self, para: Para) -> None:
        self._end()
        id = self._own(para)
        known = self._index.blocks.get(id)
        drawing = para.drawings[0] if para.drawings else Drawing("frame", para.text)
        self._hear(para, id)
        if drawing.kind == "chart" or (drawing.kind == "frame" and isinstance(known, Chart)):
            block: Block = Chart(id=id, kind="bars", categories=(), series=(), alt=drawing.alt)
        else:
            path = self._told.picture(drawing)
            block = Figure(id=id, path=path, alt=drawing.alt, width_mm=_wide(drawing) if path else 150.0)
        self._put(block)
        if para.text and drawing.kind != "frame":
            self._put(Paragraph(id="", content=para.inlines))
        self._pictures(para.drawings[1:])

    # --- lists --------------------------------------------------------------------------------------------------------

    def _list_para(self, para: Para) -> None:
        kind, level = looks.LISTS.get(para.style, ("decimal", 0))
        sources = para.style == looks.SOURCE_ENTRY
        while self._lists and self._lists[-1][0] > level:
            self._lists.pop()
        current = self._lists[-1][1] if self._lists and self._lists[-1][0] == level else None
        id = self._own(para)
        if kind == "continue":
            if current is None:
                self._text(para)
            elif para.inlines or id:
                self._hear(para, id)
                current.items[-1].children.append(Paragraph(id=id, content=para.inlines))
            return
        if not para.inlines and not id:
            return
        mark = next((mark for mark in para.marks if mark.kind == "ListBlock"), None)
        number = "" if sources or kind == "bullet" else para.list_number
        if current is None or not self._goes_on(current, kind, number, id, mark):
            current = self._new_list(para, mark, kind, number, level, SOURCES_ID if sources and mark else "")
        self._hear(para, id)
        self._told.misplaced(para.drawings)
        current.items.append(OpenItem(id, para.inlines))
        self._gap = True
        if para.style in looks.LAW:
            self._law.add(len(self._flat) - 1)

    def _goes_on(self, current: OpenList, kind: str, number: str, id: str, mark: Mark | None) -> bool:
        """Whether an item belongs to the list before it.

        The number of a list is the last thing to trust: LibreOffice gives the first item of a list one of its own.
        """
        if current.kind != kind:
            return False
        if mark is not None:
            return mark.id == current.id
        known = self._index.lists.get(id, "")
        if known and current.id:
            return known == current.id
        return current.number == number or bool(current.id)

    def _new_list(self, para: Para, mark: Mark | None, kind: str, number: str, level: int, id: str) -> OpenList:
        if self._lists and self._lists[-1][0] == level:
            self._lists.pop()
        start = self._starts.get(number, {}).get(str(para.list_level), 1) if number else 1
        made = OpenList(mark.id if mark else id, kind, number, start)
        if self._lists:
            self._lists[-1][1].items[-1].children.append(made)
        else:
            if self._caption is not None:
                self._end()
            self._flat.append(made)
        self._lists.append((level, made))
        return made

    # --- tables, boxes, contents --------------------------------------------------------------------------------------

    def _table(self, read: ReadTable) -> None:
        self._lists.clear()
        marks = [*self._waiting, *read.marks]
        self._waiting = []
        self._open(marks)
        caption, self._caption = self._caption, None
        above = next((mark.id for mark in caption.marks if mark.part == "caption"), "") if caption else ""
        id = next((mark.id for mark in marks if mark.kind in ("Table", "Chart") and not mark.part), "") or above
        known = self._index.blocks.get(id)
        look = known.look if isinstance(known, Table) else "matrix" if isinstance(known, Chart) else read.table.look
        table = replace(read.table, id=id, look=look)  # ODT knows no styles of tables
        if caption is not None:
            table = replace(table, caption=caption_of(caption.inlines))
            self._hear(caption, id, "caption")
        for para in read.paragraphs:
            self._hear(para, id, "cell")
        self._put(table, law=read.law)
        self._pictures([drawing for para in read.paragraphs for drawing in para.drawings])

    def _box(self, read: ReadBox) -> None:
        self._end()
        first = next((item for item in read.items if isinstance(item, Para)), None)
        title, id = "", ""
        items = read.items
        if first is not None and (first.style == looks.TITLE or any(mark.kind == "Callout" for mark in first.marks)):
            title, id = first.text, next((mark.id for mark in first.marks if mark.kind == "Callout"), "")
            items = [item for item in items if item is not first]
            self._open(first.marks)
            self._hear(first, id)
        inner = Assembler(self._index, self._starts, self._told)
        children = inner.inside(items)
        known = self._index.blocks.get(id)
        kind = known.kind if isinstance(known, Callout) else callout_kind(read.kind)
        self._put(Callout(id=id, kind=kind, title=title, children=children), law=inner.has_law)

    def _contents(self, para: Para) -> None:
        self._end()
        id = self._own(para)
        known = self._index.blocks.get(id)
        lists = known.lists if isinstance(known, Contents) else "headings"
        self._hear(para, id)
        self._put(Contents(id=id, lists=lists, title=para.text))
        self._list_open = True

    def _contents_field(self, para: Para) -> None:
        """Entries are made by the program; only the kind of an unknown list is taken from its field."""
        last = self._flat[-1] if self._flat else None
        if isinstance(last, Contents) and not last.id and para.contents:
            kinds = {'"Tabel"': "tables", '"Gambar"': "figures", '"Bagan"': "figures"}
            found = next((kind for word_, kind in kinds.items() if word_ in para.contents), "headings")
            self._flat[-1] = replace(last, lists=found)  # type: ignore[arg-type]  # one of the three above


def _wide(drawing: Drawing) -> float:
    """Return the width of a picture in millimetres, rounded, within what a page takes."""
    return min(max(float(round(drawing.width_mm)), 10.0), 250.0) if drawing.width_mm else 150.0
