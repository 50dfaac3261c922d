"""A shortlist to files: table, workbook, minutes, cohort. What somebody edited there is never overwritten."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from io import StringIO
from pathlib import Path
from typing import Any

from generator import __version__
from generator.compose.minutes import FILE_NAME, reason
from generator.manifest import Manifest, read_manifest
from generator.model.diagnostics import Diagnostic, Place, Severity
from generator.model.document import Document
from generator.model.shortlist import Placing, Shortlist, ShortlistRules
from generator.shelf import Made, edited, store
from generator.sources.cohort import FILE as COHORT_FILE
from generator.sources.new_city import scalar
from generator.storage import BusyError, StorageError, locked, write_whole

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


def write_shortlist(
    workspace: Path,
    folder: Path,
    result: Shortlist,
    rules: ShortlistRules,
    document: Document,
    *,
    source: str,
    use: bool = False,
) -> tuple[tuple[Path, ...], tuple[Diagnostic, ...]]:
    """Write all files of a shortlist into a folder; return their paths, or none with an error (MP501, MP504, MP505).

    `source` is the name of the file of candidates. `use` also makes the chosen ones the cohort of the workspace.
    """
    cohort = _cohort(result, rules, source, document.build_id)
    made = _made(workspace, result, rules, document, cohort)
    manifest = Manifest(
        city="",
        generator=__version__,
        engine="typst",
        build_id=document.build_id,
        basis={"shortlist": document.build_id},
    )
    try:
        with locked(folder):
            before = read_manifest(folder)
            faults = edited(folder, [item.name for item in made], before)
            if faults:
                hint = "move it to another name or place, or write the others elsewhere with --out"
                return (), tuple(replace(fault, hint=hint) for fault in faults)
            written = [item.path for item in store(folder, made, manifest, before)]
        if use:
            write_whole(workspace / COHORT_FILE, cohort, within=workspace)
            written.append(workspace / COHORT_FILE)
    except (BusyError, StorageError) as error:
        code = "MP504" if isinstance(error, BusyError) else "MP505"
        place = Place(folder.as_posix())
        return (), (Diagnostic(code, Severity.ERROR, place, str(error), "try again when it is free"),)
    return tuple(written), ()


def _made(
    workspace: Path, result: Shortlist, rules: ShortlistRules, document: Document, cohort: bytes
) -> tuple[Made, ...]:
    from generator.writers import docx, shortlist_sheet, typst

    day = date.fromisoformat(document.date)
    rows = table(result, rules)
    pdf = typst.write(document, workspace, source_date_epoch=int(datetime.combine(day, time(), UTC).timestamp()))
    return (
        Made("shortlist.csv", _csv(rows)),
        Made("shortlist.xlsx", shortlist_sheet.write(result, rows, rules, day)),
        Made(f"{FILE_NAME}.pdf", pdf.data, pdf.page_count),
        Made(f"{FILE_NAME}.docx", docx.write(document, workspace, pages=pdf.pages)),
        Made("cohort.yaml", cohort),
    )


def table(result: Shortlist, rules: ShortlistRules) -> list[dict[str, Any]]:
    """Return one row a candidate, chosen ones first; all rows have the same keys."""
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
