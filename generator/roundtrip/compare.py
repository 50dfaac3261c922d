"""An edited book against the tree it was written from: which passages, cells and rows the city changed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from generator.model.document import (
    Annex,
    Block,
    Callout,
    Chapter,
    Chart,
    Comment,
    Document,
    Figure,
    ListBlock,
    ListItem,
    Paragraph,
    Row,
    Section,
    Table,
    Text,
)
from generator.model.edits import Edit, RowRef, Unit, cell_text, row_label, row_refs, row_text, table_print, units
from generator.model.runs import Inlines, canonical, fingerprint, marked
from generator.model.walks import plain
from generator.model.word import AUTHOR
from generator.roundtrip.reader import Reading
from generator.roundtrip.reader.assemble import Owner
from generator.roundtrip.reader.index import SOURCES_ID

_SOURCES_TITLE = "Daftar Sumber"
_ALIKE = 0.5
_NEAR = 4
_LONGEST = 4000  # characters that are compared letter by letter


@dataclass(slots=True)
class Compared:
    """What a comparison found."""

    edits: list[Edit] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    """What cannot be taken back, in words: charts, pictures, columns."""
    deleted: list[Comment] = field(default_factory=list)
    """Comments of people in the tree that the file holds no more."""


@dataclass(frozen=True, slots=True)
class Author:
    """Who handed a file in, where the file does not say it passage by passage."""

    who: str
    when: str
    file: str


def compare(base: Document, reading: Reading, author: Author) -> Compared:
    """Return the edits between a tree and what an edited file of it says.

    Passages are found by their anchors, then by equal words, then by words and place. Numbers of references, captions
    and headings, which the program counts, are no edits.
    """
    return _Comparison(base, reading, author).run()


def _key(unit: Unit) -> tuple[str, str]:
    return unit.id, "table" if unit.part == "figure" else unit.part


def _said(unit: Unit) -> str:
    if isinstance(unit.block, Table) and unit.part == "table":
        return "\n".join(marked(row_text(row)) for row in (*unit.block.header, *unit.block.body))
    return marked(unit.inlines)


class _Comparison:
    def __init__(self, base: Document, reading: Reading, author: Author) -> None:
        self._base, self._reading, self._author = base, reading, author
        self._old = list(units((*base.front, *base.body)))
        self._found = Compared()
        self._new = list(self._without_sources(units((*reading.front, *reading.body))))
        self._pairs: dict[int, int] = {}  # index in new -> index in old
        self._ids: dict[int, str] = {}

    def run(self) -> Compared:
        self._by_anchor()
        self._by_words()
        self._by_caption()
        taken = set(self._pairs.values())
        for index, unit in enumerate(self._new):
            if index in self._pairs:
                self._changed(index, self._old[self._pairs[index]], unit)
            else:
                self._added(index, unit)
        for index, unit in enumerate(self._old):
            if index not in taken:
                self._gone(index, unit)
        self._moves()
        self._comments()
        return self._found

    def _comments(self) -> None:
        """Tell the comments of people that the tree does not hold; answers follow what they answer."""
        known = {_spoken(one.author, one.date, one.lines): one for one in self._base.comments if one.author != AUTHOR}
        for remark in self._reading.remarks:
            if remark.author == AUTHOR:
                continue
            spoken = _spoken(remark.author, remark.date, remark.lines)
            before = known.pop(spoken, None)
            if before is not None and not remark.done:
                continue
            edit = Edit(
                book=self._base.id,
                op="comment",
                block=remark.block,
                part="text",
                was=remark.quote,
                text=canonical((Text("\n".join(remark.lines)),)),
                who=remark.author,
                when=remark.date,
                file=self._author.file,
                done=remark.done,
            )
            self._found.edits.append(edit)
        self._found.deleted.extend(known.values())

    def _without_sources(self, read: Iterable[Unit]) -> Iterator[Unit]:
        """Leave out the list of sources that the writer adds to a book without one; what was typed there is told."""
        own = any(unit.id == SOURCES_ID or unit.id.startswith(f"{SOURCES_ID}/") for unit in self._old)
        made = {_SOURCES_TITLE, *(f"{source.text} {source.url}".strip() for source in self._base.sources)}
        inside = False
        for unit in read:
            title = isinstance(unit.block, Chapter) and plain(unit.inlines) == _SOURCES_TITLE
            inside = inside or (not own and (title or unit.id == SOURCES_ID))
            if not inside:
                yield unit
            elif plain(unit.inlines) not in made:
                self._found.remarks.append(f"the list of sources is made from the data: '{plain(unit.inlines)}'")

    # --- which passage is which ---------------------------------------------------------------------------------------

    def _by_anchor(self) -> None:
        places: dict[tuple[str, str], int] = {}
        for index, unit in enumerate(self._old):
            places.setdefault(_key(unit), index)
        for index, unit in enumerate(self._new):
            place = places.pop(_key(unit), None) if unit.id else None
            if place is not None:
                self._pairs[index] = place

    def _by_words(self) -> None:
        """Pair what lost its anchor: equal words first, then alike ones between the same neighbours."""
        taken = set(self._pairs.values())
        new = [index for index in range(len(self._new)) if index not in self._pairs]
        old = [index for index in range(len(self._old)) if index not in taken]
        if not new or not old:
            return
        new_said = [_said(self._new[index]) for index in new]
        old_said = [_said(self._old[index]) for index in old]
        matcher = SequenceMatcher(None, old_said, new_said, autojunk=False)
        for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
            if tag == "equal":
                for one, other in zip(range(new_from, new_to), range(old_from, old_to), strict=True):
                    if new_said[one]:
                        self._pairs[new[one]] = old[other]
            elif tag == "replace":
                self._alike(new[new_from:new_to], old[old_from:old_to])

    def _alike(self, new: Sequence[int], old: Sequence[int]) -> None:
        start = 0
        for index in new:
            text = _said(self._new[index])[:_LONGEST]
            for offset in range(start, min(len(old), start + 12)):
                other = self._old[old[offset]]
                if other.part != self._new[index].part or not text:
                    continue
                matcher = SequenceMatcher(None, _said(other)[:_LONGEST], text, autojunk=False)
                if matcher.real_quick_ratio() > _ALIKE and matcher.quick_ratio() > _ALIKE and matcher.ratio() > _ALIKE:
                    self._pairs[index] = old[offset]
                    start = offset + 1
                    break

    def _by_caption(self) -> None:
        """Pair pictures, charts and tables without an anchor by the caption that they stand at."""
        places = {(unit.id, unit.part): index for index, unit in enumerate(self._old)}
        taken = set(self._pairs.values())
        for index, unit in enumerate(self._new):
            if index in self._pairs or unit.part not in ("table", "figure"):
                continue
            for beside in (index + 1, index - 1):
                place = self._pairs.get(beside, -1)
                if place < 0 or self._old[place].part not in ("caption", "source"):
                    continue
                for part in ("figure", "table"):
                    own = places.get((self._old[place].id, part), -1)
                    if own >= 0 and own not in taken and index not in self._pairs:
                        self._pairs[index] = own
                        taken.add(own)

    # --- edits --------------------------------------------------------------------------------------------------------

    def _edit(self, unit: Unit, index: int | None, **values: object) -> Edit:
        """Return an edit at a passage; `index` is its place in the edited file."""
        owner = Owner(unit.id, "" if unit.part == "text" else "cell" if unit.part == "table" else unit.part)
        who, when = self._reading.tracked.get(owner, ("", ""))
        edit = Edit(
            book=self._base.id,
            op="text",
            block=unit.id,
            part=unit.part,
            near=self._near(index) if index is not None else (),
            who=who or self._author.who,
            when=when or self._author.when,
            file=self._author.file,
        )
        return replace(edit, **values)  # type: ignore[arg-type]  # the callers below name fields of Edit

    def _near(self, index: int) -> tuple[str, ...]:
        """Return the ids of the passages before one of the edited file, the closest first."""
        found: dict[str, None] = {}
        for before in range(index - 1, -1, -1):
            id = self._id(before)
            if id:
                found[id] = None
            if len(found) == _NEAR:
                break
        return tuple(found)

    def _id(self, index: int) -> str:
        place = self._pairs.get(index)
        return self._old[place].id if place is not None else self._ids.get(index, "")

    def _changed(self, index: int, old: Unit, new: Unit) -> None:
        if isinstance(old.block, Table) and isinstance(new.block, Table) and old.part == new.part == "table":
            self._table(index, old.block, new.block, old)
            return
        if old.part in ("figure", "table"):
            self._figure(old, new)
            return
        if old.inlines == new.inlines or marked(old.inlines) == marked(new.inlines):
            return
        if old.id.startswith(f"{SOURCES_ID}/"):
            self._found.remarks.append(f"the list of sources is made from the data: '{plain(new.inlines)}'")
            return
        base, was = fingerprint(old.inlines), plain(old.inlines)
        near = self._edit(old, index).near
        if not plain(new.inlines).strip():
            self._found.edits.append(self._edit(old, None, op="remove", base=base, was=was, near=near))
        else:
            text = canonical(new.inlines)
            self._found.edits.append(self._edit(old, index, base=base, was=was, text=text))

    def _figure(self, old: Unit, new: Unit) -> None:
        """Tell words in a heat map that are not the program's; charts themselves are made from the data."""
        if not isinstance(old.block, Chart) or not isinstance(new.block, Table):
            return
        known = {"", "–", *old.block.categories, *(series.name for series in old.block.series)}
        for row in (*new.block.header, *new.block.body):
            for cell in row.cells:
                text = plain(cell_text(cell.paragraphs))
                if text not in known and not text.replace(",", "").isdigit():
                    self._found.remarks.append(f"chart {old.id} says '{text}'; charts are drawn from the data")

    def _added(self, index: int, unit: Unit) -> None:
        if unit.part not in ("text", "table"):
            self._orphan(index, unit)
            return
        if unit.part == "text" and not plain(unit.inlines).strip():
            return
        near = self._near(index)
        seed = fingerprint((*unit.inlines, Text(f"\x1f{near[0] if near else ''}{_said(unit)}")))
        id = f"baru-{seed}" if f"baru-{seed}" not in self._ids.values() else f"baru-{seed}-{index}"
        value = _bare(unit.block, id)
        if value is None:
            self._found.remarks.append(f"a picture or chart was added after {near[0] if near else 'the cover'}")
            return
        self._ids[index] = id
        owned = replace(unit, id=id)
        self._found.edits.append(self._edit(owned, index, op="new", value=value, was=""))

    def _orphan(self, index: int, unit: Unit) -> None:
        """Keep the words of a caption or source whose block has none in the tree."""
        owner = unit.id or self._id(index - 1)
        known = any(old.id == owner for old in self._old)
        if plain(unit.inlines).strip() and known:
            owned = replace(unit, id=owner)
            self._found.edits.append(self._edit(owned, index, base=fingerprint(()), text=canonical(unit.inlines)))

    def _gone(self, index: int, unit: Unit) -> None:
        if unit.part in ("figure",) or not _said(unit):
            return
        base = fingerprint(unit.inlines) if unit.part != "table" else table_print(unit.block)
        near = tuple(dict.fromkeys(old.id for old in self._old[max(index - _NEAR, 0) : index][::-1]))
        edit = self._edit(unit, None, op="remove", base=base, was=plain(unit.inlines) or _said(unit), near=near)
        self._found.edits.append(edit)

    def _moves(self) -> None:
        """Tell the fewest passages whose move explains the new order."""
        movable = [
            (index, place)
            for index, place in sorted(self._pairs.items())
            if self._old[place].part in ("text", "table", "figure")
        ]
        stay = _longest_rise([place for _, place in movable])
        for position, (index, place) in enumerate(movable):
            if position not in stay:
                old = self._old[place]
                self._found.edits.append(self._edit(old, index, op="move", was=plain(old.inlines)))

    # --- tables -------------------------------------------------------------------------------------------------------

    def _table(self, index: int, old: Table, new: Table, unit: Unit) -> None:
        old_rows, new_rows = (*old.header, *old.body), (*new.header, *new.body)
        if _cells_of(old_rows) == _cells_of(new_rows):
            return
        refs = row_refs(old)
        pairs = _row_pairs(old_rows, new_rows)
        before = -1
        for place, row in enumerate(new_rows):
            match = pairs.get(place)
            if match is None:
                ref = refs[before] if before >= 0 else RowRef("", "", -1)
                if plain(row_text(row)).replace("\x1f", "").strip():
                    self._found.edits.append(self._edit(unit, index, op="row-new", row=ref, value=row))
                continue
            before = match
            self._cells(index, unit, refs[match], old_rows[match], row)
        for place, ref in enumerate(refs):
            if place not in pairs.values():
                was = plain(row_text(old_rows[place])).replace("\x1f", " | ")
                self._found.edits.append(self._edit(unit, None, op="row-remove", row=ref, base=ref.base, was=was))

    def _cells(self, index: int, unit: Unit, ref: RowRef, old: Row, new: Row) -> None:
        for cell in range(max(len(old.cells), len(new.cells))):
            before = cell_text(old.cells[cell].paragraphs) if cell < len(old.cells) else ()
            after = cell_text(new.cells[cell].paragraphs) if cell < len(new.cells) else ()
            if marked(before) == marked(after):
                continue
            if cell >= len(old.cells) or cell >= len(new.cells):
                self._found.remarks.append(f"the columns of table {unit.id} were changed in row '{ref.label}'")
            self._found.edits.append(
                self._edit(
                    unit,
                    index,
                    op="cell",
                    row=ref,
                    cell=cell,
                    base=fingerprint(before),
                    was=plain(before),
                    text=canonical(after),
                )
            )


def _spoken(author: str, date: str, lines: tuple[str, ...]) -> tuple[str, str, str]:
    """Return what names a comment: editors differ in how they write the zone of a moment."""
    return author, date[:19], "\n".join(lines).strip()


def _cells_of(rows: Sequence[Row]) -> list[list[tuple[Inlines, ...]]]:
    return [[cell.paragraphs or ((),) for cell in row.cells] for row in rows]


def _row_pairs(old: Sequence[Row], new: Sequence[Row]) -> dict[int, int]:
    """Return row of the new table -> row of the old: equal rows, then equal labels, then the same place in a gap."""
    old_said, new_said = [marked(row_text(row)) for row in old], [marked(row_text(row)) for row in new]
    pairs: dict[int, int] = {}
    for tag, old_from, old_to, new_from, new_to in SequenceMatcher(
        None, old_said, new_said, autojunk=False
    ).get_opcodes():
        if tag == "equal":
            pairs |= dict(zip(range(new_from, new_to), range(old_from, old_to), strict=True))
        elif tag == "replace":
            left = list(range(old_from, old_to))
            rest: list[int] = []
            for place in range(new_from, new_to):
                label = row_label(new[place])
                match = next((other for other in left if label and row_label(old[other]) == label), None)
                if match is None:
                    rest.append(place)
                else:
                    pairs[place] = match
                    left.remove(match)
            if len(rest) == len(left):
                pairs |= dict(zip(rest, left, strict=True))
            else:
                pairs |= _alike_rows(rest, left, old_said, new_said)
    return pairs


def _alike_rows(
    new: Sequence[int], old: list[int], old_said: Sequence[str], new_said: Sequence[str]
) -> Mapping[int, int]:
    pairs: dict[int, int] = {}
    for place in new:
        scored = [
            (SequenceMatcher(None, old_said[other], new_said[place], autojunk=False).ratio(), other) for other in old
        ]
        best = max(scored, default=(0.0, -1))
        if best[0] > _ALIKE:
            pairs[place] = best[1]
            old.remove(best[1])
    return pairs


def _bare(block: Block | ListItem, id: str) -> Block | ListItem | None:
    """Return a new block without what stands in it: that is told on its own."""
    match block:
        case ListItem():
            return replace(block, id=id, children=())
        case Section() | Chapter() | Annex():
            level = block.level if isinstance(block, Section) else 2
            return Section(id=id, level=level, title=block.title, children=())
        case Callout():
            return replace(block, id=id, children=())
        case Paragraph() | Table():
            return replace(block, id=id)
        case ListBlock() | Figure() | Chart():
            return None
        case _:
            return None


def _longest_rise(places: Sequence[int]) -> set[int]:
    """Return the positions of a longest rising run, in n log n."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for position, place in enumerate(places):
        at = bisect_left(tails, place)
        if at == len(tails):
            tails.append(place)
            ends.append(position)
        else:
            tails[at], ends[at] = place, position
        before.append(ends[at - 1] if at else -1)
    kept: set[int] = set()
    position = ends[-1] if ends else -1
    while position >= 0:
        kept.add(position)
        position = before[position]
    return kept
