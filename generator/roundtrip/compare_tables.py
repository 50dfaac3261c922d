"""A table of an edited file against the one it came from: cells, rows and columns, and the order of the rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from generator.model.document import Cell, Column, Row, Table, Text
from generator.model.edits import HEADS, RowRef, cell_text, column_refs, is_regular, row_label, row_refs, row_text
from generator.model.runs import Inlines, canonical, fingerprint, marked
from generator.model.walks import plain
from generator.roundtrip.matching import ALIKE, Likeness, told_apart
from generator.roundtrip.relink import relinked

_BETWEEN = "\x1f"
_NO_ROW = RowRef("", "", -1)


@dataclass(slots=True)
class TableChanges:
    """What changed in a table: the fields of an edit each, and what cannot be taken, in words."""

    edits: list[dict[str, Any]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def compare_tables(old: Table, new: Table, likeness: Likeness) -> TableChanges:
    """Return what makes `new` of `old`, both without regard to spans and looks."""
    found = TableChanges()
    old_rows, new_rows = (*old.header, *old.body), (*new.header, *new.body)
    if _cells_of(old_rows) == _cells_of(new_rows):
        return found
    columns = _column_pairs(old, new)
    _Comparison(old, new, columns, found, likeness).run()
    return found


@dataclass(slots=True)
class _Comparison:
    old: Table
    new: Table
    columns: dict[int, int] | None
    """Place in new -> place in old; None where cells are compared one by one, as they come."""
    found: TableChanges
    likeness: Likeness
    pairs: dict[int, int] = field(default_factory=dict)

    def run(self) -> None:
        old_rows, new_rows = (*self.old.header, *self.old.body), (*self.new.header, *self.new.body)
        refs = row_refs(self.old)
        common = self._common(old_rows, is_old=True), self._common(new_rows, is_old=False)
        self.pairs = row_pairs(*common, self.likeness)
        before = -1
        for place, row in enumerate(new_rows):
            match = self.pairs.get(place)
            if match is None:
                ref = refs[before] if before >= 0 else _NO_ROW
                if plain(row_text(row)).replace(_BETWEEN, "").strip():
                    self._add(op="row-new", row=ref, cell=place, column=HEADS.join(self._heads(self.new)), value=row)
                continue
            before = match
            self._cells(refs[match], old_rows[match], row)
        kept = set(self.pairs.values())
        for place, ref in enumerate(refs):
            if place not in kept:
                was = plain(row_text(old_rows[place])).replace(_BETWEEN, " | ")
                self._add(op="row-remove", row=ref, base=ref.base, was=was)
        self._order(refs)
        if self.columns is not None:
            self._new_columns(self.columns, refs, new_rows)

    def _add(self, **values: Any) -> None:
        self.found.edits.append(values)

    def _common(self, rows: Sequence[Row], *, is_old: bool) -> list[Row]:
        """Return rows with the columns that both tables have."""
        if self.columns is None:
            return list(rows)
        places = [self.columns[new] if is_old else new for new in sorted(self.columns)]
        return [Row(tuple(row.cells[place] for place in places)) for row in rows]

    def _cells(self, ref: RowRef, old: Row, new: Row) -> None:
        width = max(len(old.cells), len(new.cells))
        places = sorted(self.columns.items()) if self.columns is not None else [(at, at) for at in range(width)]
        for after_place, place in places:
            before = cell_text(old.cells[place].paragraphs) if place < len(old.cells) else ()
            after = cell_text(new.cells[after_place].paragraphs) if after_place < len(new.cells) else ()
            after = relinked(before, after)
            if marked(before) == marked(after):
                continue
            if place >= len(old.cells) or after_place >= len(new.cells):
                self.found.remarks.append(f"the cells of row '{ref.label}' were joined or parted")
            text = canonical(after)
            heads = self._heads(self.old)
            column = heads[place] if place < len(heads) else ""
            was = plain(before)
            self._add(op="cell", row=ref, cell=place, column=column, base=fingerprint(before), was=was, text=text)

    def _heads(self, table: Table) -> tuple[str, ...]:
        """Return the head of each column of a table, none where cells span others."""
        if self.columns is None or not table.header:
            return ()
        return tuple(plain(cell_text(cell.paragraphs)).strip() for cell in table.header[-1].cells)

    def _order(self, refs: tuple[RowRef, ...]) -> None:
        start = len(self.new.header)
        order = [self.pairs[place] for place in sorted(self.pairs) if place >= start]
        if order == sorted(order):
            return
        if any(cell.rowspan > 1 for row in self.old.body for cell in row.cells):
            self.found.remarks.append("rows that are joined with others were put into another order")
            return
        rows = tuple(Row((Cell(((Text(refs[place].label),),)),), key=refs[place].base) for place in order)
        value = Table(id="", columns=(Column(),), header=(), body=rows)
        self._add(op="row-order", value=value, was=" | ".join(refs[place].label for place in sorted(order)))

    def _new_columns(self, columns: Mapping[int, int], refs: tuple[RowRef, ...], new_rows: Sequence[Row]) -> None:
        known = column_refs(self.old)
        for place, ref in enumerate(known):
            if place not in columns.values():
                rows = (*self.old.header, *self.old.body)
                was = " | ".join(plain(cell_text(row.cells[place].paragraphs)) for row in rows)
                self._add(op="column-remove", row=ref, base=ref.base, was=was)
        left = _NO_ROW
        for place in range(len(self.new.columns)):
            if place in columns:
                left = known[columns[place]]
                continue
            rows = tuple(
                Row((Cell(((Text(refs[match].label),),)), new_rows[at].cells[place]), key=refs[match].base)
                for at, match in sorted(self.pairs.items())
            )
            value = Table(id="", columns=(Column(), Column()), header=(), body=rows)
            self._add(op="column-new", row=left, cell=place, value=value)


def _cells_of(rows: Sequence[Row]) -> list[list[tuple[Inlines, ...]]]:
    return [[cell.paragraphs or ((),) for cell in row.cells] for row in rows]


# --- columns ----------------------------------------------------------------------------------------------------------


def _column_pairs(old: Table, new: Table) -> dict[int, int] | None:
    """Return place in new -> place in old of the columns that both have; None where cells span others."""
    if not is_regular(old) or not is_regular(new) or not old.columns or not (old.header or old.body):
        return None
    told, now = _columns(old), _columns(new)
    labels, new_labels = [column[0] for column in told], [column[0] for column in now]
    if len(told) == len(now) and (labels == new_labels or not old.header):
        return {place: place for place in range(len(now))}
    pairs: dict[int, int] = {}
    codes = SequenceMatcher(None, labels, new_labels, autojunk=False).get_opcodes()
    for tag, old_from, old_to, new_from, new_to in codes:
        if tag == "equal" or old_to - old_from == new_to - new_from:
            pairs |= dict(zip(range(new_from, new_to), range(old_from, old_to), strict=True))
            continue
        start = old_from
        for place in range(new_from, new_to):
            scores = [(_shared(told[other], now[place]), -other) for other in range(start, old_to)]
            best, other = max(scores, default=(0.0, 0))
            if best > ALIKE:
                pairs[place] = -other
                start = -other + 1
    return pairs


def _columns(table: Table) -> list[tuple[str, ...]]:
    """Return the words of each column, its head first."""
    rows = [*reversed(table.header), *table.body]
    return [
        tuple(plain(cell_text(row.cells[place].paragraphs)).strip() for row in rows)
        for place in range(len(table.columns))
    ]


def _shared(old: tuple[str, ...], new: tuple[str, ...]) -> float:
    """Return which part of the words of two columns they have in common."""
    common = (Counter(old) & Counter(new)).total()
    return 2 * common / ((len(old) + len(new)) or 1)


# --- rows -------------------------------------------------------------------------------------------------------------


def row_pairs(old: Sequence[Row], new: Sequence[Row], likeness: Likeness) -> dict[int, int]:
    """Return row of the new table -> row of the old.

    Equal rows in their order first, then equal rows anywhere (somebody sorted the table), then rows of one label, then
    what stands at the same place between the same neighbours.
    """
    told, now = [marked(row_text(row)) for row in old], [marked(row_text(row)) for row in new]
    codes = SequenceMatcher(None, told, told_apart(told, now), autojunk=False).get_opcodes()
    pairs: dict[int, int] = {}
    for tag, old_from, old_to, new_from, new_to in codes:
        if tag == "equal":
            pairs |= dict(zip(range(new_from, new_to), range(old_from, old_to), strict=True))
    _by_name(told, now, pairs)
    _by_name([row_label(row) for row in old], [row_label(row) for row in new], pairs)
    for tag, old_from, old_to, new_from, new_to in codes:
        if tag != "replace":
            continue
        taken = set(pairs.values())
        left = [place for place in range(old_from, old_to) if place not in taken]
        rest = [place for place in range(new_from, new_to) if place not in pairs]
        if len(rest) == len(left):
            pairs |= dict(zip(rest, left, strict=True))
        else:
            pairs |= _alike_rows(rest, left, told, now, likeness)
    return pairs


def _by_name(old: Sequence[str], new: Sequence[str], pairs: dict[int, int]) -> None:
    """Pair what bears a name that nothing else bears among what has no partner yet."""
    taken = set(pairs.values())
    olds = [place for place in range(len(old)) if place not in taken and old[place].strip()]
    news = [place for place in range(len(new)) if place not in pairs and new[place].strip()]
    counts, new_counts = Counter(old[place] for place in olds), Counter(new[place] for place in news)
    places = {old[place]: place for place in olds}
    for place in news:
        name = new[place]
        if counts[name] == new_counts[name] == 1:
            pairs[place] = places[name]


def _alike_rows(
    new: Sequence[int], old: list[int], old_said: Sequence[str], new_said: Sequence[str], likeness: Likeness
) -> Mapping[int, int]:
    pairs: dict[int, int] = {}
    for place in new:
        scored = [(likeness.of(old_said[other], new_said[place]), other) for other in old]
        best = max(scored, default=(0.0, -1))
        if best[0] > ALIKE:
            pairs[place] = best[1]
            old.remove(best[1])
    return pairs
