"""Block tree to semantic HTML5 for print: what WeasyPrint lays out with `templates/print.css`.

Every text of the book goes through one door, `_text`, which escapes it and replaces what the fonts cannot show; the
only markup in the page is what this module writes. Structure carries the meaning (headings, `th` with scope, `figure`,
`title` of charts) and classes carry the look.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import assert_never
from urllib.parse import quote

from generator.model.document import (
    Annex,
    Block,
    Callout,
    Caption,
    Cell,
    Chapter,
    Chart,
    Citation,
    Contents,
    Cover,
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
    Strong,
    Table,
    Text,
)
from generator.model.walks import missing_label, plain, walk
from generator.writers import contents, pictures
from generator.writers.chart_svg import draw
from generator.writers.footnotes import Footnotes, is_running
from generator.writers.grid import alignment, placed, shares, turned
from generator.writers.typeface import printable

STYLESHEET = "templates/print.css"
BODY_ID = "mp-isi"
CONVERTED = "picture:"
"""Scheme of pictures that are converted on the way; the engine reads `file:` itself, whatever the fetcher gives it."""
TEXT_FAMILY = "Masterplan Text, Masterplan Symbol"
_WEB = re.compile(r"(?i)(https?://|mailto:)")


def render(document: Document, workspace: Path) -> str:
    """Return the whole book as one HTML page, to be read with `workspace` as its base.

    Pictures are named by their workspace-relative path; one that is missing or leads out of the workspace becomes a
    visible frame. Nothing is opened but the fonts' tables, to see what they can show. The result depends on the
    document alone.
    """
    return _Page(document, workspace, contents.linkable(document), turned(document), Footnotes(document)).html()


def _text(text: str) -> str:
    """Escape data for HTML: the one door."""
    return escape(printable(text)).replace("\n", "<br>")


def _attribute(text: str) -> str:
    return escape(printable(text).replace("\n", " "))


def _address(found: pictures.Picture, path: str) -> str:
    """Return where the engine gets a picture: the file, or what the fetcher makes of one that cannot go in as it is."""
    return quote(path) if found.data is None else f"{CONVERTED}{quote(path)}"


def _target(block_id: str) -> str:
    return f"#{quote(block_id)}"


@dataclass(frozen=True)
class _Page:
    document: Document
    workspace: Path
    targets: frozenset[str]
    turned: frozenset[str]
    notes: Footnotes

    def html(self) -> str:
        book = self.document
        mark = _attribute(book.mark)
        parts = [
            f'<!DOCTYPE html><html lang="{escape(book.language)}"><head><meta charset="utf-8">',
            f"<title>{_attribute(contents.book_title(book))}</title>",
            f'<meta name="author" content="{_attribute(book.author)}">',
            f'<meta name="description" content="{_attribute(book.subject)}">',
            f'<meta name="keywords" content="{_attribute(", ".join(book.keywords))}">',
            '<meta name="generator" content="masterplan">',
            f'<link rel="stylesheet" href="{STYLESHEET}"><style>{self._colours()}</style></head>',
            f'<body data-book="{_attribute(book.title)}" data-mark="{mark}">',
            self._cover(book.cover) if book.with_cover else "",
            f'<div class="front">{self._blocks(book.front)}</div>' if book.front else "",
            f'<div class="isi" id="{BODY_ID}">{self._blocks(book.body)}{self._sources()}</div>',
            "</body></html>",
        ]
        return "\n".join(part for part in parts if part)

    def _colours(self) -> str:
        """Return the palette as CSS: variables of `:root` and one class a tone and a level."""
        palette = self.document.palette
        tones = {_slug(key): value for key, value in palette.tones if re.fullmatch(r"[0-9A-Fa-f]{6}", value)}
        names = ("ink", "accent", "grey")
        root = "".join(f"--{name}:#{palette.tone(name)};" for name in names)
        classes = "".join(f".tone-{key}{{--tone:#{value}}}" for key, value in tones.items())
        levels = "".join(f".level-{number}{{background:#{value}}}" for number, value in enumerate(palette.levels))
        return f":root{{{root}}}{classes}{levels}"

    # --- cover -------------------------------------------------------------------------------------------------------

    def _cover(self, cover: Cover) -> str:
        found = pictures.find(self.workspace, cover.emblem) if cover.emblem else None
        if cover.emblem and found:
            source = _address(found, cover.emblem)
            emblem = f'<img class="emblem" src="{source}" alt="Lambang {_attribute(cover.region)}">'
        elif not cover.of_region:
            emblem = ""
        else:
            emblem = f'<p class="emblem empty">Lambang {_text(cover.region)}<br>belum tersedia</p>'
        lines = "".join(f'<p class="cover-line">{_text(line)}</p>' for line in cover.lines)
        mark = f'<p class="cover-mark">{_text(self.document.mark)}</p>' if self.document.mark else ""
        return (
            f'<div class="cover">{emblem}<div class="cover-title"><p class="cover-name">{_text(cover.title)}</p>'
            f'<p class="cover-region">{_text(cover.region)}</p><p class="cover-subtitle">{_text(cover.subtitle)}</p>'
            f'<p class="cover-period">{_text(cover.period)}</p></div>'
            f'<div class="cover-foot"><p class="cover-status">{_text(cover.status)}</p>{mark}{lines}</div></div>'
        )

    # --- blocks ------------------------------------------------------------------------------------------------------

    def _blocks(self, blocks: Iterable[Block]) -> str:
        return "".join(self._block(block) for block in blocks)

    def _block(self, block: Block) -> str:  # noqa: C901 - one case a kind of the closed union
        match block:
            case Chapter():
                return self._opening(block, "chapter", contents.chapter_label(block))
            case Annex():
                return self._opening(block, f"annex {block.look}", contents.annex_label(block))
            case Section():
                return self._section(block)
            case Paragraph():
                return f'<p class="{block.role}"{_id(block)}>{self._text_runs(block.content, is_running(block))}</p>'
            case ListBlock():
                return self._list(block)
            case Table():
                return self._table(block)
            case Figure():
                return self._figure(block)
            case Chart():
                svg = draw(block, self.document.palette, font=TEXT_FAMILY)
                return f"<figure{_id(block)}>{svg}{self._below(block.caption, block.source)}</figure>"
            case Callout():
                title = f'<p class="callout-title">{_text(block.title)}</p>'
                return f'<div class="callout {block.kind}"{_id(block)}>{title}{self._blocks(block.children)}</div>'
            case Placeholder():
                label = _text(missing_label(Missing(block.what, block.who)))
                return f'<p class="placeholder"{_id(block)}><span class="missing">{label}</span></p>'
            case Landscape():
                return f'<div class="landscape"{_id(block)}>{self._blocks(block.children)}</div>'
            case PageBreak():
                return f'<div class="page-break"{_id(block)}></div>'
            case Contents():
                return self._contents(block)
            case _:
                assert_never(block)

    def _opening(self, block: Chapter | Annex, look: str, label: str) -> str:
        self.notes.open_chapter()
        title = self._runs(block.title)
        run = _attribute(f"{label} {plain(block.title)}".strip())
        number = f'<span class="chapter-number">{_text(label)}</span> ' if label else ""
        heading = f'<h1 data-run="{run}">{number}<span class="chapter-title">{title}</span></h1>'
        return f'<section class="{look}"{_id(block)}>{heading}{self._blocks(block.children)}</section>'

    def _section(self, block: Section) -> str:
        tag = f"h{min(max(block.level, 2), 6)}"
        number = f'<span class="number">{_text(block.number)}</span> ' if block.number else ""
        run = _attribute(f"{block.number} {plain(block.title)}".strip())
        bare = "" if block.number else ' class="bare"'
        heading = f'<{tag} data-run="{run}"{bare}>{number}{self._runs(block.title)}</{tag}>'
        return f"<section{_id(block)}>{heading}{self._blocks(block.children)}</section>"

    def _list(self, block: ListBlock) -> str:
        items = "".join(self._item(item) for item in block.items)
        if not block.ordered:
            return f"<ul{_id(block)}>{items}</ul>"
        look = f"{block.style} sources" if block.id == contents.SOURCES_ID else block.style
        start = f' start="{block.start}" style="counter-reset:list-item {block.start - 1}"' if block.start != 1 else ""
        return f'<ol class="{look}"{_id(block)}{start}>{items}</ol>'

    def _item(self, item: ListItem) -> str:
        return f"<li{_id(item)}><p>{self._text_runs(item.content, running=True)}</p>{self._blocks(item.children)}</li>"

    # --- tables ------------------------------------------------------------------------------------------------------

    def _table(self, block: Table) -> str:
        widths = shares(block, landscape=block.id in self.turned)
        columns = "".join(f'<col style="width:{width * 100:.2f}%">' for width in widths)
        caption = self._caption(block.caption, "caption") if block.caption else ""
        head = self._rows(block.header, block, heading=True)
        body = self._rows(block.body, block, heading=False)
        table = (
            f'<table class="{block.look}">{caption}<colgroup>{columns}</colgroup>'
            f"{f'<thead>{head}</thead>' if head else ''}<tbody>{body}</tbody></table>"
        )
        source = f'<p class="source">{self._runs(block.source)}</p>' if block.source else ""
        return f'<div class="table"{_id(block)}>{table}{source}</div>'

    def _rows(self, rows: tuple[Row, ...], table: Table, *, heading: bool) -> str:
        parts = []
        # Without any marked header the first column is what names the others: a table must have header cells.
        unmarked = not table.header and not any(cell.header for row in table.body for cell in row.cells)
        for row, cells, tied in placed(rows):
            names = ["total"] * row.total + ["tied"] * tied
            kind = f' class="{" ".join(names)}"' if names else ""
            inner = "".join(
                self._cell(cell, alignment(table, at, cell), _scope(cell, heading or (unmarked and at == 0), heading))
                for at, cell in cells
            )
            parts.append(f"<tr{kind}>{inner}</tr>")
        return "".join(parts)

    def _cell(self, cell: Cell, align: str, scope: str) -> str:
        names = [align] if align != "left" else []
        if cell.level is not None:
            names.append(f"level level-{min(max(cell.level, 0), 4)}")
        if cell.tone:
            names.append(f"tone tone-{_slug(cell.tone)}")
        tag = "th" if scope else "td"
        spans = f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
        spans += f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
        kind = f' class="{" ".join(names)}"' if names else ""
        texts = [self._runs(paragraph) for paragraph in cell.paragraphs]
        # A box more in each of some thousand cells is a third of the layout's time and memory.
        text = texts[0] if len(texts) == 1 else "".join(f"<p>{text}</p>" for text in texts)
        heads = f' scope="{scope}"' if scope else ""
        return f"<{tag}{heads}{spans}{kind}>{text}</{tag}>"

    # --- figures and lists of contents -------------------------------------------------------------------------------

    def _figure(self, block: Figure) -> str:
        alt = _attribute(block.alt)
        found = pictures.find(self.workspace, block.path)
        if found:
            width = min(max(block.width_mm, 5), 240)
            body = f'<img src="{_address(found, block.path)}" alt="{alt}" style="width:{width:.1f}mm">'
        else:
            body = f'<p class="lost">Gambar belum tersedia: {_text(block.alt)}</p>'
        return f"<figure{_id(block)}>{body}{self._below(block.caption, block.source)}</figure>"

    def _below(self, caption: Caption | None, source: tuple[Inline, ...]) -> str:
        text = self._caption(caption, "figcaption") if caption else ""
        return text + (f'<p class="source">{self._runs(source)}</p>' if source else "")

    def _caption(self, caption: Caption, tag: str) -> str:
        label = f'<span class="label">{_text(contents.caption_label(caption))}</span>'
        return f"<{tag}>{label} {self._runs(caption.content)}</{tag}>"

    def _contents(self, block: Contents) -> str:
        items = []
        roman = {inner.id for inner in walk(self.document.front)}
        for entry in contents.entries(self.document, block.lists):
            label = f'<span class="label">{_text(entry.label)}</span> ' if entry.label else ""
            title = f'<span class="title">{_text(plain(entry.title))}</span>'
            items.append(
                f'<li class="depth-{entry.depth}{"" if entry.label else " bare"}'
                f'{" roman" if entry.target in roman else ""}">'
                f'<a href="{_target(entry.target)}">{label}{title}</a></li>'
            )
        heading = (
            f'<h1 data-run="{_attribute(block.title)}"><span class="chapter-title">{_text(block.title)}</span></h1>'
        )
        return f'<section class="contents {block.lists}"{_id(block)}>{heading}<ul>{"".join(items)}</ul></section>'

    def _sources(self) -> str:
        if not contents.own_sources(self.document):
            return ""
        items = "".join(
            f'<li id="{_attribute(contents.source_id(source.id))}"><p>{_text(source.text)}'
            + (f' <span class="url">{self._link(source.url, _text(source.url))}</span>' if source.url else "")
            + "</p></li>"
            for source in self.document.sources
        )
        title = contents.SOURCES_TITLE
        return (
            f'<section class="chapter" id="{contents.SOURCES_ID}"><h1 data-run="{title}">'
            f'<span class="chapter-title">{title}</span></h1><ol class="decimal sources">{items}</ol></section>'
        )

    # --- runs --------------------------------------------------------------------------------------------------------

    def _runs(self, runs: Iterable[Inline]) -> str:
        # A space at the end of a block makes WeasyPrint 70 break its last full line too early.
        return self._inner(runs).rstrip(" ")

    def _text_runs(self, runs: Iterable[Inline], running: bool) -> str:
        """Return runs of text; where it is running text, citations in it may carry a footnote."""
        self.notes.allow(running)
        inner = self._runs(runs)
        self.notes.allow(False)
        return inner

    def _inner(self, runs: Iterable[Inline]) -> str:
        return "".join(self._run(run) for run in runs)

    def _run(self, run: Inline) -> str:
        match run:
            case Text():
                return _text(run.text)
            case Strong():
                return f"<strong>{self._inner(run.children)}</strong>"
            case Emphasis():
                return f"<em>{self._inner(run.children)}</em>"
            case Link():
                return self._link(run.url, self._inner(run.children))
            case Reference():
                if run.target in self.targets:
                    return f'<a class="ref" href="{_target(run.target)}">{_text(run.text)}</a>'
                return _text(run.text)
            case Citation():
                return self._citation(run)
            case Missing():
                return f'<span class="missing">{_text(missing_label(run))}</span>'
            case _:
                assert_never(run)

    def _citation(self, run: Citation) -> str:
        target, label = contents.source_id(run.source), _text(run.text)
        linked = target in self.targets
        shown = (
            f'<a class="cite" href="{_target(target)}">{label}</a>' if linked else f'<span class="cite">{label}</span>'
        )
        note = self.notes.text(run)
        return f'{shown}<span class="note" data-label="{_attribute(run.text)}">{_text(note)}</span>' if note else shown

    def _link(self, url: str, inner: str) -> str:
        """Return a link, or the bare text if the scheme is none that a printed book may carry."""
        if not _WEB.match(url):
            return inner
        return f'<a class="web" href="{_attribute(url)}">{inner}</a>'


def _scope(cell: Cell, named: bool, heading: bool) -> str:
    """Return what a header cell heads ('col', 'colgroup', 'row'), or '' for a data cell."""
    if heading:
        return "colgroup" if cell.colspan > 1 else "col"
    return "row" if named or cell.header else ""


def _id(block: Block | ListItem) -> str:
    return f' id="{_attribute(block.id)}"'


def _slug(key: str) -> str:
    """Return a key as an ASCII name for a class or an id; different keys of one palette stay different enough."""
    return re.sub(r"[^A-Za-z0-9]+", "-", key).strip("-") or "x"
