"""From many invited regions to the few that are mentored: eligibility, ranking, quotas, and how firm each place is.

Pure and deterministic. Each stage ranks those that the stage before let through; the last one also looks at quotas.
Equal scores are told apart by the tie-breaks in their order, then by the official code.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from generator.model.shortlist import (
    Candidate,
    Criterion,
    Field,
    Outcome,
    Placing,
    Quota,
    QuotaKind,
    Reason,
    Shortlist,
    ShortlistRules,
    Stage,
    StageCount,
    TieBreak,
    Unmet,
)

_GROUP: Mapping[QuotaKind, Callable[[Candidate], str]] = {
    "island_group": lambda candidate: candidate.island_group,
    "province": lambda candidate: candidate.province,
    "type": lambda candidate: candidate.type,
}


def shortlist(field: Field, rules: ShortlistRules, take: int) -> Shortlist:
    """Return whom the rules choose for `take` places, why, and how firmly."""
    stages = [_Prepared.of(stage, field.candidates) for stage in rules.stages]
    order = _tie_order(field.candidates, rules.ties)
    funnel = _Funnel(stages, rules, order, [_Shares.of(quota, field.candidates) for quota in rules.quotas], take)
    run = funnel.run(None)
    firm = funnel.firmness()
    placings = [
        replace(_placing(candidate, stages, run, rules), firmness=firm[candidate.code] / rules.draws)
        for candidate in field.candidates
    ]
    return Shortlist(
        take=take,
        placings=tuple(sorted(placings, key=_reading_order)),
        counts=_counts(rules, run),
        unmet=_unmet(funnel.shares, run.chosen),
        sample=field.sample,
    )


# --- scores ----------------------------------------------------------------------------------------------------------


def points(criterion: Criterion, figure: float | None) -> float:
    """Return a figure on the scale 0-100 of its criterion; a missing one is 0."""
    if figure is None:
        return 0.0
    share = min(1.0, max(0.0, (figure - criterion.low) / (criterion.high - criterion.low)))
    return 100.0 * (share if criterion.direction == "higher" else 1.0 - share)


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A stage with what does not depend on weights: points by code, and why others are not ranked."""

    stage: Stage
    points: Mapping[str, tuple[float, ...]]
    excluded: Mapping[str, tuple[Reason, str]]

    @classmethod
    def of(cls, stage: Stage, candidates: Sequence[Candidate]) -> _Prepared:
        excluded = {}
        for candidate in candidates:
            why = _why_not(stage, candidate)
            if why is not None:
                excluded[candidate.code] = why
        scored = {
            candidate.code: tuple(points(item, candidate.figures.get(item.column)) for item in stage.criteria)
            for candidate in candidates
        }
        return cls(stage, scored, excluded)

    def weights(self, draw: Random | None, spread: float) -> tuple[float, ...]:
        """Return the weights with sum 1; with a draw each is first moved by up to `spread` of itself."""
        raw = [item.weight * (draw.uniform(1 - spread, 1 + spread) if draw else 1.0) for item in self.stage.criteria]
        return tuple(weight / sum(raw) for weight in raw)


def _why_not(stage: Stage, candidate: Candidate) -> tuple[Reason, str] | None:
    for rule in stage.eligibility:
        figure = candidate.figures.get(rule.column)
        if figure is None or figure < (rule.at_least if rule.at_least is not None else 1.0):
            return "rule", rule.reason
    for item in stage.criteria:
        if item.missing == "ineligible" and item.column not in candidate.figures:
            return "no-figure", item.name
    return None


def _tie_order(candidates: Sequence[Candidate], ties: Sequence[TieBreak]) -> Mapping[str, int]:
    """Return code -> place among equals."""

    def key(candidate: Candidate) -> tuple[object, ...]:
        figures = []
        for tie in ties:
            figure = candidate.figures.get(tie.column)
            signed = 0.0 if figure is None else -figure if tie.direction == "higher" else figure
            figures.append((figure is None, signed))
        return (*figures, candidate.code)

    ordered = sorted(candidates, key=key)
    return {candidate.code: place for place, candidate in enumerate(ordered)}


# --- quotas ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Shares:
    """A quota with the group of each candidate."""

    quota: Quota
    group: Mapping[str, str]

    @classmethod
    def of(cls, quota: Quota, candidates: Sequence[Candidate]) -> _Shares:
        return cls(quota, {candidate.code: _GROUP[quota.by](candidate) for candidate in candidates})

    def needs(self, order: Sequence[str]) -> Counter[str]:
        """Return the least places of each group, as far as it has candidates in `order`."""
        there = Counter(self.group[code] for code in order)
        return Counter({name: min(least, there[name]) for name, least in self.quota.least.items()})


def _allot(
    order: Sequence[str], shares: Sequence[_Shares], take: int
) -> tuple[dict[str, tuple[Reason, str]], dict[str, tuple[Reason, str]]]:
    """Return who is chosen, and who of the first `take` is passed over; both with the reason and the quota's group.

    One walk in order of rank. Nobody is taken whose group is full, nor where the places left are all needed for groups
    that lack their least number: those come later in the order, and the walk ends with them.
    """
    needs = [share.needs(order) for share in shares]
    taken: list[Counter[str]] = [Counter() for _ in shares]
    chosen: dict[str, tuple[Reason, str]] = {}
    over: dict[str, tuple[Reason, str]] = {}
    for place, code in enumerate(order):
        left = take - len(chosen)
        if not left:
            break
        groups = [share.group[code] for share in shares]
        full = _full(shares, taken, groups)
        helped = [name for need, name in zip(needs, groups, strict=True) if need[name] > 0]
        if full:
            over[code] = ("quota-most", full)
            continue
        pressing = _pressing(needs, groups, left - 1)
        if pressing:
            over[code] = ("reserved", pressing)
            continue
        chosen[code] = ("quota-least", helped[0]) if helped and place >= take else ("rank", "")
        for need, count, name in zip(needs, taken, groups, strict=True):
            count[name] += 1
            need[name] = max(0, need[name] - 1)
    return chosen, over


def _full(shares: Sequence[_Shares], taken: Sequence[Counter[str]], groups: Sequence[str]) -> str:
    for share, count, name in zip(shares, taken, groups, strict=True):
        most = share.quota.most.get(name)
        if most is not None and count[name] >= most:
            return name
    return ""


def _pressing(needs: Sequence[Counter[str]], groups: Sequence[str], left: int) -> str:
    """Return a group that would miss its least number if one of `groups` took a place and `left` places remained."""
    for need, name in zip(needs, groups, strict=True):
        if not need[name] and need.total() > left:
            return next(other for other, count in need.items() if count > 0)
    return ""


def _unmet(shares: Sequence[_Shares], chosen: Mapping[str, tuple[Reason, str]]) -> tuple[Unmet, ...]:
    found = []
    for share in shares:
        got = Counter(share.group[code] for code in chosen)
        found += [
            Unmet(by=share.quota.by, group=name, wanted=least, got=got[name])
            for name, least in share.quota.least.items()
            if got[name] < least
        ]
    return tuple(found)


# --- one run of all stages -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Ranked:
    """A stage as it went: how many came, codes in order, their scores, and who went on."""

    entered: int
    order: tuple[str, ...]
    scores: Mapping[str, float]
    passed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Run:
    stages: tuple[_Ranked, ...]
    chosen: Mapping[str, tuple[Reason, str]]
    over: Mapping[str, tuple[Reason, str]]


@dataclass(frozen=True, slots=True)
class _Funnel:
    """All that one run needs beside the weights."""

    stages: Sequence[_Prepared]
    rules: ShortlistRules
    ties: Mapping[str, int]
    shares: Sequence[_Shares]
    take: int

    def run(self, draw: Random | None) -> _Run:
        """Return how all stages go; with a draw the weights are moved first."""
        ranked: list[_Ranked] = []
        here: Sequence[str] = tuple(self.ties)
        before: Mapping[str, float] = {}
        for prepared in self.stages:
            one = self._rank(prepared, here, before, draw)
            ranked.append(one)
            here, before = one.passed, one.scores
        chosen, over = _allot(ranked[-1].order, self.shares, self.take)
        return _Run(tuple(ranked), chosen, over)

    def _rank(
        self, prepared: _Prepared, here: Sequence[str], before: Mapping[str, float], draw: Random | None
    ) -> _Ranked:
        weights, carry = prepared.weights(draw, self.rules.spread), prepared.stage.carry if before else 0.0
        scores: dict[str, float] = {}
        for code in here:
            if code not in prepared.excluded:
                own = sum(weight * value for weight, value in zip(weights, prepared.points[code], strict=True))
                scores[code] = round(carry * before.get(code, 0.0) + (1 - carry) * own, self.rules.decimals)
        order = tuple(sorted(scores, key=lambda code: (-scores[code], self.ties[code])))
        last = prepared is self.stages[-1]
        return _Ranked(len(here), order, scores, order if last else order[: prepared.stage.take])

    def firmness(self) -> Counter[str]:
        """Return in how many draws of the weights each code is chosen; the draws depend on the seed alone."""
        count: Counter[str] = Counter()
        for number in range(self.rules.draws):
            count.update(self.run(Random(f"{self.rules.seed}/{number}")).chosen.keys())
        return count


# --- the result ------------------------------------------------------------------------------------------------------


def _placing(candidate: Candidate, stages: Sequence[_Prepared], run: _Run, rules: ShortlistRules) -> Placing:
    code = candidate.code
    last = next((i for i, ranked in enumerate(run.stages) if code not in ranked.passed), len(stages) - 1)
    prepared, ranked = stages[last], run.stages[last]
    outcome, reason, about, waiting = _fate(code, last, stages, run, rules.waiting)
    return Placing(
        candidate=candidate,
        outcome=outcome,
        reason=reason,
        about=about,
        stage=prepared.stage.id,
        rank=ranked.order.index(code) + 1 if code in ranked.scores else None,
        score=ranked.scores.get(code),
        scores={
            item.stage.id: one.scores[code] for item, one in zip(stages, run.stages, strict=True) if code in one.scores
        },
        waiting=waiting,
    )


def _fate(
    code: str, last: int, stages: Sequence[_Prepared], run: _Run, places: int
) -> tuple[Outcome, Reason, str, int | None]:
    """Return outcome, reason, what the reason names, and the place on the waiting list."""
    if code in stages[last].excluded:
        reason, about = stages[last].excluded[code]
        return "ineligible", reason, about, None
    if last < len(stages) - 1:
        return "dropped", "earlier-stage", stages[last].stage.name, None
    if code in run.chosen:
        reason, about = run.chosen[code]
        return "selected", reason, about, None
    waiting = [other for other in run.stages[-1].order if other not in run.chosen]
    place = waiting.index(code) + 1
    reason, about = run.over.get(code, ("waiting" if place <= places else "behind", ""))
    return ("waiting", reason, about, place) if place <= places else ("ranked", reason, about, None)


def _counts(rules: ShortlistRules, run: _Run) -> tuple[StageCount, ...]:
    last = len(run.stages) - 1
    return tuple(
        StageCount(
            stage=stage.id,
            name=stage.name,
            entered=ranked.entered,
            eligible=len(ranked.order),
            passed=len(run.chosen) if index == last else len(ranked.passed),
        )
        for index, (stage, ranked) in enumerate(zip(rules.stages, run.stages, strict=True))
    )


def _reading_order(placing: Placing) -> tuple[int, int, int, str]:
    """Order chosen, waiting, then those that came farther first; within each by rank."""
    outcomes: Sequence[Outcome] = ("selected", "waiting", "ranked", "dropped", "ineligible")
    farther = -len(placing.scores)
    return outcomes.index(placing.outcome), farther, placing.rank or 0, placing.candidate.code
