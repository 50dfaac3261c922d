"""Alikeness: names and numbers do not tell plans apart, and different data make different text."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.analysis.planning import plan_city
from generator.compose.alike import LIMIT, Fingerprint, Pair, alike, fingerprint, masked, shared
from generator.compose.book import compose_books
from generator.likeness import FOLDER, REPORT, from_json, note_text, place, report, to_json
from generator.model.city import Answer, City, Leaders, Mission
from generator.model.content import CityDossier, Content
from generator.model.document import Annex, Block, Chapter, Document, Paragraph, Text
from generator.sources.cities import load_city
from generator.sources.content import load_content

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def content() -> Content:
    found, diagnostics = load_content(ROOT)
    assert found is not None, [str(item) for item in diagnostics][:5]
    return found


@pytest.fixture(scope="module")
def medan(content: Content) -> CityDossier:
    found, _ = load_city(ROOT, "kota-medan", content)
    assert found is not None
    return found


def _renamed(dossier: CityDossier) -> CityDossier:
    """Return the same data under another name, with other people and agencies."""
    city = replace(
        dossier.city,
        name="Contoh",
        province="Provinsi Lain",
        capital="Ibu",
        leaders=Leaders(),
        opd=dict.fromkeys(dossier.city.opd, "Badan Contoh Daerah"),
    )
    return replace(dossier, slug="kota-contoh", city=city)


def _contrasting(dossier: CityDossier, content: Content) -> CityDossier:
    """Return an invented kabupaten in the mountains whose answers are the opposite, and half of them open."""
    answers = {
        name: Answer(level=4 - given.level, source="uji", evidence="statement")
        for index, (name, given) in enumerate(dossier.assessment.answers.items())
        if index % 2 and given.level is not None
    }
    city: City = replace(
        dossier.city,
        code="99.01",
        name="Bukit Contoh",
        type="kabupaten",
        province="Provinsi Contoh",
        traits=tuple(trait for trait in ("mountain", "agrarian", "remote") if trait in content.framework.traits),
        leaders=Leaders(),
        vision=None,
        missions=(Mission(id="satu", text="Jalan sampai ke setiap kampung"),),
        documents=(),
        facts={},
        opd={},
        budget=None,
    )
    assessment = replace(dossier.assessment, status="draft", answers=answers)
    facts = {name: fact for name, fact in dossier.facts.items() if name in ("population", "area_km2")}
    facts = {name: replace(fact, value=float(str(fact.value)) * 0.1) for name, fact in facts.items()}
    return replace(dossier, slug="kabupaten-bukit-contoh", city=city, assessment=assessment, facts=facts)


def _print(dossier: CityDossier, content: Content) -> Fingerprint:
    composed = compose_books(dossier, content, plan_city(dossier, content), ROOT)
    return fingerprint(composed.documents, dossier, content)


def test_the_same_data_under_another_name_is_the_same_text(medan: CityDossier, content: Content) -> None:
    assert shared(_print(medan, content), _print(_renamed(medan), content)) > 0.95


def test_two_regions_of_different_type_read_differently(medan: CityDossier, content: Content) -> None:
    own, other = _print(medan, content), _print(_contrasting(medan, content), content)
    assert own.total > 3000
    assert other.total > 2000
    assert shared(own, other) < LIMIT
    assert alike((own, other)) == ()


# --- the measure itself ----------------------------------------------------------------------------------------------


def _document(medan: CityDossier, content: Content, *blocks: Block) -> Document:
    plan = plan_city(medan, content)
    return replace(compose_books(medan, content, plan, ROOT).documents[0], front=(), body=blocks)


def test_only_running_text_of_the_chapters_marked_distinct_counts(medan: CityDossier, content: Content) -> None:
    words = "satu dua tiga empat lima enam"

    def chapter(name: str) -> Chapter:
        paragraph = Paragraph(id=f"{name}/p", content=(Text(words),))
        source = Paragraph(id=f"{name}/s", content=(Text("sumber: a b c d e f g"),), role="source")
        return Chapter(id=name, title=(Text("a b c d e f g"),), children=(paragraph, source))

    annex = Annex(id="vision", title=(), children=chapter("swot").children)
    document = _document(medan, content, chapter("gaps"), chapter("introduction"), annex)
    assert fingerprint([document], medan, content).total == 2


def test_names_numbers_and_fill_ins_are_masked() -> None:
    text = "Kota Medan bernilai 2,5 dari 4 (12,3\u202f%) [3]; biayanya Rp\u00a01,2\u00a0miliar. [Isi: data — Bappeda]"
    words = masked(text, ["Kota Medan", "Medan"])
    assert words == ["@", "bernilai", "#", "dari", "#", "#", "#", "biayanya", "#", "#"]
    assert masked("Medanense Medan", ["Medan"]) == ["medanense", "@"]


def _of(slug: str, **counts: int) -> Fingerprint:
    return Fingerprint(slug, Counter({sum(map(ord, name)): count for name, count in counts.items()}))


def test_the_share_counts_how_often_a_text_stands_and_takes_the_larger_direction() -> None:
    one, two = _of("one", a=3, b=1), _of("two", a=1, c=9)
    assert shared(one, two) == shared(two, one) == 0.75
    assert shared(one, one) == 1.0
    assert shared(one, _of("x", z=1)) == 0.0
    assert shared(one, Fingerprint("none", Counter())) == 0.0


def test_pairs_that_are_too_alike_come_first_by_share() -> None:
    prints = (_of("one", a=1, b=1), _of("two", a=1, b=1), _of("three", a=1, c=1, d=1), _of("four", z=1))
    assert alike(prints) == (Pair("one", "two", 1.0),)
    assert [pair.share for pair in alike(prints, 0.4, 0.4)] == [1.0, 0.5, 0.5]


def test_regions_of_one_kind_may_share_more() -> None:
    one, two, other = (
        Fingerprint(slug, Counter({1: 6, key: 4}), kind)
        for slug, key, kind in (("a", 2, "kota"), ("b", 3, "kota"), ("c", 4, "kabupaten"))
    )
    assert shared(one, two) == shared(one, other) == 0.6
    assert [(pair.first, pair.second) for pair in alike((one, two, other))] == [("a", "c"), ("b", "c")]


def test_fingerprints_are_kept_and_read_back(tmp_path: Path) -> None:
    prints = [Fingerprint("a", Counter({1: 2, 2**63: 1}), "kota"), Fingerprint("b", Counter({1: 2}), "kabupaten")]
    (tmp_path / FOLDER).mkdir()
    for found in prints:
        place(tmp_path, found.slug).write_bytes(to_json(found))
    assert [from_json(place(tmp_path, found.slug).read_bytes()) for found in prints] == prints
    pairs = report(tmp_path, ["a", "b", "never-built"])
    assert pairs == (Pair("a", "b", 1.0),)
    data = json.loads((tmp_path / REPORT).read_text())
    assert report(tmp_path, ["a", "b", "never-built"]) == pairs
    place(tmp_path, "b").write_bytes(to_json(Fingerprint("b", Counter({9: 2}), "kabupaten")))
    assert report(tmp_path, ["a", "b"]) == ()
    data.pop("key")
    assert data == {"cities": 2, "pairs": [{"first": "a", "second": "b", "share": 1.0}]}


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"{}", b"\xff", b'{"slug": 1, "kind": 2, "shingles": {"x": 1}}', b"[" * 100_000]
)
def test_a_broken_fingerprint_is_none(data: bytes) -> None:
    assert from_json(data) is None


def test_a_build_leaves_the_fingerprint(medan: CityDossier, content: Content, tmp_path: Path) -> None:
    composed = compose_books(medan, content, plan_city(medan, content), ROOT)
    note_text(tmp_path, composed.documents, medan, content)
    found = from_json(place(tmp_path, "kota-medan").read_bytes())
    assert found == fingerprint(composed.documents, medan, content)
    assert (found.slug, found.kind) == ("kota-medan", "kota")


def test_fingerprints_are_the_same_in_every_process(medan: CityDossier, content: Content) -> None:
    paragraph = Paragraph(id="p", content=(Text("satu dua tiga empat lima"),))
    document = _document(medan, content, Chapter(id="gaps", title=(), children=(paragraph,)))
    assert dict(fingerprint([document], medan, content).shingles) == {_KNOWN: 1}


_KNOWN = 3_856_584_024_176_580_171


@given(st.lists(st.dictionaries(st.integers(0, 12), st.integers(1, 4), max_size=8), max_size=6))
def test_counting_bits_tells_the_same_as_counting_shingles(texts: list[dict[int, int]]) -> None:
    prints = [Fingerprint(f"c{number}", Counter(text)) for number, text in enumerate(texts)]
    wanted = {(one.slug, two.slug): shared(one, two) for one, two in combinations(prints, 2)}
    found = {(pair.first, pair.second): pair.share for pair in alike(iter(prints), 0.0, 0.0)}
    assert found == pytest.approx({pair: share for pair, share in wanted.items() if share > 0})
