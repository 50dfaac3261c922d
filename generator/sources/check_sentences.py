"""Whether the sentences of rules use only names that templates offer, and print only what is certain to be known."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from generator.model.rules import Above, All, AnyOf, Below, Between, Condition, Not, Rule, Stale, Unverified
from generator.sources.check_references import area_names
from generator.sources.locate import Checking
from generator.sources.schema import nearest

if TYPE_CHECKING:
    from jinja2 import nodes

PARTS = ("finding", "ideal", "cause", "consequence")
PLAIN = ("id", "title")
NAMES = ("city", "fact", "level", "value", "rubric", "bound", "score", "opd")
CITY = ("name", "short_name", "type", "head", "village_term", "province")
FILTERS = (
    "number",
    "percent",
    "rupiah",
    "rupiah_full",
    "words",
    "lower_first",
    "upper_first",
    "sourced",
    "strong",
    "emphasis",
)
FUNCTIONS = ("level", "value", "rubric", "bound", "score", "opd")


def check_sentences(checking: Checking) -> None:
    """Check every sentence of every rule (MP214, MP218)."""
    from jinja2 import Environment, TemplateSyntaxError

    # Parsed only, never rendered.
    parser = Environment(autoescape=True)
    for rule in checking.content.rules.values():
        certain = frozenset(_certain(rule.when))
        for part in PARTS:
            text = getattr(rule, part)
            if "{" not in text:
                continue
            try:
                tree = parser.parse(text)
            except TemplateSyntaxError as fault:
                place = checking.place("rule", rule.id, (part,))
                checking.found.error("MP214", place, f"the sentence is no template: {fault.message}")
                continue
            for message, hint, code in _faults(tree, certain, checking):
                report = checking.found.error if code == "MP214" else checking.found.warning
                report(code, checking.place("rule", rule.id, (part,)), message, hint)
        _plain(rule, checking)


def _plain(rule: Rule, checking: Checking) -> None:
    if "{{" in rule.title or "{%" in rule.title:
        message = "a title is plain text, without template names"
        checking.found.error("MP214", checking.place("rule", rule.id, ("title",)), message)


Fault = tuple[str, str | None, str]


def _faults(tree: nodes.Template, certain: frozenset[str], checking: Checking) -> Iterator[Fault]:
    from jinja2 import nodes

    for name in tree.find_all(nodes.Name):
        if name.ctx == "load" and name.name not in NAMES:
            yield f"templates offer no name '{name.name}'", nearest(name.name, NAMES), "MP214"
    for used in tree.find_all(nodes.Filter):
        if used.name not in FILTERS:
            yield f"templates offer no filter '{used.name}'", nearest(used.name, FILTERS), "MP214"
    for node in tree.find_all(nodes.Getattr):
        yield from _attribute(node, checking)
    for call in tree.find_all(nodes.Call):
        yield from _call(call, certain, checking)
    for kind in (nodes.For, nodes.Macro, nodes.Assign, nodes.Include, nodes.Import, nodes.Extends):
        if tree.find(kind) is not None:
            yield f"a sentence has no '{kind.__name__.lower()}'", "keep to values and one 'if' on city.type", "MP214"


def _attribute(node: nodes.Getattr, checking: Checking) -> Iterator[Fault]:
    from jinja2 import nodes

    if not isinstance(node.node, nodes.Name):
        yield f"'.{node.attr}' is not offered here", None, "MP214"
    elif node.node.name == "city" and node.attr not in CITY:
        yield f"'city' has no '{node.attr}'", nearest(node.attr, CITY), "MP214"
    elif node.node.name == "fact" and node.attr not in checking.content.facts:
        yield f"there is no fact '{node.attr}'", nearest(node.attr, list(checking.content.facts)), "MP214"


def _call(call: nodes.Call, certain: frozenset[str], checking: Checking) -> Iterator[Fault]:
    from jinja2 import nodes

    content = checking.content
    function = call.node.name if isinstance(call.node, nodes.Name) else ""
    if function not in FUNCTIONS:
        yield f"'{function or 'this'}' cannot be called", nearest(function, FUNCTIONS), "MP214"
        return
    first = call.args[0] if call.args else None
    if not isinstance(first, nodes.Const) or not isinstance(first.value, str):
        yield f"{function}(…) takes an id in quotes", None, "MP214"
        return
    known = {"score": area_names(content.framework.areas), "opd": content.opd}.get(function, content.indicators)
    if first.value not in known:
        yield f"{function}(…): there is no '{first.value}'", nearest(first.value, list(known)), "MP214"
    elif function in ("level", "value", "rubric") and first.value not in certain:
        yield (
            f"{function}('{first.value}') may not be known when the rule holds",
            "print only indicators that the condition finds below, above or between",
            "MP218",
        )
    measured = content.indicators.get(first.value) if function in ("value", "bound") else None
    if measured is not None and measured.thresholds is None:
        yield f"{function}('{first.value}'): the indicator is judged by rubric", "use level or rubric", "MP214"


def _certain(condition: Condition) -> Iterator[str]:
    """Yield the indicators that are known whenever the condition is true."""
    match condition:
        case Below(subject) | Above(subject) | Between(subject) | Stale(subject) if subject.kind == "indicator":
            yield subject.id
        case Unverified(indicator):
            yield indicator
        case All(parts):
            for part in parts:
                yield from _certain(part)
        case AnyOf(parts):
            yield from set.intersection(*(set(_certain(part)) for part in parts))
        case Not(part):
            yield from _certain_when_false(part)
        case _:
            return


def _certain_when_false(condition: Condition) -> Iterator[str]:
    match condition:
        case Below() | Above() | Between() | Stale() | Unverified():
            yield from _certain(condition)
        case Not(part):
            yield from _certain(part)
        case AnyOf(parts):
            for part in parts:
                yield from _certain_when_false(part)
        case _:
            return
