"""Edits of cells, rows and columns put into a table as the generator writes it now.

The city's shape stands: columns and rows that it added, took out or put into another order. In what stays, cells that
only the generator changed show its new values.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from generator.compose.conflicts import REMOVED_WORDS, Ledger
from generator.model.document import Cell, Column, Row, Table, Text
from generator.model.edits import HEADS, Edit, RowRef, cell_text, column_refs, is_regular, row_label, row_refs, row_text
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
    rows: list[Row | None] = field(default_factory=list)
    """Header and body in all columns that the city ever had; None stands for a row that it took out."""
    bare: list[Row] = field(default_factory=list)
    """The same rows before the city's columns were put in and taken out."""
    slots: list[int | Edit] = field(default_factory=list)
    """The columns of the city: a place in the generator's table, or the edit that added one."""
    used: set[tuple[int, int]] = field(default_factory=set)
    """Which cell of which added column found its row."""
    own_gone: set[str] = field(default_factory=set)
    """The heads of columns that the city had added and took out again."""
    hidden: set[int] = field(default_factory=set)
    """The edits that added these, by identity: later edits name their rows with them."""
    refs: tuple[RowRef, ...] = ()
    """What names the rows in the columns of now, with those taken out again, and in the generator's."""
    full_refs: tuple[RowRef, ...] = ()
    bare_refs: tuple[RowRef, ...] = ()

    def merged(self, edits: Sequence[Edit]) -> Table:
        block = self.table
        by_op: dict[str, list[Edit]] = {}
        for edit in edits:
            by_op.setdefault(edit.op, []).append(edit)
        added = by_op.get("column-new", [])
        columns = self._columns(by_op.get("column-remove", []), added)
        self.bare = [*block.header, *block.body]
        self.rows = [self._shaped(row) for row in self.bare]
        self._name()
        self._new_rows(by_op.get("row-new", []))
        for edit in added:
            self.ledger.placed(edit)
            if id(edit) not in self.hidden:
                self._strays(edit)
        for edit in (*by_op.get("cell", ()), *by_op.get("row-remove", ())):
            place = self._place(edit.row)
            if place is not None and place >= 0:
                self._row(edit, place)
        count = len(block.header)
        header = tuple(self._shown(row) for row in self.rows[:count] if row is not None)
        order = self._order(by_op.get("row-order", []))
        body = tuple(self._shown(row) for place in order if (row := self.rows[place]) is not None)
        return replace(block, columns=columns, header=header, body=body)

    def _name(self) -> None:
        """Note what names each row, before any of them is taken out."""
        full = [row for row in self.rows if row is not None]
        self.refs, self.full_refs, self.bare_refs = (
            row_refs(replace(self.table, header=(), body=tuple(rows)))
            for rows in ([self._shown(row) for row in full], full, self.bare)
        )

    def _place(self, ref: RowRef | None) -> int | None:
        """Return where a row stands; an edit names it as it was with the city's columns or without them."""
        found = (place_of(ref, refs) for refs in (self.refs, self.full_refs, self.bare_refs))
        return next((place for place in found if place is not None), None)

    def _shown(self, row: Row) -> Row:
        """Return a row without the columns that the city took out again."""
        if not self.hidden or len(row.cells) != len(self.slots):
            return row
        cells = (cell for cell, slot in zip(row.cells, self.slots, strict=True) if id(slot) not in self.hidden)
        return replace(row, cells=tuple(cells))

    # --- rows ---------------------------------------------------------------------------------------------------------

    def _new_rows(self, edits: list[Edit]) -> None:
        """Put the city's rows behind those that they stood behind, several in the city's order."""
        known = {ref.base for ref in (*self.refs, *self.full_refs, *self.bare_refs)}
        count = len(self.table.header)
        new: set[int] = set()
        for edit in sorted(edits, key=lambda edit: edit.cell):
            row = edit.value
            if not isinstance(row, Row):
                continue
            self.ledger.placed(edit)
            if fingerprint(row_text(row)) in known:
                continue
            place = self._place(edit.row)
            at = max(len(self.rows) if place is None else place + 1, count)
            while at < len(self.rows) and id(self.bare[at]) in new:
                at += 1
            self.bare.insert(at, row)
            self.rows.insert(at, self._own_row(edit, row))
            new.add(id(row))
            self._name()

    def _row(self, edit: Edit, place: int) -> None:
        row, ref = self.rows[place], self.refs[place]
        if row is None:
            return
        if edit.op == "row-remove":
            if edit.base not in (ref.base, self.bare_refs[place].base, self.full_refs[place].base, *_prints(row)):
                words = plain(row_text(row)).replace(_BETWEEN, " | ")
                self.ledger.clash(edit, words, ref.base, self.table.id, words=REMOVED_WORDS)
            self.rows[place] = None
            return
        column = self._column(edit, row)
        if column >= len(row.cells):
            return
        cell = row.cells[column]
        now = cell_text(cell.paragraphs)
        self.ledger.placed(edit)
        if fingerprint(edit.text) == edit.base:
            return  # the city took these words from the generator, whose newer ones follow
        if fingerprint(now) not in (edit.base, fingerprint(edit.text)):
            self.ledger.clash(edit, f"{ref.label}: {plain(now)}", fingerprint(now), self.table.id)
        if fingerprint(now) != fingerprint(edit.text):
            cells: list[Cell] = list(row.cells)
            cells[column] = replace(cell, paragraphs=(edit.text,))
            self.rows[place] = replace(row, cells=tuple(cells))

    def _column(self, edit: Edit, row: Row) -> int:
        """Return where the column of an edited cell stands now: by its head, else by what the cell said."""
        head = self.rows[len(self.table.header) - 1] if self.table.header else None
        labels = [plain(cell_text(cell.paragraphs)).strip() for cell in head.cells] if head is not None else []
        if edit.column and labels.count(edit.column) == 1 and len(labels) == len(row.cells):
            return labels.index(edit.column)
        prints = [fingerprint(cell_text(cell.paragraphs)) for cell in row.cells]
        if edit.cell < len(prints) and prints[edit.cell] == edit.base:
            return edit.cell
        return prints.index(edit.base) if prints.count(edit.base) == 1 else edit.cell

    def _order(self, edits: list[Edit]) -> list[int]:
        """Return the places of the rows of the body as the city sorted them; new ones follow the row before them."""
        order = list(range(len(self.table.header), len(self.rows)))
        wanted = edits[-1].value if edits else None
        spanned = any(cell.rowspan > 1 for row in self.table.body for cell in row.cells)
        if not isinstance(wanted, Table) or spanned:
            return order
        keys = {row.key: index for index, row in reversed(list(enumerate(wanted.body)))}
        labels = {row_label(row): index for index, row in reversed(list(enumerate(wanted.body)))}

        def rank(place: int) -> int | None:
            refs = (self.refs[place], self.full_refs[place], self.bare_refs[place])
            by_key = [keys[ref.base] for ref in refs if ref.base in keys]
            return next(iter((*by_key, *(labels[ref.label] for ref in refs if ref.label in labels))), None)

        ranks = {place: found for place in order if (found := rank(place)) is not None}
        made = sorted(ranks, key=lambda place: (ranks[place], place))
        for place in order:
            if place not in ranks:
                made.insert(made.index(place - 1) + 1 if place - 1 in made else 0, place)
        return made

    # --- columns ------------------------------------------------------------------------------------------------------

    def _columns(self, gone: list[Edit], new: list[Edit]) -> tuple[Column, ...]:
        """Lay out the city's columns; return the columns of the table."""
        table = self.table
        if not is_regular(table) or not (gone or new):
            return table.columns
        refs = column_refs(table)
        removed = {place for edit in gone if (place := self._gone_column(edit, refs)) is not None}
        self.own_gone = {edit.row.label for edit in gone if edit.row is not None and place_of(edit.row, refs) is None}
        self.hidden = {id(edit) for edit in new if self.own_gone and _head(edit) in self.own_gone}
        behind: dict[int, list[Edit]] = {}
        for edit in sorted(new, key=lambda edit: edit.cell):
            place = place_of(edit.row, refs)
            behind.setdefault(len(refs) - 1 if place is None else place, []).append(edit)
        self.slots = list(behind.get(-1, ()))
        for index in range(len(refs)):
            self.slots.extend([index] if index not in removed else [])
            self.slots.extend(behind.get(index, ()))
        shown = [slot for slot in self.slots if id(slot) not in self.hidden]
        return tuple(table.columns[slot] if isinstance(slot, int) else Column() for slot in shown)

    def _shaped(self, row: Row) -> Row:
        """Return a row in the city's columns; one that has them already stays."""
        if not self.slots or len(row.cells) != len(self.table.columns):
            return row
        own = {place: row.cells[slot] for place, slot in enumerate(self.slots) if isinstance(slot, int)}
        return self._completed(row, own)

    def _completed(self, row: Row, found: dict[int, Cell]) -> Row:
        """Return a row in the city's columns: `found` are the cells that it has, the others come from the edits."""
        waiting = {place: slot for place, slot in enumerate(self.slots) if not isinstance(slot, int)}
        before = -1
        while len(found) > before:
            # A column that came later names its rows with the cells of those that came before it.
            before = len(found)
            names = (row, Row(tuple(found[place] for place in sorted(found))))
            for place, edit in waiting.items():
                value = None if place in found else self._value(edit, names)
                if value is not None:
                    found[place] = value
        return replace(row, cells=tuple(found.get(place, Cell(((),))) for place in range(len(self.slots))))

    def _own_row(self, edit: Edit, row: Row) -> Row:
        """Return a row that the city added, its cells below the heads that they stood below."""
        heads = edit.column.split(HEADS) if edit.column else []
        if not self.slots or not self.table.header or len(set(heads)) != len(row.cells):
            return self._shaped(row)
        header = [_words(cell) for cell in self.table.header[-1].cells]
        now = [header[slot] if isinstance(slot, int) else _head(slot) for slot in self.slots]
        if len(set(now)) < len(now):
            return self._shaped(row)
        cells = dict(zip(heads, row.cells, strict=True))
        for head, cell in cells.items():
            if head not in now and head not in header and head not in self.own_gone and _words(cell):
                words = cell_text(cell.paragraphs)
                self.ledger.stray.append((edit, (Text(f"{row_label(row)}: "), *words)))
        return self._completed(row, {place: cells[head] for place, head in enumerate(now) if head in cells})

    def _value(self, edit: Edit, names: Sequence[Row]) -> Cell | None:
        """Return the cell of a column of the city that belongs to a row: by all its words, else by its first."""
        wanted = list(enumerate(edit.value.body if isinstance(edit.value, Table) else ()))
        keys, labels = {fingerprint(row_text(row)) for row in names}, {row_label(row) for row in names} - {""}
        found = [number for number, one in wanted if one.key in keys]
        found = found or [number for number, one in wanted if row_label(Row(one.cells[:1])) in labels]
        number = next((number for number in found if (id(edit), number) not in self.used), -1)
        if number < 0:
            return None
        self.used.add((id(edit), number))
        return wanted[number][1].cells[-1]

    def _gone_column(self, edit: Edit, refs: tuple[RowRef, ...]) -> int | None:
        place = place_of(edit.row, refs)
        if place is None or place < 0:
            return None
        if refs[place].base != edit.base:
            rows = (*self.table.header, *self.table.body)
            words = " | ".join(plain(cell_text(row.cells[place].paragraphs)) for row in rows)
            self.ledger.clash(edit, words, refs[place].base, self.table.id, words=REMOVED_WORDS)
        return place

    def _strays(self, edit: Edit) -> None:
        """Keep the words of a column whose rows are gone."""
        for number, row in enumerate(edit.value.body if isinstance(edit.value, Table) else ()):
            words = cell_text(row.cells[-1].paragraphs)
            if (id(edit), number) not in self.used and plain(words).strip():
                label = row_label(Row(row.cells[:1]))
                self.ledger.stray.append((edit, (Text(f"{label}: "), *words) if label else words))


def _prints(row: Row) -> tuple[str, str]:
    """Return the hash of a row as it stands, and of its cells that say something: columns may have come since."""
    said = tuple(cell for cell in row.cells if _words(cell))
    return fingerprint(row_text(row)), fingerprint(row_text(Row(said)))


def _head(edit: Edit) -> str:
    """Return the head of a column that the city added."""
    first = edit.value.body[0] if isinstance(edit.value, Table) and edit.value.body else None
    return _words(first.cells[-1]) if first is not None else ""


def _words(cell: Cell) -> str:
    return plain(cell_text(cell.paragraphs)).strip()


def place_of(ref: RowRef | None, refs: Sequence[RowRef]) -> int | None:
    """Return where a row or column stands now: by its cells, else by its label; of several the one closest to before.

    -1 stands for the place before the first, None for one that is gone.
    """
    if ref is None or ref.index < 0:
        return -1 if ref is not None else None
    found = [other.index for other in refs if other.base == ref.base]
    found = found or [other.index for other in refs if ref.label and other.label == ref.label]
    return min(found, key=lambda index: abs(index - ref.index)) if found else None
