"""Comments of reviewers live on at their block, until they are settled or deleted."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.build import Draft, prepare
from generator.issued import issue_city, with_build_id
from generator.pulling import pull
from generator.roundtrip.reader import read
from generator.sources.edits import load_edits
from generator.writers.docx import write
from tests.compose.small import lay
from tests.roundtrip.test_foreign_xml import changed

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
