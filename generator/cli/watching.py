"""`masterplan watch`: build again whenever a file is saved, and go on through errors."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import cast

from rich.markup import escape

from generator.build import BuildResult, Engine, Format, Run, build_city, silent
from generator.cli.app import DONE
from generator.cli.places import find_cities, find_output, find_workspace
from generator.cli.settings import engine_for
from generator.cli.show import console, counted, print_diagnostics, report_fault
from generator.desk import at_desk
from generator.journal import journal, note, note_fault
from generator.model.diagnostics import Diagnostic

PARTS = ("content", "templates", "cities")
STEP_MS = 50
"""A change is taken up once nothing else happened for so long: editors save in several steps."""
LONGEST_MS = 400
"""A change is taken up at the latest after so long, whatever else happens."""
READY_MS = 100
"""So long nothing must have happened for the watch on the folders to count as begun."""


def run(
    city: str,
    formats: Sequence[str],
    out: Path | None,
    engine: str | None,
    workspace: Path | None,
    stop: Event | None = None,
) -> int:
    """Build a city, then again after every change, until Ctrl-C (or `stop`); return the exit code."""
    root = find_workspace(workspace)
    slug = find_cities(root, [city])[0]
    folder = find_output(root, out)
    chosen = engine_for(root, "watch", engine)
    watched = _Watched(root, slug, folder, tuple(cast("Format", name) for name in formats), chosen)
    changes = _changes(root, folder, stop)
    next(changes, None)  # the watch has begun: what is saved while the first build goes on is built after it
    with suppress(KeyboardInterrupt), at_desk():  # Ctrl-C is the end that is meant, in a build as well
        watched.first()
        for paths in changes:
            if paths:
                watched.again(paths)
    return DONE


def _changes(root: Path, out: Path, stop: Event | None) -> Iterator[list[str]]:
    """Yield the files that were saved, and an empty list again and again while none is; ends by Ctrl-C or `stop`."""
    from watchfiles import watch

    found = watch(
        *(root / part for part in PARTS if (root / part).is_dir()),
        watch_filter=_filter(out),
        step=STEP_MS,
        debounce=LONGEST_MS,
        stop_event=stop,
        rust_timeout=READY_MS,
        yield_on_timeout=True,
        raise_interrupt=False,
        recursive=True,
    )
    for batch in found:
        yield sorted({path for _, path in batch})


def _filter(out: Path) -> Callable[..., bool]:
    """Return a filter that passes over editors' scratch files and the program's own output."""
    from watchfiles import DefaultFilter

    class Filter(DefaultFilter):
        ignore_entity_patterns = (*DefaultFilter.ignore_entity_patterns, r"^~\$", r"^\.~lock\.", r"^\.#", r"^#.*#$")

    return Filter(ignore_paths=[out])


class _Watched:
    """A city under watch: what one build leaves for the next, and what the screen shows."""

    def __init__(self, root: Path, slug: str, out: Path, formats: tuple[Format, ...], engine: Engine) -> None:
        self.root = root
        self.slug = slug
        self.out = out
        self.formats = formats
        self.engine = engine
        self.run: Run | None = None

    def first(self) -> None:
        """Build and show; where nothing had to be done the diagnostics are gathered all the same.

        With the fast engine every book is laid out: what it remembers makes the first change as quick as others.
        """
        self._turn((), gather=True)

    def again(self, paths: Sequence[str]) -> None:
        """Build after a change of files."""
        self._turn([_below(path, self.root) for path in paths])

    def _turn(self, names: Sequence[str], *, gather: bool = False) -> None:
        started = time.monotonic()
        with journal(self.out / self.slug):
            note("watch", city=self.slug, changed=list(names))
            try:
                self.run = self.run.again() if self.run is not None else Run(self.root, self.out)
                result = self._build(self.run, force=gather and self.engine == "typst")
                told: Iterable[Diagnostic] = result.diagnostics
                if gather and result.unchanged:
                    # It also loads what the first change would have to wait for.
                    told = self.run.prepare(self.slug, silent)[1]
            except Exception as error:  # noqa: BLE001  # whoever watches goes on editing; the next change may mend it
                note_fault(error)
                self.run = None
                self._clear(names)
                report_fault(error)
                return
        self._clear(names)
        print_diagnostics(told)
        self._print(result, time.monotonic() - started)

    def _build(self, run: Run, *, force: bool) -> BuildResult:
        formats, engine = self.formats, self.engine
        return build_city(self.root, self.slug, self.out, formats=formats, engine=engine, run=run, force=force)

    def _clear(self, names: Sequence[str]) -> None:
        """Take the last build's words off the screen and say what changed; in a file the words stay."""
        out = console(stderr=True)
        if out.is_terminal:
            out.clear()
        clock = datetime.now().astimezone().strftime("%H:%M:%S")
        what = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
        out.print(f"[dim]{clock}[/dim] {escape(what) or escape(self.slug)}")

    def _print(self, result: BuildResult, seconds: float) -> None:
        out = console(stderr=True)
        for file in result.files:
            if file.changed:
                pages = f" [dim]({file.pages} pages)[/dim]" if file.pages else ""
                out.print(f"{escape(str(file.path))}{pages}")
        done = "[green]up to date[/green]" if result.files else "[red]nothing was written[/red]"
        out.print(f"{done} in {seconds:.1f} s, {counted(result.diagnostics)}; Ctrl-C ends the watch")


def _below(path: str, root: Path) -> str:
    try:
        return Path(path).relative_to(root).as_posix()
    except ValueError:
        return Path(path).name
