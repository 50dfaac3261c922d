"""A value typed into a fill-in goes to the city's data where place and meaning are clear, else it stays text."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.build import prepare
from generator.issued import issue_city
from generator.model.document import Document, Missing
from generator.model.walks import inlines_of, missing_label, walk, walk_inlines
from generator.pulling import PullResult, pull
from tests.compose.small import lay
from tests.roundtrip.test_foreign_xml import changed

CITY = "kota-contoh"


@pytest.fixture
def city(tmp_path: Path) -> Path:
    return lay(tmp_path / "workspace")


def asked(workspace: Path) -> tuple[Document, Missing]:
    """Return the first fill-in of the books that asks for a figure of the profile."""
    draft, _ = prepare(workspace, CITY)
    assert draft is not None
    for document in draft.composed.documents:
        for block in walk(document.body):
            for run in walk_inlines(tuple(inlines_of(block))):
                if isinstance(run, Missing) and run.where.startswith("city.yaml: facts."):
                    kind = draft.content.facts[run.where.rpartition(".")[2]]
                    if kind.kind == "number":
                        return document, run
    raise AssertionError("the small framework asks for no figure")


def typed(workspace: Path, words: str) -> tuple[PullResult, Missing, Path]:
    document, missing = asked(workspace)
    issued = issue_city(workspace, CITY, workspace / "output", engine="typst")
    book = next(book for book in issued.books if book.book == document.id)
    label = missing_label(missing).replace("&", "&amp;")
    path = workspace.parent / "disunting.docx"
    path.write_bytes(changed(book.docx.read_bytes(), lambda xml: xml.replace(label, words)))
    result = pull(workspace, CITY, path)
    assert not result.failed, "\n".join(map(str, result.diagnostics))
    return result, missing, path


def test_a_figure_goes_to_the_data_with_the_file_as_its_source(city: Path) -> None:
    before = (city / "cities" / CITY / "city.yaml").read_text(encoding="utf-8")
    result, missing, path = typed(city, "1.234,5")
    fact = missing.where.rpartition(".")[2]
    assert [file.name for file in result.data] == ["city.yaml"]
    draft, diagnostics = prepare(city, CITY)
    assert draft is not None, "\n".join(map(str, diagnostics))
    assert draft.dossier.facts[fact].value == 1234.5
    assert "disunting.docx" in draft.dossier.facts[fact].source
    # Every line of before is still there: comments, order and layout are the city's.
    after = (city / "cities" / CITY / "city.yaml").read_text(encoding="utf-8").splitlines()
    assert [line for line in before.splitlines() if line not in after] == []
    assert not result.edits
    again = pull(city, CITY, path)
    assert (again.data, again.fresh, again.edits) == ((), (), ())


def test_words_where_a_figure_is_asked_stay_an_edit(city: Path) -> None:
    result, _, _ = typed(city, "kira-kira seribu")
    assert result.data == ()
    assert result.edits
    assert all(not entered for *_, entered in result.filled)


def test_a_figure_that_the_data_hold_otherwise_is_not_touched(city: Path) -> None:
    _, missing, path = typed(city, "1.234,5")
    file = city / "cities" / CITY / "city.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("1234.5", "999"), encoding="utf-8")
    before = file.read_bytes()
    result = pull(city, CITY, path)
    assert file.read_bytes() == before
    assert result.data == ()
    assert result.edits, missing
