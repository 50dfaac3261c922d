"""`docs/method.md` states the parameters and the worked example as they are."""

from __future__ import annotations

import pytest
import yaml

from generator.analysis.planning import plan_city
from tests.analysis import invented

PAGE = " ".join((invented.ROOT / "docs" / "method.md").read_text(encoding="utf-8").split())
PARAMETERS = invented.parameters()
PLANNING = yaml.safe_load((invented.ROOT / "content" / "planning.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("part", PARAMETERS.parts, ids=lambda part: part.id)
def test_weights_stand_on_the_page(part: object) -> None:
    assert f"| {part.id} | {part.weight:.2f} |" in PAGE  # type: ignore[attr-defined]


def test_parameters_stand_on_the_page() -> None:
    confidence, capacity, money = PARAMETERS.confidence, PARAMETERS.capacity, PARAMETERS.money
    evidence, severity, national = confidence.evidence, PARAMETERS.severity, PARAMETERS.national
    for sentence in (
        f"verified document {evidence['verified']}, own statement {evidence['statement']}, none {evidence['none']}",
        f"Data up to {confidence.fresh_years} years old are fresh; each further year takes off {confidence.decay}, "
        f"down to {confidence.floor}; without a year freshness is {confidence.unknown_age}",
        f"(high {severity['high']}, medium {severity['medium']}, low {severity['low']})",
        f"national target {national.target}, official scale {national.official}, quintiles of the regions "
        f"{national.quintile}; a cited regulation counts {national.regulation}",
        f"the neutral value {PARAMETERS.neutral} stands in",
        "(first remedy {}, second {}, further {})".format(*PARAMETERS.directness),
        f"plus {PARAMETERS.extra_per_finding:g} points for each further finding, at most {PARAMETERS.extra_limit:g}",
        f"each weight moves by {PARAMETERS.sensitivity.move:.0%}".replace("%", " %"),
        f"the top {PARAMETERS.sensitivity.top} programmes",
        f"carries {capacity.starts_base} + {capacity.starts_per_level:g} x readiness starts a year, and one agency "
        f"builds {capacity.opd_base} + {capacity.opd_per_level:g} x readiness programmes",
        f"{capacity.neutral_readiness} where it is not assessed",
        f"start in year {capacity.others_from} at the earliest",
        f"{PARAMETERS.quick_wins.least} starts of year 1 are kept",
        f"Rp {money.first_ceiling // 10**6} million, times {money.ceiling_step} for each rung",
        f"Rp {money.ceiling_per_resident // 1000}.000 a resident",
        f"{PLANNING['default_smart_city_share']:.1%}".replace("%", " %") + " where it has set none",
    ):
        assert sentence in PAGE, sentence
    assert (capacity.overlap_years, money.estimate, money.rounding) == (1, 0.5, 1_000_000)
    assert (PARAMETERS.quick_wins.most, PARAMETERS.swot.entries) == (5, 8)


def test_the_worked_example_is_what_the_code_reckons() -> None:
    plan = plan_city(invented.dossier(), invented.content())
    finding = plan.finding("yield-low")
    program = plan.program("prg-crops-2")
    assert finding is not None
    assert program is not None
    for part in finding.parts:
        assert f"| {part.value:.3f} | {part.points:.2f} |" in PAGE
        assert part.known
    assert f"**{finding.score:.2f}**" in PAGE
    assert f"= **{program.score:.2f}**" in PAGE
    assert len([reason for reason in program.reasons if reason.kind == "finding"]) == 3
