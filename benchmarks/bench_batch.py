"""How long all cities take with one command: anew, with one and two workers, unchanged, and ten times as many.

`python -m benchmarks.bench_batch [--full]` writes a section of `docs/benchmarks.md`. Without `--full` it measures on
the small framework of the tests (minutes); with it also the cohort of the workspace with each engine (an hour).
"""

from __future__ import annotations

import json
import platform
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.batch import BatchResult, Order, run_batch
from generator.build import Engine
from generator.sources.cohort import cohort_slugs
from tests.compose.small import SLUG, lay

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "benchmarks.md"
HEADING = "## Batch"


@dataclass(frozen=True, slots=True)
class Measured:
    what: str
    cities: int
    workers: int
    seconds: float
    peak_mb: int
    failed: int


def measure(what: str, workspace: Path, out: Path, slugs: Sequence[str], workers: int, engine: Engine) -> Measured:
    order = Order(workspace=workspace, out=out, slugs=slugs, formats=("docx", "pdf"), engine=engine, workers=workers)
    started = time.perf_counter()
    result: BatchResult = run_batch(order, lambda _: None)
    seconds = time.perf_counter() - started
    peak = max((outcome.peak_mb for outcome in result.outcomes if outcome.state == "built"), default=0)
    failed = sum(outcome.state not in ("built", "unchanged") for outcome in result.outcomes)
    found = Measured(what, len(slugs), workers, seconds, peak, failed)
    print(f"{what}: {len(slugs)} cities, {workers} workers, {seconds:.1f} s, {peak} MB, {failed} failed", flush=True)
    return found


def synthetic(workspace: Path, count: int) -> list[str]:
    """Copy the invented city of the small framework under other names and codes."""
    source = workspace / "cities" / SLUG
    text = (source / "city.yaml").read_text(encoding="utf-8")
    slugs = [SLUG]
    for number in range(1, count):
        folder = workspace / "cities" / f"{SLUG}-{number}"
        shutil.copytree(source, folder, dirs_exist_ok=True)
        named = text.replace('"00.71"', f'"{number // 100:02}.{number % 100:02}"').replace(
            "name: Contoh\n", f"name: Contoh {number}\n"
        )
        (folder / "city.yaml").write_text(named, encoding="utf-8")
        slugs.append(folder.name)
    return slugs


def small(folder: Path) -> list[Measured]:
    workspace = lay(folder / "small")
    few = synthetic(workspace, 75)
    found = [
        measure("small framework, Typst, one worker", workspace, folder / "one", few, 1, "typst"),
        measure("small framework, Typst, two workers", workspace, folder / "two", few, 2, "typst"),
        measure("small framework, unchanged", workspace, folder / "two", few, 2, "typst"),
    ]
    many = synthetic(workspace, 750)
    found.append(measure("small framework, Typst, ten times as many", workspace, folder / "many", many, 2, "typst"))
    return found


def full(folder: Path) -> list[Measured]:
    slugs, _ = cohort_slugs(ROOT)
    return [
        measure("cohort, Typst", ROOT, folder / "typst", slugs, 2, "typst"),
        measure("cohort, unchanged", ROOT, folder / "typst", slugs, 2, "typst"),
        measure("cohort, WeasyPrint", ROOT, folder / "weasyprint", slugs, 2, "weasyprint"),
    ]


def section(found: Sequence[Measured]) -> str:
    lines = [
        HEADING,
        "",
        f"{platform.platform()}, Python {platform.python_version()}; `peak MB` is the largest worker.",
        "",
        "| what | cities | workers | s | peak MB | failed |",
        "|---|---|---|---|---|---|",
        *(f"| {m.what} | {m.cities} | {m.workers} | {m.seconds:.1f} | {m.peak_mb} | {m.failed} |" for m in found),
        "",
    ]
    return "\n".join(lines)


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="masterplan-bench-") as folder:
        found = small(Path(folder))
        if "--full" in sys.argv[1:]:
            found += full(Path(folder))
    text = PAGE.read_text(encoding="utf-8") if PAGE.exists() else "# Benchmarks\n"
    pattern = re.compile(rf"^{re.escape(HEADING)}\n.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
    made = section(found)
    text = pattern.sub(lambda _: f"{made}\n", text) if pattern.search(text) else f"{text.rstrip()}\n\n{made}"
    PAGE.write_text(f"{text.rstrip()}\n", encoding="utf-8")
    print(json.dumps([m.what for m in found]))


if __name__ == "__main__":
    main()
