"""Every spoiled workbook: exactly what is wrong is said with its cell, and exactly what is right is taken."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.forms.cases import CASES, Case
from tests.forms.filling import changed, form, read


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_spoiled(case: Case, workspace: Path) -> None:
    filled = form(workspace)
    places = [(code, filled.where(*place.split("/")) if place.count("/") == 2 else place) for code, place in case.said]
    spoiled = case.spoil(filled)
    reading = read(workspace, spoiled if spoiled is not None else filled.save())
    said = [(item.code, item.place.file) for item in reading.diagnostics]
    assert len(said) == len(places), [str(item) for item in reading.diagnostics]
    for (code, end), (found, place) in zip(sorted(places), sorted(said), strict=True):
        assert code == found
        assert place.endswith(end), place
    assert changed(reading) == case.taken


def test_there_are_many() -> None:
    assert len(CASES) >= 25
