"""`output/portfolio/`: the cohort side by side as a page, a workbook and a report.

Everything comes from the manifests of the cities' last builds, so that no city is computed for it. Files that somebody
edited are not overwritten, as in a city's own folder.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, fields, replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from sys import intern
from typing import Any

from generator import __version__
from generator.analysis.portfolio import portfolio_of
from generator.compose.portfolio import reports
from generator.inputs import Basis, digest_of, generator_digest, scan_shared
from generator.manifest import Manifest, read_manifest
from generator.model.content import Content
from generator.model.diagnostics import Diagnostic, Place, Severity
from generator.model.portfolio import Absent, Alike, CityRow, Portfolio
from generator.model.scorecard import MOST
from generator.records import FAULTS, number, whole, word, words
from generator.shelf import Made, Written, drop_stale, edited, settle, store, untouched
from generator.sources.cities import name_of
from generator.sources.city_checks import FIRST_YEAR, LAST_YEAR
from generator.sources.content import load_content
from generator.storage import BusyError, StorageError, locked, remove_leftovers
from generator.writers.engines import EngineName, lay_out
from generator.writers.errors import WriterError

FOLDER = "portfolio"
_TUPLES = ("gaps", "programs")
DONE = ("built", "unchanged")
"""States of a batch (`generator.worker.State`) after which a city's draft is of that batch."""


def write_portfolio(
    workspace: Path,
    out: Path,
    slugs: Sequence[str],
    alike: Iterable[Alike],
    engine: EngineName,
    states: Mapping[str, str] | None = None,
) -> tuple[tuple[Written, ...], tuple[Diagnostic, ...]]:
    """Write the portfolio of the cities that have a draft; return its files, or an error (MP501, MP504, MP505,
    MP511, MP514).

    `states` tells what the last batch made of each city (slug -> `generator.worker.State`): one that it did not build
    is marked, since its row is of an older draft. Nothing is computed where no city, no state, no content and no
    likeness changed.
    """
    folder = out / FOLDER
    left = {slug: state for slug, state in (states or {}).items() if state not in DONE}
    found_rows = {slug: row for slug in slugs if (row := read_row(out, slug)) is not None}
    rows = tuple(replace(row, state=left.get(slug, "")) for slug, row in found_rows.items())
    if not rows:
        return (), ()
    absent = tuple(_absent(workspace, slug, left.get(slug, "")) for slug in slugs if slug not in found_rows)
    pairs = tuple(alike)
    basis = _basis(workspace, rows, absent, pairs, engine)
    try:
        with locked(folder):
            remove_leftovers(folder)
            kept = untouched(folder, basis, workspace)
            if kept is not None:
                return settle(folder, kept), ()
            content, found = load_content(workspace)
            if content is None:
                return (), found
            before = read_manifest(folder)
            portfolio = portfolio_of(rows, content, pairs, absent)
            made = tuple(_made(workspace, portfolio, content, engine))
            names = [item.name for item in made]
            touched = edited(folder, names, before)
            if touched:
                return (), touched
            drop_stale(folder, names, before)
            return store(folder, made, _manifest(basis, engine), before), ()
    except WriterError as error:
        return (), (error.diagnostic,)
    except (BusyError, StorageError) as error:
        code = "MP504" if isinstance(error, BusyError) else "MP505"
        place = Place(folder.as_posix())
        return (), (Diagnostic(code, Severity.ERROR, place, str(error), "try again when it is free"),)


def read_row(out: Path, slug: str) -> CityRow | None:
    """Return a city as its last build left it, None where there is no draft or its manifest is not understood."""
    manifest = read_manifest(out / slug)
    if manifest is None or not manifest.facts:
        return None
    files = tuple(intern(name) for name in sorted(manifest.outputs))
    try:
        row = _row(manifest.facts)
    except FAULTS:
        return None
    return replace(row, slug=slug, files=files, state="")


def _absent(workspace: Path, slug: str, state: str) -> Absent:
    city = name_of(workspace, slug)
    return Absent(slug=slug, code=city.code, name=city.name, state=state)


def _row(facts: Mapping[str, Any]) -> CityRow:
    # A field that an older program did not leave has its default; without one the row is not understood.
    told = {field.name: facts[field.name] for field in fields(CityRow) if field.name in facts}
    kinds = {field.name: field.type for field in fields(CityRow)}
    texts = {name: word(value) for name, value in told.items() if kinds[name] == "str"}
    numbers = {name: whole(value) for name, value in told.items() if kinds[name] == "int"}
    # The same ids stand in each of hundreds of rows; kept once, a row takes a quarter of the memory.
    lists = {name: tuple(intern(id) for id in words(told[name])) for name in _TUPLES}
    scores = {intern(area): None if score is None else number(score, 0, MOST) for area, score in told["scores"].items()}
    _day(texts["day"])
    shares = {"complete": number(told["complete"], 0, 1)}
    calendar = tuple(_step(*words(step)) for step in told.get("calendar", ()))
    made: dict[str, Any] = {**texts, **numbers, **lists, **shares, "scores": scores, "calendar": calendar}
    return CityRow(**made)


def _step(name: str, start: str, end: str) -> tuple[str, str, str]:
    first, last = (intern(_day(day).isoformat()) for day in (start, end))
    return intern(name), first, last


def _day(text: str) -> date:
    day = date.fromisoformat(text)
    # What follows the last of a city's days, or is computed from it, must still be a day.
    if not FIRST_YEAR <= day.year <= LAST_YEAR + 10:
        raise ValueError(f"{day} is no day of a mentoring")
    return day


def _basis(
    workspace: Path, rows: Sequence[CityRow], absent: Sequence[Absent], pairs: Sequence[Alike], engine: str
) -> Basis:
    shared = scan_shared(workspace)
    parts = {
        "content": digest_of(shared.content),
        "templates": shared.styles(engine),
        "cities": digest_of({row.slug: repr(asdict(row)) for row in rows}),
        "asked": digest_of({str(at): row.slug for at, row in enumerate(rows)}),
        "absent": digest_of({str(at): repr(asdict(city)) for at, city in enumerate(absent)}),
        "alike": digest_of({str(at): repr(pair) for at, pair in enumerate(pairs)}),
        "generator": generator_digest(),
        "engine": engine,
    }
    return Basis(files={}, parts=parts, styles="")


def _made(workspace: Path, portfolio: Portfolio, content: Content, engine: EngineName) -> Iterator[Made]:
    from generator.writers import docx, portfolio_page, portfolio_sheets, typst_engine

    day = portfolio.day
    palette = content.framework.look.palette
    epoch = int(datetime.combine(day, time(), UTC).timestamp())
    for document in reports(portfolio, content.framework, day):
        pdf = lay_out(engine, document, workspace, epoch)
        typst_engine.forget()  # so that the last volume takes no more memory than the first
        yield Made(f"{document.file_name}.pdf", pdf.data, pdf.page_count)
        yield Made(f"{document.file_name}.docx", docx.write(document, workspace, pages=pdf.pages))
    yield Made(portfolio_page.FILE_NAME, portfolio_page.write(portfolio, palette))
    yield Made(portfolio_sheets.FILE_NAME, portfolio_sheets.write(portfolio, palette))


def _manifest(basis: Basis, engine: str) -> Manifest:
    return Manifest(city="", generator=__version__, engine=engine, build_id=basis.build_id, basis=basis.parts)
