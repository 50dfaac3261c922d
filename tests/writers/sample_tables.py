"""The tables of the sample book: spans, levels, tones, every look, a landscape part."""

from __future__ import annotations

from generator.model.document import (
    Block,
    Caption,
    Cell,
    Citation,
    Column,
    Landscape,
    Missing,
    Paragraph,
    Row,
    Table,
    Text,
)
from tests.writers.sample_pieces import DIMENSIONS, TONES, cell, row, words


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
