"""A small invented world: framework, instrument, rules, programmes and cities. No figure here is of a real region."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter

from generator.model.city import Answer, Assessment, Budget, City, Fact, Mentoring, Mission, Period
from generator.model.content import CityDossier, Content
from generator.model.evaluation import Evaluation
from generator.model.framework import Books, Dimension, Framework, Horizon, Look, SubDimension
from generator.model.instrument import FactKind, Glossary, Indicator, Opd, Thresholds
from generator.model.mentoring import MentoringProcess, MentoringStep
from generator.model.planning import CostUnit, Fund, Planning, QuickWinItem, QuickWinRules, SizeFactor, UnitFallback
from generator.model.priorities import Priorities
from generator.model.programs import (
    Baseline,
    Cost,
    CostModel,
    Kpi,
    OwnProgram,
    OwnPrograms,
    Program,
    QuickWinPotential,
    Risk,
)
from generator.model.rules import Above, All, Below, Example, Examples, Missing, Rule, Subject, Trait, Unverified

ROOT = Path(__file__).resolve().parents[2]
DIMENSIONS = {"order": ("desk", "books"), "fields": ("crops", "water")}
READINESS = {"means": ("people", "money")}
MILLION = 1_000_000


@lru_cache(maxsize=1)
def parameters() -> Priorities:
    """The parameters that the project ships, so that the tests hold for them."""
    raw = yaml.safe_load((ROOT / "content" / "priorities.yaml").read_text(encoding="utf-8"))
    adapter: TypeAdapter[Priorities] = TypeAdapter(Priorities)
    own = adapter.validate_python(raw)
    return replace(own, needs={"policy": {"means": 1.0}, "application": {"means/people": 2.0, "means": 2.0}})


def _dimension(id: str, subs: Sequence[str], code: str) -> Dimension:
    return Dimension(
        id=id, name=id.title(), code=code, subdimensions=tuple(SubDimension(id=sub, name=sub.title()) for sub in subs)
    )


def framework() -> Framework:
    return Framework(
        id="invented",
        name="Invented",
        programme="Invented",
        ministry_lines=("Invented",),
        dimensions=tuple(_dimension(id, subs, id[0].upper()) for id, subs in DIMENSIONS.items()),
        readiness=tuple(_dimension(id, subs, "R" + id[0].upper()) for id, subs in READINESS.items()),
        horizons=(
            Horizon(id="short", name="short", years=1),
            Horizon(id="medium", name="medium", years=5),
            Horizon(id="long", name="long", years=10),
        ),
        levels=(),
        kinds={"policy": "Policy", "application": "Application"},
        bodies=(),
        traits={"coastal": "coastal"},
        look=Look(tones={}, levels=("000000",) * 5),
    )


def indicator(id: str, dimension: str, sub: str, **more: Any) -> Indicator:
    levels = {level: f"level {level}" for level in range(5)}
    defaults: dict[str, Any] = {"kind": "level", "levels": levels, "source": "invented"}
    return Indicator(
        id=id, dimension=dimension, subdimension=sub, name=f"Indicator {id}", definition="…", **defaults | more
    )


def indicators() -> dict[str, Indicator]:
    found = []
    for dimension, subs in {**DIMENSIONS, **READINESS}.items():
        for sub in subs:
            found += [indicator(f"{sub}-{number}", dimension, sub, weight=1.0 + number / 2) for number in range(3)]
    bounds = Thresholds(bounds=(20.0, 40.0, 60.0, 80.0), basis="target", year=2025, note="invented")
    found.append(
        indicator("yield", "fields", "crops", kind="value", unit="%", thresholds=bounds, fact="yield", references=())
    )
    falling = Thresholds(bounds=(40.0, 30.0, 20.0, 10.0), basis="quintile", year=2025, note="invented")
    found.append(indicator("loss", "fields", "water", kind="value", unit="%", thresholds=falling, direction="lower"))
    return {item.id: item for item in found}


def below(id: str, level: float) -> Below:
    return Below(Subject("indicator", id), level, "level")


def rule(id: str, dimension: str, sub: str, when: Any, **more: Any) -> Rule:
    examples = Examples(fires=(Example(name="fires"),), silent=(Example(name="silent"),))
    return Rule(
        id=id,
        title=f"Rule {id}",
        dimension=dimension,
        subdimension=sub,
        when=when,
        finding="…",
        examples=examples,
        **more,
    )


def rules() -> dict[str, Rule]:
    found = []
    for dimension, subs in DIMENSIONS.items():
        for sub in subs:
            found += [
                rule(
                    f"{sub}-low-{number}",
                    dimension,
                    sub,
                    below(f"{sub}-{number}", 3),
                    severity=("high", "medium", "low")[number],
                    remedy=(f"prg-{sub}-{number}", f"prg-{sub}-{(number + 1) % 3}"),
                )
                for number in range(3)
            ]
            found.append(
                rule(
                    f"{sub}-strong",
                    dimension,
                    sub,
                    Above(Subject("indicator", f"{sub}-0"), 2, "level"),
                    kind="strength",
                )
            )
            found.append(
                rule(f"{sub}-unproven", dimension, sub, Unverified(f"{sub}-1"), kind="evidence", severity="low")
            )
    found += [
        rule(
            "crops-score",
            "fields",
            "crops",
            Below(Subject("score", "fields/crops"), 2, "level"),
            remedy=("prg-crops-0",),
        ),
        rule("yield-low", "fields", "crops", below("yield", 3), remedy=("prg-crops-2",), because=("law",)),
        rule("sea", "fields", "water", Trait("coastal"), kind="opportunity", remedy=("prg-water-0",)),
        rule(
            "crowd",
            "order",
            "desk",
            All((Above(Subject("fact", "population"), 100_000, "value"), below("desk-0", 4))),
            kind="threat",
            remedy=("prg-desk-0",),
        ),
        rule("books-gone", "order", "books", Missing(Subject("indicator", "books-0")), kind="evidence"),
    ]
    return {item.id: item for item in found}


def cost(low: int, high: int, **more: Any) -> Cost:
    return Cost(low=low * MILLION, high=high * MILLION, basis="invented", **more)


def program(id: str, dimension: str, sub: str, **more: Any) -> Program:
    kpi = Kpi(kpi="Things done", unit="things", measure="counted", targets={1: "10", 3: "+5", 5: "all"})
    outcome = Kpi(
        kpi="Yield", unit="%", measure="weighed", baseline=Baseline(fact="yield"), targets={1: "+10", 3: "55", 5: "95"}
    )
    defaults: dict[str, Any] = {
        "name": f"Programme {id}",
        "kind": "application",
        "aim": "…",
        "description": "…",
        "activities": {1: ("begin",), 2: ("go on",), 5: ("finish",)},
        "outputs": (kpi,),
        "outcomes": (outcome,),
        "lead": "bureau",
        "support": ("office",),
        "cost": CostModel(one_off=cost(400, 800), yearly=cost(50, 150), source="invented"),
        "funds": ("own",),
        "duration_years": 2,
        "risks": (Risk(risk="r", likelihood="low", impact="high", mitigation="m"),),
    }
    return Program(id=id, dimension=dimension, subdimension=sub, **defaults | more)


def quick_win(**more: Any) -> QuickWinPotential:
    defaults: dict[str, Any] = {
        "existing_service": "the desk",
        "months": 6,
        "benefit": "…",
        "uniqueness": "…",
        "resources": "…",
        "weeks": {1: "begin", 20: "open"},
        "sustainability": "…",
        "items": {"benefit": 3, "resources": 3},
    }
    return QuickWinPotential(**defaults | more)


def programs() -> dict[str, Program]:
    found = [
        program(
            "prg-law",
            "means",
            "people",
            kind="policy",
            foundation=True,
            duration_years=1,
            cost=CostModel(yearly=cost(20, 60), source="invented"),
            lead="office",
        )
    ]
    for dimension, subs in DIMENSIONS.items():
        for place, sub in enumerate(subs):
            found += [
                program(f"prg-{sub}-0", dimension, sub, requires=("prg-law",), lead=("bureau", "office")[place]),
                program(
                    f"prg-{sub}-1",
                    dimension,
                    sub,
                    duration_years=1,
                    quick_win=quick_win(),
                    cost=CostModel(yearly=cost(40, 80, per="district"), source="invented"),
                ),
                program(
                    f"prg-{sub}-2",
                    dimension,
                    sub,
                    requires=(f"prg-{sub}-0",),
                    funds=("grant", "own"),
                    cost=CostModel(one_off=cost(2000, 6000), yearly=cost(100, 300), source="invented"),
                ),
            ]
    return {item.id: item for item in found}


def planning() -> Planning:
    return Planning(
        default_smart_city_share=0.01,
        share_note="…",
        cost_units={
            "region": CostUnit(name="region"),
            "district": CostUnit(name="district", fact="kecamatan"),
            "school": CostUnit(
                name="school", fact="schools", fallback=UnitFallback(fact="population", per=1500, note="assumed")
            ),
        },
        size_factors=(SizeFactor(population_below=250_000, factor=0.5), SizeFactor(population_below=None, factor=1.0)),
        funds={"own": Fund(name="Own", under_ceiling=True), "grant": Fund(name="Grant", under_ceiling=False)},
    )


def process() -> MentoringProcess:
    step = MentoringStep
    return MentoringProcess(
        steps=(
            step(id="assess", name="Assess", kind="assessment", days=3, inputs=("data",)),
            step(id="mou", name="MoU", kind="signing", after=("assess",), gap_days=14, outputs=("MoU",)),
            step(id="workshop", name="Workshop", kind="workshop", days=2, after=("mou",), gap_days=20, inputs=("a",)),
            step(id="work", name="Homework", kind="homework", days=15, after=("workshop",)),
            step(id="show", name="Show", kind="presentation", after=("work",)),
            step(id="law", name="Law", kind="regulation", after=("show",), gap_days=30, after_mentoring=True),
        ),
        min_months=8,
        max_months=9,
    )


def quick_win_rules() -> QuickWinRules:
    def item(id: str, **more: Any) -> QuickWinItem:
        return QuickWinItem(id=id, name=id, question="?", scale={0: "no", 4: "yes"}, **more)

    return QuickWinRules(
        items=(item("benefit", least=2), item("resources", weight=2.0), item("older")), least_score=2.0
    )


@lru_cache(maxsize=1)
def content() -> Content:
    opd = {id: Opd(id=id, name=id, short=id, function="…") for id in ("bureau", "office")}
    facts = {id: FactKind(id=id, name=id) for id in ("population", "kecamatan", "schools")}
    facts["yield"] = FactKind(id="yield", name="yield", unit="%", direction="higher")
    return Content(
        framework=framework(),
        books=Books(),
        indicators=indicators(),
        facts=facts,
        opd=opd,
        regulations={},
        roles={},
        rules=rules(),
        programs=programs(),
        glossary=Glossary(terms=()),
        planning=planning(),
        priorities=parameters(),
        mentoring=process(),
        quickwin=quick_win_rules(),
        evaluation=Evaluation(),
    )


def city(**more: Any) -> City:
    defaults: dict[str, Any] = {
        "code": "00.01",
        "name": "Invented",
        "type": "kota",
        "province": "Nowhere",
        "rpjmd": Period(start=2025, end=2029),
        "missions": (Mission(id="m1", text="…", dimensions=("fields",)),),
        "budget": Budget(apbd=400_000 * MILLION, year=2025, source="invented"),
        "mentoring": Mentoring(start=date(2026, 3, 2)),
        "date": date(2026, 3, 1),
    }
    return City(**defaults | more)


def fact(value: float, year: int | None = 2025) -> Fact:
    return Fact(value=value, year=year, source="invented")


FACTS: Mapping[str, Fact] = {"population": fact(500_000), "kecamatan": fact(10), "yield": fact(35.0)}


def answers(level: int = 1, **levels: int | None) -> dict[str, Answer]:
    """Every rubric indicator at `level`, or as given by id with '_' for '-'; None is not answered."""
    given = {id.replace("_", "-"): value for id, value in levels.items()}
    rubric = [item.id for item in indicators().values() if item.kind == "level"]
    return {
        id: Answer(level=given.get(id, level), year=2025, evidence="verified", source="invented")
        for id in rubric
        if given.get(id, level) is not None
    }


def dossier(
    *,
    level: int = 1,
    levels: Mapping[str, int | None] | None = None,
    facts: Mapping[str, Fact] | None = None,
    own: Sequence[OwnProgram] = (),
    slug: str = "kota-invented",
    **changes: Any,
) -> CityDossier:
    given = {id.replace("-", "_"): value for id, value in (levels or {}).items()}
    return CityDossier(
        slug=slug,
        city=city(**changes),
        assessment=Assessment(status="sample", date=date(2026, 3, 1), answers=answers(level, **given)),
        programs=OwnPrograms(programs=tuple(own)),
        facts=dict(FACTS if facts is None else facts),
    )
