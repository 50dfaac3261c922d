"""`masterplan build --all`."""

from __future__ import annotations

import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import cast

import typer
from rich.console import Console
from rich.live import Live
from rich.markup import escape
from rich.table import Table

from generator.batch import FILE, BatchResult, Order, PoolMaker, Standing, process_pool, run_batch, states_of
from generator.build import Format, Run, choose_engine, is_current
from generator.cli.app import DATA, DONE, FAULT
from generator.cli.places import find_cities, find_output, find_workspace
from generator.cli.screen import visible
from generator.cli.settings import engine_for
from generator.cli.show import Screen, console, print_diagnostics
from generator.compose.alike import Pair
from generator.likeness import REPORT, drop_gone, pairs_of, report
from generator.manifest import read_manifest
from generator.model.diagnostics import Diagnostic, Place, Severity
from generator.model.portfolio import Alike
from generator.pools import LONGEST_TEMPORARY, PoolError, is_cramped
from generator.portfolio import FOLDER, write_portfolio
from generator.shelf import Written
from generator.sources.cities import slugs as present_in
from generator.sources.cohort import cohort_slugs
from generator.storage import StorageError, make_folder
from generator.worker import GOOD, Outcome, State

INTERRUPTED = 130
_PAIRS = 3
"""Pairs of cities that read too alike and are named on the screen."""
WIDE = 180
"""Columns of the table where no terminal sets them."""
_LEAST = 24
"""Columns without which reasons would stand in the table one word a line; they are left to the record then."""
_BROKEN: tuple[State, ...] = ("fault", "killed", "hung")
"""States that no diagnostic tells of."""
_COLOURS = {"built": "green", "unchanged": "dim", "skipped": "yellow", "stopped": "yellow"}


def run(  # the options of the command, one by one
    cities: Sequence[str],
    formats: Sequence[str],
    out: Path | None,
    engine: str | None,
    workspace: Path | None,
    *,
    workers: int,
    fail_fast: bool,
    only: str | None,
    limit: float,
    force: bool,
    verbose: bool,
    scheduler: str | None = None,
) -> int:
    """Build many cities side by side; return the exit code. No cities named means all of the cohort."""
    root = find_workspace(workspace)
    folder = find_output(root, out)
    slugs = find_cities(root, cities) if cities else _all(root)
    order = Order(
        workspace=root,
        out=folder,
        slugs=slugs,
        formats=tuple(cast("Format", name) for name in formats),
        engine=engine_for(root, "all", engine),
        force=force,
        workers=workers,
        limit=limit,
        fail_fast=fail_fast,
    )
    before = signal.signal(signal.SIGTERM, _as_ctrl_c)
    try:
        return _all_of(order, slugs, named=bool(cities), only=only, scheduler=scheduler, verbose=verbose)
    finally:
        signal.signal(signal.SIGTERM, before)


def _all_of(
    order: Order, slugs: Sequence[str], *, named: bool, only: str | None, scheduler: str | None, verbose: bool
) -> int:
    """Build the cities of an order, then lay the cohort side by side, of which these are `slugs`."""
    if only is not None:
        order = _only(order, only)
    code = DONE
    if not order.slugs:
        console().print("no city is to be built")
    else:
        result = _build(order, scheduler, verbose)
        if result is None:
            return DATA
        _print_result(result, order.out, verbose)
        code = _code(result)
    if named:
        return code if code == INTERRUPTED else max(code, _tell_pairs(order))
    _print_ownerless(order.workspace, order.out)
    if code == INTERRUPTED:
        _print_left((REPORT, FOLDER))
        return INTERRUPTED
    # Both are of all cities, whichever of them were considered.
    return max(code, _side_by_side(replace(order, slugs=slugs)))


def _code(result: BatchResult) -> int:
    """Return the exit code: stopped by hand says more than a defect, and that more than errors in data."""
    if result.interrupted:
        return INTERRUPTED
    return FAULT if result.counts["fault"] else DATA if result.failed else DONE


def _build(order: Order, scheduler: str | None, verbose: bool) -> BatchResult | None:
    """Build the cities of an order; None, and told why, where there is nobody to do it or nowhere to write."""
    shown = _Shown(console(stderr=True), verbose)
    try:
        with _workers(order, scheduler) as make_pool, shown:
            return run_batch(order, shown.watch, make_pool=make_pool)
    except PoolError as error:
        print_diagnostics([_no_workers(error, scheduler)])
    except StorageError as error:
        _print_unwritten(order.out, error)
    return None


def _no_workers(error: PoolError, scheduler: str | None) -> Diagnostic:
    if scheduler is not None:
        place = Place(visible(scheduler) or "--scheduler")
        hint = "start scheduler and workers, or leave --scheduler away to build here"
    else:
        place = Place("TMPDIR")
        hint = f"set TMPDIR to a folder whose path has at most {LONGEST_TEMPORARY} letters"
    return Diagnostic("MP506", Severity.ERROR, place, str(error), hint)


def _print_unwritten(folder: Path, error: StorageError) -> None:
    place = Place(folder.as_posix())
    print_diagnostics([Diagnostic("MP505", Severity.ERROR, place, str(error), "check space and permissions")])


@contextmanager
def _workers(order: Order, scheduler: str | None) -> Iterator[PoolMaker]:
    """Yield who does the work: processes of this machine, or the workers of a cluster."""
    if scheduler is None:
        if is_cramped():
            raise PoolError("workers cannot be reached: the path of the folder for temporary files is too long")
        yield process_pool
        return
    from generator.cluster import MissingExtraError, connect

    make_folder(order.out)
    try:
        with connect(scheduler, (order.workspace, order.out)) as cluster:
            yield cluster.pool
    except MissingExtraError as error:
        raise typer.BadParameter(str(error), param_hint="--scheduler") from error


def _side_by_side(order: Order) -> int:
    """Compare the texts of all cities and lay out their portfolio; return the exit code."""
    left = [REPORT, FOLDER]
    busy = console(stderr=True).status
    try:
        with busy("comparing the texts"):
            drop_gone(order.out, present_in(order.workspace))
            pairs = report(order.out, order.slugs)
        left.remove(REPORT)
        _print_pairs(pairs, order.out / REPORT)
        with busy("laying out the portfolio"):
            files, amiss = _portfolio(order, pairs)
    except KeyboardInterrupt:
        _print_left(left)
        return INTERRUPTED
    except StorageError as error:
        _print_unwritten(order.out, error)
        return DATA
    print_diagnostics(amiss)
    if files:
        console().print(f"portfolio: {escape(str(order.out / FOLDER / 'index.html'))}")
    return DATA if amiss else DONE


def _tell_pairs(order: Order) -> int:
    """Tell which of the cities that were named read too alike; the report of all stays as it is."""
    try:
        _print_pairs(pairs_of(order.out, order.slugs), None)
    except KeyboardInterrupt:
        return INTERRUPTED
    return DONE


def _print_left(names: Sequence[str]) -> None:
    console().print(f"stopped by hand, not brought up to date: {', '.join(names)}; the next 'build --all' does it")


def _print_ownerless(root: Path, folder: Path) -> None:
    """Name the output folders of cities that the workspace has no longer; what lies in them may be somebody's work."""
    present = set(present_in(root))
    with suppress(OSError):
        others = sorted(entry.name for entry in folder.iterdir() if entry.name not in present)
        left = [name for name in others if (found := read_manifest(folder / name)) and found.city == name]
        if left:
            told = f"left by cities that are gone, delete what nobody needs: {', '.join(left)}; in {folder}"
            console().print(told, markup=False)


def _portfolio(order: Order, pairs: Sequence[Pair]) -> tuple[tuple[Written, ...], tuple[Diagnostic, ...]]:
    alike = [Alike(first=pair.first, second=pair.second, share=pair.share) for pair in pairs]
    engine, remarks = choose_engine(order.engine)
    if any(item.severity is Severity.ERROR for item in remarks):
        engine = "typst"  # the batch has told already that the other one is missing
    return write_portfolio(order.workspace, order.out, order.slugs, alike, engine, states_of(order.out))


def _as_ctrl_c(_: int, __: FrameType | None) -> None:
    raise KeyboardInterrupt


def _all(root: Path) -> list[str]:
    slugs, diagnostics = cohort_slugs(root)
    print_diagnostics(item for item in diagnostics if item.severity is Severity.ERROR)
    if any(item.severity is Severity.ERROR for item in diagnostics):
        raise typer.Exit(DATA)
    if not slugs:
        raise typer.BadParameter("the workspace has no cities", param_hint="--all")
    return list(slugs)


def _only(order: Order, only: str) -> Order:
    if only == "failed":
        bad = {slug for slug, state in states_of(order.out).items() if state not in GOOD}
        return replace(order, slugs=[slug for slug in order.slugs if slug in bad])
    run = Run(order.workspace, order.out)
    return replace(
        order, slugs=[slug for slug in order.slugs if not is_current(run, slug, order.formats, order.engine)]
    )


class _Shown:
    """What is seen while a batch runs: a small table on a terminal, elsewhere a line for each city, or each stage."""

    def __init__(self, out: Console, stages: bool = False) -> None:
        self.out = out
        self.stages = stages
        self.told = 0
        self.seen: set[tuple[str, str]] = set()
        self.live = Live(console=out, transient=True, auto_refresh=False) if out.is_terminal else None

    def __enter__(self) -> _Shown:
        if self.live is not None:
            self.live.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self.live is not None:
            self.live.stop()

    def watch(self, standing: Standing) -> None:
        """Show how far the batch is."""
        left = f", about {_time(standing.seconds_left)} left" if standing.seconds_left is not None else ""
        for outcome in standing.outcomes[self.told :]:
            self.told += 1
            if self.live is None:
                self.out.print(f"[{self.told}/{standing.total}] {_line(outcome)}{left}", markup=False)
        if self.live is None and self.stages:
            for slug, stage in standing.under_way:
                if (slug, stage) not in self.seen:
                    self.seen.add((slug, stage))
                    self.out.print(f"{slug}: {stage}", markup=False)
        if self.live is not None:
            rows = Table.grid(padding=(0, 2))
            for slug, stage in standing.under_way:
                rows.add_row(slug, escape(stage))
            rows.add_row(f"{len(standing.outcomes)} of {standing.total}", f"cities done{left}")
            self.live.update(rows, refresh=True)


def _line(outcome: Outcome) -> str:
    done = f", {outcome.written} of {outcome.files} files written" if outcome.files else ""
    told = f": {outcome.message}" if outcome.message else ""
    return f"{outcome.slug}: {outcome.state}{done} in {outcome.seconds:.1f} s{told}"


def _time(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"


def _print_pairs(pairs: Sequence[Pair], where: Path | None) -> None:
    """Tell which plans read too alike: the first few, and where all of them stand."""
    if pairs:
        first = ", ".join(f"{pair.first} and {pair.second} ({pair.share:.0%})" for pair in pairs[:_PAIRS])
        more = " …" if len(pairs) > _PAIRS else ""
        read = "1 pair of cities reads" if len(pairs) == 1 else f"{len(pairs)} pairs of cities read"
        stand = f"; {where}" if where is not None else ""
        console().print(f"{read} too alike: {first}{more}{stand}", markup=False)


def _print_result(result: BatchResult, folder: Path, verbose: bool) -> None:
    for outcome in result.outcomes:
        print_diagnostics(item for item in outcome.diagnostics if verbose or item.severity is Severity.ERROR)
        if outcome.state in _BROKEN:
            console(stderr=True).print(f"{outcome.slug}: {outcome.state}: {outcome.message}", markup=False)
    out = console()
    wide = out if out.is_terminal else Screen(file=out.file, width=max(out.width, WIDE), highlight=False)
    table = _table(result, why=False)
    if wide.width - wide.measure(table).maximum >= _LEAST:
        table = _table(result, why=True)
    wide.print(table)
    counts = ", ".join(f"{number} {state}" for state, number in result.counts.items())
    stopped = "stopped by hand after" if result.interrupted else "done in"
    record = escape(str(folder / FILE))
    cities = "1 city" if len(result.outcomes) == 1 else f"{len(result.outcomes)} cities"
    out.print(f"{cities} {stopped} {_time(result.seconds)}: {counts}; {record}")


def _table(result: BatchResult, *, why: bool) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for name in ("city", "state", "files", "written", "pages", "fill-ins", "seconds"):
        table.add_column(name, justify="left" if name in ("city", "state") else "right", no_wrap=True)
    if why:
        table.add_column("why", overflow="fold")
    for outcome in result.outcomes:
        colour = _COLOURS.get(outcome.state, "red")
        numbers = (outcome.files, outcome.written, outcome.pages, outcome.open_items)
        row = (outcome.slug, f"[{colour}]{outcome.state}[/{colour}]", *map(str, numbers), f"{outcome.seconds:.1f}")
        table.add_row(*row, *([escape(outcome.message or outcome.why)] if why else []))
    return table
