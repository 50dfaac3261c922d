"""A conflict is listed until it is settled, either way."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.build import prepare
from generator.issued import issue_city
from generator.model.document import Paragraph
from generator.model.walks import plain, walk
from generator.pulling import pull
from generator.resolving import settle
from tests.compose.small import lay
from tests.roundtrip.test_foreign_xml import changed

CITY = "kota-contoh"
OLD, CITYS, NEW = "Sumber disusun menurut urutan kutipan", "Sumber kota", "Sumber menurut templat baru"


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """A city whose edit of a sentence stands against a template that changed the same sentence."""
    workspace = lay(tmp_path / "workspace")
    issued = issue_city(workspace, CITY, workspace / "output", engine="typst")
    path = tmp_path / "disunting.docx"
    path.write_bytes(changed(issued.books[0].docx.read_bytes(), lambda xml: xml.replace(OLD, CITYS)))
    assert len(pull(workspace, CITY, path).edits) == 1
    template = next(file for file in (workspace / "templates").rglob("*.md.j2") if OLD in file.read_text("utf-8"))
    template.write_text(template.read_text("utf-8").replace(OLD, NEW), "utf-8")
    return workspace


def printed(workspace: Path) -> str:
    draft, diagnostics = prepare(workspace, CITY)
    assert draft is not None
    assert {item.code for item in diagnostics} >= ({"MP823"} if draft.composed.conflicts else set())
    document = draft.composed.documents[0]
    return "\n".join(plain(block.content) for block in walk(document.body) if isinstance(block, Paragraph))


def test_a_conflict_is_listed_with_all_three_words(city: Path) -> None:
    (one,) = settle(city, CITY).open
    assert re.sub(r"\W+$", "", one.conflict.edit.was) == OLD
    assert plain(one.conflict.edit.text).startswith(CITYS)
    assert one.conflict.new.startswith(NEW)
    assert CITYS in printed(city)


def test_keeping_lets_the_citys_words_stand_for_good(city: Path) -> None:
    (one,) = settle(city, CITY).open
    assert settle(city, CITY, keep=(one.name,)).open == ()
    assert settle(city, CITY).open == ()
    assert CITYS in printed(city)


def test_taking_prints_the_generators_words(city: Path) -> None:
    (one,) = settle(city, CITY).open
    assert settle(city, CITY, take=(one.name,)).open == ()
    assert settle(city, CITY).open == ()
    assert NEW in printed(city)
    assert CITYS not in printed(city)


def test_a_name_that_is_not_known_changes_nothing(city: Path) -> None:
    assert settle(city, CITY, keep=("tidak-ada",)).unknown == ("tidak-ada",)
    assert len(settle(city, CITY).open) == 1
