"""PDF/A-2a and PDF/UA-1 in one file, as far as a checker without veraPDF can see, and the tree behind the pages."""

from __future__ import annotations

import shutil
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import etree
from pdfua import Severity, validate

from generator.model.document import Annex, Chapter, Chart, Contents, Figure, Section
from generator.model.walks import plain, walk
from generator.writers import contents
from generator.writers.printed import PdfResult
from generator.writers.typeface import printable
from tests.writers.pdf.conftest import ENGINES, EPOCH
from tests.writers.pdf.reading import expected, read_aloud, reader, squeeze, structure
from tests.writers.sample_document import sample_document

NS = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "dc": "http://purl.org/dc/elements/1.1/",
}


def test_the_checker_finds_nothing(printed: PdfResult, tmp_path: object) -> None:
    path = f"{tmp_path}/book.pdf"
    with open(path, "wb") as file:  # noqa: PTH123
        file.write(printed.data)
    report = validate(path)
    assert [finding for finding in report.findings if finding.severity is not Severity.INFO] == []


def test_metadata_names_both_standards_once(printed: PdfResult) -> None:
    stream = reader(printed.data).trailer["/Root"]["/Metadata"].get_data()
    packet = etree.fromstring(stream[stream.index(b"<x:xmpmeta") : stream.index(b"</x:xmpmeta>") + 12])
    assert len(packet.findall("rdf:RDF", NS)) == 1

    def values(name: str) -> list[str]:
        prefix, local = name.split(":")
        tag = f"{{{NS[prefix]}}}{local}"
        texts = [element.text or "" for element in packet.iter(tag)]
        return texts + [element.attrib[tag] for element in packet.iter() if tag in element.attrib]

    assert values("pdfaid:part") == ["2"]
    assert values("pdfaid:conformance") == ["A"]
    assert values("pdfuaid:part") == ["1"]


def test_title_language_and_date(printed: PdfResult) -> None:
    pdf = reader(printed.data)
    root = pdf.trailer["/Root"]
    assert root["/Lang"] == "id-ID"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert root["/MarkInfo"]["/Marked"]
    assert pdf.metadata is not None
    assert pdf.metadata.title == sample_document().title
    assert pdf.metadata.creation_date is not None
    assert int(pdf.metadata.creation_date.timestamp()) == EPOCH


def test_headings_follow_the_block_tree(printed: PdfResult) -> None:
    book = sample_document()
    wanted = [
        block.level if isinstance(block, Section) else 1
        for block in walk((*book.front, *book.body))
        if isinstance(block, Chapter | Annex | Contents | Section)
    ]
    wanted += [1] * contents.own_sources(book)
    levels = [int(role[1:]) for role, _ in structure(printed.data) if role[:1] == "H" and role[1:].isdigit()]
    assert levels == wanted
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_typst_reads_links_of_the_contents_out_by_what_they_lead_to(shared_workspace: Path) -> None:
    """PDF/UA-1, 7.18.5: a link has a description. Typst takes it from the supplement of the heading."""
    book = sample_document()
    pages = reader(ENGINES["typst"](book, shared_workspace).data).pages
    told = [str(link.get_object().get("/Contents", "")) for page in pages for link in page.get("/Annots", ())]
    for entry in contents.headings(book):
        title = " ".join(filter(None, (printable(entry.label), printable(plain(entry.title)))))
        assert any(words.startswith(f"{title}, halaman ") for words in told), title


def test_figures_have_their_alternative_text_in_order(printed: PdfResult) -> None:
    book = sample_document()
    wanted = [block.alt for block in walk(book.body) if isinstance(block, Chart | Figure)]
    alts = [str(node["/Alt"]) for role, node in structure(printed.data) if role == "Figure" and "/Alt" in node]
    assert alts == [f"Lambang {book.cover.region}", *wanted]
    assert all("/Alt" in node for role, node in structure(printed.data) if role == "Figure")


def test_tables_lists_and_captions_are_tagged(printed: PdfResult, engine: str) -> None:
    roles = Counter(role for role, _ in structure(printed.data))
    assert roles["TH"] >= 20
    assert roles["TR"] >= 80
    assert roles["LI"] >= 12
    assert roles["Caption"] >= 12
    for role, node in structure(printed.data):
        if role == "TH":
            attributes = node["/A"].get_object()
            found = attributes if isinstance(attributes, list) else [attributes]
            assert any("/Scope" in entry.get_object() for entry in found), node
    if engine == "weasyprint":
        scopes = {str(node["/A"]["/Scope"]) for role, node in structure(printed.data) if role == "TH"}
        assert scopes == {"/Row", "/Column"}


# WeasyPrint hangs a nested list onto the outer one, so that text of the item behind it is read before it.
READ_EARLY = {"typst": [], "weasyprint": [squeeze("Paragraf lanjutan butir pertama.")]}


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("pdfinfo") is None, reason="needs poppler-utils, see .ci/run")
def test_the_tags_read_every_paragraph_row_and_caption_in_order(printed: PdfResult, engine: str) -> None:
    text, at, lost = read_aloud(printed.data), 0, []
    for wanted in expected(sample_document()):
        found = text.find(wanted, at)
        if found < 0:
            lost.append(wanted)
        else:
            at = found + len(wanted)
    assert lost == READ_EARLY[engine]
    assert all(wanted in text for wanted in lost)


def test_footnotes_are_notes_with_names_of_their_own(printed: PdfResult, engine: str) -> None:
    tree = structure(printed.data)
    notes = [node for role, node in tree if role == "Note"]
    assert len(notes) == 1
    ids = [str(node["/ID"]) for node in notes]
    assert len(set(ids)) == len(ids)
    assert any(role == "Lbl" for role, node in tree if node["/P"].get_object() == notes[0])
    if engine == "weasyprint":
        # Behind the citation that calls it, in the paragraph.
        paragraph = notes[0]["/P"].get_object()
        assert paragraph["/S"] == "/P"
        kids = [kid.get_object() for kid in paragraph["/K"]]
        assert kids[kids.index(notes[0]) - 1]["/S"] == "/Link"
        root = reader(printed.data).trailer["/Root"]["/StructTreeRoot"]
        assert str(root["/IDTree"]["/Names"][0]) == ids[0]


def test_fonts_are_embedded_and_our_own(printed: PdfResult) -> None:
    names = set()
    for page in reader(printed.data).pages:
        for font in page["/Resources"].get_object().get("/Font", {}).values():
            font = font.get_object()
            names.add(str(font["/BaseFont"]).split("+")[-1])
            for descendant in font.get("/DescendantFonts", []):
                descriptor = descendant.get_object()["/FontDescriptor"].get_object()
                assert {"/FontFile2", "/FontFile3"} & set(descriptor), font["/BaseFont"]
            assert "/ToUnicode" in font
    assert names
    assert all(
        name.replace("-", "").startswith(("Masterplan", "Carlito", "TeXGyreBonum", "DejaVuSans")) for name in names
    )


def test_pages_are_labelled_as_printed(printed: PdfResult) -> None:
    pdf = reader(printed.data)
    assert pdf.page_labels[1:3] == ["ii", "iii"]
    assert printed.pages["bab1"] == "1"
    assert printed.pages["kata-pengantar"] == "ii"
    first_body = pdf.page_labels.index("1")
    assert first_body % 2 == 0, "page 1 is a right-hand page"
    assert len(pdf.pages) == printed.page_count
    assert set(printed.pages) == contents.labelled(sample_document())
    at = pdf.page_labels.index(printed.pages["bab2"], first_body)
    assert "Rencana & aksi" in pdf.pages[at].extract_text()


def test_bookmarks_mirror_chapters_and_sections(printed: PdfResult) -> None:
    titles: list[tuple[int, str]] = []

    def collect(items: object, depth: int) -> None:
        assert isinstance(items, list)
        for item in items:
            if isinstance(item, list):
                collect(item, depth + 1)
            else:
                titles.append((depth, str(item.title)))

    collect(reader(printed.data).outline, 1)
    assert (1, "BAB I Pendahuluan") in titles
    assert (2, "1.2 Maksud dan tujuan") in titles
    assert (3, "1.2.1 Maksud") in titles
    assert titles[-1] == (1, "Daftar Sumber")


@pytest.mark.parametrize("emblem", ["cities/kota-contoh/lambang.png", None])
def test_cover_shows_the_emblem_or_says_that_it_is_open(write, shared_workspace, emblem) -> None:  # type: ignore[no-untyped-def]
    first = reader(write(sample_document(emblem=emblem), shared_workspace).data).pages[0].extract_text()
    assert ("belum tersedia" in first) == (emblem is None)
