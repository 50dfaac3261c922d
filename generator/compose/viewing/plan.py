"""Builds the view of the plan as a whole: its programmes and money, quick wins, SWOT and agencies."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from generator.compose.said import Speaker
from generator.compose.tokens import NOTHING, Told, amount, clean, counted, told
from generator.compose.typography import joined, number, percent
from generator.compose.viewing.programs import Viewing
from generator.compose.viewing.refusals import REFUSALS, causes
from generator.compose.viewing.years import calendar_year
from generator.compose.views.plan import OpdView, PlanView, StrategyView, SwotView
from generator.compose.views.programs import FindingView, ProgramView, QuickWinView, RefusedView
from generator.model.findings import Strategy
from generator.model.plan import PLAN_YEARS, PlannedProgram, QuickWin

_TOP = 10


@dataclass(frozen=True, slots=True)
class PlanViewing:
    """Builds what a book says of the plan as a whole."""

    viewing: Viewing

    @property
    def speaker(self) -> Speaker:
        """The voice of the city."""
        return self.viewing.speaker

    def plan(self) -> PlanView:
        """Return the view of the whole plan."""
        plan, view = self.speaker.plan, self.viewing.program
        scheduled = [planned for planned in plan.programs if planned.status == "scheduled"]
        by_start = sorted(scheduled, key=lambda planned: (planned.start or 99, planned.rank))
        by_rank = sorted(scheduled, key=lambda planned: planned.rank)
        ceiling, capacity = plan.roadmap.ceiling, plan.roadmap.capacity
        gaps = tuple(self.viewing.finding(finding) for finding in plan.findings if finding.kind == "gap")
        total = plan.budgets.dimension.total
        busy = max(PLAN_YEARS, key=lambda year: total.years.get(year, 0))
        crowded = [planned for planned in plan.unfunded if planned.why and planned.why.code in ("capacity", "opd-load")]
        costly = [planned for planned in plan.unfunded if planned.why and planned.why.code == "ceiling"]
        return PlanView(
            years=tuple((year.number, year.calendar) for year in plan.roadmap.years if year.number in PLAN_YEARS),
            scheduled=tuple(view(planned) for planned in scheduled),
            unfunded=tuple(view(planned) for planned in plan.unfunded),
            off=tuple(view(planned) for planned in plan.off),
            own=tuple(view(planned) for planned in scheduled if planned.source != "catalogue"),
            foundation=tuple(view(planned) for planned in by_start if planned.foundation),
            first_year=tuple(view(planned) for planned in by_start if planned.start == 1),
            first_foundation=tuple(view(item) for item in by_start if item.start == 1 and item.foundation),
            middle=tuple(view(planned) for planned in by_start if (planned.start or 0) > 1),
            top=tuple(view(planned) for planned in by_rank[:_TOP]),
            by_kind=self._by_kind(scheduled),
            n_scheduled=counted(len(scheduled)),
            n_unfunded=counted(len(plan.unfunded)),
            n_findings=counted(len(gaps)),
            n_severe=counted(sum(1 for gap in gaps if gap.is_severe)),
            total=amount(total.total),
            low=amount(plan.budgets.low),
            high=amount(plan.budgets.high),
            later=amount(total.later),
            unfunded_total=amount(plan.budgets.unfunded),
            ceiling=amount(ceiling.yearly),
            ceiling_share=told(percent(100 * ceiling.share, 2)) if ceiling.share is not None else NOTHING,
            ceiling_is_assumed=ceiling.basis == "assumption",
            ceiling_source=told(clean(ceiling.source))
            if ceiling.source
            else self.speaker.missing("belanja APBD", "finance", "city.yaml: budget"),
            per_resident=amount(ceiling.per_resident) if ceiling.per_resident else NOTHING,
            capacity_starts=counted(capacity.starts_per_year),
            capacity_per_opd=counted(capacity.per_opd),
            overlap=self.speaker.content.priorities.capacity.overlap_years,
            quick_wins=tuple(self._quick_win(win) for win in plan.quick_wins if win.accepted),
            refused=tuple(self._refused(win) for win in plan.quick_wins if not win.accepted),
            gaps=gaps,
            top_gaps=gaps[:_TOP],
            unanswered=tuple(gap for gap in gaps if gap.is_severe and not gap.has_programs),
            n_answered=counted(sum(1 for gap in gaps if gap.has_programs)),
            busy_year=str(calendar_year(plan, busy)),
            busy_need=amount(total.years.get(busy, 0)),
            busy_own=amount(self._under_ceiling(busy)),
            busy_share=self._share_of_ceiling(busy),
            first_need=amount(total.years.get(1, 0)),
            first_share=self._share_of_ceiling(1),
            left_for=causes(plan.unfunded),
            capacity_binds=len(crowded) > len(costly),
        )

    def _under_ceiling(self, year: int) -> int:
        """Return the rupiah of a plan year that come from funds under the ceiling."""
        funds = self.speaker.content.planning.funds
        rows = self.speaker.plan.budgets.fund.rows
        return sum(row.years.get(year, 0) for row in rows if funds[row.key].under_ceiling)

    def _by_kind(self, scheduled: list[PlannedProgram]) -> tuple[tuple[str, tuple[ProgramView, ...]], ...]:
        """Return the name of each kind with its programmes."""
        kinds = self.speaker.content.framework.kinds
        return tuple(
            (name, self._programs([planned for planned in scheduled if planned.kind == kind]))
            for kind, name in kinds.items()
        )

    def _share_of_ceiling(self, year: int) -> Told:
        """Return the share of the ceiling that the money under it takes in a plan year."""
        ceiling = self.speaker.plan.roadmap.ceiling.yearly
        return told(percent(100 * self._under_ceiling(year) / ceiling if ceiling else 0, 0))

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
            rank=counted(win.rank or 0),
            score=told(number(win.score, 1, fixed=True), reason),
            service=text(potential.existing_service if potential else "", "layanan yang dipertajam"),
            months=counted(potential.months) if potential else self.speaker.missing("lama pelaksanaan", planned.lead),
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
        reasons = [names.get(name, REFUSALS.get(name, name)) for name in win.failed]
        return RefusedView(
            program=self.viewing.program(self.viewing.by_id[win.program]),
            score=told(number(win.score, 1, fixed=True)),
            reasons=told(joined(reasons)),
        )

    # --- SWOT ------------------------------------------------------------------------------------------------------

    def swot(self) -> SwotView:
        """Return the quadrants and the crossings."""
        swot, most = self.speaker.plan.swot, self.speaker.content.priorities.swot.entries
        found = Counter(finding.kind for finding in self.speaker.plan.findings)
        return SwotView(
            strengths=self._findings(swot.strengths),
            weaknesses=self._findings(swot.weaknesses),
            opportunities=self._findings(swot.opportunities),
            threats=self._findings(swot.threats),
            n_strengths=found["strength"],
            n_weaknesses=found["gap"],
            n_opportunities=found["opportunity"],
            n_threats=found["threat"],
            most=most,
            cut=any(found[kind] > most for kind in ("strength", "gap", "opportunity", "threat")),
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

    # --- agencies ------------------------------------------------------------------------------------------------

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
                full=self.speaker.opd_full(function),
                short=self.speaker.opd_short(function),
                head=self.speaker.opd_head(function),
                function=self._function(function),
                leads=self._programs(planned),
                supports=self._programs([other for other in scheduled if function in other.support]),
                budget=amount(sum(item.first_five.planned for item in planned)),
            )
            for function, planned in ordered
        )

    def _function(self, function: str) -> str:
        agency = self.speaker.content.opd.get(function)
        return agency.function if agency else ""

    def _programs(self, planned: list[PlannedProgram]) -> tuple[ProgramView, ...]:
        return tuple(self.viewing.program(item) for item in planned)
