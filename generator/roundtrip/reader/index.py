"""What the anchors in a file mean: built from the tree that the file was once written from."""

from __future__ import annotations

from dataclasses import dataclass, field

from generator.model.anchors import PREFIX, anchor
from generator.model.document import Annex, Block, Chapter, Chart, Document, Figure, ListBlock, Reference, Table
from generator.model.walks import inlines_of, walk, walk_inlines

SOURCES_ID = "daftar-sumber"
CONTAINERS = frozenset({"ListBlock", "Landscape", "PageBreak", "Table"})


@dataclass(frozen=True, slots=True)
class Mark:
    """An anchor: the block it names, the part of it ('' for its text), and the kind of the block ('' unknown)."""

    id: str
    part: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Index:
    """The anchors of one tree; without a tree every anchor is unknown and names itself."""

    marks: dict[str, Mark] = field(default_factory=dict)
    blocks: dict[str, Block] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    """Id of a list item -> id of its list."""
    prefixes: dict[str, frozenset[str]] = field(default_factory=dict)
    """Block id -> the words that stand before the number in references to it ('Subbab ')."""

    def mark(self, name: str) -> Mark | None:
        """Return what an anchor names; None for a bookmark that is not ours."""
        if not name.startswith(PREFIX):
            return None
        return self.marks.get(name) or Mark(name)


def index_of(document: Document | None) -> Index:
    """Return the index of a tree."""
    if document is None:
        return Index()
    marks: dict[str, Mark] = {}
    known: dict[str, Block] = {}
    lists: dict[str, str] = {}
    prefixes: dict[str, set[str]] = {}

    def add(id: str, kind: str, *parts: str) -> None:
        for part in ("", *parts):
            marks.setdefault(anchor(id, part), Mark(id, part, kind))

    for block in walk((*document.front, *document.body)):
        known.setdefault(block.id, block)
        kind = type(block).__name__
        if isinstance(block, Table | Figure | Chart):
            add(block.id, kind, "caption", "label", "source")
        elif isinstance(block, Chapter | Annex):
            add(block.id, kind, "counter", "number")
        else:
            add(block.id, kind)
        if isinstance(block, ListBlock):
            for item in block.items:
                add(item.id, "ListItem")
                lists.setdefault(item.id, block.id)
        for run in walk_inlines(tuple(inlines_of(block))):
            if isinstance(run, Reference):
                words, space, _ = run.text.rpartition(" ")
                prefixes.setdefault(run.target, set()).add(words + space)
    add(SOURCES_ID, "Chapter", "counter", "number")
    for source in document.sources:
        add(f"{SOURCES_ID}/{source.id}", "ListItem")
    folded = {target: frozenset(words - {""}) for target, words in prefixes.items()}
    return Index(marks, known, lists, folded)
