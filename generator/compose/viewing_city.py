"""Builds the views of the region, the plan as a whole, the SWOT, the calendar and the data quality."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.compose.said import Speaker, dated
from generator.compose.tokens import Told, clean, told
from generator.compose.typography import day_range, joined, long_date, month_name, number, percent, rupiah
from generator.compose.viewing import NOTHING, Viewing
from generator.compose.views import (
    AreaView,
    BodyView,
    CityView,
    DocumentView,
    EventView,
    FindingView,
    IdentityView,
    MentoringView,
    MissionView,
    OpdView,
    PersonView,
    PlanView,
    ProgramView,
    QualityView,
    QuickWinView,
    RefusedView,
    RoleView,
    StrategyView,
    SubView,
    SurveyItemView,
    SwotView,
    TermView,
)
from generator.model.city import Person
from generator.model.findings import Strategy
from generator.model.mentoring import MentoringEvent
from generator.model.plan import PLAN_YEARS, PlannedProgram, QuickWin

_TOP = 10
_STALE_YEARS = 3
_DENSE, _SPARSE = 1000, 100
"""Residents a square kilometre from which a region is dense, and below which it is sparse."""
_LARGE, _SMALL = 1_000_000, 250_000
"""Residents: the bounds of the size classes of `content/priorities.yaml`."""
_MORE_MEN = 105
"""Men to 100 women from which the surplus speaks of workers from elsewhere; births alone give 102 to 106 at birth."""


@dataclass(frozen=True, slots=True)
class CityViewing:
    """Builds what stands once in a book."""

    viewing: Viewing

    @property
    def speaker(self) -> Speaker:
        """The voice of the city."""
        return self.viewing.speaker

    # --- the region ------------------------------------------------------------------------------------------------

    def identity(self) -> IdentityView:
        """Return what rule sentences may say of the region."""
        city = self.speaker.dossier.city
        return IdentityView(
            name=told(city.full_name),
            short_name=told(city.name),
            type=city.type,
            head="wali kota" if city.type == "kota" else "bupati",
            village_term=self._village_term(),
            province=told(clean(city.province)),
        )

    def city(self) -> CityView:
        """Return the view of the region."""
        city, speaker = self.speaker.dossier.city, self.speaker
        is_kota = city.type == "kota"
        traits = {name: self.speaker.content.framework.traits.get(name, name) for name in city.traits}
        years = speaker.plan.roadmap.years
        first, last = years[0].calendar, next(year.calendar for year in years if year.number == PLAN_YEARS[-1])
        assessment = speaker.dossier.assessment
        return CityView(
            name=told(city.full_name),
            short_name=told(city.name),
            type=city.type,
            is_kota=is_kota,
            head="wali kota" if is_kota else "bupati",
            head_title="Wali Kota" if is_kota else "Bupati",
            regulation="Peraturan Wali Kota" if is_kota else "Peraturan Bupati",
            regulation_short="Perwali" if is_kota else "Perbup",
            village_term=self._village_term(),
            province=told(clean(city.province)),
            capital=self._capital(),
            traits=tuple(traits.values()),
            trait={name: name in traits for name in self.speaker.content.framework.traits},
            head_person=self._person(city.leaders.head, f"nama {'wali kota' if is_kota else 'bupati'}", "head"),
            deputy_person=self._person(
                city.leaders.deputy, f"nama wakil {'wali kota' if is_kota else 'bupati'}", "deputy"
            ),
            secretary_person=self._person(city.leaders.secretary, "nama sekretaris daerah", "secretary"),
            vision=self._vision(),
            vision_known=city.vision is not None,
            missions=self._missions(),
            documents=self._documents(),
            rpjmd_period=f"{city.rpjmd.start}–{city.rpjmd.end}",
            rpjmd_regulation=told(clean(city.rpjmd.regulation))
            if city.rpjmd.regulation
            else speaker.missing("nomor peraturan daerah tentang RPJMD", "legal-bureau", "city.yaml: rpjmd.regulation"),
            plan_period=f"{first}–{last}",
            plan_start=str(first),
            plan_end=str(last),
            plan_last=str(years[-1].calendar),
            date=dated(city.date),
            month=told(month_name(city.date)),
            version=city.version,
            rpjmd_end=str(city.rpjmd.end),
            beyond_rpjmd=last > city.rpjmd.end,
            is_dense=self._figure("density") >= _DENSE,
            is_sparse=0 < self._figure("density") < _SPARSE,
            is_large=self._figure("population") >= _LARGE,
            is_small=0 < self._figure("population") < _SMALL,
            more_men=self._ratio("population_male", "population_female", 100) >= _MORE_MEN,
            sex_ratio=self._ratio_words("population_male", "population_female", 100, "rasio jenis kelamin"),
            per_district=self._ratio_words("population", "kecamatan", 1, "rata-rata penduduk per kecamatan"),
            is_sample=assessment.status == "sample",
            assessed_on=dated(assessment.date),
            assessed_by=told(clean(assessment.by))
            if assessment.by
            else speaker.missing("nama tim penilai", "", "assessment.yaml: by"),
        )

    def _missions(self) -> tuple[MissionView, ...]:
        return tuple(
            MissionView(
                id=mission.id,
                text=Told(told(clean(mission.text)).inlines, (f"mission:{mission.id}",), mission.text),
                dimensions=tuple(self.viewing.area_name(name) for name in mission.dimensions),
                programs=tuple(
                    self.viewing.program(planned)
                    for planned in self.speaker.plan.scheduled
                    if mission.id in planned.missions
                ),
            )
            for mission in self.speaker.dossier.city.missions
        )

    def _documents(self) -> tuple[DocumentView, ...]:
        def stated(text: str, what: str, who: str, name: str) -> Told:
            return told(clean(text)) if text else self.speaker.missing(what, who, f"city.yaml: documents.{name}")

        return tuple(
            DocumentView(
                name=told(clean(document.name)),
                regulation=stated(document.regulation, "nomor peraturan", "legal-bureau", document.id),
                direction=stated(document.direction, "arah kebijakan yang terkait", "planning", document.id),
            )
            for document in self.speaker.dossier.city.documents
        )

    def _capital(self) -> Told:
        """Return the seat of the government: a kota is its own."""
        city = self.speaker.dossier.city
        if city.capital:
            return told(clean(city.capital))
        return told(city.name) if city.type == "kota" else self.speaker.missing("ibu kota", "planning", "city.yaml")

    def _figure(self, name: str) -> float:
        """Return a fact of the profile as a number; 0 where it is not known or not a number."""
        fact = self.speaker.dossier.facts.get(name)
        value = fact.value if fact is not None else None
        return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else 0.0

    def _ratio(self, upper: str, lower: str, scale: int) -> float:
        below = self._figure(lower)
        return scale * self._figure(upper) / below if below else 0.0

    def _ratio_words(self, upper: str, lower: str, scale: int, what: str) -> Told:
        value = self._ratio(upper, lower, scale)
        reasons = (f"fact:{upper}", f"fact:{lower}")
        if not value:
            return self.speaker.missing(what, "civil-registry", "city.yaml: facts", *reasons)
        return told(number(value), *reasons, raw=value)

    def _village_term(self) -> str:
        facts = self.speaker.dossier.facts
        desa, kelurahan = (facts[name].value if name in facts else 0 for name in ("desa", "kelurahan"))
        if desa and kelurahan:
            return "desa dan kelurahan"
        if desa or kelurahan:
            return "desa" if desa else "kelurahan"
        return "kelurahan" if self.speaker.dossier.city.type == "kota" else "desa dan kelurahan"

    def _person(self, person: Person | None, what: str, key: str) -> PersonView:
        if person is None:
            return PersonView(self.speaker.missing(what, "regional-secretary", f"city.yaml: leaders.{key}"), False)
        return PersonView(told(clean(person.name), f"leader:{key}"), True)

    def _vision(self) -> Told:
        vision = self.speaker.dossier.city.vision
        if vision is None:
            return self.speaker.missing("visi daerah dalam RPJMD", "planning", "city.yaml: vision")
        return told(clean(vision.text), "vision")

    # --- the plan --------------------------------------------------------------------------------------------------

    def plan(self) -> PlanView:
        """Return the view of the whole plan."""
        plan, view = self.speaker.plan, self.viewing.program
        scheduled = [planned for planned in plan.programs if planned.status == "scheduled"]
        by_start = sorted(scheduled, key=lambda planned: (planned.start or 99, planned.rank))
        by_rank = sorted(scheduled, key=lambda planned: planned.rank)
        ceiling, capacity = plan.roadmap.ceiling, plan.roadmap.capacity
        gaps = tuple(self.viewing.finding(finding) for finding in plan.findings if finding.kind == "gap")
        kinds = self.speaker.content.framework.kinds
        total = plan.budgets.dimension.total
        return PlanView(
            years=tuple((year.number, year.calendar) for year in plan.roadmap.years if year.number in PLAN_YEARS),
            scheduled=tuple(view(planned) for planned in scheduled),
            unfunded=tuple(view(planned) for planned in plan.unfunded),
            off=tuple(view(planned) for planned in plan.off),
            own=tuple(view(planned) for planned in scheduled if planned.source != "catalogue"),
            foundation=tuple(view(planned) for planned in by_start if planned.foundation),
            first_year=tuple(view(planned) for planned in by_start if planned.start == 1),
            middle=tuple(view(planned) for planned in by_start if (planned.start or 0) > 1),
            top=tuple(view(planned) for planned in by_rank[:_TOP]),
            by_kind=tuple(
                (name, tuple(view(planned) for planned in scheduled if planned.kind == kind))
                for kind, name in kinds.items()
            ),
            n_scheduled=_count(len(scheduled)),
            n_unfunded=_count(len(plan.unfunded)),
            n_findings=_count(len(gaps)),
            n_severe=_count(sum(1 for gap in gaps if gap.is_severe)),
            total=_money(total.total),
            low=_money(plan.budgets.low),
            high=_money(plan.budgets.high),
            later=_money(total.later),
            unfunded_total=_money(plan.budgets.unfunded),
            ceiling=_money(ceiling.yearly),
            ceiling_share=told(percent(100 * ceiling.share, 2)) if ceiling.share is not None else NOTHING,
            ceiling_is_assumed=ceiling.basis == "assumption",
            ceiling_source=told(clean(ceiling.source))
            if ceiling.source
            else self.speaker.missing("belanja APBD", "finance", "city.yaml: budget"),
            per_resident=_money(ceiling.per_resident) if ceiling.per_resident else NOTHING,
            capacity_starts=_count(capacity.starts_per_year),
            capacity_per_opd=_count(capacity.per_opd),
            quick_wins=tuple(self._quick_win(win) for win in plan.quick_wins if win.accepted),
            refused=tuple(self._refused(win) for win in plan.quick_wins if not win.accepted),
            gaps=gaps,
            top_gaps=gaps[:_TOP],
            unanswered=tuple(gap for gap in gaps if gap.is_severe and not gap.has_programs),
            n_answered=_count(sum(1 for gap in gaps if gap.has_programs)),
            busy_year=str(self.viewing.calendar_year(max(PLAN_YEARS, key=lambda year: total.years.get(year, 0)))),
        )

    def _quick_win(self, win: QuickWin) -> QuickWinView:
        planned = self.viewing.by_id[win.program]
        potential = planned.catalogue.quick_win if planned.catalogue else None
        names = {item.id: item.name for item in self.speaker.content.quickwin.items}
        reason = f"program:{planned.id}"

        def text(value: str, what: str) -> Told:
            if value:
                return told(clean(value), reason)
            return self.speaker.missing(what, planned.lead, "programs.yaml", reason)

        return QuickWinView(
            program=self.viewing.program(planned),
            rank=_count(win.rank or 0),
            score=told(number(win.score, 1, fixed=True), reason),
            service=text(potential.existing_service if potential else "", "layanan yang dipertajam"),
            months=_count(potential.months) if potential else self.speaker.missing("lama pelaksanaan", planned.lead),
            benefit=text(potential.benefit if potential else "", "manfaat"),
            uniqueness=text(potential.uniqueness if potential else "", "keunikan"),
            partners=text(joined(potential.partners) if potential else "", "mitra"),
            resources=text(potential.resources if potential else "", "sumber daya"),
            sustainability=text(potential.sustainability if potential else "", "keberlanjutan"),
            weeks=tuple(
                (f"minggu ke-{week}", told(clean(milestone), reason))
                for week, milestone in (sorted(potential.weeks.items()) if potential else ())
            ),
            items=tuple(
                (
                    names.get(item.item, item.item),
                    told(str(item.score), reason)
                    if item.score is not None
                    else self.speaker.missing("nilai 0–4", planned.lead, "programs.yaml", reason),
                )
                for item in win.items
            ),
        )

    def _refused(self, win: QuickWin) -> RefusedView:
        names = {item.id: item.name for item in self.speaker.content.quickwin.items}
        reasons = [names.get(name, _REFUSALS.get(name, name)) for name in win.failed]
        return RefusedView(
            program=self.viewing.program(self.viewing.by_id[win.program]),
            score=told(number(win.score, 1, fixed=True)),
            reasons=told(joined(reasons)),
        )

    # --- SWOT ------------------------------------------------------------------------------------------------------

    def swot(self) -> SwotView:
        """Return the quadrants and the crossings."""
        swot = self.speaker.plan.swot
        return SwotView(
            strengths=self._findings(swot.strengths),
            weaknesses=self._findings(swot.weaknesses),
            opportunities=self._findings(swot.opportunities),
            threats=self._findings(swot.threats),
            so=tuple(self._strategy(item) for item in swot.strategies if item.kind == "SO"),
            wo=tuple(self._strategy(item) for item in swot.strategies if item.kind == "WO"),
            st=tuple(self._strategy(item) for item in swot.strategies if item.kind == "ST"),
            wt=tuple(self._strategy(item) for item in swot.strategies if item.kind == "WT"),
        )

    def _findings(self, names: tuple[str, ...]) -> tuple[FindingView, ...]:
        known = self.viewing.finding_by_id
        return tuple(self.viewing.finding(known[name]) for name in names if name in known)

    def _strategy(self, strategy: Strategy) -> StrategyView:
        known = self.viewing.finding_by_id
        views = [self.viewing.program_by_id(name) for name in strategy.programs]
        words = [f"{view.code} {view.name}" for view in views if view is not None]
        return StrategyView(
            code=strategy.code,
            inner=self.viewing.finding(known[strategy.inner]),
            outer=self.viewing.finding(known[strategy.outer]),
            programs=Told(
                told(joined(words)).inlines, tuple(f"program:{name}" for name in strategy.programs), bool(words)
            ),
        )

    # --- mentoring -------------------------------------------------------------------------------------------------

    def mentoring(self) -> MentoringView:
        """Return the calendar."""
        calendar = self.speaker.plan.mentoring
        events = tuple(self._event(event) for event in calendar.events)
        return MentoringView(
            known=bool(events),
            start=dated(calendar.start),
            end=dated(calendar.end) if calendar.end else NOTHING,
            months=_count(calendar.months),
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

    # --- the rest --------------------------------------------------------------------------------------------------

    def bodies(self) -> Mapping[str, BodyView]:
        """Return the bodies by id."""
        return {
            body.id: BodyView(
                name=body.name,
                role=body.role,
                members=tuple(self.speaker.opd_name(member) for member in body.members),
            )
            for body in self.speaker.content.framework.bodies
        }

    def roles(self) -> tuple[RoleView, ...]:
        """Return the parties of the programme."""
        return tuple(
            RoleView(role.id, role.name, role.former_name, role.side, role.task)
            for role in self.speaker.content.roles.values()
        )

    def glossary(self) -> tuple[TermView, ...]:
        """Return the glossary in alphabetical order."""
        terms = sorted(self.speaker.content.glossary.terms, key=lambda term: term.term.casefold())
        return tuple(TermView(term.term, term.abbreviation, term.meaning) for term in terms)

    def agencies(self) -> tuple[OpdView, ...]:
        """Return every agency that leads a scheduled programme, the one with most first."""
        scheduled = self.speaker.plan.scheduled
        leads: dict[str, list[PlannedProgram]] = {}
        for planned in scheduled:
            leads.setdefault(planned.lead, []).append(planned)
        ordered = sorted(leads.items(), key=lambda pair: (-len(pair[1]), self.speaker.opd_name(pair[0])))
        return tuple(
            OpdView(
                name=self.speaker.opd(function),
                function=self._function(function),
                leads=self._programs(planned),
                supports=self._programs([other for other in scheduled if function in other.support]),
                budget=_money(sum(item.first_five.planned for item in planned)),
            )
            for function, planned in ordered
        )

    def _function(self, function: str) -> str:
        agency = self.speaker.content.opd.get(function)
        return agency.function if agency else ""

    def _programs(self, planned: list[PlannedProgram]) -> tuple[ProgramView, ...]:
        return tuple(self.viewing.program(item) for item in planned)

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

    def quality(self, areas: tuple[AreaView, ...]) -> QualityView:
        """Return how good the data behind the draft is."""
        rated = [item for item in self.speaker.plan.scorecard.rated.values() if item.level is not None]
        total = len(self.speaker.content.indicators)
        subs: list[SubView] = [sub for area in areas for sub in area.subs if not sub.score.complete]
        subs.sort(key=lambda sub: float(sub.score.answered.raw) / max(1.0, float(sub.score.total.raw)))
        return QualityView(
            answered=_count(len(rated)),
            total=_count(total),
            verified=_count(sum(1 for item in rated if item.evidence == "verified")),
            stated=_count(sum(1 for item in rated if item.evidence == "statement")),
            unproven=_count(sum(1 for item in rated if item.evidence == "none")),
            stale=_count(sum(1 for item in rated if item.age is not None and item.age >= _STALE_YEARS)),
            coverage=told(percent(100 * len(rated) / total if total else 0.0, 0)),
            weakest=tuple(subs[:5]),
        )


_REFUSALS = {
    "not-scheduled": "programnya belum terjadwal",
    "starts-late": "dimulai sesudah tahun pertama",
    "months": "waktu pelaksanaannya terlalu lama",
    "new-infrastructure": "memerlukan infrastruktur baru",
    "no-running-service": "tidak mempertajam layanan yang sudah berjalan",
    "least-score": "nilai rata-rata di bawah batas",
    "surplus": "memenuhi syarat, tetapi nilainya di bawah quick win yang terpilih",
}


def _count(value: int) -> Told:
    return told(number(value), raw=value)


def _money(amount: int) -> Told:
    return told(rupiah(amount), raw=amount)
