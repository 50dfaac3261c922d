"""How much of the running text of one region's analysis also stands in another's, with names and numbers masked.

Two plans may share their method and their laws; they may not share what they say about the region. The measure is the
share of shingles (runs of five words) of one text that occur in the other, each as often as it stands there. It is
taken in both directions, and the larger share counts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from itertools import combinations

from generator.compose.summary import running_text
from generator.model.content import CityDossier, Content
from generator.model.document import Chapter, Document

WORDS = 5
LIMIT = 0.5
"""Above this share the plans of a kota and a kabupaten are too alike."""
LIMIT_WITHIN = 0.65
"""The same for two kota or two kabupaten, which share more of what rules say of their kind."""
_FILL_IN = re.compile(r"\[Isi:[^\]]*\]")
_NUMBER = re.compile(r"(?:Rp\s?)?\d[\d.,–]*(?:\s?(?:%|ribu|juta|miliar|triliun))?|\[\d+\]")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*|[@#]")


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """The shingles of one region's text, as numbers that are the same in every process, with how often they stand."""

    slug: str
    shingles: Counter[int]
    kind: str = ""
    """'kota' or 'kabupaten'."""

    @property
    def total(self) -> int:
        """Number of shingles."""
        return self.shingles.total()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two regions and the share 0-1 of text that they have in common."""

    first: str
    second: str
    share: float


def fingerprint(documents: Iterable[Document], dossier: CityDossier, content: Content) -> Fingerprint:
    """Return the fingerprint of the chapters that `content/books.yaml` marks as `distinct`."""
    wanted = {(book.id, chapter.id) for book in content.books.books for chapter in book.chapters if chapter.distinct}
    chapters = tuple(
        block
        for document in documents
        for block in document.body
        if isinstance(block, Chapter) and (document.id, block.id) in wanted
    )
    names = _names(dossier, content)
    counted: Counter[int] = Counter()
    for text in running_text(chapters):
        counted.update(_shingles(masked(text, names)))
    return Fingerprint(dossier.slug, counted, dossier.city.type)


def masked(text: str, names: Iterable[str]) -> list[str]:
    """Return the words of a text in small letters, with '@' for names and '#' for numbers and fill-ins."""
    text = _FILL_IN.sub(" # ", text)
    pattern = _any(tuple(names))
    if pattern is not None:
        text = pattern.sub(" @ ", text)
    return [word.casefold() for word in _WORD.findall(_NUMBER.sub(" # ", text))]


@lru_cache(maxsize=128)
def _any(names: tuple[str, ...]) -> re.Pattern[str] | None:
    words = sorted({name for name in names if len(name) > 2}, key=lambda name: (-len(name), name))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)", re.IGNORECASE) if words else None


def _names(dossier: CityDossier, content: Content) -> tuple[str, ...]:
    """Return every name that differs between regions though the sentence around it may not."""
    city = dossier.city
    people = [person.name for person in (city.leaders.head, city.leaders.deputy, city.leaders.secretary) if person]
    agencies = [*city.opd.values(), *(agency.short for agency in content.opd.values())]
    places = [city.full_name, city.name, city.province, city.capital, city.island_group]
    kinds = ["kota", "kabupaten", "wali kota", "bupati"]
    return tuple(dict.fromkeys(name for name in (*places, *people, *agencies, *kinds) if name))


def _shingles(words: Sequence[str]) -> Iterable[int]:
    for index in range(len(words) - WORDS + 1):
        run = " ".join(words[index : index + WORDS])
        yield int.from_bytes(blake2b(run.encode("utf-8", "replace"), digest_size=8).digest())


def shared(first: Fingerprint, second: Fingerprint) -> float:
    """Return the share 0-1 that two texts have in common; 0 where one of them has no text."""
    if not first.total or not second.total:
        return 0.0
    common = first.shingles.keys() & second.shingles.keys()
    return max(
        sum(first.shingles[key] for key in common) / first.total,
        sum(second.shingles[key] for key in common) / second.total,
    )


def alike(fingerprints: Iterable[Fingerprint], limit: float = LIMIT, within: float = LIMIT_WITHIN) -> tuple[Pair, ...]:
    """Return the pairs of regions that share more than the limit of their text, the most alike first.

    `limit` holds between regions of different kind, `within` between those of one kind.
    """
    found = []
    for one, two in combinations(fingerprints, 2):
        share = shared(one, two)
        if share > (within if one.kind == two.kind else limit):
            found.append(Pair(one.slug, two.slug, share))
    return tuple(sorted(found, key=lambda pair: (-pair.share, pair.first, pair.second)))
