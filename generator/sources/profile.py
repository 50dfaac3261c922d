"""The profile facts of a city: its own, then those of the public table, then those that follow from others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from generator.model.city import City, Fact
from generator.model.content import Content
from generator.model.instrument import FactKind
from generator.model.region import Region


def fill_facts(city: City, region: Region | None, content: Content) -> dict[str, Fact]:
    """Return all facts that are known, in the order of the content's fact kinds; unknown ids of the city last."""
    known: dict[str, Fact] = {}
    for name, kind in content.facts.items():
        own = city.facts.get(name)
        fact = replace(own, unit=own.unit or kind.unit) if own is not None else _from_table(kind, region)
        if fact is not None:
            known[name] = fact
    for name, kind in content.facts.items():
        if name not in known:
            derived = _derived(kind, known, content.facts)
            if derived is not None:
                known[name] = derived
    ordered = {name: known[name] for name in content.facts if name in known}
    return ordered | {name: fact for name, fact in city.facts.items() if name not in ordered}


def _from_table(kind: FactKind, region: Region | None) -> Fact | None:
    figure = region.figures.get(kind.column) if region is not None and kind.column is not None else None
    if figure is None:
        return None
    return Fact(value=figure, unit=kind.unit, year=kind.column_year, source=kind.column_source)


def _number(fact: Fact | None) -> float | None:
    return float(fact.value) if fact is not None and not isinstance(fact.value, str | bool) else None


def _derived(kind: FactKind, known: Mapping[str, Fact], kinds: Mapping[str, FactKind]) -> Fact | None:
    rule = kind.derive
    if rule is None:
        return None
    facts = [known.get(name) for name in rule.of]
    numbers = [number for number in map(_number, facts) if number is not None]
    if len(numbers) != len(facts) or (rule.how == "ratio" and not numbers[1]):
        return None
    value = sum(numbers) if rule.how == "sum" else numbers[0] / numbers[1]
    first = known[rule.of[0]]
    # The first part leads: the density of a year is that of its population, whatever the year of the area.
    return Fact(
        value=round(value * rule.times, kind.decimals + 2),
        unit=kind.unit,
        year=first.year,
        source=_origin(rule.of, known, kinds),
    )


def _origin(names: tuple[str, ...], known: Mapping[str, Fact], kinds: Mapping[str, FactKind]) -> str:
    """Return what a derived fact was reckoned from, in the language of the document."""
    sources = [_source(known[name]) for name in names]
    labels = [_label(name, kinds) for name in names]
    if len(set(sources)) == 1:
        return f"dihitung dari {_and(labels)} ({sources[0]})"
    return "dihitung dari " + _and([f"{label} ({source})" for label, source in zip(labels, sources, strict=True)])


def _and(words: list[str]) -> str:
    return ", ".join(words[:-1]) + " dan " + words[-1]


def _label(name: str, kinds: Mapping[str, FactKind]) -> str:
    label = kinds[name].name if name in kinds else name
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def _source(fact: Fact) -> str:
    year = f", {fact.year}" if fact.year is not None and str(fact.year) not in fact.source else ""
    return f"{fact.source}{year}"
