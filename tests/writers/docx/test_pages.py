"""Sections: page numbers, running heads, the mark, turned pages, breaks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from generator.model.document import Callout, Landscape, PageBreak, Paragraph, Section, Table, Text
from generator.writers.docx import write
from generator.writers.docx.body import Body
from tests.writers.docx.package import Package, R, fields_of, text_of, w
from tests.writers.sample_document import level_table, sample_document


def sections(package: Package) -> list[etree._Element]:
    return list(package.body.iter(w("sectPr")))


def part_of(package: Package, section: etree._Element, kind: str, page: str) -> etree._Element:
    (reference,) = [node for node in section.iter(w(f"{kind}Reference")) if node.get(w("type")) == page]
    relations = {node.get("Id"): node.get("Target") for node in package.xml("word/_rels/document.xml.rels")}
    return package.xml(f"word/{relations[reference.get(R + 'id')]}")


def form(section: etree._Element) -> tuple[str | None, str | None]:
    numbers = section.find(w("pgNumType"))
    return numbers.get(w("fmt")), numbers.get(w("start"))  # type: ignore[union-attr]


def test_front_is_roman_body_arabic_and_each_starts_at_one(written: Package) -> None:
    forms = [form(section) for section in sections(written)]
    cover, *rest = forms
    assert cover == ("lowerRoman", "1")
    assert rest[:4] == [("lowerRoman", "1")] + [("lowerRoman", None)] * 3
    assert rest[4] == ("decimal", "1")
    assert set(rest[5:]) == {("decimal", None)}


def test_the_head_shows_book_and_chapter_by_field(written: Package) -> None:
    found = []
    for section in sections(written)[5:]:
        header = part_of(written, section, "header", "default")
        (field,) = fields_of(header)
        found.append((field.instruction, field.result))
        assert "Masterplan Kota Cerdas – Kota Contoh" in text_of(header)
    assert found == [
        ("STYLEREF 1", "Pendahuluan"),
        ("STYLEREF 1", "Rencana & aksi"),
        ("STYLEREF 1", "Rencana & aksi"),  # turned
        ("STYLEREF 1", "Rencana & aksi"),
        ('STYLEREF "Lampiran"', "Daftar periksa"),
        ('STYLEREF "Lampiran"', "Rancangan Peraturan Wali Kota"),
        ('STYLEREF "Judul Tanpa Nomor"', "Daftar Sumber"),
    ]


def test_the_first_page_of_a_chapter_has_no_running_head_but_a_page_number(written: Package) -> None:
    opening = [section for section in sections(written)[1:] if section.find(w("titlePg")) is not None]
    assert len(opening) == 9
    for section in opening:
        assert text_of(part_of(written, section, "header", "first")) == "DATA CONTOH"
        assert [field.instruction for field in fields_of(part_of(written, section, "footer", "first"))] == ["PAGE"]


def test_the_mark_is_on_every_page(written: Package) -> None:
    for section in sections(written):
        pages = {node.get(w("type")) for node in section.iter(w("headerReference"))}
        for page in pages:
            assert "DATA CONTOH" in text_of(part_of(written, section, "header", str(page)))


def test_without_a_mark_no_page_has_one(workspace: Path) -> None:
    package = Package(write(sample_document(mark=""), workspace))
    assert not [name for name in package.parts if b"DATA CONTOH" in package.parts[name]]


def test_the_footer_has_version_and_page(written: Package) -> None:
    footer = part_of(written, sections(written)[-1], "footer", "default")
    assert text_of(footer).startswith("Draf 1\t")


def test_turned_pages_stand_alone_and_use_their_width(written: Package) -> None:
    turned = [node for node in written.document.iter(w("pgSz")) if node.get(w("orient")) == "landscape"]
    assert [(node.get(w("w")), node.get(w("h"))) for node in turned] == [("16838", "11906")]
    table = next(node for node in written.body.iter(w("tbl")) if "Kegiatan" in text_of(node))
    assert table.find(f"{w('tblPr')}/{w('tblW')}").get(w("w")) == "14004"  # type: ignore[union-attr]


def test_a_page_break_makes_the_next_paragraph_start_a_page_and_no_empty_one(
    write_blocks: Callable[..., Package],
) -> None:
    package = write_blocks(
        Paragraph(id="a", content=(Text("a"),)),
        PageBreak(id="b"),
        Paragraph(id="c", content=(Text("c"),)),
        PageBreak(id="d"),
        level_table(),
        PageBreak(id="e"),
        Callout(id="f", kind="temuan", title="f", children=()),
        PageBreak(id="g"),
    )
    breaks = [
        paragraph
        for paragraph in package.paragraphs()
        if paragraph.find(f"{w('pPr')}/{w('pageBreakBefore')}") is not None
    ]
    assert text_of(breaks[0]) == "c"
    assert len(breaks) == 3
    assert not list(package.body.iter(w("br")))
    assert package.errors() == []


def test_breaks_beside_turned_pages_leave_no_empty_page(write_blocks: Callable[..., Package]) -> None:
    inner = (Paragraph(id="x", content=(Text("x"),)),)
    package = write_blocks(
        PageBreak(id="a"),
        Landscape(id="b", children=inner),
        PageBreak(id="c"),
        Landscape(id="d", children=(Paragraph(id="y", content=(Text("y"),)),)),
    )
    assert not list(package.body.iter(w("pageBreakBefore")))
    assert len(sections(package)) == 3  # cover and two turned ones
    assert package.errors() == []


def test_a_turned_part_deep_in_a_section_still_turns(write_blocks: Callable[..., Package]) -> None:
    turned = Landscape(id="l", children=(level_table(),))
    section = Section(id="s", level=2, title=(Text("s"),), children=(turned, Paragraph(id="p", content=(Text("p"),))))
    package = write_blocks(section)
    orients = [size.get(w("orient")) for size in package.document.iter(w("pgSz"))]
    assert orients == [None, None, "landscape", None]


def test_a_box_holds_lists_and_tables(write_blocks: Callable[..., Package]) -> None:
    table = Table(id="t", columns=level_table().columns, header=(), body=level_table().body, look="data")
    package = write_blocks(Callout(id="k", kind="keputusan", title="Judul", children=(table,)))
    box = next(package.body.iter(w("tbl")))
    assert "Judul" in text_of(box)
    assert "Tata kelola" in text_of(box)
    assert package.errors() == []


@pytest.mark.parametrize("most", [2, 3, 7])
def test_a_long_book_leaves_the_tree_in_pieces_and_stays_the_same(
    most: int, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = sample_document()
    whole = write(document, workspace)
    monkeypatch.setattr("generator.writers.docx.body._MOST", most)
    pieces: list[int] = []
    spill = Body._children

    def counted(body: Body) -> bytes:
        pieces.append(len(body.element))
        return spill(body)

    monkeypatch.setattr(Body, "_children", counted)
    assert write(document, workspace) == whole
    assert len(pieces) > 10
