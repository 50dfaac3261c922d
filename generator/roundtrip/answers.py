"""What a city answered to the comments that show conflicts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from generator.model.document import Comment
from generator.model.edits import GONE
from generator.model.margin import comment_key
from generator.model.word import AUTHOR, NEW_WORDS
from generator.roundtrip.reader import Remark

Choice = Literal["take", "keep"]
_TAKE = (
    "ambil baru", "ambil yang baru", "ambil teks baru", "pakai baru", "pakai yang baru", "pakai teks baru", "setuju",
    "pakai teks generator", "gunakan teks baru", "gunakan teks generator", "terima teks baru",
)  # fmt: skip
_KEEP = (
    "pakai teks kami", "gunakan teks kami", "teks kami", "pakai teks daerah", "teks daerah", "pertahankan", "tetap",
    "tolak", "tidak setuju",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """How a conflict is to be settled: the edit it is about, what both sides said when it was shown, who, when."""

    about: str
    ground: str
    now: str
    new: str
    choice: Choice
    who: str
    when: str


def choice_of(words: str) -> Choice | None:
    """Return what an answer asks for, None where it says neither or both."""
    said = f" {' '.join(words.lower().split())} "
    keep = any(phrase in said for phrase in _KEEP)
    if keep and "tidak setuju" in said:
        said = said.replace("tidak setuju", "")
    take = any(phrase in said for phrase in _TAKE)
    if keep == take:
        return None
    return "take" if take else "keep"


def conflicts_of(comments: Iterable[Comment]) -> dict[str, Comment]:
    """Return the key of each comment that shows a conflict -> the comment."""
    return {comment_key(one.author, one.date, one.lines): one for one in comments if one.about}


def answers(shown: dict[str, Comment], remarks: Iterable[Remark]) -> Iterator[tuple[Remark, Answer]]:
    """Yield what settles a conflict: answers that say how, and comments marked as done, which keep the city's words.

    What people wrote counts more than the mark, and the last of it most, so that comes last. Other remarks are left
    out: they are comments.
    """
    for remark in sorted(remarks, key=lambda remark: (remark.author != AUTHOR, remark.date)):
        root = shown.get(remark.answers)
        choice = choice_of(" ".join(remark.lines)) if root is not None else None
        if root is None and remark.author == AUTHOR and remark.done:
            root, choice = shown.get(comment_key(remark.author, remark.date, remark.lines)), "keep"
        if root is None or choice is None:
            continue
        new = "" if root.now == GONE else root.lines[0].partition(NEW_WORDS.partition(" ")[2])[2]
        yield remark, Answer(root.about, root.ground, root.now, new, choice, remark.author, remark.date)
