"""The charts of the sample book: one of every kind."""

from __future__ import annotations

from generator.model.document import Caption, Chart, Series
from tests.writers.sample_pieces import DIMENSIONS, TONES, words


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
