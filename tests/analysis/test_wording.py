"""The content speaks as the region does: no desa where there is none, distrik in Papua, qanun in Aceh."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import lru_cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.analysis.wording import as_it_is, worded, worded_facts, words_of
from generator.model.city import Fact
from generator.model.content import CityDossier, Content
from generator.model.diagnostics import Diagnostic
from generator.model.instrument import Thresholds
from generator.model.planning import Wording
from generator.sources.check import check_content
from generator.sources.content import load_content
from tests.analysis import invented

ROOT = invented.ROOT
VILLAGES, DISTRICTS, RULES = ("desa", "dpmd"), ("kecamatan", "camat"), ("perda", "peraturan daerah")
PLACES = {
    # (desa, kelurahan, code) and what must not be said there
    "kota without desa": (0, 9, "12.71", VILLAGES),
    "kabupaten without kelurahan": (9, 0, "34.04", ("kelurahan", "lurah")),
    "kabupaten of Papua": (9, 9, "95.03", (*VILLAGES, *DISTRICTS)),
    "kota of Papua without kampung": (0, 9, "96.71", (*VILLAGES, *DISTRICTS)),
    "kabupaten of Aceh": (9, 0, "11.05", (*VILLAGES, *RULES, "kelurahan", "lurah")),
    "kota of Aceh": (9, 0, "11.71", (*VILLAGES, *RULES, "kelurahan", "lurah")),
    "Aceh Tengah": (9, 0, "11.04", (*VILLAGES, *RULES, "kelurahan", "lurah", "gampong")),
}
NAMES = re.compile(r"dana desa|bum desa|\{\{.*?\}\}|\{%.*?%\}", re.IGNORECASE)
SPOKEN = ("framework", "programs", "rules", "indicators", "opd", "roles", "glossary", "evaluation")
SILENT = {"source", "question", "examples", "ran_in", "universal", "when"}


@lru_cache(maxsize=1)
def shipped() -> Content:
    content, diagnostics = load_content(ROOT)
    assert content is not None, [str(item) for item in diagnostics][:5]
    return content


@lru_cache(maxsize=1)
def checked() -> tuple[Diagnostic, ...]:
    return check_content(shipped(), ROOT)


@pytest.fixture(scope="module")
def content() -> Content:
    return shipped()


def _facts(desa: float, kelurahan: float) -> dict[str, Fact]:
    return {
        "desa": Fact(value=desa, source="invented"),
        "kelurahan": Fact(value=kelurahan, source="invented"),
    }


def _prose(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield place and words of every text that is prose; ids are left out."""
    if isinstance(value, str):
        if " " in value or path.rsplit(".", 1)[-1] in ("name", "short", "head", "unit"):
            yield path, value
    elif isinstance(value, tuple):
        for part in value:
            yield from _prose(part, path)
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from _prose(part, f"{path}.{key}")
    elif is_dataclass(value) and not isinstance(value, Thresholds):
        for item in fields(value):
            if item.name not in SILENT:
                yield from _prose(getattr(value, item.name), f"{path}.{item.name}")


def _said(content: Content) -> Iterator[tuple[str, str]]:
    for kind in SPOKEN:
        yield from _prose(getattr(content, kind), kind)
    # What a region has nothing of keeps its name, since the form and the source of a sum name it.
    yield from _prose({id: fact for id, fact in content.facts.items() if id not in ("desa", "kelurahan")}, "facts")
    yield from _prose(content.planning.cost_units, "cost units")


# --- what there is to say --------------------------------------------------------------------------------------------


def test_a_region_with_both_keeps_the_content_as_it_is(content: Content) -> None:
    assert worded(content, _facts(12, 3), "33.22") is content
    assert worded(content, {}) is content
    assert words_of(content, _facts(12, 3), "33.22") is as_it_is


@pytest.mark.parametrize("place", PLACES)
def test_nothing_is_said_of_what_the_region_does_not_have(content: Content, place: str) -> None:
    desa, kelurahan, code, unsaid = PLACES[place]
    new = worded(content, _facts(desa, kelurahan), code)
    pattern = re.compile(rf"\b(?:{'|'.join(unsaid)})\b", re.IGNORECASE)
    # The rule that needs desa above 0 cannot be told where there are none.
    silent = "rules.soc-co-village-fund-opportunity"
    left = [(where, text) for where, text in _said(new) if pattern.search(NAMES.sub("", text))]
    assert [item for item in left if not item[0].startswith(silent)] == []


@pytest.mark.parametrize("place", PLACES)
def test_a_list_that_loses_an_item_keeps_its_last_comma(content: Content, place: str) -> None:
    desa, kelurahan, code, _ = PLACES[place]
    before = dict.fromkeys(text for _, text in _said(content))
    lists = re.compile(r"(\w+), (?:kelurahan|desa|kampung|gampong) (?:dan|atau) (?!kelurahan|desa|kampung|gampong)")
    new = [text for _, text in _said(worded(content, _facts(desa, kelurahan), code)) if text not in before]
    assert [text for text in new if lists.search(text)] == []


@pytest.mark.parametrize("place", ["kota without desa", "kota of Papua without kampung"])
def test_a_kota_without_desa_is_told_of_no_village_fund(content: Content, place: str) -> None:
    desa, kelurahan, code, _ = PLACES[place]
    told = [
        text for where, text in _said(worded(content, _facts(desa, kelurahan), code)) if "village-fund" not in where
    ]
    assert [text for text in told if re.search(r"dana desa|bum desa", text, re.IGNORECASE)] == []


@pytest.mark.parametrize("place", ["kota without desa", "kabupaten of Papua", "Aceh Tengah"])
def test_ids_are_never_touched(content: Content, place: str) -> None:
    desa, kelurahan, code, _ = PLACES[place]
    new = worded(content, _facts(desa, kelurahan), code)
    assert check_content(new, ROOT) == checked()
    for kind in ("programs", "rules", "indicators", "opd", "facts"):
        assert list(getattr(new, kind)) == list(getattr(content, kind))
    assert new.regulations is content.regulations
    assert {id: item.source for id, item in new.indicators.items()} == {
        id: item.source for id, item in content.indicators.items()
    }
    assert {id: item.thresholds for id, item in new.indicators.items()} == {
        id: item.thresholds for id, item in content.indicators.items()
    }


@pytest.mark.parametrize(
    ("place", "name", "agency", "head"),
    [
        ("kota without desa", "Internet Kelurahan", "Dinas Pemberdayaan Masyarakat", "Camat"),
        ("kabupaten without kelurahan", "Internet Desa", "Dinas Pemberdayaan Masyarakat dan Desa", "Camat"),
        (
            "kabupaten of Papua",
            "Internet Kelurahan dan Kampung",
            "Dinas Pemberdayaan Masyarakat dan Kampung",
            "Kepala Distrik",
        ),
        ("kabupaten of Aceh", "Internet Gampong", "Dinas Pemberdayaan Masyarakat dan Gampong", "Camat"),
        ("Aceh Tengah", "Internet Kampung", "Dinas Pemberdayaan Masyarakat dan Kampung", "Camat"),
    ],
)
def test_names_are_those_of_the_region(content: Content, place: str, name: str, agency: str, head: str) -> None:
    desa, kelurahan, code, _ = PLACES[place]
    new = worded(content, _facts(desa, kelurahan), code)
    assert new.programs["prg-ena-village-connectivity"].name == name
    assert new.opd["village-empowerment"].name == agency
    assert new.opd["sub-districts"].head == head


def test_items_without_the_phrase_are_the_same_objects(content: Content) -> None:
    new = worded(content, _facts(0, 9))
    for kind in ("programs", "rules", "indicators", "facts"):
        items, before = getattr(new, kind), getattr(content, kind)
        same = [id for id in items if items[id] is before[id]]
        assert 0 < len(same) < len(items)


def test_only_text_changes(content: Content) -> None:
    old = content.programs["prg-ena-village-connectivity"]
    new = worded(content, _facts(0, 9)).programs[old.id]
    assert new != old
    assert (new.id, new.cost, new.requires, new.lead) == (old.id, old.cost, old.requires, old.lead)


def test_a_sum_names_its_parts_as_the_region_does_and_a_citys_own_source_stands(content: Content) -> None:
    city = invented.city(code="95.03", facts={"area_km2": Fact(value=1.0, source="Laporan kecamatan dan desa")})
    facts = {
        "villages": Fact(value=9, source="dihitung dari jumlah kelurahan dan jumlah desa (Kepmendagri)"),
        "area_km2": city.facts["area_km2"],
    }
    dossier = CityDossier(slug="x", city=city, assessment=invented.dossier().assessment, facts=facts)
    said = worded_facts(dossier, content)
    assert said["villages"].source == "dihitung dari jumlah kelurahan dan jumlah kampung (Kepmendagri)"
    assert said["area_km2"] == facts["area_km2"]


# --- laws ------------------------------------------------------------------------------------------------------------

WORDS = ["perangkat", "daerah", "desa", "dan", "kelurahan", "kecamatan", "camat", "Desa", "Perda", "perdesaan", "Dana"]
GAPS = [" ", ", ", "; ", "/", "-", " (", ") ", ". ", "\ue0001\ue001"]
TEXTS = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(GAPS)), max_size=12).map(
    lambda parts: "".join(word + gap for word, gap in parts)
)


@given(TEXTS, st.sampled_from(sorted(PLACES)))
def test_a_wording_never_glues_words_together(text: str, place: str) -> None:
    desa, kelurahan, code, _ = PLACES[place]
    say = words_of(shipped(), _facts(desa, kelurahan), code)
    known = {
        word for wording in shipped().planning.wordings for new in wording.phrases.values() for word in _words(new)
    }
    assert _words(say(text)) <= known | _words(text)


@given(TEXTS, st.sampled_from(sorted(PLACES)))
def test_saying_it_twice_changes_nothing_more(text: str, place: str) -> None:
    desa, kelurahan, code, _ = PLACES[place]
    say = words_of(shipped(), _facts(desa, kelurahan), code)
    assert say(say(text)) == say(text)


def _words(text: str) -> set[str]:
    return {word.casefold() for word in re.findall(r"[^\W\d_]+", text)}


# --- how phrases are found -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Desa dan kecamatan", "Kampung dan distrik"),
        ("perdesaan, antar-desa, desa-desa, dana-desa", "perdesaan, antar-desa, desa-desa, dana-desa"),
        ("Dana Desa dan dana desa untuk desa", "Dana Desa dan dana desa untuk kampung"),
        ("{{ fact.desa }} desa{% if desa %}.{% endif %}", "{{ fact.desa }} kampung{% if desa %}.{% endif %}"),
        ("Camat, camat, dan kepala desa", "Kepala Distrik, kepala distrik, dan kepala kampung"),
    ],
)
def test_phrases_are_whole_words_and_names_stay(content: Content, text: str, said: str) -> None:
    assert words_of(content, {}, "91.01")(text) == said


def test_a_regions_own_word_holds_before_its_provinces(content: Content) -> None:
    local = Wording(codes=("11.04",), phrases={"desa": "kampung"})
    whole = Wording(codes=("11",), phrases={"desa": "gampong", "perda": "qanun"})
    for order in ((local, whole), (whole, local)):
        some = replace(content, planning=replace(content.planning, wordings=order))
        assert words_of(some, {}, "11.04")("perda desa") == "qanun kampung"
        assert words_of(some, {}, "11.05")("perda desa") == "qanun gampong"
        assert words_of(some, {}, "12.04")("perda desa") == "perda desa"
