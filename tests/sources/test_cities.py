"""Finding cities, reading what they hand in, filling facts, and refusing what cannot be."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import generator
from generator import likeness, portfolio
from generator.model.content import Content
from generator.model.diagnostics import Diagnostic, Severity
from generator.sources.cities import OUTPUT_FOLDERS, SLUG, city_names, find_city, load_city, slugs
from generator.sources.city_checks import unit_range
from generator.sources.content import load_content
from tests.sources.workspace import FILES, edit

ROOT = Path(__file__).resolve().parents[2]
CITY = "cities/kota-contoh/city.yaml"
ANSWERS = "cities/kota-contoh/assessment.yaml"


def whole(workspace: Path) -> Content:
    content, found = load_content(workspace)
    assert content is not None, found
    return content


def faults(workspace: Path) -> list[tuple[str, str]]:
    dossier, found = load_city(workspace, "kota-contoh", whole(workspace))
    errors = any(item.severity is Severity.ERROR for item in found)
    assert (dossier is None) == errors
    return [(item.code, f"{item.place.line}:{item.place.column}") for item in found]


def only(workspace: Path) -> Diagnostic:
    _, found = load_city(workspace, "kota-contoh", whole(workspace))
    (item,) = found
    return item


# --- finding ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["kota-contoh", "KOTA-CONTOH", "99.01", "Contoh", "kota contoh", "  Kota   Contoh "])
def test_a_city_is_found_by_slug_code_and_name(tiny: Path, query: str) -> None:
    assert find_city(tiny, query) == ("kota-contoh", ())


def second_city(tiny: Path) -> None:
    folder = tiny / "cities" / "kabupaten-contoh"
    folder.mkdir()
    text = FILES[CITY].replace("99.01", "99.02").replace("type: kota", "type: kabupaten")
    (folder / "city.yaml").write_text(text, encoding="utf-8")


def test_a_name_of_two_cities_asks_for_the_type(tiny: Path) -> None:
    second_city(tiny)
    found, (item,) = find_city(tiny, "Contoh")
    assert found is None
    assert item.code == "MP313"
    assert "Kabupaten Contoh or Kota Contoh" in item.message
    assert find_city(tiny, "Kab. Contoh")[0] == "kabupaten-contoh"
    assert find_city(tiny, "kab contoh")[0] == "kabupaten-contoh"


def test_an_unknown_city_suggests_the_nearest(tiny: Path) -> None:
    found, (item,) = find_city(tiny, "kota-cntoh")
    assert found is None
    assert (item.code, item.hint) == ("MP312", "did you mean kota-contoh?")
    assert find_city(tiny, "zzz")[1][0].hint == "known cities: kota-contoh"


def test_a_workspace_without_cities(tmp_path: Path) -> None:
    assert slugs(tmp_path) == ()
    assert find_city(tmp_path, "medan")[1][0].code == "MP311"


def test_a_city_whose_file_cannot_be_read_still_has_its_slug(tiny: Path) -> None:
    (tiny / CITY).write_text("a: [", encoding="utf-8")
    assert [(city.slug, city.name) for city in city_names(tiny)] == [("kota-contoh", "")]
    assert find_city(tiny, "kota-contoh")[0] == "kota-contoh"


@pytest.mark.parametrize(
    "slug", ["../outside", "a/b", "/etc", "", "Kota", "kota..x", "kota-contoh/../x", "a\x00b", "-a"]
)
def test_a_slug_is_no_path(tiny: Path, slug: str) -> None:
    dossier, (item,) = load_city(tiny, slug, whole(tiny))
    assert dossier is None
    assert item.code == "MP312"


@pytest.mark.parametrize("slug", sorted(OUTPUT_FOLDERS))
def test_a_city_cannot_be_called_as_a_folder_of_the_output(tiny: Path, slug: str) -> None:
    shutil.copytree(tiny / "cities" / "kota-contoh", tiny / "cities" / slug)
    dossier, (item,) = load_city(tiny, slug, whole(tiny))
    assert dossier is None
    assert (item.code, item.place.file) == ("MP312", f"cities/{slug}")
    assert find_city(tiny, slug)[0] == slug, "it is told why, instead of that there is none"


def test_no_folder_of_the_output_is_forgotten() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in Path(generator.__file__).parent.rglob("*.py"))
    named = {*re.findall(r'"output" / "([^"]+)"', source), portfolio.FOLDER, likeness.FOLDER}
    named |= set(re.findall(r"output/([\w.-]+)/", source))
    assert len(named) >= 4
    assert {name for name in named if SLUG.fullmatch(name)} == OUTPUT_FOLDERS


def test_a_city_that_is_a_link_out_of_the_workspace_is_none(tiny: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "city.yaml").write_text(FILES[CITY], encoding="utf-8")
    (tiny / "cities" / "kota-lain").symlink_to(outside)
    assert slugs(tiny) == ("kota-contoh",)
    dossier, found = load_city(tiny, "kota-lain", whole(tiny))
    assert dossier is None
    assert {item.code for item in found} >= {"MP002"}


# --- reading ---------------------------------------------------------------------------------------------------------


def test_a_dossier_is_whole(tiny: Path) -> None:
    dossier, found = load_city(tiny, "kota-contoh", whole(tiny))
    assert not found
    assert dossier is not None
    assert dossier.city.full_name == "Kota Contoh"
    assert dossier.region is not None
    assert dossier.assessment.answers["one-01"].level == 2
    assert dossier.texts == {"penutup": "Penutup *kota*.\n"}
    assert sorted(dossier.files) == [ANSWERS, CITY, "cities/kota-contoh/text/penutup.md"]
    assert str(dossier.places["fact:access"]) == f"{CITY}:9:3"
    assert str(dossier.places["answer:one-01"]) == f"{ANSWERS}:4:3"
    assert str(dossier.places["mission:m1"]) == f"{CITY}:7:12"


def test_facts_come_from_the_city_then_the_table_then_from_others(tiny: Path) -> None:
    dossier, _ = load_city(tiny, "kota-contoh", whole(tiny))
    assert dossier is not None
    facts = dossier.facts
    assert list(facts) == ["population", "area_km2", "density", "villages", "kelurahan", "desa", "access"]
    assert (facts["access"].value, facts["access"].unit) == (71.5, "%")
    assert (facts["population"].value, facts["population"].year, facts["population"].source) == (
        250000,
        2025,
        "Tabel 2025",
    )
    assert (facts["density"].value, facts["density"].unit, facts["density"].year) == (2500.0, "jiwa/km²", 2025)
    assert facts["density"].source == "dihitung dari jumlah penduduk (Tabel 2025) dan luas wilayah (Tabel 2024)"
    assert facts["villages"].value == 20
    assert facts["villages"].source == "dihitung dari kelurahan dan desa (Tabel 2025)"


def test_the_city_s_own_figure_leads_and_derived_ones_follow_it(tiny: Path) -> None:
    edit(tiny, CITY, "facts:\n", "facts:\n  population: {value: 300000, year: 2026, source: Disdukcapil}\n")
    dossier, _ = load_city(tiny, "kota-contoh", whole(tiny))
    assert dossier is not None
    assert dossier.facts["density"].value == 3000
    assert "Disdukcapil, 2026" in dossier.facts["density"].source


def test_nothing_is_derived_from_a_hole(tiny: Path) -> None:
    second_city(tiny)
    dossier, _ = load_city(tiny, "kabupaten-contoh", whole(tiny))
    assert dossier is not None
    assert "population" not in dossier.facts
    assert "density" not in dossier.facts
    assert dossier.facts["villages"].value == 82


def test_without_assessment_every_indicator_is_open(tiny: Path) -> None:
    (tiny / ANSWERS).unlink()
    dossier, (item,) = load_city(tiny, "kota-contoh", whole(tiny))
    assert dossier is not None
    assert dossier.assessment.answers == {}
    assert (item.code, item.severity) == ("MP314", Severity.WARNING)


def test_a_city_without_its_file(tiny: Path) -> None:
    (tiny / CITY).unlink()
    assert ("MP001", "None:None") in faults(tiny)


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        (CITY, "99.01", "99.09", ("MP323", "1:7")),
        (CITY, "name: Contoh", "name: Conto", ("MP323", "2:7")),
        (CITY, "coastal", "costal", ("MP321", "5:10")),
        (CITY, "dimensions: [one]", "dimensions: [wan]", ("MP321", "7:51")),
        (CITY, "{id: m1, text", "{id: m1, text: a}, {id: m1, text", ("MP322", "7:36")),
        (CITY, "planning:", "plannin:", ("MP321", "10:7")),
        (CITY, "access:", "acces:", ("MP321", "9:3")),
        (CITY, "71.5", "171.5", ("MP325", "9:19")),
        (CITY, "71.5", "ya", ("MP325", "9:19")),
        (CITY, "71.5,", "71.5, unit: orang,", ("MP325", "9:31")),
        (CITY, "year: 2024", "year: 2034", ("MP324", "9:31")),
        (CITY, "year: 2024", "year: 1024", ("MP324", "9:31")),
        (CITY, "year: 2024", "series: {2050: 3}, year: 2024", ("MP324", "9:34")),
        (CITY, "date: 2026", "date: 9999", ("MP324", "13:7")),
        (CITY, "date: 2026", "date: 1066", ("MP324", "13:7")),
        (CITY, "mentoring: {start: 2026", "mentoring: {start: 9999", ("MP324", "12:20")),
        (ANSWERS, "date: 2026", "date: 9999", ("MP324", "2:7")),
        (CITY, "start: 2025, end: 2029", "start: 2029, end: 2025", ("MP326", "6:8")),
        (CITY, "end: 2029", "end: 2059", ("MP326", "6:8")),
        (CITY, "1_500_000_000_000", "1_500", ("MP327", "11:16")),
        (CITY, "year: 2026, source: APBD", "year: 2036, source: APBD", ("MP324", "11:41")),
        (CITY, "mentoring:", "emblem: ../../x.png\nmentoring:", ("MP328", "12:9")),
        (CITY, "mentoring:", "emblem: logo.exe\nmentoring:", ("MP328", "12:9")),
        (CITY, "mentoring:", "emblem: logo.png\nmentoring:", ("MP328", "12:9")),
        (ANSWERS, "one-01", "one-09", ("MP321", "4:3")),
        (ANSWERS, "level: 2", "level: 7", ("MP105", "4:19")),
        (ANSWERS, "level: 2", "value: 2", ("MP331", "4:19")),
        (ANSWERS, "year: 2025", "year: 2027", ("MP324", "4:28")),
        (ANSWERS, "source: contoh, ", "", ("MP333", "4:3")),
        (ANSWERS, "one-01: {level: 2", "one-02: {level: 2", ("MP332", "4:19")),
        (ANSWERS, "one-01: {level: 2", "one-02: {value: 200", ("MP325", "4:19")),
    ],
)
def test_what_cannot_be_is_refused_at_its_place(
    tiny: Path, name: str, old: str, new: str, expected: tuple[str, str]
) -> None:
    edit(tiny, name, old, new)
    if old == "71.5,":
        # The unit follows the value.
        assert [code for code, _ in faults(tiny)] == ["MP325"]
    else:
        assert expected in faults(tiny)


@pytest.mark.parametrize(
    ("access", "answers", "expected"),
    [
        ("71.5, year: 2024", {"one-02": "71.5, year: 2024"}, []),
        ("71.5, year: 2024", {"one-02": "72.5, year: 2025"}, []),
        ("71.5, year: 2024", {"one-02": "72.5, year: 2024"}, ["one-02"]),
        (None, {"one-02": "72.5", "one-03": "72.5"}, []),
        (None, {"one-02": "72.5", "one-03": "80"}, ["one-03"]),
        (None, {"one-02": "72.5, year: 2024", "one-03": "80"}, []),
        ("71.5, year: 2024", {"one-02": "60, year: 2024", "one-03": "61, year: 2024"}, ["one-02", "one-03"]),
        (None, {"one-02": "72.5, year: 2024", "one-03": "80, year: 2024", "one-04": "9, year: 2024"}, ["one-03"]),
    ],
)
def test_a_figure_has_one_value_a_year_wherever_it_is_stated(
    tiny: Path, access: str | None, answers: dict[str, str], expected: list[str]
) -> None:
    items = tiny / "content" / "instrument" / "one.yaml"
    text = items.read_text(encoding="utf-8")
    measured = text[text.index("  - id: one-02") :]
    others = measured.replace("one-02", "one-03") + measured.replace("one-02", "one-04").replace(
        "    fact: access\n", ""
    )
    items.write_text(text + others, encoding="utf-8")
    edit(tiny, CITY, "access: {value: 71.5, year: 2024,", f"access: {{value: {access or '1, year: 2001'},")
    path = tiny / ANSWERS
    lines = [f"  {id}: {{value: {said}, source: contoh, evidence: statement}}" for id, said in answers.items()]
    path.write_text(path.read_text(encoding="utf-8") + "\n".join(lines) + "\n", encoding="utf-8")
    dossier, found = load_city(tiny, "kota-contoh", whole(tiny))
    assert dossier is not None
    assert [item.code for item in found] == ["MP334"] * len(expected)
    for item, id in zip(found, expected, strict=True):
        line = 5 + list(answers).index(id)
        assert (str(item.place), item.severity) == (f"{ANSWERS}:{line}:19", Severity.WARNING)
        assert item.message.startswith(f"'{id}' is ")
        assert (f"({CITY}:9:19)" if access else f"({ANSWERS}:5:19)") in item.message
        assert item.hint


def test_a_wrong_code_tells_the_right_one(tiny: Path) -> None:
    edit(tiny, CITY, "99.01", "99.09")
    assert only(tiny).hint == "the code of Kota Contoh is '99.01'"


def test_an_unknown_id_suggests_the_nearest(tiny: Path) -> None:
    edit(tiny, ANSWERS, "one-01", "one-1")
    assert only(tiny).hint in ("did you mean 'one-01'?", "did you mean 'one-02'?")


PROGRAMS = "cities/kota-contoh/programs.yaml"
OWN = "{id: own-1, name: Sendiri, dimension: one, subdimension: part, kind: policy, lead: planning}"


@pytest.mark.parametrize(
    ("entries", "codes"),
    [
        (OWN, []),
        ("{id: prg-one, action: 'off', reason: sudah selesai}", []),
        ("{id: prg-one, action: override, reason: nama lain, name: Lain}", []),
        ("{id: prg-one, action: 'off'}", ["MP343"]),
        ("{id: prg-on, action: 'off', reason: x}", ["MP321"]),
        ("{id: own-1}", ["MP342"]),
        (OWN.replace("own-1", "prg-one"), ["MP341"]),
        (OWN + ", " + OWN, ["MP341"]),
        (OWN.replace("dimension: one", "dimension: two"), ["MP321"]),
        (OWN.replace("subdimension: part", "subdimension: port"), ["MP321"]),
        (OWN.replace("kind: policy", "kind: polici"), ["MP321"]),
        (OWN.replace("lead: planning", "lead: plan"), ["MP321"]),
        (OWN.replace("}", ", funds: [apdb], addresses: [one-low, one-03]}"), ["MP321", "MP321"]),
        ("{id: prg-one, action: off, reason: x}", ["MP104"]),
    ],
)
def test_own_programmes(tiny: Path, entries: str, codes: list[str]) -> None:
    (tiny / PROGRAMS).write_text(f"programs: [{entries}]\n", encoding="utf-8")
    assert [code for code, _ in faults(tiny)] == codes


def test_texts_are_limited_and_checked(tiny: Path) -> None:
    folder = tiny / "cities" / "kota-contoh" / "text"
    (folder / "large.md").write_text("x" * 1_000_001, encoding="utf-8")
    (folder / "bad.md").write_text("satu \ue000\n", encoding="utf-8")
    _, found = load_city(tiny, "kota-contoh", whole(tiny))
    assert [(item.code, item.place.file.rsplit("/", 1)[1]) for item in found] == [
        ("MP006", "bad.md"),
        ("MP003", "large.md"),
    ]


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("%", (0.0, 100.0)),
        ("persen", (0.0, 100.0)),
        ("nilai 0–100", (0.0, 100.0)),
        ("indeks 1-5", (1.0, 5.0)),
        ("nilai 0–1,5", (0.0, 1.5)),
        ("nilai 0–1.000", (0.0, 1000.0)),
        ("indeks 0–0.75", (0.0, 0.75)),
        ("jiwa", (None, None)),
        ("per 100.000 penduduk", (None, None)),
    ],
)
def test_units_imply_ranges(unit: str, expected: tuple[float | None, float | None]) -> None:
    assert unit_range(unit) == expected


@given(text=st.text(max_size=300), name=st.sampled_from(["city.yaml", "assessment.yaml", "programs.yaml"]))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_file_of_a_city_raises(tiny: Path, text: str, name: str) -> None:
    path = tiny / "cities" / "kota-contoh" / name
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    _, found = load_city(tiny, "kota-contoh", whole(tiny))
    assert found
    path.write_text(FILES.get(f"cities/kota-contoh/{name}", "programs: []\n"), encoding="utf-8")


# --- the example city ------------------------------------------------------------------------------------------------


def test_medan_loads_with_its_public_figures() -> None:
    dossier, found = load_city(ROOT, "kota-medan", whole(ROOT))
    assert [str(item) for item in found if item.severity is Severity.ERROR] == []
    assert dossier is not None
    facts = dossier.facts
    assert facts["population"].value == 2546452
    assert facts["life_expectancy"].value == 73.23
    assert facts["poverty_rate"].series[2021] == 8.34
    assert dossier.assessment.status == "sample"
    assert all(fact.source for fact in facts.values())


def test_the_sample_of_medan_says_that_it_is_one() -> None:
    content = whole(ROOT)
    dossier, _ = load_city(ROOT, "kota-medan", content)
    assert dossier is not None
    answers = dossier.assessment.answers
    invented = [answer for answer in answers.values() if answer.source == "DATA CONTOH"]
    others = [answer for answer in answers.values() if answer.source != "DATA CONTOH"]
    assert len(invented) > 10 * len(others)
    assert all(answer.source and answer.year for answer in others)
    asked = [item for item in content.indicators.values() if item.fact is None or item.fact not in dossier.facts]
    assert 0.02 < 1 - len(answers) / len(asked) < 0.2
