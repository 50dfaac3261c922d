"""An edited file comes back as edits: each change once, none where nothing was changed."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.build import build_city
from generator.issued import issue_city
from generator.model.document import Paragraph, Section
from generator.model.edits import Edit, units
from generator.model.walks import plain, walk
from generator.pulling import PullResult, pull
from generator.roundtrip.compare import Author, compare
from generator.roundtrip.reader import read
from generator.writers.docx import write
from tests.compose.small import lay
from tests.roundtrip.test_foreign_xml import changed
from tests.writers.sample_document import sample_document

CITY = "kota-contoh"
END = "</w:t></w:r><w:bookmarkEnd"
Change = Callable[[str], str]


@pytest.fixture(scope="module")
def written(workspace: Path) -> bytes:
    return write(sample_document(), workspace)


def edits_of(data: bytes) -> list[Edit]:
    found = compare(sample_document(), read(data, "x.docx", sample_document()), Author("Siti", "2026-12-01", "x.docx"))
    assert not found.remarks
    return found.edits


def told(edits: list[Edit]) -> list[tuple[str, str, str]]:
    return [(edit.op, edit.block, plain(edit.text)) for edit in edits]


def paragraph_with(words: str, xml: str) -> str:
    """Return the XML of the paragraph that holds words."""
    end = xml.index("</w:p>", xml.index(words)) + len("</w:p>")
    return xml[max(xml.rindex("<w:p>", 0, end), 0) : end]


def without(words: str) -> Change:
    return lambda xml: xml.replace(paragraph_with(words, xml), "")


def with_new(words: str, new: str) -> Change:
    def change(xml: str) -> str:
        old = paragraph_with(words, xml)
        fresh = re.sub(r"<w:bookmark(Start|End)[^>]*/>", "", old.replace(words, new))
        return xml.replace(old, old + fresh)

    return change


def moved(words: str, after: str) -> Change:
    def change(xml: str) -> str:
        old, place = paragraph_with(words, xml), paragraph_with(after, xml)
        return xml.replace(old, "").replace(place, place + old)

    return change


def test_an_untouched_file_holds_no_edit(written: bytes) -> None:
    assert edits_of(written) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda xml: xml.replace("Awal bab dua.", "Awal bab kedua."), [("text", "bab2-p", "Awal bab kedua.")]),
        (lambda xml: xml.replace("langkah dua", "langkah kedua"), [("text", "daftar-angka-2", "langkah kedua")]),
        (lambda xml: xml.replace("Rencana &amp; aksi</w:t></w:r><w:bookmarkEnd", "Aksi</w:t></w:r><w:bookmarkEnd", 1),
         [("text", "bab2", "Aksi")]),
        (lambda xml: xml.replace("Wilayah kota</w:t></w:r><w:bookmarkEnd", "Wilayah</w:t></w:r><w:bookmarkEnd"),
         [("text", "gambar-peta", "Wilayah")]),
        (lambda xml: xml.replace("Program 7<", "Program tujuh<"), [("cell", "tabel-panjang", "Program tujuh")]),
        (without("Setelah halaman mendatar."), [("remove", "bab2-akhir", "")]),
        (lambda xml: xml.replace("Data sementara.", "Data tetap."), [("text", "kotak-catatan-p", "Data tetap.")]),
        (lambda xml: xml.replace("Pokok bab ini", "Pokok bab"), [("text", "kotak-temuan", "Pokok bab")]),
    ],
)  # fmt: skip
def test_a_change_is_one_edit(written: bytes, change: Change, expected: list[tuple[str, str, str]]) -> None:
    assert told(edits_of(changed(written, change))) == expected


def test_new_passages_are_told_with_their_neighbour(written: bytes) -> None:
    (edit,) = edits_of(changed(written, with_new("Awal bab dua.", "Kalimat baru dari kota.")))
    assert (edit.op, edit.near[0]) == ("new", "bab2-p")
    assert isinstance(edit.value, Paragraph)
    assert plain(edit.value.content) == "Kalimat baru dari kota."
    (edit,) = edits_of(changed(written, with_new("langkah satu", "langkah sisipan")))
    assert (edit.op, edit.near[0], type(edit.value).__name__) == ("new", "daftar-angka-1", "ListItem")
    (edit,) = edits_of(changed(written, with_new(f"Maksud dan tujuan{END}", f"Sasaran{END}")))
    assert isinstance(edit.value, Section)
    assert edit.value.level == 2


def test_a_moved_passage_is_a_move_and_nothing_else(written: bytes) -> None:
    data = changed(written, moved("Paragraf kedua yang panjang", "Setelah halaman mendatar."))
    (edit,) = edits_of(data)
    assert (edit.op, edit.block, edit.near[0]) == ("move", "bab1-latar-p2", "bab2-akhir")


def test_rows_come_and_go(written: bytes) -> None:
    def change(xml: str) -> str:
        row = re.search(r"<w:tr>(?:(?!</w:tr>).)*Program 7<.*?</w:tr>", xml)
        last = re.search(r"<w:tr>(?:(?!</w:tr>).)*Program 9<.*?</w:tr>", xml)
        assert row
        assert last
        new = row.group().replace("Program 7", "Program sisipan").replace("7.000.000", "1")
        return xml.replace(row.group(), row.group() + new).replace(last.group(), "")

    edits = edits_of(changed(written, change))
    assert [(edit.op, edit.row.label if edit.row else "") for edit in edits] == [
        ("row-new", "Program 7"),
        ("row-remove", "Program 9"),
    ]


def test_without_anchors_the_same_edits_are_found(written: bytes) -> None:
    bare = changed(written, lambda xml: re.sub(r"<w:bookmark(Start|End)[^>]*/>", "", xml))
    assert edits_of(bare) == []
    edited = changed(bare, lambda xml: xml.replace("Awal bab dua.", "Awal bab kedua."))
    assert told(edits_of(edited)) == [("text", "bab2-p", "Awal bab kedua.")]


def test_a_word_in_every_passage_is_found_again(written: bytes) -> None:
    """Nothing typed is lost: each run of text gets a word of its own, and each word stands in some edit."""
    typed: list[str] = []

    def change(xml: str) -> str:
        start = xml.index("Kata Pengantar</w:t></w:r><w:bookmarkEnd")  # behind the cover

        def mark(match: re.Match[str]) -> str:
            typed.append(f"kata{len(typed)}x")
            return f"{match.group(1)} {typed[-1]}</w:t></w:r><w:bookmarkEnd"

        return xml[:start] + re.sub(r"([^<>]+)</w:t></w:r><w:bookmarkEnd", mark, xml[start:])

    reading = read(changed(written, change), "x.docx", sample_document())
    found = compare(sample_document(), reading, Author("Siti", "2026-12-01", "x.docx"))
    # The list of sources is made by the program: what was typed there is told, but not taken.
    words = " ".join((*(plain(edit.text) for edit in found.edits), *found.remarks))
    lost = [word for word in typed if word not in words]
    assert len(typed) > 60
    assert not lost


@pytest.fixture
def city(tmp_path: Path) -> Path:
    return lay(tmp_path / "workspace")


def edited_book(workspace: Path, words: str = "disunting oleh kota") -> tuple[Path, str]:
    """Issue the small city's books, and return a copy of the first with a sentence changed, and the block."""
    result = issue_city(workspace, CITY, workspace / "output", engine="typst")
    assert not result.failed, "\n".join(map(str, result.diagnostics))
    data = result.books[0].docx.read_bytes()
    base = read(data, "x.docx")
    target = next(
        plain(unit.inlines) for unit in units(base.body)
        if isinstance(unit.block, Paragraph) and len(plain(unit.inlines)) > 30 and "[" not in plain(unit.inlines)
        and "&" not in plain(unit.inlines)
    )  # fmt: skip
    path = workspace.parent / "disunting.docx"
    path.write_bytes(
        changed(data, lambda xml: re.sub(rf"{re.escape(target[:12])}", f"{words} {target[:12]}", xml, count=1))
    )
    return path, words


def take(workspace: Path, path: Path) -> PullResult:
    result = pull(workspace, CITY, path)
    assert not result.failed, "\n".join(map(str, result.diagnostics))
    return result


def test_pulling_writes_one_file_an_edit_and_twice_is_once(city: Path) -> None:
    path, words = edited_book(city)
    first = take(city, path)
    assert len(first.edits) == len(first.fresh) == 1
    assert words in first.fresh[0].read_text(encoding="utf-8")
    again = take(city, path)
    assert (again.fresh, again.withdrawn) == ((), ())


def test_pulling_an_untouched_file_changes_nothing(city: Path) -> None:
    result = issue_city(city, CITY, city / "output", engine="typst")
    for book in result.books:
        taken = take(city, book.docx)
        assert (taken.edits, taken.fresh) == ((), ())
    assert not (city / "cities" / CITY / "edits").exists()


def test_a_file_of_another_city_is_refused(city: Path, written: bytes) -> None:
    stray = city.parent / "asing.docx"
    stray.write_bytes(written)
    result = pull(city, CITY, stray)
    assert [item.code for item in result.diagnostics if item.severity.value == "error"] == ["MP805"]
    assert not (city / "cities" / CITY / "edits").exists()


def test_a_file_of_a_version_that_nobody_knows_is_refused_until_it_is_named(city: Path) -> None:
    path, _ = edited_book(city)
    shutil.rmtree(city / "cities" / CITY / "issued")
    template = next((city / "templates").rglob("*.md.j2"))
    template.write_text(template.read_text(encoding="utf-8") + "\n\nKalimat baru.\n", encoding="utf-8")
    result = pull(city, CITY, path)
    assert [item.code for item in result.diagnostics if item.severity.value == "error"] == ["MP806"]


def test_the_kinds_of_passages_cover_the_sample() -> None:
    kinds = {type(unit.block).__name__ for unit in units(sample_document().body)}
    walked = {type(block).__name__ for block in walk(sample_document().body)}
    assert walked - kinds == {"ListBlock", "Landscape", "PageBreak"}


def test_a_file_edited_in_its_place_is_written_over_once_it_was_pulled(city: Path) -> None:
    path, words = edited_book(city)
    own = city / "output" / CITY / next(city.glob(f"output/{CITY}/*.docx")).name
    own.write_bytes(path.read_bytes())
    refused = build_city(city, CITY, city / "output", formats=("docx",))
    assert [item.code for item in refused.diagnostics if item.severity.value == "error"] == ["MP501"]
    take(city, own)
    built = build_city(city, CITY, city / "output", formats=("docx",))
    assert not built.failed, "\n".join(map(str, built.diagnostics))
    assert words in repr(read(own.read_bytes(), "x.docx").body)
    again = changed(path.read_bytes(), lambda xml: xml.replace(words, "lagi"))
    own.write_bytes(again)
    assert build_city(city, CITY, city / "output", formats=("docx",)).failed
