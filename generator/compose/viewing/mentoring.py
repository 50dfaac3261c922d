"""Builds the views of the programme that guides the region: calendar, bodies, parties, glossary and survey."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.compose.said import Speaker, dated
from generator.compose.tokens import NOTHING, Told, counted, told
from generator.compose.typography import day_range, joined, long_date
from generator.compose.viewing.programs import Viewing
from generator.compose.views.mentoring import BodyView, EventView, MentoringView, RoleView, SurveyItemView, TermView
from generator.model.framework import Body
from generator.model.mentoring import MentoringEvent

_WORKS = 3
"""Level of its indicator from which a body does its work."""


@dataclass(frozen=True, slots=True)
class MentoringViewing:
    """Builds what a book says of the programme that guides the region."""

    viewing: Viewing

    @property
    def speaker(self) -> Speaker:
        """The voice of the city."""
        return self.viewing.speaker

    def mentoring(self) -> MentoringView:
        """Return the calendar."""
        calendar = self.speaker.plan.mentoring
        events = tuple(self._event(event) for event in calendar.events)
        return MentoringView(
            known=bool(events),
            start=dated(calendar.start),
            end=dated(calendar.end) if calendar.end else NOTHING,
            months=counted(calendar.months),
            events=tuple(event for event in events if not event.after),
            workshops=tuple(event for event in events if event.is_workshop),
            later=tuple(event for event in events if event.after),
            provisional=tuple(str(year) for year in calendar.provisional),
        )

    def _event(self, event: MentoringEvent) -> EventView:
        steps = {step.id: step for step in self.speaker.content.mentoring.steps}
        roles = self.speaker.content.roles
        step = steps.get(event.id)

        def names(*letters: str) -> Told:
            chosen = [roles[role].name for role, part in event.raci.items() if part in letters and role in roles]
            return told(joined(chosen) if chosen else "–")

        return EventView(
            id=event.id,
            name=event.name,
            kind=event.kind,
            dates=told(day_range(event.start, event.end), f"event:{event.id}", raw=event.start),
            end=dated(event.end),
            due=told(long_date(event.inputs_due)) if event.inputs_due else NOTHING,
            has_due=event.inputs_due is not None,
            inputs=event.inputs,
            outputs=event.outputs,
            agenda=step.sections if step else (),
            responsible=names("R"),
            accountable=names("A"),
            is_workshop=event.kind == "workshop",
            after=event.after,
        )

    # --- parties, words and survey -----------------------------------------------------------------------------------

    def bodies(self) -> Mapping[str, BodyView]:
        """Return the bodies by id."""
        leading = sorted({planned.lead for planned in self.speaker.plan.scheduled}, key=self._place)
        return {
            body.id: BodyView(
                name=body.name,
                role=body.role,
                members=tuple(self.speaker.opd_head(member) for member in body.members),
                others=tuple(self.speaker.opd_head(name) for name in leading if name not in body.members),
                units=tuple(self.speaker.opd_full(name) for name in leading if name not in body.members),
                stands=self._reaches(body, body.stands_from),
                works=self._reaches(body, _WORKS),
            )
            for body in self.speaker.content.framework.bodies
        }

    def _reaches(self, body: Body, level: int) -> bool:
        """Return whether the indicator of a body is known to be at a level or above."""
        rated = self.speaker.rated(body.indicator) if body.indicator else None
        return rated is not None and rated.level is not None and rated.level >= level

    def _place(self, function: str) -> int:
        """Return where an agency stands in the list of agencies; what the list has not comes last."""
        known = list(self.speaker.content.opd)
        return known.index(function) if function in known else len(known)

    def roles(self) -> tuple[RoleView, ...]:
        """Return the parties of the programme."""
        return tuple(
            RoleView(role.id, role.name, role.former_name, role.side, role.task)
            for role in self.speaker.content.roles.values()
        )

    def glossary(self) -> tuple[TermView, ...]:
        """Return the glossary in alphabetical order."""
        terms = sorted(
            (term for term in self.speaker.content.glossary.terms if term.printed),
            key=lambda term: term.term.casefold(),
        )
        return tuple(TermView(term.term, term.abbreviation, term.meaning) for term in terms)

    def survey(self) -> tuple[SurveyItemView, ...]:
        """Return the survey questions: one an initiative area, in the order of the framework."""
        items: list[SurveyItemView] = []
        for dimension in self.speaker.content.framework.dimensions:
            for sub in dimension.subdimensions:
                for initiative in sub.initiatives:
                    for indicator in self.speaker.content.indicators.values():
                        if indicator.initiative == initiative.id and indicator.subdimension == sub.id:
                            levels = tuple(indicator.levels[level] for level in sorted(indicator.levels))
                            question = told(indicator.name, f"indicator:{indicator.id}")
                            items.append(SurveyItemView(len(items) + 1, initiative.name, question, levels))
                            break
        return tuple(items)
