"""What the shipped templates say of cities: with almost no answers, with a small budget, and with most of it known."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from generator.build import Draft, prepare_with
from generator.compose.book import bench_of
from generator.compose.context import Contract
from generator.compose.environment import TemplateEnvironment, render
from generator.compose.markdown.blocks import BlockReader
from generator.compose.tables.bench import Bench
from generator.compose.tokens import TemplateFaultError
from generator.compose.viewing.kpis import kpi_view, target_words
from generator.model.content import Content
from generator.model.plan import KpiTarget, PlannedKpi
from generator.model.walks import walk
from generator.sources.content import load_content
from tests.compose.small import ROOT, words

OPEN, POOR, FULL = "kabupaten-yahukimo", "kabupaten-aceh-tengah", "kota-medan"
CITIES = (OPEN, POOR, FULL)
TEMPLATES = ROOT / "templates"


@pytest.fixture(scope="module")
def content() -> Content:
    found, diagnostics = load_content(ROOT)
    assert found is not None, [str(item) for item in diagnostics][:5]
    return found


@pytest.fixture(scope="module")
def drafts(content: Content) -> dict[str, Draft]:
    if not all((ROOT / "cities" / slug).is_dir() for slug in CITIES):
        pytest.skip("the workspace has not all of these cities")
    found = {slug: prepare_with(ROOT, slug, content, others=())[0] for slug in CITIES}
    return {slug: draft for slug, draft in found.items() if draft is not None}


def bench(draft: Draft, content: Content | None = None) -> Bench:
    return bench_of(draft.dossier, content or draft.content, draft.plan, TemplateEnvironment(TEMPLATES))


def contract(made: Bench) -> Contract:
    books = made.content.books.books
    return Contract(made, books[0], books)


def said(made: Bench, template: str, **names: Any) -> str:
    """Return the words of a shipped template for a city, `names` put in the place of those of its context."""
    rendered = render(TemplateEnvironment(TEMPLATES), template, {**contract(made).context(), **names})
    text = " ".join(words(block) for block in walk(BlockReader(rendered, "page").read()))
    return " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split())


# --- when, and by whom -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", CITIES)
def test_the_decree_is_due_when_the_calendar_ends_it(drafts: dict[str, Draft], slug: str) -> None:
    made = bench(drafts[slug])
    calendar = made.guidance.mentoring()
    (event,) = (item for item in (*calendar.events, *calendar.later) if item.id == "perkada")
    assert f"paling lambat {words_of(event.end)};" in said(made, "buku-2/12-penutup.md.j2")
    assert words_of(event.dates).endswith(words_of(event.end))


def words_of(value: Any) -> str:
    return str(value).replace("\u00a0", " ")


def test_without_a_calendar_the_decree_has_no_date(drafts: dict[str, Draft]) -> None:
    made = bench(drafts[FULL])
    unknown = replace(made.guidance.mentoring(), known=False, events=(), workshops=(), later=())
    assert "oleh wali kota segera setelah pendampingan selesai;" in said(
        made, "buku-2/12-penutup.md.j2", mentoring=unknown
    )


@pytest.mark.parametrize(
    ("council", "team", "opening"),
    [
        (False, False, "Menetapkan Dewan Smart City dan Tim Pelaksana Smart City sebelum"),
        (True, False, "Memperbarui keputusan tentang Dewan Smart City serta menetapkan Tim Pelaksana Smart City"),
        (False, True, "Menetapkan Dewan Smart City serta memperbarui keputusan tentang Tim Pelaksana Smart City"),
        (True, True, "Memperbarui keputusan tentang Dewan Smart City dan Tim Pelaksana Smart City sebelum"),
    ],
)
def test_a_body_that_stands_is_renewed(drafts: dict[str, Draft], council: bool, team: bool, opening: str) -> None:
    made = bench(drafts[FULL])
    bodies = dict(made.guidance.bodies())
    bodies["council"] = replace(bodies["council"], stands=council, works=council)
    bodies["executing-team"] = replace(bodies["executing-team"], stands=team)
    assert opening in said(made, "buku-3/01-keputusan.md.j2", bodies=bodies)
    meets = said(made, "buku-2/09-monev.md.j2", bodies=bodies)
    assert ("Setiap triwulan sejak" in meets) is council
    assert ("Dua kali pada" in meets) is not council


@pytest.mark.parametrize("slug", CITIES)
def test_a_body_stands_by_the_indicator_that_the_framework_names(drafts: dict[str, Draft], slug: str) -> None:
    made = bench(drafts[slug])
    for body in made.content.framework.bodies:
        rated = made.plan.scorecard.rated.get(body.indicator)
        level = rated.level if rated is not None else None
        view = made.guidance.bodies()[body.id]
        assert view.stands == (level is not None and level >= body.stands_from)
        assert view.works == (level is not None and level >= 3)


def test_a_body_without_an_indicator_is_not_known_to_stand(drafts: dict[str, Draft]) -> None:
    content = drafts[FULL].content
    bodies = tuple(replace(body, indicator="") for body in content.framework.bodies)
    made = bench(drafts[FULL], replace(content, framework=replace(content.framework, bodies=bodies)))
    assert not any(view.stands or view.works for view in made.guidance.bodies().values())


# --- how programmes are scheduled ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("overlap", "rule"),
    [
        (0, "Program tidak dimulai sebelum prasyaratnya selesai."),
        (1, "Program dapat dimulai pada tahun terakhir pembangunan prasyaratnya, tetapi tidak pada tahun"),
        (2, "Program dapat dimulai pada dua tahun terakhir pembangunan prasyaratnya, tetapi tidak pada tahun"),
    ],
)
def test_the_rule_of_prerequisites_is_the_one_of_the_schedule(
    drafts: dict[str, Draft], overlap: int, rule: str
) -> None:
    content = drafts[FULL].content
    capacity = replace(content.priorities.capacity, overlap_years=overlap)
    changed = replace(content, priorities=replace(content.priorities, capacity=capacity))
    assert rule in said(bench(drafts[FULL], changed), "buku-2/05-peta-jalan.md.j2")


@pytest.mark.parametrize("slug", CITIES)
def test_the_schedule_keeps_the_rule_that_the_book_states(drafts: dict[str, Draft], slug: str) -> None:
    plan, overlap = drafts[slug].plan, drafts[slug].content.priorities.capacity.overlap_years
    ends = {item.id: (item.start, item.end) for item in plan.scheduled}
    for item in plan.scheduled:
        for other in item.requires if item.source == "catalogue" else ():
            start, end = ends[other]
            assert (item.start or 0) > (start or 99)
            assert (item.start or 0) > (end or 99) - overlap


@pytest.mark.parametrize("slug", CITIES)
def test_foundations_of_the_first_year_are_counted_apart(drafts: dict[str, Draft], slug: str) -> None:
    made = bench(drafts[slug])
    plan = made.whole.plan()
    early = [item for item in drafts[slug].plan.scheduled if item.start == 1 and item.foundation]
    assert sorted(item.id for item in early) == sorted(view.id for view in plan.first_foundation)
    assert len(plan.first_foundation) < len(plan.foundation)
    text = said(made, "buku-3/05-peta-jalan.md.j2")
    assert f"{len(plan.first_foundation)} di antaranya fondasi; fondasi seluruhnya {len(plan.foundation)}." in text
    assert "dibangun pada tahun pertama" not in text
    assert "Setelah fondasi berdiri" not in said(made, "buku-2/05-peta-jalan.md.j2")


def test_a_prerequisite_that_comes_too_late_is_not_said_to_end_late(drafts: dict[str, Draft]) -> None:
    late = [view for view in bench(drafts[FULL]).whole.plan().unfunded if "prasyaratnya (" in str(view.why_not)]
    assert late
    assert all("belum siap sebelum tahun ke-5 berakhir" in str(view.why_not) for view in late)


# --- dimensions ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", CITIES)
def test_what_has_no_programme_is_not_pursued(drafts: dict[str, Draft], slug: str) -> None:
    made = bench(drafts[slug])
    names = contract(made).context()
    lagging = {area.id for area in made.dimensions if area.behind}
    assert {area.id for area in (*names["pursued"], *names["left_behind"])} == lagging
    assert all(area.programs for area in names["pursued"])
    assert not any(area.programs for area in names["left_behind"])
    brief, whole = said(made, "buku-3/04-strategi.md.j2"), said(made, "buku-2/03-strategi.md.j2")
    for area in names["left_behind"]:
        assert f"{area.name} dimulai dari dasar" not in brief
        assert f"{area.name} ({area.score.value}) tertinggal, tetapi belum satu pun programnya" in brief
        assert "tertinggal, tetapi belum satu pun programnya terjadwal" in whole


def test_a_city_has_a_dimension_without_programmes(drafts: dict[str, Draft]) -> None:
    assert contract(bench(drafts[POOR])).context()["left_behind"]


@pytest.mark.parametrize("slug", CITIES)
def test_only_what_is_rated_can_be_even(drafts: dict[str, Draft], slug: str) -> None:
    made = bench(drafts[slug])
    areas = (*made.dimensions, *made.readiness)
    assert all(sub.score.known for area in areas if area.even for sub in area.subs)
    text = said(made, "buku-3/03-kesenjangan.md.j2")
    for area in made.dimensions:
        if not area.worst_sub:
            assert (f"{area.name} merata" in text) is area.even
    strategy = said(made, "buku-2/03-strategi.md.j2")
    for area in made.dimensions:
        in_part = area.score.known and not area.worst_sub and not area.even
        assert (f"Nilai {area.name}, {area.score.value}, belum mewakili" in strategy) is in_part
    readiness = said(made, "buku-3/02-kesiapan.md.j2")
    for area in made.readiness:
        if not area.score.known and not area.gaps:
            assert f"{area.name} (belum ternilai). Belum dapat dinilai: 0 dari {area.score.total}" in readiness


def test_a_city_has_areas_that_are_rated_in_part(drafts: dict[str, Draft]) -> None:
    made = bench(drafts[OPEN])
    assert any(area.score.known and not area.worst_sub and not area.even for area in made.dimensions)
    assert any(not area.score.known and not area.gaps for area in made.readiness)


@pytest.mark.parametrize("slug", CITIES)
def test_kinds_that_are_level_are_named_together(drafts: dict[str, Draft], slug: str) -> None:
    for area in bench(drafts[slug]).dimensions:
        most = max((len(views) for _, views in area.kinds), default=0)
        assert [name for name, _ in area.main_kinds] == [name for name, views in area.kinds if len(views) == most]


def test_level_kinds_share_a_sentence(drafts: dict[str, Draft]) -> None:
    text = said(bench(drafts[FULL]), "buku-2/03-strategi.md.j2")
    assert "terbanyak adalah infrastruktur serta aplikasi dan data (masing-masing empat dari 14)." in text


@pytest.mark.parametrize("slug", CITIES)
def test_what_a_programme_brings_is_said_where_it_is_scheduled(drafts: dict[str, Draft], slug: str) -> None:
    scheduled = {item.id for item in drafts[slug].plan.scheduled}
    text = said(bench(drafts[slug]), "buku-2/03-strategi.md.j2")
    assert ("menentukan aplikasi yang boleh dibangun" in text) == ("prg-ena-spbe-architecture" in scheduled)
    assert ("Satu Data menentukan angka" in text) == ("prg-ena-satu-data-governance" in scheduled)


def test_a_programme_that_the_catalogue_has_not_is_a_fault(drafts: dict[str, Draft]) -> None:
    with pytest.raises(TemplateFaultError, match="no program"):
        contract(bench(drafts[FULL])).scheduled("prg-ena-spbe-architectur")


# --- figures ---------------------------------------------------------------------------------------------------------


def kpi(*targets: KpiTarget, unit: str = "%", baseline: float | None = None) -> PlannedKpi:
    return PlannedKpi(
        kpi="x", unit=unit, measure="x", kind="outcome", baseline=baseline, targets=tuple(targets), decimals=0
    )


def goal(year: int, value: float | None, text: str) -> KpiTarget:
    return KpiTarget(year=year, value=value, text=text)


RISE, GOAL = goal(1, None, "+15"), goal(5, 95.0, "95")


@pytest.mark.parametrize(
    ("unit", "with_unit", "shown"),
    [
        ("%", True, "naik 15 poin persen"),
        ("%", False, "naik 15 poin"),
        ("hari", True, "naik 15"),
        ("% dari data dasar", True, "naik 15"),
    ],
)
def test_a_share_rises_by_points(unit: str, with_unit: bool, shown: str) -> None:
    assert target_words(RISE, kpi(RISE, unit=unit), with_unit=with_unit).replace("\u00a0", " ") == shown


@pytest.mark.parametrize(
    ("targets", "steps"),
    [
        ((goal(1, 70.0, "70"), GOAL), [("70 %", "2027"), ("95 %", "2031")]),
        ((RISE, GOAL), [("naik 15 poin persen", "2027"), ("95 %", "2031")]),
        ((goal(1, None, "+0"), GOAL), [("95 %", "2031")]),
        ((goal(1, 95.0, "95"), GOAL), [("95 %", "2031")]),
        ((goal(1, 70.0, "70"),), [("70 %", "2027")]),
        ((), []),
    ],
)
def test_what_is_aimed_at_first_is_said_first(
    drafts: dict[str, Draft], targets: tuple[KpiTarget, ...], steps: list[tuple[str, str]]
) -> None:
    view = kpi_view(bench(drafts[FULL]).speaker, kpi(*targets), "", "")
    shown = [(words_of(target).replace("\u202f", " "), str(year)) for target, year in view.steps]
    assert shown == steps


@pytest.mark.parametrize("slug", CITIES)
def test_sentences_go_on_with_a_small_letter(drafts: dict[str, Draft], slug: str) -> None:
    made = bench(drafts[slug])
    text = said(made, "buku-2/06-quick-win.md.j2")
    for win in made.whole.plan().quick_wins:
        for _, _, _, answer in win.program.risks:
            first = str(answer)[:2]
            assert first.isupper() or f"Mitigasinya: {str(answer)[0].lower()}{str(answer)[1:9]}" in text


def test_years_of_a_reckoned_fact_are_told_where_they_differ(drafts: dict[str, Draft]) -> None:
    made = bench(drafts[FULL])
    facts = drafts[FULL].dossier.facts
    years = (str(facts["grdp"].year), str(facts["population"].year))
    assert years[0] != years[1]
    assert contract(made).uneven_years("grdp_per_capita") == (years,)
    assert f"(PDRB {years[0]} dibagi penduduk {years[1]})" in said(made, "buku-1/02-profil.md.j2")
    assert contract(made).uneven_years("population") == ()
    same = {**facts, "grdp": replace(facts["grdp"], year=facts["population"].year)}
    level = bench(replace(drafts[FULL], dossier=replace(drafts[FULL].dossier, facts=same)))
    assert contract(level).uneven_years("grdp_per_capita") == ()
    assert "dibagi penduduk" not in said(level, "buku-1/02-profil.md.j2")


def test_a_figure_that_the_city_states_is_not_reckoned(drafts: dict[str, Draft]) -> None:
    dossier = drafts[FULL].dossier
    own = {**dossier.city.facts, "grdp_per_capita": dossier.facts["grdp_per_capita"]}
    stated = replace(dossier, city=replace(dossier.city, facts=own))
    assert contract(bench(replace(drafts[FULL], dossier=stated))).uneven_years("grdp_per_capita") == ()


@pytest.mark.parametrize(
    ("name", "formula"),
    [
        ("uu-23-2014", "sebagaimana telah beberapa kali diubah, terakhir dengan Undang-Undang Nomor 6 Tahun 2023"),
        ("pp-18-2016", "sebagaimana telah diubah dengan Peraturan Pemerintah Nomor 72 Tahun 2019"),
    ],
)
def test_a_decree_cites_one_amendment_or_the_last_of_several(drafts: dict[str, Draft], name: str, formula: str) -> None:
    assert formula in str(contract(bench(drafts[FULL])).regulation(name, full=True))


@pytest.mark.parametrize("slug", CITIES)
def test_the_swot_says_how_many_were_found(drafts: dict[str, Draft], slug: str) -> None:
    made = bench(drafts[slug])
    swot, found = made.whole.swot(), [item.kind for item in drafts[slug].plan.findings]
    counts = (swot.n_strengths, swot.n_weaknesses, swot.n_opportunities, swot.n_threats)
    assert counts == tuple(found.count(kind) for kind in ("strength", "gap", "opportunity", "threat"))
    assert swot.cut is (max(counts) > swot.most)
    assert len(swot.weaknesses) == min(swot.most, swot.n_weaknesses) < swot.n_weaknesses
    text = said(made, "buku-1/06-swot.md.j2")
    assert f"{swot.n_weaknesses} kelemahan" in text
    assert "paling banyak delapan teratas dari setiap kelompok" in text
