"""Tables of the region's profile: identity, people, welfare beside province and nation, plans of the region."""

from __future__ import annotations

from collections.abc import Iterable

from generator.analysis.comparison import Comparison, compare
from generator.analysis.wording import lacked
from generator.compose.said import source_words
from generator.compose.tables.bench import RIGHT, Bench, cell, columns, data_table, figure_head, header, reasons, row
from generator.compose.tokens import Told, clean, told
from generator.compose.typography import number, quantity
from generator.compose.views.region import ComparedView
from generator.model.document import Table
from generator.model.instrument import FactKind

_CODES = 6
_FIFTH = 0.2
"""Share of the regions that counts as the best or the worst."""


def facts(bench: Bench, names: Iterable[str], name: str, title: str) -> Table | None:
    """Return a table of facts: name, value with unit, year, source; without those of which the region has none."""
    rows = []
    sources: list[str] = []
    lacking = lacked(bench.content, bench.dossier.facts)
    for key in names:
        kind = bench.content.facts.get(key)
        if kind is None or key in lacking:
            continue
        fact = bench.dossier.facts.get(key)
        value = bench.speaker.fact(key)
        year = str(fact.year) if fact and fact.year else "–"
        rows.append(row(cell(kind.name, header=True), cell(value, align=RIGHT), year))
        if fact:
            sources.append(source_words(clean(fact.source), fact.year))
    return data_table(
        f"tbl-{name}",
        header("Uraian", figure_head("Nilai"), "Tahun"),
        columns(3.4, (2.2, RIGHT), 0.8),
        rows,
        title,
        bench.cite(*dict.fromkeys(sources)) if sources else (),
        because=reasons(f"fact:{key}" for key in names),
    )


def identity(bench: Bench) -> Table | None:
    """Return the table of the region's identity."""
    names = ("area_km2", "kecamatan", "kelurahan", "desa", "population", "density")
    return facts(bench, names, "identitas", f"Wilayah dan pemerintahan {bench.dossier.city.full_name} dalam angka")


def population(bench: Bench) -> Table | None:
    """Return the table of the population."""
    names = ("population", "population_male", "population_female", "density", "households")
    return facts(bench, names, "penduduk", f"Penduduk {bench.dossier.city.full_name}")


def government(bench: Bench) -> Table | None:
    """Return the table of the region's government and money."""
    names = ("opd_count", "civil_servants", "service_apps", "fiscal_capacity", "apbd_realisation")
    return facts(bench, names, "pemerintahan", "Perangkat daerah, aparatur, aplikasi, dan kemampuan keuangan")


def compared(bench: Bench) -> tuple[tuple[FactKind, Comparison], ...]:
    """Return every public figure of the region's row of the table with its comparison, in the order of the content.

    Both sides come from the same table and year, also where the city itself states a newer figure.
    """
    region = bench.dossier.region
    if region is None:
        return ()
    found = []
    for kind in bench.content.facts.values():
        own = region.figures.get(kind.column) if kind.column else None
        if kind.column is None or kind.direction is None or own is None:
            continue
        comparison = compare(kind.column, own, region.province_code, kind.direction, bench.content.regions)
        if comparison is not None:
            found.append((kind, comparison))
    return tuple(found)


def welfare(bench: Bench) -> Table | None:
    """Return the region's public figures beside the medians of its province and of the nation, with its rank."""
    rows, sources = [], []
    for kind, comparison in compared(bench):
        sources.append(kind.column_source)
        province = number(comparison.province, kind.decimals) if comparison.province is not None else "–"
        label = f"{kind.name} ({kind.unit}, {kind.column_year})" if kind.unit else f"{kind.name} ({kind.column_year})"
        rows.append(
            row(
                cell(label, header=True),
                cell(number(comparison.own, kind.decimals), align=RIGHT),
                cell(province, align=RIGHT),
                cell(number(comparison.nation, kind.decimals), align=RIGHT),
                cell(f"{comparison.rank} dari {comparison.count}" if comparison.rank else "–", align=RIGHT),
                key=kind.id,
            )
        )
    return data_table(
        "tbl-pembandingan",
        header(
            "Ukuran (satuan, tahun)",
            *(
                cell(title, header=True, align=RIGHT)
                for title in (
                    bench.dossier.city.full_name,
                    f"Median {bench.dossier.city.province}",
                    "Median nasional",
                    "Peringkat nasional",
                )
            ),
        ),
        columns(3, (1.3, RIGHT), (1.4, RIGHT), (1.3, RIGHT), (1.4, RIGHT)),
        rows,
        f"{bench.dossier.city.full_name} dibandingkan dengan provinsi dan nasional",
        bench.cite(*dict.fromkeys(sources)) if sources else (),
        because=reasons(f"fact:{kind.id}" for kind, _ in compared(bench)),
    )


def stands(bench: Bench, name: str) -> ComparedView:
    """Return how a public figure stands against province and nation, in parts that sentences are made of."""
    for kind, comparison in compared(bench):
        if kind.id != name or comparison.rank is None:
            continue
        higher = kind.direction == "higher"
        fact = bench.dossier.facts.get(name)
        reason = f"fact:{name}"

        def said(value: float | None, kind: FactKind = kind, reason: str = reason) -> Told:
            return (
                told(quantity(value, kind.unit, kind.decimals), reason, raw=value) if value is not None else told("–")
            )

        def beats(other: float | None, own: float = comparison.own, higher: bool = higher) -> bool:
            return other is not None and (own > other if higher else own < other)

        return ComparedView(
            known=True,
            own=said(comparison.own),
            province=said(comparison.province),
            nation=said(comparison.nation),
            year=str(kind.column_year),
            rank=told(number(comparison.rank), reason, raw=comparison.rank),
            count=told(number(comparison.count), raw=comparison.count),
            better=beats(comparison.nation),
            better_here=beats(comparison.province),
            top=comparison.rank <= _FIFTH * comparison.count,
            bottom=comparison.rank > (1 - _FIFTH) * comparison.count,
            newer=bool(fact and fact.year and kind.column_year and fact.year > kind.column_year),
        )
    none = told("–")
    return ComparedView(False, none, none, none, "", none, none, False, False, False, False, False)


def plans(bench: Bench) -> Table | None:
    """Return the planning documents of nation and region with what they ask for, and the dimensions that answer."""
    rows = [
        row(cell(document.name, header=True), document.regulation, document.direction)
        for document in bench.region.city().documents
    ]
    return data_table(
        "tbl-dokumen-rencana",
        header("Dokumen", "Dasar hukum", "Arah yang terkait dengan rencana ini"),
        columns(1.6, 2, 3.6),
        rows,
        f"Dokumen perencanaan yang mengikat {bench.dossier.city.full_name}",
        (),
    )


def _codes(codes: list[str]) -> str:
    """Return how many programmes there are and the first of them; the matrix has them all."""
    if not codes:
        return "–"
    shown = ", ".join(codes[:_CODES])
    return f"{len(codes)} program: {shown}, dan lainnya" if len(codes) > _CODES else shown


def missions(bench: Bench) -> Table | None:
    """Return the missions of the region beside the dimensions and programmes that carry them."""
    rows = [
        row(
            cell(mission.text, header=True),
            ", ".join(mission.dimensions) if mission.dimensions else "–",
            _codes([view.code for view in mission.programs]),
        )
        for mission in bench.region.city().missions
    ]
    return data_table(
        "tbl-misi",
        header("Misi daerah", "Dimensi", "Program dalam rencana ini"),
        columns(3, 2, 2),
        rows,
        "Keterkaitan misi daerah dengan dimensi dan program",
        bench.planning_source(),
        because=reasons(f"mission:{mission.id}" for mission in bench.region.city().missions),
    )


def open_facts(bench: Bench) -> Table | None:
    """Return the profile facts that nobody has filled in yet."""
    rows = []
    for key, kind in bench.content.facts.items():
        if key not in bench.dossier.facts:
            rows.append(row(cell(kind.name, header=True), bench.speaker.fact(key), kind.publisher or "–"))
    return data_table(
        "tbl-fakta-kosong",
        header("Data profil", "Yang perlu diisi", "Penerbit"),
        columns(2.4, 3, 1.6),
        rows,
        "Data profil yang belum tersedia",
        (),
    )
