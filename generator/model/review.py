"""The self-review: what a draft looks like to an evaluator, as plain values, and the scores that come of it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockFacts:
    """One block of a book, reduced to what can be judged."""

    id: str
    kind: str
    """'Chapter', 'Section', 'Paragraph', 'Table', …"""
    words: int
    """Words of the block and of all below it."""
    rows: int = 0
    """Rows of a table, points of a chart."""
    has_figure: bool = False
    """Whether it, or a block below, states a number."""
    fill_ins: int = 0
    """Passages and words that wait for the city, in it or below."""
    captioned: bool = True
    """False for a table or chart that should carry number and caption and does not."""
    sourced: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class BookFacts:
    """One book, reduced to what can be judged."""

    id: str
    blocks: tuple[BlockFacts, ...]
    sources: int
    """Different sources that it cites."""
    sentence_words: tuple[int, ...] = ()
    """Words of each sentence of its running text."""
    amounts: frozenset[str] = frozenset()
    """Sums of money that it states, as printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One measure with its result."""

    kind: str
    share: float
    """0-1."""
    note: str
    """What was counted: '72 of 79', in figures."""
    evidence: tuple[str, ...] = ()
    """Ids of blocks, programmes, indicators or facts that carry it."""
    lacking: tuple[str, ...] = ()
    """Ids of what is missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemReview:
    """One item with its score; `score` None is for the city to answer."""

    item: str
    family: str
    points: float
    score: float | None
    measured: tuple[Measured, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyReview:
    """The sum of a family: points reached of the points of the items that could be computed."""

    family: str
    score: float
    points: float
    open_items: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """The whole review."""

    slug: str
    items: tuple[ItemReview, ...]
    families: tuple[FamilyReview, ...] = field(default=())

    @property
    def score(self) -> float:
        """Points reached over all families."""
        return sum(family.score for family in self.families)

    @property
    def points(self) -> float:
        """Points that could be reached by what was computed."""
        return sum(family.points for family in self.families)

    def item(self, name: str) -> ItemReview | None:
        """Return an item by id."""
        return next((item for item in self.items if item.item == name), None)
