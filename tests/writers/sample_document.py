"""A synthetic book that holds every kind of block and run, for the tests of all writers.

`sample_document()` builds the tree, `lay_workspace(folder)` writes the pictures that it names. Numbers and labels are
filled in, as composition leaves them. `test_sample_is_complete` keeps the promise that no kind is left out.
"""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

from generator.model.document import (
    Annex,
    Block,
    Callout,
    Caption,
    Cell,
    Chapter,
    Chart,
    Citation,
    Column,
    Contents,
    Cover,
    Document,
    Emphasis,
    Figure,
    Inline,
    Landscape,
    Link,
    ListBlock,
    ListItem,
    Missing,
    Origin,
    PageBreak,
    Palette,
    Paragraph,
    Placeholder,
    Reference,
    Row,
    Section,
    Series,
    Source,
    Strong,
    Table,
    Text,
)

EMBLEM = "cities/kota-contoh/lambang.png"
PHOTO = "cities/kota-contoh/peta.png"
NARROW_SPACE = "\N{NARROW NO-BREAK SPACE}"
NO_BREAK = "\N{NO-BREAK SPACE}"

PALETTE = Palette(
    tones=(
        ("ink", "1B2433"),
        ("accent", "0B4F6C"),
        ("grey", "5B6470"),
        ("muted", "5B6470"),
        ("governance", "1F5AA6"),
        ("branding", "B1305E"),
        ("economy", "8F5A00"),
        ("living", "00707A"),
        ("society", "6A45A8"),
        ("environment", "2E7031"),
    ),
    levels=("F7D9D4", "FBE9C6", "E8EDF0", "CDE5E3", "8FC6C2"),
)

DIMENSIONS = ("Tata kelola", "Pencitraan", "Ekonomi", "Kehidupan", "Masyarakat", "Lingkungan")
TONES = ("governance", "branding", "economy", "living", "society", "environment")


def words(text: str) -> tuple[Inline, ...]:
    """Return plain runs of a text."""
    return (Text(text),)


def cell(
    text: str,
    *,
    level: int | None = None,
    tone: str | None = None,
    colspan: int = 1,
    rowspan: int = 1,
    header: bool = False,
) -> Cell:
    """Return a cell of one plain paragraph."""
    return Cell((words(text),), level=level, tone=tone, colspan=colspan, rowspan=rowspan, header=header)


def row(*texts: str, total: bool = False) -> Row:
    """Return a row of plain cells."""
    return Row(tuple(cell(text) for text in texts), total=total)


def png(width: int = 96, height: int = 96, colour: tuple[int, int, int] = (11, 79, 108)) -> bytes:
    """Return the bytes of a one-coloured RGB PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    line = b"\x00" + bytes(colour) * width
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(line * height)) + chunk(b"IEND", b"")
    )


def lay_workspace(folder: Path) -> Path:
    """Write the pictures of the sample below `folder` and return it."""
    (folder / EMBLEM).parent.mkdir(parents=True, exist_ok=True)
    (folder / EMBLEM).write_bytes(png())
    (folder / PHOTO).write_bytes(png(320, 180, (205, 229, 227)))
    return folder


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


def level_table() -> Table:
    """Return a table with spans, levels, tones and a total."""
    return Table(
        id="tabel-level",
        columns=(Column(weight=2.0), Column("right"), Column("right"), Column("center"), Column(weight=2.0)),
        header=(
            Row(
                (
                    Cell((words("Dimensi"),), rowspan=2),
                    Cell((words("Tahun"),), colspan=2, align="center"),
                    Cell((words("Level"),), rowspan=2),
                    Cell((words("Catatan"),), rowspan=2),
                )
            ),
            row("2025", "2026"),
        ),
        body=(
            *(
                Row(
                    (
                        cell(name, tone=tone, header=True),
                        cell("1.234,5"),
                        cell("12,0"),
                        cell(str(index % 5), level=index % 5),
                        Cell((words("Catatan pertama"), (Text("catatan kedua "), Missing("bukti", "Kominfo")))),
                    ),
                    key=f"row-{tone}",
                )
                for index, (name, tone) in enumerate(zip(DIMENSIONS, TONES, strict=True))
            ),
            Row((cell("Gabungan", rowspan=2, header=True), cell("1,0"), cell("2,0"), cell("–"), cell("baris satu"))),
            Row((cell("3,0", colspan=2), cell("–", tone="muted"), cell("baris dua"))),
            row("Jumlah", "7.407,0", "72,0", "", "", total=True),
        ),
        caption=Caption("Tabel", words("Tata kelola tertinggal dari median peserta"), "1.1"),
        source=(Text("Sumber: penilaian mandiri "), Citation("bps-2025", "[1]")),
    )


def other_tables() -> tuple[Block, ...]:
    """Return one table of each other look; the form and the plain one without caption."""
    long_rows = tuple(row(f"Program {index}", f"{index}.000.000", "Dinas") for index in range(1, 61))
    return (
        Table(
            id="tabel-panjang",
            columns=(Column(weight=3.0), Column("right"), Column()),
            header=(row("Program", "Biaya (Rp)", "Pelaksana"),),
            body=long_rows,
            caption=Caption("Tabel", words("Enam puluh program melewati batas halaman"), "1.2"),
        ),
        Table(
            id="lembar-program",
            columns=(Column(weight=1.0), Column(weight=3.0)),
            header=(),
            body=(
                Row((cell("Kode", header=True), cell("prg-001"))),
                Row((cell("Nama", header=True), cell("Portal layanan terpadu"))),
                Row((cell("Biaya", header=True), Cell(((Missing("pagu", "Bappeda", "programs.yaml"),),)))),
            ),
            caption=Caption("Tabel", words("Lembar program portal layanan"), "1.3"),
            look="sheet",
        ),
        Table(
            id="formulir",
            columns=(Column(weight=0.3), Column(weight=2.0), Column(weight=2.0)),
            header=(row("No", "Nama", "Tanda tangan"),),
            body=(row("1", "", ""), row("2", "", "")),
            look="form",
        ),
        Table(
            id="polos",
            columns=(Column(), Column()),
            header=(),
            body=(row("Tempat", ": Kota Contoh"), row("Tanggal", ": 24 November 2026")),
            look="plain",
        ),
    )


def charts() -> tuple[Chart, ...]:
    """Return one chart of every kind; values that are not known included."""
    years = ("2026", "2027", "2028")
    levels: tuple[float | None, ...] = (2.0, 1.5, 3.0, None, 2.5, 4.0)
    stacked = tuple(
        Series(name, (10.0 + index, 20.0, None if index == 3 else 5.0), tone)
        for index, (name, tone) in enumerate(zip(DIMENSIONS, TONES, strict=True))
    )
    heat = tuple(
        Series(name, (float(index % 5), 2.0, None), tone)
        for index, (name, tone) in enumerate(zip(DIMENSIONS, TONES, strict=True))
    )

    def caption(number: str, text: str) -> Caption:
        return Caption("Gambar", words(text), number)

    return (
        Chart(
            id="gambar-radar",
            kind="radar",
            categories=DIMENSIONS,
            series=(Series("Kota", levels), Series("Median peserta", (2.0,) * 6, "grey")),
            alt="Diagram radar enam dimensi: lingkungan tertinggi, pencitraan terendah.",
            maximum=4.0,
            caption=caption("1.1", "Pencitraan paling rendah dari enam dimensi"),
            source=words("Sumber: penilaian mandiri."),
        ),
        Chart(
            id="gambar-batang",
            kind="bars",
            categories=DIMENSIONS,
            series=(Series("Level", levels),),
            alt="Diagram batang level per dimensi.",
            unit="level",
            maximum=4.0,
            highlight="Ekonomi",
            caption=caption("1.2", "Ekonomi di atas rata-rata"),
        ),
        Chart(
            id="gambar-kolom",
            kind="columns",
            categories=years,
            series=(Series("Pagu", (1.5, 2.5, None)), Series("Realisasi", (1.0, None, None), "economy")),
            alt="Diagram kolom pagu dan realisasi.",
            unit="Rp miliar",
            caption=caption("1.3", "Pagu naik setiap tahun"),
        ),
        Chart(
            id="gambar-tumpuk",
            kind="stacked",
            categories=years,
            series=stacked,
            alt="Diagram kolom bertumpuk anggaran per dimensi dan tahun.",
            unit="Rp miliar",
            caption=caption("1.4", "Anggaran terbesar pada 2027"),
        ),
        Chart(
            id="gambar-garis",
            kind="lines",
            categories=years,
            series=(Series("Target", (1.0, 2.0, 3.0)), Series("Capaian", (1.0, None, None), "society")),
            alt="Diagram garis target dan capaian.",
            unit="level",
            caption=caption("1.5", "Target naik satu level setahun"),
        ),
        Chart(
            id="gambar-kuadran",
            kind="scatter",
            categories=("Portal", "CCTV", "Kelas digital"),
            series=(Series("Kemudahan", (3.0, 1.0, None)), Series("Dampak", (4.0, 2.0, 3.5))),
            alt="Diagram kuadran prioritas: portal layanan paling mudah dan paling berdampak.",
            maximum=5.0,
            highlight="Portal",
            caption=caption("1.6", "Portal layanan mudah dan berdampak"),
        ),
        Chart(
            id="gambar-strip",
            kind="strip",
            categories=("Kota Contoh", "Kota B", "Kota C", "Kota D"),
            series=(Series("Indeks", (2.4, 1.9, 3.1, None)),),
            alt="Diagram posisi kota di antara peserta.",
            maximum=4.0,
            highlight="Kota Contoh",
            caption=caption("1.7", "Kota Contoh di atas median"),
        ),
        Chart(
            id="gambar-peta-panas",
            kind="heatmap",
            categories=("Sub A", "Sub B", "Sub C"),
            series=heat,
            alt="Peta panas level per dimensi dan subdimensi.",
            maximum=4.0,
            caption=caption("1.8", "Sebaran level subdimensi"),
            source=words("Sumber: penilaian mandiri."),
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


def landscape() -> Landscape:
    """Return a landscape part with a wide matrix whose cells are shaded (a Gantt table)."""
    months = tuple(str(month) for month in range(1, 13))
    gantt = tuple(
        Row(
            (
                cell(name, header=True),
                *(
                    Cell((words("■" if index <= month % 7 else ""),), tone=tone if index <= month % 7 else None)
                    for month in range(12)
                ),
            )
        )
        for index, (name, tone) in enumerate(zip(DIMENSIONS, TONES, strict=True))
    )
    return Landscape(
        id="lanskap",
        children=(
            Paragraph(id="lanskap-p", content=words("Matriks lebar pada halaman mendatar.")),
            Table(
                id="tabel-gantt",
                columns=(Column(weight=4.0), *(Column("center") for _ in months)),
                header=(row("Kegiatan", *months),),
                body=gantt,
                caption=Caption("Bagan", words("Jadwal kegiatan dua belas bulan"), "2.1"),
                look="matrix",
            ),
        ),
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
