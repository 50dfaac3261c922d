"""Contents and lists are fields, filled from the first opening."""

from __future__ import annotations

from pathlib import Path

from generator.writers.docx import write
from tests.writers.docx.package import Package, fields_of, text_of, w
from tests.writers.sample_document import sample_document


def entries(package: Package, *styles: str) -> list[str]:
    names = package.style_names()
    return [
        text_of(paragraph)
        for paragraph in package.paragraphs()
        if names[paragraph[0][0].get(w("val"))].lower() in styles
    ]


def test_the_contents_hold_numbers_titles_and_pages(written: Package, pages: dict[str, int]) -> None:
    lines = entries(written, "toc 1", "toc 2", "toc 3")
    assert lines[0] == f"Kata Pengantar\t{pages['kata-pengantar']}"
    assert f"BAB I\tPendahuluan\t{pages['bab1']}" in lines
    assert f"1.2.1\tMaksud\t{pages['bab1-maksud-1']}" in lines
    assert f"Lampiran A\tDaftar periksa\t{pages['lampiran-a']}" in lines
    assert not [line for line in lines if "Rincian" in line]  # level 4 stays out
    assert len(lines) == 11


def test_the_lists_hold_captions(written: Package, pages: dict[str, int]) -> None:
    lines = entries(written, "table of figures")
    assert f"Tabel 1.1\u2002Tata kelola tertinggal dari median peserta\t{pages['tabel-level']}" in lines
    assert f"Bagan 2.1\u2002Jadwal kegiatan dua belas bulan\t{pages['tabel-gantt']}" in lines
    assert len(lines) == 14


def test_entries_lead_to_bookmarks_that_exist(written: Package) -> None:
    names = {start.get(w("name")) for start in written.document.iter(w("bookmarkStart"))}
    targets = {link.get(w("anchor")) for link in written.document.iter(w("hyperlink")) if link.get(w("anchor"))}
    pagerefs = {f.instruction.split()[1] for f in fields_of(written.body) if f.instruction.startswith("PAGEREF")}
    assert len(pagerefs) == 25
    assert pagerefs <= targets <= names


def test_fields_that_know_their_pages_are_left_alone(written: Package) -> None:
    fields = [field for field in fields_of(written.body) if field.instruction.startswith("TOC")]
    assert [field.instruction for field in fields] == [
        r'TOC \o "1-3" \h \z \u',
        r'TOC \h \z \c "Tabel"',
        r'TOC \h \z \c "Gambar"',
        r'TOC \h \z \c "Bagan"',
    ]
    assert not any(field.dirty for field in fields)
    assert b"updateFields" not in written.parts["word/settings.xml"]


def test_without_pages_the_fields_ask_for_them_and_invent_none(workspace: Path) -> None:
    package = Package(write(sample_document(), workspace))
    fields = fields_of(package.body)
    assert all(field.dirty for field in fields if field.instruction.startswith("TOC"))
    assert {field.result for field in fields if field.instruction.startswith("PAGEREF")} == {""}
    assert b"updateFields" not in package.parts["word/settings.xml"]


def test_no_section_ends_inside_a_contents_field(written: Package) -> None:
    depth = 0
    for node in written.body.iter(w("fldChar"), w("sectPr")):
        if node.tag == w("sectPr"):
            assert depth == 0
        else:
            depth += {"begin": 1, "end": -1}.get(node.get(w("fldCharType"), ""), 0)


def test_an_empty_list_says_so(workspace: Path) -> None:
    from dataclasses import replace

    book = sample_document()
    package = Package(write(replace(book, body=()), workspace))
    assert package.texts("Body Text").count("Tidak ada.") == 2
