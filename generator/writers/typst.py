"""Book to PDF with Typst, the fast engine: needs no system library, about a tenth of WeasyPrint's time.

The block tree goes to `templates/book.typ` as JSON in `sys.inputs`, so text of a city is a value there and never
markup. `docs/writers.md` lists what differs from the reference engine.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, assert_never

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
from generator.writers.printed import PdfResult
from generator.writers.typeface import printable
from generator.writers.typst_engine import lay_out

CHART_FAMILY = "Carlito, DejaVu Sans"
_WEB = re.compile(r"(?i)(https?://|mailto:)")
# A row this long may break over pages; a shorter one is kept together.
_LONG_CELL = 1200

Json = dict[str, Any]


def write(document: Document, workspace: Path, *, source_date_epoch: int) -> PdfResult:
    """Lay the book out with Typst and return it as PDF; the same arguments give the same bytes.

    `source_date_epoch` is the creation date in seconds since 1970, UTC. Only the workspace and the package's fonts are
    read, and no network. Raises `TypstTemplateError` if a template that the workspace changed does not compile or names
    a package.
    """
    pdf, facts = lay_out(_Tree(document, workspace, source_date_epoch).json(), workspace, source_date_epoch)
    return PdfResult(pdf, facts["pages"], facts["count"])


def _framed(data: bytes, kind: str) -> str:
    from PIL import Image

    with Image.open(BytesIO(data)) as image:
        width, height = image.size
    size = f'width="{width}" height="{height}"'
    source = f"data:image/{kind};base64,{b64encode(data).decode('ascii')}"
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}><image {size} href="{source}"/></svg>'


class _Tree:
    """Turns one book into the JSON that `book.typ` reads.

    Labels must be unique and links must lead somewhere, else Typst refuses the whole book; so the ids that exist are
    gathered first, and an id is given out once.
    """

    def __init__(self, document: Document, workspace: Path, source_date_epoch: int) -> None:
        self.document = document
        self.workspace = workspace
        self.stamp = datetime.fromtimestamp(source_date_epoch, UTC)
        self.with_sources = contents.own_sources(document)
        self.targets = contents.linkable(document)
        self.turned = turned(document)
        self.named = self._named()
        self.given: set[str] = set()
        self.depth = 0
        self.notes = Footnotes(document)

    def json(self) -> str:
        """Return the book as JSON text.

        It is made block by block: the values of a whole book, which hold ten times what their text does, would stand
        beside the layout.
        """
        body = list(self._parts(self.document.body))
        if self.with_sources:
            body.append(json.dumps(self._sources(), ensure_ascii=False))
        front = list(self._parts(self.document.front))
        head = json.dumps(self._head(), ensure_ascii=False)
        return f'{head[:-1]}, "front": [{", ".join(front)}], "body": [{", ".join(body)}]}}'

    def _parts(self, blocks: Iterable[Block]) -> Iterator[str]:
        for block in blocks:
            for part in self._blocks((block,)):
                yield json.dumps(part, ensure_ascii=False)

    def _head(self) -> Json:
        book = self.document
        stamp = self.stamp
        language, _, region = book.language.partition("-")
        return {
            "title": printable(contents.book_title(book)),
            "author": printable(book.author),
            "subject": printable(book.subject),
            "keywords": [printable(word) for word in book.keywords],
            "date": {part: getattr(stamp, part) for part in ("year", "month", "day", "hour", "minute", "second")},
            "lang": language,
            "region": region or None,
            "mark": printable(book.mark),
            "tones": dict(book.palette.tones),
            "levels": list(book.palette.levels),
            "cover": self._cover() if book.with_cover else None,
            "marked": sorted(contents.labelled(book)),
        }

    def _cover(self) -> Json:
        cover = self.document.cover
        texts = {name: printable(getattr(cover, name)) for name in ("title", "subtitle", "region", "period", "status")}
        lines = [printable(line) for line in cover.lines]
        return {
            **texts,
            "lines": lines,
            "emblem": self._picture(cover.emblem) if cover.emblem else None,
            "framed": cover.of_region,
        }

    def _picture(self, path: str) -> Json | None:
        found = pictures.find(self.workspace, path)
        if found is None:
            return None
        if found.data is not None:
            # The engine takes no bytes but text: a drawing that holds the picture is one.
            return {"svg": _framed(found.data, "jpeg" if found.format == "jpg" else found.format)}
        below = found.path.resolve().relative_to(self.workspace.resolve()).as_posix()
        return {"file": f"/{below}", "format": found.format}

    def _named(self) -> frozenset[str]:
        """Return the ids that something asks for: each one in the page costs the engine as much as a line of text."""
        book = self.document
        lists = {block.id for block in walk((*book.front, *book.body)) if isinstance(block, Contents)}
        return contents.labelled(book) | contents.linked(book) | lists

    def _id(self, block_id: str) -> str | None:
        if block_id not in self.named or not block_id or block_id in self.given:
            return None
        self.given.add(block_id)
        return block_id

    @staticmethod
    def _running(label: str, title: Iterable[Inline]) -> str:
        return printable(f"{label} {plain(tuple(title))}".strip())

    # --- blocks ------------------------------------------------------------------------------------------------------

    def _blocks(self, blocks: Iterable[Block]) -> list[Json]:
        """Return blocks in a row, the children of sections behind their heads: the engine reads anew what it nests."""
        row: list[Json] = []
        for block in blocks:
            if isinstance(block, Section):
                row += self._section(block)
            else:
                row.append(self._block(block))
        return row

    def _block(self, block: Block) -> Json:
        own = self._id(block.id)
        return {"id": own, **self._content(block)}

    def _content(self, block: Block) -> Json:  # noqa: C901 - one case a kind of the closed union
        match block:
            case Chapter():
                return {"k": "chapter", **self._opening(contents.chapter_label(block), block)}
            case Annex():
                law = block.look == "law"
                return {"k": "annex", "law": law, **self._opening(contents.annex_label(block), block)}
            case Section():
                raise TypeError("a section stands in a row with its children")
            case Paragraph():
                return {"k": "paragraph", "role": block.role, "c": self._text_runs(block.content, is_running(block))}
            case ListBlock():
                items = [self._item(item) for item in block.items]
                style = {"ordered": block.ordered, "style": block.style, "start": block.start}
                return {"k": "list", **style, "items": items}
            case Table():
                return self._table(block)
            case Figure():
                path = self._picture(block.path)
                width = min(max(block.width_mm, 5.0), 240.0)
                return self._drawing(block, {"svg": None, "path": path, "width": width})
            case Chart():
                svg = draw(block, self.document.palette, font=CHART_FAMILY)
                return self._drawing(block, {"svg": svg, "path": None, "width": 155.0})
            case Callout():
                inner = self._blocks(block.children)
                return {"k": "callout", "kind": block.kind, "title": printable(block.title), "b": inner}
            case Placeholder():
                return {"k": "placeholder", "t": printable(missing_label(Missing(block.what, block.who)))}
            case Landscape():
                return {"k": "landscape", "b": self._blocks(block.children)}
            case PageBreak():
                return {"k": "page-break"}
            case Contents():
                return self._contents(block)
            case _:
                assert_never(block)

    def _opening(self, label: str, block: Chapter | Annex) -> Json:
        self.depth = 1
        self.notes.open_chapter()
        run = self._running(label, block.title)
        inner = {"run": run, "label": printable(label), "c": self._runs(block.title)}
        return {**inner, "b": self._blocks(block.children)}

    def _section(self, block: Section) -> list[Json]:
        before = self.depth
        # PDF/UA allows no heading level to be skipped on the way down; the look keeps the level of the book.
        self.depth = min(max(block.level, 2), before + 1)
        head = {
            "id": self._id(block.id),
            "k": "section",
            "level": self.depth,
            "look": min(max(block.level, 2), 4),
            "number": printable(block.number),
            "run": self._running(block.number, block.title),
            "c": self._runs(block.title),
        }
        inner = self._blocks(block.children)
        self.depth = before
        return [head, *inner]

    def _item(self, item: ListItem) -> Json:
        return {
            "id": self._id(item.id),
            "c": self._text_runs(item.content, running=True),
            "b": self._blocks(item.children),
        }

    def _drawing(self, block: Figure | Chart, body: Json) -> Json:
        alt = printable(block.alt) or "Gambar"
        return {"k": "picture", "alt": alt, **body, **self._legend(block.caption, block.source)}

    def _legend(self, caption: Caption | None, source: tuple[Inline, ...]) -> Json:
        text = caption and {"label": printable(contents.caption_label(caption)), "c": self._runs(caption.content)}
        return {"caption": text, "source": self._runs(source)}

    def _contents(self, block: Contents) -> Json:
        entries = [
            {
                "to": entry.target,
                "label": printable(entry.label),
                "title": printable(plain(entry.title)),
                "depth": entry.depth,
            }
            for entry in contents.entries(self.document, block.lists)
        ]
        head = {"label": "", "run": printable(block.title), "c": [printable(block.title)]}
        return {"k": "contents", "lists": block.lists, **head, "entries": entries}

    def _sources(self) -> Json:
        items = []
        for source in self.document.sources:
            url = self._link(source.url, [printable(source.url)])
            items.append(
                {
                    "id": self._id(contents.source_id(source.id)),
                    "c": [printable(source.text), *([" ", *url] if url else [])],
                }
            )
        title = contents.SOURCES_TITLE
        head = {"k": "sources", "id": self._id(contents.SOURCES_ID), "label": "", "run": title, "c": [title]}
        return {**head, "items": items}

    # --- tables ------------------------------------------------------------------------------------------------------

    def _table(self, block: Table) -> Json:
        return {
            "k": "table",
            "look": block.look,
            "columns": [round(share, 5) for share in shares(block, landscape=block.id in self.turned)],
            "header": self._rows(block.header, block, heading=True),
            "body": self._rows(block.body, block, heading=False),
            **self._legend(block.caption, block.source),
        }

    def _rows(self, rows: tuple[Row, ...], table: Table, *, heading: bool) -> list[Json]:
        return [
            {
                "total": row.total,
                "cells": [self._cell(cell, row, table, at, heading=heading) for at, cell in cells],
            }
            for row, cells, _ in placed(rows)
        ]

    def _cell(self, cell: Cell, row: Row, table: Table, at: int, *, heading: bool) -> Json:
        muted = cell.tone == "muted"
        level = cell.level
        return {
            "p": [self._runs(paragraph) for paragraph in cell.paragraphs] or [[]],
            "level": None if level is None else min(max(level, 0), 4),
            "tone": cell.tone,
            "colspan": cell.colspan,
            "rowspan": cell.rowspan,
            "header": cell.header or heading,
            "bold": heading or cell.header or row.total or (cell.tone is not None and not muted),
            "align": "center" if level is not None else alignment(table, at, cell),
            "long": sum(len(plain(paragraph)) for paragraph in cell.paragraphs) > _LONG_CELL,
        }

    # --- runs --------------------------------------------------------------------------------------------------------

    def _runs(self, runs: Iterable[Inline]) -> list[str | Json]:
        return [part for run in runs for part in self._run(run)]

    def _text_runs(self, runs: Iterable[Inline], running: bool) -> list[str | Json]:
        """Return runs of text; where it is running text, citations in it may carry a footnote."""
        self.notes.allow(running)
        inner = self._runs(runs)
        self.notes.allow(False)
        return inner

    def _run(self, run: Inline) -> list[str | Json]:
        match run:
            case Text():
                return _lines(run.text)
            case Strong():
                return [{"k": "strong", "c": self._runs(run.children)}] if run.children else []
            case Emphasis():
                return [{"k": "em", "c": self._runs(run.children)}] if run.children else []
            case Link():
                return self._link(run.url, self._runs(run.children))
            case Reference():
                if run.target in self.targets and run.text:
                    return [{"k": "to", "to": run.target, "t": printable(run.text)}]
                return _lines(run.text)
            case Citation():
                target = contents.source_id(run.source)
                to = target if target in self.targets else None
                note = printable(self.notes.text(run))
                return [{"k": "cite", "to": to, "t": printable(run.text), "note": note}] if run.text else []
            case Missing():
                return [{"k": "missing", "t": printable(missing_label(run))}]
            case _:
                assert_never(run)

    @staticmethod
    def _link(url: str, inner: list[str | Json]) -> list[str | Json]:
        return [{"k": "web", "url": url, "c": inner}] if inner and _WEB.match(url) else inner


def _lines(text: str) -> list[str | Json]:
    """Return a text as strings with a break between its lines."""
    first, *others = printable(text).split("\n")
    parts: list[str | Json] = [first] if first else []
    for line in others:
        parts += [{"k": "br"}, *([line] if line else [])]
    return parts
