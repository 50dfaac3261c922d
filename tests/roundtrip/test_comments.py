"""Comments of reviewers live on at their block, until they are settled or deleted."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from generator.build import Draft, prepare
from generator.cli.app import app
from generator.issued import issue_city, with_build_id
from generator.model.document import Comment
from generator.model.margin import comment_key
from generator.model.walks import plain
from generator.model.word import AUTHOR
from generator.pulling import pull
from generator.roundtrip.compare import Author, compare
from generator.roundtrip.reader import read
from generator.sources.edits import load_edits
from generator.writers.docx import write
from tests.compose.small import lay
from tests.roundtrip.margins import answered, done, identity
from tests.roundtrip.test_foreign_xml import changed
from tests.writers.docx.package import Package
from tests.writers.sample_document import sample_document

CITY = "kota-contoh"
SENTENCE = "Sumber disusun menurut urutan kutipan"
SAID = "Mohon diperiksa."


def commented(data: bytes, text: str, author: str = "Budi", number: int = 900) -> bytes:
    """Return a file with a comment of a person around the run of a sentence."""

    def body(xml: str) -> str:
        start = xml.rindex("<w:r>", 0, xml.index(SENTENCE))
        end = xml.index("</w:r>", start) + len("</w:r>")
        opened, closed = f'<w:commentRangeStart w:id="{number}"/>', f'<w:commentRangeEnd w:id="{number}"/>'
        return xml[:start] + opened + xml[start:end] + closed + xml[end:]

    def note(xml: str) -> str:
        entry = (
            f'<w:comment w:id="{number}" w:author="{author}" w:date="2026-11-26T09:00:00Z"><w:p>'
            f"<w:r><w:t>{text}</w:t></w:r></w:p></w:comment></w:comments>"
        )
        return xml.replace("</w:comments>", entry)

    return changed(changed(data, body), note, "word/comments.xml")


@pytest.fixture
def city(tmp_path: Path) -> Path:
    return lay(tmp_path / "workspace")


def draft_of(workspace: Path) -> Draft:
    draft, diagnostics = prepare(workspace, CITY)
    assert draft is not None, "\n".join(map(str, diagnostics))
    return draft


def test_a_comment_survives_the_next_build_and_is_pulled_once(city: Path, tmp_path: Path) -> None:
    issued = issue_city(city, CITY, city / "output", engine="typst")
    path = tmp_path / "x.docx"
    path.write_bytes(commented(issued.books[0].docx.read_bytes(), SAID))
    first = pull(city, CITY, path)
    assert (first.comments, len(first.fresh)) == (1, 1)
    assert pull(city, CITY, path).fresh == ()
    document = with_build_id(draft_of(city).composed.documents[0])
    data = write(document, city)
    (remark,) = (one for one in read(data, "x.docx", document).remarks if one.author == "Budi")
    assert remark.lines == (SAID,)
    assert SENTENCE in remark.quote
    assert remark.date == "2026-11-26T09:00:00Z"
    path.write_bytes(data)
    again = pull(city, CITY, path)
    assert (again.edits, again.fresh, again.withdrawn) == ((), (), ())


def test_a_comment_that_was_deleted_in_the_file_is_gone(city: Path, tmp_path: Path) -> None:
    issued = issue_city(city, CITY, city / "output", engine="typst")
    path = tmp_path / "x.docx"
    path.write_bytes(commented(issued.books[0].docx.read_bytes(), SAID))
    pull(city, CITY, path)
    document = with_build_id(draft_of(city).composed.documents[0])
    data = write(document, city)
    number = next(one.id for one in read(data, "x.docx", document).remarks if one.author == "Budi")

    def cut(xml: str) -> str:
        for tag in ("commentRangeStart", "commentRangeEnd", "commentReference"):
            xml = xml.replace(f'<w:{tag} w:id="{number}"/>', "")
        return xml

    path.write_bytes(changed(data, cut))
    assert len(pull(city, CITY, path).withdrawn) == 1
    assert not load_edits(city, CITY).edits
    assert not draft_of(city).composed.documents[0].comments


def test_the_words_of_two_reviewers_at_one_place_both_stay(city: Path, tmp_path: Path) -> None:
    issued = issue_city(city, CITY, city / "output", engine="typst")
    path = tmp_path / "x.docx"
    for author in ("Budi", "Siti"):
        path.write_bytes(commented(issued.books[0].docx.read_bytes(), f"{SAID} {author}", author))
        pull(city, CITY, path)
    said = {comment.lines for comment in draft_of(city).composed.documents[0].comments}
    assert said == {(f"{SAID} Budi",), (f"{SAID} Siti",)}


def test_answers_stay_answers_through_build_and_pull(city: Path, tmp_path: Path) -> None:
    issued = issue_city(city, CITY, city / "output", engine="typst")
    path = tmp_path / "x.docx"
    data = commented(issued.books[0].docx.read_bytes(), SAID)
    path.write_bytes(data)
    pull(city, CITY, path)
    for number, (who, words) in enumerate((("Siti", "Sudah diperiksa."), ("Ani", "Terima kasih."))):
        document = with_build_id(draft_of(city).composed.documents[0])
        path.write_bytes(answered(write(document, city), SAID, words, who, f"2026-12-0{number + 3}T08:00:00Z"))
        assert len(pull(city, CITY, path).fresh) == 1
    document = with_build_id(draft_of(city).composed.documents[0])
    data = write(document, city)
    assert Package(data).errors() == []
    remarks = {one.author: one for one in read(data, "x.docx", document).remarks if one.author != AUTHOR}
    assert remarks["Budi"].answers == ""
    assert remarks["Siti"].answers == remarks["Ani"].answers == comment_key("Budi", remarks["Budi"].date, (SAID,))
    path.write_bytes(data)
    assert pull(city, CITY, path).fresh == ()
    listed = CliRunner().invoke(app, ["comments", CITY, "--workspace", str(city)])
    order = [listed.output.index(words) for words in (SAID, "Sudah diperiksa.", "Terima kasih.")]
    assert order == sorted(order)
    assert "1 comments are open" in listed.output


def test_a_thread_that_is_done_is_listed_no_more(city: Path, tmp_path: Path) -> None:
    issued = issue_city(city, CITY, city / "output", engine="typst")
    path = tmp_path / "x.docx"
    path.write_bytes(commented(issued.books[0].docx.read_bytes(), SAID))
    pull(city, CITY, path)
    document = with_build_id(draft_of(city).composed.documents[0])
    path.write_bytes(done(answered(write(document, city), SAID, "Sudah."), SAID))
    pull(city, CITY, path)
    assert "0 comments are open" in CliRunner().invoke(app, ["comments", CITY, "--workspace", str(city)]).output
    assert not draft_of(city).composed.documents[0].comments
    path.write_bytes(write(with_build_id(draft_of(city).composed.documents[0]), city))
    assert pull(city, CITY, path).fresh == ()


def test_an_answer_to_a_fill_in_stays_with_it(workspace: Path) -> None:
    base = sample_document()
    data = answered(write(base, workspace), "nama kepala dinas", "Kami cari.")
    (edit,) = compare(base, read(data, "x.docx", base), Author("", "", "")).edits
    assert (edit.op, edit.block, plain(edit.text)) == ("comment", "bab1-latar-p1", "Kami cari.")
    comment = Comment(edit.block, edit.who, edit.when, (plain(edit.text),), answers=edit.answers)
    book = replace(base, comments=(comment,))
    again = write(book, workspace)
    assert identity(again, "nama kepala dinas") in Package(again).parts["word/commentsExtended.xml"].decode()
    assert 'paraIdParent="' in Package(again).parts["word/commentsExtended.xml"].decode()
    assert compare(book, read(again, "x.docx", book), Author("", "", "")).edits == []


def test_a_program_that_drops_all_comments_takes_none_back(city: Path, tmp_path: Path) -> None:
    issued = issue_city(city, CITY, city / "output", engine="typst")
    path = tmp_path / "x.docx"
    path.write_bytes(commented(issued.books[0].docx.read_bytes(), SAID))
    pull(city, CITY, path)
    data = write(with_build_id(draft_of(city).composed.documents[0]), city)
    bare = changed(data, lambda xml: re.sub(r"<w:comment(RangeStart|RangeEnd|Reference)[^>]*/>", "", xml))
    path.write_bytes(changed(bare, lambda xml: re.sub(r"<w:comment .*</w:comment>", "", xml), "word/comments.xml"))
    assert pull(city, CITY, path).withdrawn == ()
