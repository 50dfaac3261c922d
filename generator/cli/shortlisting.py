"""`masterplan shortlist`."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path
from typing import Any

from rich.markup import escape
from rich.table import Table

from generator.analysis.shortlist import shortlist
from generator.cli.app import DATA, DONE
from generator.cli.places import find_workspace
from generator.cli.show import as_data, console, print_diagnostics, print_json
from generator.compose.minutes import FILE_NAME, minutes, reason
from generator.model.diagnostics import Collector, Diagnostic, Place
from generator.model.document import Document
from generator.model.shortlist import Placing, Shortlist, ShortlistRules
from generator.sources.cohort import FILE as COHORT_FILE
from generator.sources.content import load_content
from generator.sources.new_city import scalar
from generator.sources.regions import load_defaults
from generator.sources.shortlist import load_rules, read_candidates
from generator.storage import write_whole
from generator.writers import shortlist_sheet

_COLUMNS = (
    "peringkat", "kode", "daerah", "provinsi", "gugus_pulau", "hasil", "nilai", "keteguhan", "alasan",
)  # fmt: skip
_OUTCOMES = {
    "selected": "ditetapkan",
    "waiting": "daftar tunggu",
    "ranked": "tidak ditetapkan",
    "ineligible": "tidak memenuhi syarat",
    "dropped": "tidak melanjutkan",
}


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
    field, file_faults, file_hash = read_candidates(file.resolve(), rules, content.regions, defaults)
    if field is None:
        print_diagnostics(file_faults)
        return DATA
    result = shortlist(field, rules, take or rules.take)
    told = (*file_faults, *_remarks(result, file.name))
    digest = f"{file_hash[:8]}-{rule_hash[:8]}"
    folder = (out or root / "output" / "shortlist").resolve()
    document = minutes(result, rules, content.framework, day or date.today(), digest)
    written = _write(root, folder, result, rules, document, file.name)
    if use:
        write_whole(root / COHORT_FILE, _cohort(result, rules, file.name, digest))
        written.append(root / COHORT_FILE)
    if as_json:
        print_json(
            {"counts": _counts(result), "places": _rows(result, rules), "diagnostics": [as_data(x) for x in told]}
        )
        return DONE
    print_diagnostics(told)
    _print(result, written)
    return DONE


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


# --- files -----------------------------------------------------------------------------------------------------------


def _write(
    root: Path,
    folder: Path,
    result: Shortlist,
    rules: ShortlistRules,
    document: Document,
    source: str,
) -> list[Path]:
    """Write table, workbook, minutes and cohort file; return their paths."""
    from generator.writers import docx

    rows = _rows(result, rules)
    epoch = int(datetime.combine(date.fromisoformat(document.date), datetime.min.time(), UTC).timestamp())
    made = {
        "shortlist.csv": _csv(rows),
        "shortlist.xlsx": shortlist_sheet.write(result, rows, rules, date.fromisoformat(document.date)),
        f"{FILE_NAME}.pdf": _pdf(document, root, epoch),
        f"{FILE_NAME}.docx": docx.write(document, root),
        "cohort.yaml": _cohort(result, rules, source, document.build_id),
    }
    for name, data in made.items():
        write_whole(folder / name, data)
    return [folder / name for name in made]


def _pdf(document: Document, root: Path, epoch: int) -> bytes:
    from generator.writers import typst

    return typst.write(document, root, source_date_epoch=epoch).data


def _rows(result: Shortlist, rules: ShortlistRules) -> list[dict[str, Any]]:
    return [_row(placing, rules, result.take) for placing in result.placings]


def _row(placing: Placing, rules: ShortlistRules, take: int) -> dict[str, Any]:
    who = placing.candidate
    values = (
        placing.rank, who.code, who.name, who.province, who.island_group, _OUTCOMES[placing.outcome], placing.score,
        placing.firmness, reason(placing, rules, take),
    )  # fmt: skip
    return dict(zip(_COLUMNS, values, strict=True))


def _csv(rows: Sequence[dict[str, Any]]) -> bytes:
    text = StringIO()
    writer = csv.DictWriter(text, _COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    # With a mark, so that spreadsheets read the names as UTF-8.
    return text.getvalue().encode("utf-8-sig")


def _cohort(result: Shortlist, rules: ShortlistRules, source: str, digest: str) -> bytes:
    lines = [
        "# Chosen by 'masterplan shortlist'; --all means these regions once the file lies at cities/cohort.yaml.",
        *(["# DATA CONTOH: the figures behind the choice are invented."] if result.sample else []),
        f"name: {scalar(rules.name)}",
        f"source: {scalar(f'{source} menurut aturan seleksi, sidik {digest}')}",
        "members:",
    ]
    for placing in result.of("selected"):
        who = placing.candidate
        lines.append(
            f'  - {{city: {who.slug}, code: "{who.code}", name: {scalar(who.name)}, standing: selected, '
            f"rank: {placing.rank}, score: {placing.score}}}"
        )
    return ("\n".join(lines) + "\n").encode()


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
    table = Table("", "code", "region", "score", "firm", "", box=None)
    for placing in result.of("selected", "waiting"):
        table.add_row(
            str(placing.rank),
            placing.candidate.code,
            escape(placing.candidate.name),
            f"{placing.score:.2f}",
            f"{placing.firmness:.0%}",
            escape(_remark(placing)),
        )
    out.print(table)
    for count in result.counts:
        out.print(escape(f"{count.name}: {count.entered} came, {count.eligible} eligible, {count.passed} went on"))
    if result.sample:
        out.print("[yellow]The figures are invented: everything written is marked DATA CONTOH.[/yellow]")
    for path in written:
        out.print(escape(str(path)))
