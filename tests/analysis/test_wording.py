"""The catalogue says nothing of desa to a region that has none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from generator.analysis.wording import worded
from generator.model.city import Fact
from generator.model.content import Content
from generator.sources.content import load_content

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def content() -> Content:
    found, diagnostics = load_content(ROOT)
    assert found is not None, [str(item) for item in diagnostics][:5]
    return found


def _facts(desa: float, kelurahan: float) -> dict[str, Fact]:
    return {
        "desa": Fact(value=desa, source="invented"),
        "kelurahan": Fact(value=kelurahan, source="invented"),
    }


def test_a_region_with_both_keeps_the_content_as_it_is(content: Content) -> None:
    assert worded(content, _facts(12, 3)) is content
    assert worded(content, {}) is content


@pytest.mark.parametrize(("desa", "kelurahan", "name"), [(0, 9, "Internet Kelurahan"), (9, 0, "Internet Desa")])
def test_names_and_sentences_leave_out_what_is_not_there(
    content: Content, desa: float, kelurahan: float, name: str
) -> None:
    new = worded(content, _facts(desa, kelurahan))
    assert new.programs["prg-ena-village-connectivity"].name == name
    for kind in ("programs", "rules", "indicators", "opd", "facts"):
        items = getattr(new, kind)
        shown = " ".join(repr(item) for item in items.values()).casefold()
        assert "kelurahan dan desa" not in shown
        assert "kelurahan atau desa" not in shown
        assert "kelurahan/desa" not in shown
        assert list(items) == list(getattr(content, kind))


def test_items_without_the_phrase_are_the_same_objects(content: Content) -> None:
    new = worded(content, _facts(0, 9))
    for kind in ("programs", "rules", "indicators", "facts"):
        items, before = getattr(new, kind), getattr(content, kind)
        same = [id for id in items if items[id] is before[id]]
        assert 0 < len(same) < len(items)


def test_only_text_changes(content: Content) -> None:
    old = content.programs["prg-ena-village-connectivity"]
    new = worded(content, _facts(0, 9)).programs[old.id]
    assert new != old
    assert (new.id, new.cost, new.requires, new.lead) == (old.id, old.cost, old.requires, old.lead)
    assert replace(new, name=old.name).name == old.name
