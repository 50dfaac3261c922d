"""Numbers of chapters, sections, annexes, captions and citations, and the labels of references to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from generator.compose.rewrite import Rewrite
from generator.model.diagnostics import Diagnostic, Place, Severity
from generator.model.document import (
    Annex,
    Block,
    Callout,
    Caption,
    Chapter,
    Chart,
    Citation,
    Figure,
    Inline,
    Landscape,
    ListBlock,
    ListItem,
    Reference,
    Section,
    Source,
    Table,
    Text,
)
from generator.model.walks import walk

SOURCE_LIST = "daftar-sumber"
_ROMAN = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def roman(value: int) -> str:
    """Return a number in capitals of the Roman system, as chapters ('BAB IV') are counted."""
    text = ""
    for size, letters in _ROMAN:
        while value >= size:
            text += letters
            value -= size
    return text


def letter(value: int) -> str:
    """Return 1 -> 'A' … 26 -> 'Z', 27 -> 'AA', as annexes are counted."""
    text = ""
    while value:
        value, rest = divmod(value - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


@dataclass(slots=True)
class _Counters:
    """Where the count stands while the book is read in order."""

    chapters: int = 0
    annexes: int = 0
    prefix: str = ""
    sections: list[int] = field(default_factory=list)
    captions: Counter[str] = field(default_factory=Counter)
    labels: dict[str, str] = field(default_factory=dict)


def number_blocks(blocks: tuple[Block, ...]) -> tuple[tuple[Block, ...], dict[str, str]]:
    """Return the blocks with numbers filled in, and block id -> label ('Bab II', 'Subbab 2.1', 'Tabel 2.1')."""
    counters = _Counters()
    numbered = tuple(_number(block, counters) for block in blocks)
    return numbered, counters.labels


def _number(block: Block, counters: _Counters) -> Block:
    match block:
        case Chapter():
            return _chapter(block, counters)
        case Annex():
            counters.annexes += 1
            _open(counters, letter(counters.annexes))
            counters.labels[block.id] = f"Lampiran {counters.prefix}"
            return replace(block, number=counters.prefix, children=_children(block.children, counters))
        case Section():
            return _section(block, counters)
        case Callout() | Landscape():
            return replace(block, children=_children(block.children, counters))
        case Table() | Figure() | Chart() if block.caption is not None:
            kind = block.caption.kind
            counters.captions[kind] += 1
            count = counters.captions[kind]
            value = f"{counters.prefix}.{count}" if counters.prefix else str(count)
            counters.labels[block.id] = f"{kind} {value}"
            return replace(block, caption=replace(block.caption, number=value))
        case _:
            return block


def _open(counters: _Counters, prefix: str) -> None:
    counters.prefix = prefix
    counters.sections = []
    counters.captions = Counter()


def _chapter(block: Chapter, counters: _Counters) -> Chapter:
    if not block.numbered:
        _open(counters, "")
        return replace(block, children=_children(block.children, counters))
    counters.chapters += 1
    _open(counters, str(counters.chapters))
    number = roman(counters.chapters)
    counters.labels[block.id] = f"Bab {number}"
    return replace(block, number=number, children=_children(block.children, counters))


def _section(block: Section, counters: _Counters) -> Section:
    depth = block.level - 2
    counters.sections = [*counters.sections[: depth + 1], *[0] * (depth + 1 - len(counters.sections))]
    counters.sections[depth] += 1
    number = ".".join((counters.prefix, *map(str, counters.sections))) if counters.prefix else ""
    if number:
        counters.labels[block.id] = f"Subbab {number}"
    return replace(block, number=number, children=_children(block.children, counters))


def _children(blocks: tuple[Block, ...], counters: _Counters) -> tuple[Block, ...]:
    return tuple(_number(block, counters) for block in blocks)


@dataclass(slots=True)
class _Labels:
    """Fills labels of references and citations; remembers the order of sources and what is not there."""

    labels: Mapping[str, str]
    known: Mapping[str, Source]
    cited: dict[str, int] = field(default_factory=dict)
    lost: dict[str, None] = field(default_factory=dict)

    def inline(self, run: Inline) -> Inline:
        match run:
            case Reference():
                label = self.labels.get(run.target)
                if label is None:
                    self.lost[run.target] = None
                    return Text(run.text or "bagian terkait")
                return replace(run, text=label)
            case Citation():
                if run.source not in self.known:
                    self.lost[run.source] = None
                    return Text("")
                number = self.cited.setdefault(run.source, len(self.cited) + 1)
                return replace(run, text=f"[{number}]")
            case _:
                return run


def resolve(
    blocks: tuple[Block, ...], labels: Mapping[str, str], known: Mapping[str, Source]
) -> tuple[tuple[Block, ...], tuple[Source, ...], tuple[Diagnostic, ...]]:
    """Fill references and citations; return the blocks, the sources in order of first citation, and what was lost."""
    filling = _Labels(labels, known)
    rewrite = Rewrite(filling.inline, _caption_as_it_is)
    filled = rewrite.blocks(blocks)
    sources = tuple(known[name] for name in filling.cited)
    places = _places(blocks, filling.lost) if filling.lost else {}
    diagnostics = tuple(
        Diagnostic(
            "MP405",
            Severity.ERROR,
            places.get(name, Place("templates")),
            f"a reference points to '{name}', which is not in this book",
            "references take the full id of a block: chapter/section, or the id of a table",
        )
        for name in filling.lost
    )
    return _with_source_list(filled, sources), sources, diagnostics


def _caption_as_it_is(_: str, caption: Caption) -> Caption:
    return caption


def _places(blocks: tuple[Block, ...], lost: Mapping[str, None]) -> dict[str, Place]:
    places: dict[str, Place] = {}
    for block in walk(blocks):
        if block.origin is None:
            continue
        for name in lost:
            if name not in places and f"'{name}'" in repr(getattr(block, "content", "")):
                places[name] = Place(block.origin.file, block.origin.line)
    return places


def _with_source_list(blocks: tuple[Block, ...], sources: tuple[Source, ...]) -> tuple[Block, ...]:
    """Put the numbered sources where a template left room for them; a section for them goes when nothing is cited."""

    def is_idle(block: Block) -> bool:
        return isinstance(block, Section) and any(child.id == SOURCE_LIST for child in block.children) and not sources

    def fill(block: Block) -> Block:
        if isinstance(block, ListBlock) and block.id == SOURCE_LIST:
            items = tuple(
                ListItem(id=f"{SOURCE_LIST}/{source.id}", content=(Text(source.text),), because=(source.id,))
                for source in sources
            )
            return replace(block, items=items)
        if isinstance(block, Chapter | Section | Annex | Callout | Landscape):
            return replace(block, children=tuple(fill(child) for child in block.children if not is_idle(child)))
        return block

    return tuple(fill(block) for block in blocks)
