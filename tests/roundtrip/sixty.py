"""Sixty edits of all kinds for a book, chosen from its tree, each with a check that a later tree holds it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from generator.model.anchors import anchor
from generator.model.document import Document, ListItem, Missing, Paragraph, Row, Section, Strong, Table, Text
from generator.model.edits import Unit, row_label, row_text, units
from generator.model.runs import missing_label
from generator.model.walks import plain, walk_inlines
from tests.tools.office import Verb

Place = tuple[str, str]  # id of a block and which part of it
COLUMNS = "ABCDEFGHIJ"


class Tree:
    """The passages of a book by place and in order."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.order = list(units(document.body))
        self.places = {(unit.id, unit.part): unit for unit in self.order}
        self.index = {place: index for index, place in enumerate(self.places)}

    def text(self, block: str, part: str = "text") -> str:
        unit = self.places.get((block, part))
        return plain(unit.inlines) if unit is not None else ""

    def behind(self, block: str) -> Unit:
        """Return the passage behind one."""
        return self.order[[unit.id for unit in self.order].index(block) + 1]

    def rows(self, table: str) -> list[Row]:
        block = self.places[(table, "table")].block
        assert isinstance(block, Table)
        return [*block.header, *block.body]

    def said(self, table: str) -> list[str]:
        return [plain(row_text(row)) for row in self.rows(table)]


Check = Callable[[Tree], bool]


@dataclass(frozen=True)
class Done:
    """One edit: what kind it is, where, what LibreOffice does, and whether a tree holds it."""

    kind: str
    place: Place
    verbs: Sequence[Verb]
    holds: Check


def run_of(unit: Unit) -> str:
    """Return two words that stand in one run of a passage; '' where there are none."""
    for run in walk_inlines(unit.inlines):
        if isinstance(run, Text):
            words = run.text.split(" ")
            if len(words) >= 5 and all(words[1:3]):
                return " ".join(words[1:3])
    return ""


def is_plain(table: Table) -> bool:
    """Whether a table has one header row, no spans and at least four rows that all differ in their first cell."""
    rows = (*table.header, *table.body)
    flat = all(cell.colspan == cell.rowspan == 1 for row in rows for cell in row.cells)
    labels = {row_label(row) for row in rows}
    return flat and len(table.header) == 1 and len(table.body) >= 4 and len(labels) == len(rows)


@dataclass
class Plan:
    """Chooses places for edits, none of them beside another; `changing` are the places that new data change."""

    base: Tree
    changing: set[Place]
    done: list[Done] = field(default_factory=list)
    _used: set[int] = field(default_factory=set)

    def places(self, count: int, fits: Callable[[Unit], bool], *, changing: bool = False) -> list[Unit]:
        """Return passages that fit, spread over the book; `changing` asks for those that the new data change."""
        fit = [
            index
            for index, unit in enumerate(self.base.order)
            if not {index - 1, index, index + 1} & self._used
            and ((unit.id, unit.part) in self.changing) is changing
            and fits(unit)
        ]
        chosen: list[int] = []
        for wanted in range(count):
            start = wanted * len(fit) // count
            free = [index for index in fit[start:] if not {index - 1, index, index + 1} & self._used]
            assert free, f"no place is left for {fits}"
            chosen.append(free[0])
            self._used |= {free[0]}
        return [self.base.order[index] for index in chosen]

    def add(self, kind: str, unit: Unit, holds: Check, *verbs: Verb, track: bool = False) -> None:
        switches = [{"do": "track", "on": on} for on in (True, False)]
        does = [switches[0], *verbs, switches[1]] if track else list(verbs)
        self.done.append(Done(kind, (unit.id, unit.part), does, holds))

    def token(self) -> str:
        """Return words that no book holds, new for every edit."""
        return f"suntingan ke-{len(self.done) + 1:02d}"


def paragraph(unit: Unit) -> bool:
    return isinstance(unit.block, Paragraph) and unit.block.role == "body" and bool(run_of(unit))


def item(unit: Unit) -> bool:
    return isinstance(unit.block, ListItem) and bool(run_of(unit)) and not unit.block.children


def heading(unit: Unit) -> bool:
    return isinstance(unit.block, Section) and unit.block.level >= 3


def plain_table(unit: Unit) -> bool:
    return isinstance(unit.block, Table) and unit.part == "table" and is_plain(unit.block)


def at(unit: Unit) -> str:
    return anchor(unit.id, "" if unit.part == "text" else "caption" if unit.part == "table" else unit.part)


# --- words -----------------------------------------------------------------------------------------------------------


def _in(unit: Unit, token: str) -> Check:
    return lambda tree: token in tree.text(unit.id, unit.part)


def words(plan: Plan) -> None:
    """Typing at the end, in the middle, over words, with weight, links and footnotes; some of it tracked."""
    for unit in plan.places(7, paragraph):
        token = plan.token()
        plan.add("typed", unit, _in(unit, token), {"do": "type", "mark": at(unit), "text": f" {token}."})
    for number, unit in enumerate(plan.places(4, paragraph)):
        token = plan.token()
        verb = {"do": "insert", "mark": at(unit), "find": run_of(unit), "text": f" ({token})"}
        plan.add("inserted", unit, _in(unit, token), verb, track=number % 2 == 0)
    for number, unit in enumerate(plan.places(5, paragraph)):
        token = plan.token()
        verb = {"do": "replace", "mark": at(unit), "find": run_of(unit), "text": token}
        plan.add("replaced", unit, _in(unit, token), verb, track=number % 2 == 0)
    for unit in plan.places(3, paragraph):
        find = run_of(unit)
        plan.add("bold", unit, _bold(unit, find), {"do": "bold", "mark": at(unit), "find": find})
    (unit,) = plan.places(1, paragraph)
    token = plan.token()
    verb = {"do": "footnote", "mark": at(unit), "find": run_of(unit), "text": token}
    plan.add("footnote", unit, _in(unit, token), verb)
    for unit in plan.places(2, heading):
        token = plan.token()
        plan.add("heading", unit, _in(unit, token), {"do": "type", "mark": at(unit), "text": f" {token}"})
    for part in ("caption", "caption", "source"):
        (unit,) = plan.places(1, lambda unit, part=part: unit.part == part and isinstance(unit.block, Table))
        token = plan.token()
        plan.add(part, unit, _in(unit, token), {"do": "type", "mark": at(unit), "text": f" {token}"})


def _bold(unit: Unit, words: str) -> Check:
    def holds(tree: Tree) -> bool:
        runs = walk_inlines(tree.places[(unit.id, unit.part)].inlines)
        return any(isinstance(run, Strong) and words in plain((run,)) for run in runs)

    return holds


# --- passages --------------------------------------------------------------------------------------------------------


def _behind(unit: Unit, token: str, kind: type[object]) -> Check:
    def holds(tree: Tree) -> bool:
        found = tree.behind(unit.id)
        return token in plain(found.inlines) and isinstance(found.block, kind)

    return holds


def passages(plan: Plan) -> None:
    """New, deleted, split, joined, rewritten and moved paragraphs, headings and list items."""
    for number, unit in enumerate(plan.places(4, paragraph)):
        token = plan.token()
        verb = {"do": "paragraph", "mark": at(unit), "text": f"Paragraf {token}."}
        plan.add("new", unit, _behind(unit, token, Paragraph), verb, track=number == 0)
    for unit in plan.places(2, paragraph):
        token = plan.token()
        verb = {"do": "paragraph", "mark": at(unit), "text": f"Judul {token}", "style": "Heading 4"}
        plan.add("new heading", unit, _behind(unit, token, Section), verb)
    for unit in plan.places(3, item):
        token = plan.token()
        plan.add("item", unit, _in(unit, token), {"do": "type", "mark": at(unit), "text": f" {token}"})
    for unit in plan.places(3, item):
        token = plan.token()
        verb = {"do": "paragraph", "mark": at(unit), "text": f"Butir {token}"}
        plan.add("new item", unit, _behind(unit, token, ListItem), verb)
    for fits, count in ((item, 2), (paragraph, 3)):
        for number, unit in enumerate(plan.places(count, fits)):
            plan.add("deleted", unit, _gone(unit), {"do": "delete", "mark": at(unit)}, track=number == 1)
    (unit,) = plan.places(1, paragraph)
    plan.add("split", unit, _split(unit), {"do": "split", "mark": at(unit), "find": run_of(unit)})
    (unit,) = plan.places(1, paragraph)
    token = plan.token()
    plan.add("rewritten", unit, _anywhere(token), {"do": "reword", "mark": at(unit), "text": f"Seluruhnya {token}."})
    moved, after = plan.places(2, paragraph)
    verb = {"do": "move", "mark": at(moved), "last": at(moved), "after": at(after)}
    plan.add("moved", moved, lambda tree: tree.behind(after.id).id == moved.id, verb)


def _gone(unit: Unit) -> Check:
    return lambda tree: (unit.id, unit.part) not in tree.places


def _split(unit: Unit) -> Check:
    whole, words = plain(unit.inlines), run_of(unit)

    def holds(tree: Tree) -> bool:
        first, second = tree.text(unit.id), plain(tree.behind(unit.id).inlines)
        return first.endswith(words) and not second.startswith(words) and len(first) + len(second) >= len(whole) - 1

    return holds


def _anywhere(token: str) -> Check:
    return lambda tree: any(token in plain(unit.inlines) for unit in tree.order)


# --- tables ----------------------------------------------------------------------------------------------------------


def tables(plan: Plan) -> None:
    """Cells, rows and the order of rows."""
    for number, unit in enumerate(plan.places(4, plain_table)):
        token = plan.token()
        verb = {"do": "cell", "mark": at(unit), "cell": "B3", "text": f" {token}"}
        plan.add("cell", unit, _in_row(unit, token), verb, track=number == 0)
    for number, unit in enumerate(plan.places(3, plain_table)):
        row = plain(row_text(plan.base.rows(unit.id)[2]))
        verb = {"do": "row_strike" if number == 0 else "row_delete", "mark": at(unit), "row": 2}
        plan.add("row deleted", unit, _no_row(unit, row), verb, track=number == 0)
    for unit in plan.places(2, plain_table):
        token = plan.token()
        verb = {"do": "row_insert", "mark": at(unit), "row": 3, "texts": [f"Baris {token}", "baru"]}
        plan.add("row inserted", unit, _row_at(unit, f"Baris {token}", 3), verb)
    for changing in (False, True):  # new data in a table that the city sorted find their rows
        (unit,) = plan.places(1, _sortable, changing=changing)
        plan.add("sorted", unit, _sorted(unit), {"do": "sort", "mark": at(unit), "column": 0, "ascending": False})


def _in_row(unit: Unit, token: str) -> Check:
    label = ""
    if isinstance(unit.block, Table):
        label = row_label((*unit.block.header, *unit.block.body)[2])
    return lambda tree: any(said.startswith(label) and token in said for said in tree.said(unit.id))


def _no_row(unit: Unit, row: str) -> Check:
    return lambda tree: row not in tree.said(unit.id)


def _row_at(unit: Unit, words: str, index: int) -> Check:
    return lambda tree: tree.said(unit.id)[index].startswith(words)


def _initials(rows: Sequence[Row]) -> list[str]:
    return [row_label(row)[:1].upper() for row in rows]


def _sortable(unit: Unit) -> bool:
    """Whether the first cells begin with letters, which every way of sorting puts in the same order."""
    if not plain_table(unit) or not isinstance(unit.block, Table):
        return False
    initials = _initials(unit.block.body)
    return all(map(str.isalpha, initials)) and len(set(initials)) >= 4 and initials != sorted(initials, reverse=True)


def _sorted(unit: Unit) -> Check:
    """Whether the rows stand from Z to A, and none is lost."""

    def holds(tree: Tree) -> bool:
        initials = _initials(tree.rows(unit.id)[1:])
        labels = {row_label(row) for row in tree.rows(unit.id)}
        whole = isinstance(unit.block, Table) and labels >= {row_label(row) for row in unit.block.body}
        return whole and initials == sorted(initials, reverse=True)

    return holds


# --- remarks and fill-ins --------------------------------------------------------------------------------------------


def remarks(plan: Plan) -> None:
    """Comments of two reviewers, and fill-ins that are filled in."""
    for number, unit in enumerate(plan.places(3, paragraph)):
        token, author = plan.token(), ("Budi Santoso", "Siti Rahma")[number % 2]
        verb = {"do": "comment", "mark": at(unit), "find": run_of(unit), "text": f"Mohon {token}", "author": author}
        plan.add("comment", unit, _commented(unit, author, f"Mohon {token}"), verb)
    for unit in plan.places(2, lambda unit: any(missing(unit)) and isinstance(unit.block, Paragraph | ListItem)):
        token = plan.token()
        label = missing_label(next(missing(unit)))
        plan.add("filled in", unit, _in(unit, token), {"do": "replace", "mark": at(unit), "find": label, "text": token})


def missing(unit: Unit) -> Iterator[Missing]:
    return (run for run in walk_inlines(unit.inlines) if isinstance(run, Missing))


def _commented(unit: Unit, author: str, words: str) -> Check:
    return lambda tree: any(
        (one.block, one.author, one.lines) == (unit.id, author, (words,)) for one in tree.document.comments
    )


# --- what clashes ----------------------------------------------------------------------------------------------------


def clashes(plan: Plan, new: Tree) -> None:
    """Edits of what the new data change too: words, a list item, a paragraph deleted, a cell."""
    for fits, count in ((paragraph, 3), (item, 1)):
        for unit in plan.places(count, fits, changing=True):
            token = plan.token()
            plan.add("clash", unit, _in(unit, token), {"do": "type", "mark": at(unit), "text": f" {token}"})
    (unit,) = plan.places(1, paragraph, changing=True)
    plan.add("clash deleted", unit, _gone(unit), {"do": "delete", "mark": at(unit)})
    (unit,) = plan.places(1, lambda unit: plain_table(unit) and bool(cell_of(plan.base, new, unit)), changing=True)
    row, column = cell_of(plan.base, new, unit)
    token = plan.token()
    verb = {"do": "cell", "mark": at(unit), "cell": f"{COLUMNS[column]}{row + 1}", "text": f" {token}"}
    plan.add("clash cell", unit, lambda tree: any(token in said for said in tree.said(unit.id)), verb)


def cell_of(base: Tree, new: Tree, unit: Unit) -> tuple[int, int] | tuple[()]:
    """Return row and column of a cell behind the first one that the new data change."""
    if (unit.id, "table") not in new.places:
        return ()
    now = {row_label(row): row for row in new.rows(unit.id)}
    for index, row in enumerate(base.rows(unit.id)):
        after = now.get(row_label(row))
        for column, cell in enumerate(row.cells):
            if index and column and after is not None and cell.paragraphs != after.cells[column].paragraphs:
                return index, column
    return ()
