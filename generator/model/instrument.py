"""Indicators, profile facts, agencies by function, regulations, roles: what rules and programmes refer to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from annotated_types import Gt, Len

from generator.model.schema import STRICT

Direction = Literal["higher", "lower"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """How a measured value becomes a level.

    `bounds` are the values at which levels 1, 2, 3 and 4 begin: rising for direction 'higher' (value >= bound),
    falling for 'lower' (value <= bound). `basis` says where they come from: an official scale, a national target
    with steps towards it, or the quintiles of the 514 regions.
    """

    __pydantic_config__ = STRICT
    bounds: Annotated[tuple[float, ...], Len(4, 4)]
    basis: Literal["official", "target", "quintile"]
    year: int
    note: str
    """Where the bounds come from, as a sentence for the document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One indicator: `kind` 'level' is judged by rubric, 'survey' is answered by people, 'value' is measured."""

    __pydantic_config__ = STRICT
    id: str
    dimension: str
    subdimension: str
    initiative: str | None = None
    """Id of an initiative area of the sub-dimension; None for hard indicators of the whole sub-dimension."""
    name: str
    definition: str
    kind: Literal["level", "value", "survey"]
    unit: str = "level 0–4"
    direction: Direction = "higher"
    levels: dict[int, str]
    """Rubric of levels 0-4 in observable words; for 'value' what each band means."""
    thresholds: Thresholds | None = None
    """Required for kind 'value'."""
    fact: str | None = None
    """Profile fact that supplies the value where the assessment has none."""
    weight: Annotated[float, Gt(0)] = 1.0
    evidence: tuple[str, ...] = ()
    supplied_by: tuple[str, ...] = ()
    """Functions of `content/opd.yaml`."""
    publisher: str = ""
    references: tuple[str, ...] = ()
    """Regulation ids."""
    maps_to: tuple[str, ...] = ()
    """International indicator codes, only where the definition is the same."""
    source: str
    """Where rubric and definition come from, honestly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """One file of `content/instrument/`."""

    __pydantic_config__ = STRICT
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Derivation:
    """How a fact follows from two or more others: their sum, or the first divided by the second, times `times`."""

    __pydantic_config__ = STRICT
    how: Literal["sum", "ratio"]
    of: Annotated[tuple[str, ...], Len(2)]
    """Fact ids."""
    times: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class FactKind:
    """A profile fact that a city can state: figure or text, with its unit and usual publisher."""

    __pydantic_config__ = STRICT
    id: str
    name: str
    unit: str = ""
    kind: Literal["number", "text", "yes-no"] = "number"
    decimals: int = 0
    direction: Direction | None = None
    """Which way is better, where there is one."""
    publisher: str = ""
    supplied_by: tuple[str, ...] = ()
    column: str | None = None
    """Column of the table of 514 regions that supplies it."""
    column_year: int | None = None
    column_source: str = ""
    derive: Derivation | None = None
    """How it is reckoned where neither city nor table states it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactFile:
    """One file of `content/facts/`."""

    __pydantic_config__ = STRICT
    facts: tuple[FactKind, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opd:
    """An agency by function; a city maps it to its own name in `city.yaml`."""

    __pydantic_config__ = STRICT
    id: str
    name: str
    """Usual name ('Dinas Komunikasi dan Informatika')."""
    short: str
    """Usual short name ('Dinas Kominfo')."""
    name_kabupaten: str | None = None
    function: str
    """Its task in a phrase."""
    head: str = ""
    """Title of its head, where that is not 'Kepala' and the name ('Sekretaris Daerah')."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpdFile:
    """`content/opd.yaml`."""

    __pydantic_config__ = STRICT
    opd: tuple[Opd, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Regulation:
    """One regulation with its status."""

    __pydantic_config__ = STRICT
    id: str
    kind: str
    """'Undang-Undang', 'Peraturan Pemerintah', …"""
    number: str
    year: int
    title: str
    """Title after 'tentang'."""
    short: str
    """Citation form ('UU Nomor 25 Tahun 2009')."""
    status: Literal["in-force", "amended", "repealed", "expired"]
    amended_by: tuple[str, ...] = ()
    """Ids, or short citations of acts not in the list."""
    repealed_by: str | None = None
    as_of: int
    """Year in which the status was checked."""
    cited_for: str
    level: Literal["law", "government", "president", "minister", "region"]
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegulationFile:
    """`content/regulations.yaml`."""

    __pydantic_config__ = STRICT
    regulations: tuple[Regulation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A party of the programme: ministry, presidential staff, mentor, body of the region."""

    __pydantic_config__ = STRICT
    id: str
    name: str
    former_name: str = ""
    valid_from: int | None = None
    side: Literal["national", "mentor", "region", "public"]
    task: str
    """What it does in the programme, in a sentence."""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleFile:
    """`content/roles.yaml`."""

    __pydantic_config__ = STRICT
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A word of the glossary or an abbreviation written out."""

    __pydantic_config__ = STRICT
    term: str
    meaning: str
    abbreviation: str = ""
    avoid: tuple[str, ...] = ()
    """English or mistaken words that the term replaces."""
    printed: bool = True
    """False for words that only the style check needs; the glossary of the books leaves them out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Glossary:
    """`content/glossary.yaml`."""

    __pydantic_config__ = STRICT
    terms: tuple[Term, ...]
