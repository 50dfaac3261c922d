"""Measure what a person waits for before any file is written: help, check, loading, planning.

`python -m benchmarks.bench_core` prints a table of CPU seconds, the best of several runs, with the machine.
"""

from __future__ import annotations

import platform
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def best(work: Callable[[], object], turns: int = 5) -> float:
    """Return the least CPU seconds of several turns."""
    found = []
    for _ in range(turns):
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return min(found)


def command(*words: str) -> float:
    """Return the least wall seconds of a command in a fresh process."""
    found = []
    for _ in range(5):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-m", "generator", *words], cwd=ROOT, capture_output=True, check=True)
        found.append(time.perf_counter() - start)
    return min(found)


def main() -> None:
    """Print the table."""
    sys.path.insert(0, str(ROOT))
    from generator.analysis.planning import plan_city
    from generator.sources.cities import load_city
    from generator.sources.content import load_content

    content, _ = load_content(ROOT)
    dossier = load_city(ROOT, "kota-medan", content)[0] if content is not None else None
    if content is None or dossier is None:
        sys.exit("the content or Kota Medan has errors: run 'masterplan check kota-medan'")
    rows = [
        ("masterplan --help (wall, new process)", command("--help"), 0.4),
        ("masterplan check kota-medan (wall, new process)", command("check", "kota-medan"), 1.0),
        ("load_content, warm", best(lambda: load_content(ROOT)), 0.7),
        ("plan_city of Medan", best(lambda: plan_city(dossier, content)), 0.2),
    ]
    print(f"{platform.processor() or platform.machine()}, Python {platform.python_version()}\n")
    print("| what | seconds | wanted |\n|---|---:|---:|")
    for name, seconds, wanted in rows:
        print(f"| {name} | {seconds:.4f} | {wanted} |")


if __name__ == "__main__":
    main()
