"""Which goals outside of the framework a plan serves, and in which fields it needs somebody else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator.model.alignment import Alignment, CooperationField, Goal
from generator.model.plan import PlannedProgram


def goals_of(program: PlannedProgram, alignment: Alignment) -> tuple[int, ...]:
    """Return the numbers of the goals that a programme serves: its own, else those of its part."""
    own = alignment.programs.get(program.id)
    return own if own is not None else alignment.parts.get(f"{program.dimension}/{program.subdimension}", ())


def served(programs: Sequence[PlannedProgram], alignment: Alignment) -> Mapping[Goal, tuple[PlannedProgram, ...]]:
    """Return every goal with the scheduled programmes that serve it, most urgent first; none is left out."""
    chosen = sorted((item for item in programs if item.status == "scheduled"), key=lambda item: item.rank)
    links = [(item, frozenset(goals_of(item, alignment))) for item in chosen]
    return {goal: tuple(item for item, numbers in links if goal.number in numbers) for goal in alignment.goals}


def shared_fields(
    programs: Sequence[PlannedProgram], alignment: Alignment
) -> tuple[tuple[CooperationField, tuple[PlannedProgram, ...]], ...]:
    """Return the fields of cooperation that the plan needs, each with its scheduled programmes, earliest first."""
    scheduled = {item.id: item for item in programs if item.status == "scheduled"}
    fields = (
        (field, tuple(scheduled[name] for name in field.programs if name in scheduled))
        for field in alignment.cooperation
    )
    return tuple(
        (field, tuple(sorted(chosen, key=lambda item: (item.start or 99, item.rank))))
        for field, chosen in fields
        if chosen
    )
