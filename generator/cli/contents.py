"""`masterplan content check|docs` and `masterplan rules test`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.markup import escape
from rich.table import Table

from generator.analysis.planning import plan_city
from generator.analysis.rules import run_examples
from generator.cli.app import DATA, DONE
from generator.cli.failing import tell
from generator.cli.places import find_workspace
from generator.cli.show import as_data, console, counted, print_diagnostics, print_json
from generator.model.content import Content
from generator.model.diagnostics import Collector, Diagnostic, Place, Severity
from generator.sources.check import ContentStats, check_content, content_stats
from generator.sources.cities import load_city, slugs
from generator.sources.content import load_content
from generator.sources.files import name_below, read_bytes
from generator.storage import StorageError, stay_within, write_whole
from generator.writers.content_pages import MARK, pages


def check(workspace: Path | None, with_stats: bool, as_json: bool) -> int:
    """Check the content; return the exit code."""
    root = find_workspace(workspace)
    content, found = load_content(root)
    diagnostics: tuple[Diagnostic, ...] = found
    if content is not None:
        diagnostics = (*found, *check_content(content, root))
    failed = content is None or any(item.severity is Severity.ERROR for item in diagnostics)
    numbers = content_stats(content) if content is not None else None
    if as_json:
        data = asdict(numbers) if numbers is not None else None
        print_json({"stats": data, "diagnostics": [as_data(item) for item in diagnostics]})
        return DATA if failed else DONE
    print_diagnostics(diagnostics)
    if with_stats and numbers is not None:
        _print_stats(numbers)
    console().print(f"content: {counted(diagnostics)}")
    return DATA if failed else DONE


def _print_stats(numbers: ContentStats) -> None:
    out = console()
    table = Table("sub-dimension or component", "indicators", "measured", "rules", "programmes", box=None)
    for area in numbers.areas:
        table.add_row(
            f"{area.dimension}/{area.subdimension}",
            *(str(count) for count in (area.indicators, area.values, area.rules, area.programs)),
        )
    out.print(table)
    out.print(
        f"{numbers.indicators} indicators ({numbers.readiness_indicators} of readiness), {numbers.rules} rules, "
        f"{numbers.programs} programmes, {numbers.regulations} regulations, {numbers.facts} facts, "
        f"{numbers.quick_wins} possible quick wins; {numbers.quoting:.0%} of the gap findings quote the city"
    )


def docs(workspace: Path | None) -> int:
    """Write the pages of the content below docs/content/; return the exit code."""
    root = find_workspace(workspace)
    content = _content(root)
    if content is None:
        return DATA
    folder = root / "docs" / "content"
    made = pages(content)
    try:
        stay_within(folder, root)
        present = {path.name: path for path in sorted(folder.glob("*.md"))}
        taken = [path for name, path in present.items() if name in made and not _is_ours(path, root)]
        if taken:
            print_diagnostics(_taken(path, root) for path in taken)
            return DATA
        for name, path in present.items():
            if name not in made and _is_ours(path, root):
                path.unlink()
        for name, text in made.items():
            write_whole(folder / name, text.encode(), within=root)
    except (OSError, StorageError) as error:
        if not tell(error):
            raise
        return DATA
    console().print(f"{len(made)} pages in {escape(str(folder))}")
    return DONE


def _is_ours(path: Path, root: Path) -> bool:
    """Return whether a page carries the mark of those that this command writes."""
    data = None if path.is_symlink() else read_bytes(path, root, Collector())
    return data is not None and data.startswith(MARK.encode())


def _taken(path: Path, root: Path) -> Diagnostic:
    message = f"this page was not made by the program and is not overwritten: its first line is not {MARK} … -->"
    return Diagnostic(
        "MP501", Severity.ERROR, Place(name_below(path, root)), message, "move it to another name or place"
    )


def _content(root: Path) -> Content | None:
    content, found = load_content(root)
    print_diagnostics(item for item in found if item.severity is Severity.ERROR)
    return content


def test(workspace: Path | None, as_json: bool) -> int:
    """Run the examples of all rules and report which rules fire on every or on no city; return the exit code."""
    root = find_workspace(workspace)
    content = _content(root)
    if content is None:
        return DATA
    results = [result for rule in content.rules.values() for result in run_examples(rule, content.indicators)]
    broken = [result for result in results if not result.passed]
    fired, cities = _fired(root, content)
    never = sorted(name for name in content.rules if not fired.get(name)) if cities else []
    always = sorted(name for name, count in fired.items() if count == cities) if cities else []
    unexplained = [name for name in (*never, *always) if not content.rules[name].universal] if cities > 1 else []
    if as_json:
        print_json(
            {
                "examples": len(results),
                "failed": [{"rule": item.rule, "example": item.name, "expected": item.expected} for item in broken],
                "cities": cities,
                "fire_on_none": never,
                "fire_on_all": always,
                "unexplained": unexplained,
            }
        )
        return DATA if broken else DONE
    out = console()
    for item in broken:
        wanted = "fire" if item.expected else "stay silent"
        out.print(escape(f"{content.place('rule', item.rule)}: {item.rule} should {wanted}: {item.name}"))
    out.print(f"{len(results)} examples of {len(content.rules)} rules, {len(broken)} failed")
    _print_coverage(content, cities, {"no city": never, "every city": always})
    return DATA if broken else DONE


def _fired(root: Path, content: Content) -> tuple[Mapping[str, int], int]:
    fired: dict[str, int] = {}
    cities = 0
    for slug in slugs(root):
        dossier, _ = load_city(root, slug, content)
        if dossier is None:
            continue
        cities += 1
        for finding in plan_city(dossier, content).findings:
            fired[finding.id] = fired.get(finding.id, 0) + 1
    return fired, cities


def _print_coverage(content: Content, cities: int, groups: Mapping[str, list[str]]) -> None:
    out = console()
    if cities < 2:
        out.print(f"coverage needs at least two cities; the workspace has {cities}")
        return
    for words, names in groups.items():
        out.print(f"{len(names)} rules fire on {words} of {cities}")
        for name in names:
            reason: Any = content.rules[name].universal or "no reason in its file"
            out.print(escape(f"  {name}: {reason}"))
