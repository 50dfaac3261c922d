"""A book reduced to plain values that analysis can judge without knowing blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.model.document import Block, Chart, Citation, Document, ListBlock, Missing, Paragraph, Placeholder, Table
from generator.model.review import BlockFacts, BookFacts
from generator.model.walks import children_of, inlines_of, plain, walk, walk_inlines

_FIGURE = re.compile(r"\d")
_REFERENCE = re.compile(r"(?:Tabel|Gambar|Bab|Subbab|Lampiran|Bimtek|Buku|level|Nomor|ke-) ?[\dIVX.]+|\[\d+\]")
_AMOUNT = re.compile("Rp\u00a0[\\d.,]+(?:\u00a0(?:ribu|juta|miliar|triliun))?")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z“])")


def summarise(document: Document) -> BookFacts:
    """Return what an evaluator would count in a book."""
    blocks = (*document.front, *document.body)
    texts = list(running_text(blocks))
    return BookFacts(
        id=document.id,
        blocks=tuple(fact for block in blocks for fact in _facts(block)),
        sources=len(
            {
                run.source
                for block in walk(blocks)
                for run in walk_inlines(tuple(inlines_of(block)))
                if isinstance(run, Citation)
            }
        ),
        sentence_words=tuple(len(sentence.split()) for text in texts for sentence in sentences(text)),
        amounts=frozenset(
            found for block in walk(blocks) for found in _AMOUNT.findall(plain(tuple(inlines_of(block))))
        ),
    )


def running_text(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Yield the text of paragraphs and list items, one each; tables, titles, captions and source lines are left out."""
    for block in walk(blocks):
        if isinstance(block, Paragraph) and block.role in ("body", "lead"):
            yield plain(block.content)
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield plain(item.content)


def sentences(text: str) -> list[str]:
    """Return the sentences of a paragraph; a full stop before a capital letter ends one."""
    return [part for part in _SENTENCE_END.split(text.strip()) if part]


def _facts(block: Block) -> tuple[BlockFacts, ...]:
    """Return a block and all below it, parents first."""
    below = [_facts(child) for child in children_of(block)]
    direct = [facts[0] for facts in below if facts]
    text = plain(tuple(inlines_of(block)))
    rows = len(block.body) if isinstance(block, Table) else len(block.categories) if isinstance(block, Chart) else 0
    shown = isinstance(block, Chart) or (isinstance(block, Table) and block.look in ("data", "matrix"))
    own = BlockFacts(
        id=block.id,
        kind=type(block).__name__,
        words=len(text.split()) + sum(fact.words for fact in direct),
        rows=rows,
        has_figure=bool(_FIGURE.search(_REFERENCE.sub("", text))) or any(fact.has_figure for fact in direct),
        fill_ins=int(isinstance(block, Placeholder))
        + sum(1 for run in walk_inlines(tuple(inlines_of(block))) if isinstance(run, Missing))
        + sum(fact.fill_ins for fact in direct),
        captioned=not shown or bool(getattr(block, "caption", None)),
        sourced=not shown or bool(getattr(block, "source", ())),
    )
    return (own, *(fact for facts in below for fact in facts))
