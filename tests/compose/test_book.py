"""Whole books: check-list, marks of sample data, sentences of rules, numbers of fill-ins, first mentions."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.build import Draft
from generator.compose.book import SAMPLE_MARK, open_items
from generator.compose.checklist import fill, holes
from generator.compose.tables.annexes import CHECKLIST
from generator.model.diagnostics import Severity
from generator.model.document import Block, Missing, Paragraph, Placeholder, Table
from generator.model.walks import plain, walk
from tests.compose.small import SLUG, blocks_of, compose, edit, words


def checklist_of(draft: Draft) -> list[list[str]]:
    table = blocks_of(draft)[CHECKLIST]
    assert isinstance(table, Table)
    return [[plain(cell.paragraphs[0]) for cell in row.cells] for row in table.body]


def test_the_check_list_holds_every_fill_in_once_with_owner_place_and_number(draft: Draft) -> None:
    rows = checklist_of(draft)
    document = draft.composed.documents[0]
    found = holes((*document.front, *document.body))
    assert {(row[1], row[4]) for row in rows} == {(hole.what, f"{count}×") for hole, count in found.items()}
    assert [row[0] for row in rows] == [str(index) for index, _ in enumerate(rows, 1)]
    assert ["lama antrean", "Kantor Layanan Kota Contoh", "city.yaml: facts.queue_minutes", "1×"] in [
        r[1:] for r in rows
    ]
    assert open_items(document) == sum(found.values()) == sum(draft.composed.holes.values())


def test_what_the_city_supplies_leaves_the_check_list(workspace: Path, draft: Draft) -> None:
    edit(
        workspace,
        f"cities/{SLUG}/city.yaml",
        "facts:\n",
        "facts:\n  queue_minutes: {value: 45, year: 2025, source: Catatan loket 2025}\n",
    )
    after = compose(workspace)
    assert len(checklist_of(after)) == len(checklist_of(draft)) - 1
    assert "lama antrean di loket 45\u00a0menit\u00a0[2]" in words(blocks_of(after)["state/p1"])
    assert [source.text for source in after.composed.documents[0].sources][1] == "Catatan loket 2025"


def test_a_check_list_without_entries_says_so() -> None:
    frame = Table(id=CHECKLIST, columns=(), header=(), body=())
    (table,) = fill((frame,), holes(()))
    assert isinstance(table, Table)
    assert [plain(cell.paragraphs[0]) for cell in table.body[0].cells][1] == "Tidak ada isian yang terbuka"


def test_fill_ins_of_all_places_are_found() -> None:
    gap = Missing("apa", "siapa", "di mana")
    blocks: tuple[Block, ...] = (
        Paragraph(id="a", content=(gap,)),
        Paragraph(id="b", content=(gap,)),
        Placeholder(id="c", what="bagian", who="siapa"),
    )
    assert [(hole.what, count) for hole, count in holes(blocks).items()] == [("apa", 2), ("bagian", 1)]


def test_sample_data_is_marked_and_real_data_is_not(workspace: Path, draft: Draft) -> None:
    document = draft.composed.documents[0]
    assert document.mark == SAMPLE_MARK
    assert SAMPLE_MARK in document.cover.status
    edit(workspace, f"cities/{SLUG}/assessment.yaml", "status: sample", "status: verified")
    real = compose(workspace).composed.documents[0]
    assert (real.mark, SAMPLE_MARK in real.cover.status) == ("", False)


def test_what_the_document_says_about_itself(draft: Draft) -> None:
    document = draft.composed.documents[0]
    assert document.title == "Rencana Kota Kecil Kota Contoh"
    assert document.author == "Pemerintah Kota Contoh"
    assert (document.date, document.language, document.version) == ("2026-02-27", "id-ID", "contoh-1")
    assert document.cover.period == "2027–2031"
    assert document.build_id == draft.build_id != ""


def test_regulations_and_abbreviations_are_written_out_once(draft: Draft) -> None:
    found = blocks_of(draft)
    first, later = words(found["foreword/p2"]), words(found["notes/open/p1"])
    assert first.endswith("Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik.")
    assert later.endswith("Dasarnya UU Nomor 25 Tahun 2009.")
    assert "Unit Layanan Warga (ULW) menghimpunnya; ULW pula" in later


def test_sentences_of_rules_state_their_finding_and_their_figures(draft: Draft) -> None:
    block = blocks_of(draft)["state/counter/l4"]
    assert {"finding:ser-1-low", "indicator:ser-1", "finding:ser-3-low", "indicator:ser-3"} <= set(block.because)
    assert all(reason in draft.plan.trace.nodes for reason in block.because)


def test_a_sentence_without_words_stays_away(workspace: Path) -> None:
    edit(workspace, "content/rules/service/ser-1-low.yaml", "cause: Petugas belum ditunjuk.\n", "")
    assert all(item.severity is not Severity.ERROR for item in compose(workspace).composed.diagnostics)


def test_composing_twice_gives_the_same_tree(workspace: Path, draft: Draft) -> None:
    assert compose(workspace).composed.documents == draft.composed.documents


def test_the_books_state_only_what_the_plan_knows(draft: Draft) -> None:
    kinds = ("fact", "indicator", "finding", "program", "score", "kpi", "mission", "opd", "regulation")
    document = draft.composed.documents[0]
    stated = {reason for block in walk((*document.front, *document.body)) for reason in block.because}
    assert [reason for reason in stated if reason.split(":")[0] not in kinds] == []


@pytest.mark.parametrize("slug", ["foreword", "state", "works", "notes"])
def test_every_block_has_an_origin_in_a_template(draft: Draft, slug: str) -> None:
    for name, block in blocks_of(draft).items():
        if name.startswith(f"{slug}/"):
            assert block.origin is not None
            assert block.origin.file.startswith("templates/book/")
