"""Where the workspace is, where files go, and which city is meant."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import typer

from generator.cli.show import print_diagnostics
from generator.model.diagnostics import Diagnostic

MARK = Path("content") / "framework.yaml"


def resolved(path: Path, option: str) -> Path:
    """Return a path of the command line, absolute and with all links followed; it need not be there.

    Raises `typer.BadParameter` (exit code 2) where its links lead in a circle, where it is too long, or where it is
    relative and the folder in which the command runs is gone.
    """
    try:
        return path.resolve()
    except RuntimeError:  # what Python 3.11 raises for links in a loop
        why = "its links lead in a circle"
    except FileNotFoundError:
        why = "the folder that you are in is gone; go to another one"
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
    raise typer.BadParameter(f"{_shortened(path)}: {why}", param_hint=option)


def find_workspace(given: Path | None) -> Path:
    """Return the workspace: the folder given, else the nearest one upwards that holds `content/framework.yaml`.

    Raises `typer.BadParameter` (exit code 2) where there is none.
    """
    start = resolved(given or Path(), "--workspace")
    candidates = [start] if given else [start, *start.parents]
    try:
        for folder in candidates:
            if (folder / MARK).is_file():
                return folder
    except OSError as error:
        raise typer.BadParameter(f"{_shortened(start)}: {error.strerror}", param_hint="--workspace") from error
    raise typer.BadParameter(
        f"no workspace at {start}: there is no {MARK.as_posix()}. Lay one with 'masterplan init DIR'.",
        param_hint="--workspace",
    )


def find_output(workspace: Path, given: Path | None) -> Path:
    """Return the folder of the drafts: the one given, wherever it lies, else `output/` of the workspace.

    Raises `typer.BadParameter` (exit code 2) where `output/` leads out of the workspace: a workspace comes from
    elsewhere as a whole, and only who sits at the keyboard says where else files may go.
    """
    if given is not None:
        return resolved(given, "--out")
    folder = resolved(workspace / "output", "--out")
    if not folder.is_relative_to(workspace):
        raise typer.BadParameter(
            f"{workspace / 'output'} is a link that leads out of the workspace, to {folder}; "
            "if files are to go there, name it with --out",
            param_hint="--out",
        )
    return folder


def _shortened(path: Path) -> str:
    text = str(path)
    return text if len(text) <= 300 else f"{text[:100]}…"


def find_cities(workspace: Path, queries: Sequence[str]) -> list[str]:
    """Return the slugs of the cities named; each unknown one is reported and the command ends with code 2."""
    from generator.sources.cities import find_city

    slugs: list[str] = []
    unknown: list[Diagnostic] = []
    for query in queries:
        slug, diagnostics = find_city(workspace, query)
        if slug is None:
            unknown.extend(diagnostics)
        elif slug not in slugs:
            slugs.append(slug)
    if unknown:
        print_diagnostics(unknown)
        raise typer.Exit(2)
    return slugs
