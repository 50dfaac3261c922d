"""Goals outside of the framework and fields of cooperation follow the plan; every part of the framework has a goal."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from generator.analysis.alignment import goals_of, served, shared_fields
from generator.build import Draft, prepare
from generator.model.alignment import Alignment, CooperationField, Goal
from generator.sources.check import check_content

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def draft() -> Draft:
    found, diagnostics = prepare(ROOT, "kota-medan")
    assert found is not None, [str(item) for item in diagnostics][:5]
    return found


def test_the_shipped_goals_are_the_seventeen_and_every_part_serves_one(draft: Draft) -> None:
    alignment = draft.content.alignment
    assert [goal.number for goal in alignment.goals] == list(range(1, 18))
    parts = {f"{area.id}/{part.id}" for area in draft.content.framework.areas for part in area.subdimensions}
    assert set(alignment.parts) == parts
    assert all(alignment.parts.values())
    named = {number for numbers in (*alignment.parts.values(), *alignment.programs.values()) for number in numbers}
    assert named == set(range(1, 18)), "a goal that no programme of the catalogue serves"


def test_a_programme_serves_its_own_goals_else_those_of_its_part(draft: Draft) -> None:
    program = draft.plan.scheduled[0]
    part = f"{program.dimension}/{program.subdimension}"
    assert goals_of(program, Alignment(parts={part: (4,)})) == (4,)
    assert goals_of(program, Alignment(parts={part: (4,)}, programs={program.id: (2, 3)})) == (2, 3)
    assert goals_of(program, Alignment()) == ()


def test_only_scheduled_programmes_serve_and_the_most_urgent_stands_first(draft: Draft) -> None:
    for goal, programs in served(draft.plan.programs, draft.content.alignment).items():
        assert all(program.status == "scheduled" for program in programs), goal
        assert [program.rank for program in programs] == sorted(program.rank for program in programs)
    one = Alignment(goals=(Goal(number=1, name="satu"), Goal(number=2, name="dua")), parts={})
    assert [len(programs) for programs in served(draft.plan.programs, one).values()] == [0, 0]


def test_a_field_of_cooperation_needs_a_scheduled_programme(draft: Draft) -> None:
    ids = [program.id for program in draft.plan.scheduled][:2]
    late = [program.id for program in draft.plan.unfunded][:1]

    def field(name: str, *programs: str) -> CooperationField:
        return CooperationField(id=name, name=name, partner="neighbours", subject="batas", programs=programs)

    found = shared_fields(draft.plan.programs, Alignment(cooperation=(field("a", *ids, *late), field("b", *late))))
    assert [(item.id, {program.id for program in programs}) for item, programs in found] == [("a", set(ids))]


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"parts": {"governance/nothing": (1,)}}, "governance/nothing"),
        ({"programs": {"prg-none": (1,)}}, "prg-none"),
        ({"parts": {"governance/bureaucracy": (18,)}}, "18"),
    ],
)
def test_unknown_names_are_told(draft: Draft, change: dict[str, dict[str, tuple[int, ...]]], word: str) -> None:
    content = replace(draft.content, alignment=replace(draft.content.alignment, **change))
    found = [item for item in check_content(content, ROOT) if f"'{word}'" in item.message]
    assert [item.code for item in found] == ["MP203"]
