"""How a plan and its implementation are judged: `content/evaluation.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal

from annotated_types import Ge, Gt

from generator.model.schema import STRICT

MeasureKind = Literal[
    "blocks",
    "figures",
    "filled",
    "citations",
    "captions",
    "sentences",
    "shared-figures",
    "findings-answered",
    "programs-with",
    "program-kinds",
    "kind-share",
    "prerequisites",
    "funds",
    "kpis-with",
    "kpi-years",
    "missions-served",
    "goals-served",
    "quick-wins",
    "quick-win-dimensions",
    "quick-wins-with",
    "workshops",
    "indicators-answered",
    "indicators-verified",
    "areas-scored",
    "areas-compared",
    "facts-known",
    "city-states",
]
"""What can be measured on a draft: the first seven on its blocks, the rest on the plan and what the city handed in."""

FIELDS: Mapping[str, frozenset[str]] = {
    "programs-with": frozenset(
        {"lead", "support", "budget", "risks", "activities", "kpis", "findings", "missions", "rpjmd", "nomenclature"}
    ),
    "kpis-with": frozenset({"baseline", "measure", "targets"}),
    "quick-wins-with": frozenset({"risks", "weeks", "partners", "kpis"}),
    "city-states": frozenset({"vision", "missions", "documents", "budget", "head", "mentors", "programs"}),
}
"""The names that `of` may hold, for the kinds that ask for parts of something."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One measure of an item: a share 0-1 that code computes."""

    __pydantic_config__ = STRICT
    kind: MeasureKind
    of: tuple[str, ...] = ()
    """What is looked at: 'book:block' patterns ('analysis:gaps/*') for blocks, ids of books, parts (see `FIELDS`),
    kinds of programmes, plan years, or facts."""
    full: Annotated[float, Gt(0)] = 1.0
    """The value at which the share is 1: a share, or a number for counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationItem:
    """One question of the self-assessment."""

    __pydantic_config__ = STRICT
    id: str
    family: str
    """Baseline, output, outcome, impact, quick win, or a family of plan quality."""
    question: str
    evidence: str = ""
    points: Annotated[float, Ge(0)] = 0.0
    measures: tuple[Measure, ...] = ()
    """The score is their mean; an item without measures can be answered by the city only."""
    improve: str = ""
    """What would raise the score, in Indonesian."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """`content/evaluation.yaml`."""

    __pydantic_config__ = STRICT
    weights: dict[str, float] = field(default_factory=dict)
    """Family of the programme's evaluation -> per cent, as asked of the current cohort; the sum is 100."""
    cohort_weights: dict[str, dict[str, float]] = field(default_factory=dict)
    """The same for other cohorts, by a name that says where it was reported."""
    families: dict[str, str] = field(default_factory=dict)
    """Family -> its Indonesian name, in the order of the sheet."""
    items: tuple[EvaluationItem, ...] = ()
    source: str = ""
