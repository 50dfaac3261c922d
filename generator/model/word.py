"""What those who write Word files and those who read them back agree on: styles of `templates/reference.docx` by what
they are for, the author and the words of fill-in comments, the names of custom properties."""

from __future__ import annotations

from generator.model.document import CalloutKind

AUTHOR, INITIALS = "Generator Masterplan", "GM"
FILL_WHAT, FILL_WHO, FILL_WHERE = "Yang perlu diisi: ", "Pemasok: ", "Tempat dalam data: "
NEW_WORDS = "Teks baru dari generator: "
PROPERTY_BUILD, PROPERTY_BOOK, PROPERTY_VERSION = "MasterplanBuild", "MasterplanBook", "MasterplanVersion"

HEADINGS = ("heading 1", "heading 2", "heading 3", "heading 4")
UNNUMBERED = ("Judul Tanpa Nomor", "Subjudul Tanpa Nomor 2", "Subjudul Tanpa Nomor 3", "Subjudul Tanpa Nomor 4")
ANNEX = ("Lampiran", "Lampiran 2", "Lampiran 3", "Lampiran 4")

PARAGRAPH = {
    "body": "Body Text",
    "lead": "Paragraf Pembuka",
    "source": "Sumber",
    "law": "Hukum Isi",
    "law-center": "Hukum Tengah",
    "signature": "Tanda Tangan",
}
LAW_PARAGRAPH = {**PARAGRAPH, "body": "Hukum Isi", "lead": "Hukum Isi", "signature": "Hukum Tanda Tangan"}

BODY_LISTS = {
    "bullet": "List Bullet",
    "decimal": "List Number",
    "lower-alpha": "Daftar Huruf",
    "continue": "List Continue",
}
LAW_LISTS = {
    "bullet": "Hukum Butir",
    "decimal": "Hukum Angka",
    "lower-alpha": "Hukum Huruf",
    "continue": "Hukum Lanjutan",
}
LIST_LEVELS = 3

TABLE = {
    "data": "Tabel Data",
    "matrix": "Tabel Matriks",
    "sheet": "Tabel Lembar",
    "form": "Tabel Formulir",
    "plain": "Tabel Polos",
}
CALLOUT: dict[CalloutKind, str] = {
    "temuan": "Kotak Temuan",
    "keputusan": "Kotak Keputusan",
    "catatan": "Kotak Catatan",
}
CELL, CELL_HEADER, CELL_TOTAL, CELL_LABEL = "Sel Tabel", "Sel Kepala", "Sel Jumlah", "Sel Label"
SMALL_CELL = {
    CELL: "Sel Matriks",
    CELL_HEADER: "Sel Matriks Kepala",
    CELL_TOTAL: "Sel Matriks Jumlah",
    CELL_LABEL: "Sel Matriks Label",
}
LAW_CELL = "Hukum Sel"

TABLE_CAPTION, FIGURE_CAPTION = "caption", "Keterangan Gambar"
FIGURE, FIGURE_FRAME = "Gambar", "Bingkai Gambar"
CALLOUT_TITLE = "Judul Kotak"
PLACEHOLDER = "Isian Paragraf"
SOURCE_ENTRY = "Daftar Sumber"
SEPARATOR = "Pemisah"
COUNTER, CHAPTER_COUNTER = "Penghitung", "Penghitung Bab"
MARK = "Tanda Dokumen"
HEADER, FOOTER = "header", "footer"
WIDE_HEADER, WIDE_FOOTER = "Kepala Mendatar", "Kaki Mendatar"
CONTENTS_TITLE, CONTENTS, FIGURE_LIST = "TOC Heading", ("toc 1", "toc 2", "toc 3"), "table of figures"

COVER_EMBLEM, COVER_FRAME, COVER_TITLE, COVER_SUBTITLE = "Sampul Lambang", "Sampul Bingkai", "Title", "Subtitle"
COVER_REGION, COVER_PERIOD, COVER_STATUS = "Sampul Daerah", "Sampul Periode", "Sampul Status"
COVER_LINE = "Sampul Keterangan"

STRONG, EMPHASIS, STRONG_EMPHASIS = "Strong", "Emphasis", "Tebal Miring"
LINK, FILL_IN, CITATION, LIGHT, HIDDEN = "Hyperlink", "Isian", "Sitasi Sumber", "Teks Terang", "Tersembunyi"
COMMENT_MARK, COMMENT_TEXT = "annotation reference", "annotation text"


def levels(name: str) -> tuple[str, ...]:
    """Return the names of a list style on its three levels ('List Bullet', 'List Bullet 2', 'List Bullet 3')."""
    return (name, *(f"{name} {level}" for level in range(2, LIST_LEVELS + 1)))


def required() -> dict[str, str]:
    """Return every style name with the type that it must have: 'paragraph', 'character' or 'table'."""
    families = (*BODY_LISTS.values(), *LAW_LISTS.values())
    paragraphs = {
        *HEADINGS, *UNNUMBERED, *ANNEX, *PARAGRAPH.values(), *LAW_PARAGRAPH.values(),
        *(name for family in families for name in levels(family)),
        *SMALL_CELL, *SMALL_CELL.values(), LAW_CELL, TABLE_CAPTION, FIGURE_CAPTION, FIGURE, FIGURE_FRAME,
        CALLOUT_TITLE, PLACEHOLDER, SOURCE_ENTRY, SEPARATOR, COUNTER, CHAPTER_COUNTER, MARK, HEADER, FOOTER,
        WIDE_HEADER, WIDE_FOOTER,
        CONTENTS_TITLE, *CONTENTS, FIGURE_LIST, COVER_EMBLEM, COVER_FRAME, COVER_TITLE, COVER_SUBTITLE, COVER_REGION,
        COVER_PERIOD, COVER_STATUS, COVER_LINE, COMMENT_TEXT,
    }  # fmt: skip
    characters = {STRONG, EMPHASIS, STRONG_EMPHASIS, LINK, FILL_IN, CITATION, LIGHT, HIDDEN, COMMENT_MARK}
    kinds = {
        **dict.fromkeys(paragraphs, "paragraph"),
        **dict.fromkeys(characters, "character"),
        **dict.fromkeys((*TABLE.values(), *CALLOUT.values()), "table"),
    }
    return dict(sorted(kinds.items()))
