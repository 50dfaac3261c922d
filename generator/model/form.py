"""The form that a city fills in: its tables and columns, shared by the writer of the form and the reader.

A cell that takes input has an address (table, row id, column key). The address, never the position in the sheet, says
what a value means, so sheets may be renamed and rows sorted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Reads = Literal[
    "text", "link", "level", "number", "year", "whole", "money", "share", "date",
    "evidence", "status", "fact", "series", "place", "kind", "opd", "fund", "areas", "action",
]  # fmt: skip
"""How the words of a cell are read; 'fact' follows the kind of the fact, 'place' is a sub-dimension with its
dimension, 'fund' and 'areas' may name several."""
SEVERAL: frozenset[Reads] = frozenset({"fund", "areas"})
"""Choices of which a cell may hold several."""
TableId = Literal["cover", "answers", "identity", "missions", "documents", "facts", "opd", "programs", "overrides"]
Series = tuple[tuple[int, float], ...]
Value = str | int | float | bool | dt.date | Series | None
"""The value of a cell after reading; choices are ids ('verified'), None is an empty cell."""

VERSION = 1
"""Of the layout; a form of another version is still read by its keys."""
MARK = "masterplan-form"
"""First word of the hidden cell A1 of each sheet; its table follows after a colon."""
KEY_ROW_MARK = "id"
"""Key of the first column in the hidden row of keys."""
BASE_SHEET = "masterplan-asal"
LISTS_SHEET = "masterplan-daftar"
LIST_HEAD = "daftar"
"""Opens the head of each list on that sheet."""
BUDGETED: frozenset[TableId] = frozenset({"programs", "overrides"})
"""Tables with a column of money for each year."""
BUDGET = "budget:"
"""Opens the keys of budget columns ('budget:2026')."""


class Address(NamedTuple):
    """What a cell means."""

    table: TableId
    row: str
    column: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: key, Indonesian title, how it is read (None: it only informs), width in characters."""

    key: str
    title: str
    reads: Reads | None = None
    width: int = 14
    help: str = ""
    """Shown when the cell is chosen, in Indonesian."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of the form; `adds` says whether new rows may be added."""

    id: TableId
    columns: tuple[Column, ...]
    adds: bool = False

    def column(self, key: str) -> Column | None:
        """Return the column of this key; budget columns exist for every year."""
        if self.id in BUDGETED and key.startswith(BUDGET) and key[len(BUDGET) :].isdigit():
            return budget_column(int(key[len(BUDGET) :]))
        return next((column for column in self.columns if column.key == key), None)


def budget_column(year: int) -> Column:
    """Return the column that holds the budget of a calendar year, rupiah."""
    return Column(
        key=f"{BUDGET}{year}",
        title=f"Anggaran {year} (Rp)",
        reads="money",
        width=18,
        help="Rupiah penuh, misalnya 1.250.000.000. Kosongkan bila belum dianggarkan.",
    )


_SOURCE = "Nama dokumen atau instansi, dengan tahun. Tanpa sumber, angka tidak dapat dipakai."
_YEAR = "Tahun data, misalnya 2025."
_ID = Column(key="id", title="ID", width=12)
_SCHEDULE = (
    Column(
        key="start_year",
        title="Mulai pada tahun rencana ke-",
        reads="whole",
        width=12,
        help="1 untuk tahun pertama rencana.",
    ),
    Column(key="duration_years", title="Lama (tahun)", reads="whole", width=10),
    Column(key="funds", title="Sumber dana", reads="fund", width=20),
    Column(key="rpjmd", title="Program RPJMD", reads="text", width=28),
    Column(key="source", title="Sumber", reads="text", width=30, help=_SOURCE),
)
"""When and from what a programme is paid: the last columns of the city's own programmes and of changed ones."""

TABLES: Mapping[TableId, Table] = {
    "cover": Table(
        id="cover",
        columns=(_ID, Column(key="label", title="Isian", width=30), Column(key="value", title="Jawaban", width=46)),
    ),
    "answers": Table(
        id="answers",
        columns=(
            _ID,
            Column(key="area", title="Subdimensi", width=17),
            Column(key="name", title="Indikator", width=26),
            Column(key="definition", title="Definisi", width=38),
            *(Column(key=f"rubric-{level}", title=f"Level {level}", width=23) for level in range(5)),
            Column(key="level", title="Level dipilih", reads="level", width=11,
                   help="Pilih level tertinggi yang seluruh uraiannya sudah terpenuhi."),
            Column(key="value", title="Nilai", reads="number", width=12,
                   help="Angka dengan koma sebagai tanda desimal, misalnya 12,5. Tanpa satuan."),
            Column(key="unit", title="Satuan", width=13),
            Column(key="year", title="Tahun", reads="year", width=8, help=_YEAR),
            Column(key="source", title="Sumber", reads="text", width=26, help=_SOURCE),
            Column(key="evidence", title="Bukti", reads="evidence", width=14,
                   help="Terverifikasi: dokumen ada dan sudah diperiksa. Pernyataan: baru keterangan."),
            Column(key="link", title="Tautan bukti", reads="link", width=26,
                   help="Alamat web atau tempat penyimpanan dokumen."),
            Column(key="note", title="Catatan", reads="text", width=28),
            Column(key="by", title="Penilai", reads="text", width=16),
            Column(key="documents", title="Contoh bukti", width=34),
        ),
    ),
    "identity": Table(
        id="identity",
        columns=(
            _ID,
            Column(key="label", title="Keterangan", width=42),
            Column(key="value", title="Isian", width=60),
        ),
    ),
    "missions": Table(
        id="missions",
        adds=True,
        columns=(
            _ID,
            Column(key="text", title="Misi", reads="text", width=80, help="Bunyi misi menurut RPJMD."),
            Column(key="dimensions", title="Dimensi terkait", reads="areas", width=44,
                   help="Satu dimensi dari daftar, atau beberapa yang dipisahkan titik koma."),
            Column(key="source", title="Sumber", reads="text", width=44, help=_SOURCE),
        ),
    ),
    "documents": Table(
        id="documents",
        adds=True,
        columns=(
            _ID,
            Column(key="name", title="Nama dokumen", reads="text", width=44, help="Misalnya RTRW Kota … 2022–2042."),
            Column(key="regulation", title="Peraturan penetapan", reads="text", width=44,
                   help="Misalnya Peraturan Daerah … Nomor … Tahun …. Kosongkan bila belum ditetapkan."),
            Column(key="direction", title="Arahan bagi kota cerdas", reads="text", width=60,
                   help="Apa yang diminta dokumen itu dan berkaitan dengan kota cerdas."),
            Column(key="source", title="Sumber", reads="text", width=40, help=_SOURCE),
        ),
    ),
    "facts": Table(
        id="facts",
        columns=(
            _ID,
            Column(key="name", title="Data profil", width=44),
            Column(key="known", title="Sudah diketahui dari data publik", width=40),
            Column(key="value", title="Nilai", reads="fact", width=16,
                   help="Isi hanya bila ada angka yang lebih baru atau lebih tepat daripada data publik."),
            Column(key="unit", title="Satuan", width=20),
            Column(key="year", title="Tahun", reads="year", width=8, help=_YEAR),
            Column(key="source", title="Sumber", reads="text", width=40, help=_SOURCE),
            Column(key="series", title="Tahun sebelumnya", reads="series", width=30,
                   help="Tahun dan nilai, misalnya 2023: 7,94; 2024: 7,25."),
            Column(key="note", title="Catatan", reads="text", width=36),
            Column(key="supplied_by", title="Lazimnya dimiliki", width=30),
        ),
    ),
    "opd": Table(
        id="opd",
        columns=(
            _ID,
            Column(key="function", title="Urusan", width=46),
            Column(key="usual", title="Nama lazim", width=46),
            Column(key="name", title="Nama di daerah ini", reads="text", width=60,
                   help="Nama resmi menurut peraturan daerah. Kosongkan bila sama dengan nama lazim."),
        ),
    ),
    "programs": Table(
        id="programs",
        adds=True,
        columns=(
            _ID,
            Column(key="name", title="Nama program", reads="text", width=34),
            Column(key="place", title="Dimensi dan subdimensi", reads="place", width=34),
            Column(key="kind", title="Jenis", reads="kind", width=20),
            Column(key="lead", title="Penanggung jawab", reads="opd", width=34),
            Column(key="aim", title="Tujuan", reads="text", width=34),
            Column(key="description", title="Uraian", reads="text", width=44),
            *_SCHEDULE,
        ),
    ),
    "overrides": Table(
        id="overrides",
        columns=(
            _ID,
            Column(key="area", title="Dimensi", width=20),
            Column(key="name", title="Program katalog", width=44),
            Column(key="usual_lead", title="Lazimnya ditangani", width=34),
            Column(key="action", title="Keputusan", reads="action", width=16,
                   help="Kosongkan bila program dipakai menurut katalog. Ubah atau tolak selalu dengan alasan."),
            Column(key="reason", title="Alasan", reads="text", width=44),
            Column(key="lead", title="Penanggung jawab di daerah ini", reads="opd", width=34),
            *_SCHEDULE,
        ),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """A row of the tables 'cover' and 'identity': the path of its value in the file, its label and its reading."""

    path: tuple[str, ...]
    label: str
    reads: Reads
    help: str = ""

    @property
    def id(self) -> str:
        """Path with points ('leaders.head.name')."""
        return ".".join(self.path)


COVER: tuple[FormField, ...] = (
    FormField(path=("status",), label="Status penilaian", reads="status",
              help="Data contoh, konsep, atau sudah diverifikasi."),
    FormField(path=("date",), label="Tanggal penilaian", reads="date", help="Misalnya 16 Februari 2026."),
    FormField(path=("by",), label="Penilai atau tim penilai", reads="text"),
)  # fmt: skip
"""Fields of `assessment.yaml` beside the answers."""

IDENTITY: tuple[FormField, ...] = (
    FormField(path=("capital",), label="Ibu kota", reads="text"),
    FormField(path=("leaders", "head", "name"), label="Kepala daerah: nama", reads="text"),
    FormField(path=("leaders", "head", "since"), label="Kepala daerah: menjabat sejak", reads="text"),
    FormField(path=("leaders", "head", "source"), label="Kepala daerah: sumber", reads="text"),
    FormField(path=("leaders", "deputy", "name"), label="Wakil kepala daerah: nama", reads="text"),
    FormField(path=("leaders", "deputy", "since"), label="Wakil kepala daerah: menjabat sejak", reads="text"),
    FormField(path=("leaders", "deputy", "source"), label="Wakil kepala daerah: sumber", reads="text"),
    FormField(path=("leaders", "secretary", "name"), label="Sekretaris daerah: nama", reads="text"),
    FormField(path=("leaders", "secretary", "since"), label="Sekretaris daerah: menjabat sejak", reads="text"),
    FormField(path=("leaders", "secretary", "source"), label="Sekretaris daerah: sumber", reads="text"),
    FormField(path=("rpjmd", "start"), label="RPJMD: tahun awal", reads="year"),
    FormField(path=("rpjmd", "end"), label="RPJMD: tahun akhir", reads="year"),
    FormField(path=("rpjmd", "regulation"), label="RPJMD: peraturan daerah", reads="text"),
    FormField(path=("rpjmd", "source"), label="RPJMD: sumber", reads="text"),
    FormField(path=("vision", "text"), label="Visi daerah", reads="text"),
    FormField(path=("vision", "source"), label="Visi daerah: sumber", reads="text"),
    FormField(path=("budget", "apbd"), label="APBD: belanja daerah setahun (Rp)", reads="money",
              help="Rupiah penuh, misalnya 1.250.000.000.000."),
    FormField(path=("budget", "year"), label="APBD: tahun", reads="year"),
    FormField(path=("budget", "source"), label="APBD: sumber", reads="text"),
    FormField(path=("budget", "smart_city_share"), label="Bagian APBD yang disediakan bagi rencana ini (%)",
              reads="share", help="Misalnya 1,5 untuk 1,5 persen. Kosongkan bila belum ditetapkan."),
    FormField(path=("mentoring", "start"), label="Tanggal mulai pendampingan", reads="date"),
)  # fmt: skip
"""Single fields of `city.yaml`."""

NEEDS: Mapping[tuple[str, ...], tuple[str, ...]] = {
    ("leaders", "head"): ("name",),
    ("leaders", "deputy"): ("name",),
    ("leaders", "secretary"): ("name",),
    ("rpjmd",): ("start", "end"),
    ("vision",): ("text", "source"),
    ("budget",): ("apbd", "year", "source"),
}
"""Groups of `city.yaml`, and what each needs where it is there."""

ALWAYS = frozenset({"status", "date", "mentoring.start"})
"""Rows of 'cover' and 'identity' that are never empty."""

EVIDENCE: Mapping[str, str] = {"verified": "Terverifikasi", "statement": "Pernyataan", "none": "Tidak ada"}
STATUS: Mapping[str, str] = {"sample": "Data contoh", "draft": "Konsep", "verified": "Sudah diverifikasi"}
ACTIONS: Mapping[str, str] = {"override": "Ubah", "off": "Tidak dipakai"}
LEVELS = "level 0–4"
"""Unit of an indicator that is judged by its rubric."""
YES_NO: Mapping[bool, str] = {True: "Ya", False: "Tidak"}


def canonical(value: Value) -> str:
    """Return a value as the text by which two are compared; '' for an empty cell, the same for 3 and 3.0."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int() | float():
            return format(value, ".15g") if abs(value) < 1e15 else str(int(value))
        case dt.date():
            return value.isoformat()
        case str():
            return value
        case _:
            return ";".join(f"{year}={canonical(number)}" for year, number in sorted(value))


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One value that an import changes."""

    address: Address
    label: str
    """What it is, as a person would name it."""
    old: Value
    new: Value
    place: str
    """Where the new value stands: "form.xlsx 'Smart Living'!K12"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormCity:
    """Whose form it is, after its hidden cells; '' where they are gone."""

    code: str = ""
    slug: str = ""
    version: int | None = None
    base: Mapping[Address, str] | None = field(default=None)
    """What stood in the cells when the form was made, as canonical text; None where that is not known."""
