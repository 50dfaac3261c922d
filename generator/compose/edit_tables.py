"""Edits of cells, rows and columns put into a table as the generator writes it now.

The city's shape stands: columns and rows that it added, took out or put into another order. In what stays, cells that
only the generator changed show its new values.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from generator.compose.conflicts import REMOVED_WORDS, Ledger
from generator.model.document import Cell, Column, Row, Table, Text
from generator.model.edits import Edit, RowRef, cell_text, column_refs, is_regular, row_label, row_refs, row_text
from generator.model.runs import fingerprint
from generator.model.walks import plain

OPS = frozenset({"cell", "row-new", "row-remove", "row-order", "column-new", "column-remove"})
_BETWEEN = "\x1f"


def merge_table(block: Table, edits: Sequence[Edit], ledger: Ledger) -> Table:
    """Return a table with edits of its cells, rows and columns; what clashes or finds no place goes to the ledger."""
    return _Merging(block, ledger).merged(edits)


@dataclass(slots=True)
class _Merging:
    table: Table
    ledger: Ledger
    refs: tuple[RowRef, ...] = ()
    rows: list[Row | None] = field(default_factory=list)
    behind: dict[int, list[Row]] = field(default_factory=dict)

    def merged(self, edits: Sequence[Edit]) -> Table:
        block = self.table
        self.refs = row_refs(block)
        self.rows = [*block.header, *block.body]
        by_op: dict[str, list[Edit]] = {}
        for edit in edits:
            by_op.setdefault(edit.op, []).append(edit)
        for edit in (*by_op.get("cell", ()), *by_op.get("row-remove", ())):
            place = place_of(edit.row, self.refs)
            if place is not None:
                self._row(edit, place)
        columns = self._columns(by_op.get("column-remove", []), by_op.get("column-new", []))
        for edit in by_op.get("row-new", ()):
            self._new_row(edit, place_of(edit.row, self.refs))
        count = len(block.header)
        header = tuple(row for row in self.rows[:count] if row is not None)
        body = list(self.behind.get(-1, ()))
        for index in (*range(count), *self._order(by_op.get("row-order", []))):
            row = self.rows[index]
            if row is not None and index >= count:
                body.append(row)
            body.extend(self.behind.get(index, ()))
        return replace(block, columns=columns, header=header, body=tuple(body))

    # --- rows ---------------------------------------------------------------------------------------------------------

    def _row(self, edit: Edit, place: int) -> None:
        row, ref = self.rows[place], self.refs[place]
        if row is None:
            return
        if edit.op == "row-remove":
            if ref.base != edit.base:
                words = plain(row_text(row)).replace(_BETWEEN, " | ")
                self.ledger.clash(edit, words, ref.base, self.table.id, words=REMOVED_WORDS)
            self.rows[place] = None
            return
        if edit.cell >= len(row.cells):
            return
        cell = row.cells[edit.cell]
        now = cell_text(cell.paragraphs)
        self.ledger.placed(edit)
        if fingerprint(edit.text) == edit.base:
            return  # the city took these words from the generator, whose newer ones follow
        if fingerprint(now) not in (edit.base, fingerprint(edit.text)):
            self.ledger.clash(edit, f"{ref.label}: {plain(now)}", fingerprint(now), self.table.id)
        if fingerprint(now) != fingerprint(edit.text):
            cells: list[Cell] = list(row.cells)
            cells[edit.cell] = replace(cell, paragraphs=(edit.text,))
            self.rows[place] = replace(row, cells=tuple(cells))

    def _new_row(self, edit: Edit, place: int | None) -> None:
        if not isinstance(edit.value, Row):
            return
        self.ledger.placed(edit)
        if any(ref.base == fingerprint(row_text(edit.value)) for ref in self.refs):
            return
        end = len(self.refs) - 1 if edit.row is not None and edit.row.index >= 0 else -1
        self.behind.setdefault(end if place is None else place, []).append(edit.value)

    def _order(self, edits: list[Edit]) -> list[int]:
        """Return the places of the rows of the body as the city sorted them; new ones follow the row before them."""
        start = len(self.table.header)
        order = list(range(start, len(self.rows)))
        wanted = edits[-1].value if edits else None
        spanned = any(cell.rowspan > 1 for row in self.table.body for cell in row.cells)
        if not isinstance(wanted, Table) or spanned:
            return order
        keys = {row.key: index for index, row in reversed(list(enumerate(wanted.body)))}
        labels = {row_label(row): index for index, row in reversed(list(enumerate(wanted.body)))}

        def rank(place: int) -> int | None:
            ref = self.refs[place]
            return keys.get(ref.base, labels.get(ref.label) if ref.label else None)

        ranks = {place: found for place in order if (found := rank(place)) is not None}
        made = sorted(ranks, key=lambda place: (ranks[place], place))
        for place in order:
            if place not in ranks:
                made.insert(made.index(place - 1) + 1 if place - 1 in made else 0, place)
        return made

    # --- columns ------------------------------------------------------------------------------------------------------

    def _columns(self, gone: list[Edit], new: list[Edit]) -> tuple[Column, ...]:
        """Shape the rows by columns; return the columns of the table."""
        table = self.table
        if not gone and not new:
            return table.columns
        if not is_regular(table):
            for edit in new:
                self._strays(edit, frozenset())
            return table.columns
        refs = column_refs(table)
        removed = {place for edit in gone if (place := self._gone_column(edit, refs)) is not None}
        behind: dict[int, list[Edit]] = {}
        for edit in sorted(new, key=lambda edit: edit.cell):
            place = place_of(edit.row, refs)
            behind.setdefault(len(refs) - 1 if place is None else place, []).append(edit)
        slots: list[int | Edit] = list(behind.get(-1, ()))
        for index in range(len(refs)):
            slots.extend([index] if index not in removed else [])
            slots.extend(behind.get(index, ()))
        values = {id(edit): self._values(edit) for edit in new}
        for place, row in enumerate(self.rows):
            if row is not None:
                cells = (
                    row.cells[slot] if isinstance(slot, int) else values[id(slot)].get(place, Cell(((),)))
                    for slot in slots
                )
                self.rows[place] = replace(row, cells=tuple(cells))
        return tuple(table.columns[slot] if isinstance(slot, int) else Column() for slot in slots)

    def _gone_column(self, edit: Edit, refs: tuple[RowRef, ...]) -> int | None:
        place = place_of(edit.row, refs)
        if place is None or place < 0:
            return None
        if refs[place].base != edit.base:
            rows = (*self.table.header, *self.table.body)
            words = " | ".join(plain(cell_text(row.cells[place].paragraphs)) for row in rows)
            self.ledger.clash(edit, words, refs[place].base, self.table.id, words=REMOVED_WORDS)
        return place

    def _values(self, edit: Edit) -> dict[int, Cell]:
        """Return the place of a row -> its cell in a column of the city."""
        found: dict[int, Cell] = {}
        used: set[int] = set()
        wanted = edit.value.body if isinstance(edit.value, Table) else ()
        for number, row in enumerate(wanted):
            ref = RowRef(row.key, row_label(Row(row.cells[:1])), number)
            place = place_of(ref, self.refs)
            if place is not None and place >= 0 and place not in found and self.rows[place] is not None:
                found[place] = row.cells[-1]
                used.add(number)
        self._strays(edit, frozenset(used))
        return found

    def _strays(self, edit: Edit, used: frozenset[int]) -> None:
        """Keep the words of a column whose rows are gone."""
        self.ledger.placed(edit)
        for number, row in enumerate(edit.value.body if isinstance(edit.value, Table) else ()):
            words = cell_text(row.cells[-1].paragraphs)
            if number not in used and plain(words).strip():
                label = row_label(Row(row.cells[:1]))
                self.ledger.stray.append((edit, (Text(f"{label}: "), *words) if label else words))


def place_of(ref: RowRef | None, refs: Sequence[RowRef]) -> int | None:
    """Return where a row or column stands now: by its cells, else by its label; of several the one closest to before.

    -1 stands for the place before the first, None for one that is gone.
    """
    if ref is None or ref.index < 0:
        return -1 if ref is not None else None
    found = [other.index for other in refs if other.base == ref.base]
    found = found or [other.index for other in refs if ref.label and other.label == ref.label]
    return min(found, key=lambda index: abs(index - ref.index)) if found else None
