"""What other editors make of our XML, imitated: runs split, content controls, lost anchors, tracked changes, notes."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from generator.model.document import Block, Document, ListBlock, Paragraph, Strong, Table, Text
from generator.model.walks import walk
from generator.roundtrip.reader import Reading, UnreadableDocumentError, read
from generator.writers.docx import write
from tests.roundtrip.carried import carried
from tests.writers.sample_document import sample_document
from tests.writers.sample_pieces import words

MAIN = "word/document.xml"
INSERTED = '<w:ins w:id="900" w:author="Siti" w:date="2026-11-25T08:00:00Z">{}</w:ins>'


def changed(data: bytes, change: Callable[[str], str], part: str = MAIN) -> bytes:
    """Return a DOCX with one part changed as text."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == part:
                before = content.decode()
                after = change(before)
                assert after != before, "the change found nothing to change"
                content = after.encode()
            target.writestr(name, content)
    return out.getvalue()


@pytest.fixture(scope="module")
def written(workspace: Path) -> bytes:
    return write(sample_document(), workspace)


def again(data: bytes, base: Document | None = None) -> Reading:
    return read(data, "edited.docx", base or sample_document())


def block(reading: Reading, id: str) -> Block:
    return next(found for found in walk((*reading.front, *reading.body)) if found.id == id)


def test_runs_split_by_word_with_rsid_and_proofing_marks_say_the_same(written: bytes) -> None:
    def split(xml: str) -> str:
        middle = '</w:t></w:r><w:proofErr w:type="spellStart"/><w:r w:rsidR="00A1"><w:t xml:space="preserve">'
        return xml.replace("Paragraf kedua ", f"Para{middle}graf kedua ").replace("<w:p>", '<w:p w:rsidR="00B2">')

    reading = again(changed(written, split))
    assert (reading.front, reading.body) == carried(sample_document())


def test_content_controls_around_paragraphs_rows_and_runs_are_looked_through(written: bytes) -> None:
    def wrap(xml: str) -> str:
        xml = re.sub(
            r"(<w:p>(?:(?!</w:p>).)*Awal bab dua.*?</w:p>)",
            r"<w:sdt><w:sdtPr/><w:sdtContent>\1</w:sdtContent></w:sdt>",
            xml,
        )
        xml = xml.replace(
            "<w:r><w:t>Isi.</w:t></w:r>", "<w:sdt><w:sdtContent><w:r><w:t>Isi.</w:t></w:r></w:sdtContent></w:sdt>"
        )
        return re.sub(
            r"(<w:tr>(?:(?!</w:tr>).)*Program 7<.*?</w:tr>)", r"<w:sdt><w:sdtContent>\1</w:sdtContent></w:sdt>", xml
        )

    reading = again(changed(written, wrap))
    assert (reading.front, reading.body) == carried(sample_document())


def test_insertions_are_taken_deletions_left_out_and_their_author_told(written: bytes) -> None:
    def track(xml: str) -> str:
        run = "<w:r><w:t>Awal bab dua.</w:t></w:r>"
        deleted = (
            '<w:del w:id="901" w:author="Siti" w:date="2026-11-25T08:00:00Z">'
            "<w:r><w:delText>Awal bab dua.</w:delText></w:r></w:del>"
        )
        return xml.replace(run, deleted + INSERTED.format("<w:r><w:t>Bab dua dimulai.</w:t></w:r>"))

    reading = again(changed(written, track))
    found = block(reading, "bab2-p")
    assert isinstance(found, Paragraph)
    assert found.content == words("Bab dua dimulai.")
    assert [who for owner, who in reading.tracked.items() if owner.id == "bab2-p"] == [("Siti", "2026-11-25T08:00:00Z")]


def test_a_deleted_row_is_gone_and_an_inserted_one_is_there(written: bytes) -> None:
    def track(xml: str) -> str:
        row = re.search(r"<w:tr>(?:(?!</w:tr>).)*Program 7<.*?</w:tr>", xml)
        assert row
        old = row.group()
        gone = old.replace("<w:trPr>", '<w:trPr><w:del w:id="902" w:author="Siti"/>')
        new = old.replace("Program 7", "Program baru").replace(
            "<w:trPr>", '<w:trPr><w:ins w:id="903" w:author="Siti"/>'
        )
        return xml.replace(old, gone + new)

    table = block(again(changed(written, track)), "tabel-panjang")
    assert isinstance(table, Table)
    names = [row.cells[0].paragraphs[0] for row in table.body]
    assert words("Program 7") not in names
    assert names[6] == words("Program baru")
    assert len(names) == 60


def test_a_paragraph_whose_mark_was_deleted_joins_the_next(written: bytes) -> None:
    def join(xml: str) -> str:
        start = xml.rindex("<w:pPr>", 0, xml.index("Awal bab dua."))
        end = xml.index("</w:pPr>", start)
        return f'{xml[:end]}<w:rPr><w:del w:id="9" w:author="Siti"/></w:rPr>{xml[end:]}'

    found = block(again(changed(written, join)), "bab2-p")
    assert isinstance(found, Paragraph)
    assert found.content == words("Awal bab dua.")  # what follows is a picture, which keeps a paragraph of its own


def test_weight_set_by_hand_is_weight(written: bytes) -> None:
    bold = "<w:r><w:rPr><w:b/></w:rPr><w:t>Awal bab dua.</w:t></w:r>"
    found = block(
        again(changed(written, lambda xml: xml.replace("<w:r><w:t>Awal bab dua.</w:t></w:r>", bold))), "bab2-p"
    )
    assert isinstance(found, Paragraph)
    assert found.content == (Strong(words("Awal bab dua.")),)


def test_without_anchors_the_words_and_their_order_remain(written: bytes) -> None:
    bare = changed(written, lambda xml: re.sub(r"<w:bookmark(Start|End)[^>]*/>", "", xml))
    reading = again(bare)
    assert not reading.anchors
    texts = [plain_of(found) for found in walk(reading.body) if isinstance(found, Paragraph)]
    expected = [plain_of(found) for found in walk(carried(sample_document())[1]) if isinstance(found, Paragraph)]
    assert texts == expected


def plain_of(paragraph: Paragraph) -> str:
    return "".join(run.text for run in paragraph.content if isinstance(run, Text))


def test_without_its_tree_a_file_is_read_by_its_styles(written: bytes) -> None:
    reading = read(written, "book.docx")
    kinds = [type(found).__name__ for found in walk((*reading.front, *reading.body))]
    front, body = carried(sample_document())
    expected = [type(found).__name__ for found in walk((*front, *body))]
    assert kinds.count("Section") == expected.count("Section")
    assert kinds.count("Table") == expected.count("Table")
    assert sum(isinstance(found, ListBlock) for found in walk(reading.body)) >= 6


def test_a_fill_in_typed_over_is_told_with_its_words(written: bytes) -> None:
    filled = changed(written, lambda xml: xml.replace("[Isi: nama kepala dinas]", "Siti Rahma"))
    reading = again(filled)
    assert [(owner.id, one.missing.what, one.text) for owner, one in reading.filled] == [
        ("bab1-latar-p1", "nama kepala dinas", "Siti Rahma")
    ]


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda _: b"", "MP801"),
        (lambda _: b"PK\x03\x04 no zip at all", "MP801"),
        (lambda data: data[: len(data) // 2], "MP801"),
        (lambda data: changed(data, lambda xml: xml[:-30]), "MP801"),
        (lambda data: changed(data, lambda xml: xml.replace("w:body>", "w:nobody>")), "MP803"),
        (lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "MP802"),
        (lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old Word file", "MP803"),
        (lambda data: changed(data, lambda xml: xml.replace("?>", '?><!DOCTYPE w [<!ENTITY a "b">]>', 1)), "MP803"),
        (lambda data: data + bytes(60_000_001), "MP804"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_by_code(written: bytes, spoil: Callable[[bytes], bytes], code: str) -> None:
    with pytest.raises(UnreadableDocumentError) as fault:
        again(spoil(written))
    assert fault.value.diagnostic.code == code
    assert fault.value.diagnostic.hint


def test_any_damage_is_a_diagnostic_or_a_reading_never_a_fault(written: bytes) -> None:
    step = len(written) // 60
    for place in range(0, len(written), step):
        spoiled = bytearray(written)
        spoiled[place : place + 8] = b"\x00\xff" * 4
        try:
            reading = again(bytes(spoiled))
        except UnreadableDocumentError:
            continue
        assert reading.body


def test_another_kind_of_office_file_is_named(workspace: Path) -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        target.writestr("xl/workbook.xml", "<workbook/>")
    with pytest.raises(UnreadableDocumentError, match="an Excel workbook"):
        again(out.getvalue())


def test_a_comment_of_a_person_is_told_at_its_block(workspace: Path) -> None:
    data = write(replace(sample_document(), front=()), workspace)
    number = 0

    def comment(xml: str) -> str:
        nonlocal number
        number = 900
        run = "<w:r><w:t>Awal bab dua.</w:t></w:r>"
        start, end = f'<w:commentRangeStart w:id="{number}"/>', f'<w:commentRangeEnd w:id="{number}"/>'
        return xml.replace(run, start + run + end)

    def note(xml: str) -> str:
        entry = (
            '<w:comment w:id="900" w:author="Budi" w:date="2026-11-26T09:00:00Z"><w:p>'
            "<w:r><w:t>Mohon diperiksa.</w:t></w:r></w:p></w:comment></w:comments>"
        )
        return xml.replace("</w:comments>", entry)

    reading = again(changed(changed(data, comment), note, "word/comments.xml"))
    assert [(one.block, one.author, one.lines, one.quote) for one in reading.remarks] == [
        ("bab2-p", "Budi", ("Mohon diperiksa.",), "Awal bab dua.")
    ]


def test_a_paragraph_deleted_whole_leaves_its_neighbour_alone(written: bytes) -> None:
    def track(xml: str) -> str:
        end = xml.index("</w:pPr>", xml.rindex("<w:pPr>", 0, xml.index("Paragraf kedua yang panjang")))
        xml = f'{xml[:end]}<w:rPr><w:del w:id="9" w:author="Siti"/></w:rPr>{xml[end:]}'
        start = xml.index("</w:pPr>", end) + len("</w:pPr>")
        stop = xml.index("</w:p>", start)
        inner = xml[start:stop].replace("<w:t ", "<w:delText ").replace("<w:t>", "<w:delText>")
        inner = inner.replace("</w:t>", "</w:delText>")
        return f'{xml[:start]}<w:del w:id="10" w:author="Siti">{inner}</w:del>{xml[stop:]}'

    reading = again(changed(written, track))
    ids = [found.id for found in walk(reading.body)]
    assert "bab1-latar-p2" not in ids
    assert "daftar-butir" in ids
