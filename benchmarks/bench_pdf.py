"""How long the PDF of the books takes: Typst beside WeasyPrint and LibreOffice, WeasyPrint beside a bare call of it.

`python -m benchmarks.bench_pdf [CITY] [WORKSPACE]` lays out the books of a city (default: kota-medan of this checkout)
and writes tables of processor seconds to `docs/benchmarks.md`. What is compared runs in turns, so that both sides see
the same machine; the best of five turns counts (of one, where a side takes longer than ten seconds). Each call has a
process of its own, forked from one that paid the imports, as the cities of `masterplan build --all` have.
"""

from __future__ import annotations

import contextlib
import dataclasses
import gc
import io
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.recording import PROCESSOR_SECONDS, machine, record
from generator.build import prepare
from generator.model.document import Block, Chart, Document
from generator.model.walks import walk
from generator.writers import docx, html, pdf, typst
from generator.writers.chart_svg import draw
from tests.writers.pdf.test_charts import crowded
from tests.writers.pdf.test_layout import long_book
from tests.writers.sample_document import PALETTE, lay_workspace

ROOT = Path(__file__).resolve().parent.parent
HEADING = "## PDF engines"
AIMS = """The aims: Typst at most 0.4 of LibreOffice and an eighth of WeasyPrint, the writer at most 1.1 of a bare call,
a chart at most 10 ms, growth linear, memory of a worker flat. Before its cache was emptied Typst grew to 529 MB
over 75 books.
"""
EPOCH = 1_795_500_000
Run = Callable[[], object]


def seconds(run: Run) -> float:
    """Return the processor time of one call in a process of its own, threads and further processes included.

    It is forked from this one, as a batch forks a process for each city: what a library keeps of one call, or drops
    of another, is not charged to the next.
    """
    gc.collect()
    gc.freeze()
    child = os.fork()
    if child == 0:
        try:
            run()
        finally:
            sys.stdout.flush()
            os._exit(0 if sys.exc_info()[0] is None else 1)
    _, status, used = os.wait4(child, 0)
    if status != 0:
        raise RuntimeError("the call failed in its process")
    return used.ru_utime + used.ru_stime


def in_turns(runs: dict[str, Run], turns: int = 5) -> dict[str, float]:
    """Return the best time of each of several runs that take turns."""
    best = dict.fromkeys(runs, float("inf"))
    for _ in range(turns):
        for name, run in runs.items():
            if best[name] < 10 or best[name] == float("inf"):
                best[name] = min(best[name], seconds(run))
    return best


def libreoffice(files: list[Path], folder: Path) -> None:
    """Convert DOCX files to PDF in one call of LibreOffice with its own profile."""
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", str(folder), *map(str, files)], check=True, capture_output=True)


def bare_weasyprint(page: str, workspace: Path) -> bytes:
    """Lay out the same HTML by a plain call of the library, with the same variant, fonts and fetcher."""
    from weasyprint import HTML

    source = HTML(
        string=page, base_url=f"{workspace.resolve().as_uri()}/", url_fetcher=pdf._fetcher(workspace.resolve())
    )
    data: bytes = source.write_pdf(pdf_variant="pdf/a-2a", font_config=pdf._fonts())
    return data


def books_of(city: str, workspace: Path) -> tuple[Document, ...]:
    """Compose the books of a city; leave with its errors if it has any."""
    draft, diagnostics = prepare(workspace, city)
    if draft is None:
        sys.exit("\n".join(str(diagnostic) for diagnostic in diagnostics))
    return tuple(book for book in draft.composed.documents if "/" not in book.file_name)


def engines(books: tuple[Document, ...], workspace: Path) -> None:
    """Print the time of each way to the PDFs of all books."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = []
        pages = [html.render(book, workspace) for book in books]
        for book in books:
            files.append(folder / f"{book.file_name}.docx")
            files[-1].write_bytes(docx.write(book, workspace))
        runs: dict[str, Run] = {
            "Typst": lambda: [typst.write(book, workspace, source_date_epoch=EPOCH) for book in books],
            "WeasyPrint, the writer": lambda: [pdf.write(book, workspace, source_date_epoch=EPOCH) for book in books],
            "WeasyPrint, bare call on the same HTML": lambda: [bare_weasyprint(page, workspace) for page in pages],
        }
        if shutil.which("soffice"):
            libreoffice(files[:1], folder)  # makes the profile
            runs["LibreOffice, DOCX given"] = lambda: libreoffice(files, folder)
        best = in_turns(runs)
        # Last: a process that holds the engine's threads is not one to fork from.
        count = sum(typst.write(book, workspace, source_date_epoch=EPOCH).page_count for book in books)
    print(f"\n{len(books)} books, {count} pages\n")
    print("| way | seconds | Typst takes of it | the writer takes of it |\n|---|--:|--:|--:|")
    for way, taken in sorted(best.items(), key=lambda item: item[1]):
        writer = best["WeasyPrint, the writer"] / taken
        print(f"| {way} | {taken:.2f} | {best['Typst'] / taken:.3f} | {writer:.2f} |")


def growth(workspace: Path) -> None:
    """Print the time a page of longer and longer books."""
    print("\n| engine | pages | seconds | ms a page |\n|---|--:|--:|--:|")
    for chapters in (24, 60, 120, 180):
        book = dataclasses.replace(long_book(chapters), front=())
        start = time.process_time()
        count = typst.write(book, workspace, source_date_epoch=EPOCH).page_count
        taken = time.process_time() - start
        print(f"| Typst | {count} | {taken:.2f} | {taken / count * 1000:.1f} |")


def peak_megabytes() -> float:
    """Return the peak of memory of this program; `ru_maxrss` would count what started it as well."""
    status = Path("/proc/self/status")
    if status.is_file():
        return int(status.read_text().partition("VmHWM:")[2].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def memory(workspace: Path, cities: int = 75) -> None:
    """Print the peak of memory of one worker after 10, 25 and all of `cities` different books."""
    print("\n| engine | books | peak of memory, MB |\n|---|--:|--:|")
    for number in range(1, cities + 1):
        book = long_book(4)
        book = dataclasses.replace(book, title=f"Masterplan Kota {number}", body=_told_apart(book.body, number))
        typst.write(book, workspace, source_date_epoch=EPOCH)
        if number in (10, 25, 50, cities):
            print(f"| Typst | {number} | {peak_megabytes():.0f} |")


def _told_apart(blocks: tuple[Block, ...], number: int) -> tuple[Block, ...]:
    """Return the blocks with the number of the city in each text, so that no cache helps."""
    from tests.writers.pdf.test_hostile import poisoned

    return tuple(poisoned(block, f"Teks kota nomor {number} yang cukup panjang untuk satu baris.") for block in blocks)


def charts(books: tuple[Document, ...]) -> None:
    """Print the time of the slowest chart of each kind."""
    slowest: dict[str, float] = {}
    real = [block for book in books for block in walk(book.body) if isinstance(block, Chart)]
    for chart in [*real, *crowded()]:
        start = time.perf_counter()
        for _ in range(20):
            draw(chart, PALETTE, font="Carlito")
        taken = (time.perf_counter() - start) / 20
        slowest[chart.kind] = max(slowest.get(chart.kind, 0.0), taken)
    print("\n| chart | ms, slowest of its kind |\n|---|--:|")
    for kind, taken in sorted(slowest.items()):
        print(f"| {kind} | {taken * 1000:.1f} |")


def main() -> None:
    """Run all parts; `memory` as the only argument runs that part, which needs a process of its own."""
    with tempfile.TemporaryDirectory() as name:
        laid = lay_workspace(Path(name))
        if sys.argv[1:] == ["memory"]:
            memory(laid)
            return
        city = sys.argv[1] if len(sys.argv) > 1 else "kota-medan"
        workspace = Path(sys.argv[2]) if len(sys.argv) > 2 else ROOT
        told = io.StringIO()
        with contextlib.redirect_stdout(told):
            print(AIMS)
            print(machine("typst", "weasyprint"), PROCESSOR_SECONDS)
            books = books_of(city, workspace)
            charts(books)
            engines(books, workspace)
            growth(laid)
            command = [sys.executable, "-m", "benchmarks.bench_pdf", "memory"]
            alone = subprocess.run(command, capture_output=True, text=True, check=True)
            print(alone.stdout)
    print(told.getvalue())
    record(HEADING, told.getvalue())


if __name__ == "__main__":
    main()
