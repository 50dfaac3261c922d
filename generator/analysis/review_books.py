"""Measures on the blocks of the books."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fnmatch import fnmatchcase

from generator.model.evaluation import Measure
from generator.model.review import BlockFacts, BookFacts, Measured

Books = tuple[BookFacts, ...]
_LEAST_WORDS = 30
"""A chapter or section with fewer words below it says nothing yet."""
_SHOWN = 8


def share(reached: float, full: float) -> float:
    """Return a share 0-1."""
    return max(0.0, min(1.0, reached / full)) if full else 0.0


def _matching(pattern: str, books: Books) -> list[BlockFacts]:
    book, _, block = pattern.partition(":")
    return [fact for item in books if item.id == book for fact in item.blocks if fnmatchcase(fact.id, block)]


def _says_something(fact: BlockFacts) -> bool:
    if fact.kind in ("Table", "Chart"):
        return fact.rows > 0
    return fact.words >= _LEAST_WORDS


def _counted(measure: Measure, good: Iterable[str], lacking: Iterable[str]) -> Measured:
    """Return the share of what is good among all."""
    good, lacking = tuple(good), tuple(lacking)
    total = len(good) + len(lacking)
    return Measured(
        kind=measure.kind,
        share=share(len(good) / total, measure.full) if total else 0.0,
        note=f"{len(good)}/{total}",
        evidence=good[:_SHOWN],
        lacking=lacking[:_SHOWN],
    )


def _blocks(measure: Measure, books: Books) -> Measured:
    """Each pattern has a block that says something."""
    good: list[str] = []
    lacking: list[str] = []
    for pattern in measure.of:
        found = next((fact for fact in _matching(pattern, books) if _says_something(fact)), None)
        if found is not None:
            good.append(found.id)
        else:
            lacking.append(pattern)
    return _counted(measure, good, lacking)


def _figures(measure: Measure, books: Books) -> Measured:
    """Blocks that state a number of their own, among all that match."""
    found = [fact for pattern in measure.of for fact in _matching(pattern, books)]
    return _counted(
        measure, (fact.id for fact in found if fact.has_figure), (fact.id for fact in found if not fact.has_figure)
    )


def _filled(measure: Measure, books: Books) -> Measured:
    """Blocks without a passage that still waits for the city; a pattern without a block counts as not filled."""
    good: list[str] = []
    lacking: list[str] = []
    for pattern in measure.of:
        found = _matching(pattern, books)
        good += [fact.id for fact in found if not fact.fill_ins]
        lacking += [fact.id for fact in found if fact.fill_ins] if found else [pattern]
    return _counted(measure, good, lacking)


def _citations(measure: Measure, books: Books) -> Measured:
    """Different sources that the books cite."""
    chosen = [book for book in books if book.id in measure.of]
    count = sum(book.sources for book in chosen)
    return Measured(
        kind=measure.kind,
        share=share(count, measure.full),
        note=f"{count}/{measure.full:.0f}",
        evidence=tuple(book.id for book in chosen if book.sources),
    )


def _captions(measure: Measure, books: Books) -> Measured:
    """Tables and charts with number, caption and source, among all."""
    shown = [fact for book in books if book.id in measure.of for fact in book.blocks if fact.kind in ("Table", "Chart")]
    whole = [fact.id for fact in shown if fact.captioned and fact.sourced]
    return _counted(measure, whole, (fact.id for fact in shown if not (fact.captioned and fact.sourced)))


def _sentences(measure: Measure, books: Books) -> Measured:
    """Sentences of at most `full` words, among all."""
    lengths = [words for book in books if book.id in measure.of for words in book.sentence_words]
    good = sum(1 for words in lengths if words <= measure.full)
    return Measured(
        kind=measure.kind,
        share=share(good, len(lengths)),
        note=f"{good}/{len(lengths)}",
        evidence=tuple(book.id for book in books if book.id in measure.of and book.sentence_words),
    )


def _shared_figures(measure: Measure, books: Books) -> Measured:
    """Sums of money of the first book that stand in one of the others as well."""
    first = next((book for book in books if book.id == measure.of[0]), None) if measure.of else None
    others = frozenset(amount for book in books if book.id in measure.of[1:] for amount in book.amounts)
    amounts = sorted(first.amounts) if first is not None else []
    good = [amount for amount in amounts if amount in others]
    return _counted(measure, good, (amount for amount in amounts if amount not in others))


BOOK_MEASURES: Mapping[str, Callable[[Measure, Books], Measured]] = {
    "blocks": _blocks,
    "figures": _figures,
    "filled": _filled,
    "citations": _citations,
    "captions": _captions,
    "sentences": _sentences,
    "shared-figures": _shared_figures,
}
