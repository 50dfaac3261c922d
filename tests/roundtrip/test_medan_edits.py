"""A draft of Medan is edited in LibreOffice in sixty places of all kinds while its data change: nothing is lost."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.build import prepare
from generator.issued import with_build_id
from generator.model.document import Document, Table
from generator.model.edits import Conflict, Edit, cell_text, row_label, row_text
from generator.model.runs import fingerprint, marked
from generator.model.walks import plain
from generator.model.word import AUTHOR
from generator.pulling import PullResult, pull
from generator.roundtrip.reader import read
from generator.writers.docx import write
from tests.compose.small import ROOT
from tests.roundtrip import sixty
from tests.roundtrip.handing import hand_out
from tests.roundtrip.sixty import Place, Plan, Tree
from tests.tools.office import Task, needs_office, work

pytestmark = [*needs_office(), pytest.mark.xdist_group("office")]

CITY = "kota-medan"
BOOK = "analysis"
# What the city office and the authors of the content change while the draft is out.
CHANGES = {
    f"cities/{CITY}/assessment.yaml": [
        (r"(gov-ps-02: \{level: )\d", r"\g<1>2"),
        (r"(brd-to-05: \{value: )[\d.]+", r"\g<1>88.41"),
        (r"(eco-in-01: \{level: )\d", r"\g<1>4"),
    ],
    f"cities/{CITY}/city.yaml": [
        (r"(puskesmas:\n    value: )\d+", r"\g<1>47"),
        (r"(apbd: )[\d_]+", r"\g<1>7_431_000_000_000"),
    ],
    "content/programs/governance/prg-gov-complaint-resolution.yaml": [
        (r"(yearly: \{low: )\d+, high: \d+", r"\g<1>180000000, high: 420000000")
    ],
    "content/rules/governance/gov-ps-complaints-unresolved.yaml": [
        (r"consequence: Warga", "consequence: Keluhan yang sama datang lagi, warga")
    ],
}  # fmt: skip


@dataclass(frozen=True)
class Story:
    """All that happened: the issued tree, the plan of edits, what was pulled, and the trees of the new data."""

    workspace: Path
    plan: Plan
    pulled: PullResult
    new: Tree
    """The new data without the city's edits."""
    final: Tree
    conflicts: tuple[Conflict, ...]


def composed(workspace: Path) -> tuple[Document, tuple[Conflict, ...]]:
    draft, diagnostics = prepare(workspace, CITY)
    assert draft is not None, "\n".join(map(str, diagnostics))
    document = next(document for document in draft.composed.documents if document.id == BOOK)
    return with_build_id(document), draft.composed.conflicts


def changed_data(workspace: Path) -> None:
    for name, changes in CHANGES.items():
        path = workspace / name
        text = path.read_text(encoding="utf-8")
        for pattern, to in changes:
            after = re.sub(pattern, to, text, count=1)
            assert after != text, f"{name} holds no {pattern}"
            text = after
        path.write_text(text, encoding="utf-8")


def differing(base: Tree, new: Tree) -> set[Place]:
    """Return the places that say something else, are new or are gone."""
    return {
        place
        for place in base.places.keys() | new.places.keys()
        if place not in base.places or place not in new.places or _said(base, place) != _said(new, place)
    }


def _said(tree: Tree, place: Place) -> str:
    unit = tree.places[place]
    if place[1] == "table" and isinstance(unit.block, Table):
        return "\n".join(marked(row_text(row)) for row in (*unit.block.header, *unit.block.body))
    return marked(unit.inlines)


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    folder = tmp_path_factory.mktemp("sixty")
    workspace = folder / "workspace"
    for name in ("content", "templates", f"cities/{CITY}"):
        shutil.copytree(ROOT / name, workspace / name)
    shutil.copy(ROOT / "masterplan.yaml", workspace)
    book, tree = hand_out(workspace, CITY, BOOK)
    changed_data(workspace)
    base, new = Tree(tree), Tree(composed(workspace)[0])
    plan = Plan(base, differing(base, new))
    sixty.clashes(plan, new)
    for part in (sixty.remarks, sixty.tables, sixty.passages, sixty.words):
        part(plan)
    verbs = [verb for done in plan.done for verb in done.verbs]
    path = folder / "disunting.docx"
    path.write_bytes(work(folder / "session", [Task(book.docx.read_bytes(), verbs, odt=True)])[0])
    pulled = pull(workspace, CITY, path)
    assert not pulled.failed, "\n".join(map(str, pulled.diagnostics))
    final, conflicts = composed(workspace)
    edits = workspace / "cities" / CITY / "edits"
    edits.rename(folder / "edits")  # the data of now, fill-ins and all, as if nobody had edited
    new = Tree(composed(workspace)[0])
    (folder / "edits").rename(edits)
    return Story(workspace, plan, pulled, new, Tree(final), conflicts)


def test_at_least_sixty_edits_of_all_kinds_were_made(story: Story) -> None:
    kinds = Counter(done.kind for done in story.plan.done)
    assert kinds.total() >= 60
    assert len(kinds) >= 20


def test_every_edit_is_in_place(story: Story) -> None:
    lost = [(done.kind, done.place) for done in story.plan.done if not done.holds(story.final)]
    assert lost == []


def test_all_new_data_are_in_place(story: Story) -> None:
    touched = {(edit.block, edit.part) for edit in story.pulled.edits}
    fresh = differing(story.plan.base, story.new) - touched
    assert len(fresh) > 30
    # The list of what is left open counts the book itself, and so follows what the city filled in.
    fresh -= {("tbl-daftar-periksa", "table")}
    missing = [
        place for place in fresh & story.new.places.keys()
        if place not in story.final.places or _said(story.final, place) != _said(story.new, place)
    ]  # fmt: skip
    assert missing == []
    assert fresh - story.new.places.keys() - touched & story.final.places.keys() == set()
    rest = story.new.places.keys() - touched - fresh - {("tbl-daftar-periksa", "table")}
    assert [place for place in rest if _said(story.final, place) != _said(story.new, place)] == []


def test_new_data_stand_in_the_edited_tables_too(story: Story) -> None:
    tables = {edit.block for edit in story.pulled.edits if edit.row is not None}
    for table in tables:
        edited = {edit.row.label for edit in story.pulled.edits if edit.block == table and edit.row is not None}
        final = story.final.said(table)
        rows = [plain(row_text(row)) for row in story.new.rows(table) if row_label(row) not in edited]
        assert [row for row in rows if row not in final] == [], table


def clashes(edit: Edit, new: Tree) -> bool:
    """Whether the new data say otherwise than the city saw and than the city says."""
    unit = new.places.get((edit.block, edit.part))
    if edit.op == "text":
        return unit is None or fingerprint(unit.inlines) not in (edit.base, fingerprint(edit.text))
    if edit.op == "remove":
        return unit is not None and fingerprint(unit.inlines) != edit.base
    if edit.op != "cell" or edit.row is None:
        return False
    rows = [row for row in new.rows(edit.block) if row_label(row) == edit.row.label]
    return fingerprint(cell_text(rows[0].cells[edit.cell].paragraphs)) not in (edit.base, fingerprint(edit.text))


def test_every_real_conflict_is_shown_and_no_other(story: Story) -> None:
    expected = sorted((edit.op, edit.block) for edit in story.pulled.edits if clashes(edit, story.new))
    assert sorted((one.edit.op, one.edit.block) for one in story.conflicts) == expected
    planned = {done.place[0] for done in story.plan.done if done.kind.startswith("clash")}
    assert len(planned) == 6
    assert planned <= {block for _, block in expected}


def test_every_conflict_is_a_comment_in_the_file_with_the_new_words(story: Story) -> None:
    data = write(story.final.document, story.workspace)
    remarks = read(data, "x.docx", story.final.document).remarks
    said = [line for remark in remarks if remark.author == AUTHOR for line in remark.lines]
    assert story.conflicts
    for conflict in story.conflicts:
        assert any(" ".join(conflict.new.split()) in " ".join(line.split()) for line in said), conflict.edit.block


def test_a_second_pull_of_the_same_file_changes_nothing(story: Story) -> None:
    path = story.workspace.parent / "disunting.docx"
    again = pull(story.workspace, CITY, path)
    assert (again.fresh, again.withdrawn, again.data) == ((), (), ())
