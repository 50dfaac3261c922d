"""Books handed out for people to edit, without the PDF that nobody edits."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.issued import IssuedBook, issue_city, load_tree
from generator.model.diagnostics import Collector
from generator.model.document import Document


def hand_out(workspace: Path, city: str, book: str = "") -> tuple[IssuedBook, Document]:
    """Issue a city; return a book of it (the first one without a name) and its tree."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("generator.issued.FORMATS", ("docx",))
        issued = issue_city(workspace, city, workspace.parent / "output", engine="typst")
    assert not issued.failed, "\n".join(map(str, issued.diagnostics))
    found = next(one for one in issued.books if not book or one.book == book)
    tree = load_tree(workspace, found, Collector())
    assert tree is not None
    return found, tree
