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
from generator.model.portfolio import Alike, CityRow, Portfolio
from generator.shelf import Made, Written, drop_stale, edited, settle, store, untouched
from generator.sources.content import load_content
from generator.storage import BusyError, StorageError, locked, remove_leftovers
from generator.writers.engines import EngineName, lay_out
from generator.writers.errors import WriterError

FOLDER = "portfolio"
_SHOWN = (".docx", ".pdf", ".xlsx", ".ics")
_TUPLES = ("gaps", "programs", "files")


def write_portfolio(
    workspace: Path, out: Path, slugs: Sequence[str], alike: Iterable[Alike], engine: EngineName
) -> tuple[tuple[Written, ...], tuple[Diagnostic, ...]]:
    """Write the portfolio of the cities that have a draft; return its files, or an error (MP501, MP504, MP505,
    MP511, MP514).

    Nothing is computed where no city, no content and no likeness changed.
    """
    folder = out / FOLDER
    rows = tuple(row for slug in slugs if (row := read_row(out, slug)) is not None)
    if not rows:
        return (), ()
    pairs = tuple(alike)
    basis = _basis(workspace, rows, pairs, slugs, engine)
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
            absent = tuple(slug for slug in slugs if slug not in {row.slug for row in rows})
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
    files = tuple(intern(name) for name in manifest.outputs if name.endswith(_SHOWN) and "/" not in name)
    try:
        row = _row(manifest.facts)
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
    return replace(row, slug=slug, files=files)


def _row(facts: Mapping[str, Any]) -> CityRow:
    told = {field.name: facts[field.name] for field in fields(CityRow)}
    words = {field.name: str(told[field.name]) for field in fields(CityRow) if field.type == "str"}
    numbers = {field.name: int(told[field.name]) for field in fields(CityRow) if field.type == "int"}
    # The same ids stand in each of hundreds of rows; kept once, a row takes a quarter of the memory.
    lists = {name: tuple(intern(str(id)) for id in told[name]) for name in _TUPLES}
    scores = {intern(str(area)): None if score is None else float(score) for area, score in told["scores"].items()}
    date.fromisoformat(words["day"])
    return CityRow(**{**told, **words, **numbers, **lists, "scores": scores, "complete": float(told["complete"])})


def _basis(
    workspace: Path, rows: Sequence[CityRow], pairs: Sequence[Alike], slugs: Sequence[str], engine: str
) -> Basis:
    shared = scan_shared(workspace)
    parts = {
        "content": digest_of(shared.content),
        "templates": shared.styles(engine),
        "cities": digest_of({row.slug: repr(asdict(row)) for row in rows}),
        "asked": digest_of({str(at): slug for at, slug in enumerate(slugs)}),
        "alike": digest_of({str(at): repr(pair) for at, pair in enumerate(pairs)}),
        "generator": generator_digest(),
        "engine": engine,
    }
    return Basis(files={}, parts=parts, styles="")


def _made(workspace: Path, portfolio: Portfolio, content: Content, engine: EngineName) -> Iterator[Made]:
    from generator.writers import docx, portfolio_page, portfolio_sheets, typst_engine

    day = date.fromisoformat(max(row.day for row in portfolio.rows))
    epoch = int(datetime.combine(day, time(), UTC).timestamp())
    for document in reports(portfolio, content.framework, day):
        pdf = lay_out(engine, document, workspace, epoch)
        typst_engine.forget()  # so that the last volume takes no more memory than the first
        yield Made(f"{document.file_name}.pdf", pdf.data, pdf.page_count)
        yield Made(f"{document.file_name}.docx", docx.write(document, workspace, pages=pdf.pages))
    yield Made(portfolio_page.FILE_NAME, portfolio_page.write(portfolio, content.framework.look.palette))
    yield Made(portfolio_sheets.FILE_NAME, portfolio_sheets.write(portfolio, day))


def _manifest(basis: Basis, engine: str) -> Manifest:
    return Manifest(city="", generator=__version__, engine=engine, build_id=basis.build_id, basis=basis.parts)
