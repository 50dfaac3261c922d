"""The running text of the sample book: every run, every list, every box, a draft of law."""

from __future__ import annotations

from generator.model.document import (
    Annex,
    Block,
    Callout,
    Citation,
    Column,
    Emphasis,
    Link,
    ListBlock,
    ListItem,
    Missing,
    Origin,
    Paragraph,
    Placeholder,
    Reference,
    Section,
    Strong,
    Table,
    Text,
)
from tests.writers.sample_pieces import NARROW_SPACE, row, words


def paragraphs() -> Section:
    """Return a section with every run and every list."""
    return Section(
        id="bab1-latar",
        level=2,
        number="1.1",
        title=(Text("Latar belakang "), Emphasis((Text("smart city"),))),
        children=(
            Paragraph(
                id="bab1-latar-p1",
                origin=Origin("templates/bab1.md.j2", 12),
                because=("fact:population",),
                content=(
                    Text("Kota Contoh berpenduduk 1.234.567 jiwa "),
                    Citation("bps-2025", "[1]"),
                    Text(f" dengan luas 265,1{NARROW_SPACE}km² dan pertumbuhan 12,5{NARROW_SPACE}%. Lihat "),
                    Reference("tabel-level", "Tabel 1.1"),
                    Text(", "),
                    Reference("gambar-radar", "Gambar 1.1"),
                    Text(", "),
                    Reference("bab2", "BAB II"),
                    Text(", subbab "),
                    Reference("bab1-maksud", "1.2"),
                    Text(" dan "),
                    Reference("lampiran-a", "Lampiran A"),
                    Text(". "),
                    Strong((Text("Kata tebal "), Emphasis((Text("dan miring"),)))),
                    Text(", serta tautan "),
                    Link("https://www.bps.go.id/?a=1&b=2", (Text("BPS "), Strong((Text("Pusat"),)))),
                    Text(". Anggaran "),
                    Missing("pagu indikatif 2026", "Bappeda", "programs.yaml: budget.2026"),
                    Text(" dan "),
                    Missing("nama kepala dinas"),
                    Text(". Tanda baca “kutip” – & < > \" ' tetap apa adanya."),
                ),
            ),
            Paragraph(id="bab1-latar-p2", content=words("Paragraf kedua yang panjang tentang kota. " * 12)),
            ListBlock(
                id="daftar-butir",
                ordered=False,
                items=(
                    ListItem(
                        id="daftar-butir-1",
                        content=words("Butir pertama"),
                        children=(
                            ListBlock(
                                id="daftar-butir-1-anak",
                                ordered=True,
                                style="lower-alpha",
                                items=(
                                    ListItem(id="daftar-butir-1-a", content=words("anak huruf a")),
                                    ListItem(id="daftar-butir-1-b", content=words("anak huruf b")),
                                ),
                            ),
                            Paragraph(id="daftar-butir-1-p", content=words("Paragraf lanjutan butir pertama.")),
                        ),
                    ),
                    ListItem(id="daftar-butir-2", content=(Strong((Text("Butir kedua"),)), Text(" dengan tebal"))),
                ),
            ),
            ListBlock(
                id="daftar-angka",
                ordered=True,
                items=(
                    ListItem(id="daftar-angka-1", content=words("langkah satu")),
                    ListItem(id="daftar-angka-2", content=words("langkah dua")),
                ),
            ),
            Paragraph(id="bab1-latar-p3", content=words("Daftar berikut mulai lagi, dari angka lima.")),
            ListBlock(
                id="daftar-angka-lagi",
                ordered=True,
                start=5,
                items=(ListItem(id="daftar-angka-lagi-1", content=words("langkah lima")),),
            ),
        ),
    )


def callouts() -> tuple[Block, ...]:
    """Return the three kinds of boxes, one with a list, and a passage that waits for the city."""
    return (
        Callout(
            id="kotak-temuan",
            kind="temuan",
            title="Pokok bab ini",
            children=(
                Paragraph(id="kotak-temuan-p", content=words("Tiga temuan utama:")),
                ListBlock(
                    id="kotak-temuan-l",
                    ordered=False,
                    items=(
                        ListItem(id="kotak-temuan-l1", content=words("temuan satu")),
                        ListItem(id="kotak-temuan-l2", content=words("temuan dua")),
                    ),
                ),
            ),
        ),
        Callout(
            id="kotak-keputusan",
            kind="keputusan",
            title="Keputusan yang diminta",
            children=(Paragraph(id="kotak-keputusan-p", content=words("Menetapkan tim pelaksana.")),),
        ),
        Callout(
            id="kotak-catatan",
            kind="catatan",
            title="Catatan",
            children=(Paragraph(id="kotak-catatan-p", content=words("Data sementara.")),),
        ),
        Placeholder(id="isian", what="uraian sejarah kota", who="Bappeda", where="text/sejarah.md"),
    )


def law_annex() -> Annex:
    """Return an annex in the form of a draft regulation."""
    return Annex(
        id="lampiran-b",
        number="B",
        look="law",
        title=words("Rancangan Peraturan Wali Kota"),
        children=(
            Paragraph(id="hukum-judul", role="law-center", content=words("PERATURAN WALI KOTA CONTOH")),
            Paragraph(id="hukum-nomor", role="law-center", content=(Text("NOMOR "), Missing("nomor", "Bagian Hukum"))),
            Paragraph(id="hukum-menimbang", role="law", content=words("Menimbang bahwa kota perlu masterplan.")),
            ListBlock(
                id="hukum-huruf",
                ordered=True,
                style="lower-alpha",
                items=(
                    ListItem(id="hukum-huruf-a", content=words("bahwa pelayanan publik perlu dipercepat;")),
                    ListItem(id="hukum-huruf-b", content=words("bahwa data perlu dipadukan.")),
                ),
            ),
            Paragraph(id="hukum-pasal", role="law-center", content=words("Pasal 1")),
            Table(
                id="hukum-tabel",
                columns=(Column(), Column()),
                header=(),
                body=(row("Mengingat", ": UU 23/2014"),),
                look="plain",
            ),
            Paragraph(id="hukum-ttd", role="signature", content=words("WALI KOTA CONTOH,")),
        ),
    )
