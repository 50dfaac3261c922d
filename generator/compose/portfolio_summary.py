"""What the portfolio's report says before its long tables: sums, cities amiss, stages, highest and lowest scores."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date

from generator.compose.portfolio_words import mark, next_step, stage_words
from generator.compose.tables.bench import RIGHT, cell, columns, data_table, header, row
from generator.compose.typography import long_date, number, percent, rupiah
from generator.model.document import Block, Cell, Paragraph, Text
from generator.model.portfolio import Absent, CityRow, Portfolio
from generator.model.scorecard import OVERALL

MOST_AMISS = 100
"""Most cities without a draft of the last batch that the report names; page and workbook name all."""
ENDS = 5
"""Cities with the highest and with the lowest score that are named before the table of all."""


def summary(portfolio: Portfolio) -> tuple[Block | None, ...]:
    """Return what the drafts add up to, in sentences and a table."""
    rows = portfolio.rows
    scores = [score for one in rows if (score := one.scores.get(OVERALL)) is not None]
    asked = len(rows) + len(portfolio.missing)
    held = (
        f"{number(len(rows))} daerah" if not portfolio.missing else f"{number(len(rows))} dari {number(asked)} daerah"
    )
    found: list[Block | None] = [
        paragraph(
            "banyak",
            f"Portofolio ini memuat draf {held}. Anggaran lima tahun seluruhnya "
            f"{rupiah(portfolio.budget)}; program yang belum terdanai bernilai {rupiah(portfolio.unfunded)}.",
        )
    ]
    if scores:
        found.append(
            paragraph(
                "skor",
                f"Skor keseluruhan rata-rata {number(sum(scores) / len(scores), 2)} dari 4, terendah "
                f"{number(min(scores), 2)} dan tertinggi {number(max(scores), 2)}.",
            )
        )
    if rows:
        filled = sum(one.complete for one in rows) / len(rows)
        holes = sum(one.open_items for one in rows)
        found.append(
            paragraph(
                "kelengkapan",
                f"Penilaian rata-rata terisi {percent(100 * filled, 0)}; "
                f"draf masih memuat {number(holes)} isian terbuka.",
            )
        )
    if len(rows) > 1 and not portfolio.alike:
        found.append(paragraph("tidak-mirip", "Tidak ada dua daerah yang naskahnya terlalu mirip."))
    found.append(_totals(portfolio))
    return tuple(found)


def _totals(portfolio: Portfolio) -> Block | None:
    """Return what the drafts add up to, with the least and the most that a single one has."""
    titles = ("Seluruh daerah", "Rata-rata", "Terkecil", "Terbesar")
    measures: tuple[tuple[str, Sequence[int], Callable[[float], str]], ...] = (
        ("Kesenjangan", [len(one.gaps) for one in portfolio.rows], number),
        ("Program terjadwal", [len(one.programs) + one.own_programs for one in portfolio.rows], number),
        ("Quick win", [one.quick_wins for one in portfolio.rows], number),
        ("Anggaran lima tahun", [one.budget for one in portfolio.rows], rupiah),
        ("Belum terdanai", [one.unfunded for one in portfolio.rows], rupiah),
        ("Isian terbuka", [one.open_items for one in portfolio.rows], number),
    )
    rows = [
        row(
            cell(name, header=True),
            *(
                cell(shown(value), align=RIGHT)
                for value in (sum(values), round(sum(values) / len(values)), min(values), max(values))
            ),
        )
        for name, values, shown in measures
        if values
    ]
    head = header("Ukuran", *(cell(title, header=True, align=RIGHT) for title in titles))
    return data_table(
        "tbl-jumlah", head, columns(2.2, *((1.6, RIGHT) for _ in titles)), rows, "Isi draf seluruh daerah"
    )


def amiss(portfolio: Portfolio) -> tuple[Block | None, ...]:
    """Return which cities have no draft or an older one, nothing where all are as they should be."""
    cities: tuple[Absent | CityRow, ...] = (*portfolio.missing, *portfolio.stale)
    rows = [
        row(
            cell(one.title if isinstance(one, Absent) else one.name, header=True),
            cell(mark(one)),
            cell("–" if isinstance(one, Absent) else long_date(date.fromisoformat(one.day))),
        )
        for one in cities[:MOST_AMISS]
    ]
    if not rows:
        return ()
    text = ""
    if portfolio.missing:
        text += (
            f"{number(len(portfolio.missing))} daerah belum mempunyai draf dan tidak terhitung dalam portofolio ini. "
        )
    if portfolio.stale:
        text += f"{number(len(portfolio.stale))} daerah terhitung dengan draf terakhir yang ada, bukan draf dari batch "
        text += "terakhir. "
    if len(rows) < len(cities):
        text += f"Tabel memuat {number(len(rows))} daerah pertama; halaman portofolio memuat semuanya."
    head = header("Daerah", "Keterangan", "Tanggal draf")
    table = data_table("tbl-keadaan", head, columns(2.4, 3.6, 1.4), rows, "Daerah tanpa draf dari batch terakhir")
    return paragraph("tanpa-draf", text.strip()), table


def stages(cities: Sequence[CityRow], day: date) -> Block | None:
    """Return how many cities stand where in the mentoring, and what comes next for them, soonest first."""
    counts = Counter((next_step(one.calendar, day), stage_words(one.calendar, day)) for one in cities)
    ordered = sorted(counts.items(), key=lambda item: (item[0][0] is None, item[0][0] or ("", ""), item[0][1]))
    rows = [
        row(
            cell(stage),
            cell(coming[1] if coming is not None else "–"),
            cell(long_date(date.fromisoformat(coming[0])) if coming is not None else "–"),
            cell(number(count), align=RIGHT),
        )
        for (coming, stage), count in ordered
    ]
    head = header("Tahap", "Langkah berikutnya", "Mulai", cell("Daerah", header=True, align=RIGHT))
    title = f"Tahap pendampingan per {long_date(day)}"
    return data_table("tbl-tahap", head, columns(2.6, 2.6, 1.4, (0.8, RIGHT)), rows, title)


def ends(cities: Sequence[CityRow]) -> Block | None:
    """Return the cities with the highest and the lowest scores, nothing where there are too few to tell apart."""
    known = sorted(
        (one for one in cities if one.scores.get(OVERALL) is not None),
        key=lambda one: (-(one.scores[OVERALL] or 0), one.slug),
    )
    if len(known) <= 2 * ENDS:
        return None
    rows = [
        row(cell(high.name), score_cell(high.scores[OVERALL]), cell(low.name), score_cell(low.scores[OVERALL]))
        for high, low in zip(known[:ENDS], reversed(known[-ENDS:]), strict=True)
    ]
    head = header(
        "Skor tertinggi",
        cell("Skor", header=True, align=RIGHT),
        "Skor terendah",
        cell("Skor", header=True, align=RIGHT),
    )
    return data_table("tbl-ujung", head, columns(3, (0.8, RIGHT), 3, (0.8, RIGHT)), rows, "Skor tertinggi dan terendah")


def paragraph(id: str, text: str) -> Paragraph:
    """Return text as a paragraph."""
    return Paragraph(id=id, content=(Text(text),))


def score_cell(value: float | None) -> Cell:
    """Return a score with two decimals, a dash where there is none."""
    return cell("–" if value is None else number(value, 2, fixed=True), align=RIGHT)
