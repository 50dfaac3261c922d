"""Builds the views of dimensions, readiness elements and their parts, and says how good the data behind them is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from generator.compose.said import Speaker
from generator.compose.tokens import amount, counted, told
from generator.compose.typography import lower_first, percent
from generator.compose.viewing.programs import Viewing
from generator.compose.viewing.scores import indicator_view, score_view
from generator.compose.views.areas import AreaView, QualityView, SubView
from generator.compose.views.programs import ProgramView
from generator.model.framework import Dimension, SubDimension
from generator.model.plan import PlannedProgram
from generator.model.scorecard import area_key

_EARLY = 1
"""Last plan year of the start of programmes that are ready to be written into terms of reference."""
_DISCUSSED, _MANY = 2, 5
"""Gaps of a sub-dimension that the text discusses, and the number that counts as many."""
_CLEAR, _LEAN = 0.3, 0.2
"""Difference of scores that a reader may call one: between parts, and between an area and its siblings."""
_STALE_YEARS = 3


@dataclass(frozen=True, slots=True)
class AreaViewing:
    """Builds the views of areas from the findings and programmes in them."""

    viewing: Viewing

    @property
    def speaker(self) -> Speaker:
        """The voice of the city."""
        return self.viewing.speaker

    def sub(self, dimension: Dimension, sub: SubDimension) -> SubView:
        """Return the view of a sub-dimension."""
        indicators = [
            indicator
            for indicator in self.speaker.content.indicators.values()
            if (indicator.dimension, indicator.subdimension) == (dimension.id, sub.id)
        ]
        views = [indicator_view(self.speaker, indicator) for indicator in indicators]
        heavy = [view for _, view in sorted(zip(indicators, views, strict=True), key=lambda pair: -pair[0].weight)]
        found = [
            finding
            for finding in self.speaker.plan.findings
            if (finding.dimension, finding.subdimension) == (dimension.id, sub.id)
        ]
        gaps = tuple(self.viewing.finding(finding) for finding in found if finding.kind == "gap")
        programs = [
            planned
            for planned in self.speaker.plan.scheduled
            if (planned.dimension, planned.subdimension) == (dimension.id, sub.id)
        ]
        return SubView(
            id=sub.id,
            name=sub.name,
            about=sub.about,
            ideal=sub.ideal_for(self.speaker.dossier.city.type),
            code=dimension.code,
            score=score_view(self.speaker, area_key(dimension.id, sub.id)),
            indicators=tuple(views),
            strong=tuple(view for view in heavy if view.is_high),
            weak=tuple(view for view in heavy if view.is_low),
            middle=tuple(view for view in heavy if view.answered and not view.is_low and not view.is_high),
            open=tuple(view for view in views if not view.answered),
            unproven=tuple(view for view in views if view.answered and view.evidence != "dokumen"),
            gaps=gaps,
            main_gap=gaps[:1],
            other_gaps=gaps[1:],
            urgent=gaps[:_DISCUSSED],
            later=gaps[_DISCUSSED:],
            severe=tuple(gap for gap in gaps if gap.is_severe),
            many_gaps=len(gaps) >= _MANY,
            leads=False,
            trails=False,
            proven=2 * sum(1 for view in views if view.evidence == "dokumen")
            > sum(1 for view in views if view.answered),
            kinds=self._kinds(programs),
            strengths=tuple(self.viewing.finding(finding) for finding in found if finding.kind == "strength"),
            outlook=tuple(
                self.viewing.finding(finding) for finding in found if finding.kind in ("opportunity", "threat")
            ),
            evidence=tuple(self.viewing.finding(finding) for finding in found if finding.kind == "evidence"),
            programs=tuple(
                self.viewing.program(planned) for planned in sorted(programs, key=lambda item: item.start or 99)
            ),
            initiatives=tuple(initiative.name for initiative in sub.initiatives),
        )

    def _kinds(self, programs: Sequence[PlannedProgram]) -> tuple[tuple[str, tuple[ProgramView, ...]], ...]:
        names = self.speaker.content.framework.kinds
        found = [
            (lower_first(name), tuple(self.viewing.program(planned) for planned in programs if planned.kind == kind))
            for kind, name in names.items()
        ]
        return tuple(sorted((pair for pair in found if pair[1]), key=lambda pair: -len(pair[1])))

    def _lean(self, dimension: Dimension) -> float:
        """Return how far an area lies above the mean of its siblings; 0 where either is not known."""
        framework, scores = self.speaker.content.framework, self.speaker.plan.scorecard
        siblings = framework.dimensions if dimension in framework.dimensions else framework.readiness
        others = [scores.value(item.id) for item in siblings if item.id != dimension.id]
        known = [value for value in others if value is not None]
        own = scores.value(dimension.id)
        return own - sum(known) / len(known) if own is not None and known else 0.0

    def area(self, dimension: Dimension) -> AreaView:
        """Return the view of a dimension or a readiness element."""
        subs = tuple(self.sub(dimension, sub) for sub in dimension.subdimensions)
        rated = [sub for sub in subs if sub.score.known]
        ordered = sorted(rated, key=lambda sub: -float(sub.score.value.raw))
        spread = float(ordered[0].score.value.raw) - float(ordered[-1].score.value.raw) if len(ordered) > 1 else 0.0
        uneven = spread >= _CLEAR
        if uneven:
            best, worst = ordered[0].id, ordered[-1].id
            subs = tuple(replace(sub, leads=sub.id == best, trails=sub.id == worst) for sub in subs)
        plan = self.speaker.plan
        found = [finding for finding in plan.findings if finding.dimension == dimension.id]
        gaps = tuple(self.viewing.finding(finding) for finding in found if finding.kind == "gap")
        scheduled = [planned for planned in plan.scheduled if planned.dimension == dimension.id]
        total = sum(planned.first_five.planned for planned in scheduled)
        kinds = self._kinds(scheduled)
        return AreaView(
            id=dimension.id,
            name=dimension.name,
            local_name=dimension.local_name or dimension.name,
            code=dimension.code,
            about=dimension.about,
            goal=dimension.goal_for(self.speaker.dossier.city.type),
            score=score_view(self.speaker, dimension.id),
            subs=subs,
            best_sub=tuple(ordered[:1]) if uneven else (),
            worst_sub=tuple(ordered[-1:]) if uneven else (),
            even=1 < len(ordered) == len(subs) and not uneven,
            ahead=self._lean(dimension) >= _LEAN,
            behind=self._lean(dimension) <= -_LEAN,
            severe=tuple(gap for gap in gaps if gap.is_severe),
            kinds=kinds,
            main_kinds=tuple(pair for pair in kinds if len(pair[1]) == len(kinds[0][1])),
            gaps=gaps,
            top_gaps=gaps[:3],
            strengths=tuple(self.viewing.finding(finding) for finding in found if finding.kind == "strength"),
            programs=tuple(self.viewing.program(planned) for planned in scheduled),
            early=tuple(self.viewing.program(planned) for planned in scheduled if (planned.start or 99) <= _EARLY),
            unfunded=tuple(
                self.viewing.program(planned) for planned in plan.unfunded if planned.dimension == dimension.id
            ),
            budget=amount(total),
            count=counted(len(scheduled)),
        )


def quality_view(speaker: Speaker, areas: tuple[AreaView, ...]) -> QualityView:
    """Return how good the data behind the draft is."""
    rated = [item for item in speaker.plan.scorecard.rated.values() if item.level is not None]
    total = len(speaker.content.indicators)
    subs: list[SubView] = [sub for area in areas for sub in area.subs if not sub.score.complete]
    subs.sort(key=lambda sub: float(sub.score.answered.raw) / max(1.0, float(sub.score.total.raw)))
    return QualityView(
        answered=counted(len(rated)),
        total=counted(total),
        verified=counted(sum(1 for item in rated if item.evidence == "verified")),
        stated=counted(sum(1 for item in rated if item.evidence == "statement")),
        unproven=counted(sum(1 for item in rated if item.evidence == "none")),
        stale=counted(sum(1 for item in rated if item.age is not None and item.age >= _STALE_YEARS)),
        coverage=told(percent(100 * len(rated) / total if total else 0.0, 0)),
        weakest=tuple(subs[:5]),
    )
