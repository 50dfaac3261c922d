"""Random books for laws: every kind of block and run, in the shapes that composition makes.

Left out are the shapes that a file cannot tell apart and composition never makes: blocks after a subsection that belong
to the section above it, tables and boxes within list items, contents lists within chapters, headings within boxes,
annexes without a number, two sources below one table.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from hypothesis import strategies as st

from generator.compose.numbering import number_blocks, resolve
from generator.model.document import (
    Annex,
    Block,
    Callout,
    Caption,
    CaptionKind,
    Cell,
    Chapter,
    Chart,
    Citation,
    Column,
    Contents,
    Document,
    Emphasis,
    Figure,
    Inline,
    Landscape,
    Link,
    ListBlock,
    ListItem,
    Missing,
    PageBreak,
    Paragraph,
    Placeholder,
    Reference,
    Row,
    Section,
    Series,
    Source,
    Strong,
    Table,
    Text,
)
from tests.writers.sample_document import sample_document
from tests.writers.sample_pieces import PHOTO

SOURCES = {
    "bps": Source("bps", "BPS, Kota Contoh dalam Angka", "https://contohkota.bps.go.id/pub?x=1"),
    "rpjmd": Source("rpjmd", "RPJMD Kota Contoh"),
}
ANY_TEXT = st.text(
    st.one_of(st.characters(), st.sampled_from(" \t\n\x0b\r\x00&<>\"'\u00a0\u2002\ufffe\ud800–“”émasjid")),
    min_size=1,
    max_size=25,
)
# A paragraph that would be nothing but blanks is not a paragraph to any editor.
WORDS = st.builds(lambda text: f"k{text}", ANY_TEXT)


@dataclass
class Ids:
    """Ids that are unique in one book, and what references may point to."""

    count: int = 0
    targets: list[str] = field(default_factory=list)

    def new(self, kind: str) -> str:
        self.count += 1
        return f"{kind}-{self.count}"


def leaf() -> st.SearchStrategy[Inline]:
    return st.one_of(
        st.builds(Text, WORDS),
        st.builds(Missing, WORDS, st.one_of(st.just(""), WORDS), st.sampled_from(["", "facts.population", "x"])),
        st.builds(Citation, st.sampled_from(sorted(SOURCES))),
        st.builds(lambda word: Link("https://www.bps.go.id/a?b=1", (Text(word),)), WORDS),
        st.builds(Reference, st.just("bab-satu")),
        st.builds(Reference, st.just("lampiran-satu")),
        st.builds(Reference, st.just("tabel-satu")),
    )


def inlines(least: int = 1) -> st.SearchStrategy[tuple[Inline, ...]]:
    nested = st.recursive(
        leaf(),
        lambda inner: st.one_of(
            st.builds(Strong, st.lists(inner, min_size=1, max_size=2).map(tuple)),
            st.builds(Emphasis, st.lists(inner, min_size=1, max_size=2).map(tuple)),
        ),
        max_leaves=4,
    )
    return st.lists(nested, min_size=least, max_size=4).map(tuple)


def plain_words() -> st.SearchStrategy[tuple[Inline, ...]]:
    return st.builds(lambda text: (Text(text),), WORDS)


@st.composite
def paragraph(draw: st.DrawFn, ids: Ids) -> Block:
    # 'source' is drawn for tables alone: after a figure only its anchor tells the two apart.
    role = draw(st.sampled_from(["body", "lead", "law", "law-center", "signature", "source"]))
    return Paragraph(id=ids.new("p"), content=draw(inlines()), role=role)


@st.composite
def list_block(draw: st.DrawFn, ids: Ids, depth: int = 0) -> ListBlock:
    name = ids.new("l")
    ordered = draw(st.booleans())
    items = []
    for _ in range(draw(st.integers(1, 3))):
        item = ids.new("i")
        content = draw(inlines())
        children: list[Block] = []
        for _ in range(draw(st.integers(0, 2)) if depth < 2 else 0):
            if draw(st.booleans()):
                children.append(draw(list_block(ids, depth + 1)))
            else:
                children.append(Paragraph(id=ids.new("p"), content=draw(inlines())))
        items.append(ListItem(id=item, content=content, children=tuple(children)))
    style = draw(st.sampled_from(["decimal", "lower-alpha"])) if ordered else "decimal"
    start = draw(st.integers(1, 12)) if ordered else 1
    return ListBlock(id=name, ordered=ordered, items=tuple(items), style=style, start=start)


@st.composite
def cell(draw: st.DrawFn, colspan: int = 1, rowspan: int = 1) -> Cell:
    return Cell(
        tuple(draw(st.lists(inlines(0), max_size=2))),
        level=draw(st.sampled_from([None, 0, 4])),
        tone=draw(st.sampled_from([None, "muted", "governance"])),
        colspan=colspan,
        rowspan=rowspan,
        header=draw(st.booleans()),
        align=draw(st.sampled_from([None, "left", "right", "center"])),
    )


@st.composite
def rows(draw: st.DrawFn, width: int, least: int) -> tuple[Row, ...]:
    made = []
    for _ in range(draw(st.integers(least, 3))):
        if width > 1 and draw(st.integers(0, 4)) == 0:
            cells = (draw(cell(colspan=2)), *(draw(cell()) for _ in range(width - 2)))
            made.append(Row(cells, total=draw(st.booleans())))
        elif width > 1 and draw(st.integers(0, 4)) == 0:
            first = (draw(cell(rowspan=2)), *(draw(cell()) for _ in range(width - 1)))
            made.append(Row(first))
            made.append(Row(tuple(draw(cell()) for _ in range(width - 1))))
        else:
            made.append(Row(tuple(draw(cell()) for _ in range(width)), total=draw(st.booleans())))
    return tuple(made)


@st.composite
def caption(draw: st.DrawFn, kind: CaptionKind) -> Caption:
    return Caption(kind, draw(inlines()))


@st.composite
def table(draw: st.DrawFn, ids: Ids, name: str = "") -> Table:
    width = draw(st.integers(1, 4))
    align = st.sampled_from(["left", "right", "center"])
    return Table(
        id=name or ids.new("t"),
        columns=tuple(Column(draw(align), draw(st.sampled_from([1.0, 2.5]))) for _ in range(width)),
        header=draw(rows(width, 0)),
        body=draw(rows(width, 1)),
        caption=draw(caption("Tabel")) if name or draw(st.booleans()) else None,
        source=draw(inlines(0)),
        look=draw(st.sampled_from(["data", "matrix", "sheet", "form", "plain"])),
    )


@st.composite
def figure(draw: st.DrawFn, ids: Ids) -> Block:
    picture = draw(st.sampled_from([PHOTO, "cities/kota-contoh/tidak-ada.png"]))
    made = Figure(
        id=ids.new("f"),
        path=PHOTO,
        alt=draw(WORDS),
        caption=draw(st.one_of(st.none(), caption("Gambar"))),
        source=draw(inlines(0)),
        width_mm=draw(st.sampled_from([60.0, 150.0])),
    )
    if picture != PHOTO or draw(st.booleans()):
        return made
    kind = draw(st.sampled_from(["radar", "bars", "columns", "stacked", "lines", "heatmap", "strip"]))
    value = st.one_of(st.none(), st.floats(0, 4))
    return Chart(
        id=made.id,
        kind=kind,
        categories=("A", "B", "C"),
        series=tuple(Series(f"Seri {n}", tuple(draw(value) for _ in range(3))) for n in range(draw(st.integers(1, 2)))),
        alt=made.alt,
        maximum=4.0,
        caption=draw(st.one_of(st.none(), caption("Bagan"))),
        source=made.source,
    )


@st.composite
def placeholder(draw: st.DrawFn, ids: Ids) -> Block:
    who = draw(st.one_of(st.just(""), WORDS))
    return Placeholder(id=ids.new("isian"), what=draw(WORDS), who=who, where=draw(st.sampled_from(["", "facts.x"])))


@st.composite
def passage(draw: st.DrawFn, ids: Ids, *, inner: bool = False) -> list[Block]:
    """What stands under a heading, or in a box."""
    kinds = ["paragraph", "list", "table", "figure", "placeholder"] + ([] if inner else ["box", "landscape", "break"])
    made: list[Block] = []
    for _ in range(draw(st.integers(1, 4))):
        match draw(st.sampled_from(kinds)):
            case "paragraph":
                made.append(draw(paragraph(ids)))
            case "list":
                made.append(draw(list_block(ids)))
            case "table":
                made.append(draw(table(ids)))
            case "figure":
                made.append(draw(figure(ids)))
            case "placeholder":
                made.append(draw(placeholder(ids)))
            case "box":
                kind = draw(st.sampled_from(["temuan", "keputusan", "catatan"]))
                name, title = ids.new("kotak"), draw(WORDS)
                made.append(Callout(id=name, kind=kind, title=title, children=tuple(draw(passage(ids, inner=True)))))
            case "landscape":
                made.append(Landscape(id=ids.new("lanskap"), children=tuple(draw(passage(ids, inner=True)))))
            case "break":
                made.append(PageBreak(id=ids.new("halaman")))
                made.append(Paragraph(id=ids.new("p"), content=draw(inlines())))
    return made


@st.composite
def sections(draw: st.DrawFn, ids: Ids, level: int = 2) -> list[Block]:
    made: list[Block] = []
    for _ in range(draw(st.integers(0, 2)) if level <= 4 else 0):
        name = ids.new("s")
        title = draw(inlines())
        children = (*draw(passage(ids)), *draw(sections(ids, level + 1)))
        made.append(Section(id=name, level=level, title=title, children=children))
    return made


@st.composite
def blocks(draw: st.DrawFn, ids: Ids) -> tuple[Block, ...]:
    return (*draw(passage(ids)), *draw(sections(ids)))


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Return a random book, numbered and cited as composition leaves it."""
    ids = Ids()
    first = (draw(table(ids, "tabel-satu")), *draw(blocks(ids)))
    body: tuple[Block, ...] = (
        Chapter(id="bab-satu", title=draw(inlines()), children=first),
        *(
            Chapter(id=ids.new("bab"), title=draw(plain_words()), children=draw(blocks(ids)),
                    numbered=draw(st.booleans()))
            for _ in range(draw(st.integers(0, 2)))
        ),
        Annex(id="lampiran-satu", title=draw(plain_words()), children=draw(blocks(ids)),
              look=draw(st.sampled_from(["normal", "law"]))),
    )  # fmt: skip
    preface = Chapter(id="prakata", title=draw(plain_words()), children=tuple(draw(passage(ids))), numbered=False)
    numbered, labels = number_blocks((preface, *body))
    resolved, sources, lost = resolve(numbered, labels, SOURCES)
    assert not lost
    front: tuple[Block, ...] = ()
    if draw(st.booleans()):
        lists = tuple(
            Contents(id=ids.new("daftar"), lists=kind, title=draw(WORDS))
            for kind in draw(st.lists(st.sampled_from(["headings", "tables", "figures"]), max_size=2))
        )
        front = (resolved[0], *lists)
    return replace(
        sample_document(emblem=None), front=front, body=resolved[1:], sources=sources, with_cover=draw(st.booleans())
    )
