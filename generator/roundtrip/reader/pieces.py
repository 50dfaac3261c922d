"""Small readings: the label before a caption, the only fill-in of a paragraph, the anchors of items."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.model.document import CalloutKind, Caption, CaptionKind, Missing, Text
from generator.model.runs import Inlines
from generator.roundtrip.reader.index import Mark
from generator.roundtrip.reader.paragraphs import Para
from generator.roundtrip.reader.tables import ReadTable
from generator.roundtrip.reader.told import Item, ReadBox

_KINDS: dict[str, CaptionKind] = {"Tabel": "Tabel", "Gambar": "Gambar", "Bagan": "Bagan"}
_LABEL = re.compile("^(Tabel|Gambar|Bagan)[ \u00a0]+((?:[0-9A-Z]{1,3}\\.)*[0-9]+)(?:\u2002|[.:]?[ \u00a0]|$)")


def all_marks(items: list[Item]) -> Iterator[Mark]:
    """Yield the anchors of items, those in boxes too."""
    for item in items:
        match item:
            case Para() | ReadTable():
                yield from item.marks
            case ReadBox():
                yield from all_marks(item.items)


def callout_kind(kind: str) -> CalloutKind:
    """Return the kind of a box; one that cannot be told is a note."""
    return "temuan" if kind == "temuan" else "keputusan" if kind == "keputusan" else "catatan"


def only_missing(inlines: Inlines) -> Missing | None:
    """Return the fill-in that is all a paragraph holds."""
    return inlines[0] if len(inlines) == 1 and isinstance(inlines[0], Missing) else None


def caption_of(inlines: Inlines) -> Caption:
    """Return a caption with its label taken off its words."""
    first = inlines[0] if inlines else None
    match = _LABEL.match(first.text) if isinstance(first, Text) else None
    if match is None or not isinstance(first, Text):
        return Caption("Tabel", inlines)
    rest = first.text[match.end() :]
    content = ((Text(rest),) if rest else ()) + inlines[1:]
    return Caption(_KINDS[match.group(1)], content, match.group(2))
