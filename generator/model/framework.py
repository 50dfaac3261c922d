"""The framework of a programme: dimensions, readiness elements, horizons, books and the look, all data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from generator.model.document import Palette
from generator.model.schema import STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Initiative:
    """An initiative area of a sub-dimension."""

    __pydantic_config__ = STRICT
    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SubDimension:
    """A sub-dimension, or a component of a readiness element."""

    __pydantic_config__ = STRICT
    id: str
    name: str
    about: str = ""
    """One sentence on what it covers, for the text of the books."""
    ideal: str = ""
    """The ideal condition in one sentence."""
    ideal_by_type: dict[Literal["kota", "kabupaten"], str] = field(default_factory=dict)
    """The same as a region of that type would say it; `ideal` holds where it says nothing."""
    initiatives: tuple[Initiative, ...] = ()

    def ideal_for(self, city_type: Literal["kota", "kabupaten"]) -> str:
        """Return the ideal condition for a region of a type."""
        return self.ideal_by_type.get(city_type, self.ideal)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    """A dimension of the framework, or a readiness element."""

    __pydantic_config__ = STRICT
    id: str
    name: str
    local_name: str = ""
    code: str
    """Letter(s) that open programme codes ('G' in 'G-03')."""
    about: str = ""
    goal: str = ""
    """The strategic goal of the dimension in one sentence."""
    goal_by_type: dict[Literal["kota", "kabupaten"], str] = field(default_factory=dict)
    """The same as a region of that type would say it; `goal` holds where it says nothing."""
    subdimensions: tuple[SubDimension, ...] = ()

    def goal_for(self, city_type: Literal["kota", "kabupaten"]) -> str:
        """Return the strategic goal for a region of a type."""
        return self.goal_by_type.get(city_type, self.goal)


@dataclass(frozen=True, slots=True, kw_only=True)
class Horizon:
    """A planning horizon that ends after `years` years."""

    __pydantic_config__ = STRICT
    id: str
    name: str
    years: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A level of the 0-4 scale."""

    __pydantic_config__ = STRICT
    level: int
    name: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A body that carries the plan (steering, executing, forum)."""

    __pydantic_config__ = STRICT
    id: str
    name: str
    role: str
    members: tuple[str, ...] = ()
    """Functions of `opd.yaml` or free words for others."""
    indicator: str = ""
    """Indicator that tells how far the region has it; '' where none does."""
    stands_from: int = 1
    """Level (0-4) of that indicator from which it is set up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Colours as 'RRGGBB'."""

    __pydantic_config__ = STRICT
    tones: dict[str, str]
    levels: tuple[str, str, str, str, str]

    @property
    def palette(self) -> Palette:
        """The same colours as a document carries them."""
        return Palette(tuple(self.tones.items()), self.levels)


@dataclass(frozen=True, slots=True, kw_only=True)
class Framework:
    """`content/framework.yaml`."""

    __pydantic_config__ = STRICT
    id: str
    name: str
    programme: str
    """Name of the national programme as printed."""
    ministry_lines: tuple[str, ...]
    dimensions: tuple[Dimension, ...]
    readiness: tuple[Dimension, ...]
    horizons: tuple[Horizon, ...]
    levels: tuple[Level, ...]
    kinds: dict[str, str]
    """Programme kind -> Indonesian name, in the order in which the action plan shows them."""
    bodies: tuple[Body, ...]
    traits: dict[str, str]
    """Trait id -> Indonesian words ('archipelago' -> 'daerah kepulauan')."""
    look: Look

    @property
    def areas(self) -> tuple[Dimension, ...]:
        """Dimensions and readiness elements in their order."""
        return (*self.dimensions, *self.readiness)

    def area_name(self, dimension: str) -> str:
        """Return the name of a dimension or readiness element, its id where there is none of that id."""
        return next((area.name for area in self.areas if area.id == dimension), dimension)

    def sub_name(self, dimension: str, subdimension: str) -> str:
        """Return the name of a sub-dimension or component, its id where there is none of that id."""
        subs = (sub for area in self.areas if area.id == dimension for sub in area.subdimensions)
        return next((sub.name for sub in subs if sub.id == subdimension), subdimension)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterSpec:
    """One chapter or annex of a book."""

    __pydantic_config__ = STRICT
    id: str
    title: str
    template: str
    """Path below `templates/`."""
    kind: Literal["front", "chapter", "annex"] = "chapter"
    numbered: bool = True
    look: Literal["normal", "law"] = "normal"
    distinct: bool = False
    """Whether its text has to differ between regions (see `compose.alike`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BookSpec:
    """One book: `content/books.yaml` holds a list of them."""

    __pydantic_config__ = STRICT
    id: str
    file_name: str
    title: str
    subtitle: str
    subject: str
    keywords: tuple[str, ...] = ()
    category: str = ""
    lists: tuple[Literal["headings", "tables", "figures"], ...] = ("headings", "tables", "figures")
    for_each: Literal["quick-win", "workshop"] | None = None
    """One document for each accepted quick win or each workshop of the mentoring. `file_name`, `title`, `subtitle` and
    `subject` may then hold {n} (its place, from 1), {code} and {name}; `file_name` may begin with a folder ('a/B-{n}').
    """
    cover: bool = True
    """False for working sheets, which begin with their text."""
    chapters: tuple[ChapterSpec, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """`content/books.yaml`."""

    __pydantic_config__ = STRICT
    books: tuple[BookSpec, ...] = field(default=())
