"""How long forms take: writing them for the whole cohort, reading one back, and importing it from the command line.

`python -m benchmarks.bench_forms` prints a Markdown table of processor seconds and of the wall clock; the limits that
the project has set itself are 20 s for 75 forms and 1 s for an import.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from generator.sources.cities import load_city, slugs
from generator.sources.content import load_content
from generator.sources.workbook.changes import read_form
from generator.writers.form import write_form

ROOT = Path(__file__).resolve().parent.parent


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Return processor seconds and seconds of the wall clock."""
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return time.process_time() - cpu, time.perf_counter() - wall


def main() -> None:
    content, _ = load_content(ROOT)
    if content is None:
        sys.exit("the content has errors: see 'masterplan content check'")
    cities = slugs(ROOT)
    forms: dict[str, bytes] = {}

    def write_all() -> None:
        for slug in cities:
            dossier, _ = load_city(ROOT, slug, content)
            if dossier is not None:
                forms[slug] = write_form(dossier, content)

    rows = [(f"{len(cities)} forms, cities loaded", *timed(write_all))]
    slug = "kota-medan"
    dossier, _ = load_city(ROOT, slug, content)
    if dossier is not None:
        rows.append(("one form read back", *timed(lambda: read_form(forms[slug], "form.xlsx", dossier, content))))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "form.xlsx"
        path.write_bytes(forms[slug])
        words = [sys.executable, "-m", "generator", "import", slug, str(path), "--dry-run", "-w", str(ROOT)]
        _, wall = timed(lambda: subprocess.run(words, check=True, capture_output=True, cwd=ROOT))
        rows.append(("`masterplan import`, from start to end", float("nan"), wall))
    print("| what | CPU s | wall s |\n|---|---|---|")
    for name, cpu, wall in rows:
        print(f"| {name} | {cpu:.2f} | {wall:.2f} |" if cpu == cpu else f"| {name} | | {wall:.2f} |")


if __name__ == "__main__":
    main()
