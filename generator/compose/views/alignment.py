"""Views of what lies outside of the region: goals of sustainable development, neighbours, cooperation."""

from __future__ import annotations

from dataclasses import dataclass

from generator.compose.tokens import Told


@dataclass(frozen=True, slots=True)
class GoalView:
    """A goal outside of the framework with the scheduled programmes that serve it."""

    number: str
    name: str
    codes: Told
    """Codes of its programmes: 'G-03, G-04, dan 5 lainnya'."""
    count: Told


@dataclass(frozen=True, slots=True)
class AlignmentView:
    """How the plan stands to the goals and to those with whom it must agree."""

    n_goals: Told
    n_served: Told
    served: tuple[GoalView, ...]
    strongest: tuple[GoalView, ...]
    """The three goals with most programmes, most first."""
    unserved: tuple[GoalView, ...]
    neighbours: tuple[Told, ...]
    """Names of the neighbouring regions that the city states, each with its source."""
    n_fields: Told
    """Fields in which the plan needs somebody else."""
    n_shared: Told
    """Those that it shares with neighbouring regions."""
    first_field: tuple[str, ...]
    """Name and year of the field that must be agreed on first, or nothing."""
