"""A conflict is settled by answering in the DOCX and pulling it again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.build import prepare
from generator.issued import with_build_id
from generator.pulling import PullResult, pull
from generator.resolving import settle
from generator.roundtrip.answers import choice_of
from generator.sources.edits import load_edits
from generator.writers.docx import write
from tests.roundtrip.margins import answered, done
from tests.roundtrip.test_foreign_xml import changed
from tests.roundtrip.test_resolve import CITY, CITYS, NEW, city, printed
from tests.writers.docx.package import Package

SHOWN = "Teks baru dari generator"
Change = Callable[[bytes], bytes]
__all__ = ["city"]


def book(workspace: Path) -> bytes:
    """Return the DOCX of today, in which a conflict is shown."""
    draft, _ = prepare(workspace, CITY)
    assert draft is not None
    return write(with_build_id(draft.composed.documents[0]), workspace)


def pulled(workspace: Path, data: bytes) -> PullResult:
    path = workspace.parent / "jawaban.docx"
    path.write_bytes(data)
    result = pull(workspace, CITY, path)
    assert not result.failed, "\n".join(map(str, result.diagnostics))
    return result


def test_the_file_that_shows_a_conflict_is_valid_and_says_how_to_answer(city: Path) -> None:
    package = Package(book(city))
    assert package.errors() == []
    notes = package.parts["word/comments.xml"].decode()
    assert SHOWN in notes
    assert "“ambil baru”" in notes
    assert "“pakai teks kami”" in notes


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (lambda data: answered(data, SHOWN, "Ambil baru."), NEW),
        (lambda data: answered(data, SHOWN, "Setuju, pakai teks baru"), NEW),
        (lambda data: done(answered(data, SHOWN, "ambil baru"), SHOWN), NEW),
        (lambda data: answered(answered(data, SHOWN, "pakai teks kami"), SHOWN, "ambil baru", "Budi",
                               "2026-12-04T08:00:00Z"), NEW),
        (lambda data: answered(data, SHOWN, "Pakai teks kami saja"), CITYS),
        (lambda data: answered(data, SHOWN, "Tidak setuju"), CITYS),
        (lambda data: done(data, SHOWN), CITYS),
        (lambda data: changed(data, lambda xml: xml.replace(CITYS, NEW)), NEW),
        (lambda data: done(changed(data, lambda xml: xml.replace(CITYS, "Kata ketiga")), SHOWN), "Kata ketiga"),
    ],
)  # fmt: skip
def test_an_answer_settles_the_conflict_once_and_for_all(city: Path, answer: Change, words: str) -> None:
    data = answer(book(city))
    pulled(city, data)
    assert settle(city, CITY).open == ()
    assert words in printed(city)
    again = pulled(city, data)
    assert (again.fresh, again.settled) == ((), ())
    assert settle(city, CITY).open == ()
    assert words in printed(city)
    assert not any(edit.op == "comment" for edit in load_edits(city, CITY).edits.values())


def test_what_is_no_answer_stays_a_comment_in_its_thread(city: Path) -> None:
    pulled(city, answered(book(city), SHOWN, "Kami tanyakan dulu ke Bappeda."))
    assert len(settle(city, CITY).open) == 1
    (edit,) = [edit for edit in load_edits(city, CITY).edits.values() if edit.op == "comment"]
    assert edit.answers
    data = book(city)
    assert pulled(city, data).fresh == ()
    pulled(city, answered(data, SHOWN, "ambil baru"))
    assert settle(city, CITY).open == ()


def test_an_answer_to_an_older_conflict_settles_no_newer_one(city: Path) -> None:
    old = answered(book(city), SHOWN, "pakai teks kami")
    pulled(city, old)
    template = next(file for file in (city / "templates").rglob("*.md.j2") if NEW in file.read_text("utf-8"))
    template.write_text(template.read_text("utf-8").replace(NEW, f"{NEW} lagi"), "utf-8")
    assert len(settle(city, CITY).open) == 1


def test_words_of_the_command_line_settle_it_too(city: Path) -> None:
    (one,) = settle(city, CITY).open
    assert settle(city, CITY, edit={one.name: "Kata ketiga."}).open == ()
    assert settle(city, CITY).open == ()
    assert "Kata ketiga." in printed(city)


@pytest.mark.parametrize(
    ("words", "choice"),
    [("AMBIL  BARU", "take"), ("tolong pakai teks kami", "keep"), ("tidak setuju", "keep"), ("hm", None),
     ("ambil baru atau pakai teks kami?", None)],
)  # fmt: skip
def test_what_an_answer_asks_for(words: str, choice: str | None) -> None:
    assert choice_of(words) == choice
