"""The style check of Indonesian text: spelling of words, and the shape of composed documents.

`python -m tests.style.report` prints what it finds, with file and line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from generator.compose.numbering import SOURCE_LIST
from generator.compose.summary import sentences
from generator.model.content import Content
from generator.model.document import (
    Annex,
    Block,
    Chapter,
    Chart,
    Document,
    Figure,
    ListBlock,
    Origin,
    Paragraph,
    Reference,
    Section,
    Table,
)
from generator.model.style import StyleRules
from generator.model.walks import children_of, inlines_of, plain, walk, walk_inlines
from generator.sources.check_text import CODES, ENGLISH, NAMES
from generator.sources.schema import validate
from generator.sources.yaml import read_yaml

LONGEST_SENTENCE, LONGEST_PARAGRAPH, MEDIAN_SENTENCE = 60, 150, 25
CHECKLIST = "tbl-daftar-periksa"
_INTRODUCES = re.compile(r"\b(?:berikut|di bawah ini|tercantum pada tabel)\b", re.IGNORECASE)
_SPACES = (
    (re.compile(r"\S[ \u00a0]{2,}(?!☐)\S"), "two spaces in a row"),
    (re.compile(r"\w [,;:!?.](?:\s|$)"), "a space before a punctuation mark"),
    (re.compile(r"\( | \)"), "a space inside of brackets"),
    (re.compile(r",,|;;|(?<![.…])\.\.(?!\.)|[:;,] ?\.(?:\s|$)"), "two punctuation marks"),
)
_ADDRESS = re.compile(r"https?://\S+|\b[\w.-]+\.(?:go\.id|id|com|org|int|net)\S*")
_TAG = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|\{:.*?\}", re.DOTALL)
_LITERAL = re.compile(r"^\s*\{%\s*(?:macro|import|from|include)")
_NO_PROSE = CODES | {"source"}
_RAW_ID = re.compile(r"\b[a-z]+(?:_[a-z0-9]+)+\b|\bprg-[a-z-]+\b")


@dataclass(frozen=True, slots=True)
class Fault:
    """One breach of style: where, what, and what to write."""

    place: str
    what: str
    shown: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what}: {self.shown}"


@dataclass(frozen=True, slots=True)
class Words:
    """The words to avoid: pattern and what to write instead; `official` are titles that are quoted as they are."""

    patterns: tuple[tuple[re.Pattern[str], str], ...]
    official: tuple[str, ...] = ()

    def faults(self, text: str, place: str) -> Iterator[Fault]:
        """Yield the breaches of spelling in a text."""
        text = _ADDRESS.sub("x", text)
        for title in self.official:
            text = text.replace(title, "x")
        seen: set[tuple[int, int]] = set()
        for pattern, right in self.patterns:
            for found in pattern.finditer(text):
                if found.span() not in seen:
                    yield Fault(place, f"write '{right}'", around(text, found))
                seen.add(found.span())


def around(text: str, found: re.Match[str]) -> str:
    """Return what was found with a few words around it."""
    return "…" + text[max(0, found.start() - 25) : found.end() + 25].replace("\n", " ").strip() + "…"


def words_of(root: Path, content: Content | None = None) -> Words:
    """Return the words to avoid: those of `content/style.yaml`, and with `content` those of the glossary too."""
    rules, faults = validate(StyleRules, read_yaml(root / "content" / "style.yaml", root))
    assert rules is not None, [str(item) for item in faults]
    patterns = [(_whole(entry.wrong), entry.right) for entry in rules.errors]
    for term in content.glossary.terms if content is not None else ():
        patterns += [(_whole(re.escape(word)), term.term) for word in term.avoid]
    titles = tuple(item.title for item in content.regulations.values()) if content is not None else ()
    return Words(tuple(patterns), tuple(title for title in titles if any(p.search(title) for p, _ in patterns)))


def _whole(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])", re.IGNORECASE)


# --- templates and content -------------------------------------------------------------------------------------------


def template_lines(root: Path) -> Iterator[tuple[str, str]]:
    """Yield place and literal text of each line of every template; what Jinja prints becomes one letter."""
    for path in sorted((root / "templates").rglob("*.j2")):
        name = path.relative_to(root).as_posix()
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            if not _LITERAL.match(line):
                yield f"{name}:{number}", _TAG.sub(lambda tag: "X" if tag[0].startswith("{{") else "", line)


def check_templates(root: Path, words: Words) -> list[Fault]:
    """Return the breaches of spelling, spacing and language in the templates' own words."""
    found: list[Fault] = []
    for place, line in template_lines(root):
        found += words.faults(line, place)
        english = ENGLISH.search(re.sub("smart city", "x", NAMES.sub("x", line), flags=re.IGNORECASE))
        if english:
            found.append(Fault(place, "an English word", around(line, english)))
    return found


def check_content(root: Path) -> list[Fault]:
    """Return the breaches of spelling in the sentences of the content; official titles and sources are left alone.

    Words of the glossary are no concern here: `masterplan content check` looks for them (MP213).
    """
    words = words_of(root)
    found: list[Fault] = []
    for path in sorted((root / "content").rglob("*.yaml")):
        name = path.relative_to(root).as_posix()
        if name in ("content/style.yaml", "content/glossary.yaml", "content/regulations.yaml"):
            continue
        quoting = False
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            key = re.match(r"\s*(?:- )?([a-z_]+):", line)
            quoting = (quoting and key is None) or (key is not None and key[1] in _NO_PROSE)
            if not quoting and not line.lstrip().startswith("#"):
                text = re.sub(r"\bsource: .*|\bid: [\w-]+", "", _TAG.sub("x", line))
                found += words.faults(text, f"{name}:{number}")
    return found


# --- documents -------------------------------------------------------------------------------------------------------


def _place(document: Document, block: Block, origin: Origin | None) -> str:
    origin = origin or next((child.origin for child in walk((block,)) if child.origin), None)
    where = f"{origin.file}:{origin.line}" if origin else "made by code"
    return f"{where} [{document.id} {block.id}]"


def check_document(document: Document, words: Words, ids: frozenset[str]) -> list[Fault]:
    """Return every breach of style in a composed document."""
    found: list[Fault] = []
    blocks = (*document.front, *document.body)
    found += _texts(document, blocks, words, ids)
    found += _lengths(document, blocks)
    found += _headings(document, blocks)
    found += _introductions(document, blocks)
    return found


def _pieces(block: Block) -> Iterator[tuple[str, Origin | None]]:
    """Yield the texts of a block, each on its own: paragraph, item, cell, caption, source."""
    match block:
        case ListBlock():
            for item in block.items:
                yield plain(item.content), item.origin
        case Table():
            rows = () if block.id == CHECKLIST else (*block.header, *block.body)
            for row in rows:
                for cell in row.cells:
                    yield from ((plain(runs), block.origin) for runs in cell.paragraphs)
            yield plain(block.caption.content if block.caption else ()), block.origin
        case _:
            yield plain(tuple(inlines_of(block))), block.origin


def _texts(document: Document, blocks: tuple[Block, ...], words: Words, ids: frozenset[str]) -> Iterator[Fault]:
    for block in walk(blocks):
        if block.id == SOURCE_LIST:
            continue
        for text, origin in _pieces(block):
            place = _place(document, block, origin)
            for pattern, name in _SPACES:
                spaced = pattern.search(_ADDRESS.sub("x", text))
                if spaced:
                    yield Fault(place, name, around(text, spaced))
            yield from words.faults(text, place)
            for raw in _RAW_ID.finditer(_ADDRESS.sub("x", text)):
                yield Fault(place, "a raw id", around(text, raw))
            for word in re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)+", text):
                if word in ids:
                    yield Fault(place, "a raw id", word)


def _lengths(document: Document, blocks: tuple[Block, ...]) -> Iterator[Fault]:
    for block in walk(blocks):
        if not isinstance(block, Paragraph | ListBlock):
            continue
        if isinstance(block, Paragraph) and block.role not in ("body", "lead"):
            continue
        for text, origin in _pieces(block):
            place = _place(document, block, origin)
            count = len(text.split())
            if count > LONGEST_PARAGRAPH:
                yield Fault(place, f"a paragraph of {count} words", text[:60])
            for sentence in sentences(text):
                if len(sentence.split()) > LONGEST_SENTENCE:
                    yield Fault(place, f"a sentence of {len(sentence.split())} words", sentence[:80])


def median_sentence(document: Document) -> float:
    """Return the middle length in words of the sentences of paragraphs."""
    lengths = [
        len(sentence.split())
        for block in walk(document.body)
        if isinstance(block, Paragraph) and block.role in ("body", "lead")
        for sentence in sentences(plain(block.content))
    ]
    return median(lengths) if lengths else 0.0


def _headings(document: Document, blocks: tuple[Block, ...]) -> Iterator[Fault]:
    for block in walk(blocks):
        if not isinstance(block, Chapter | Section | Annex):
            continue
        below = [child for child in walk(block.children) if not isinstance(child, Section)]
        if not any(plain(tuple(inlines_of(child))).strip() or isinstance(child, Chart) for child in below):
            yield Fault(_place(document, block, block.origin), "an empty heading", plain(block.title))
        first = block.children[0] if block.children else None
        if isinstance(block, Chapter | Annex) and not isinstance(first, Paragraph) and not _is_law(block):
            yield Fault(_place(document, block, block.origin), "a chapter without an introduction", plain(block.title))


def _is_law(block: Block) -> bool:
    return isinstance(block, Annex) and block.look == "law"


def _introductions(document: Document, blocks: tuple[Block, ...]) -> Iterator[Fault]:
    """A captioned table or figure is named by a reference before it, or the text right before it announces it."""
    named: set[str] = set()
    last = ""
    for block in walk(blocks):
        match block:
            case Chapter() | Section() | Annex():
                last = ""
            case Paragraph() | ListBlock():
                last = plain(tuple(inlines_of(block)))
                named |= _references(block)
            case Table() | Chart() | Figure() if block.caption is not None:
                if block.id not in named and not _INTRODUCES.search(last):
                    title = plain(block.caption.content)
                    yield Fault(_place(document, block, block.origin), "not introduced in the text", title)
            case _:
                pass


def _references(block: Block) -> set[str]:
    own = {run.target for run in walk_inlines(tuple(inlines_of(block))) if isinstance(run, Reference)}
    return own.union(*(_references(child) for child in children_of(block)))


def ids_of(content: Content) -> frozenset[str]:
    """Return the ids that must never be read in a book; those that are words of their own are left out."""
    groups: Iterable[Iterable[str]] = (
        content.rules,
        content.programs,
        content.indicators,
        content.facts,
        content.opd,
        (sub.id for area in content.framework.areas for sub in area.subdimensions),
        ("starts-late", "new-infrastructure", "not-scheduled", "own-decision", "opd-load", "outside-period"),
    )
    return frozenset(name for group in groups for name in group if "-" in name)
