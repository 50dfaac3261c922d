"""Arguments and options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class EngineName(StrEnum):
    """PDF engines."""

    auto = "auto"
    weasyprint = "weasyprint"
    typst = "typst"


Cities = Annotated[
    list[str], typer.Argument(help="Slug (kota-medan), code (12.71) or name (Medan).", show_default=False)
]
SomeCities = Annotated[
    list[str] | None, typer.Argument(help="Slug (kota-medan), code (12.71) or name (Medan).", show_default=False)
]
City = Annotated[str, typer.Argument(help="Slug, code or name.", show_default=False)]
Workspace = Annotated[
    Path | None,
    typer.Option(
        "--workspace",
        "-w",
        envvar="MASTERPLAN_WORKSPACE",
        help="Folder with content/, templates/ and cities/; found upwards from here when not given.",
        show_default=False,
    ),
]
Engine = Annotated[
    EngineName | None,
    typer.Option("--engine", help="PDF engine; default: that of masterplan.yaml, else auto.", show_default=False),
]
Out = Annotated[Path | None, typer.Option("--out", help="Folder for the files; default: output/ of the workspace.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for other programs.")]
