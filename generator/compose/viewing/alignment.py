"""Builds the view of goals outside of the framework and of cooperation."""

from __future__ import annotations

from dataclasses import dataclass

from generator.analysis.alignment import served, shared_fields
from generator.compose.said import Speaker
from generator.compose.tokens import Told, clean, counted, told
from generator.compose.typography import joined, lower_first
from generator.compose.viewing.programs import Viewing
from generator.compose.viewing.years import calendar_year
from generator.compose.views.alignment import AlignmentView, GoalView
from generator.model.alignment import Goal
from generator.model.document import Citation, Text
from generator.model.plan import PlannedProgram

_STRONGEST = 3
_SHOWN = 6
"""Codes of a goal that a cell names; the chapter of the action plan has them all."""


@dataclass(frozen=True, slots=True)
class AlignmentViewing:
    """Builds what a book says of the world outside of the region."""

    viewing: Viewing

    @property
    def speaker(self) -> Speaker:
        """The voice of the city."""
        return self.viewing.speaker

    def alignment(self) -> AlignmentView:
        """Return the view."""
        plan, content = self.speaker.plan, self.speaker.content.alignment
        by_goal = served(plan.programs, content)
        views = {goal: self._goal(goal, programs) for goal, programs in by_goal.items()}
        reached = [goal for goal, programs in by_goal.items() if programs]
        most = sorted(reached, key=lambda goal: (-len(by_goal[goal]), goal.number))[:_STRONGEST]
        fields = shared_fields(plan.programs, content)
        first = min(fields, key=lambda entry: entry[1][0].start or 99, default=None)
        return AlignmentView(
            n_goals=counted(len(by_goal)),
            n_served=counted(len(reached)),
            served=tuple(views[goal] for goal in reached),
            strongest=tuple(views[goal] for goal in most),
            unserved=tuple(view for goal, view in views.items() if not by_goal[goal]),
            neighbours=self.neighbours(),
            n_fields=counted(len(fields)),
            n_shared=counted(sum(1 for field, _ in fields if field.partner == "neighbours")),
            first_field=(lower_first(first[0].name), str(calendar_year(plan, first[1][0].start or 1))) if first else (),
        )

    def neighbours(self) -> tuple[Told, ...]:
        """Return the names of the neighbouring regions with their sources."""
        return tuple(
            Told(
                (
                    Text(clean(item.name) + (f" ({clean(item.side)})" if item.side else "") + "\u00a0"),
                    Citation(self.speaker.sources.cite(item.source)),
                ),
                (f"neighbour:{item.name}",),
                item.name,
            )
            for item in self.speaker.dossier.city.neighbours
        )

    def _goal(self, goal: Goal, programs: tuple[PlannedProgram, ...]) -> GoalView:
        return GoalView(
            number=str(goal.number),
            name=goal.name,
            codes=told(codes_of(programs), *(f"program:{item.id}" for item in programs)),
            count=counted(len(programs)),
        )


def codes_of(programs: tuple[PlannedProgram, ...]) -> str:
    """Return the first codes of some programmes and how many more there are."""
    codes = [item.code for item in programs]
    rest = len(codes) - _SHOWN
    return joined([*codes[:_SHOWN], f"{rest} lainnya"] if rest > 0 else codes) or "–"
