"""Which regions are mentored together: `cities/cohort.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from annotated_types import Len

from generator.model.schema import STRICT

Standing = Literal["confirmed-2018", "confirmed-2017", "filler", "selected"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One region of the cohort, and why it is in it."""

    __pydantic_config__ = STRICT
    city: str
    """Slug, the name of its folder below `cities/`; the folder may still be missing."""
    code: str
    name: str
    """With the type."""
    standing: Standing
    """Public reports confirm it as a participant of a year, it fills the cohort up, or a shortlist selected it."""
    rank: int | None = None
    """Place in the shortlist."""
    score: float | None = None
    """0-100, in the shortlist."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cohort:
    """`cities/cohort.yaml`: the regions that `--all` means, in order."""

    __pydantic_config__ = STRICT
    name: str
    source: str
    """Where the list comes from."""
    members: Annotated[tuple[Member, ...], Len(1)]
