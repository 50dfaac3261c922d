"""Where the PDF writers find stylesheets, Typst files and fonts: the workspace first, then the package.

A city restyles its books by editing the file of the same name below `templates/` of its workspace. Nothing outside the
workspace and the package's own templates is ever opened, whatever a path in the data says.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

TEMPLATES = "templates"


@lru_cache(maxsize=1)
def package_templates() -> Path:
    """Return the folder of templates that comes with the generator (installed package or checkout)."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "_workspace" / TEMPLATES
    return installed if installed.is_dir() else package.parent / TEMPLATES


def template_file(workspace: Path, name: str) -> Path:
    """Return the file `name` below `templates/`, of the workspace if it has one, else of the package.

    Raises FileNotFoundError if neither has it.
    """
    for folder in (workspace / TEMPLATES, package_templates()):
        path = folder / name
        if path.is_file():
            return path
    raise FileNotFoundError(f"no template {name} in {workspace / TEMPLATES} nor in {package_templates()}")


def inside(path: Path, *roots: Path) -> bool:
    """Return whether `path`, symbolic links followed, lies below one of `roots`."""
    real = path.resolve()
    return any(real.is_relative_to(root.resolve()) for root in roots)
