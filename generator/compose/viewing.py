"""Builds the views of findings, areas and programmes from the plan; one builder a city, everything built once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from generator.compose.said import Speaker
from generator.compose.sentences import Sentences
from generator.compose.tokens import Told, clean, told
from generator.compose.typography import joined, lower_first, number, percent, quantity, rupiah
from generator.compose.views import (
    AreaView,
    FindingView,
    IndicatorView,
    KpiView,
    PositionView,
    ProgramView,
    ScoreView,
    Standing,
    SubView,
)
from generator.model.document import Inline, Text
from generator.model.findings import Finding
from generator.model.framework import Dimension, SubDimension
from generator.model.instrument import Indicator
from generator.model.plan import PLAN_YEARS, KpiTarget, PlannedKpi, PlannedProgram
from generator.model.scorecard import Score, area_key

SEVERITY = {"high": "tinggi", "medium": "sedang", "low": "rendah"}
_EVIDENCE = {"verified": "dokumen", "statement": "pernyataan", "none": "tanpa bukti"}
_KPI = {"output": "keluaran", "outcome": "hasil", "impact": "dampak"}
_HIGH, _LOW = 2.5, 1.5
"""A score of 2.5 rounds to 'terpadu', one under 1.5 to 'rintisan' or less."""
_SURE, _FAIR = 0.75, 0.45
_EARLY = 1
"""Last plan year of the start of programmes that are ready to be written into terms of reference."""
_THIN = 0.5
"""Coverage below which a score says more about the questionnaire than about the region."""
_DISCUSSED, _MANY = 2, 5
"""Gaps of a sub-dimension that the text discusses, and the number that counts as many."""
_CLEAR, _LEAN = 0.3, 0.2
"""Difference of scores that a reader may call one: between parts, and between an area and its siblings."""
LEAST_COHORT = 5
"""Cities with a score below which a rank says nothing."""
NOTHING = Told((), (), None)


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
        kpis = tuple(self.kpi(kpi, reason) for kpi in planned.kpis)
        outcome = [kpi for kpi in kpis if kpi.kind == "hasil"]
        sub = self.sub_name(planned.dimension, planned.subdimension)
        codes = {entry.id: entry.code for entry in self.speaker.plan.programs}
        catalogue = planned.catalogue
        horizon = next((entry.name for entry in framework.horizons if entry.id == planned.horizon), "")
        return ProgramView(
            id=planned.id,
            code=planned.code,
            name=told(clean(planned.name), reason),
            aim=told(clean(planned.aim), reason) if planned.aim else self._open("tujuan program", planned),
            description=told(clean(planned.description), reason),
            dimension=self.area_name(planned.dimension),
            subdimension=sub,
            kind=framework.kinds.get(planned.kind, planned.kind),
            lead=self.speaker.opd(planned.lead),
            support=self._names(planned.support),
            technology=told(clean(catalogue.technology)) if catalogue and catalogue.technology else NOTHING,
            years=year_words(planned),
            calendar=self.calendar_words(planned),
            start=told(str(self.calendar_year(planned.start)), raw=planned.start) if planned.start else NOTHING,
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
            why_not=self.why_not(planned),
            findings=tuple(self._bare(name) for name in planned.findings if self._known(name)),
            kpis=kpis,
            main_kpi=tuple((outcome or list(kpis))[:1]),
            activities=tuple(
                (self.year_label(year), tuple(told(clean(item), reason) for item in items))
                for year, items in planned.activities.items()
            ),
            risks=tuple(
                (
                    told(risk.risk, reason),
                    SEVERITY[risk.likelihood],
                    SEVERITY[risk.impact],
                    told(risk.mitigation, reason),
                )
                for risk in (catalogue.risks if catalogue else ())
            ),
            requires=tuple(codes[name] for name in planned.requires if codes.get(name)),
            ran_in=tuple(
                (told(place.region), told(place.what), told(place.source))
                for place in (catalogue.ran_in if catalogue else ())
            ),
        )

    def _open(self, what: str, planned: PlannedProgram) -> Told:
        return self.speaker.missing(what, planned.lead, "programs.yaml", f"program:{planned.id}")

    def _names(self, functions: Iterable[str]) -> Told:
        names = list(dict.fromkeys(self.speaker.opd_name(function) for function in functions))
        return told(joined(names)) if names else told("–")

    def calendar_year(self, plan_year: int) -> int:
        """Return the calendar year of a plan year."""
        years = {year.number: year.calendar for year in self.speaker.plan.roadmap.years}
        first = years[1]
        return years.get(plan_year, first + plan_year - 1)

    def year_label(self, plan_year: int) -> str:
        """Return 'tahun ke-1 (2027)'; the last plan year stands for years 6-10."""
        if plan_year > PLAN_YEARS[-1]:
            first = self.calendar_year(PLAN_YEARS[-1]) + 1
            return f"tahun ke-6 s.d. ke-10 ({first}–{self.calendar_year(10)})"
        return f"tahun ke-{plan_year} ({self.calendar_year(plan_year)})"

    def calendar_words(self, planned: PlannedProgram) -> str:
        """Return '2027–2029', '2027', or nothing for a programme without a start."""
        if planned.start is None or planned.end is None:
            return ""
        first, last = self.calendar_year(planned.start), self.calendar_year(planned.end)
        return str(first) if first == last else f"{first}–{last}"

    def why_not(self, planned: PlannedProgram) -> Told:
        """Return in a sentence why a programme is not scheduled; nothing for a scheduled one."""
        why = planned.why
        if why is None:
            return NOTHING
        reason = f"program:{planned.id}"
        by_id = self.by_id
        detail = clean(why.detail)
        if why.code in ("opd-load",):
            detail = self.speaker.opd_name(detail)
        if detail in by_id:
            detail = f"{by_id[detail].code} {by_id[detail].name}".strip()
        elif detail in self.speaker.content.programs:
            detail = self.speaker.content.programs[detail].name
        words = {
            "ceiling": "pagu tahunan habis oleh program yang lebih mendesak",
            "capacity": "kapasitas memulai program setiap tahun sudah penuh",
            "opd-load": f"{detail} sudah membangun program lain pada tahun yang sama",
            "duration": f"prasyaratnya ({detail}) baru selesai sesudah tahun ke-5",
            "prerequisite": f"prasyaratnya belum masuk rencana: {detail}",
            "own-decision": f"daerah memutuskan tidak melaksanakannya: {detail}",
            "outside-period": "waktunya berada di luar masa rencana",
        }[why.code]
        if why.needed is not None:
            words += f"; masuk bila pagu mencapai {rupiah(why.needed)}"
        return told(words, reason)

    # --- KPIs ------------------------------------------------------------------------------------------------------

    def kpi(self, kpi: PlannedKpi, reason: str) -> KpiView:
        """Return the view of a KPI."""
        names = [
            name
            for name in (
                reason,
                f"indicator:{kpi.indicator}" if kpi.indicator else "",
                f"fact:{kpi.fact}" if kpi.fact else "",
            )
            if name
        ]
        if kpi.baseline is None:
            baseline = self.speaker.missing(f"data dasar {lower_first(clean(kpi.kpi))}", "", "", *names)
        else:
            words = number(kpi.baseline, kpi.decimals or 2)
            baseline = told(f"{words} ({kpi.baseline_year})" if kpi.baseline_year else words, *names)
        targets = tuple((target.year, told(target_words(target, kpi), *names)) for target in kpi.targets)
        last = _aimed_at(kpi.targets)
        return KpiView(
            kpi=told(clean(kpi.kpi), *names),
            unit=kpi.unit,
            measure=told(clean(kpi.measure), *names),
            kind=_KPI[kpi.kind],
            baseline=baseline,
            targets=targets,
            last_target=told(target_words(last, kpi, with_unit=True), *names) if last else NOTHING,
            is_change=last is not None and last.value is None and clean(last.text)[:1] in ("+", "-"),
            last_year=told(str(self.calendar_year(last.year)) if last else "–"),
        )

    # --- findings --------------------------------------------------------------------------------------------------

    def _known(self, name: str) -> bool:
        return name in self.finding_by_id

    @cached_property
    def finding_by_id(self) -> dict[str, Finding]:
        """Findings by id."""
        return {finding.id: finding for finding in self.speaker.plan.findings}

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
            rank=told(number(finding.rank), reason, raw=finding.rank),
            score=told(number(finding.score, 1, fixed=True), reason, raw=finding.score),
            dimension=self.area_name(finding.dimension),
            subdimension=self.sub_name(finding.dimension, finding.subdimension),
            programs=programs,
            program_codes=Told((Text(joined(codes)),), tuple(f"program:{view.id}" for view in answering), bool(codes)),
            has_programs=bool(codes),
            regulations=rule.because,
        )

    # --- names -----------------------------------------------------------------------------------------------------

    def area_name(self, dimension: str) -> str:
        """Return the name of a dimension or element."""
        return next((area.name for area in self.speaker.content.framework.areas if area.id == dimension), dimension)

    def sub_name(self, dimension: str, subdimension: str) -> str:
        """Return the name of a sub-dimension or component."""
        for area in self.speaker.content.framework.areas:
            if area.id == dimension:
                return next((sub.name for sub in area.subdimensions if sub.id == subdimension), subdimension)
        return subdimension

    # --- scores ----------------------------------------------------------------------------------------------------

    def score(self, area: str) -> ScoreView:
        """Return the view of a score."""
        score = self.speaker.plan.scorecard.scores.get(area)
        value = score.value if score is not None else None
        levels = {level.level: level for level in self.speaker.content.framework.levels}
        standing, word = standing_of(value)
        level = levels.get(level_word(value)) if value is not None else None
        reason = f"score:{area}"
        gap = told(number(4 - round(value, 1), 1, fixed=True), reason, raw=4 - value) if value is not None else NOTHING
        confidence = _confidence(score)
        return ScoreView(
            known=value is not None,
            value=self.speaker.score(area),
            gap=gap,
            standing=standing,
            is_high=standing == "high",
            is_middle=standing == "middle",
            is_low=standing == "low",
            word=word,
            level_name=level.name if level else "belum ternilai",
            level_meaning=level.meaning if level else "",
            answered=told(number(score.n_answered if score else 0), raw=score.n_answered if score else 0),
            total=told(number(score.n_total if score else 0), raw=score.n_total if score else 0),
            coverage=told(percent(100 * (score.coverage if score else 0.0), 0), reason),
            complete=bool(score and score.n_answered == score.n_total),
            thin=score is None or score.coverage < _THIN,
            confidence=told(confidence, reason),
            is_sure=confidence == "tinggi",
            is_unsure=confidence == "rendah",
            position=self._position(area),
        )

    def _position(self, area: str) -> PositionView:
        position = self.speaker.plan.scorecard.positions.get(area)
        if position is None or position.count < LEAST_COHORT:
            return PositionView(False, NOTHING, NOTHING, NOTHING, False, NOTHING, NOTHING)
        best = position.best
        return PositionView(
            known=True,
            rank=told(number(position.rank), raw=position.rank),
            count=told(number(position.count), raw=position.count),
            median=told(number(position.median, 1, fixed=True), raw=position.median),
            above_median=position.to_median > 0,
            best_name=told(clean(best.name)) if best else NOTHING,
            best=told(number(best.value, 1, fixed=True)) if best else NOTHING,
        )

    # --- indicators ------------------------------------------------------------------------------------------------

    def indicator(self, indicator: Indicator) -> IndicatorView:
        """Return the view of an indicator."""
        rated = self.speaker.plan.scorecard.rated.get(indicator.id)
        level = rated.level if rated else None
        reason = f"indicator:{indicator.id}"
        measured = indicator.kind == "value"
        following = indicator.levels.get(level + 1) if level is not None else None
        return IndicatorView(
            id=indicator.id,
            name=told(indicator.name, reason),
            definition=told(indicator.definition, reason),
            answered=level is not None,
            level=self.speaker.level(indicator.id),
            rubric=self.speaker.rubric(indicator.id),
            next_rubric=told(lower_first(following.rstrip(". ")), reason) if following else NOTHING,
            value=self.speaker.value(indicator.id) if measured else NOTHING,
            is_measured=measured and level is not None and rated is not None and rated.value is not None,
            is_low=level is not None and level <= 1,
            is_high=level is not None and level >= 3,
            evidence=_EVIDENCE[rated.evidence] if rated and level is not None else "–",
            year=str(rated.year) if rated and rated.year and level is not None else "–",
            supplied_by=self._names(indicator.supplied_by),
        )

    # --- areas -----------------------------------------------------------------------------------------------------

    def sub(self, dimension: Dimension, sub: SubDimension) -> SubView:
        """Return the view of a sub-dimension."""
        indicators = [
            indicator
            for indicator in self.speaker.content.indicators.values()
            if (indicator.dimension, indicator.subdimension) == (dimension.id, sub.id)
        ]
        views = [self.indicator(indicator) for indicator in indicators]
        heavy = [view for _, view in sorted(zip(indicators, views, strict=True), key=lambda pair: -pair[0].weight)]
        found = [
            finding
            for finding in self.speaker.plan.findings
            if (finding.dimension, finding.subdimension) == (dimension.id, sub.id)
        ]
        gaps = tuple(self.finding(finding) for finding in found if finding.kind == "gap")
        programs = [
            planned
            for planned in self.speaker.plan.scheduled
            if (planned.dimension, planned.subdimension) == (dimension.id, sub.id)
        ]
        return SubView(
            id=sub.id,
            name=sub.name,
            about=sub.about,
            ideal=sub.ideal,
            code=dimension.code,
            score=self.score(area_key(dimension.id, sub.id)),
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
            strengths=tuple(self.finding(finding) for finding in found if finding.kind == "strength"),
            outlook=tuple(self.finding(finding) for finding in found if finding.kind in ("opportunity", "threat")),
            evidence=tuple(self.finding(finding) for finding in found if finding.kind == "evidence"),
            programs=tuple(self.program(planned) for planned in sorted(programs, key=lambda item: item.start or 99)),
            initiatives=tuple(initiative.name for initiative in sub.initiatives),
        )

    def _kinds(self, programs: Sequence[PlannedProgram]) -> tuple[tuple[str, tuple[ProgramView, ...]], ...]:
        names = self.speaker.content.framework.kinds
        found = [
            (lower_first(name), tuple(self.program(planned) for planned in programs if planned.kind == kind))
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
        gaps = tuple(self.finding(finding) for finding in found if finding.kind == "gap")
        scheduled = [planned for planned in plan.scheduled if planned.dimension == dimension.id]
        total = sum(planned.first_five.planned for planned in scheduled)
        return AreaView(
            id=dimension.id,
            name=dimension.name,
            local_name=dimension.local_name or dimension.name,
            code=dimension.code,
            about=dimension.about,
            goal=dimension.goal,
            score=self.score(dimension.id),
            subs=subs,
            best_sub=tuple(ordered[:1]) if uneven else (),
            worst_sub=tuple(ordered[-1:]) if uneven else (),
            even=len(ordered) > 1 and not uneven,
            ahead=self._lean(dimension) >= _LEAN,
            behind=self._lean(dimension) <= -_LEAN,
            severe=tuple(gap for gap in gaps if gap.is_severe),
            kinds=self._kinds(scheduled),
            gaps=gaps,
            top_gaps=gaps[:3],
            strengths=tuple(self.finding(finding) for finding in found if finding.kind == "strength"),
            programs=tuple(self.program(planned) for planned in scheduled),
            early=tuple(self.program(planned) for planned in scheduled if (planned.start or 99) <= _EARLY),
            unfunded=tuple(self.program(planned) for planned in plan.unfunded if planned.dimension == dimension.id),
            budget=told(rupiah(total), raw=total),
            count=told(number(len(scheduled)), raw=len(scheduled)),
        )


def level_word(value: float) -> int:
    """Return the level that a score is called by; from the printed figure, so that 1,5 has one name on every page."""
    return int(round(value, 1) + 0.5)


def standing_of(value: float | None) -> tuple[Standing, str]:
    """Return the class of a score 0-4 and its word; from the printed figure, as `level_word`."""
    if value is None:
        return "missing", "belum ternilai"
    value = round(value, 1)
    if value >= _HIGH:
        return "high", "tinggi"
    return ("low", "rendah") if value < _LOW else ("middle", "sedang")


def _confidence(score: Score | None) -> str:
    if score is None or score.value is None:
        return "belum ada"
    if score.confidence >= _SURE:
        return "tinggi"
    return "sedang" if score.confidence >= _FAIR else "rendah"


def year_words(planned: PlannedProgram) -> str:
    """Return 'tahun ke-1 s.d. ke-3', or nothing for a programme without a start."""
    if planned.start is None or planned.end is None:
        return ""
    if planned.start == planned.end:
        return f"tahun ke-{planned.start}"
    return f"tahun ke-{planned.start} s.d. ke-{planned.end}"


def _aimed_at(targets: tuple[KpiTarget, ...]) -> KpiTarget | None:
    """Return the target that running text names: that of the last of the five years, else the first stated later."""
    within = [target for target in targets if target.year <= PLAN_YEARS[-1]]
    return within[-1] if within else (targets[0] if targets else None)


def target_words(target: KpiTarget, kpi: PlannedKpi, *, with_unit: bool = False) -> str:
    """Return a target as a document prints it: reckoned where the baseline is known, else as a change from it.

    Running text wants the unit with it; columns of figures have it in their head.
    """
    unit = kpi.unit if with_unit else ""
    if target.value is not None and unit.startswith("level"):
        return f"level {number(target.value, 1)}"
    if target.value is not None:
        return quantity(target.value, unit, kpi.decimals or 2)
    text = clean(target.text)
    try:
        value = float(text)
    except ValueError:
        return text
    if value == 0 and text[:1] in "+-":
        return "tetap"
    if text[:1] in "+-":
        words = quantity(abs(value), kpi.unit if kpi.unit == "%" else "", 2)
        return f"{'naik' if value > 0 else 'turun'} {words}"
    return quantity(value, unit, 2)


def runs(*parts: Inline | str) -> tuple[Inline, ...]:
    """Return runs from texts and runs."""
    return tuple(Text(part) if isinstance(part, str) else part for part in parts)
