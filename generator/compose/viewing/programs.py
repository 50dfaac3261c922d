"""Builds the views of findings and programmes; one builder a city, everything built once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from generator.compose.said import Speaker
from generator.compose.sentences import Sentences
from generator.compose.tokens import NOTHING, Told, clean, told
from generator.compose.typography import joined, number, rupiah
from generator.compose.viewing.kpis import kpi_view
from generator.compose.viewing.refusals import why_not
from generator.compose.viewing.years import calendar_words, calendar_year, year_label, year_words
from generator.compose.views.programs import FindingView, ProgramView
from generator.model.document import Text
from generator.model.findings import Finding
from generator.model.plan import PlannedProgram

SEVERITY = {"high": "tinggi", "medium": "sedang", "low": "rendah"}


@dataclass
class Viewing:
    """Builds and remembers views; cycles (finding ↔ programme) are cut by building findings of programmes late."""

    speaker: Speaker
    sentences: Sentences
    programs: dict[str, ProgramView] = field(default_factory=dict)
    _findings: dict[str, FindingView] = field(default_factory=dict)

    # --- programmes ------------------------------------------------------------------------------------------------

    def program(self, planned: PlannedProgram) -> ProgramView:
        """Return the view of a programme; its findings are plain (without their programmes), so that no cycle is."""
        if planned.id not in self.programs:
            self.programs[planned.id] = self._program(planned)
        return self.programs[planned.id]

    def program_by_id(self, name: str) -> ProgramView | None:
        """Return the view of a planned programme, None where it is not in the plan."""
        planned = self.by_id.get(name)
        return self.program(planned) if planned is not None else None

    @cached_property
    def by_id(self) -> dict[str, PlannedProgram]:
        """Planned programmes by id."""
        return {planned.id: planned for planned in self.speaker.plan.programs}

    def _program(self, planned: PlannedProgram) -> ProgramView:
        content, framework = self.speaker.content, self.speaker.content.framework
        reason = f"program:{planned.id}"
        kpis = tuple(kpi_view(self.speaker, kpi, reason, planned.lead) for kpi in planned.kpis)
        outcome = [kpi for kpi in kpis if kpi.kind == "hasil"]
        codes = {entry.id: entry.code for entry in self.speaker.plan.programs}
        catalogue = planned.catalogue
        horizon = next((entry.name for entry in framework.horizons if entry.id == planned.horizon), "")
        return ProgramView(
            id=planned.id,
            code=planned.code,
            name=told(clean(planned.name), reason),
            aim=told(clean(planned.aim), reason) if planned.aim else self._open("tujuan program", planned),
            description=told(clean(planned.description), reason),
            dimension=framework.area_name(planned.dimension),
            subdimension=framework.sub_name(planned.dimension, planned.subdimension),
            kind=framework.kinds.get(planned.kind, planned.kind),
            lead=self.speaker.opd(planned.lead),
            agency=told(self.speaker.opd_short(planned.lead), f"opd:{planned.lead}"),
            support=self.speaker.opd_names(planned.support),
            technology=told(clean(catalogue.technology)) if catalogue and catalogue.technology else NOTHING,
            years=year_words(planned),
            calendar=calendar_words(self.speaker.plan, planned),
            start=told(str(calendar_year(self.speaker.plan, planned.start)), raw=planned.start)
            if planned.start
            else NOTHING,
            horizon=horizon,
            budget=told(rupiah(planned.first_five.planned), reason, raw=planned.first_five.planned),
            range=told(f"{rupiah(planned.first_five.low)}–{rupiah(planned.first_five.high)}", reason),
            funds=joined(
                [content.planning.funds[fund].name for fund in planned.funds if fund in content.planning.funds]
            ),
            scheduled=planned.status == "scheduled",
            is_own=planned.source != "catalogue",
            foundation=planned.foundation,
            quick_win=planned.quick_win,
            has_sheet=planned.start == 1,
            why_not=why_not(self.speaker, planned),
            findings=self._asking(planned),
            needed_by=self._needed_by(planned),
            kpis=kpis,
            main_kpi=tuple((outcome or list(kpis))[:1]),
            activities=tuple(
                (year_label(self.speaker.plan, year), tuple(told(clean(item), reason) for item in items))
                for year, items in planned.activities.items()
            ),
            risks=self._risks(planned),
            requires=tuple(codes[name] for name in planned.requires if codes.get(name)),
            ran_in=tuple(
                (told(place.region), told(place.what), told(place.source))
                for place in (catalogue.ran_in if catalogue else ())
            ),
        )

    def _risks(self, planned: PlannedProgram) -> tuple[tuple[Told, str, str, Told], ...]:
        reason = f"program:{planned.id}"
        return tuple(
            (told(risk.risk, reason), SEVERITY[risk.likelihood], SEVERITY[risk.impact], told(risk.mitigation, reason))
            for risk in (planned.catalogue.risks if planned.catalogue else ())
        )

    def _asking(self, planned: PlannedProgram) -> tuple[FindingView, ...]:
        asked = (reason.id for reason in planned.reasons if reason.kind == "finding")
        return tuple(self._bare(name) for name in asked if self._known(name))

    def _needed_by(self, planned: PlannedProgram) -> tuple[str, ...]:
        others = (self.by_id.get(reason.id) for reason in planned.reasons if reason.kind == "prerequisite")
        return tuple(other.code for other in others if other is not None and other.start)

    def _open(self, what: str, planned: PlannedProgram) -> Told:
        return self.speaker.missing(what, planned.lead, "programs.yaml", f"program:{planned.id}")

    # --- findings --------------------------------------------------------------------------------------------------

    def _known(self, name: str) -> bool:
        return name in self.finding_by_id

    @cached_property
    def finding_by_id(self) -> dict[str, Finding]:
        """Findings by id."""
        return {finding.id: finding for finding in self.speaker.plan.findings}

    @cached_property
    def _places(self) -> dict[str, int]:
        """Finding -> place among those of its kind: 'gap number 3', whatever strengths and threats lie between."""
        seen: Counter[str] = Counter()
        places = {}
        for finding in self.speaker.plan.findings:
            seen[finding.kind] += 1
            places[finding.id] = seen[finding.kind]
        return places

    def _bare(self, name: str) -> FindingView:
        return self._finding(self.finding_by_id[name], programs=())

    def finding(self, finding: Finding) -> FindingView:
        """Return the view of a finding with the programmes that answer it."""
        if finding.id not in self._findings:
            programs = [self.program_by_id(name) for name in finding.remedies]
            self._findings[finding.id] = self._finding(finding, tuple(view for view in programs if view is not None))
        return self._findings[finding.id]

    def _finding(self, finding: Finding, programs: tuple[ProgramView, ...]) -> FindingView:
        rule = self.speaker.content.rules[finding.id]
        reason = f"finding:{finding.id}"
        answering = [view for view in programs if view.scheduled and view.code]
        codes = [view.code for view in answering]
        return FindingView(
            id=finding.id,
            title=told(rule.title, reason),
            text=self.sentences.say(rule, "finding"),
            ideal=self.sentences.say(rule, "ideal"),
            cause=self.sentences.say(rule, "cause"),
            consequence=self.sentences.say(rule, "consequence"),
            severity=SEVERITY[finding.severity],
            is_severe=finding.severity == "high",
            rank=told(number(self._places[finding.id]), reason, raw=self._places[finding.id]),
            score=told(number(finding.score, 1, fixed=True), reason, raw=finding.score),
            dimension=self.speaker.content.framework.area_name(finding.dimension),
            subdimension=self.speaker.content.framework.sub_name(finding.dimension, finding.subdimension),
            programs=programs,
            program_codes=Told((Text(joined(codes)),), tuple(f"program:{view.id}" for view in answering), bool(codes)),
            has_programs=bool(codes),
            regulations=rule.because,
        )
