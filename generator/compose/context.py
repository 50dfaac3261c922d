"""The names that a template may use: views, and functions that make tables, charts, references and fill-ins.

This is the contract of templates; `docs/templates.md` is made from it and a test keeps it current.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from generator.compose.numbering import SOURCE_LIST
from generator.compose.tables import CHARTS, TABLES, Maker
from generator.compose.tables.bench import Bench
from generator.compose.tables.profile import stands
from generator.compose.tokens import Blocks, TemplateFaultError, Told, told
from generator.compose.viewing.areas import quality_view
from generator.compose.viewing.scores import score_view
from generator.compose.views.areas import AreaView, SubView
from generator.compose.views.region import ComparedView
from generator.model.document import (
    Block,
    Emphasis,
    Inline,
    Landscape,
    ListBlock,
    PageBreak,
    Paragraph,
    Placeholder,
    Reference,
    Source,
    Text,
)
from generator.model.framework import BookSpec
from generator.model.instrument import Regulation

_CARRIES = 2.0
"""Score from which a component of readiness carries a plan: there is a base, money, and somebody who does it."""

_AMENDED_ONCE, _AMENDED_OFTEN = "diubah dengan", "beberapa kali diubah, terakhir dengan"
"""How a decree cites what was amended, after annex II of Law 12/2011."""


@dataclass(slots=True)
class BookState:
    """What a book has already said: abbreviations written out, regulations named in full."""

    abbreviations: dict[str, None] = field(default_factory=dict)
    regulations: dict[str, None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Contract:
    """Builds the context of one book."""

    bench: Bench
    book: BookSpec
    books: tuple[BookSpec, ...]
    names: Mapping[str, Any] = field(default_factory=dict)
    """What only this document's templates see: `win`, or `event` and `homework` (see `compose.copies`)."""
    state: BookState = field(default_factory=BookState)

    def context(self) -> Mapping[str, Any]:
        """Return the names of the template context."""
        bench = self.bench
        areas = (*bench.dimensions, *bench.readiness)
        return {
            **bench.speaker.functions(),
            "city": bench.region.city(),
            "framework": bench.content.framework,
            "dimensions": bench.dimensions,
            "readiness": bench.readiness,
            "overall": score_view(bench.speaker, "overall"),
            "readiness_score": score_view(bench.speaker, "readiness"),
            "plan": bench.whole.plan(),
            "swot": bench.whole.swot(),
            "mentoring": bench.guidance.mentoring(),
            "outside": bench.outside.alignment(),
            "bodies": bench.guidance.bodies(),
            "roles": bench.guidance.roles(),
            "agencies": bench.whole.agencies(),
            "quality": quality_view(bench.speaker, areas),
            "missing": self.missing,
            "known": bench.speaker.fact_known,
            "stands": self.stands,
            "uneven_years": self.uneven_years,
            "scheduled": self.scheduled,
            "leading": tuple(area for area in bench.dimensions if area.ahead),
            "lagging": tuple(area for area in bench.dimensions if area.behind),
            "pursued": self.pursued(),
            "left_behind": self.left_behind(),
            "assets": self.assets(),
            "brakes": self.brakes(),
            "area": self.area,
            "table": self.table,
            "each": self.each,
            "chart": self.chart,
            "landscape": self.landscape,
            "pagebreak": self.pagebreak,
            "placeholder": self.placeholder,
            "signature": self.signature,
            "sources": self.sources,
            "ref": self.ref,
            "book": self.other_book,
            "regulation": self.regulation,
            "cited_regulations": self.cited_regulations,
            "abbr": self.abbreviation,
            **self.names,
        }

    def _components(self) -> list[SubView]:
        known = [sub for element in self.bench.readiness for sub in element.subs if sub.score.known]
        return sorted(known, key=lambda sub: -float(sub.score.value.raw))

    def pursued(self) -> tuple[AreaView, ...]:
        """Return the dimensions that lag and have a scheduled programme."""
        return tuple(area for area in self.bench.dimensions if area.behind and area.programs)

    def left_behind(self) -> tuple[AreaView, ...]:
        """Return the dimensions that lag and have none."""
        return tuple(area for area in self.bench.dimensions if area.behind and not area.programs)

    def assets(self) -> tuple[SubView, ...]:
        """Return the components of readiness that carry the plan: the best, at most three, of level 2 or more."""
        return tuple(sub for sub in self._components()[:3] if sub.score.value.raw >= _CARRIES)

    def brakes(self) -> tuple[SubView, ...]:
        """Return the components of readiness that hold the plan back: the lowest, at most three, below level 2."""
        return tuple(sub for sub in self._components()[:-4:-1] if sub.score.value.raw < _CARRIES)

    # --- blocks ----------------------------------------------------------------------------------------------------

    def table(self, name: str, *parts: Any, **options: Any) -> Blocks:
        """Return a table by name; one without rows prints nothing."""
        return Blocks(_made(self._maker(TABLES, name, "table"), self.bench, parts, options))

    def each(self, name: str, areas: tuple[AreaView, ...], **options: Any) -> Blocks:
        """Return one table of a name for each of some areas, to be put on landscape pages together."""
        maker = self._maker(TABLES, name, "table")
        return Blocks(tuple(block for area in areas for block in _made(maker, self.bench, (area.id,), options)))

    def chart(self, name: str, *parts: Any) -> Blocks:
        """Return a chart by name; one without data prints nothing."""
        return Blocks(_made(self._maker(CHARTS, name, "chart"), self.bench, parts, {}))

    def _maker(self, known: Mapping[str, Maker], name: str, what: str) -> Maker:
        if name not in known:
            close = get_close_matches(name, known, 1)
            raise TemplateFaultError(f"no {what} '{name}'", f"did you mean '{close[0]}'?" if close else None)
        return known[name]

    def landscape(self, *values: Blocks) -> Blocks:
        """Put tables and charts on landscape pages; nothing where they are empty."""
        inner = tuple(block for value in values for block in value.blocks)
        return Blocks((Landscape(id="", children=inner),) if inner else ())

    def pagebreak(self) -> Blocks:
        """Begin a new page."""
        return Blocks((PageBreak(id=""),))

    def placeholder(self, what: str, who: str = "", where: str = "") -> Blocks:
        """Leave visible room for a whole passage that the city writes."""
        owner = self.bench.speaker.opd_name(who) if who in self.bench.content.opd else who
        return Blocks((Placeholder(id="", what=what, who=owner, where=where),))

    def signature(self, title: Told | str, name: Told | str = "", placed: bool = True) -> Blocks:
        """Leave room for place, date and signature of an office; `placed` is false where the text says the place."""
        place = self.bench.region.city().capital
        holder = name.inlines if isinstance(name, Told) else (Text(name or "(nama)"),)
        lines: tuple[tuple[Inline, ...], ...] = (
            (*place.inlines, Text(", ………………………")),
            title.inlines if isinstance(title, Told) else (Text(title),),
            (Text(" "),),
            holder,
        )
        shown = lines if placed else lines[1:]
        return Blocks(tuple(Paragraph(id="", content=line, role="signature") for line in shown))

    def sources(self) -> Blocks:
        """Leave room for the numbered list of sources; filled once the book's citations are known."""
        return Blocks((ListBlock(id=SOURCE_LIST, ordered=True, items=()),))

    # --- runs ------------------------------------------------------------------------------------------------------

    def ref(self, target: str) -> Told:
        """Refer to a chapter, section, table or figure of the same book by its id."""
        return Told((Reference(str(target)),), (), str(target))

    def other_book(self, name: str) -> Told:
        """Name another book of the set."""
        found = next((spec for spec in self.books if spec.id == name), None)
        if found is None:
            raise TemplateFaultError(f"no book '{name}'", f"known books: {', '.join(spec.id for spec in self.books)}")
        return Told((Emphasis((Text(found.title),)),), (), found.title)

    def regulation(self, name: str, full: bool = False) -> Told:
        """Name a regulation: in full at its first mention in the book, short after that.

        `full` is how a decree cites: always in full, with its last amendment.
        """
        found = self.bench.content.regulations.get(name)
        if found is None:
            close = get_close_matches(name, self.bench.content.regulations, 1)
            raise TemplateFaultError(f"no regulation '{name}'", f"did you mean '{close[0]}'?" if close else None)
        self.bench.speaker.sources.known.setdefault(
            f"reg-{found.id}",
            Source(f"reg-{found.id}", f"{found.kind} Nomor {found.number} Tahun {found.year} tentang {found.title}"),
        )
        if name in self.state.regulations and not full:
            return told(found.short, f"regulation:{name}")
        self.state.regulations[name] = None
        words = _full_title(found)
        amending = self.bench.content.regulations.get(found.amended_by[-1]) if full and found.amended_by else None
        if amending is not None:
            often = len(found.amended_by) > 1
            words += f" sebagaimana telah {_AMENDED_OFTEN if often else _AMENDED_ONCE} {_full_title(amending)}"
        return told(words, f"regulation:{name}", raw=words)

    def cited_regulations(self) -> tuple[str, ...]:
        """Return the ids of the regulations that the book has named so far, for `table("regulations", …)`."""
        return tuple(self.state.regulations)

    def stands(self, name: str) -> ComparedView:
        """Return how a public figure of the profile stands against province and nation, by the fact's id."""
        return stands(self.bench, name)

    def uneven_years(self, name: str) -> tuple[tuple[str, str], ...]:
        """Return the two years of a fact that is reckoned from two, by its id; nothing where they are the same."""
        speaker = self.bench.speaker
        kind = speaker.fact_kind(name)
        if kind.derive is None or name in speaker.dossier.city.facts:
            return ()
        years = [str(fact.year) for part in kind.derive.of if (fact := speaker.dossier.facts.get(part)) and fact.year]
        return ((years[0], years[-1]),) if len(years) == len(kind.derive.of) and len(set(years)) > 1 else ()

    def scheduled(self, name: str) -> bool:
        """Return whether a programme of the catalogue is scheduled, by its id."""
        known = self.bench.content.programs
        if name not in known:
            close = get_close_matches(name, known, 1)
            raise TemplateFaultError(f"no program '{name}'", f"did you mean '{close[0]}'?" if close else None)
        return any(planned.id == name for planned in self.bench.speaker.plan.scheduled)

    def abbreviation(self, short: str) -> Told:
        """Write an abbreviation out at its first mention in the book, short after that."""
        term = next((item for item in self.bench.content.glossary.terms if item.abbreviation == short), None)
        if term is None:
            raise TemplateFaultError(f"no abbreviation '{short}' in content/glossary.yaml")
        if short in self.state.abbreviations:
            return told(short)
        self.state.abbreviations[short] = None
        return told(f"{term.term} ({short})")

    def missing(self, what: str, who: str = "", where: str = "") -> Told:
        """Leave a visible fill-in: what, who has it (a function of `content/opd.yaml`), where it goes."""
        return self.bench.speaker.missing(what, who, where)

    def area(self, name: str) -> AreaView | SubView:
        """Return a dimension, element, sub-dimension or component by id."""
        found = self.bench.area(name) or self.bench.sub(name)
        if found is None:
            raise TemplateFaultError(f"no area '{name}' in the framework")
        return found


def _full_title(regulation: Regulation) -> str:
    return f"{regulation.kind} Nomor {regulation.number} Tahun {regulation.year} tentang {regulation.title}"


def _made(maker: Maker, bench: Bench, parts: tuple[Any, ...], options: dict[str, Any]) -> tuple[Block, ...]:
    plain_parts = tuple(str(part) if isinstance(part, Told) else part for part in parts)
    try:
        block = maker(bench, *plain_parts, **options)
    except TypeError as error:
        raise TemplateFaultError(f"wrong arguments for a table or chart: {error}") from error
    return (block,) if block is not None else ()
