"""Reading a PDF back for the tests: words with their places and text in reading order (poppler), structure (pypdf)."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import tempfile
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from lxml import etree
from pypdf import PdfReader

from generator.model import document as model
from generator.model.walks import missing_label, plain, walk
from generator.writers import contents
from generator.writers.typeface import printable

MM = 72 / 25.4

needs_poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs poppler-utils, see .ci/run")


@dataclass(frozen=True)
class Word:
    """A word and its box in points from the top left corner of its page."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def reader(data: bytes) -> PdfReader:
    """Open the bytes."""
    return PdfReader(io.BytesIO(data))


def _poppler(data: bytes, *options: str) -> str:
    command = ["pdftotext", "-enc", "UTF-8", *options, "-", "-"]
    return subprocess.run(command, input=data, capture_output=True, check=True).stdout.decode("utf-8")


def pages_of_words(data: bytes) -> list[tuple[float, float, list[Word]]]:
    """Return width, height and the words of each page."""
    page = "{http://www.w3.org/1999/xhtml}page"
    text = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", _poppler(data, "-bbox"))
    root = etree.fromstring(text.encode("utf-8"), etree.XMLParser(recover=True))
    return [
        (
            float(sheet.get("width", "0")),
            float(sheet.get("height", "0")),
            [
                Word(
                    "".join(word.itertext()),
                    *(float(word.get(side, "0")) for side in ("xMin", "yMin", "xMax", "yMax")),
                )
                for word in sheet
            ],
        )
        for sheet in root.iter(page)
    ]


def flow(data: bytes) -> str:
    """Return the text of the pages without running heads and feet, in the order of the content, without spaces."""
    return squeeze("".join(page_texts(data)))


def page_texts(data: bytes) -> list[str]:
    """Return the text of each page without running head and foot, the cover with all that is on it."""
    sizes = [(round(float(page.mediabox.width)), round(float(page.mediabox.height))) for page in reader(data).pages]
    # One call for each size of page and not for each page: the tool reads the whole file every time.
    texts = {size: _cropped(data, *size) for size in set(sizes)}
    inner = [texts[size][number] for number, size in enumerate(sizes)]
    return [_poppler(data, "-raw", "-f", "1", "-l", "1"), *inner[1:]]


def _cropped(data: bytes, width: int, height: int) -> list[str]:
    top, bottom = round(23 * MM), round(22 * MM)
    crop = ["-x", "0", "-y", str(top), "-W", str(width), "-H", str(height - top - bottom)]
    return _poppler(data, "-raw", *crop).split("\f")


def missing(document: model.Document, data: bytes) -> list[str]:
    """Return every paragraph, heading, caption and row of a book that its pages do not show, or not in its order.

    What an engine paints behind the last line of a page (bullets, charts) may stand within a paragraph that runs on.
    """
    pages = [squeeze(text) for text in page_texts(data)]
    text = "".join(pages)
    starts = [sum(map(len, pages[:number])) for number in range(len(pages))]
    lost, at = [], 0
    for wanted in expected(document):
        found = text.find(wanted, at)
        end = found + len(wanted) if found >= 0 else _over_pages(wanted, text, at, starts)
        if end is None:
            lost.append(wanted)
        else:
            at = end
    return lost


def _over_pages(wanted: str, text: str, at: int, starts: list[int]) -> int | None:
    """Return where a text that is broken over two pages ends, None if it stands nowhere after `at`."""
    for start in starts:
        for cut in range(1, len(wanted)) if start > at else ():
            rest = wanted[cut:]
            if text.startswith(rest, start) and text.find(wanted[:cut], at, start) >= 0:
                return start + len(rest)
    return None


def squeeze(text: str) -> str:
    """Return a text as it can be compared: ligatures and spaces resolved away."""
    return re.sub(r"\s|[\u00ad\x00-\x1f]", "", unicodedata.normalize("NFKC", text))


def expected(document: model.Document) -> Iterator[str]:
    """Yield every paragraph, item, heading, caption and row of a book, squeezed, in order."""
    for block in walk((*document.front, *document.body)):
        yield from (squeeze(printable(text)) for text in _texts(block) if squeeze(text))


def _texts(block: model.Block) -> Iterator[str]:  # noqa: C901 - one case a kind
    match block:
        case model.Chapter():
            yield contents.chapter_label(block) + plain(block.title)
        case model.Annex():
            yield contents.annex_label(block) + plain(block.title)
        case model.Section():
            yield block.number + plain(block.title)
        case model.Paragraph():
            yield plain(block.content)
        case model.Contents() | model.Callout():
            yield block.title
        case model.Placeholder():
            yield missing_label(model.Missing(block.what, block.who))
        case model.ListBlock():
            # Items come before the blocks of later items; only the first is sure to follow its list at once.
            yield from (plain(item.content) for item in block.items[:1])
        case model.Table():
            if block.caption:
                yield contents.caption_label(block.caption) + plain(block.caption.content)
            for row in () if spans(block) else (*block.header, *block.body):
                yield "".join(plain(paragraph) for cell in row.cells for paragraph in cell.paragraphs)
            yield plain(block.source)
        case model.Chart() | model.Figure():
            if block.caption:
                yield contents.caption_label(block.caption) + plain(block.caption.content)
            yield plain(block.source)
        case _:
            return


def spans(table: model.Table) -> bool:
    """Return whether cells span rows: an engine may then draw a row's cells in another order than they are read."""
    return any(cell.rowspan > 1 for row in (*table.header, *table.body) for cell in row.cells)


def structure(data: bytes) -> list[tuple[str, Any]]:
    """Return the structure tree of a PDF as (role, element) pairs in reading order."""
    root = reader(data).trailer["/Root"]["/StructTreeRoot"]
    roles = root.get("/RoleMap", {})
    found: list[tuple[str, Any]] = []

    def visit(node: Any) -> None:
        node = node.get_object()
        if isinstance(node, list):
            for kid in node:
                visit(kid)
        elif isinstance(node, dict):
            if "/S" in node:
                role = node["/S"]
                found.append((str(roles.get(role, role))[1:], node))
            if "/K" in node:
                visit(node["/K"])

    visit(root["/K"])
    return found


def read_aloud(data: bytes) -> str:
    """Return the text of the structure tree in its order, squeezed, without footnotes: what a screen reader reads."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(data)
        file.flush()
        command = ["pdfinfo", "-struct-text", file.name]
        lines = subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8").splitlines()
    texts, note = [], -1
    for line in lines:
        depth = len(line) - len(line.lstrip(" "))
        if note >= 0 and depth > note:
            continue
        note = depth if line.lstrip(" ").startswith("Note ") else -1
        if line.lstrip(" ").startswith('"'):
            texts.append(line.strip(" ")[1:-1])
    return squeeze("".join(texts))
