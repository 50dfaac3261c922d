"""Checks between the files of the content: each fault on the tiny workspace, at its place, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.model.diagnostics import Severity
from generator.sources.check import check_content, content_stats
from generator.sources.content import load_content
from generator.sources.graph import circles
from tests.sources.workspace import edit

ROOT = Path(__file__).resolve().parents[2]
RULE = "content/rules/one/one-low.yaml"
COAST = "content/rules/one/one-coast.yaml"
PROGRAM = "content/programs/one/prg-one.yaml"
BASE = "content/programs/one/prg-base.yaml"
ITEMS = "content/instrument/one.yaml"


def check(workspace: Path) -> list[tuple[str, str]]:
    content, found = load_content(workspace)
    assert content is not None, [str(item) for item in found]
    return [(item.code, str(item.place)) for item in check_content(content, workspace)]


def test_the_tiny_content_is_clean(tiny: Path) -> None:
    assert check(tiny) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "code", "line"),
    [
        # references
        (ITEMS, "supplied_by: [planning]", "supplied_by: [planing]", "MP203", 10),
        (ITEMS, "initiative: area", "initiative: aera", "MP203", 5),
        (ITEMS, "references: [uu-1-2020]", "references: [uu-1-2021]", "MP203", 11),
        (ITEMS, "references: [uu-1-2020]", "references: [uu-2-2000]", "MP205", 11),
        (ITEMS, "fact: access", "fact: acces", "MP203", 22),
        (RULE, "because: [uu-1-2020]", "because: [uu-2-2000]", "MP205", 11),
        (RULE, "remedy: [prg-one]", "remedy: [prg-one, prg-two]", "MP203", 12),
        (RULE, "subdimension: part", "subdimension: port", "MP203", 4),
        (RULE, "{indicator: one-02, value: 80}", "{score: two, level: 2}", "MP203", 6),
        (COAST, "trait: coastal", "trait: costal", "MP203", 6),
        (PROGRAM, "lead: planning", "lead: plan", "MP203", 11),
        (PROGRAM, "kind: application", "kind: app", "MP203", 5),
        (PROGRAM, "high: 100_000_000,", "high: 100_000_000, per: school,", "MP203", 12),
        (PROGRAM, "funds: [apbd]", "funds: [apdb]", "MP203", 13),
        (PROGRAM, "requires: [prg-base]", "requires: [prg-base, prg-b]", "MP203", 15),
        (PROGRAM, "baseline: {fact: access}", "baseline: {indicator: one-03}", "MP203", 10),
        ("content/facts/general.yaml", "of: [population, area_km2]", "of: [population, area]", "MP203", 4),
        ("content/facts/general.yaml", "column: population,", "column: populasi,", "MP203", 2),
        ("content/mentoring.yaml", "after: [first]", "after: [frist]", "MP203", 5),
        ("content/mentoring.yaml", "raci: {mentor: R}", "raci: {mentr: R}", "MP203", 5),
        ("content/planning.yaml", "region: {name: daerah}", "region: {name: daerah, fact: daerah}", "MP203", 4),
        ("content/priorities.yaml", "area: default", "area: satu", "MP203", None),
        ("content/books.yaml", "start.md.j2", "strat.md.j2", "MP402", 8),
        ("content/framework.yaml", "role: memutuskan}", "role: memutuskan, indicator: one-09}", "MP203", 19),
        (RULE, "id: one-low", "id: one-down", "MP202", 1),
        # reach
        (RULE, "remedy: [prg-one]", "remedy: []", "MP216", 1),
        (RULE, "one-01, level: 3", "one-01, level: 0", "MP208", 6),
        (RULE, "- below: {indicator: one-01, level: 3}", "- above: {indicator: one-01, level: 4}", "MP208", 6),
        (RULE, "{indicator: one-02, value: 80}", "{indicator: one-01, level: 2}", "MP206", 13),
        (PROGRAM, "requires: [prg-base]", "requires: []", "MP207", 1),
        (BASE, "lead: planning", "lead: planning\nrequires: [prg-one]", "MP209", 11),
        ("content/mentoring.yaml", "raci: {mentor: A}", "after: [second]", "MP209", 4),
        # scales and examples
        (
            ITEMS,
            "{0: belum, 1: awal, 2: sebagian, 3: luas, 4: penuh}\n    supplied",
            "{0: belum}\n    supplied",
            "MP215",
            9,
        ),
        (ITEMS, "[40, 60, 80, 95]", "[40, 60, 50, 95]", "MP215", 21),
        (ITEMS, 'unit: "%"\n', 'unit: "%"\n    direction: lower\n', "MP215", 22),
        (ITEMS, "kind: value", "kind: survey", "MP215", 18),
        (ITEMS, "note: target uji", 'note: ""', "MP219", 21),
        (RULE, "levels: {one-01: 1}", "levels: {one-01: 1, one-03: 1}", "MP203", 15),
        (RULE, "values: {one-02: 50}}\n  silent", "facts: {population: 5}}\n  silent", "MP217", 15),
        # costs and targets
        (PROGRAM, "low: 50_000_000", "low: 500_000_000", "MP210", 12),
        (PROGRAM, "low: 50_000_000", "low: 50", "MP210", 12),
        (PROGRAM, "high: 100_000_000", "high: 100_000_000_000_000", "MP210", 12),
        (PROGRAM, "one_off: {low: 50_000_000, high: 100_000_000, basis: aplikasi}, ", "", "MP210", 12),
        (PROGRAM, '5: "95"', '5: "105"', "MP211", 10),
        (PROGRAM, '1: "+5"', '1: "+500"', "MP211", 10),
        (PROGRAM, '1: "+5"', '1: "+5,5"', "MP211", 10),
        (PROGRAM, '1: "+5"', '6: "+5"', "MP211", 10),
        (PROGRAM, '1: "+5", 3: "+10"', '1: "+5", 2: "+12", 3: "+10"', "MP211", 10),
        (PROGRAM, "2: [Membangun", "6: [Membangun", "MP211", 8),
        # sentences
        (RULE, "{{ city.name }}", "{{ city.nama }}", "MP214", 9),
        (RULE, "{{ city.name }}", "{{ kota.name }}", "MP214", 9),
        (RULE, "{{ city.name }}", "{{ fact.populasi }}", "MP214", 9),
        (RULE, "{{ city.name }}", "{{ score('two') }}", "MP214", 9),
        (RULE, "{{ city.name }}", "{{ city.name.upper() }}", "MP214", 9),
        (RULE, "{{ city.name }}", "{% for x in fact %}{{ x }}{% endfor %}", "MP214", 9),
        (RULE, "{{ city.name }}", "{{ city.name", "MP214", 9),
        (RULE, "| sourced", "| sorced", "MP214", 9),
        (RULE, 'level("one-01")', 'level("one-09")', "MP214", 9),
        (RULE, 'level("one-01")', "level(1)", "MP214", 9),
        (RULE, 'level("one-01")', 'value("one-01")', "MP214", 9),
        (RULE, "title: Layanan masih rendah", 'title: "{{ city.name }}"', "MP214", 2),
        (COAST, "{{ fact.population }}", '{{ level("one-01") }}', "MP218", 7),
        # texts
        (COAST, "menghadapi rob", "menghadapi  rob", "MP212", 7),
        (COAST, "menghadapi rob.", "menghadapi rob .", "MP212", 7),
        (COAST, "menghadapi rob.", "menghadapi rob..", "MP212", 7),
        (COAST, "menghadapi rob.", "menghadapi ( rob).", "MP212", 7),
        (COAST, "menghadapi rob.", "TODO menghadapi rob.", "MP212", 7),
        (COAST, "menghadapi rob", "with banjir rob", "MP213", 7),
        (PROGRAM, "aim: Layanan berjalan.", "aim: Layanan should berjalan.", "MP213", 6),
    ],
)
def test_each_fault_at_its_place(tiny: Path, name: str, old: str, new: str, code: str, line: int | None) -> None:
    edit(tiny, name, old, new)
    found = [place.split(":")[1:2] for found_code, place in check(tiny) if found_code == code]
    assert found
    assert line is None or [str(line)] in found


def test_a_glossary_names_words_to_avoid(tiny: Path) -> None:
    path = tiny / "content" / "glossary.yaml"
    path.write_text("terms: [{term: luapan laut, meaning: banjir dari laut, avoid: [rob]}]\n", encoding="utf-8")
    content, _ = load_content(tiny)
    assert content is not None
    (item,) = check_content(content, tiny)
    assert (item.code, str(item.place), item.hint) == ("MP213", f"{COAST}:7:10", "write 'luapan laut'")


def test_names_that_contain_english_words_are_left_alone(tiny: Path) -> None:
    edit(tiny, COAST, "menghadapi rob", "memakai Internet of Things dan smart city (https://the.example.com/and)")
    assert check(tiny) == []


def test_an_unknown_id_suggests_the_nearest(tiny: Path) -> None:
    edit(tiny, PROGRAM, "requires: [prg-base]", "requires: [prg-bse]")
    content, _ = load_content(tiny)
    assert content is not None
    hints = [item.hint for item in check_content(content, tiny) if item.code == "MP203"]
    assert hints == ["did you mean 'prg-base'?"]


def test_circles_are_found_each_once() -> None:
    assert circles({"a": ["b"], "b": ["c"], "c": []}) == []
    assert circles({"a": ["a"]}) == [("a",)]
    found = circles({"a": ["b"], "b": ["a"], "c": ["d"], "d": ["c"], "e": ["a"]})
    assert sorted(map(sorted, found)) == [["a", "b"], ["c", "d"]]
    assert circles({"a": ["gone"]}) == []


def test_a_circle_is_told_in_the_direction_of_the_needs(tiny: Path) -> None:
    edit(tiny, BASE, "lead: planning", "lead: planning\nrequires: [prg-one]")
    content, _ = load_content(tiny)
    assert content is not None
    (item,) = [item for item in check_content(content, tiny) if item.code == "MP209"]
    assert item.message == "circle: prg-base → prg-one → prg-base"


def test_counts(tiny: Path) -> None:
    content, _ = load_content(tiny)
    assert content is not None
    stats = content_stats(content)
    assert (stats.indicators, stats.rules, stats.programs, stats.readiness_indicators) == (2, 2, 2, 0)
    assert stats.quoting == 1.0
    assert [(area.subdimension, area.indicators, area.values) for area in stats.areas] == [
        ("part", 2, 1),
        ("base", 0, 0),
    ]


def test_the_real_content_has_no_errors() -> None:
    content, _ = load_content(ROOT)
    assert content is not None
    errors = [item for item in check_content(content, ROOT) if item.severity is Severity.ERROR]
    assert [str(item) for item in errors] == []
