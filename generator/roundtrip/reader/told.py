"""What stands in a file before it is put into a tree, and what hangs on its paragraphs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from generator.roundtrip.media import ending_of
from generator.roundtrip.reader.paragraphs import Drawing, Filled, Para
from generator.roundtrip.reader.tables import ReadTable


@dataclass(slots=True)
class ReadBox:
    """A box: the kind it looks like, and what stands in it."""

    kind: str
    items: list[Item]


Item = Para | ReadTable | ReadBox
Stretch = tuple[list[Item], bool]
"""The items of a section of pages, and whether the pages are turned."""


@dataclass(frozen=True, slots=True)
class Owner:
    """What a paragraph turned out to be: a part of a block."""

    id: str
    part: str


@dataclass(slots=True)
class Told:
    """What hangs on the paragraphs of a file, by the block they belong to."""

    notes: list[tuple[str, Owner, str]] = field(default_factory=list)
    """Comment id, owner, words of the paragraph."""
    filled: list[tuple[Owner, Filled]] = field(default_factory=list)
    tracked: dict[Owner, tuple[str, str]] = field(default_factory=dict)
    ours: Callable[[Drawing], bool] | None = None
    """Whether the file was written with a picture; None where nobody asks for others."""
    pictures: dict[str, bytes] = field(default_factory=dict)
    """File name -> bytes of the pictures that the city put in."""
    untaken: list[str] = field(default_factory=list)
    """What cannot be taken, in words."""
    cover: list[tuple[str, str]] = field(default_factory=list)
    last: str = ""

    def hear(self, para: Para, id: str, part: str) -> None:
        """Remember what hangs on a paragraph; one without an anchor belongs to the last block that had one."""
        self.last = id or self.last
        owner = Owner(id or self.last, part)
        self.notes.extend((note, owner, para.text) for note in para.notes)
        self.filled.extend((owner, filled) for filled in para.filled)
        if para.tracked is not None:
            self.tracked[owner] = para.tracked

    def picture(self, drawing: Drawing) -> str:
        """Return the file name of a picture of the city, '' for one of the generator or one that is not taken."""
        if self.ours is None or drawing.kind != "picture" or self.ours(drawing):
            return ""
        ending = ending_of(drawing.content)
        if not ending:
            self.untaken.append(f"a picture after '{self.last}' is of no kind that is taken: save it as PNG or JPEG")
            return ""
        name = f"{drawing.sha256[:16]}.{ending}"
        self.pictures[name] = drawing.content
        return name

    def misplaced(self, drawings: list[Drawing]) -> None:
        """Tell pictures where a book can hold none."""
        for drawing in drawings:
            if self.ours is not None and drawing.kind == "picture" and not self.ours(drawing):
                self.untaken.append(f"a picture in a list or heading after '{self.last}' needs a paragraph of its own")
