"""Whether every rule can hold, every indicator is looked at, and every programme is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from generator.model.rules import (
    Above,
    All,
    AnyOf,
    Below,
    Between,
    Condition,
    Example,
    Not,
    Rule,
    Subject,
    about,
    subjects,
    walk_condition,
)
from generator.sources.check_references import area_names
from generator.sources.locate import Checking

TOP = 4
"""The highest level and score."""
_FACT = re.compile(r"\bfact\.(\w+)")
_SCORE = re.compile(r"""\bscore\(["']([^"']+)""")
_INDICATOR = re.compile(r"""\b(?:level|value|rubric)\(["']([^"']+)""")


def check_rules(checking: Checking) -> None:
    """Check that rules, indicators and programmes reach each other (MP206-MP208, MP215-MP217)."""
    content = checking.content
    for indicator in content.indicators.values():
        _scale(indicator.id, checking)
    for rule in content.rules.values():
        _reachable(rule, checking)
        _examples(rule, checking)
        if rule.kind in ("gap", "threat") and not rule.remedy:
            place = checking.place("rule", rule.id)
            checking.found.error(
                "MP216", place, f"rule '{rule.id}' ({rule.kind}) asks for no programme", "name a remedy"
            )
    _orphans(checking)
    _programs(checking)


def _scale(id: str, checking: Checking) -> None:
    indicator, at = checking.content.indicators[id], ("indicator", id)
    if sorted(indicator.levels) != list(range(TOP + 1)):
        missing = [str(level) for level in range(TOP + 1) if level not in indicator.levels]
        message = f"the rubric of '{id}' has not the levels 0-4" + (
            f", {', '.join(missing)} missing" if missing else ""
        )
        checking.found.error("MP215", checking.place(*at, ("levels",)), message)
    if (indicator.kind == "value") != (indicator.thresholds is not None):
        hint = "add 'thresholds'" if indicator.kind == "value" else "make it kind 'value', or drop 'thresholds'"
        checking.found.error("MP215", checking.place(*at, ("kind",)), f"'{id}' is of kind '{indicator.kind}'", hint)
    if indicator.thresholds is not None:
        bounds = list(indicator.thresholds.bounds)
        if any(not _steps(indicator.direction, low, high) for low, high in pairwise(bounds)):
            order = "rise" if indicator.direction == "higher" else "fall"
            place = checking.place(*at, ("thresholds", "bounds"))
            checking.found.error("MP215", place, f"the bounds of '{id}' have to {order}: {bounds}")
        if not indicator.thresholds.note:
            checking.found.error("MP219", checking.place(*at, ("thresholds",)), f"the scale of '{id}' names no source")
    if indicator.kind == "value" and not indicator.publisher:
        message = f"'{id}' is an official figure without publisher"
        checking.found.warning("MP219", checking.place(*at), message, "name who publishes it")


def _steps(direction: str, low: float, high: float) -> bool:
    return low < high if direction == "higher" else low > high


# --- reachable -------------------------------------------------------------------------------------------------------


def _reachable(rule: Rule, checking: Checking) -> None:
    for part in walk_condition(rule.when):
        message = _impossible(part)
        if message is not None:
            checking.found.error("MP208", checking.place("rule", rule.id, ("when",)), message, "correct the limits")


def _impossible(part: Condition) -> str | None:
    """Return why a condition can never be true, None where it can."""
    match part:
        case Below(subject, limit, "level") if limit <= 0:
            return f"no level of '{subject.id}' is below {limit:g}"
        case Above(subject, limit, "level") if limit >= TOP:
            return f"no level of '{subject.id}' is above {limit:g}"
        case Between(subject, low, high, "level") if high < 0 or low > TOP:
            return f"no level of '{subject.id}' lies between {low:g} and {high:g}"
        case All(parts):
            return _contradiction(parts)
        case _:
            return None


def _contradiction(parts: Iterable[Condition]) -> str | None:
    tops: dict[tuple[Subject, str], float] = {}
    floors: dict[tuple[Subject, str], float] = {}
    for part in parts:
        match part:
            case Below(subject, limit, by):
                tops[subject, by] = min(limit, tops.get((subject, by), limit))
            case Above(subject, limit, by):
                floors[subject, by] = max(limit, floors.get((subject, by), limit))
            case _:
                pass
    for key, floor in floors.items():
        # Levels are whole: nothing lies strictly between 2 and 3.
        gap = 1.0 if key[1] == "level" and key[0].kind == "indicator" else 0.0
        if key in tops and tops[key] - floor <= gap:
            return f"nothing is above {floor:g} and below {tops[key]:g} at once ('{key[0].id}')"
    return None


# --- examples --------------------------------------------------------------------------------------------------------


def _examples(rule: Rule, checking: Checking) -> None:
    looked = {(subject.kind, subject.id) for subject in subjects(rule.when)}
    sentences = " ".join((rule.finding, rule.ideal, rule.cause, rule.consequence))
    # What a sentence prints has to be set as well, so that an example can be rendered.
    looked |= {("fact", id) for id in _FACT.findall(sentences)} | {("score", id) for id in _SCORE.findall(sentences)}
    looked |= {("indicator", id) for id in _INDICATOR.findall(sentences)}
    names = {id for _, id in looked}
    content = checking.content
    known = {*content.indicators, *content.facts, *area_names(content.framework.areas)}
    for key in ("fires", "silent"):
        for index, example in enumerate(getattr(rule.examples, key)):
            for field, id in _set(example):
                path = ("examples", key, index, field)
                if not checking.known("indicator, fact or area", id, known, ("rule", rule.id), path):
                    continue
                # A silent example may well know something else; one that fires has no need to.
                if key == "fires" and not (names & {id, id.rpartition("/")[2]}):
                    message = f"the example sets '{id}', which rule '{rule.id}' does not look at"
                    place = checking.place("rule", rule.id, path)
                    checking.found.warning("MP217", place, message, "correct the id, or drop it")


def _set(example: Example) -> Iterable[tuple[str, str]]:
    for field in ("levels", "values", "facts", "series", "scores", "years"):
        yield from ((field, id) for id in getattr(example, field))
    yield from (("unverified", id) for id in example.unverified)


# --- coverage --------------------------------------------------------------------------------------------------------


def _orphans(checking: Checking) -> None:
    looked_at = {id for rule in checking.content.rules.values() if rule.kind in ("gap", "threat") for id in _low(rule)}
    for id in checking.content.indicators:
        if id not in looked_at:
            place = checking.place("indicator", id)
            message = f"no gap rule looks at indicator '{id}'"
            checking.found.error("MP206", place, message, "write a rule that finds it low, or drop it")


def _low(rule: Rule) -> Iterable[str]:
    yield from about(rule)
    for part in walk_condition(rule.when):
        # The lower part of a scale counts as found low; what stands under `not` is the other side of `above`.
        if isinstance(part, Between) and part.subject.kind == "indicator":
            yield part.subject.id
        if isinstance(part, Not) and isinstance(part.part, Above | AnyOf):
            yield from (subject.id for subject in subjects(part.part) if subject.kind == "indicator")


def _programs(checking: Checking) -> None:
    programs = checking.content.programs
    reached = {id for rule in checking.content.rules.values() for id in rule.remedy if id in programs}
    waiting = list(reached)
    while waiting:
        for id in programs[waiting.pop()].requires:
            if id in programs and id not in reached:
                reached.add(id)
                waiting.append(id)
    for id in programs:
        if id not in reached:
            place = checking.place("program", id)
            checking.found.error("MP207", place, f"no rule asks for programme '{id}'", "name it as remedy of a rule")
