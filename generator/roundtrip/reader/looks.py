"""What the named styles of a file mean: headings, roles of paragraphs, lists, and what the program alone writes."""

from __future__ import annotations

from typing import Literal

from generator.model import word

Role = Literal["body", "lead", "source", "law", "law-center", "signature"]


def _low(*names: str) -> tuple[str, ...]:
    return tuple(name.lower() for name in names)


HEADINGS = {
    **{name: (level, "numbered") for level, name in enumerate(_low(*word.HEADINGS), 1)},
    **{name: (level, "plain") for level, name in enumerate(_low(*word.UNNUMBERED), 1)},
    **{name: (level, "annex") for level, name in enumerate(_low(*word.ANNEX), 1)},
}
ROLES: dict[str, Role] = {
    word.PARAGRAPH["lead"].lower(): "lead",
    word.PARAGRAPH["source"].lower(): "source",
    word.PARAGRAPH["law"].lower(): "law",
    word.PARAGRAPH["law-center"].lower(): "law-center",
    word.PARAGRAPH["signature"].lower(): "signature",
    word.LAW_PARAGRAPH["signature"].lower(): "signature",
}
LAW = frozenset(
    _low(
        *(word.LAW_PARAGRAPH[role] for role in ("law", "law-center", "signature")),
        *(name for family in word.LAW_LISTS.values() for name in word.levels(family)),
    )
)
LISTS: dict[str, tuple[str, int]] = {
    name: (kind, level)
    for family in (word.BODY_LISTS, word.LAW_LISTS)
    for kind, style in family.items()
    for level, name in enumerate(_low(*word.levels(style)))
}
COVER = frozenset(
    _low(
        word.COVER_EMBLEM, word.COVER_FRAME, word.COVER_TITLE, word.COVER_SUBTITLE, word.COVER_REGION,
        word.COVER_PERIOD, word.COVER_STATUS, word.COVER_LINE,
    )
)  # fmt: skip
ENTRIES = frozenset(_low(*word.CONTENTS, word.FIGURE_LIST))
COUNTERS = frozenset(_low(word.COUNTER, word.CHAPTER_COUNTER))
SEPARATOR, SOURCE_ENTRY = word.SEPARATOR.lower(), word.SOURCE_ENTRY.lower()
TITLE, PLACEHOLDER = word.CALLOUT_TITLE.lower(), word.PLACEHOLDER.lower()
CONTENTS, SOURCE = word.CONTENTS_TITLE.lower(), word.PARAGRAPH["source"].lower()
CAPTIONS = frozenset(_low(word.TABLE_CAPTION, word.FIGURE_CAPTION))
FIGURE, FRAME = word.FIGURE.lower(), word.FIGURE_FRAME.lower()
EMPTY_LIST = "Tidak ada."
