"""Facts, levels and scores of one city as values that print themselves, with unit, year, source and golden thread."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from hashlib import blake2b

from generator.compose.tokens import TemplateFaultError, Told, clean, told
from generator.compose.typography import joined, long_date, lower_first, number, polish, quantity
from generator.model.city import Fact
from generator.model.content import CityDossier, Content
from generator.model.document import Citation, Inline, Missing, Source, Text
from generator.model.instrument import FactKind, Indicator
from generator.model.plan import Plan
from generator.model.scorecard import OVERALL, READINESS, Rated

_ABBREVIATED = re.compile(r"(?P<kind>Dinas|Badan|Bagian)\b.*\((?P<short>[A-Z][A-Za-z]+)\)")
_FUNCTION = re.compile(r"[a-z]+(-[a-z]+)*")


@dataclass(frozen=True, slots=True, eq=False)
class Sourced(Told):
    """A value that can also print its year and source (`| sourced`)."""

    with_source: Told | None = None


@dataclass(slots=True)
class Sources:
    """The sources of a city's documents by id; documents list those that they cite."""

    known: dict[str, Source] = field(default_factory=dict)

    def cite(self, text: str, url: str = "") -> str:
        """Return the id of a source, the same for the same words."""
        words = clean(text)
        name = "src-" + blake2b(words.encode("utf-8", "replace"), digest_size=6).hexdigest()
        self.known.setdefault(name, Source(name, words, url))
        return name


@dataclass(frozen=True, slots=True)
class Speaker:
    """What templates and rule sentences may ask about a city. Every answer is a value that prints itself."""

    dossier: CityDossier
    content: Content
    plan: Plan
    sources: Sources

    # --- agencies and holes ----------------------------------------------------------------------------------------

    def opd(self, function: str) -> Told:
        """Return the region's own name of an agency, else its usual short name."""
        return told(self.opd_name(function), f"opd:{function}")

    def opd_name(self, function: str) -> str:
        """Return the name of an agency as text."""
        own = self.dossier.city.opd.get(function)
        if own:
            return clean(own)
        agency = self.content.opd.get(function)
        return agency.short if agency else function

    def opd_full(self, function: str) -> str:
        """Return the full name of an agency: the region's own, else the usual one written out."""
        own = self.dossier.city.opd.get(function)
        if own:
            return clean(own)
        agency = self.content.opd.get(function)
        return agency.name if agency else function

    def opd_short(self, function: str) -> str:
        """Return the name of an agency as a narrow column bears it: without the region's, and abbreviated if it can be.

        'Dinas Sumber Daya Air, … (SDABMBK) Kota Medan' is 'Dinas SDABMBK'; a usual name becomes its usual short form.
        """
        name = self.opd_name(function).removesuffix(f" {self.dossier.city.full_name}").strip()
        agency = self.content.opd.get(function)
        if agency is not None and name in (agency.name, agency.name_kabupaten):
            return agency.short
        abbreviated = _ABBREVIATED.fullmatch(name)
        return f"{abbreviated['kind']} {abbreviated['short']}" if abbreviated else name

    def opd_head(self, function: str) -> str:
        """Return the title of an agency's head: 'Kepala Dinas Kesehatan Kota Medan', 'Sekretaris Daerah'."""
        agency = self.content.opd.get(function)
        return agency.head if agency is not None and agency.head else f"Kepala {self.opd_full(function)}"

    def opd_names(self, functions: Iterable[str]) -> Told:
        """Return the names of agencies, once each; a dash where there are none."""
        names = list(dict.fromkeys(self.opd_name(function) for function in functions))
        return told(joined(names)) if names else told("–")

    def missing(self, what: str, who: str = "", where: str = "", *because: str) -> Told:
        """Return a visible fill-in; `who` is a function of `content/opd.yaml` or words.

        A function that the framework has not (code asks for 'finance') names no owner rather than printing its id.
        """
        words = "" if _FUNCTION.fullmatch(who) else who
        owner = self.opd_name(who) if who in self.content.opd else words
        return Told((Missing(what, owner, where),), because, None)

    # --- facts -----------------------------------------------------------------------------------------------------

    def fact(self, name: str) -> Told:
        """Return a profile fact: value with unit, or a fill-in that says who has it."""
        kind = self.fact_kind(name)
        fact = self.dossier.facts.get(name)
        if fact is None:
            who = kind.supplied_by[0] if kind.supplied_by else ""
            return self.missing(lower_first(kind.name), who, f"city.yaml: facts.{name}", f"fact:{name}")
        text = fact_words(fact, kind)
        reason = (f"fact:{name}",)
        cited: tuple[Inline, ...] = (Text(text), *self._year_and_source(fact.year, fact.source))
        raw = fact.value if not isinstance(fact.value, str) else clean(fact.value)
        return Sourced((Text(text),), reason, raw, Told(cited, reason, raw))

    def fact_known(self, name: str) -> bool:
        """Return whether the city states a fact; raises `TemplateFaultError` for an unknown id."""
        return self.fact_kind(name).id in self.dossier.facts

    def fact_kind(self, name: str) -> FactKind:
        """Return what a fact is; raises `TemplateFaultError` for an unknown id."""
        kind = self.content.facts.get(name)
        if kind is None:
            close = get_close_matches(name, self.content.facts, 1)
            raise TemplateFaultError(f"no fact '{name}'", f"did you mean '{close[0]}'?" if close else None)
        return kind

    def _year_and_source(self, year: int | None, source: str) -> tuple[Inline, ...]:
        words = clean(source)
        if not words:
            return ()
        label = f" ({year}) " if year and str(year) not in words[-6:] else " "
        return (Text(label.replace(" ", "\u00a0", 1)), Citation(self.sources.cite(source_words(words, year))))

    # --- indicators ------------------------------------------------------------------------------------------------

    def indicator(self, name: str) -> Indicator:
        """Return an indicator of the instrument; raises `TemplateFaultError` for an unknown id."""
        indicator = self.content.indicators.get(name)
        if indicator is None:
            close = get_close_matches(name, self.content.indicators, 1)
            raise TemplateFaultError(f"no indicator '{name}'", f"did you mean '{close[0]}'?" if close else None)
        return indicator

    def rated(self, name: str) -> Rated | None:
        """Return how the city stands on an indicator."""
        self.indicator(name)
        return self.plan.scorecard.rated.get(name)

    def level(self, name: str) -> Told:
        """Return the level 0-4 on an indicator, or a fill-in."""
        rated = self.rated(name)
        if rated is None or rated.level is None:
            return self._unanswered(name)
        return told(str(rated.level), f"indicator:{name}", raw=rated.level)

    def value(self, name: str) -> Told:
        """Return the measured value with its unit, or a fill-in."""
        rated = self.rated(name)
        indicator = self.indicator(name)
        if rated is None or rated.value is None:
            return self._unanswered(name)
        text = quantity(rated.value, indicator.unit, 2)
        reason = (f"indicator:{name}",)
        cited = (Text(text), *self._year_and_source(rated.year, rated.source))
        return Sourced((Text(text),), reason, rated.value, Told(cited, reason, rated.value))

    def rubric(self, name: str, level: int | None = None) -> Told:
        """Return the rubric text of the city's level (or of `level`), first letter small, without final point."""
        indicator = self.indicator(name)
        wanted = level
        if wanted is None:
            rated = self.rated(name)
            wanted = rated.level if rated else None
        if wanted is None:
            return self._unanswered(name)
        return told(polish(lower_first(indicator.levels[wanted].rstrip(". "))), f"indicator:{name}")

    def bound(self, name: str, level: int) -> Told:
        """Return the value at which a level begins, with unit."""
        indicator = self.indicator(name)
        if indicator.thresholds is None or not 1 <= level <= 4:
            raise TemplateFaultError(f"indicator '{name}' has no bound for level {level}")
        limit = indicator.thresholds.bounds[level - 1]
        return told(quantity(limit, indicator.unit, 2), f"indicator:{name}", raw=limit)

    def _unanswered(self, name: str) -> Told:
        indicator = self.indicator(name)
        who = indicator.supplied_by[0] if indicator.supplied_by else ""
        return self.missing(lower_first(indicator.name), who, f"assessment.yaml: answers.{name}", f"indicator:{name}")

    # --- scores ----------------------------------------------------------------------------------------------------

    def area(self, name: str) -> str:
        """Return the full name of an area: sub-dimensions may be named alone."""
        if name in (OVERALL, READINESS) or "/" in name:
            return name
        for dimension in self.content.framework.areas:
            if dimension.id == name:
                return name
            for sub in dimension.subdimensions:
                if sub.id == name:
                    return f"{dimension.id}/{name}"
        raise TemplateFaultError(f"no area '{name}' in the framework")

    def score(self, name: str) -> Told:
        """Return the score of an area, '1,8', or a fill-in where nothing is answered."""
        area = self.area(name)
        value = self.plan.scorecard.value(area)
        if value is None:
            return self.missing("nilai belum dapat dihitung karena indikatornya belum dijawab", "", "assessment.yaml")
        return told(number(value, 1, fixed=True), f"score:{area}", raw=value)

    # --- words -----------------------------------------------------------------------------------------------------

    def functions(self) -> Mapping[str, object]:
        """Return the functions that rule sentences and templates share."""
        return {
            "level": self.level,
            "value": self.value,
            "rubric": self.rubric,
            "bound": self.bound,
            "score": self.score,
            "opd": self.opd,
            "fact": FactSpace(self),
        }


@dataclass(frozen=True, slots=True)
class FactSpace:
    """`fact.population`: every fact kind of the content as an attribute."""

    speaker: Speaker

    def __getattr__(self, name: str) -> Told:
        if name.startswith("__"):
            raise AttributeError(name)
        return self.speaker.fact(name)

    def __getitem__(self, name: str) -> Told:
        return self.speaker.fact(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self.speaker.content.facts)


def fact_words(fact: Fact, kind: FactKind) -> str:
    """Return a fact's value as a document prints it."""
    if isinstance(fact.value, bool):
        return "ada" if fact.value else "belum ada"
    if isinstance(fact.value, str):
        return clean(fact.value)
    return quantity(float(fact.value), kind.unit or fact.unit, kind.decimals)


def source_words(source: str, year: int | None) -> str:
    """Return a source with its year, unless the words name a year already."""
    if year is None or re.search(r"\b(19|20)\d\d\b", source):
        return source
    return f"{source}, {year}"


def dated(day: date) -> Told:
    """Return a date as a value."""
    return Told((Text(long_date(day)),), (), day)
