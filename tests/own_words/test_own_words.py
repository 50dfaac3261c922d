"""The city's own words: where they go, what they may be, and what is said when they have no place."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from generator.analysis.planning import plan_city
from generator.compose.book import compose_books
from generator.compose.own_words import put
from generator.model.content import CityDossier, Content
from generator.model.diagnostics import Diagnostic, Place, Severity
from generator.model.document import (
    Annex,
    Block,
    Chapter,
    Emphasis,
    Link,
    ListBlock,
    Paragraph,
    Placeholder,
    Reference,
    Section,
    Table,
    Text,
)
from generator.model.framework import BookSpec, ChapterSpec
from generator.model.walks import inlines_of, plain, walk, walk_inlines
from generator.sources.cities import load_city
from generator.sources.content import load_content
from tests.own_words.dossier import dossier_with

ROOT = Path(__file__).resolve().parents[2]


def _paragraph(name: str, *runs: Text | Reference) -> Paragraph:
    return Paragraph(id=name, content=runs or (Text(name),))


def _section(name: str, level: int, *children: Block) -> Section:
    return Section(id=name, level=level, title=(Text(f"Judul {name}"),), children=children)


def _chapter(name: str, *children: Block) -> Chapter:
    return Chapter(id=name, title=(Text(f"Bab {name}"),), children=children)


def _spec(name: str) -> BookSpec:
    chapter = ChapterSpec(id="gaps", title="Bab", template="x.md.j2")
    return BookSpec(id=name, file_name=name, title=name, subtitle="", subject="", chapters=(chapter,))


def _books() -> list[tuple[BookSpec, tuple[Block, ...]]]:
    table = Table(id="tbl-x", columns=(), header=(), body=())
    first = (
        _chapter("introduction", _paragraph("introduction/p1", Reference("tbl-x"))),
        _chapter(
            "gaps",
            _paragraph("gaps/p1"),
            _section(
                "gaps/service",
                2,
                _paragraph("gaps/service/p1"),
                table,
                _section("gaps/service-now", 3, _paragraph("gaps/service-now/p1")),
            ),
            _section("gaps/people", 2, _paragraph("gaps/people/p1")),
        ),
    )
    second: tuple[Block, ...] = (
        _chapter("introduction", _paragraph("introduction/p1")),
        Annex(id="sources", title=(Text("Sumber"),), children=()),
    )
    return [(_spec("analysis"), first), (_spec("masterplan"), second)]


def _put(**texts: str) -> tuple[list[tuple[Block, ...]], tuple[Diagnostic, ...]]:
    books, diagnostics = put(_books(), dossier_with(texts))
    return [blocks for _, blocks in books], diagnostics


def _find(blocks: tuple[Block, ...], name: str) -> Block:
    return next(block for block in walk(blocks) if block.id == name)


def _children(blocks: tuple[Block, ...], name: str) -> tuple[Block, ...]:
    found = _find(blocks, name)
    assert isinstance(found, Chapter | Section | Annex)
    return found.children


def _texts(blocks: tuple[Block, ...]) -> list[str]:
    return [plain(tuple(inlines_of(block))) for block in blocks]


def test_before_stands_below_the_heading_and_the_rest_stays() -> None:
    (first, second), diagnostics = _put(a="---\nsection: gaps/service\nmode: before\n---\nKata kami.\n")
    assert diagnostics == ()
    children = _children(first, "gaps/service")
    assert _texts(children)[:2] == ["Kata kami.", "gaps/service/p1"]
    assert len(children) == 4
    assert second == _books()[1][1]


def test_after_ends_what_the_section_itself_says() -> None:
    (first, _), _ = _put(a="---\nsection: gaps/service\nmode: after\n---\nKata kami.\n")
    kinds = [type(child).__name__ for child in _children(first, "gaps/service")]
    assert kinds == ["Paragraph", "Table", "Paragraph", "Section"]


def test_after_with_a_heading_becomes_the_last_subsection() -> None:
    (first, _), _ = _put(a="---\nsection: gaps/service\nmode: after\n---\n# Catatan kami\n\nKata kami.\n")
    last = _children(first, "gaps/service")[-1]
    assert isinstance(last, Section)
    assert (last.level, plain(last.title)) == (3, "Catatan kami")
    assert _texts(last.children) == ["Kata kami."]


def test_replace_keeps_the_heading_and_sends_references_to_it() -> None:
    (first, _), diagnostics = _put(a="---\nsection: gaps/service\nmode: replace\n---\nKata kami.\n")
    section = _find(first, "gaps/service")
    assert isinstance(section, Section)
    assert plain(section.title) == "Judul gaps/service"
    assert _texts(section.children) == ["Kata kami."]
    reference = next(iter(inlines_of(_find(first, "introduction/p1"))))
    assert reference == Reference("gaps/service")
    assert diagnostics == ()


def test_replace_with_a_first_heading_gives_another_title() -> None:
    (first, _), _ = _put(
        a="---\nsection: gaps/service\nmode: replace\n---\n# Pelayanan kami\n\nSatu.\n\n## Dua\n\nTiga.\n"
    )
    section = _find(first, "gaps/service")
    assert isinstance(section, Section)
    assert plain(section.title) == "Pelayanan kami"
    inner = section.children[1]
    assert isinstance(inner, Section)
    assert inner.level == 3


def test_the_file_name_is_the_section_where_none_is_named() -> None:
    (first, _), diagnostics = _put(gaps="---\nmode: before\n---\nKata kami.\n")
    assert diagnostics == ()
    assert _texts(_children(first, "gaps"))[0] == "Kata kami."


def test_an_annex_can_have_own_words() -> None:
    (_, second), diagnostics = _put(a="---\nsection: sources\nmode: after\n---\nKata kami.\n")
    assert diagnostics == ()
    assert _texts(_children(second, "sources")) == ["Kata kami."]


def test_origin_is_the_line_of_the_text_and_ids_do_not_move_with_other_text() -> None:
    source = "---\nsection: gaps\nmode: before\n---\nSatu.\n\nDua\nlanjut.\n\n- butir\n"
    (first, _), _ = _put(a=source)
    own = _children(first, "gaps")[:3]
    assert [(block.origin.file, block.origin.line) for block in own if block.origin] == [
        ("cities/kota-uji/text/a.md", 5),
        ("cities/kota-uji/text/a.md", 7),
        ("cities/kota-uji/text/a.md", 10),
    ]
    (again, _), _ = _put(a=source.replace("Satu.", "Kalimat lain yang panjang."))
    assert [block.id for block in _children(again, "gaps")[:3]] == [block.id for block in own]
    assert len({block.id for block in walk(first)}) == len(list(walk(first)))


def test_markdown_is_read_and_nothing_else_is() -> None:
    source = (
        "---\nsection: gaps\nmode: before\n---\n"
        "Baris *miring* dan [tautan](https://contoh.go.id), {{ city.name }} {% raw %} <b>tebal</b> &amp; "
        "[jebakan](javascript:alert(1)).\n\n- satu\n- dua\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n"
    )
    (first, _), diagnostics = _put(a=source)
    assert diagnostics == ()
    paragraph, items, table = _children(first, "gaps")[:3]
    assert isinstance(items, ListBlock)
    assert isinstance(table, Table)
    assert len(table.body) == 1
    text = plain(tuple(inlines_of(paragraph)))
    assert "{{ city.name }} {% raw %}" in text
    assert "<b>tebal</b> &amp;" in text
    runs = list(walk_inlines(tuple(inlines_of(paragraph))))
    assert [run.url for run in runs if isinstance(run, Link)] == ["https://contoh.go.id"]
    assert any(isinstance(run, Emphasis) for run in runs)


def test_private_characters_cannot_forge_a_token() -> None:
    (first, _), _ = _put(a="---\nsection: gaps\nmode: before\n---\nAwas \ue0000\ue001 dan \ue0020:1:1\ue003.\n")
    assert "\ue000" not in repr(first)
    assert "�" in _texts(_children(first, "gaps"))[0]


@pytest.mark.parametrize(
    ("source", "code", "line", "words"),
    [
        ("---\nsection: gaps/servis\nmode: before\n---\nKata.\n", "MP351", 1, "gaps/service"),
        ("---\nsection: gaps\nmode: before\nbook: analisis\n---\nKata.\n", "MP351", 1, "did you mean 'analysis'?"),
        ("---\nsection: gaps\nmode: instead\n---\nKata.\n", "MP352", 1, "replace, before, after"),
        ("---\nsection: gaps\n---\nKata.\n", "MP352", 1, "replace, before, after"),
        ("Kata tanpa kepala.\n", "MP352", 1, "replace, before, after"),
        ("---\nsections: gaps\nmode: before\n---\nKata.\n", "MP352", 2, "did you mean 'section'?"),
        ("---\nsection: gaps\nsection: x\nmode: before\n---\nKata.\n", "MP352", 3, "known keys"),
        ("---\nsection: gaps\nmode: before\nKata.\n", "MP352", 4, "known keys"),
        ("---\nsection: gaps\nmode: before\n", "MP352", 1, "close it"),
        ("---\nsection: gaps\nmode: before\n---\n \n\t\n", "MP353", 1, "delete the file"),
        ("---\nsection: introduction\nmode: before\n---\nKata.\n", "MP354", 1, "book: …"),
        ("---\nsection: gaps\nmode: before\n---\nKata. {: .besar }\n", "MP355", 5, "known roles"),
        ("---\nsection: gaps\nmode: before\n---\n!!! awas \"X\"\n    Kata.\n", "MP355", 5, "known kinds"),
    ],
)  # fmt: skip
def test_what_has_no_place_is_told(source: str, code: str, line: int, words: str) -> None:
    (first, second), diagnostics = _put(a=source)
    assert [(item.code, item.place.line, item.severity) for item in diagnostics] == [(code, line, Severity.ERROR)]
    assert diagnostics[0].place.file == "cities/kota-uji/text/a.md"
    assert words in (diagnostics[0].hint or "")
    assert [first, second] == [blocks for _, blocks in _books()]


def test_a_section_is_replaced_once() -> None:
    source = "---\nsection: gaps\nmode: replace\n---\nKata.\n"
    _, diagnostics = _put(a=source, b=source)
    assert [(item.code, item.place) for item in diagnostics] == [("MP355", Place("cities/kota-uji/text/b.md", 1, 1))]


@pytest.mark.parametrize(
    "body", [">" * 5000 + " dalam", "\n".join("  " * depth + "- x" for depth in range(600)), "[" * 20_000]
)
def test_what_would_take_too_long_is_told(body: str) -> None:
    _, diagnostics = _put(a=f"---\nsection: gaps\nmode: before\n---\n{body}\n")
    assert [item.code for item in diagnostics] == ["MP355"]


def test_a_file_that_a_fill_in_asks_for_stands_in_its_place_in_all_books() -> None:
    def asking(name: str) -> Section:
        hole = Placeholder(id=f"{name}/x3", what="visi", where="text/vision.md")
        return _section(name, 2, _paragraph(f"{name}/p1"), hole, _paragraph(f"{name}/p2"))

    books = [(spec, (_chapter("c", asking(f"c/{spec.id}")),)) for spec, _ in _books()]
    changed, diagnostics = put(books, dossier_with({"vision": "Kami *sepakat*.\n\n## Rincian\n\n- satu\n"}))
    assert diagnostics == ()
    for spec, blocks in changed:
        children = _children(blocks, f"c/{spec.id}")
        assert _texts(children)[:2] == [f"c/{spec.id}/p1", "Kami sepakat."]
        assert not any(isinstance(block, Placeholder) for block in walk(blocks))
        detail = children[2]
        assert isinstance(detail, Section)
        assert detail.level == 3
        assert len({block.id for block in walk(blocks)}) == len(list(walk(blocks)))
    _, told = put(books, dossier_with({"visions": "Kami sepakat.\n"}))
    assert [item.code for item in told] == ["MP352"]
    broken, told = put(books, dossier_with({"vision": "Kami. {: .besar }\n"}))
    assert {item.code for item in told} == {"MP355"}
    assert [blocks for _, blocks in broken] == [blocks for _, blocks in books]


def test_books_without_texts_stay_as_they_are() -> None:
    dossier: CityDossier = replace(dossier_with({}))
    books, diagnostics = put(_books(), dossier)
    assert (list(books), diagnostics) == (_books(), ())


@pytest.fixture(scope="module")
def medan() -> tuple[CityDossier, Content]:
    content, _ = load_content(ROOT)
    assert content is not None
    dossier, _ = load_city(ROOT, "kota-medan", content)
    assert dossier is not None
    return dossier, content


def test_the_books_of_a_city_hold_its_words_and_numbers_go_on(medan: tuple[CityDossier, Content]) -> None:
    dossier, content = medan
    own = "Kami menulis ini sendiri.\n\n## Bagian kami\n\nIsi.\n"
    texts = {"a": f"---\nsection: gaps/public-service\nmode: replace\n---\n{own}"}
    plan = plan_city(dossier, content)
    plain_books = compose_books(dossier, content, plan, ROOT)
    own_books = compose_books(replace(dossier, texts=texts), content, plan, ROOT)
    assert [item for item in own_books.diagnostics if item not in plain_books.diagnostics] == []
    section = _find(own_books.documents[0].body, "gaps/public-service")
    before = _find(plain_books.documents[0].body, "gaps/public-service")
    assert isinstance(section, Section)
    assert isinstance(before, Section)
    assert section.number == before.number
    assert plain(section.title) == plain(before.title)
    assert _texts(section.children)[0] == "Kami menulis ini sendiri."
    inner = section.children[1]
    assert isinstance(inner, Section)
    assert inner.number == f"{section.number}.1"


def test_an_unknown_section_of_the_real_books_is_told_with_the_nearest(medan: tuple[CityDossier, Content]) -> None:
    dossier, content = medan
    texts = {"a": "---\nsection: gaps/publik-service\nmode: replace\n---\nKata.\n"}
    composed = compose_books(replace(dossier, texts=texts), content, plan_city(dossier, content), ROOT)
    found = [item for item in composed.diagnostics if item.code == "MP351"]
    assert len(found) == 1
    assert "'gaps/public-service'" in (found[0].hint or "")


def test_the_fill_ins_of_the_real_books_are_answered_by_the_file_that_they_name(
    medan: tuple[CityDossier, Content],
) -> None:
    dossier, content = medan
    plan = plan_city(dossier, content)
    before = compose_books(dossier, content, plan, ROOT)
    asked = {hole.where for hole in before.holes if hole.where.startswith("text/")}
    assert asked
    texts = {name.removeprefix("text/").removesuffix(".md"): "Kata daerah sendiri.\n" for name in asked}
    after = compose_books(replace(dossier, texts=texts), content, plan, ROOT)
    assert [item for item in after.diagnostics if item not in before.diagnostics] == []
    assert not {hole.where for hole in after.holes if hole.where.startswith("text/")}
