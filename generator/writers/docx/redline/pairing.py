"""Which paragraph, table or row of the older file is which of the newer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_ALIKE = 0.4
_LONGEST = 1500
_WIDEST = 40


@dataclass(frozen=True, slots=True)
class Said:
    """What names one thing: its kind, its anchor or label, and all it says."""

    kind: str
    name: str
    text: str


def pairs(old: Sequence[Said], new: Sequence[Said], *, ends: bool = False) -> list[tuple[int, int]]:
    """Return (place in old, place in new) in the order of reading; -1 stands for what has no partner.

    Equal ones are paired first, then those of one name that are alike, then alike ones between the same neighbours.
    `ends` pairs the last ones of both where they are of one kind and nothing else claims them.
    """
    found: list[tuple[int, int]] = []
    told, now = [(one.kind, one.text) for one in old], [(one.kind, one.text) for one in new]
    for tag, old_from, old_to, new_from, new_to in SequenceMatcher(None, told, now, autojunk=False).get_opcodes():
        if tag == "equal":
            found.extend(zip(range(old_from, old_to), range(new_from, new_to), strict=True))
            continue
        last = ends and old_to == len(old) and new_to == len(new)
        found.extend(_gap(old, new, range(old_from, old_to), range(new_from, new_to), last=last))
    return found


def _gap(old: Sequence[Said], new: Sequence[Said], olds: range, news: range, *, last: bool) -> list[tuple[int, int]]:
    matched: dict[int, int] = {}
    start = 0
    for place in news:
        for offset in range(start, min(len(olds), start + _WIDEST)):
            if _are_one(old[olds[offset]], new[place]):
                matched[place] = olds[offset]
                start = offset + 1
                break
    if last and olds and news and old[olds[-1]].kind == new[news[-1]].kind:
        closing = (olds[-1], news[-1])
        if closing[1] not in matched and closing[0] not in matched.values():
            matched[closing[1]] = closing[0]
    found: list[tuple[int, int]] = []
    place = olds.start
    for index in news:
        partner = matched.get(index, -1)
        while place < partner:
            found.append((place, -1))
            place += 1
        if partner >= 0:
            place = partner + 1
        found.append((partner, index))
    found.extend((rest, -1) for rest in range(place, olds.stop))
    return found


def _are_one(old: Said, new: Said) -> bool:
    if old.kind != new.kind:
        return False
    if old.name and old.name == new.name and (old.kind != "w:p" or not old.text or not new.text):
        return True
    least = _ALIKE / 2 if old.name and old.name == new.name else _ALIKE
    return similarity(old.text, new.text) > least


def similarity(old: str, new: str) -> float:
    """Return how alike two texts are, 0 to 1."""
    matcher = SequenceMatcher(None, old[:_LONGEST].split(), new[:_LONGEST].split(), autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() > _ALIKE / 2 else 0.0
