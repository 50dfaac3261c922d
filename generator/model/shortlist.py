"""Choosing whom to mentor: the rules (`content/shortlist.yaml`), the candidates of a file, and the result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal

from annotated_types import Ge, Gt, Le, Len

from generator.model.schema import STRICT

QuotaKind = Literal["island_group", "province", "type"]
Outcome = Literal["selected", "waiting", "ranked", "ineligible", "dropped"]
"""Chosen; on the waiting list; ranked behind it; excluded by a rule of a stage; not carried on from an earlier one."""
Reason = Literal[
    "rank", "quota-least", "quota-most", "reserved", "waiting", "behind", "rule", "no-figure", "earlier-stage"
]


# --- rules -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Eligibility:
    """A condition that a candidate has to meet before it is ranked in a stage."""

    __pydantic_config__ = STRICT
    column: str
    """Column of the file: yes or no, or a figure where `at_least` is given."""
    at_least: float | None = None
    reason: str
    """Why somebody fails it, in the language of the document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """A figure of the file and what it weighs."""

    __pydantic_config__ = STRICT
    column: str
    name: str
    weight: Annotated[float, Gt(0)]
    low: float = 0.0
    """Figure that counts as 0; what lies below it is an error of the file."""
    high: float = 100.0
    """Figure that counts as 100."""
    direction: Literal["higher", "lower"] = "higher"
    missing: Literal["ineligible", "lowest"] = "ineligible"
    """What an empty cell means: not ranked, or ranked as the lowest figure."""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A step of the choice: who is eligible, how they are ranked, how many go on."""

    __pydantic_config__ = STRICT
    id: str
    name: str
    take: Annotated[int, Ge(1)] | None = None
    """How many go on at most; None takes all that are eligible. The last stage takes what the command says."""
    carry: Annotated[float, Ge(0), Le(1)] = 0.0
    """Share of the score that comes from the stage before."""
    eligibility: tuple[Eligibility, ...] = ()
    criteria: Annotated[tuple[Criterion, ...], Len(1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class TieBreak:
    """Who goes first among equal scores."""

    __pydantic_config__ = STRICT
    column: str
    direction: Literal["higher", "lower"] = "higher"
    words: str
    """As the document says it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """Places that a kind of region has at least or at most in the last stage."""

    __pydantic_config__ = STRICT
    by: QuotaKind
    least: dict[str, Annotated[int, Ge(0)]] = field(default_factory=dict)
    most: dict[str, Annotated[int, Ge(0)]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatory:
    """Who signs the minutes; the name is filled in by hand."""

    __pydantic_config__ = STRICT
    role: str
    task: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """Words of the Berita Acara. Names in braces are filled in: see `generator.compose.minutes`."""

    __pydantic_config__ = STRICT
    title: str
    subtitle: str = ""
    opening: str
    basis: Annotated[tuple[str, ...], Len(1)]
    method: str
    firmness: str
    result: str
    waiting: str
    closing: str
    reasons: dict[Reason, str]
    signatories: Annotated[tuple[Signatory, ...], Len(1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortlistRules:
    """`content/shortlist.yaml`."""

    __pydantic_config__ = STRICT
    name: str
    take: Annotated[int, Ge(1)]
    """Places where the command names none."""
    waiting: Annotated[int, Ge(0)] = 10
    """Places of the waiting list."""
    decimals: Annotated[int, Ge(0), Le(6)] = 2
    """Scores that agree to so many decimals are equal."""
    draws: Annotated[int, Ge(1), Le(100_000)] = 1000
    """Draws of the weights that firmness is reckoned from."""
    spread: Annotated[float, Ge(0), Le(1)] = 0.2
    """Each weight is drawn within this share above and below."""
    seed: str
    stages: Annotated[tuple[Stage, ...], Len(1)]
    ties: tuple[TieBreak, ...] = ()
    quotas: tuple[Quota, ...] = ()
    sample_column: str = ""
    """Column that marks invented rows: text that begins with `sample_mark`."""
    sample_mark: str = ""
    minutes: Minutes
    source: str
    """Where rules and weights come from, honestly."""

    def columns(self) -> tuple[str, ...]:
        """Return every column that the rules look at, once, in their order."""
        found = [
            name
            for stage in self.stages
            for name in (*(rule.column for rule in stage.eligibility), *(item.column for item in stage.criteria))
        ]
        return tuple(dict.fromkeys([*found, *(tie.column for tie in self.ties)]))


# --- candidates and result -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One row of the file, with what the public table says about the region."""

    code: str
    name: str
    """With the type."""
    slug: str
    type: Literal["kota", "kabupaten"]
    province: str
    island_group: str
    figures: Mapping[str, float]
    """Column -> figure; yes is 1, no is 0; an empty cell is absent."""
    line: int
    """Of the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """All candidates of a file."""

    candidates: tuple[Candidate, ...]
    sample: bool = False
    """Whether the file says that its figures are invented."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placing:
    """What came of one candidate."""

    candidate: Candidate
    outcome: Outcome
    reason: Reason
    about: str = ""
    """What the reason names: words of the rule, name of the criterion, or the quota's group."""
    stage: str
    """Id of the last stage that the candidate came to."""
    rank: int | None = None
    """Place by score in that stage, 1 first; None for those that were not ranked."""
    score: float | None = None
    """0-100, in that stage."""
    scores: Mapping[str, float] = field(default_factory=dict)
    """Stage id -> score."""
    waiting: int | None = None
    """Place on the waiting list."""
    firmness: float = 0.0
    """Share of the draws in which the candidate is chosen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StageCount:
    """How many came to a stage, were eligible, and went on."""

    stage: str
    name: str
    entered: int
    eligible: int
    passed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmet:
    """A quota that the candidates cannot meet."""

    by: QuotaKind
    group: str
    wanted: int
    got: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortlist:
    """The whole result, chosen ones first, then the waiting list, then the others."""

    take: int
    placings: tuple[Placing, ...]
    counts: tuple[StageCount, ...]
    unmet: tuple[Unmet, ...] = ()
    sample: bool = False

    def of(self, *outcomes: Outcome) -> tuple[Placing, ...]:
        """Return the placings with one of the outcomes, in their order."""
        return tuple(placing for placing in self.placings if placing.outcome in outcomes)
