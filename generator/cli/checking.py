"""`masterplan check`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.markup import escape

from generator.cli.app import DATA, DONE
from generator.cli.places import find_cities, find_workspace
from generator.cli.show import as_data, console, counted, print_diagnostics, print_json
from generator.model.diagnostics import Severity
from generator.sources.cities import load_city
from generator.sources.content import load_content


def run(cities: Sequence[str], workspace: Path | None, as_json: bool) -> int:
    """Check cities; return the exit code."""
    root = find_workspace(workspace)
    slugs = find_cities(root, cities)
    content, found = load_content(root)
    report: list[dict[str, Any]] = []
    failed = any(item.severity is Severity.ERROR for item in found)
    if not as_json:
        print_diagnostics(found)
    for slug in slugs if content is not None else ():
        dossier, diagnostics = load_city(root, slug, content) if content is not None else (None, ())
        if content is not None and dossier is not None and dossier.texts:
            # Whether a text has a place is known only once the books are composed; else they need not be loaded.
            from generator.build import prepare_with

            _, diagnostics = prepare_with(root, slug, content)
        failed = failed or dossier is None or any(item.severity is Severity.ERROR for item in diagnostics)
        answered = (
            sum(
                1
                for answer in dossier.assessment.answers.values()
                if answer.level is not None or answer.value is not None
            )
            if dossier
            else 0
        )
        total = len(content.indicators) if content is not None else 0
        report.append(
            {
                "city": slug,
                "answered": answered,
                "indicators": total,
                "facts": len(dossier.facts) if dossier else 0,
                "diagnostics": [as_data(item) for item in diagnostics],
            }
        )
        if not as_json:
            print_diagnostics(diagnostics)
            words = f"{answered} of {total} indicators answered" if dossier else "its data cannot be used"
            console().print(f"[bold]{escape(slug)}[/bold]: {counted(diagnostics)}; {words}")
    if as_json:
        print_json({"content": [as_data(item) for item in found], "cities": report})
    return DATA if failed else DONE
