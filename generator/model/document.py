"""The Document: a closed tree of blocks with inline runs, the only thing that writers know.

Modelled on pandoc's `Definition.hs`: two small closed unions (`Block`, `Inline`), and `model/walks.py` to go through
them. A writer matches on every kind and ends with `typing.assert_never`, so that a missing case fails the type check.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Align = Literal["left", "right", "center"]
CalloutKind = Literal["temuan", "keputusan", "catatan"]
CaptionKind = Literal["Tabel", "Gambar", "Bagan"]


# --- inline runs -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    """Plain text: any Unicode, never markup. Writers escape or visibly replace what their format cannot hold."""

    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Text of weight."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Text in italics: foreign words, titles."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A hyperlink; `url` is http, https or mailto (compose refuses others)."""

    url: str
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """A cross reference to the block `target` of the same book; `text` is its label once numbered ('Tabel 2.1')."""

    target: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered pointer into `Document.sources`; `text` is its label once numbered ('[3]')."""

    source: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Missing:
    """A visible fill-in: `what` is asked, `who` can supply it, `where` it goes in the data (dotted path or '')."""

    what: str
    who: str = ""
    where: str = ""


Inline = Text | Strong | Emphasis | Link | Reference | Citation | Missing


# --- blocks ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Origin:
    """The template (or data) file and line that a block comes from."""

    file: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """What every block carries: a stable `id`, its `origin`, and `because`, the ids of what it states."""

    id: str
    origin: Origin | None = None
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph(Node):
    """Running text. `role` 'lead' opens a chapter, 'source' stands under tables and figures, 'law' in draft laws."""

    content: tuple[Inline, ...]
    role: Literal["body", "lead", "source", "law", "law-center", "signature"] = "body"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListItem(Node):
    """One item of a list: its text and, one level deeper, its own blocks."""

    content: tuple[Inline, ...]
    children: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ListBlock(Node):
    """A bulleted or numbered list; `style` of ordered lists follows Indonesian law drafting (1. / a. / Kesatu)."""

    ordered: bool
    items: tuple[ListItem, ...]
    style: Literal["decimal", "lower-alpha"] = "decimal"
    start: int = 1


@dataclass(frozen=True, slots=True)
class Column:
    """A table column: alignment and width as a share (`weight`) of the table's width."""

    align: Align = "left"
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell: paragraphs of runs. `level` (0-4) shades it as a level, `tone` by a palette key ('governance',
    'total', 'muted'); colour never carries meaning alone. `header` marks a row header."""

    paragraphs: tuple[tuple[Inline, ...], ...]
    level: int | None = None
    tone: str | None = None
    colspan: int = 1
    rowspan: int = 1
    header: bool = False
    align: Align | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A table row; the sum of colspans plus cells spanned from above equals the number of columns."""

    cells: tuple[Cell, ...]
    total: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True)
class Caption:
    """A numbered caption: kind, number once numbered ('2.1'), and the message in words."""

    kind: CaptionKind
    content: tuple[Inline, ...]
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Node):
    """A table. `look` 'data' is the normal table, 'matrix' small type for wide ones, 'sheet' a programme sheet
    (label column and value column), 'form' has ruled empty cells to be filled by hand, 'plain' has no rules."""

    columns: tuple[Column, ...]
    header: tuple[Row, ...]
    body: tuple[Row, ...]
    caption: Caption | None = None
    source: tuple[Inline, ...] = ()
    look: Literal["data", "matrix", "sheet", "form", "plain"] = "data"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(Node):
    """A picture inside the workspace (`path` is workspace-relative, checked by compose) with alternative text."""

    path: str
    alt: str
    caption: Caption | None = None
    source: tuple[Inline, ...] = ()
    width_mm: float = 150.0


@dataclass(frozen=True, slots=True)
class Series:
    """One series of a chart; None is a value not known. `tone` is a palette key."""

    name: str
    values: tuple[float | None, ...]
    tone: str = "accent"


ChartKind = Literal["radar", "bars", "columns", "stacked", "lines", "scatter", "strip", "heatmap"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart(Node):
    """A chart as numbers; each writer draws it.

    `radar`, `bars` (horizontal), `columns`, `stacked` (stacked columns) and `lines` read categories x series.
    `scatter` (priority quadrant): categories are point labels, series[0] is x and series[1] is y.
    `strip` (cohort position): one dot a category on one axis, series[0] the values, `highlight` the own category.
    `heatmap`: rows are series, columns are categories, values on 0..`maximum`.
    """

    kind: ChartKind
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    alt: str
    unit: str = ""
    maximum: float | None = None
    highlight: str | None = None
    caption: Caption | None = None
    source: tuple[Inline, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Callout(Node):
    """A box of one of three kinds; 'Pokok bab ini' is a 'temuan'."""

    kind: CalloutKind
    title: str
    children: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Placeholder(Node):
    """A whole passage that waits for the city: what is asked, who supplies it, where it goes."""

    what: str
    who: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Landscape(Node):
    """Blocks that stand on landscape pages; never nested."""

    children: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBreak(Node):
    """A forced new page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents(Node):
    """A generated list: of headings, of tables or of figures (charts included), under its own unnumbered title."""

    lists: Literal["headings", "tables", "figures"]
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Section(Node):
    """A numbered section of `level` 2 (1.1) to 4 (1.1.1.1); `number` is filled by numbering, '' is unnumbered."""

    level: int
    title: tuple[Inline, ...]
    children: tuple[Block, ...]
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter(Node):
    """A chapter: 'BAB I' and its title on a new page. `numbered` False for a preface ('Kata Pengantar')."""

    title: tuple[Inline, ...]
    children: tuple[Block, ...]
    number: str = ""
    numbered: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Annex(Node):
    """An annex: 'Lampiran A' and its title on a new page. `look` 'law' sets it in the form of a legal draft."""

    title: tuple[Inline, ...]
    children: tuple[Block, ...]
    number: str = ""
    look: Literal["normal", "law"] = "normal"


Block = (
    Chapter
    | Section
    | Paragraph
    | ListBlock
    | Table
    | Figure
    | Chart
    | Callout
    | Placeholder
    | Landscape
    | PageBreak
    | Contents
    | Annex
)


# --- the book --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Source:
    """One entry of the list of sources of a book, in order of first citation."""

    id: str
    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment in the margin at a block; `part` is '', 'caption' or 'source'. Only files that people edit show it.

    `answers` is the key (`generator.model.margin`) of the comment that it answers, '' for the first of a thread. One
    that shows a conflict is `about` an edit (its file without ending), whose `ground` and whose new words have prints.
    """

    block: str
    author: str
    date: str
    lines: tuple[str, ...]
    part: str = ""
    answers: str = ""
    about: str = ""
    ground: str = ""
    now: str = ""


@dataclass(frozen=True, slots=True)
class Palette:
    """Named colours as 'RRGGBB' without '#': `tones` for text and bars, `levels` the five grounds of levels 0-4."""

    tones: tuple[tuple[str, str], ...]
    levels: tuple[str, str, str, str, str]

    def tone(self, key: str) -> str:
        """Return the colour of a tone; an unknown key falls back to the accent, then to ink."""
        colours = dict(self.tones)
        return colours.get(key) or colours.get("accent") or "1B2433"


@dataclass(frozen=True, slots=True)
class Cover:
    """What stands on the first page. `emblem` is a workspace-relative picture or None for an empty frame."""

    title: str
    subtitle: str
    region: str
    period: str
    status: str
    lines: tuple[str, ...] = ()
    emblem: str | None = None
    of_region: bool = True
    """Whether an emblem belongs there; what is of no single region has neither emblem nor frame."""


@dataclass(frozen=True, slots=True)
class Document:
    """A whole book. `front` holds the pages in roman numbers (contents, preface), `body` those in arabic.

    `file_name` has no ending and may begin with folders below the city's ('quick-win/Profil-1').
    `mark` is printed on every page ('DATA CONTOH') or ''. `date` is ISO 8601, from the data, never from the clock.
    `build_id` is a hash of the inputs, for the custom property of the DOCX.
    """

    id: str
    file_name: str
    title: str
    subject: str
    author: str
    keywords: tuple[str, ...]
    category: str
    date: str
    version: str
    cover: Cover
    palette: Palette
    front: tuple[Block, ...]
    body: tuple[Block, ...]
    sources: tuple[Source, ...] = ()
    mark: str = ""
    language: str = "id-ID"
    build_id: str = ""
    comments: tuple[Comment, ...] = ()
    with_cover: bool = True
    """False for working sheets of few pages, which begin with their text."""
