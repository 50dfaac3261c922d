"""Pulled edits live on: the next build merges them, shows what clashes, and a second pull finds nothing new."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from generator.build import Draft, prepare
from generator.compose.conflicts import HOW_TO_ANSWER
from generator.compose.edits import Merging
from generator.issued import issue_city, with_build_id
from generator.model.document import Block, Chapter, Document, Figure, ListItem, Paragraph, Section, Table
from generator.model.edits import Edit, units
from generator.model.walks import plain, walk
from generator.pulling import pull
from generator.roundtrip.compare import Author, compare
from generator.roundtrip.reader import read
from generator.writers.docx import write
from tests.compose.small import lay
from tests.roundtrip.test_foreign_xml import changed
from tests.roundtrip.test_pull import CITY, END, moved, with_new, without
from tests.writers.sample_document import sample_document
from tests.writers.sample_pieces import words

Change = Callable[[str], str]


@pytest.fixture(scope="module")
def written(workspace: Path) -> bytes:
    return write(sample_document(), workspace)


def merged(edits: list[Edit], document: Document | None = None) -> tuple[Document, Merging]:
    base = document or sample_document()
    merging = Merging(tuple(edits), date="2026-12-02")
    body = merging.merge(base.body, lambda edit: not edit.block.startswith("daftar-isi"))
    return replace(base, body=body, comments=tuple(merging.comments)), merging


def edits_of(data: bytes, base: Document) -> list[Edit]:
    found = compare(base, read(data, "x.docx", base), Author("Siti", "2026-12-01", "x.docx"))
    return found.edits


CHANGES: list[Change] = [
    lambda xml: xml.replace("Awal bab dua.", "Awal bab kedua."),
    lambda xml: xml.replace("langkah dua", "langkah kedua"),
    lambda xml: xml.replace("Program 7<", "Program tujuh<"),
    lambda xml: xml.replace(f"Wilayah kota{END}", f"Wilayah kota kita{END}"),
    lambda xml: xml.replace("Data sementara.", "Data tetap."),
    without("Setelah halaman mendatar."),
    without("langkah satu"),
    with_new("Awal bab dua.", "Kalimat baru dari kota."),
    with_new("langkah satu", "langkah sisipan"),
    with_new(f"Maksud dan tujuan{END}", f"Sasaran{END}"),
    moved("Paragraf kedua yang panjang", "Setelah halaman mendatar."),
    moved("langkah dua", "Awal bab dua."),
]


@pytest.mark.parametrize("change", CHANGES)
def test_what_was_pulled_and_merged_reads_as_the_city_left_it(written: bytes, workspace: Path, change: Change) -> None:
    """The merged book, written anew, says passage for passage what the edited file says."""
    data = changed(written, change)
    edits = edits_of(data, sample_document())
    assert edits
    book, merging = merged(edits)
    assert not merging.conflicts
    edited = read(data, "x.docx", sample_document())
    assert said(book.body) == said(edited.body)
    again = edits_of(write(book, workspace), book)
    assert again == []


def said(blocks: tuple[Block, ...]) -> list[str]:
    return [
        plain(unit.inlines) for unit in units(blocks)
        if unit.part in ("text", "caption") and not unit.id.startswith("daftar-sumber")
    ]  # fmt: skip


def test_all_changes_at_once(written: bytes, workspace: Path) -> None:
    data = written
    for change in (*CHANGES[1:5], *CHANGES[7:11]):
        data = changed(data, change)
    book, merging = merged(edits_of(data, sample_document()))
    assert not merging.conflicts
    assert said(book.body) == said(read(data, "x.docx", sample_document()).body)
    assert edits_of(write(book, workspace), book) == []


def with_text(block_id: str, text: str) -> Document:
    """Return the sample as a newer generator would write it: one paragraph says something else."""
    document = sample_document()

    def change(block: Block) -> Block:
        if isinstance(block, Paragraph) and block.id == block_id:
            return replace(block, content=words(text))
        if isinstance(block, Chapter):
            return replace(block, children=tuple(map(change, block.children)))
        return block

    return replace(document, body=tuple(map(change, document.body)))


def test_where_both_differ_the_citys_words_stay_and_the_others_are_shown(written: bytes, workspace: Path) -> None:
    edits = edits_of(changed(written, CHANGES[0]), sample_document())
    book, merging = merged(edits, with_text("bab2-p", "Bab dua versi baru."))
    assert [(one.edit.block, one.new) for one in merging.conflicts] == [("bab2-p", "Bab dua versi baru.")]
    assert "Awal bab kedua." in said(book.body)
    data = write(book, workspace)
    reading = read(data, "x.docx", book)
    assert [(one.block, one.lines) for one in reading.remarks] == [
        ("bab2-p", ("Teks baru dari generator: Bab dua versi baru.", HOW_TO_ANSWER))
    ]
    assert edits_of(data, book) == []


def test_where_both_say_the_same_nothing_clashes(written: bytes) -> None:
    edits = edits_of(changed(written, CHANGES[0]), sample_document())
    _, merging = merged(edits, with_text("bab2-p", "Awal bab kedua."))
    assert not merging.conflicts


def test_where_only_the_generator_changed_its_words_are_taken(written: bytes) -> None:
    edits = edits_of(changed(written, CHANGES[1]), sample_document())
    book, merging = merged(edits, with_text("bab2-p", "Bab dua versi baru."))
    assert not merging.conflicts
    assert "Bab dua versi baru." in said(book.body)
    assert "langkah kedua" in said(book.body)


def test_an_edit_whose_block_is_gone_stays_at_its_neighbour(written: bytes) -> None:
    edits = edits_of(changed(written, CHANGES[0]), sample_document())
    document = sample_document()
    chapter = document.body[1]
    assert isinstance(chapter, Chapter)
    shorter = replace(
        document, body=(document.body[0], replace(chapter, children=chapter.children[1:]), *document.body[2:])
    )
    book, merging = merged(edits, shorter)
    assert [one.new for one in merging.conflicts] == [""]
    kept = next(block for block in walk(book.body) if block.id == "bab2")
    assert isinstance(kept, Chapter)
    assert isinstance(kept.children[0], Paragraph)
    assert kept.children[0].content == words("Awal bab kedua.")


def test_rows_are_merged_by_their_label(written: bytes) -> None:
    data = changed(written, lambda xml: xml.replace("Program 7<", "Program 7 kota<"))
    edits = edits_of(data, sample_document())
    document = sample_document()

    def grow(block: Block) -> Block:
        if isinstance(block, Table) and block.id == "tabel-panjang":
            return replace(block, body=(block.body[59], *block.body[:59]))
        children = getattr(block, "children", ())
        if children and not isinstance(block, Figure):
            return replace(block, children=tuple(map(grow, children)))  # type: ignore[call-arg]
        return block

    book, merging = merged(edits, replace(document, body=tuple(map(grow, document.body))))
    assert not merging.conflicts
    table = next(block for block in walk(book.body) if block.id == "tabel-panjang")
    assert isinstance(table, Table)
    assert plain(table.body[7].cells[0].paragraphs[0]) == "Program 7 kota"


# --- the whole way, with a city --------------------------------------------------------------------------------------


@pytest.fixture
def city(tmp_path: Path) -> Path:
    return lay(tmp_path / "workspace")


def draft_of(workspace: Path) -> Draft:
    draft, diagnostics = prepare(workspace, CITY)
    assert draft is not None, "\n".join(map(str, diagnostics))
    errors = [item for item in diagnostics if item.severity.value == "error"]
    assert not errors
    return draft


def marked_everywhere(data: bytes, typed: list[str], start: str) -> bytes:
    """Return a book with a word of its own typed into each passage and cell behind the first heading."""

    def change(xml: str) -> str:
        begin = xml.index(start)

        def mark(match: re.Match[str]) -> str:
            typed.append(f"kata{len(typed)}x")
            return f"{match.group(1)} {typed[-1]}</w:t></w:r>{match.group(2)}"

        pattern = r"([^<>]+)</w:t></w:r>(<w:bookmarkEnd|</w:p></w:tc>)"
        return xml[:begin] + re.sub(pattern, mark, xml[begin:])

    return changed(data, change)


def text_of(documents: tuple[Document, ...]) -> str:
    found = []
    for document in documents:
        for unit in units((*document.front, *document.body)):
            found.append(plain(unit.inlines))
            if isinstance(unit.block, Table) and unit.part == "table":
                rows = (*unit.block.header, *unit.block.body)
                found += [plain(paragraph) for row in rows for cell in row.cells for paragraph in cell.paragraphs]
    return "\n".join(found)


def test_nothing_that_a_city_typed_is_ever_lost(city: Path) -> None:
    issued = issue_city(city, CITY, city / "output", engine="typst")
    assert not issued.failed, "\n".join(map(str, issued.diagnostics))
    typed: list[str] = []
    told = ""
    for number, book in enumerate(issued.books):
        path = city.parent / f"disunting-{number}.docx"
        path.write_bytes(marked_everywhere(book.docx.read_bytes(), typed, "<w:bookmarkStart"))
        result = pull(city, CITY, path)
        assert not result.failed, "\n".join(map(str, result.diagnostics))
        told += "\n".join(result.remarks)  # the list of sources is made from the data: told, not taken
    assert len(typed) > 50
    # Data and texts go on changing meanwhile.
    template = next((city / "templates").rglob("*.md.j2"))
    text = template.read_text(encoding="utf-8")
    template.write_text(f"{text}\n\nKalimat baru dari templat.\n", encoding="utf-8")
    rebuilt = draft_of(city)
    found = text_of(rebuilt.composed.documents)
    lost = [word for word in typed if word not in found]
    assert [word for word in lost if word not in told] == []
    assert len(lost) <= 2
    assert "Kalimat baru dari templat." in found


def test_pull_then_build_then_pull_is_empty(city: Path) -> None:
    issued = issue_city(city, CITY, city / "output", engine="typst")
    path = city.parent / "disunting.docx"
    path.write_bytes(marked_everywhere(issued.books[0].docx.read_bytes(), [], "<w:bookmarkStart"))
    first = pull(city, CITY, path)
    assert first.fresh
    assert pull(city, CITY, path).fresh == ()
    document = with_build_id(draft_of(city).composed.documents[0])
    path.write_bytes(write(document, city))
    second = pull(city, CITY, path)
    assert not second.failed, "\n".join(map(str, second.diagnostics))
    assert (second.edits, second.fresh) == ((), ())


def test_the_order_of_two_peoples_files_does_not_matter(city: Path, tmp_path: Path) -> None:
    issued = issue_city(city, CITY, city / "output", engine="typst")
    data = issued.books[0].docx.read_bytes()
    all_words: list[str] = []
    whole = marked_everywhere(data, all_words, "<w:bookmarkStart")
    half = len(all_words) // 2
    mine, yours = (drop(whole, all_words[:half]), drop(whole, all_words[half:]))
    states = []
    for number, order in enumerate(((mine, yours), (yours, mine))):
        place = lay(tmp_path / f"other{number}")
        issue_city(place, CITY, place / "output", engine="typst")
        for file in order:
            path = tmp_path / "x.docx"
            path.write_bytes(file)
            assert not pull(place, CITY, path).failed
        folder = place / "cities" / CITY / "edits"
        states.append({path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.yaml")})
    assert states[0] == states[1]
    assert states[0]


def drop(data: bytes, typed: list[str]) -> bytes:
    return changed(data, lambda xml: re.sub("|".join(rf" {word}(?=<)" for word in typed), "", xml))


def test_a_passage_that_the_city_added_can_be_edited_moved_and_deleted_again(city: Path) -> None:
    first = issue_city(city, CITY, city / "output", engine="typst").books[0].docx.read_bytes()
    start = "Sumber disusun menurut urutan kutipan"
    path = city.parent / "x.docx"
    path.write_bytes(changed(first, with_new(start, "Kalimat kota.")))
    steps: list[tuple[Change, str]] = [
        (lambda xml: xml.replace("Kalimat kota.", "Kalimat kota kedua."), "Kalimat kota kedua."),
        (lambda xml: xml.replace("Kalimat kota kedua.", "Kalimat ketiga."), "Kalimat ketiga."),
        (without("Kalimat ketiga."), ""),
    ]
    assert not pull(city, CITY, path).failed
    for change, words_now in steps:
        document = with_build_id(draft_of(city).composed.documents[0])
        path.write_bytes(changed(write(document, city), change))
        result = pull(city, CITY, path)
        assert not result.failed, "\n".join(map(str, result.diagnostics))
        draft = draft_of(city)
        assert not draft.composed.conflicts
        shown = [text for text in text_of(draft.composed.documents).splitlines() if text.startswith("Kalimat")]
        assert [text.rstrip(".") for text in shown] == ([words_now.rstrip(".")] if words_now else [])
        again = with_build_id(draft.composed.documents[0])
        path.write_bytes(write(again, city))
        assert pull(city, CITY, path).fresh == ()


@pytest.mark.parametrize(
    ("words_there", "before", "after", "kind"),
    [
        ("Awal bab dua.", "BodyText", "Heading2", Section),
        ("Awal bab dua.", "BodyText", "Heading3", Section),
        ("Awal bab dua.", "BodyText", "ListBullet", ListItem),
        (f"Maksud dan tujuan{END}", "Heading2", "Heading3", Section),
        (f"Maksud dan tujuan{END}", "Heading2", "BodyText", Paragraph),
    ],
)
def test_a_restyled_passage_stays_so(
    written: bytes, workspace: Path, words_there: str, before: str, after: str, kind: type
) -> None:
    def style(xml: str) -> str:
        place = xml.index(words_there)
        start = xml.rindex(f'<w:pStyle w:val="{before}"', 0, place)
        return xml[:start] + xml[start:place].replace(before, after, 1) + xml[place:]

    data = changed(written, style)
    (edit,) = edits_of(data, sample_document())
    assert (edit.op, type(edit.value)) == ("restyle", kind)
    book, merging = merged([edit])
    assert not merging.conflicts
    again = write(book, workspace)
    assert edits_of(again, book) == []
    found = next(unit for unit in units(read(again, "x.docx", book).body) if unit.id == edit.block)
    assert type(found.block) is kind
