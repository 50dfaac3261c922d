"""Every diagnostic code with its meaning: the source of `docs/diagnostics.md` and of the command's explanations.

A code never changes its meaning and is never used again after it is gone. The hundreds name the stage: 0 files, 1 the
schema, 2 content, 3 cities, 4 templates, 5 building, 6 planning, 7 forms and import.
"""

from __future__ import annotations

from collections.abc import Mapping

from generator.model.codes.entry import Code
from generator.model.codes.making import MAKING
from generator.model.codes.reading import READING

STAGES: Mapping[str, str] = {
    "0": "Files and YAML",
    "1": "Schema",
    "2": "Content",
    "3": "Cities and the public table",
    "4": "Templates",
    "5": "Building",
    "6": "Planning",
    "7": "Forms and import",
    "8": "Round trip",
}

CODES: Mapping[str, Code] = {**READING, **MAKING}


def diagnostics_page() -> str:
    """Return `docs/diagnostics.md`: every code by stage, in Markdown."""
    lines = [
        "# Diagnostics",
        "",
        "Made from `generator/model/codes/`; write it anew with `python -m tests.tools.diagnostics_page`.",
        "A message says where (file, line, column), what was found, what was expected, and what to do next.",
        "Errors keep a city from being built; warnings and remarks do not.",
        "",
    ]
    for stage, name in STAGES.items():
        lines += [f"## {name}", "", "| code | title | what it means | what to do |", "|---|---|---|---|"]
        lines += [
            f"| `{code}` | {entry.title} | {entry.explanation} | {entry.hint} |"
            for code, entry in CODES.items()
            if code[2] == stage
        ]
        lines.append("")
    return "\n".join(lines)
