"""`masterplan shortlist`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from rich.markup import escape
from rich.table import Table

from generator.analysis.shortlist import shortlist
from generator.cli.app import DATA, DONE
from generator.cli.places import find_output, find_workspace, resolved
from generator.cli.show import as_data, console, print_diagnostics, print_json
from generator.compose.minutes import minutes
from generator.model.diagnostics import Collector, Diagnostic, Place, Severity
from generator.model.shortlist import Placing, Shortlist
from generator.selection import table, write_shortlist
from generator.sources.content import load_content
from generator.sources.regions import load_defaults
from generator.sources.shortlist import load_rules, read_candidates


def run(
    file: Path, take: int | None, out: Path | None, use: bool, day: date | None, workspace: Path | None, as_json: bool
) -> int:
    """Choose the regions of a file, write the result; return the exit code."""
    root = find_workspace(workspace)
    content, found = load_content(root)
    defaults, faults = load_defaults(root)
    if content is None or defaults is None:
        print_diagnostics((*found, *faults))
        return DATA
    rules, rule_faults, rule_hash = load_rules(root, defaults, content.regions)
    if rules is None:
        print_diagnostics(rule_faults)
        return DATA
    field, file_faults, file_hash = read_candidates(resolved(file, "FILE"), rules, content.regions, defaults)
    if field is None:
        print_diagnostics(file_faults)
        return DATA
    result = shortlist(field, rules, take or rules.take)
    told = (*file_faults, *_remarks(result, file.name))
    digest = f"{file_hash[:8]}-{rule_hash[:8]}"
    folder = resolved(out, "--out") if out is not None else find_output(root, None) / "shortlist"
    document = minutes(result, rules, content.framework, day or date.today(), digest)
    written, faults = write_shortlist(root, folder, result, rules, document, source=file.name, use=use)
    failed = any(item.severity is Severity.ERROR for item in faults)
    told = (*told, *faults)
    if as_json:
        print_json(
            {"counts": _counts(result), "places": table(result, rules), "diagnostics": [as_data(x) for x in told]}
        )
        return DATA if failed else DONE
    print_diagnostics(told)
    _print(result, written)
    return DATA if failed else DONE


def _remarks(result: Shortlist, name: str) -> list[Diagnostic]:
    found = Collector()
    for unmet in result.unmet:
        message = f"{unmet.group}: {unmet.got} of the {unmet.wanted} places of the quota could be filled"
        found.warning("MP364", Place(name), message, "invite more regions of the group, or lower the quota")
    chosen = len(result.of("selected"))
    if chosen < result.take:
        message = f"{chosen} regions can be chosen for {result.take} places"
        found.warning("MP365", Place(name), message, "the reasons stand in the result")
    return found.found


# --- the screen ------------------------------------------------------------------------------------------------------


def _counts(result: Shortlist) -> list[dict[str, Any]]:
    return [
        {"stage": count.stage, "entered": count.entered, "eligible": count.eligible, "passed": count.passed}
        for count in result.counts
    ]


def _remark(placing: Placing) -> str:
    """Return what is special about a place; '' for one that is held by rank alone."""
    listed = f"waiting {placing.waiting}" if placing.waiting else ""
    why = {
        "quota-least": f"for {placing.about}",
        "quota-most": f"{placing.about} is full",
        "reserved": f"last places are for {placing.about}",
    }.get(placing.reason, "")
    return ": ".join(part for part in (listed, why) if part)


def _print(result: Shortlist, written: Sequence[Path]) -> None:
    out = console()
    shown = Table("", "code", "region", "score", "firm", "", box=None)
    for placing in result.of("selected", "waiting"):
        shown.add_row(
            str(placing.rank),
            placing.candidate.code,
            escape(placing.candidate.name),
            f"{placing.score:.2f}",
            f"{placing.firmness:.0%}",
            escape(_remark(placing)),
        )
    out.print(shown)
    for count in result.counts:
        out.print(escape(f"{count.name}: {count.entered} came, {count.eligible} eligible, {count.passed} went on"))
    if result.sample:
        out.print("[yellow]The figures are invented: everything written is marked DATA CONTOH.[/yellow]")
    for path in written:
        out.print(escape(str(path)))
