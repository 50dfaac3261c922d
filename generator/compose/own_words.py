"""A city's own words: files of `cities/<slug>/text/` that replace, precede or follow a section of the books.

```
---
section: gaps/public-service
mode: before
book: analysis
---
Text in Markdown: paragraphs, lists, tables, *emphasis*, links, headings.
```

The words are data: no Jinja is run in them, and no HTML is read. `section` is the id of a chapter, an annex or a
section; without it the name of the file counts. `book` is needed only where several books have a section of that id.
`before` stands right below the heading; `after` ends what the section itself says, before its first subsection, or, if
the text begins with a heading, at the end as a subsection of its own. `replace` keeps the heading; a first line
`# …` gives another title.

A fill-in of the books may ask for a file by name (`text/vision.md`). Such a file needs no front matter: its words stand
in place of every fill-in that asks for it, in all books.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Literal

from generator.compose.environment import Rendered
from generator.compose.markdown.blocks import BlockReader
from generator.compose.markdown.bounds import BoundsError, check_text
from generator.compose.rewrite import Rewrite
from generator.compose.tokens import MARK_CLOSE, MARK_OPEN, TemplateFaultError, TokenTable, without_tokens
from generator.model.content import CityDossier
from generator.model.diagnostics import Collector, Diagnostic, Place
from generator.model.document import Annex, Block, Callout, Chapter, Inline, Landscape, Placeholder, Reference, Section
from generator.model.framework import BookSpec
from generator.model.walks import walk

Mode = Literal["replace", "before", "after", "fill"]
Book = tuple[BookSpec, tuple[Block, ...]]
Holder = Chapter | Section | Annex
_MODES: tuple[Mode, ...] = ("replace", "before", "after")
"""What front matter may say; 'fill' is the mode of a file without any that a fill-in asks for."""
_KEYS = ("section", "mode", "book")
_FENCE = "---"
_DEEPEST = 4
_STARTS_BLOCK = re.compile(r"^\s*(?:\#{1,6}|[-*+]|\d+\.)[ ]")
_PREFIX = re.compile(r"^\s*(?:(?:\#{1,6}|[-*+]|\d+\.)[ ]+|>[ ]?)*")
_UNMARKED = re.compile(r"^\s*(?:\||!!!|[-=:*_| ]+$)")


@dataclass(frozen=True, slots=True)
class OwnWords:
    """One text file, read: where it goes, and its Markdown, which begins at line `line` of `file`."""

    name: str
    section: str
    mode: Mode
    book: str
    text: str
    line: int
    file: str


def put(books: Sequence[Book], dossier: CityDossier) -> tuple[tuple[Book, ...], tuple[Diagnostic, ...]]:
    """Return the books with the city's own words in them, and a diagnostic (MP351-MP355) for each that has no place.

    References to what a text replaced point to the section that it stands in.
    """
    found = Collector()
    current = list(books)
    taken: dict[tuple[str, str], str] = {}
    for name, raw in sorted(dossier.texts.items()):
        place = dossier.places.get(f"text:{name}", Place(f"cities/{dossier.slug}/text/{name}.md", 1))
        words = read_words(name, raw, place, found, asked=_is_asked(name, current))
        if words is not None and words.mode == "fill":
            current = [(spec, _filled(words, blocks, found)) for spec, blocks in current]
            continue
        index = _book_of(words, current, place, found) if words else None
        if words is None or index is None:
            continue
        spec, blocks = current[index]
        key = (spec.id, words.section)
        if words.mode == "replace" and key in taken:
            found.error(
                "MP355", place, f"'{words.section}' is replaced by {taken[key]} already", "join the two files into one"
            )
            continue
        if words.mode == "replace":
            taken[key] = place.file
        changed = _with(words, blocks, found)
        if changed is not None:
            current[index] = (spec, changed)
    return tuple(current), tuple(found.found)


# --- reading ---------------------------------------------------------------------------------------------------------


def read_words(name: str, raw: str, place: Place, found: Collector, *, asked: bool = False) -> OwnWords | None:
    """Return a text file as a value; its front matter is lines of `key: value`, nothing more.

    `asked` says that a fill-in asks for this file: then it may do without front matter, and its mode is 'fill'.
    """
    lines = raw.removeprefix("\ufeff").split("\n")
    values, begin = _front_matter(lines, place, found)
    if values is None:
        return None
    mode = next((known for known in _MODES if known == values.get("mode")), None)
    if not values and asked:
        mode = "fill"
    if mode is None:
        said = f"unknown mode '{values['mode']}'" if "mode" in values else "the front matter has no 'mode'"
        found.error("MP352", place, said, f"write 'mode: ' and one of {', '.join(_MODES)} between two lines '---'")
        return None
    text = without_tokens("\n".join(lines[begin:]))
    if not text.strip():
        found.error("MP353", place, "the text is empty", "write it below the front matter, or delete the file")
        return None
    words = OwnWords(name, values.get("section", name), mode, values.get("book", ""), text, begin + 1, place.file)
    try:
        check_text(_marked(words))
    except BoundsError as error:
        _refused(words, error, found)
        return None
    return words


def _refused(words: OwnWords, error: TemplateFaultError, found: Collector) -> None:
    line = error.spot[1] if isinstance(error, BoundsError) and error.spot is not None else words.line
    found.error("MP355", Place(words.file, line), error.message, error.hint)


def _front_matter(lines: Sequence[str], place: Place, found: Collector) -> tuple[Mapping[str, str] | None, int]:
    if lines[0].strip() != _FENCE:
        return {}, 0
    values: dict[str, str] = {}
    for number, line in enumerate(lines[1:], 2):
        bare = line.strip()
        if bare == _FENCE:
            return values, number
        if not bare or bare.startswith("#"):
            continue
        key, colon, value = (part.strip() for part in bare.partition(":"))
        spot = Place(place.file, number, 1)
        if not colon or key not in _KEYS or key in values:
            close = get_close_matches(key, _KEYS, 1)
            hint = f"did you mean '{close[0]}'?" if close and key not in values else f"known keys: {', '.join(_KEYS)}"
            said = f"'{key}' stands twice" if key in values else f"unknown line '{bare[:60]}' in the front matter"
            found.error("MP352", spot, said, hint)
            return None, number
        values[key] = value.strip("\"'")
    found.error("MP352", place, "the front matter has no end", "close it with a line '---'")
    return None, 0


# --- finding the section ---------------------------------------------------------------------------------------------


def _sections(blocks: Iterable[Block]) -> dict[str, Holder]:
    return {block.id: block for block in walk(tuple(blocks)) if isinstance(block, Chapter | Section | Annex)}


def _book_of(words: OwnWords, books: Sequence[Book], place: Place, found: Collector) -> int | None:
    """Return the index of the book that holds the section; a diagnostic where that is none or not one."""
    known = [spec.id for spec, _ in books]
    if words.book and words.book not in known:
        close = get_close_matches(words.book, known, 1)
        hint = f"did you mean '{close[0]}'?" if close else f"known books: {', '.join(known)}"
        found.error("MP351", place, f"there is no book '{words.book}'", hint)
        return None
    holding = [
        index
        for index, (spec, blocks) in enumerate(books)
        if words.book in ("", spec.id) and words.section in _sections(blocks)
    ]
    if len(holding) == 1:
        return holding[0]
    if holding:
        several = ", ".join(books[index][0].id for index in holding)
        found.error(
            "MP354", place, f"several books have a section '{words.section}': {several}", "say which with 'book: …'"
        )
        return None
    names = [name for spec, blocks in books if words.book in ("", spec.id) for name in _sections(blocks)]
    close = get_close_matches(words.section, dict.fromkeys(names), 3, 0.5)
    hint = f"did you mean {' or '.join(repr(name) for name in close)}?" if close else "see 'masterplan explain'"
    found.error("MP351", place, f"no book has a section '{words.section[:80]}'", hint)
    return None


def _asks(block: Block, name: str) -> bool:
    return isinstance(block, Placeholder) and block.where == f"text/{name}.md"


def _is_asked(name: str, books: Sequence[Book]) -> bool:
    return any(_asks(block, name) for _, blocks in books for block in walk(blocks))


# --- putting the words in --------------------------------------------------------------------------------------------


def _with(words: OwnWords, blocks: tuple[Block, ...], found: Collector) -> tuple[Block, ...] | None:
    target = _sections(blocks)[words.section]
    level = target.level if isinstance(target, Section) else 1
    try:
        title, own = _blocks(words, level)
    except TemplateFaultError as error:
        _refused(words, error, found)
        return None
    changed: Holder = replace(target, title=title) if title and words.mode == "replace" else target
    changed = replace(changed, children=_joined(words.mode, target.children, own))
    lost: set[str] = set()
    if words.mode == "replace":
        kept = {block.id for block in walk(own)}
        lost = {block.id for block in walk(target.children)} - kept
    return _redirected(_swapped(blocks, words.section, changed), lost, words.section)


def _filled(words: OwnWords, blocks: tuple[Block, ...], found: Collector) -> tuple[Block, ...]:
    """Return the blocks with the words in place of each fill-in that asks for them."""

    def fill(block: Block, level: int) -> tuple[Block, ...]:
        if _asks(block, words.name):
            return _blocks(replace(words, section=block.id), level)[1]
        if isinstance(block, Chapter | Section | Annex | Callout | Landscape):
            inner = block.level if isinstance(block, Section) else level
            return (replace(block, children=tuple(own for child in block.children for own in fill(child, inner))),)
        return (block,)

    try:
        return tuple(own for block in blocks for own in fill(block, 1))
    except TemplateFaultError as error:
        _refused(words, error, found)
        return blocks


def _joined(mode: Mode, before: tuple[Block, ...], own: tuple[Block, ...]) -> tuple[Block, ...]:
    if mode == "replace":
        return own
    if mode == "before":
        return (*own, *before)
    first = next((index for index, block in enumerate(before) if isinstance(block, Section)), len(before))
    if own and isinstance(own[0], Section):
        first = len(before)
    return (*before[:first], *own, *before[first:])


def _swapped(blocks: tuple[Block, ...], name: str, changed: Holder) -> tuple[Block, ...]:
    def swap(block: Block) -> Block:
        if not isinstance(block, Chapter | Section | Annex):
            return block
        if block.id == name:
            return changed
        return replace(block, children=tuple(swap(child) for child in block.children))

    return tuple(swap(block) for block in blocks)


def _redirected(blocks: tuple[Block, ...], lost: set[str], target: str) -> tuple[Block, ...]:
    if not lost:
        return blocks

    def inline(run: Inline) -> Inline:
        return replace(run, target=target) if isinstance(run, Reference) and run.target in lost else run

    return Rewrite(inline).blocks(blocks)


def _blocks(words: OwnWords, level: int) -> tuple[tuple[Inline, ...], tuple[Block, ...]]:
    """Return a new title, or (), and the blocks; headings begin one level below the section that they stand in."""
    rendered = Rendered(_marked(words), TokenTable(), [words.file], "")
    blocks = BlockReader(rendered, f"{words.section}/own-{words.name}").read()
    title: tuple[Inline, ...] = ()
    if words.mode == "replace" and words.text.lstrip().startswith("# ") and isinstance(blocks[0], Section):
        title = blocks[0].title
        blocks = (*blocks[0].children, *blocks[1:])
    levels = [block.level for block in walk(blocks) if isinstance(block, Section)]
    if levels:
        shift = min(level + 1, _DEEPEST) - min(levels)
        blocks = tuple(_shifted(block, shift) for block in blocks)
    return title, blocks


def _shifted(block: Block, shift: int) -> Block:
    if not isinstance(block, Section):
        return block
    children = tuple(_shifted(child, shift) for child in block.children)
    return replace(block, level=max(2, min(_DEEPEST, block.level + shift)), children=children)


def _marked(words: OwnWords) -> str:
    """Return the Markdown with an origin mark in each line that opens a block; see `environment.mark_lines`."""
    marked: list[str] = []
    fresh, ordinal = True, 0
    for number, line in enumerate(words.text.split("\n"), words.line):
        starts = _STARTS_BLOCK.match(line) is not None
        if line.strip() and not _UNMARKED.match(line) and (fresh or starts):
            prefix = _PREFIX.match(line)
            end = prefix.end() if prefix else 0
            ordinal = 0 if line.lstrip().startswith("#") else ordinal + 1
            if line[end:].strip():
                line = f"{line[:end]}{MARK_OPEN}0:{number}:{ordinal}{MARK_CLOSE}{line[end:]}"
        fresh = not line.strip()
        marked.append(line)
    return "\n".join(marked)
