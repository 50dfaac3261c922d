"""Profiles of quick wins and control sheets of the mentoring: how many, what they hold, where their files go."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from generator.analysis.planning import plan_city
from generator.build import Draft, write_draft
from generator.compose.book import Composed, bench_of, compose_books
from generator.compose.copies import copies
from generator.compose.environment import TemplateEnvironment
from generator.compose.filters import sentence
from generator.compose.numbering import SOURCE_LIST, resolve
from generator.model.document import Chapter, Citation, Document, ListBlock, Paragraph, Section, Source, Table, Text
from generator.model.plan import Plan
from generator.model.walks import inlines_of, plain, walk
from generator.sources.cities import load_city
from generator.sources.content import load_content
from generator.writers import typst

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def draft() -> Draft:
    content, found = load_content(ROOT)
    assert content is not None, [str(item) for item in found]
    dossier, _ = load_city(ROOT, "kota-medan", content)
    assert dossier is not None
    plan = plan_city(dossier, content)
    composed = compose_books(dossier, content, plan, ROOT)
    assert [str(item) for item in composed.diagnostics if item.code.startswith("MP4")] == []
    return Draft(dossier=dossier, content=content, plan=plan, composed=composed, build_id="x")


def _of(composed: Composed, prefix: str) -> list[Document]:
    return [document for document in composed.documents if document.id.startswith(prefix)]


def _text(document: Document) -> str:
    return "\n".join(plain(tuple(inlines_of(block))) for block in walk(document.body))


def test_each_accepted_quick_win_has_a_profile_and_each_workshop_a_sheet(draft: Draft) -> None:
    accepted = [win.program for win in draft.plan.quick_wins if win.accepted]
    profiles = _of(draft.composed, "quick-win-profile-")
    assert [item.id.removeprefix("quick-win-profile-") for item in profiles] == accepted
    assert len(accepted) > 1
    workshops = [event.id for event in draft.plan.mentoring.events if event.kind == "workshop"]
    assert [item.id.removeprefix("control-sheet-") for item in _of(draft.composed, "control-sheet-")] == workshops
    assert len(workshops) == 4


def test_the_books_stay_at_the_top_and_the_rest_goes_into_folders(draft: Draft) -> None:
    names = [document.file_name for document in draft.composed.documents]
    assert len(set(names)) == len(names)
    assert len([name for name in names if "/" not in name]) == 3
    first = next(win for win in draft.plan.quick_wins if win.accepted)
    program = draft.plan.program(first.program)
    assert program is not None
    assert f"quick-win/Profil-Quick-Win-1-{program.code}" in names
    assert "lembar-kendali/Lembar-Kendali-4" in names


def test_a_profile_holds_what_assessors_ask_for(draft: Draft) -> None:
    win = next(win for win in draft.plan.quick_wins if win.accepted)
    document = _of(draft.composed, "quick-win-profile-")[0]
    assert not document.with_cover
    tables = {block.id: block for block in walk(document.body) if isinstance(block, Table)}
    name = win.program
    for table in (f"tbl-ukuran-{name}", f"tbl-minggu-{name}", f"tbl-risiko-{name}", f"tbl-butir-{name}"):
        assert tables[table].body, table
    program = draft.plan.program(name)
    assert program is not None
    assert program.catalogue is not None
    assert program.catalogue.quick_win is not None
    text = _text(document)
    assert program.catalogue.quick_win.benefit.rstrip(".") in text
    assert len(tables[f"tbl-butir-{name}"].body) == len(draft.content.quickwin.items) + 1


def test_a_sheet_tells_agenda_homework_what_is_missing_and_who_signs(draft: Draft) -> None:
    sheet = _of(draft.composed, "control-sheet-bimtek-1")[0]
    step = next(step for step in draft.content.mentoring.steps if step.id == "bimtek-1")
    homework = next(step for step in draft.content.mentoring.steps if step.id == "homework-1")
    text = _text(sheet)
    for wanted in (*step.sections, *step.outputs, homework.name, *homework.outputs):
        assert wanted in text, wanted
    tables = {block.id: block for block in walk(sheet.body) if isinstance(block, Table)}
    owners = tables["tbl-pemilik-isian"].body
    counts = [int(plain(row.cells[1].paragraphs[0])) for row in owners]
    assert sum(counts) == len(draft.composed.holes)
    assert counts[:-1] == sorted(counts[:-1], reverse=True)
    signers = {plain(row.cells[0].paragraphs[0]) for row in tables["tbl-pengesahan-bimtek-1"].body}
    assert signers == {draft.content.roles[role].name for role, part in step.raci.items() if part in "RA"}


def test_the_check_list_does_not_count_what_the_small_documents_repeat(draft: Draft) -> None:
    books = tuple(spec for spec in draft.content.books.books if spec.for_each is None)
    content = replace(draft.content, books=replace(draft.content.books, books=books))
    alone = compose_books(draft.dossier, content, draft.plan, ROOT)
    assert alone.holes == draft.composed.holes
    assert alone.documents == draft.composed.documents[:3]


def test_ids_differ_between_copies(draft: Draft) -> None:
    openings = [document.body[0].id for document in draft.composed.documents[3:]]
    assert len(set(openings)) == len(openings)
    sections = [
        block.id for item in draft.composed.documents[3:] for block in walk(item.body) if isinstance(block, Section)
    ]
    assert len(set(sections)) == len(sections)


@pytest.mark.parametrize(
    ("given", "made"),
    [("../../etc/{code}", "etc/G-01"), ("/etc/x", "etc/x"), (".hidden/a b", "hidden/a-b"), ("..", "buku")],
)
def test_a_file_name_never_leaves_the_folder(draft: Draft, given: str, made: str) -> None:
    bench = bench_of(draft.dossier, draft.content, draft.plan, TemplateEnvironment(ROOT / "templates"))
    spec = next(spec for spec in draft.content.books.books if spec.for_each == "quick-win")
    names = [copy.spec.file_name for copy in copies(replace(spec, file_name=given), bench)]
    code = next(plan.code for plan in draft.plan.programs if plan.id == names_of(draft.plan)[0])
    assert names[0] == made.replace("G-01", code)


def names_of(plan: Plan) -> list[str]:
    return [win.program for win in plan.quick_wins if win.accepted]


def _written(folder: Path) -> list[str]:
    outputs = json.loads((folder / "manifest.json").read_text())["outputs"]
    return [name for name in outputs if name.endswith(".docx")]


def test_files_are_written_below_and_leave_with_their_quick_win(draft: Draft, tmp_path: Path) -> None:
    small = replace(draft.composed, documents=draft.composed.documents[3:5])
    result = write_draft(ROOT, replace(draft, composed=small), tmp_path, formats=("docx",))
    assert [str(item.message) for item in result.diagnostics] == []
    folder = tmp_path / "kota-medan"
    files = [f"{document.file_name}.docx" for document in small.documents]
    assert [file.path for file in result.files if file.path.suffix == ".docx"] == [folder / name for name in files]
    assert set(_written(folder)) == set(files)
    one = replace(draft, composed=replace(small, documents=small.documents[:1]))
    write_draft(ROOT, one, tmp_path, formats=("docx",))
    assert [path.name for path in (folder / "quick-win").iterdir()] == [Path(files[0]).name]
    assert _written(folder) == [files[0]]


def test_an_edited_profile_is_never_overwritten_nor_removed(draft: Draft, tmp_path: Path) -> None:
    small = replace(draft.composed, documents=draft.composed.documents[3:5])
    write_draft(ROOT, replace(draft, composed=small), tmp_path, formats=("docx",))
    folder = tmp_path / "kota-medan"
    first, second = (folder / f"{document.file_name}.docx" for document in small.documents)
    second.write_bytes(b"edited")
    write_draft(
        ROOT, replace(draft, composed=replace(small, documents=small.documents[:1])), tmp_path, formats=("docx",)
    )
    assert second.read_bytes() == b"edited"
    first.write_bytes(b"edited too")
    result = write_draft(ROOT, replace(draft, composed=small), tmp_path, formats=("docx",))
    assert {item.code for item in result.diagnostics} == {"MP501"}
    assert first.read_bytes() == b"edited too"


@pytest.mark.parametrize(("words", "shown"), [("dua petugas", "Dua petugas."), ("Selesai.", "Selesai."), ("", "")])
def test_words_become_a_sentence_once(words: str, shown: str) -> None:
    assert str(sentence(words)) == shown


def test_a_section_for_sources_stands_only_where_something_is_cited() -> None:
    def page(*runs: Text | Citation) -> tuple[Chapter, ...]:
        listed = ListBlock(id=SOURCE_LIST, ordered=True, items=())
        sources = Section(id="s", level=2, title=(Text("Sumber"),), children=(Paragraph(id="q", content=()), listed))
        return (Chapter(id="c", title=(), children=(Paragraph(id="p", content=runs), sources)),)

    known = {"a": Source("a", "BPS, 2025")}
    without, _, _ = resolve(page(Text("Tanpa sumber.")), {}, known)
    assert [block.id for block in walk(without)] == ["c", "p"]
    cited, sources, _ = resolve(page(Citation("a")), {}, known)
    assert [block.id for block in walk(cited)] == ["c", "p", "s", "q", SOURCE_LIST]
    assert [source.text for source in sources] == ["BPS, 2025"]


def test_a_profile_is_two_to_four_pages_and_a_sheet_at_most_two(draft: Draft) -> None:
    for document in draft.composed.documents[3:]:
        pages = typst.write(document, ROOT, source_date_epoch=0).page_count
        most = 4 if document.file_name.startswith("quick-win/") else 2
        assert (1 if most == 2 else 2) <= pages <= most, (document.file_name, pages)
