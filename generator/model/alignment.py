"""How a plan stands to what lies outside of the region: global goals and cooperation (`content/alignment.yaml`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal

from annotated_types import Ge, Len

from generator.model.schema import STRICT

Partner = Literal["neighbours", "central", "others"]
"""Regions that border on this one, ministries and agencies of the state, or third parties."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """A goal outside of the framework: one of the goals of sustainable development."""

    __pydantic_config__ = STRICT
    number: Annotated[int, Ge(1)]
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CooperationField:
    """A field in which programmes need somebody beyond the region's own agencies."""

    __pydantic_config__ = STRICT
    id: str
    name: str
    partner: Partner
    who: str = ""
    """The parties by name; '' for the neighbours, whose names are the city's own data."""
    subject: str
    """What is to be agreed on."""
    programs: Annotated[tuple[str, ...], Len(1)]
    """Ids of catalogue programmes that cannot reach their aim alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """`content/alignment.yaml`."""

    __pydantic_config__ = STRICT
    source: str = ""
    """Where the goals and their official names come from, and who drew the links."""
    goals: tuple[Goal, ...] = ()
    parts: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """Sub-dimension or component, 'dimension/part' -> numbers of the goals that its programmes serve."""
    programs: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """Catalogue programme -> numbers of goals, where they are not those of its part."""
    instruments: Mapping[Partner, str] = field(default_factory=dict)
    """Kind of partner -> the instrument that binds the two."""
    cooperation: tuple[CooperationField, ...] = ()
