"""Nothing of the book is lost on the way to paper, and it stands in order."""

from __future__ import annotations

import re

from generator.model.document import ListBlock, Table
from generator.model.walks import plain, walk
from generator.writers.contents import caption_label
from generator.writers.printed import PdfResult
from tests.writers.pdf.reading import expected, flow, needs_poppler, page_texts, pages_of_words, reader, spans, squeeze
from tests.writers.sample_document import sample_document

pytestmark = needs_poppler


def test_every_paragraph_row_and_caption_is_printed_in_order(printed: PdfResult) -> None:
    text = flow(printed.data)
    at = 0
    for wanted in expected(sample_document()):
        found = text.find(wanted, at)
        assert found >= 0, f"{wanted!r} is missing after {text[max(at - 80, 0) : at]!r}"
        at = found + len(wanted)


def test_every_list_item_is_printed(printed: PdfResult) -> None:
    text = flow(printed.data)
    book = sample_document()
    for block in walk((*book.front, *book.body)):
        if isinstance(block, ListBlock):
            for item in block.items:
                assert squeeze(plain(item.content)) in text


def test_cells_of_tables_with_row_spans_stand_between_caption_and_source(printed: PdfResult) -> None:
    text = flow(printed.data)
    book = sample_document()
    tables = [block for block in walk(book.body) if isinstance(block, Table) and spans(block)]
    assert tables
    for table in tables:
        assert table.caption is not None
        caption = squeeze(caption_label(table.caption) + plain(table.caption.content))
        start = text.index(caption, text.index(squeeze("BAB I Pendahuluan Bab ini membuka buku.")))
        part = text[start : text.index(squeeze(plain(table.source)), start)]
        for row in (*table.header, *table.body):
            for cell in row.cells:
                for paragraph in cell.paragraphs:
                    assert squeeze(plain(paragraph)) in part


def test_lists_continue_where_the_book_says(printed: PdfResult) -> None:
    for marker, last in (("5.", "lima"), ("b.", "b"), ("2.", "dua")):
        lines = [
            [other for other in words if abs(other.bottom - word.bottom) < 3 and other.right < word.left]
            for _, _, words in pages_of_words(printed.data)
            for word in words
            if word.text == last
        ]
        assert any(marker in [word.text for word in line] for line in lines), marker


def test_sources_are_listed_at_the_end_once(printed: PdfResult) -> None:
    text = flow(printed.data)
    assert text.count(squeeze("RPJMD Kota Contoh 2025–2029")) == 1
    assert text.index("RPJMDKotaContoh") > text.index(squeeze("WALI KOTA CONTOH,"))


def test_a_source_stands_at_the_foot_of_the_page_that_cites_it_first(printed: PdfResult) -> None:
    source = squeeze("[1] " + sample_document().sources[0].text)
    pages = [squeeze(page) for page in page_texts(printed.data)]
    noted = [number for number, text in enumerate(pages) if source in text]
    cites = [number for number, text in enumerate(pages) if "[1]" in text]
    assert noted == cites[:1]
    assert pages[noted[0]].index("[1]") < pages[noted[0]].index(source)


def test_table_heads_are_repeated_on_each_page(printed: PdfResult) -> None:
    pages = [page.extract_text() for page in reader(printed.data).pages]
    long_table = [page for page in pages if re.search(r"Program\s(20|55)\s", page)]
    assert len(long_table) == 2
    assert all("Biaya (Rp)" in page for page in long_table)


def test_every_page_carries_the_mark(printed: PdfResult) -> None:
    for number, page in enumerate(reader(printed.data).pages, start=1):
        assert "DATACONTOH" in squeeze(page.extract_text()), f"page {number}"


def test_contents_name_the_pages_that_the_layout_reports(printed: PdfResult) -> None:
    text = flow(printed.data)
    book = sample_document()
    for target, title in (("bab2", "Rencana & aksi"), ("lampiran-b", "Rancangan Peraturan Wali Kota")):
        start = text.index(squeeze(title))
        line = text[start : start + 200].removeprefix(squeeze(title)).lstrip(".")
        assert line.startswith(printed.pages[target])
    first = text.index(squeeze("Kata Pengantar"), text.index(squeeze("Daftar Isi")))
    assert text[first:].removeprefix(squeeze("Kata Pengantar")).lstrip(".").startswith("ii")
    assert book.front[0].id == "kata-pengantar"
