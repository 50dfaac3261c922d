"""Every edit that is written can be read again, with all that it says."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from generator.model.document import Text
from generator.model.edits import Edit, RowRef
from generator.sources.edits import edit_path, edit_yaml_text, load_edits

WORDS: dict[str, Any] = {part.name: f"some {part.name}" for part in fields(Edit) if part.default == ""}
WHOLE = Edit(
    book="buku-1", op="text", block="pendahuluan-1", text=(Text("Kini."),), near=("pendahuluan",),
    replaced=("Semula.",), **{**WORDS, "when": "2026-11-26T09:00:00Z"},
)  # fmt: skip
EDITS = (
    WHOLE,
    replace(WHOLE, op="comment", done=True),
    replace(WHOLE, op="cell", row=RowRef(base="ff", label="Baris", index=3), cell=2),
    replace(WHOLE, op="remove", text=(), replaced=()),
)


@pytest.mark.parametrize("edit", EDITS, ids=[edit.op for edit in EDITS])
def test_an_edit_is_read_as_it_was_written(edit: Edit, tmp_path: Path) -> None:
    path = tmp_path / "cities" / "kota-x" / "edits" / edit_path(edit)
    path.parent.mkdir(parents=True)
    path.write_bytes(edit_yaml_text(edit))
    read = load_edits(tmp_path, "kota-x")
    assert [str(item) for item in read.found.found] == []
    assert read.edits == {path: edit}


def test_the_edits_together_use_every_field() -> None:
    default = Edit(book="", op="text", block="")
    never = [
        part.name for part in fields(Edit) if all(getattr(e, part.name) == getattr(default, part.name) for e in EDITS)
    ]
    assert never == ["part", "value"]  # 'text' is what most have, values have their own tests in tests/roundtrip
