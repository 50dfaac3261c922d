"""Content to Markdown pages for people: one page a dimension with its indicators, rules, programmes and references."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from generator.model.content import Content
from generator.model.framework import Dimension, SubDimension
from generator.model.instrument import Indicator
from generator.model.programs import Program
from generator.model.rules import Rule

MARK = "<!-- Made by `masterplan content docs`"
"""Opens every page that is ours to write over and to remove."""
_NOTE = f"{MARK} from content/. Do not edit: change the content instead. -->"


def pages(content: Content) -> Mapping[str, str]:
    """Return file name -> Markdown: the index `README.md`, one page an area of the framework, the regulations."""
    made = {f"{area.id}.md": _area(area, content) for area in content.framework.areas}
    made["regulations.md"] = _regulations(content)
    made["README.md"] = _index(content)
    return made


def _index(content: Content) -> str:
    lines = [_NOTE, "", "# Content", "", "| area | indicators | rules | programmes |", "|---|---:|---:|---:|"]
    for area in content.framework.areas:
        counts = [
            sum(1 for item in values if item.dimension == area.id)
            for values in (content.indicators.values(), content.rules.values(), content.programs.values())
        ]
        lines.append(f"| [{area.name}]({area.id}.md) | {counts[0]} | {counts[1]} | {counts[2]} |")
    totals = (len(content.indicators), len(content.rules), len(content.programs))
    lines += [f"| **all** | {totals[0]} | {totals[1]} | {totals[2]} |", ""]
    lines += [f"[Regulations](regulations.md): {len(content.regulations)}.", ""]
    return "\n".join(lines)


def _area(area: Dimension, content: Content) -> str:
    lines = [_NOTE, "", f"# {area.name}", "", f"{area.about[:1].upper()}{area.about[1:]}.", ""]
    for sub in area.subdimensions:
        lines += [f"## {sub.name}", ""]
        if sub.ideal:
            lines += [f"*Ideal:* {sub.ideal}.", ""]
        for kind, ideal in sub.ideal_by_type.items():
            lines += [f"*Ideal of a {kind}:* {ideal}.", ""]
        lines += _sub(area, sub, content)
    return "\n".join(lines).rstrip("\n") + "\n"


def _sub(area: Dimension, sub: SubDimension, content: Content) -> list[str]:
    def here(items: Iterable[Indicator | Rule | Program]) -> list[Indicator | Rule | Program]:
        return [item for item in items if (item.dimension, item.subdimension) == (area.id, sub.id)]

    lines = ["### Indicators", ""]
    for indicator in here(content.indicators.values()):
        if isinstance(indicator, Indicator):
            lines += _indicator(indicator)
    lines += ["### Rules", "", "| id | kind | severity | finding | remedy |", "|---|---|---|---|---|"]
    for rule in here(content.rules.values()):
        if isinstance(rule, Rule):
            remedy = ", ".join(f"`{name}`" for name in rule.remedy) or "–"
            lines.append(f"| `{rule.id}` | {rule.kind} | {rule.severity} | {_cell(rule.title)} | {remedy} |")
    lines += [
        "",
        "### Programmes",
        "",
        "| id | name | kind | lead | years | references |",
        "|---|---|---|---|---:|---|",
    ]
    for program in here(content.programs.values()):
        if isinstance(program, Program):
            cited = ", ".join(program.references) or "–"
            lines.append(
                f"| `{program.id}` | {_cell(program.name)} | {program.kind} | {program.lead} "
                f"| {program.duration_years} | {cited} |"
            )
    return [*lines, ""]


def _indicator(indicator: Indicator) -> list[str]:
    lines = [f"#### `{indicator.id}` {indicator.name}", "", indicator.definition.strip(), ""]
    facts = [f"kind {indicator.kind}", f"unit {indicator.unit}", f"weight {indicator.weight:g}"]
    if indicator.thresholds:
        bounds = ", ".join(f"{bound:g}" for bound in indicator.thresholds.bounds)
        facts.append(f"levels 1–4 from {bounds} ({indicator.thresholds.basis}, {indicator.thresholds.year})")
    if indicator.publisher:
        facts.append(f"publisher {indicator.publisher}")
    lines += ["; ".join(facts) + ".", ""]
    lines += [f"{level}. {_cell(text)}" for level, text in sorted(indicator.levels.items())]
    return [*lines, "", f"Source: {_cell(indicator.source)}", ""]


def _regulations(content: Content) -> str:
    lines = [
        _NOTE,
        "",
        "# Regulations",
        "",
        "| id | citation | title | status | as of | cited for |",
        "|---|---|---|---|---|---|",
    ]
    for item in content.regulations.values():
        status = f"repealed by {item.repealed_by}" if item.repealed_by else item.status
        lines.append(
            f"| `{item.id}` | {item.short} | {_cell(item.title)} | {status} | {item.as_of} | {_cell(item.cited_for)} |"
        )
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
