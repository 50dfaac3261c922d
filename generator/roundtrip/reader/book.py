"""A whole file: its body in sections, front matter and body of the book, comments, properties."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from generator.model import word
from generator.model.document import Block, Document
from generator.model.margin import comment_key
from generator.roundtrip.reader.assemble import Assembler
from generator.roundtrip.reader.index import Mark, index_of
from generator.roundtrip.reader.names import Note, Parts, W, load_parts
from generator.roundtrip.reader.package import Element, Package, UnreadableDocumentError, open_package
from generator.roundtrip.reader.paragraphs import Drawing, Filled, Para, ParagraphReader
from generator.roundtrip.reader.rejecting import reject
from generator.roundtrip.reader.tables import box_kind, cells_of, read_table, rows_of
from generator.roundtrip.reader.told import Item, Owner, ReadBox, Stretch, Told

Changes = Literal["accepted", "rejected"]
_CONTAINERS = frozenset(W + name for name in ("customXml", "ins", "moveTo", "smartTag"))
_TITLE = word.CALLOUT_TITLE.lower()
_NEW_BOX_STYLES = frozenset({_TITLE})
MAX_PARAGRAPHS = 50_000
"""Paragraphs of a file, those of cells included; the longest book has 8,000."""
MAX_TABLES = 20
"""How deep tables may stand in one another; books have two (a table in a box)."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment of a person: where it stands (block, part, the words of its paragraph), who, when, what.

    `answers` is the key (`generator.model.margin`) of the first comment of its thread, '' for the first itself; `root`
    are the author and the lines of that.
    """

    id: str
    block: str
    part: str
    quote: str
    author: str
    date: str
    lines: tuple[str, ...]
    answers: str = ""
    root: tuple[str, tuple[str, ...]] = ("", ())
    done: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a file says."""

    book: str
    """The id of the book, '' for a file that is not ours."""
    build_id: str
    version: str
    front: tuple[Block, ...]
    body: tuple[Block, ...]
    cover: tuple[tuple[str, str], ...] = ()
    """Style and words of each paragraph of the cover."""
    remarks: tuple[Remark, ...] = ()
    filled: tuple[tuple[Owner, Filled], ...] = ()
    tracked: Mapping[Owner, tuple[str, str]] = field(default_factory=dict)
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    """File name -> bytes of the pictures that the city put in; the paths of its figures name them."""
    untaken: tuple[str, ...] = ()
    """What cannot be taken, in words."""
    anchors: frozenset[str] = frozenset()
    """The ids of blocks whose anchors were found."""
    has_comments: bool = True
    """False where the file holds no comment at all, not even the generator's: then a program dropped them."""


def read(
    data: bytes,
    name: str,
    base: Document | None = None,
    *,
    changes: Changes = "accepted",
    ours: Callable[[Drawing], bool] | None = None,
) -> Reading:
    """Return what a DOCX says.

    Args:
        data: the bytes of the file; they are taken to be hostile.
        name: what diagnostics call the file.
        base: the tree that the file was written from; its ids are found again by the anchors in the file. Without it
            blocks are named by their anchors, and parts of blocks are known by their place alone.
        changes: whether tracked changes count as accepted or as rejected.
        ours: tells whether the file was written with a picture; others are the city's. Without it no picture is taken.

    Raises:
        UnreadableDocumentError: MP801 damaged, MP802 encrypted, MP803 no Word document, MP804 too large.
    """
    package = open_package(data, name)
    index = index_of(base)
    parts = load_parts(package, index)
    root = package.xml(package.main)
    body = root.find(W + "body")
    if body is None:
        raise UnreadableDocumentError("MP803", name, "it has no text body", "save it again from Word as .docx")
    if changes == "rejected":
        reject(body)
    told = Told(ours=ours)
    front, main = _Body(parts).stretches(body)
    starts = parts.starts
    properties = _properties(package)
    seen: set[str] = set()
    for items in (items for items, _ in (*front, *main)):
        seen.update(mark.id for mark in _marks(items))
    return Reading(
        book=properties.get(word.PROPERTY_BOOK, ""),
        build_id=properties.get(word.PROPERTY_BUILD, ""),
        version=properties.get(word.PROPERTY_VERSION, ""),
        front=Assembler(index, starts, told).book(front),
        body=Assembler(index, starts, told).book(main),
        cover=tuple(told.cover),
        remarks=tuple(_remarks(told, parts.notes)),
        filled=tuple(told.filled),
        tracked=dict(told.tracked),
        pictures=dict(told.pictures),
        untaken=tuple(told.untaken),
        anchors=frozenset(seen),
        has_comments=bool(parts.notes),
    )


@dataclass(frozen=True, slots=True)
class Passport:
    """What a file says about itself: the book and tree it was written from, who saved it when."""

    book: str
    build_id: str
    author: str
    modified: str


def identify(data: bytes, name: str) -> Passport:
    """Return what a file says about itself, without reading its text; raises as `read` does."""
    package = open_package(data, name)
    properties = _properties(package)
    author, modified = "", ""
    if package.has("docProps/core.xml"):
        for node in package.xml("docProps/core.xml"):
            local = str(node.tag).rpartition("}")[2]
            if local == "lastModifiedBy":
                author = node.text or ""
            elif local == "modified":
                modified = node.text or ""
    return Passport(properties.get(word.PROPERTY_BOOK, ""), properties.get(word.PROPERTY_BUILD, ""), author, modified)


class _Body:
    """Cuts the body into stretches of pages, and makes items of its elements."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._reader = ParagraphReader(parts)
        self._pending: list[Mark] = []
        self._depth = self._paragraphs = 0

    def stretches(self, body: Element) -> tuple[list[Stretch], list[Stretch]]:
        """Return the stretches of front matter (roman page numbers) and of the book's body."""
        found: list[tuple[list[Item], Element | None]] = []
        items: list[Item] = []
        for node in _through(body):
            items.extend(self._item(node))
            ends = node.find(f"{W}pPr/{W}sectPr") if node.tag == W + "p" else None
            if ends is not None:
                found.append((items, ends))
                items = []
        found.append((items, body.find(W + "sectPr")))
        front: list[Stretch] = []
        main: list[Stretch] = []
        for stretch, section in found:
            size = None if section is None else section.find(W + "pgSz")
            numbers = None if section is None else section.find(W + "pgNumType")
            turned = size is not None and size.get(W + "orient") == "landscape"
            roman = numbers is not None and numbers.get(W + "fmt") == "lowerRoman"
            (front if roman and not main else main).append((_joined(stretch), turned))
        return front, main

    def _item(self, node: Element) -> Iterator[Item]:
        if node.tag == W + "p":
            yield from self._paragraph(node)
        elif node.tag == W + "tbl":
            if next(rows_of(node), None) is not None:  # one whose rows were all deleted is gone
                self._depth += 1
                if self._depth > MAX_TABLES:
                    message = f"tables stand in one another more than {MAX_TABLES} deep"
                    raise self._too_large(message, "take the inner tables out of the outer ones, and save it again")
                yield self._table(node)
                self._depth -= 1
        elif node.tag == W + "bookmarkStart":
            mark = self._parts.index.mark(node.get(W + "name", ""))
            if mark is not None and mark.part != "label":
                self._pending.append(mark)

    def _paragraph(self, node: Element) -> Iterator[Para]:
        self._paragraphs += 1
        if self._paragraphs > MAX_PARAGRAPHS:
            raise self._too_large(f"it has more than {MAX_PARAGRAPHS} paragraphs", "is it the right file?")
        pending, self._pending = self._pending, []
        para = self._reader.read(node, pending)
        yield para

    def _too_large(self, message: str, hint: str) -> UnreadableDocumentError:
        return UnreadableDocumentError("MP804", self._parts.package.name, message, hint)

    def _table(self, node: Element) -> Item:
        kind = box_kind(node, self._parts)
        rows = list(rows_of(node))
        cells = [cell for row in rows for cell in cells_of(row)]
        # Each cell is read once: twice would double the time with every table that stands in another.
        read_before: list[Item] | None = None
        if len(cells) == 1:
            items = read_before = self._items(cells[0])
            first = next((item for item in items if isinstance(item, Para)), None)
            titled = first is not None and (
                first.style in _NEW_BOX_STYLES or any(mark.kind == "Callout" for mark in first.marks)
            )
            if kind or titled:
                return ReadBox(kind, items)
        return read_table(
            node, self._parts, lambda cell: _said(self._items(cell) if read_before is None else read_before)
        )

    def _items(self, cell: Element) -> list[Item]:
        items: list[Item] = []
        for node in _through(cell):
            items.extend(self._item(node))
        return _joined(items)


def _said(items: Iterable[Item]) -> Iterator[Para]:
    """Yield the paragraphs of a cell; those of tables and boxes within it too, so that no word is lost."""
    for item in items:
        match item:
            case Para():
                yield item
                yield from item.boxes
            case ReadBox():
                yield from _said(item.items)
            case _:
                yield from item.paragraphs


def _through(node: Element) -> Iterator[Element]:
    """Yield block elements, through content controls and accepted insertions."""
    for child in node:
        if child.tag == W + "sdt":
            content = child.find(W + "sdtContent")
            if content is not None:
                yield from _through(content)
        elif child.tag in _CONTAINERS:
            yield from _through(child)
        else:
            yield child


def _joined(items: list[Item]) -> list[Item]:
    """Join paragraphs whose end was deleted with the paragraph that follows."""
    made: list[Item] = []
    for item in items:
        last = made[-1] if made else None
        if isinstance(item, Para) and isinstance(last, Para) and last.joins_next:
            made[-1] = replace(
                last if last.inlines else item,
                inlines=(*last.inlines, *item.inlines),
                # A paragraph that was deleted whole leaves only its anchors, which must not name the next one.
                marks=[*last.marks, *item.marks] if last.inlines else [*item.marks, *last.marks],
                notes=[*last.notes, *item.notes],
                filled=[*last.filled, *item.filled],
                drawings=[*last.drawings, *item.drawings],
                tracked=item.tracked or last.tracked,
                joins_next=item.joins_next,
            )
        else:
            made.append(item)
    return made


def _marks(items: Iterable[Item]) -> Iterator[Mark]:
    for item in items:
        if isinstance(item, ReadBox):
            yield from _marks(item.items)
        else:
            yield from item.marks


def _remarks(told: Told, notes: Mapping[str, Note]) -> Iterator[Remark]:
    owners = {id: (owner, quote) for id, owner, quote in reversed(told.notes)}  # where it begins counts
    for id, note in notes.items():
        root = _root(note, notes)
        # Some programs give answers no place of their own: they stand where the first of their thread does.
        place = owners.get(id) or (owners.get(root.id) if root is not note else None)
        if place is None and (root is note or root.missing is None):
            continue  # a fill-in, or one that was deleted from the text
        owner, quote = place or (Owner("", ""), "")
        answers = "" if root is note else comment_key(root.author, root.date, root.lines)
        about = ("", ()) if root is note else (root.author, root.lines)
        done = note.done or root.done
        yield Remark(id, owner.id, owner.part, quote, note.author, note.date, note.lines, answers, about, done)


def _root(note: Note, notes: Mapping[str, Note]) -> Note:
    """Return the first comment of a thread."""
    seen = {note.id}
    while note.parent in notes and note.parent not in seen:
        note = notes[note.parent]
        seen.add(note.id)
    return note


def _properties(package: Package) -> dict[str, str]:
    """Return the custom properties of a file."""
    part = "docProps/custom.xml"
    if not package.has(part):
        return {}
    found = {}
    for node in package.xml(part):
        found[node.get("name", "")] = "".join(str(text) for text in node.itertext()).strip()
    return found
