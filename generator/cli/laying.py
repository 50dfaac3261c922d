"""`masterplan init`: a workspace from the installed package."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from rich.markup import escape

from generator.cli.app import DATA, DONE, USAGE
from generator.cli.failing import tell
from generator.cli.places import resolved
from generator.cli.schemas import lay_schemas
from generator.cli.show import console
from generator.sources.json_schema import FOLDER
from generator.storage import StorageError, make_folder, stay_within, write_whole

PARTS = ("content", "templates", "cities/kota-medan")
SETTINGS = "masterplan.yaml"
_OUTPUT_IGNORE = "*\n!.gitignore\n"


def package_workspace() -> Path:
    """Return the workspace that comes with the generator: inside the installed package, or the checkout."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "_workspace"
    return installed if installed.is_dir() else package.parent


def run(folder: Path) -> int:
    """Lay a workspace; a folder that holds one already is left as it is."""
    target = resolved(folder, "FOLDER")
    try:
        taken = [part for part in (*PARTS, FOLDER) if os.path.lexists(target / part)]
        out = console()
        if taken:
            console(stderr=True).print(
                escape(f"{target} holds {', '.join(taken)} already; nothing was changed. Choose an empty folder.")
            )
            return USAGE
        for path in _lay(target):
            out.print(escape(str(path)))
    except (OSError, StorageError) as error:
        # `shutil.Error` is an OSError too.
        if not tell(error):
            raise
        return DATA
    out.print(f"Next: cd {escape(str(folder))} && masterplan build kota-medan")
    return DONE


def _lay(target: Path) -> Iterator[Path]:
    """Lay the parts and yield the path of each; nothing that lies there is touched, and no link is followed out."""
    source = package_workspace()
    make_folder(target)
    for part in PARTS:
        stay_within((target / part).parent, target)
        shutil.copytree(source / part, target / part, ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
        yield target / part
    parts = list(PARTS)
    if not os.path.lexists(target / SETTINGS):
        parts.append(SETTINGS)
        shutil.copyfile(source / SETTINGS, target / SETTINGS)
        yield target / SETTINGS
    lay_schemas(target, parts)
    ignore = target / "output" / ".gitignore"
    if not os.path.lexists(ignore):
        write_whole(ignore, _OUTPUT_IGNORE.encode(), within=target)
