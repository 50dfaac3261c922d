"""What is known of a city, by the addresses of the form: the writer fills it in, the reader compares with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from generator.model.city import Assessment, City
from generator.model.content import CityDossier, Content
from generator.model.form import (
    ACTIONS,
    BUDGET,
    COVER,
    EVIDENCE,
    IDENTITY,
    STATUS,
    TABLES,
    Address,
    Reads,
    TableId,
    Value,
)

ANSWER_KEYS = tuple(column.key for column in TABLES["answers"].columns if column.reads is not None)
FACT_KEYS = tuple(column.key for column in TABLES["facts"].columns if column.reads is not None)
PROGRAM_KEYS = tuple(
    column.key for column in TABLES["programs"].columns if column.reads is not None and column.key != "place"
)
OVERRIDE_KEYS = tuple(column.key for column in TABLES["overrides"].columns if column.reads is not None)
MISSION_KEYS = tuple(column.key for column in TABLES["missions"].columns if column.reads is not None)
DOCUMENT_KEYS = tuple(column.key for column in TABLES["documents"].columns if column.reads is not None)


def known_values(dossier: CityDossier) -> dict[Address, Value]:
    """Return every value of the city's own files that the form shows in a cell for input; empty ones are left out."""
    return {
        address: value
        for address, value in (
            *_single(dossier.assessment, dossier.city),
            *_answers(dossier.assessment),
            *_plans(dossier.city),
            *_facts(dossier.city),
            *((Address("opd", name, "name"), text) for name, text in dossier.city.opd.items()),
            *_programs(dossier),
        )
        if value is not None and value != "" and value != ()
    }


def _at(value: Any, path: tuple[str, ...]) -> Value:
    for step in path:
        value = getattr(value, step, None)
    found: Value = value
    return found


def _single(assessment: Assessment, city: City) -> Iterator[tuple[Address, Value]]:
    for field in COVER:
        yield Address("cover", field.id, "value"), _at(assessment, field.path)
    for field in IDENTITY:
        yield Address("identity", field.id, "value"), _at(city, field.path)


def _answers(assessment: Assessment) -> Iterator[tuple[Address, Value]]:
    for name, answer in assessment.answers.items():
        for key in ANSWER_KEYS:
            yield Address("answers", name, key), getattr(answer, key)


def _plans(city: City) -> Iterator[tuple[Address, Value]]:
    for mission in city.missions:
        for key in MISSION_KEYS:
            yield Address("missions", mission.id, key), _joined(getattr(mission, key))
    for document in city.documents:
        for key in DOCUMENT_KEYS:
            yield Address("documents", document.id, key), getattr(document, key)


def _joined(value: Any) -> Value:
    """Return several choices as the text of one cell."""
    found: Value = ", ".join(value) if isinstance(value, tuple) else value
    return found


def _facts(city: City) -> Iterator[tuple[Address, Value]]:
    for name, fact in city.facts.items():
        for key in FACT_KEYS:
            series = tuple(sorted(fact.series.items()))
            yield Address("facts", name, key), series if key == "series" else getattr(fact, key)


def _programs(dossier: CityDossier) -> Iterator[tuple[Address, Value]]:
    for own in dossier.programs.programs:
        table: TableId = "programs" if own.action == "add" else "overrides"
        if own.action == "add" and own.dimension is not None and own.subdimension is not None:
            yield Address(table, own.id, "place"), f"{own.dimension}/{own.subdimension}"
        for key in PROGRAM_KEYS if own.action == "add" else OVERRIDE_KEYS:
            yield Address(table, own.id, key), _joined(getattr(own, key))
        for year, amount in sorted(own.budget.items()):
            yield Address(table, own.id, f"{BUDGET}{year}"), amount


def choices(content: Content, city: City | None) -> dict[Reads, dict[str, str]]:
    """Return the choices of each kind of drop-down list: id -> words; words are unique within a list."""
    kabupaten = city is not None and city.type == "kabupaten"
    places = {
        f"{area.id}/{part.id}": f"{area.name} › {part.name}"
        for area in content.framework.areas
        for part in area.subdimensions
    }
    agencies = {
        opd.id: opd.name_kabupaten if kabupaten and opd.name_kabupaten else opd.name for opd in content.opd.values()
    }
    return {
        "evidence": dict(EVIDENCE),
        "status": dict(STATUS),
        "place": _unique(places),
        "kind": _unique(content.framework.kinds),
        "opd": _unique(agencies),
        "areas": _unique({area.id: area.name for area in content.framework.areas}),
        "action": dict(ACTIONS),
        "fund": _unique({name: fund.name for name, fund in content.planning.funds.items()}),
    }


def _unique(words: Mapping[str, str]) -> dict[str, str]:
    """Add the id where two items have the same words, so that words alone tell which is meant."""
    counts = Counter(text.casefold() for text in words.values())
    return {id: text if counts[text.casefold()] == 1 else f"{text} ({id})" for id, text in words.items()}
