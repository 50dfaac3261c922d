"""An edited book against the tree it was written from: which passages, cells and rows the city changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from generator.model.document import (
    Annex,
    Block,
    Callout,
    Chapter,
    Chart,
    Comment,
    Document,
    Figure,
    ListItem,
    Paragraph,
    Placeholder,
    Section,
    Table,
    Text,
)
from generator.model.edits import Edit, Unit, cell_text, table_print, units
from generator.model.margin import comment_key
from generator.model.runs import canonical, fingerprint, marked
from generator.model.walks import plain
from generator.model.word import AUTHOR
from generator.roundtrip.answers import Answer, answers, conflicts_of
from generator.roundtrip.compare_tables import compare_tables
from generator.roundtrip.matching import Likeness, longest_rise, match, said
from generator.roundtrip.reader import Reading
from generator.roundtrip.reader.index import SOURCES_ID
from generator.roundtrip.reader.told import Owner
from generator.roundtrip.relink import relinked

_SOURCES_TITLE = "Daftar Sumber"
_NEAR = 4
_FAR = 500  # passages that are looked back for these: charts and pictures that are not taken have no ids


@dataclass(slots=True)
class Compared:
    """What a comparison found."""

    edits: list[Edit] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    """What cannot be taken back, in words: charts, the list of sources."""
    answers: list[Answer] = field(default_factory=list)
    """How conflicts are to be settled, in this order."""
    deleted: list[Comment] = field(default_factory=list)
    """Comments of people in the tree that the file holds no more."""


@dataclass(frozen=True, slots=True)
class Author:
    """Who handed a file in, where the file does not say it passage by passage."""

    who: str
    when: str
    file: str
    pictures: str = ""
    """The folder that takes pictures of the city, below the workspace."""


def compare(base: Document, reading: Reading, author: Author) -> Compared:
    """Return the edits between a tree and what an edited file of it says.

    Passages are found by their anchors, then by equal words, then by words and place. Numbers of references, captions
    and headings, which the program counts, are no edits.
    """
    return _Comparison(base, reading, author).run()


class _Comparison:
    def __init__(self, base: Document, reading: Reading, author: Author) -> None:
        self._base, self._reading, self._author = base, reading, author
        self._old = list(units((*base.front, *base.body)))
        self._found = Compared()
        self._likeness = Likeness()
        self._new = list(self._without_sources(units((*reading.front, *reading.body))))
        self._pairs: dict[int, int] = {}  # index in new -> index in old
        self._ids: dict[int, str] = {}
        self._given: set[str] = set()  # the values of these
        self._known = {unit.id for unit in self._old}
        self._fresh: set[int] = set()  # blocks that are new as a whole, by identity

    def run(self) -> Compared:
        self._pairs = match(self._old, self._new, self._likeness)
        taken = set(self._pairs.values())
        self._fresh = {
            id(unit.block)
            for index, unit in enumerate(self._new)
            if index not in self._pairs and (unit.part == "table" or _path(unit.block))
        }
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
        self._found.remarks.extend(self._reading.untaken)
        return self._found

    def _comments(self) -> None:
        """Tell the comments of people that the tree does not hold; answers follow what they answer."""
        known = {_key(one): one for one in self._base.comments if one.author != AUTHOR}
        shown = conflicts_of(self._base.comments)
        settling = list(answers(shown, self._reading.remarks))
        self._found.answers = [answer for _, answer in settling]
        used = {remark.id for remark, _ in settling}
        for remark in self._reading.remarks:
            before = known.pop(comment_key(remark.author, remark.date, remark.lines), None)
            if remark.author == AUTHOR or remark.id in used or (before is not None and not remark.done):
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
                answers=remark.answers,
            )
            self._found.edits.append(edit)
        if self._reading.has_comments:
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
        for before in range(index - 1, max(index - _FAR, 0) - 1, -1):
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
            self._figure(index, old, new)
            return
        new = replace(new, inlines=relinked(old.inlines, new.inlines))
        self._restyled(index, old, new)
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

    def _restyled(self, index: int, old: Unit, new: Unit) -> None:
        """Tell a heading of another level, a paragraph that became a heading or an item, and the other way round."""
        styled = (Paragraph, Section, ListItem, Chapter, Annex)
        level = (getattr(unit.block, "level", 0) for unit in (old, new))
        if not isinstance(old.block, styled) or not isinstance(new.block, styled) or not plain(new.inlines).strip():
            return
        if type(old.block) is type(new.block) and next(level) == next(level):
            return
        if Owner(old.id, "") in self._reading.tracked:
            return  # the end of a deleted neighbour lends its style to what it is joined with
        if isinstance(old.block, Paragraph | Section) and isinstance(new.block, Paragraph | Section | ListItem):
            value, was = _bare(new.block, old.id), plain(old.inlines)
            self._found.edits.append(self._edit(old, index, op="restyle", value=value, was=was))
        else:
            kinds = [type(unit.block).__name__.lower() for unit in (old, new)]
            self._found.remarks.append(f"'{plain(old.inlines)[:60]}' was made a {kinds[1]}; it stays a {kinds[0]}")

    def _figure(self, index: int, old: Unit, new: Unit) -> None:
        """Tell a picture that was replaced, and words in a heat map that are not the program's.

        Charts themselves are made from the data. `new.block.path` is the picture's hash, '' for the one of the tree.
        """
        if isinstance(new.block, Figure) and new.block.path and isinstance(old.block, Figure):
            base, value = fingerprint((Text(old.block.path),)), replace(old.block, path=self._stored(new.block.path))
            if value != old.block:
                self._found.edits.append(
                    self._edit(old, index, op="picture", base=base, was=old.block.path, value=replace(value, source=()))
                )
            return
        if isinstance(new.block, Figure) and new.block.path and isinstance(old.block, Chart):
            self._found.remarks.append(f"chart {old.id} became a picture; charts are drawn from the data")
        if not isinstance(old.block, Chart) or not isinstance(new.block, Table):
            return
        known = {"", "–", *old.block.categories, *(series.name for series in old.block.series)}
        for row in (*new.block.header, *new.block.body):
            for cell in row.cells:
                text = plain(cell_text(cell.paragraphs))
                if text not in known and not text.replace(",", "").isdigit():
                    self._found.remarks.append(f"chart {old.id} says '{text}'; charts are drawn from the data")

    def _stored(self, name: str) -> str:
        return f"{self._author.pictures}/{name}"

    def _added(self, index: int, unit: Unit) -> None:
        if unit.part not in ("text", "table", "figure"):
            self._orphan(index, unit)
            return
        if unit.part == "text" and not plain(unit.inlines).strip():
            return
        near = self._near(index)
        seed = fingerprint((*unit.inlines, Text(f"\x1f{near[0] if near else ''}{said(unit)}{_path(unit.block)}")))
        id = f"baru-{seed}" if f"baru-{seed}" not in self._given else f"baru-{seed}-{index}"
        value = self._picture(unit.block, id) if isinstance(unit.block, Figure) else _bare(unit.block, id)
        if value is None:
            if not isinstance(unit.block, Figure):
                self._found.remarks.append(f"a chart was added after {near[0] if near else 'the cover'}")
            return
        self._ids[index] = id
        self._given.add(id)
        owned = replace(unit, id=id)
        self._found.edits.append(self._edit(owned, index, op="new", value=value, was=""))

    def _picture(self, block: Figure, id: str) -> Figure | None:
        """Return a picture that the city added; one that cannot be taken is told by the reading."""
        return replace(block, id=id, path=self._stored(block.path)) if block.path else None

    def _orphan(self, index: int, unit: Unit) -> None:
        """Keep the words of a caption or source whose block has none in the tree."""
        if id(unit.block) in self._fresh:
            return  # it goes with its block
        owner = unit.id or self._id(index - 1)
        if plain(unit.inlines).strip() and owner in self._known:
            owned = replace(unit, id=owner)
            self._found.edits.append(self._edit(owned, index, base=fingerprint(()), text=canonical(unit.inlines)))

    def _gone(self, index: int, unit: Unit) -> None:
        if isinstance(unit.block, Chart) and unit.part == "figure":
            self._found.remarks.append(f"chart {unit.id} was deleted; charts are drawn from the data")
            return
        path = _path(unit.block) if unit.part == "figure" else ""
        if not said(unit) and not path:
            return
        base = fingerprint((Text(path),)) if path else fingerprint(unit.inlines)
        base = table_print(unit.block) if unit.part == "table" else base
        near = tuple(dict.fromkeys(old.id for old in self._old[max(index - _NEAR, 0) : index][::-1]))
        edit = self._edit(unit, None, op="remove", base=base, was=plain(unit.inlines) or said(unit) or path, near=near)
        self._found.edits.append(edit)

    def _moves(self) -> None:
        """Tell the fewest passages whose move explains the new order."""
        movable = [
            (index, place)
            for index, place in sorted(self._pairs.items())
            if self._old[place].part in ("text", "table", "figure")
        ]
        stay = longest_rise([place for _, place in movable])
        for position, (index, place) in enumerate(movable):
            if position not in stay:
                old = self._old[place]
                self._found.edits.append(self._edit(old, index, op="move", was=plain(old.inlines)))

    def _table(self, index: int, old: Table, new: Table, unit: Unit) -> None:
        changes = compare_tables(old, new, self._likeness)
        self._found.remarks.extend(f"table {unit.id}: {remark}" for remark in changes.remarks)
        for values in changes.edits:
            gone = values["op"] in ("row-remove", "column-remove")
            self._found.edits.append(self._edit(unit, None if gone else index, **values))


def _path(block: Block | ListItem) -> str:
    return block.path if isinstance(block, Figure) else ""


def _key(comment: Comment) -> str:
    return comment_key(comment.author, comment.date, comment.lines)


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
        case Paragraph() | Table() | Placeholder():
            return replace(block, id=id)
        case _:
            return None
