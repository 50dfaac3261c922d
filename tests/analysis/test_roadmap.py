"""The schedule keeps its promises for any set of programmes."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.analysis.roadmap import YEARS, Job, Limits, Schedule, _carried, _with_fixed, order_of, schedule
from tests.analysis import invented

MONEY = invented.parameters().money
MILLION = 1_000_000
LEADS = ("bureau", "office", "board")


@st.composite
def job_sets(draw: st.DrawFn) -> list[Job]:
    """Up to 24 jobs; prerequisites point backwards, so that there is no cycle."""
    jobs: list[Job] = []
    for number in range(draw(st.integers(1, 24))):
        building, running = draw(st.integers(0, 4000)), draw(st.integers(0, 1500))
        duration = draw(st.integers(1, 3))
        fixed = draw(st.sampled_from([None, None, None, None, 1, 2, 4]))
        before = [job.id for job in jobs]
        requires = () if fixed else draw(st.lists(st.sampled_from(before), max_size=2, unique=True)) if before else ()
        jobs.append(
            Job(
                id=f"j{number:02d}",
                need=tuple((building if age < duration else running) * MILLION for age in range(10)),
                duration=duration,
                lead=draw(st.sampled_from(LEADS)),
                requires=tuple(requires),
                earliest=fixed or draw(st.integers(1, 3)),
                foundation=draw(st.booleans()),
                early=draw(st.booleans()),
                score=draw(st.floats(0, 100)),
                fixed=fixed,
            )
        )
    return jobs


CEILINGS = st.integers(0, 20_000).map(lambda millions: millions * MILLION)
LIMITS = st.builds(Limits, st.integers(1, 12), st.integers(1, 6), st.integers(0, 2), st.integers(0, 3))


def spent(jobs: list[Job], plan: Schedule, year: int, *, fixed: bool = False) -> int:
    chosen = [job for job in jobs if job.id in plan.starts and (not fixed or job.fixed is not None)]
    return sum(job.need[year - plan.starts[job.id]] for job in chosen if plan.starts[job.id] <= year)


@settings(max_examples=200, deadline=None)
@given(job_sets(), CEILINGS, LIMITS)
def test_no_programme_starts_before_its_prerequisites_stand(jobs: list[Job], ceiling: int, limits: Limits) -> None:
    plan = schedule(jobs, ceiling, limits, MONEY)
    by_id = {job.id: job for job in jobs}
    for id, start in plan.starts.items():
        assert start >= by_id[id].earliest
        for other in by_id[id].requires:
            stands = plan.starts[other] + by_id[other].duration
            assert stands - limits.overlap <= start
            assert plan.starts[other] < start


@settings(max_examples=200, deadline=None)
@given(job_sets(), CEILINGS, LIMITS)
def test_the_ceiling_is_never_passed(jobs: list[Job], ceiling: int, limits: Limits) -> None:
    plan = schedule(jobs, ceiling, limits, MONEY)
    for year in YEARS:
        assert plan.used[year] == spent(jobs, plan, year)
        assert plan.used[year] <= plan.ceilings[year]
        assert plan.ceilings[year] == max(ceiling, spent(jobs, plan, year, fixed=True))


@settings(max_examples=200, deadline=None)
@given(job_sets(), CEILINGS, LIMITS)
def test_people_are_not_overloaded(jobs: list[Job], ceiling: int, limits: Limits) -> None:
    plan = schedule(jobs, ceiling, limits, MONEY)
    placed = [job for job in jobs if job.id in plan.starts]
    for year in YEARS:
        starting = [job for job in placed if plan.starts[job.id] == year]
        assert len(starting) <= max(limits.starts, sum(1 for job in starting if job.fixed))
        if year == 1:
            plain = [job for job in starting if not job.early]
            assert len(plain) <= max(limits.starts - limits.reserved, sum(1 for job in plain if job.fixed))
        for lead in LEADS:
            busy = [j for j in placed if j.lead == lead and plan.starts[j.id] <= year < plan.starts[j.id] + j.duration]
            assert len(busy) <= max(limits.per_opd, sum(1 for job in busy if job.fixed))


@settings(max_examples=400, deadline=None)
@given(job_sets(), CEILINGS, CEILINGS, LIMITS)
def test_a_larger_ceiling_never_removes_a_programme(jobs: list[Job], one: int, other: int, limits: Limits) -> None:
    small = schedule(jobs, min(one, other), limits, MONEY)
    large = schedule(jobs, max(one, other), limits, MONEY)
    assert set(small.starts) <= set(large.starts)


@settings(max_examples=100, deadline=None)
@given(job_sets(), CEILINGS, LIMITS)
def test_what_is_left_out_has_a_reason_and_a_ceiling_that_lets_it_in(
    jobs: list[Job], ceiling: int, limits: Limits
) -> None:
    plan = schedule(jobs, ceiling, limits, MONEY)
    assert {job.id for job in jobs} == set(plan.starts) | set(plan.left_out)
    assert not set(plan.starts) & set(plan.left_out)
    for id, why in plan.left_out.items():
        if why.code == "ceiling":
            assert why.needed is not None
            assert why.needed > ceiling
            assert id in schedule(jobs, why.needed, limits, MONEY).starts
            assert id not in schedule(jobs, why.needed - 1, limits, MONEY).starts


@settings(max_examples=200, deadline=None)
@given(job_sets(), CEILINGS, LIMITS)
def test_only_what_people_can_carry_waits_for_money(jobs: list[Job], ceiling: int, limits: Limits) -> None:
    """The ceiling at which a place becomes spare tells of the others: a cheap programme would seem to need it."""
    order = order_of(jobs)
    board = _with_fixed([job for job in order if job.fixed is not None], limits)
    carried = _carried([job for job in order if job.fixed is None], board)
    left_out = schedule(jobs, ceiling, limits, MONEY).left_out
    assert {id for id, why in left_out.items() if why.code == "ceiling"} <= carried


@settings(max_examples=100, deadline=None)
@given(job_sets(), CEILINGS, LIMITS, st.randoms())
def test_the_order_of_the_input_does_not_matter(jobs: list[Job], ceiling: int, limits: Limits, random: object) -> None:
    shuffled = list(jobs)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert schedule(jobs, ceiling, limits, MONEY) == schedule(shuffled, ceiling, limits, MONEY)


@given(job_sets())
def test_order_puts_prerequisites_first_and_keeps_every_job(jobs: list[Job]) -> None:
    place = {job.id: number for number, job in enumerate(order_of(jobs))}
    assert len(place) == len(jobs)
    assert all(place[other] < place[job.id] for job in jobs for other in job.requires)


def _job(id: str, cost: int, score: float, **more: object) -> Job:
    return Job(id=id, need=(cost * MILLION,) * 10, duration=1, lead="bureau", score=score, **more)  # type: ignore[arg-type]


def test_the_more_urgent_of_two_equal_programmes_gets_the_money() -> None:
    plan = schedule([_job("b", 900, 90.0), _job("a", 900, 10.0)], 1000 * MILLION, Limits(9, 9), MONEY)
    assert plan.starts == {"b": 1}
    assert plan.left_out["a"].needed == 1800 * MILLION


def test_one_costly_programme_does_not_bar_the_cheap_ones_behind_it() -> None:
    jobs = [_job("tower", 900_000, 99.0), *(_job(f"desk-{number}", 50, 50.0) for number in range(4))]
    plan = schedule(jobs, 2000 * MILLION, Limits(9, 9), MONEY)
    assert set(plan.starts) == {f"desk-{number}" for number in range(4)}
    assert plan.left_out["tower"].code == "ceiling"


def test_a_city_programme_stays_even_where_it_alone_passes_the_ceiling() -> None:
    plan = schedule([_job("own", 5000, 0.0, fixed=1)], 1000 * MILLION, Limits(9, 9), MONEY)
    assert plan.starts == {"own": 1}
    assert plan.ceilings[1] == 5000 * MILLION
