"""`masterplan init`: a workspace from the installed package."""

from __future__ import annotations

import shutil
from pathlib import Path

from rich.markup import escape

from generator.cli.app import DONE, USAGE
from generator.cli.schemas import lay_schemas
from generator.cli.show import console

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
    target = folder.resolve()
    taken = [part for part in PARTS if (target / part).exists()]
    out = console()
    if taken:
        console(stderr=True).print(
            escape(f"{target} holds {', '.join(taken)} already; nothing was changed. Choose an empty folder.")
        )
        return USAGE
    source = package_workspace()
    for part in PARTS:
        shutil.copytree(source / part, target / part, ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
        out.print(f"{escape(str(target / part))}")
    if not (target / SETTINGS).exists():
        shutil.copyfile(source / SETTINGS, target / SETTINGS)
        out.print(f"{escape(str(target / SETTINGS))}")
    lay_schemas(target)
    (target / "output").mkdir(parents=True, exist_ok=True)
    (target / "output" / ".gitignore").write_text(_OUTPUT_IGNORE, encoding="utf-8")
    out.print(f"Next: cd {escape(str(folder))} && masterplan build kota-medan")
    return DONE
