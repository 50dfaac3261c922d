"""How much of the running text of one region's analysis also stands in another's, with names and numbers masked.

Two plans may share their method and their laws; they may not share what they say about the region. The measure is the
share of shingles (runs of five words) of one text that occur in the other, each as often as it stands there. It is
taken in both directions, and the larger share counts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
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

    `limit` holds between regions of different kind, `within` between those of one kind. `fingerprints` are gone through
    twice and not kept, so that hundreds of them need not be held at the same time.
    """
    if iter(fingerprints) is fingerprints:
        fingerprints = tuple(fingerprints)
    numbers = _numbers(fingerprints)
    found = []
    for one, two in combinations([_as_bits(text, numbers) for text in fingerprints], 2):
        share = max(_in_common(one, two), _in_common(two, one))
        if share > (within if one.kind == two.kind else limit):
            found.append(Pair(one.slug, two.slug, share))
    return tuple(sorted(found, key=lambda pair: (-pair.share, pair.first, pair.second)))


@dataclass(frozen=True, slots=True)
class _Bits:
    """A fingerprint as sets of bits, so that two are compared a machine word at a time."""

    slug: str
    kind: str
    total: int
    layers: tuple[int, ...]
    """The first holds a bit for each shingle, the second for each that stands there twice or more often, and so on."""


def _numbers(fingerprints: Iterable[Fingerprint]) -> Mapping[int, int]:
    """Return shingle -> number of its bit, for shingles of more than one text; frequent ones first."""
    texts: Counter[int] = Counter()
    most: dict[int, int] = {}
    for text in fingerprints:
        texts.update(text.shingles.keys())
        most.update((key, count) for key, count in text.shingles.items() if count > most.get(key, 1))
    several = (key for key, count in texts.items() if count > 1)
    # Those that stand often in one text come first: then all layers but the lowest are short.
    return {key: bit for bit, key in enumerate(sorted(several, key=lambda key: -most.get(key, 1)))}


def _as_bits(text: Fingerprint, numbers: Mapping[int, int]) -> _Bits:
    counts = {numbers[key]: count for key, count in text.shingles.items() if key in numbers}
    layers = []
    while counts:
        layer = bytearray(max(counts) // 8 + 1)
        for bit in counts:
            layer[bit // 8] |= 1 << bit % 8
        layers.append(int.from_bytes(layer, "little"))
        counts = {bit: count - 1 for bit, count in counts.items() if count > 1}
    return _Bits(text.slug, text.kind, text.total, tuple(layers))


def _in_common(one: _Bits, two: _Bits) -> float:
    """Return the share of the first text that stands in the second too."""
    if not one.total or not two.layers:
        return 0.0
    return sum((layer & two.layers[0]).bit_count() for layer in one.layers) / one.total
