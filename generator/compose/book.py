"""All books of a city as block trees: templates rendered, numbered, cited, and the check-list filled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.analysis.wording import words_of
from generator.compose import checklist, own_words
from generator.compose.conflicts import by_book, clash
from generator.compose.context import Contract
from generator.compose.copies import Copy, copies
from generator.compose.edits import Merging
from generator.compose.environment import TemplateEnvironment, TemplateFailedError, failure, render
from generator.compose.markdown.blocks import BlockReader
from generator.compose.numbering import number_blocks, resolve
from generator.compose.said import Sources, Speaker
from generator.compose.sentences import Sentences
from generator.compose.tables.bench import MILLION, Bench
from generator.compose.tokens import TemplateFaultError
from generator.compose.typography import long_date, month_name
from generator.compose.viewing.alignment import AlignmentViewing
from generator.compose.viewing.areas import AreaViewing
from generator.compose.viewing.mentoring import MentoringViewing
from generator.compose.viewing.plan import PlanViewing
from generator.compose.viewing.programs import Viewing
from generator.compose.viewing.region import RegionViewing
from generator.model.content import CityDossier, Content
from generator.model.diagnostics import Diagnostic
from generator.model.document import (
    Annex,
    Block,
    Chapter,
    Contents,
    Cover,
    Document,
    Placeholder,
    Source,
    Text,
)
from generator.model.edits import Conflict, Edit
from generator.model.framework import BookSpec, ChapterSpec
from generator.model.plan import Plan

_LIST_TITLES = {"headings": "Daftar Isi", "tables": "Daftar Tabel", "figures": "Daftar Gambar"}
_LIST = "list-"
SAMPLE_MARK = "DATA CONTOH"


@dataclass(frozen=True, slots=True)
class Composed:
    """The books of one city, and what went wrong on the way."""

    documents: tuple[Document, ...]
    diagnostics: tuple[Diagnostic, ...]
    holes: Counter[checklist.Hole]
    conflicts: tuple[Conflict, ...] = ()
    """Edits of the city whose ground the generator changed since."""


def bench_of(dossier: CityDossier, content: Content, plan: Plan, environment: TemplateEnvironment) -> Bench:
    """Return one city's materials for templates, tables and charts."""
    speaker = Speaker(dossier, content, plan, Sources(), words_of(content, dossier.facts, dossier.city.code))
    places = {name: content.place("rule", name) for name in content.rules}
    viewing = Viewing(speaker, Sentences(environment, _snippet_context(speaker), places))
    areas, framework = AreaViewing(viewing), content.framework
    return Bench(
        speaker=speaker,
        viewing=viewing,
        region=RegionViewing(viewing),
        whole=PlanViewing(viewing),
        guidance=MentoringViewing(viewing),
        outside=AlignmentViewing(viewing),
        dimensions=tuple(areas.area(dimension) for dimension in framework.dimensions),
        readiness=tuple(areas.area(element) for element in framework.readiness),
        whole_millions=all(
            not amount.planned % MILLION
            for program in plan.programs
            for amount in (*program.budget.values(), program.later)
        ),
    )


def _snippet_context(speaker: Speaker) -> Mapping[str, Any]:
    """Return the names of rule sentences; they need no findings, so no sentence can ask for itself."""
    silent = Viewing(speaker, Sentences(TemplateEnvironment(Path()), {}, {}))
    return {**speaker.functions(), "city": RegionViewing(silent).identity()}


def compose_books(
    dossier: CityDossier, content: Content, plan: Plan, workspace: Path, *, build_id: str = ""
) -> Composed:
    """Return every document of `content/books.yaml` for one city: the books, then those made one for each of something.

    A chapter whose template fails becomes a visible placeholder and a diagnostic; the other chapters are composed. The
    city's own words and the check-list concern the books alone: the other documents repeat what stands there.
    """
    words = words_of(content, dossier.facts, dossier.city.code)
    environment = TemplateEnvironment(workspace / "templates", words)
    bench = bench_of(dossier, content, plan, environment)
    diagnostics: list[Diagnostic] = []
    books = tuple(spec for spec in content.books.books if spec.for_each is None)

    def draft(copy: Copy) -> tuple[BookSpec, tuple[Block, ...]]:
        return copy.spec, _chapters(copy, bench, books, environment, diagnostics)

    drafts, misplaced = own_words.put([draft(copy) for spec in books for copy in copies(spec, bench)], dossier)
    diagnostics.extend(misplaced)
    sheets = [draft(copy) for spec in content.books.books if spec.for_each for copy in copies(spec, bench)]
    changed = by_book(dossier.edits)
    day = dossier.city.date.isoformat()
    merging = {spec.id: Merging(changed.get(spec.id, ()), date=day) for spec, _ in (*drafts, *sheets)}
    drafts = tuple((spec, merging[spec.id].merge(blocks, _is_early)) for spec, blocks in drafts)
    sheets = [(spec, merging[spec.id].merge(blocks, _is_early)) for spec, blocks in sheets]
    found: Counter[checklist.Hole] = Counter()
    for _, blocks in drafts:
        found.update(checklist.holes(blocks))
    documents = []
    for spec, blocks in (*drafts, *sheets):
        edits = merging[spec.id]
        filled = edits.merge(checklist.fill(blocks, found), lambda edit: edit.block in checklist.FILLED)
        numbered, labels = number_blocks(filled)
        resolved, sources, lost = resolve(numbered, labels, bench.speaker.sources.known)
        diagnostics.extend(lost)
        documents.append(_document(spec, resolved, sources, bench, build_id, edits))
    diagnostics.extend(bench.viewing.sentences.diagnostics)
    conflicts = tuple(conflict for edits in merging.values() for conflict in edits.conflicts)
    diagnostics.extend(clash(conflict, f"cities/{dossier.slug}") for conflict in conflicts)
    return Composed(tuple(documents), tuple(dict.fromkeys(diagnostics)), found, conflicts)


def _is_early(edit: Edit) -> bool:
    """Whether an edit is merged before fill-ins are counted: all but those of tables filled after, and of lists."""
    return edit.block not in checklist.FILLED and not edit.block.startswith(_LIST)


def _chapters(
    copy: Copy,
    bench: Bench,
    books: tuple[BookSpec, ...],
    environment: TemplateEnvironment,
    diagnostics: list[Diagnostic],
) -> tuple[Block, ...]:
    context = Contract(bench, copy.spec, books, copy.names).context()
    chapters: list[Block] = []
    for chapter in copy.spec.chapters:
        try:
            children = _children(chapter, environment, context)
        except TemplateFailedError as error:
            diagnostics.append(error.diagnostic)
            children = (
                Placeholder(id=f"{chapter.id}/failed", what=f"bab ini belum dapat disusun ({error.diagnostic.place})"),
            )
        chapters.append(_opened(chapter, children))
    return tuple(chapters)


def _children(chapter: ChapterSpec, environment: TemplateEnvironment, context: Mapping[str, Any]) -> tuple[Block, ...]:
    rendered = render(environment, chapter.template, context)
    reader = BlockReader(rendered, chapter.id)
    try:
        return reader.read()
    except TemplateFaultError as error:
        line = reader.origin.line if reader.origin else None
        file = reader.origin.file.removeprefix("templates/") if reader.origin else chapter.template
        raise failure("MP403", file, line, error.message, error.hint) from error


def _opened(chapter: ChapterSpec, children: tuple[Block, ...]) -> Block:
    title = (Text(chapter.title),)
    if chapter.kind == "annex":
        return Annex(id=chapter.id, title=title, children=children, look=chapter.look)
    numbered = chapter.numbered and chapter.kind == "chapter"
    return Chapter(id=chapter.id, title=title, children=children, numbered=numbered)


def _document(
    spec: BookSpec,
    blocks: tuple[Block, ...],
    sources: tuple[Source, ...],
    bench: Bench,
    build_id: str,
    edits: Merging,
) -> Document:
    city, framework = bench.dossier.city, bench.content.framework
    front_ids = {chapter.id for chapter in spec.chapters if chapter.kind == "front"}
    lists = edits.merge(
        tuple(Contents(id=f"{_LIST}{name}", lists=name, title=_LIST_TITLES[name]) for name in spec.lists),
        lambda edit: edit.block.startswith(_LIST),
    )
    sample = bench.dossier.assessment.status == "sample"
    status = f"DRAF {city.version}, {long_date(city.date)}" + (f" · {SAMPLE_MARK}" if sample else "")
    view = bench.region.city()
    emblem = f"cities/{bench.dossier.slug}/{city.emblem}" if city.emblem else None
    return Document(
        id=spec.id,
        file_name=spec.file_name,
        title=f"{spec.title} {city.full_name}",
        subject=f"{spec.subject} {city.full_name}",
        author=f"Pemerintah {city.full_name}",
        keywords=(*spec.keywords, city.full_name),
        category=spec.category,
        date=city.date.isoformat(),
        version=city.version,
        cover=Cover(
            title=spec.title,
            subtitle=spec.subtitle,
            region=city.full_name,
            period=view.plan_period,
            status=status,
            lines=(*framework.ministry_lines, f"Pemerintah {city.full_name}", month_name(city.date)),
            emblem=emblem,
        ),
        palette=framework.look.palette,
        front=(*(block for block in blocks if block.id in front_ids), *lists),
        body=tuple(block for block in blocks if block.id not in front_ids),
        sources=sources,
        mark=SAMPLE_MARK if sample else "",
        build_id=build_id,
        comments=tuple(edits.comments),
        with_cover=spec.cover,
    )


def open_items(document: Document) -> int:
    """Return how many fill-ins a book shows."""
    return sum(checklist.holes((*document.front, *document.body)).values())
