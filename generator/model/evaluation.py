"""How a plan and its implementation are judged: `content/evaluation.yaml`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated

from annotated_types import Ge

from generator.model.schema import STRICT


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """`content/evaluation.yaml`."""

    __pydantic_config__ = STRICT
    weights: dict[str, float] = field(default_factory=dict)
    """Family of the programme's evaluation -> per cent, as asked of the current cohort; the sum is 100."""
    cohort_weights: dict[str, dict[str, float]] = field(default_factory=dict)
    """The same for other cohorts, by a name that says where it was reported."""
    items: tuple[EvaluationItem, ...] = ()
    source: str = ""
