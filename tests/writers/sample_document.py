"""A synthetic book that holds every kind of block and run, for the tests of all writers.

`sample_document()` builds the tree, `lay_workspace(folder)` writes the pictures that it names. Numbers and labels are
filled in, as composition leaves them. `test_sample_is_complete` keeps the promise that no kind is left out.
"""

from __future__ import annotations

from generator.model.document import (
    Annex,
    Block,
    Caption,
    Chapter,
    Column,
    Contents,
    Cover,
    Document,
    Figure,
    PageBreak,
    Paragraph,
    Section,
    Source,
    Table,
)
from tests.writers.sample_charts import charts
from tests.writers.sample_pieces import EMBLEM, PALETTE, PHOTO, lay_workspace, png, row, words
from tests.writers.sample_tables import landscape, level_table, other_tables
from tests.writers.sample_text import callouts, law_annex, paragraphs

__all__ = ["EMBLEM", "PALETTE", "charts", "lay_workspace", "level_table", "png", "sample_document"]


def front() -> tuple[Block, ...]:
    """Return the pages in roman numbers."""
    return (
        Chapter(
            id="kata-pengantar",
            title=words("Kata Pengantar"),
            numbered=False,
            children=(
                Paragraph(
                    id="kp-1",
                    content=words("Buku ini disusun sebagai bahan pendampingan. " * 6),
                ),
            ),
        ),
        Contents(id="daftar-isi", lists="headings", title="Daftar Isi"),
        Contents(id="daftar-tabel", lists="tables", title="Daftar Tabel"),
        Contents(id="daftar-gambar", lists="figures", title="Daftar Gambar"),
    )


def body() -> tuple[Block, ...]:
    """Return the pages in arabic numbers."""
    return (
        Chapter(
            id="bab1",
            number="I",
            title=words("Pendahuluan"),
            children=(
                Paragraph(id="bab1-pembuka", role="lead", content=words("Bab ini membuka buku.")),
                *callouts(),
                paragraphs(),
                Section(
                    id="bab1-maksud",
                    level=2,
                    number="1.2",
                    title=words("Maksud dan tujuan"),
                    children=(
                        Section(
                            id="bab1-maksud-1",
                            level=3,
                            number="1.2.1",
                            title=words("Maksud"),
                            children=(
                                level_table(),
                                Section(
                                    id="bab1-maksud-1-1",
                                    level=4,
                                    number="1.2.1.1",
                                    title=words("Rincian"),
                                    children=other_tables(),
                                ),
                            ),
                        ),
                        Section(
                            id="bab1-tanpa-nomor",
                            level=3,
                            title=words("Catatan tanpa nomor"),
                            children=(
                                Paragraph(id="bab1-tn-p", content=words("Isi.")),
                                Paragraph(id="bab1-tn-s", role="source", content=words("Sumber: catatan.")),
                            ),
                        ),
                    ),
                ),
                Section(id="bab1-gambar", level=2, number="1.3", title=words("Gambar"), children=charts()),
            ),
        ),
        Chapter(
            id="bab2",
            number="II",
            title=words("Rencana & aksi"),
            children=(
                Paragraph(id="bab2-p", content=words("Awal bab dua.")),
                PageBreak(id="bab2-halaman"),
                Figure(
                    id="gambar-peta",
                    path=PHOTO,
                    alt="Peta wilayah Kota Contoh.",
                    caption=Caption("Gambar", words("Wilayah kota"), "2.1"),
                    source=words("Sumber: RTRW."),
                    width_mm=120.0,
                ),
                landscape(),
                Paragraph(id="bab2-akhir", content=words("Setelah halaman mendatar.")),
            ),
        ),
        Annex(
            id="lampiran-a",
            number="A",
            title=words("Daftar periksa"),
            children=(
                Paragraph(id="lampiran-a-p", content=words("Daftar isian yang menunggu.")),
                Table(
                    id="tabel-periksa",
                    columns=(Column(), Column()),
                    header=(row("Isian", "Pemasok"),),
                    body=(row("Pagu", "Bappeda"),),
                    caption=Caption("Tabel", words("Isian yang menunggu"), "A.1"),
                ),
            ),
        ),
        law_annex(),
    )


def sample_document(*, mark: str = "DATA CONTOH", emblem: str | None = EMBLEM) -> Document:
    """Return the sample book. `emblem=None` leaves the frame on the cover empty."""
    return Document(
        id="buku-contoh",
        file_name="Buku-Contoh",
        title="Masterplan Kota Cerdas – Kota Contoh",
        subject="Masterplan kota cerdas",
        author="Pemerintah Kota Contoh",
        keywords=("kota cerdas", "masterplan"),
        category="Perencanaan",
        date="2026-11-24",
        version="Draf 1",
        cover=Cover(
            title="Masterplan Kota Cerdas",
            subtitle="Buku 2 Masterplan",
            region="Kota Contoh",
            period="2026–2035",
            status="DRAF 1 · 24 November 2026",
            lines=("Kementerian Komunikasi dan Digital", "Pemerintah Kota Contoh"),
            emblem=emblem,
        ),
        palette=PALETTE,
        front=front(),
        body=body(),
        sources=(
            Source("bps-2025", "BPS Kota Contoh, Kota Contoh dalam Angka 2025", "https://contohkota.bps.go.id"),
            Source("rpjmd", "RPJMD Kota Contoh 2025–2029"),
        ),
        mark=mark,
        build_id="0123456789abcdef",
    )
