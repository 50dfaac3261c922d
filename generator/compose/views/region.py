"""What templates see of the region itself: its leaders, vision, missions and public figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.compose.tokens import Told
from generator.compose.views.programs import ProgramView


@dataclass(frozen=True, slots=True)
class PersonView:
    """An office holder; the name is a fill-in where it is not known."""

    name: Told
    known: bool


@dataclass(frozen=True, slots=True)
class MissionView:
    """A mission of the region with the dimensions that answer to it."""

    id: str
    text: Told
    dimensions: tuple[str, ...]
    """Names of the dimensions."""
    programs: tuple[ProgramView, ...]
    """Programmes of the plan that serve it, by code."""


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A planning document of the region."""

    name: Told
    regulation: Told
    direction: Told
    """What it asks for; a fill-in where the city has not said."""


@dataclass(frozen=True, slots=True)
class IdentityView:
    """The region as the sentences of rules may name it."""

    name: Told
    """'Kota Medan'."""
    short_name: Told
    """'Medan'."""
    type: str
    head: str
    """'wali kota' or 'bupati'."""
    village_term: str
    province: Told


@dataclass(frozen=True, slots=True)
class CityView:
    """The region."""

    name: Told
    """'Kota Medan'."""
    short_name: Told
    """'Medan'."""
    type: str
    """'kota' or 'kabupaten'."""
    is_kota: bool
    head: str
    """'wali kota' or 'bupati'."""
    head_title: str
    """'Wali Kota' or 'Bupati'."""
    regulation: str
    """'Peraturan Wali Kota' or 'Peraturan Bupati'."""
    regulation_short: str
    """'Perwali' or 'Perbup'."""
    village_term: str
    """'kelurahan', 'desa', or 'desa dan kelurahan'; 'kampung' where the province calls desa so."""
    province: Told
    capital: Told
    traits: tuple[str, ...]
    """'daerah pesisir', …"""
    trait: Mapping[str, bool]
    """Whether it has a trait of the framework, by id: `{% if city.trait.coastal %}`; other ids are a fault."""
    head_person: PersonView
    deputy_person: PersonView
    secretary_person: PersonView
    vision: Told
    vision_known: bool
    missions: tuple[MissionView, ...]
    documents: tuple[DocumentView, ...]
    rpjmd_period: str
    """'2025–2029'."""
    rpjmd_regulation: Told
    plan_period: str
    """First to last plan year: '2027–2031'."""
    plan_start: str
    plan_end: str
    plan_last: str
    """Last year of the long horizon."""
    date: Told
    month: Told
    version: str
    rpjmd_end: str
    """Last year of the RPJMD in force."""
    beyond_rpjmd: bool
    """Whether the plan's first five years go beyond the RPJMD in force."""
    is_dense: bool
    """A thousand residents a square kilometre or more."""
    is_sparse: bool
    """Fewer than a hundred residents a square kilometre."""
    is_large: bool
    """A million residents or more."""
    is_small: bool
    """Fewer than 250.000 residents."""
    more_men: bool
    """Whether there are at least 105 men to 100 women, as where workers come from elsewhere."""
    sex_ratio: Told
    """Men to 100 women; a fill-in where it is not known."""
    per_district: Told
    """Mean residents of a kecamatan; a fill-in where it is not known."""
    is_sample: bool
    """Whether the assessment is sample data."""
    assessed_on: Told
    assessed_by: Told


@dataclass(frozen=True, slots=True)
class ComparedView:
    """How a public figure of the region stands against its province and the nation; all from one table and year."""

    known: bool
    own: Told
    """With its unit."""
    province: Told
    """Median of the regions of the province."""
    nation: Told
    """Median of all regions."""
    year: str
    rank: Told
    """1 is the best."""
    count: Told
    better: bool
    """Than the median of the nation."""
    better_here: bool
    """Than the median of the province."""
    top: bool
    """Among the best fifth of all regions."""
    bottom: bool
    """Among the worst fifth of all regions."""
    newer: bool
    """Whether the city itself states a newer figure, which the comparison cannot use."""
