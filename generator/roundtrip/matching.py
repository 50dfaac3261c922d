"""Which passage of an edited file is which of the tree it came from: by anchors, by words, by place."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from generator.model.document import Table
from generator.model.edits import Unit, row_text
from generator.model.runs import marked

ALIKE = 0.5
_SURE = 0.9  # so much alike that nothing better is looked for
_LONGEST = 4000  # characters that are compared letter by letter
_WIDEST = 12
_PAIRS = 1_000_000
"""Pairs of passages of the same words: beyond, they are too common to tell which is which, and take for ever."""
_LETTERS = 300_000_000
"""Pairs of letters that are compared one by one for a book; what comes then is compared by its words alone."""
_LOOK = 20  # what a letter costs to look at once, in such pairs


def said(unit: Unit) -> str:
    """Return what a passage says, a table all of its rows."""
    if isinstance(unit.block, Table) and unit.part == "table":
        return "\n".join(marked(row_text(row)) for row in (*unit.block.header, *unit.block.body))
    return marked(unit.inlines)


@dataclass(slots=True)
class Likeness:
    """How much alike texts are, within what one comparison may take: counted, so equal on every machine."""

    spent: int = 0
    """Pairs of letters that were compared so far."""

    def of(self, old: str, new: str, least: float = 0.0) -> float:
        """Return how much alike two texts are, from 0 to 1; 0 where it is not more than `least`.

        Beyond `_LETTERS` the words that they have in common count, beyond twice as much nothing is alike any more.
        """
        self.spent += _LOOK * (len(old) + len(new))
        if self.spent > 2 * _LETTERS:
            return 0.0
        if self.spent > _LETTERS:
            return _shared_words(old, new)
        matcher = SequenceMatcher(None, old, new, autojunk=False)
        if matcher.real_quick_ratio() <= least or matcher.quick_ratio() <= least:
            return 0.0
        self.spent += len(old) * len(new)
        return matcher.ratio()


def match(old: Sequence[Unit], new: Sequence[Unit], likeness: Likeness) -> dict[int, int]:
    """Return place in new -> place in old."""
    matching = _Matching(old, new, likeness)
    matching.by_anchor()
    matching.by_words()
    matching.by_caption()
    return matching.pairs


def _key(unit: Unit) -> tuple[str, str]:
    return unit.id, "table" if unit.part == "figure" else unit.part


@dataclass(slots=True)
class _Matching:
    old: Sequence[Unit]
    new: Sequence[Unit]
    likeness: Likeness
    pairs: dict[int, int] = field(default_factory=dict)

    def by_anchor(self) -> None:
        places: dict[tuple[str, str], int] = {}
        for index, unit in enumerate(self.old):
            places.setdefault(_key(unit), index)
        for index, unit in enumerate(self.new):
            place = places.pop(_key(unit), None) if unit.id else None
            if place is not None:
                self.pairs[index] = place

    def by_words(self) -> None:
        """Pair what lost its anchor: equal words first, then alike ones between the same neighbours."""
        taken = set(self.pairs.values())
        new = [index for index in range(len(self.new)) if index not in self.pairs]
        old = [index for index in range(len(self.old)) if index not in taken]
        if not new or not old:
            return
        new_said = [said(self.new[index]) for index in new]
        old_said = [said(self.old[index]) for index in old]
        matcher = SequenceMatcher(None, old_said, told_apart(old_said, new_said), autojunk=False)
        for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
            if tag == "equal":
                for one, other in zip(range(new_from, new_to), range(old_from, old_to), strict=True):
                    if new_said[one]:
                        self.pairs[new[one]] = old[other]
            elif tag == "replace":
                self._alike(new[new_from:new_to], old[old_from:old_to])

    def _alike(self, new: Sequence[int], old: Sequence[int]) -> None:
        """Pair passages with the one that is most alike among the next ones, in order."""
        start = 0
        for index in new:
            text = said(self.new[index])[:_LONGEST]
            best, found = ALIKE, -1
            for offset in range(start, min(len(old), start + _WIDEST)):
                other = self.old[old[offset]]
                if other.part != self.new[index].part or not text:
                    continue
                alike = self.likeness.of(said(other)[:_LONGEST], text, best)
                if alike > best:
                    best, found = alike, offset
                    if best > _SURE:
                        break
            if found >= 0:
                self.pairs[index] = old[found]
                start = found + 1

    def by_caption(self) -> None:
        """Pair pictures, charts and tables without an anchor by the caption that they stand at."""
        places = {(unit.id, unit.part): index for index, unit in enumerate(self.old)}
        taken = set(self.pairs.values())
        for index, unit in enumerate(self.new):
            if index in self.pairs or unit.part not in ("table", "figure"):
                continue
            for beside in (index + 1, index - 1):
                place = self.pairs.get(beside, -1)
                if place < 0 or self.old[place].part not in ("caption", "source"):
                    continue
                for part in ("figure", "table"):
                    own = places.get((self.old[place].id, part), -1)
                    if own >= 0 and own not in taken and index not in self.pairs:
                        self.pairs[index] = own
                        taken.add(own)


def told_apart(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """Return the new passages, each of those that are too common (`_PAIRS`) as one that nothing is equal to."""
    before, now = Counter(old), Counter(new)
    common = {words for words, count in now.items() if count * before[words] > _PAIRS}
    return [f"\x00{place}" if words in common else words for place, words in enumerate(new)]


def _shared_words(one: str, other: str) -> float:
    first, second = one.split(), other.split()
    common = (Counter(first) & Counter(second)).total()
    return 2 * common / ((len(first) + len(second)) or 1)


def longest_rise(places: Sequence[int]) -> set[int]:
    """Return the positions of a longest rising run, in n log n."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for position, place in enumerate(places):
        at = bisect_left(tails, place)
        if at == len(tails):
            tails.append(place)
            ends.append(position)
        else:
            tails[at], ends[at] = place, position
        before.append(ends[at - 1] if at else -1)
    kept: set[int] = set()
    position = ends[-1] if ends else -1
    while position >= 0:
        kept.add(position)
        position = before[position]
    return kept
