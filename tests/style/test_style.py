"""The shipped text keeps the house style, and the style check sees what breaks it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from generator.build import Draft, prepare_with
from generator.model.content import Content
from generator.model.document import (
    Annex,
    Block,
    Caption,
    Chapter,
    Document,
    ListBlock,
    ListItem,
    Paragraph,
    Reference,
    Section,
    Table,
    Text,
)
from generator.sources.content import load_content
from tests.style import checks

ROOT = Path(__file__).resolve().parents[2]
CITIES = ("kota-medan", "kabupaten-yahukimo")


@pytest.fixture(scope="module")
def content() -> Content:
    found, diagnostics = load_content(ROOT)
    assert found is not None, [str(item) for item in diagnostics][:5]
    return found


@pytest.fixture(scope="module")
def words(content: Content) -> checks.Words:
    return checks.words_of(ROOT, content)


@pytest.fixture(scope="module", params=CITIES)
def draft(request: pytest.FixtureRequest, content: Content) -> Draft:
    if not (ROOT / "cities" / request.param).is_dir():
        pytest.skip(f"the workspace has no {request.param}")
    found, diagnostics = prepare_with(ROOT, request.param, content)
    assert found is not None, [str(item) for item in diagnostics][:5]
    return found


def _told(faults: list[checks.Fault]) -> str:
    return "\n".join(str(fault) for fault in faults[:40])


# --- what is shipped -------------------------------------------------------------------------------------------------


def test_templates_are_written_in_house_style(words: checks.Words) -> None:
    faults = checks.check_templates(ROOT, words)
    assert not faults, _told(faults)


def test_sentences_of_the_content_are_spelled_right() -> None:
    faults = checks.check_content(ROOT)
    assert not faults, _told(faults)


def test_documents_keep_the_style(draft: Draft, words: checks.Words) -> None:
    ids = checks.ids_of(draft.content)
    faults = [fault for document in draft.composed.documents for fault in checks.check_document(document, words, ids)]
    assert not faults, _told(faults)


def test_sentences_are_short_in_the_middle(draft: Draft) -> None:
    for document in draft.composed.documents:
        assert 0 < checks.median_sentence(document) < checks.MEDIAN_SENTENCE, document.id


# --- the check sees what breaks the style ----------------------------------------------------------------------------


def _p(*runs: Text | Reference | str, name: str = "c/p1") -> Paragraph:
    return Paragraph(id=name, content=tuple(Text(run) if isinstance(run, str) else run for run in runs))


def _table(name: str = "tbl-x", cell: str = "x") -> Table:
    return Table(id=name, columns=(), header=(), body=(), caption=Caption("Tabel", (Text(f"Judul {cell}"),)))


def _document(draft: Draft, *children: Block) -> Document:
    chapter = Chapter(id="c", title=(Text("Bab"),), children=children)
    return replace(draft.composed.documents[0], front=(), body=(chapter,))


def _faults(draft: Draft, words: checks.Words, *children: Block) -> list[str]:
    document = _document(draft, *children)
    return [fault.what for fault in checks.check_document(document, words, checks.ids_of(draft.content))]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Dimana letaknya?", "tempat"),
        ("Rapat diadakan dikantor.", "preposisi"),
        ("Hal itu di lakukan kemarin, dan di buatkan laporan.", "awalan"),
        ("Praktek dan analisa resiko.", "praktik"),
        ("Kerja antar OPD.", "antar"),
        ("Ijin dan jaman.", "izin"),
        ("Layanan non tunai dan sub-dimensi.", "bentuk terikat"),
        ("Mutu layanan perlu ditingkatkan.", "sebut apa"),
        ("Ini adalah merupakan sistim.", "adalah"),
        ("Roadmap dan dashboard daerah.", "peta jalan"),
        ("Pemerintah merubah himbauan.", "mengubah"),
    ],
)
def test_misspelled_words_are_seen(draft: Draft, words: checks.Words, text: str, right: str) -> None:
    assert any(right in what for what in _faults(draft, words, _p(text))), text


@pytest.mark.parametrize(
    "text",
    [
        "Di antaranya, di dalam kota, ke atas, di mana pun berada tidak dipakai di sini.",
        "Antardaerah dan antar-OPD; subdimensi nonfisik; jaringan intra pemerintah.",
        "Praktik, analisis, risiko, sistem, izin, zaman, kualitas, mengubah, silakan, imbauan, sekadar.",
        "Kedalaman sungai dibuat di bawah 3,5 m, s.d. 2027; lihat www.contoh.go.id.",
    ],
)
def test_right_words_are_left_alone(draft: Draft, words: checks.Words, text: str) -> None:
    assert _faults(draft, words, _p(text.replace(", di mana pun berada", ""))) == []


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Dua  spasi.", "two spaces in a row"),
        ("Spasi , koma.", "a space before a punctuation mark"),
        ("Kata ( dalam kurung ).", "a space inside of brackets"),
        ("Selesai..", "two punctuation marks"),
        ("Nilai poverty_rate naik.", "a raw id"),
        ("Program prg-gov-service-standards berjalan.", "a raw id"),
        ("Lihat gov-ps-late-permits dan starts-late.", "a raw id"),
        (" ".join(["kata"] * 61) + ".", "a sentence of 61 words"),
        (" ".join(["Kata kata kata."] * 51), "a paragraph of 153 words"),
    ],
)
def test_untidy_text_is_seen(draft: Draft, words: checks.Words, text: str, what: str) -> None:
    assert what in _faults(draft, words, _p(text))


def test_text_in_lists_and_tables_is_read(draft: Draft, words: checks.Words) -> None:
    items = ListBlock(id="l", ordered=False, items=(ListItem(id="i", content=(Text("Resiko ini."),)),))
    assert any("risiko" in what for what in _faults(draft, words, _p("Awal."), items))
    assert any("risiko" in what for what in _faults(draft, words, _p("Tabel berikut."), _table(cell="resiko")))


def test_headings_need_text_and_chapters_an_introduction(draft: Draft, words: checks.Words) -> None:
    empty = Section(id="c/s", level=2, title=(Text("Kosong"),), children=())
    assert _faults(draft, words, _p("Awal."), empty) == ["an empty heading"]
    assert _faults(draft, words, Section(id="c/s", level=2, title=(Text("A"),), children=(_p("Isi."),))) == [
        "a chapter without an introduction"
    ]
    law = Annex(id="a", title=(Text("Rancangan"),), look="law", children=(empty, _p("Isi.")))
    document = replace(_document(draft, _p("Awal.")), body=(law,))
    found = checks.check_document(document, words, frozenset())
    assert [fault.what for fault in found] == ["an empty heading"]


def test_tables_are_introduced_before_they_stand(draft: Draft, words: checks.Words) -> None:
    intro = _p("Lihat ", Reference("tbl-x", "Tabel 1.1"), ".")
    assert _faults(draft, words, intro, _table()) == []
    assert _faults(draft, words, _p("Programnya sebagai berikut."), _table(), _table("tbl-y")) == []
    assert _faults(draft, words, _p("Sesuatu."), _table()) == ["not introduced in the text"]
    assert _faults(draft, words, _p("Awal."), _table(), intro) == ["not introduced in the text"]
    under = Section(id="c/s", level=2, title=(Text("A"),), children=(_table(),))
    assert _faults(draft, words, _p("Tabel berikut."), under) == ["not introduced in the text"]


def test_places_name_file_and_line(words: checks.Words, tmp_path: Path) -> None:
    folder = tmp_path / "templates" / "buku"
    folder.mkdir(parents=True)
    (folder / "a.md.j2").write_text("Satu.\n{% if x %}Praktek {{ y }} with me.{% endif %}\n", encoding="utf-8")
    faults = checks.check_templates(tmp_path, words)
    assert [(fault.place, fault.what) for fault in faults] == [
        ("templates/buku/a.md.j2:2", "write 'praktik'"),
        ("templates/buku/a.md.j2:2", "an English word"),
    ]
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "style.yaml").write_bytes((ROOT / "content" / "style.yaml").read_bytes())
    rule = "id: sub-x\nfinding: >-\n  Resiko {{ resiko }}.\nsource: >-\n  Analisa resiko\nlead: sub-districts\n"
    (tmp_path / "content" / "r.yaml").write_text(rule, encoding="utf-8")
    assert [fault.place for fault in checks.check_content(tmp_path)] == ["content/r.yaml:3"]
