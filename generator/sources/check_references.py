"""Every id that content names exists; repealed regulations are cited only through their successor."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import PurePosixPath

from generator.model.evaluation import FIELDS
from generator.model.framework import Dimension
from generator.model.instrument import FactKind, Indicator, Regulation
from generator.model.planning import Wording
from generator.model.programs import Program
from generator.model.rules import Rule, Subject, Trait, subjects, walk_condition
from generator.model.scorecard import OVERALL, READINESS
from generator.sources.files import is_file, is_folder
from generator.sources.graph import circles
from generator.sources.locate import Checking
from generator.sources.yaml import DataPath

_DEAD = ("repealed", "expired")
_OF_BOOKS = ("citations", "captions", "sentences", "shared-figures")


def check_references(checking: Checking) -> None:
    """Check ids between all files (MP202, MP203, MP205, MP209)."""
    content = checking.content
    for indicator in content.indicators.values():
        _indicator(indicator, checking)
    for fact in content.facts.values():
        _fact(fact, checking)
    for rule in content.rules.values():
        _rule(rule, checking)
    for program in content.programs.values():
        _program(program, checking)
    for regulation in content.regulations.values():
        _regulation(regulation, checking)
    _mentoring(checking)
    _bodies(checking)
    _planning(checking)
    _books(checking)
    _measures(checking)
    _alignment(checking)
    _circles(checking)


def area_names(areas: tuple[Dimension, ...]) -> set[str]:
    """Return every name by which a score of the framework can be asked for."""
    names = {OVERALL, READINESS}
    for area in areas:
        names |= {area.id} | {f"{area.id}/{part.id}" for part in area.subdimensions}
        names |= {part.id for part in area.subdimensions}
    return names


def _area(item: Indicator | Rule | Program, kind: str, checking: Checking) -> Dimension | None:
    areas = {area.id: area for area in checking.content.framework.areas}
    at = (kind, item.id)
    if not checking.known("dimension", item.dimension, areas, at, ("dimension",)):
        return None
    parts = [part.id for part in areas[item.dimension].subdimensions]
    if checking.known(f"sub-dimension of '{item.dimension}'", item.subdimension, parts, at, ("subdimension",)):
        return areas[item.dimension]
    return None


def _regulations(ids: tuple[str, ...], key: str, at: tuple[str, str], checking: Checking) -> None:
    known = checking.content.regulations
    for index, id in enumerate(ids):
        if not checking.known("regulation", id, known, at, (key, index)):
            continue
        cited = known[id]
        if cited.status in _DEAD:
            successor = f"cite '{cited.repealed_by}'" if cited.repealed_by else "cite the regulation now in force"
            message = f"{cited.short} is {cited.status} and cannot be cited"
            checking.found.error("MP205", checking.place(*at, (key, index)), message, successor)


def _agencies(ids: tuple[str, ...], key: str, at: tuple[str, str], checking: Checking) -> None:
    for index, id in enumerate(ids):
        checking.known("agency function", id, checking.content.opd, at, (key, index))


def _indicator(indicator: Indicator, checking: Checking) -> None:
    at = ("indicator", indicator.id)
    area = _area(indicator, "indicator", checking)
    if indicator.initiative is not None and area is not None:
        part = next(part for part in area.subdimensions if part.id == indicator.subdimension)
        checking.known(
            "initiative area", indicator.initiative, [item.id for item in part.initiatives], at, ("initiative",)
        )
    if indicator.fact is not None:
        checking.known("fact", indicator.fact, checking.content.facts, at, ("fact",))
    _agencies(indicator.supplied_by, "supplied_by", at, checking)
    _regulations(indicator.references, "references", at, checking)


def _fact(fact: FactKind, checking: Checking) -> None:
    at = ("fact", fact.id)
    _agencies(fact.supplied_by, "supplied_by", at, checking)
    regions = checking.content.regions
    if fact.column is not None and regions:
        columns = {column for region in regions.values() for column in region.figures}
        checking.known("column of the public table", fact.column, columns, at, ("column",))
    for index, part in enumerate(fact.derive.of if fact.derive is not None else ()):
        checking.known("fact", part, checking.content.facts, at, ("derive", "of", index))


def _subject(subject: Subject, at: tuple[str, str], path: DataPath, checking: Checking) -> None:
    content = checking.content
    known = {
        "indicator": content.indicators,
        "fact": content.facts,
        "score": area_names(content.framework.areas),
    }[subject.kind]
    checking.known(subject.kind, subject.id, known, at, path)


def _named_after(id: str, kind: str, checking: Checking) -> None:
    place = checking.place(kind, id)
    if place.line is not None and PurePosixPath(place.file).stem != id:
        checking.found.error("MP202", place, f"{kind} '{id}' stands in {place.file}", f"name the file '{id}.yaml'")


def _rule(rule: Rule, checking: Checking) -> None:
    at = ("rule", rule.id)
    _named_after(rule.id, "rule", checking)
    _area(rule, "rule", checking)
    for subject in subjects(rule.when):
        _subject(subject, at, ("when",), checking)
    traits = {*checking.content.framework.traits, "kota", "kabupaten"}
    for part in walk_condition(rule.when):
        if isinstance(part, Trait):
            checking.known("trait", part.name, traits, at, ("when",))
    _regulations(rule.because, "because", at, checking)
    for index, id in enumerate(rule.remedy):
        checking.known("programme", id, checking.content.programs, at, ("remedy", index))


def _program(program: Program, checking: Checking) -> None:
    content, at = checking.content, ("program", program.id)
    _named_after(program.id, "program", checking)
    _area(program, "program", checking)
    checking.known("kind of programme", program.kind, content.framework.kinds, at, ("kind",))
    checking.known("agency function", program.lead, content.opd, at, ("lead",))
    _agencies(program.support, "support", at, checking)
    for part in ("one_off", "yearly"):
        cost = getattr(program.cost, part)
        if cost is not None:
            checking.known("cost unit", cost.per, content.planning.cost_units, at, ("cost", part, "per"))
    for index, fund in enumerate(program.funds):
        checking.known("fund", fund, content.planning.funds, at, ("funds", index))
    for index, id in enumerate(program.requires):
        checking.known("programme", id, content.programs, at, ("requires", index))
    _regulations(program.references, "references", at, checking)
    _baselines(program, checking)
    if program.fits is not None:
        for subject in subjects(program.fits):
            _subject(subject, at, ("fits",), checking)
    if program.quick_win is not None:
        items = [item.id for item in content.quickwin.items]
        for name in program.quick_win.items:
            checking.known("quick-win item", name, items, at, ("quick_win", "items", name))


def _baselines(program: Program, checking: Checking) -> None:
    content, at = checking.content, ("program", program.id)
    for key in ("outputs", "outcomes", "impacts"):
        for index, kpi in enumerate(getattr(program, key)):
            path: DataPath = (key, index, "baseline")
            if kpi.baseline.indicator is not None:
                checking.known("indicator", kpi.baseline.indicator, content.indicators, at, (*path, "indicator"))
            if kpi.baseline.fact is not None:
                checking.known("fact", kpi.baseline.fact, content.facts, at, (*path, "fact"))


def _regulation(regulation: Regulation, checking: Checking) -> None:
    known, at = checking.content.regulations, ("regulation", regulation.id)
    if regulation.repealed_by is not None and regulation.repealed_by not in known and "-" in regulation.repealed_by:
        checking.known("regulation", regulation.repealed_by, known, at, ("repealed_by",), warn=True)
    if regulation.status == "repealed" and regulation.repealed_by is None:
        hint = "name it in 'repealed_by'"
        checking.found.warning(
            "MP205", checking.place(*at), f"{regulation.short} is repealed, by what is not said", hint
        )


def _mentoring(checking: Checking) -> None:
    content = checking.content
    steps = [step.id for step in content.mentoring.steps]
    for step in content.mentoring.steps:
        for index, id in enumerate(step.after):
            checking.known("step", id, steps, ("steps", step.id), ("after", index))
        for role in step.raci:
            checking.known("role", role, content.roles, ("steps", step.id), ("raci", role))


def _bodies(checking: Checking) -> None:
    at = ("file", "framework.yaml")
    for index, body in enumerate(checking.content.framework.bodies):
        if body.indicator:
            path: DataPath = ("bodies", index, "indicator")
            checking.known("indicator", body.indicator, checking.content.indicators, at, path)


def _planning(checking: Checking) -> None:
    content = checking.content
    at = ("file", "planning.yaml")
    for name, unit in content.planning.cost_units.items():
        path: DataPath = ("cost_units", name)
        if unit.fact is not None:
            checking.known("fact", unit.fact, content.facts, at, (*path, "fact"))
        if unit.fallback is not None and unit.fallback.fact is not None:
            checking.known("fact", unit.fallback.fact, content.facts, at, (*path, "fallback", "fact"))
    for name, fund in content.planning.funds.items():
        if fund.needs is not None:
            checking.known("fact", fund.needs, content.facts, at, ("funds", name, "needs"))
    for index, wording in enumerate(content.planning.wordings):
        _wording(wording, ("wordings", index), checking)
    at = ("file", "priorities.yaml")
    areas = area_names(content.framework.areas) | {"default"}
    for index, reach in enumerate(content.priorities.reach):
        checking.known("area", reach.area, areas, at, ("reach", index, "area"))
        if reach.fact is not None:
            checking.known("fact", reach.fact, content.facts, at, ("reach", index, "fact"))
    for kind, needs in content.priorities.needs.items():
        checking.known("kind of programme", kind, content.framework.kinds, at, ("needs", kind))
        for area in needs:
            checking.known("area", area, areas, at, ("needs", kind, area))


def _wording(wording: Wording, path: DataPath, checking: Checking) -> None:
    """Check that a wording says where it holds, and that its phrases are whole words (MP203, MP220).

    Outer blanks are stripped when a file is read, so a phrase that needs one would glue words together.
    """
    content, at = checking.content, ("file", "planning.yaml")
    if (wording.without is None) == (not wording.codes):
        hint = "write 'without: FACT' or 'codes: [...]', and two wordings for both"
        checking.found.error("MP220", checking.place(*at, path), "a wording holds by 'without' or by 'codes'", hint)
    if wording.without is not None:
        checking.known("fact", wording.without, content.facts, at, (*path, "without"))
    codes = {code for region in content.regions.values() for code in (region.code, region.province_code)}
    for index, code in enumerate(wording.codes):
        if codes:
            checking.known("province or region of code", code, codes, at, (*path, "codes", index))
    said = [(phrase, (*path, "phrases", old)) for old, new in wording.phrases.items() for phrase in (old, new)]
    said += [(name, (*path, "keep", index)) for index, name in enumerate(wording.keep)]
    for phrase, where in said:
        if not (phrase[:1].isalnum() and phrase[-1:].isalnum()):
            message = f"the phrase '{phrase[:60]}' does not begin and end with a word"
            checking.found.error("MP220", checking.place(*at, where), message, "add the word before or after it")


def _books(checking: Checking) -> None:
    templates = checking.workspace / "templates"
    if not is_folder(templates):
        return
    for book in checking.content.books.books:
        for chapter in book.chapters:
            if not is_file(templates / chapter.template):
                place = checking.place("chapters", chapter.id, ("template",))
                checking.found.error("MP402", place, f"there is no template '{chapter.template}'", "correct the path")


def _measures(checking: Checking) -> None:
    content = checking.content
    known: dict[str, Collection[str]] = {
        **FIELDS,
        "facts-known": content.facts,
        "program-kinds": content.framework.kinds,
        "kind-share": content.framework.kinds,
        **dict.fromkeys(_OF_BOOKS, tuple(book.id for book in content.books.books)),
    }
    for item in content.evaluation.items:
        for index, measure in enumerate(item.measures):
            at = ("measures", index, "of")
            for name in measure.of if measure.kind in known else ():
                checking.known(f"name for '{measure.kind}'", name, known[measure.kind], ("items", item.id), at)


def _alignment(checking: Checking) -> None:
    content, alignment = checking.content, checking.content.alignment
    at = ("file", "alignment.yaml")
    goals = [str(goal.number) for goal in alignment.goals]
    parts = [f"{area.id}/{part.id}" for area in content.framework.areas for part in area.subdimensions]
    for kind, key, links, known in (
        ("part of the framework", "parts", alignment.parts, parts),
        ("program", "programs", alignment.programs, content.programs),
    ):
        for name, numbers in links.items():
            checking.known(kind, name, known, at, (key, name))
            for index, number in enumerate(numbers):
                checking.known("goal", str(number), goals, at, (key, name, index))
    for index, field in enumerate(alignment.cooperation):
        for place, name in enumerate(field.programs):
            checking.known("program", name, content.programs, at, ("cooperation", index, "programs", place))


def _circles(checking: Checking) -> None:
    content = checking.content
    graphs = {
        ("program", "requires"): {item.id: item.requires for item in content.programs.values()},
        ("steps", "after"): {step.id: step.after for step in content.mentoring.steps},
        ("fact", "derive"): {
            item.id: item.derive.of if item.derive is not None else () for item in content.facts.values()
        },
    }
    for (kind, key), graph in graphs.items():
        for circle in circles(graph):
            chain = " → ".join((*circle, circle[0]))
            checking.found.error(
                "MP209", checking.place(kind, circle[0], (key,)), f"circle: {chain}", "drop one of these links"
            )
