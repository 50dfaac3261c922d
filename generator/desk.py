"""A folder that stands for the workspace while one book is laid out again and again, as `masterplan watch` does.

Typst remembers the layout of what did not change, but only where the main file keeps its place and the book does not
come through `sys.inputs`: those belong to the library, and a changed library makes it forget all. Buku 2 of Medan takes
1.25 s of processor time the one way and 0.2 s the other.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

_MAIN, _BOOK = ".masterplan.typ", ".masterplan.json"


class Desk:
    """A temporary folder with links to the entries of a workspace, the template and the book that is laid out."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="masterplan-")
        self.root = Path(self._folder.name)
        self.main = self.root / _MAIN
        self.inputs = {"book": f"/{_BOOK}"}

    def lay(self, workspace: Path, template: Path, tree: str) -> None:
        """Put a book on the desk. Raises OSError where the system makes no symbolic links."""
        wanted = {entry.name: entry.resolve() for entry in workspace.iterdir() if entry.name not in (_MAIN, _BOOK)}
        for link in self.root.iterdir():
            if link.is_symlink() and wanted.get(link.name) != link.readlink():
                link.unlink()
        for name, target in wanted.items():
            if not (self.root / name).is_symlink():
                (self.root / name).symlink_to(target, target_is_directory=target.is_dir())
        # A copy: the engine wants its main file itself inside of the root, not a link to it.
        self.main.write_bytes(template.read_bytes())
        (self.root / _BOOK).write_text(tree, encoding="utf-8")

    def __enter__(self) -> Desk:
        return self

    def __exit__(self, *_: object) -> None:
        """Remove the folder; what its links lead to stays."""
        self._folder.cleanup()


@contextlib.contextmanager
def at_desk() -> Iterator[None]:
    """Let the fast engine remember, within the block, the pages that did not change."""
    from generator.writers.typst_engine import kept_warm

    with Desk() as desk, kept_warm(desk):
        yield
