"""All content of a workspace as one value, and all that one city handed in as another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.model.alignment import Alignment
from generator.model.city import Assessment, City, Fact
from generator.model.diagnostics import Place
from generator.model.edits import Edit
from generator.model.evaluation import Evaluation
from generator.model.framework import Books, Framework
from generator.model.instrument import FactKind, Glossary, Indicator, Opd, Regulation, Role
from generator.model.mentoring import MentoringProcess
from generator.model.planning import Planning, QuickWinRules
from generator.model.priorities import Priorities
from generator.model.programs import OwnPrograms, Program
from generator.model.region import Region
from generator.model.rules import Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """Everything below `content/`. Mappings go from id to value and keep the order of the files."""

    framework: Framework
    books: Books
    indicators: Mapping[str, Indicator]
    facts: Mapping[str, FactKind]
    opd: Mapping[str, Opd]
    regulations: Mapping[str, Regulation]
    roles: Mapping[str, Role]
    rules: Mapping[str, Rule]
    programs: Mapping[str, Program]
    glossary: Glossary
    planning: Planning
    priorities: Priorities
    mentoring: MentoringProcess
    quickwin: QuickWinRules
    evaluation: Evaluation
    alignment: Alignment = field(default_factory=Alignment)
    """Goals outside of the framework, and fields of cooperation; empty where the content names none."""
    regions: Mapping[str, Region] = field(default_factory=dict)
    """Official code -> row of the table."""
    places: Mapping[str, Place] = field(default_factory=dict)
    """'KIND:ID' -> its place: KIND is indicator, fact, rule, program, regulation, role, opd, or the key of a list of
    another file ('steps:bimtek-1', 'dimensions:governance', 'chapters:gap')."""
    files: Mapping[str, str] = field(default_factory=dict)
    """Path below the workspace, with slashes -> SHA-256 of every file that was read."""

    def place(self, kind: str, id: str) -> Place:
        """Return where an item stands; the content folder where that is not known."""
        return self.places.get(f"{kind}:{id}", Place("content"))


@dataclass(frozen=True, slots=True, kw_only=True)
class CityDossier:
    """What a city handed in, with the facts of the public table filled in where the city states none."""

    slug: str
    city: City
    assessment: Assessment
    programs: OwnPrograms = field(default_factory=OwnPrograms)
    facts: Mapping[str, Fact] = field(default_factory=dict)
    """Facts of `city.yaml`, then of the table, then those derived from others; each with its source."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """Name of a file of `text/` without '.md' -> Markdown as the city wrote it; data, never markup of ours."""
    edits: tuple[Edit, ...] = ()
    """What the city changed in books that were handed out, from `edits/`."""
    region: Region | None = None
    """The row of the public table, None for a region that it does not hold."""
    places: Mapping[str, Place] = field(default_factory=dict)
    """'fact:ID', 'answer:ID', 'program:ID', 'mission:ID', 'text:NAME' -> where it stands."""
    files: Mapping[str, str] = field(default_factory=dict)
    """Path below the workspace, with slashes -> SHA-256 of every file that was read."""
