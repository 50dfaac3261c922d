"""How long the DOCX of a 150-page book takes, beside python-docx's cell API and pandoc, and how that grows.

`python -m benchmarks.bench_docx [pages …]` writes a table of CPU seconds (the best of three; of one, where that takes
more than five seconds) and of the peak of memory to `docs/benchmarks.md`. Imports are paid before the clock starts, as
`masterplan build --all` pays them once for all.
"""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import docx

from benchmarks.recording import PROCESSOR_SECONDS, machine, record
from generator.model.document import (
    Block,
    Caption,
    Cell,
    Chapter,
    Chart,
    Column,
    Document,
    Paragraph,
    Row,
    Section,
    Series,
    Table,
    Text,
)
from generator.model.walks import plain, walk
from generator.writers.docx import write
from tests.writers.sample_document import lay_workspace, sample_document

HEADING = "## DOCX writer"
AIMS = """The aims: at most 0.3 s for 150 pages, growth linear at 10 and at 100 times the size, less than 500 MB for
1,500 pages. What is written leaves the tree of the body as bytes, some pages at a time. Before, 15,000 pages
took 17 times as long as 1,500 (26.2 s beside 1.51 s) and 2.2 GB: a tree of five million nodes fits no cache."""
SIZES = [150, 1500, 15_000]
SLOW = 5.0
ROOT = Path(__file__).resolve().parent.parent
SENTENCE = (
    "Layanan perizinan masih tersebar pada beberapa aplikasi dan belum dapat diselesaikan tanpa datang ke loket. "
)
PAGES_A_SECTION = 2.0  # eleven paragraphs, a table of fourteen rows; measured with LibreOffice on the result


def section(chapter: int, number: int) -> Section:
    """Return about two pages: paragraphs and a table of fourteen rows."""
    name = f"s{chapter}-{number}"
    paragraphs: tuple[Block, ...] = tuple(
        Paragraph(id=f"{name}-p{index}", content=(Text(SENTENCE * 4),)) for index in range(12)
    )
    rows = tuple(
        Row(tuple(Cell(((Text(f"{column * row}.250.000 nilai {column}"),),)) for column in range(5)))
        for row in range(14)
    )
    table = Table(
        id=f"{name}-t",
        columns=tuple(Column() for _ in range(5)),
        header=(Row(tuple(Cell(((Text(f"Kolom {column}"),),)) for column in range(5))),),
        body=rows,
        caption=Caption("Tabel", (Text("Layanan menurut dinas"),), f"{chapter}.{number}"),
    )
    title = (Text(f"Pelayanan publik {number}"),)
    return Section(id=name, level=2, title=title, number=f"{chapter}.{number}", children=(*paragraphs, table))


def book(pages: int) -> Document:
    """Return a book of about so many pages, with one chart a chapter of fifteen pages."""
    sections = round(pages / PAGES_A_SECTION)
    chapters = []
    for chapter in range(1, max(round(pages / 15), 1) + 1):
        chart = Chart(
            id=f"c{chapter}-g",
            kind="bars",
            categories=("A", "B", "C"),
            series=(Series("Level", (1.0, 2.0, 3.0)),),
            alt="Level",
            caption=Caption("Gambar", (Text("Level"),), f"{chapter}.1"),
        )
        count = sections // max(round(pages / 15), 1)
        children = tuple(section(chapter, number) for number in range(1, count + 1))
        title = (Text(f"Bab {chapter}"),)
        chapters.append(Chapter(id=f"c{chapter}", title=title, number="I", children=(chart, *children)))
    sample = sample_document()
    fields = {name: getattr(sample, name) for name in Document.__slots__}
    return Document(**{**fields, "front": sample.front[1:], "body": tuple(chapters)})


def cpu(work: Callable[[], object], repeat: int = 3) -> float:
    """Return the least CPU time of some runs, children included, in seconds."""

    def clock() -> float:
        return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))

    times = []
    for _ in range(repeat):
        start = clock()
        work()
        times.append(clock() - start)
        if times[-1] > SLOW:
            break
    return min(times)


def through_python_docx(document: Document) -> bytes:
    """Write the same text with python-docx's own API, tables through `row.cells`."""
    target = docx.Document()
    for block in walk(document.body):
        if isinstance(block, Chapter | Section):
            target.add_heading(plain(block.title), 1 if isinstance(block, Chapter) else 2)
        elif isinstance(block, Paragraph):
            target.add_paragraph(plain(block.content))
        elif isinstance(block, Table):
            rows = (*block.header, *block.body)
            table = target.add_table(len(rows), len(block.columns))
            for row, values in zip(table.rows, rows, strict=True):
                for cell, value in zip(row.cells, values.cells, strict=True):
                    cell.text = plain(value.paragraphs[0])
    stream = BytesIO()
    target.save(stream)
    return stream.getvalue()


def as_markdown(document: Document) -> str:
    """Return the same text as Markdown with pipe tables, for pandoc."""
    lines: list[str] = []
    for block in walk(document.body):
        if isinstance(block, Chapter | Section):
            lines += [f"{'#' if isinstance(block, Chapter) else '##'} {plain(block.title)}", ""]
        elif isinstance(block, Paragraph):
            lines += [plain(block.content), ""]
        elif isinstance(block, Table):
            texts = [
                "| " + " | ".join(plain(cell.paragraphs[0]) for cell in row.cells) + " |"
                for row in (*block.header, *block.body)
            ]
            lines += [texts[0], "|" + "---|" * len(block.columns), *texts[1:], ""]
    return "\n".join(lines)


def pandoc(document: Document, pages: int, folder: Path) -> str:
    """Return the row of pandoc on the same text, or one that says why it was not run."""
    program = shutil.which("pandoc")
    if program is None:
        return f"| {pages} | pandoc | not run: it is not installed | | |"
    told = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    text = as_markdown(document).encode()
    command = [program, "-f", "markdown", "-t", "docx", "-o", str(folder / "p.docx")]
    seconds = cpu(lambda: subprocess.run(command, input=text, check=True))
    return _row(pages, told.splitlines()[0], seconds)


def measure(sizes: list[int]) -> str:
    """Return the table as Markdown, with the machine and the versions."""
    workspace = lay_workspace(Path(tempfile.mkdtemp()))
    (workspace / "templates").mkdir()
    shutil.copy(ROOT / "templates" / "reference.docx", workspace / "templates")
    write(book(15), workspace)
    lines = [
        AIMS,
        "",
        f"{machine('python-docx', 'lxml')} {PROCESSOR_SECONDS}",
        "",
        "| pages | writer | CPU s | ms a page | peak MB |",
    ]
    lines.append("|--:|---|--:|--:|--:|")
    for pages in sizes:
        document = book(pages)
        seconds = cpu(lambda document=document: write(document, workspace, pages={}))  # type: ignore[misc]
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        lines.append(_row(pages, "masterplan", seconds, f"{peak:.0f}"))
    document = book(sizes[0])
    lines.append(_row(sizes[0], "python-docx, row.cells", cpu(lambda: through_python_docx(document))))
    lines.append(pandoc(document, sizes[0], workspace))
    shutil.rmtree(workspace)
    return "\n".join(lines)


def _row(pages: int, writer: str, seconds: float, peak: str = "") -> str:
    return f"| {pages} | {writer} | {seconds:.2f} | {seconds / pages * 1000:.2f} | {peak} |"


if __name__ == "__main__":
    result = measure([int(size) for size in sys.argv[1:]] or SIZES)
    print(result)
    record(HEADING, result)
