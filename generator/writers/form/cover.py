"""The first sheet of the form: whose it is, how it is filled in, and how far it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.writers.form.page import A4, Pages, Progress, bar, bar_formula, write_table
from generator.writers.form.sheets import FormSheet

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

KEYS = 5
"""Row of the hidden keys, from 0."""
PROGRESS_COLUMN, BAR_COLUMN = 3, 4
INSTRUCTIONS = (
    "Isi hanya sel berwarna kuning. Sel lain terkunci tanpa kata sandi agar rumus dan kode baris tidak rusak.",
    "Isi setiap lembar bersama perangkat daerah yang memegang datanya. Kosongkan yang belum diketahui; jangan "
    "menaksir.",
    "Indikator penilaian dan survei: bacalah uraian level 0 sampai 4 pada baris yang sama, lalu pilih level "
    "tertinggi yang seluruh uraiannya sudah terpenuhi.",
    "Indikator terukur: tulis nilainya dalam satuan yang tertera. Levelnya dihitung dari nilai itu.",
    "Tulis angka dengan koma sebagai tanda desimal (12,5) dan titik untuk ribuan (1.250.000). Rupiah ditulis penuh.",
    "Setiap nilai memerlukan tahun dan sumber. Sel sumber yang berwarna jingga masih ditunggu.",
    "Bukti: Terverifikasi bila dokumennya ada dan sudah diperiksa; Pernyataan bila baru keterangan; Tidak ada bila "
    "belum dapat dibuktikan. Tautan bukti boleh berupa alamat web atau tempat penyimpanan arsip.",
    "Data profil yang sudah diketahui dari data publik ditampilkan beserta sumbernya; isi hanya bila ada angka yang "
    "lebih baru.",
    "Lembar misi, dokumen, dan program berjalan dapat ditambah barisnya. Lembar Program Katalog diisi hanya bila suatu "
    "program diubah atau tidak dipakai, selalu dengan alasannya.",
    "Baris boleh diurutkan dan disaring. Jangan menggabungkan sel dan jangan menyalin lembar.",
    "Kosongkan sel untuk mencabut isian lama. Baris yang dihapus tidak mengubah apa pun.",
    "Simpan sebagai .xlsx atau .ods, lalu kirim kembali. Yang tidak dapat dibaca akan dilaporkan menurut lembar dan "
    "selnya.",
)
"""How the form is filled in, in the order in which it is done."""


def write_cover(pages: Pages, page: Worksheet, sheet: FormSheet, progress: list[Progress]) -> None:
    """Write the cover; `progress` are the sheets whose progress is summed."""
    form = pages.form
    city, framework = form.dossier.city, form.content.framework
    title = pages.style(bold=True, font_size=20, font_color=pages.accent, text_wrap=False)
    plain = pages.style(font_size=11, text_wrap=False)
    page.write_string(1, 1, sheet.title, title)
    page.set_row(1, 30)
    page.write_string(2, 1, framework.programme, plain)
    page.write_string(3, 1, f"Provinsi {city.province}; kode wilayah {city.code}", plain)
    page.set_column(PROGRESS_COLUMN, PROGRESS_COLUMN, 14)
    page.set_column(BAR_COLUMN, BAR_COLUMN, 34)
    write_table(pages, page, sheet, KEYS)
    row = KEYS + 2 + len(sheet.rows) + 1
    row = _write_progress(pages, page, progress, row) + 1
    _write_instructions(pages, page, row)
    page.set_portrait()
    page.set_paper(A4)
    page.fit_to_pages(1, 1)
    page.hide_gridlines(2)
    page.set_footer("&L&8&A&R&8Halaman &P dari &N")


def _heading(pages: Pages, page: Worksheet, row: int, text: str) -> None:
    page.write_string(row, 1, text, pages.style(bold=True, font_size=13, font_color=pages.accent, text_wrap=False))
    page.set_row(row, 22)


def _write_progress(pages: Pages, page: Worksheet, progress: list[Progress], row: int) -> int:
    """Write a line a sheet and the sum of the assessment; return the row behind."""
    _heading(pages, page, row, "Kemajuan pengisian")
    first = row + 1
    link = pages.style(font_color="#0B4F6C", underline=1, text_wrap=False)
    count = pages.style(text_wrap=False)
    areas = []
    for row_, item in enumerate(progress, first):
        page.write_url(row_, 1, f"internal:{item.quoted}!B2", link, item.sheet)
        text = f'={item.quoted}!B4&" dari "&{item.quoted}!A4'
        page.write_formula(row_, PROGRESS_COLUMN, text, count, f"{item.done} dari {item.total}")
        formula = bar_formula(f"{item.quoted}!B4", f"{item.quoted}!A4")
        page.write_formula(
            row_, BAR_COLUMN, formula, pages.style(font_color=pages.accent, text_wrap=False), bar(item.done, item.total)
        )
        if item.area:
            areas.append(item)
    last = first + len(progress)
    done, total = (sum(counts) for counts in ([item.done for item in areas], [item.total for item in areas]))
    strong = pages.style(bold=True, top=1, text_wrap=False)
    page.write_string(last, 1, "Seluruh penilaian", strong)
    page.write_blank(last, 2, None, strong)
    sums = ["+".join(f"{item.quoted}!{cell}" for item in areas) or "0" for cell in ("B4", "A4")]
    page.write_formula(last, PROGRESS_COLUMN, f'=({sums[0]})&" dari "&({sums[1]})', strong, f"{done} dari {total}")
    page.write_formula(last, BAR_COLUMN, bar_formula(f"({sums[0]})", f"({sums[1]})"), strong, bar(done, total))
    return last + 1


def _write_instructions(pages: Pages, page: Worksheet, row: int) -> None:
    _heading(pages, page, row, "Cara mengisi")
    style = pages.style(font_size=11)
    for number, text in enumerate(INSTRUCTIONS, 1):
        page.merge_range(row + number, 1, row + number, BAR_COLUMN, f"{number}. {text}", style)
        page.set_row(row + number, 16 if len(text) < 130 else 31)
