"""Where the cities stand: the calendar on a day, the data, the draft that lies there, and the cache of it all."""

from __future__ import annotations

import json
import os
import time
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
import yaml
from typer.testing import CliRunner

from generator import status
from generator.analysis.status import stage_at
from generator.cli.app import app
from generator.inputs import generator_digest, scan_city, scan_shared
from generator.manifest import FILE, Manifest, Output
from generator.model.edits import Edit
from generator.model.status import CityStatus, Step
from generator.sources.cohort import cohort_slugs
from generator.sources.edits import edit_yaml_text, with_pulled
from generator.status import CACHE, REVIEW, ContentError, gather, review_json
from generator.storage import sha256
from tests.sources.workspace import lay

ROOT = Path(__file__).resolve().parents[2]
SLUG = "kota-contoh"
DAY = date(2026, 3, 10)


# --- the calendar ----------------------------------------------------------------------------------------------------

STEPS = (
    Step(id="a", name="Alfa", start=date(2026, 3, 2), end=date(2026, 3, 4), inputs_due=date(2026, 3, 2), inputs=("x",)),
    Step(
        id="b",
        name="Beta",
        start=date(2026, 3, 20),
        end=date(2026, 3, 24),
        inputs_due=date(2026, 3, 13),
        inputs=("x", "y"),
    ),
    Step(id="c", name="Gamma", start=date(2026, 3, 24), end=date(2026, 4, 3)),
)


@pytest.mark.parametrize(
    ("day", "now", "running", "due", "what"),
    [
        ("2026-02-01", "", False, "2026-03-02", "1 input for Alfa"),
        ("2026-03-02", "Alfa", True, "2026-03-04", "Alfa ends"),
        ("2026-03-05", "Alfa", False, "2026-03-13", "2 inputs for Beta"),
        ("2026-03-13", "Alfa", False, "2026-03-13", "2 inputs for Beta"),
        ("2026-03-14", "Alfa", False, "2026-03-20", "Beta begins"),
        ("2026-03-20", "Beta", True, "2026-03-24", "Gamma begins"),
        ("2026-03-24", "Beta, Gamma", True, "2026-03-24", "Beta ends"),
        ("2026-03-25", "Gamma", True, "2026-04-03", "Gamma ends"),
        ("2026-04-04", "Gamma", False, None, ""),
    ],
)
def test_the_stage_of_a_day(day: str, now: str, running: bool, due: str | None, what: str) -> None:
    found = stage_at(STEPS, date.fromisoformat(day))
    assert (found.now, found.running, found.what) == (now, running, what)
    assert found.due == (date.fromisoformat(due) if due else None)


def test_without_a_calendar_nothing_is_due() -> None:
    assert stage_at((), DAY) == stage_at((), date(2030, 1, 1))


# --- data and cache --------------------------------------------------------------------------------------------------


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    data = yaml.safe_load((ROOT / "content" / "priorities.yaml").read_text(encoding="utf-8"))
    text = yaml.safe_dump({**data, "reach": [{"area": "default", "share": 1.0}], "needs": {}})
    return lay(tmp_path / "workspace", text)


def row(workspace: Path, day: date = DAY) -> CityStatus:
    (found,) = gather(workspace, [SLUG], workspace / "output", day)
    return found


def test_a_row_says_how_complete_and_how_sure_the_data_are(workspace: Path) -> None:
    found = row(workspace).known
    assert (found.code, found.name, found.assessment) == ("99.01", "Kota Contoh", "sample")
    assert found.completeness == {"one": 1.0, "readiness": 0.0}
    assert found.complete == 1.0
    assert found.confidence is not None
    assert 0 < found.confidence <= 1
    assert found.errors == 0
    assert [step.id for step in found.steps] == ["first", "second"]


def test_what_is_cached_is_what_was_judged(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = row(workspace)

    def never(*_: object) -> None:
        raise AssertionError("nothing changed, so nothing may be judged anew")

    monkeypatch.setattr(status, "_content", never)
    monkeypatch.setattr(status, "_judge", never)
    assert row(workspace) == first


@pytest.mark.parametrize(
    "name", [f"cities/{SLUG}/assessment.yaml", f"cities/{SLUG}/city.yaml", "content/instrument/one.yaml"]
)
def test_a_changed_file_is_judged_anew(name: str, workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    row(workspace)
    path = workspace / name
    path.write_text(path.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    seen: list[str] = []
    judge = status._judge

    def counted(root: Path, slug: str, content: object) -> object:
        seen.append(slug)
        return judge(root, slug, content)  # type: ignore[arg-type]

    monkeypatch.setattr(status, "_judge", counted)
    row(workspace)
    assert seen == [SLUG]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": 1}', '{"format": 1, "base": "x", "cities": 3}'])
def test_a_broken_cache_is_no_fault(text: str, workspace: Path) -> None:
    first = row(workspace)
    (workspace / "output" / CACHE).write_text(text, encoding="utf-8")
    assert row(workspace) == first


def test_a_cache_entry_of_another_shape_is_judged_anew(workspace: Path) -> None:
    first = row(workspace)
    path = workspace / "output" / CACHE
    data = json.loads(path.read_text(encoding="utf-8"))
    data["cities"][SLUG]["known"]["more"] = 1
    path.write_text(json.dumps(data), encoding="utf-8")
    assert row(workspace) == first


def test_the_cache_keeps_cities_that_were_not_asked_for(workspace: Path) -> None:
    other = workspace / "cities" / "kota-lain"
    other.mkdir()
    for name in ("city.yaml", "assessment.yaml"):
        (other / name).write_bytes((workspace / "cities" / SLUG / name).read_bytes())
    gather(workspace, [SLUG, "kota-lain"], workspace / "output", DAY)
    row(workspace)
    assert set(json.loads((workspace / "output" / CACHE).read_bytes())["cities"]) == {SLUG, "kota-lain"}


def test_a_city_with_errors_is_a_row_that_says_so(workspace: Path) -> None:
    path = workspace / "cities" / SLUG / "assessment.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("level: 2", "level: 9"), encoding="utf-8")
    found = row(workspace)
    assert found.known.errors == 1
    assert found.known.first_error.startswith(f"cities/{SLUG}/assessment.yaml:")
    assert (found.known.code, found.known.name) == ("99.01", "Kota Contoh")
    assert found.known.complete is None
    assert found.stage.due is None


def test_content_with_errors_stops_the_overview(workspace: Path) -> None:
    (workspace / "content" / "opd.yaml").write_text("opd: 3\n", encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        row(workspace)
    assert caught.value.diagnostics


# --- the draft -------------------------------------------------------------------------------------------------------


def built(workspace: Path, **changes: object) -> Path:
    """Lay a draft of two files as a build of the data as they are would; return its folder."""
    folder = workspace / "output" / SLUG
    folder.mkdir(parents=True, exist_ok=True)
    outputs = {}
    for name in ("Buku.docx", "Buku.pdf"):
        (folder / name).write_bytes(name.encode())
        os.utime(folder / name, (1_700_000_000, 1_700_000_000))
        outputs[name] = Output(sha256=sha256(name.encode()), size=len(name))
    shared = scan_shared(workspace)
    fields: dict[str, object] = {
        "city": SLUG,
        "generator": "0",
        "engine": "typst",
        "build_id": "abc",
        "inputs": {**shared.content, **shared.templates, **scan_city(workspace, SLUG)},
        "outputs": outputs,
        "open_items": 7,
        "basis": {"generator": generator_digest()},
        **changes,
    }
    (folder / FILE).write_bytes(Manifest(**fields).to_json())  # type: ignore[arg-type]
    return folder


def test_no_draft_yet(workspace: Path) -> None:
    assert row(workspace).draft.state == "none"


def test_a_draft_of_the_data_as_they_are_is_current(workspace: Path) -> None:
    built(workspace)
    found = row(workspace).draft
    assert (found.state, found.changed, found.edited) == ("current", (), ())
    assert (found.files, found.open_items, found.build_id) == (2, 7, "abc")
    assert found.built is not None
    assert found.built.timestamp() == 1_700_000_000


@pytest.mark.parametrize("name", [f"cities/{SLUG}/assessment.yaml", "templates/start.md.j2", "content/books.yaml"])
def test_a_draft_of_other_data_names_what_changed(name: str, workspace: Path) -> None:
    built(workspace)
    path = workspace / name
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    found = row(workspace).draft
    assert (found.state, found.changed) == ("outdated", (name,))


def test_new_and_deleted_files_and_another_program_count_as_changes(workspace: Path) -> None:
    note = workspace / "cities" / SLUG / "note.txt"
    note.write_text("x", encoding="utf-8")
    built(workspace, basis={"generator": "older"})
    note.unlink()
    (workspace / "cities" / SLUG / "programs.yaml").write_text("programs: []\n", encoding="utf-8")
    changed = row(workspace).draft.changed
    assert changed == (f"cities/{SLUG}/note.txt", f"cities/{SLUG}/programs.yaml", "the program")


@pytest.mark.parametrize("changes", [{"basis": {}}, {"pending": {"Buku.docx": "x"}}])
def test_a_build_that_was_broken_off_is_not_whole(changes: dict[str, object], workspace: Path) -> None:
    built(workspace, **changes)
    assert row(workspace).draft.state == "unfinished"


def test_edited_files_are_named(workspace: Path) -> None:
    folder = built(workspace)
    (folder / "Buku.docx").write_bytes(b"longer than it was")
    assert row(workspace).draft.edited == ("Buku.docx",)


def test_pulled_edits_wait_for_the_next_build_and_clashes_for_a_decision(workspace: Path) -> None:
    folder = workspace / "cities" / SLUG / "edits" / "buku-1"
    folder.mkdir(parents=True)
    names = {path: f"cities/{SLUG}/edits/buku-1/{path}.yaml" for path in ("new", "old", "clash", "gone", "settled")}
    for path in ("old", "clash", "gone", "settled"):
        (folder / f"{path}.yaml").write_bytes(edit_yaml_text(Edit(book="buku-1", op="remove", block=path)))
    (folder.parent / "pulled.txt").write_text("# none\n", encoding="utf-8")
    assert set(row(workspace).draft.pulled) == {names[path] for path in ("old", "clash", "gone", "settled")}
    built(workspace, conflicts=(names["clash"], names["settled"]))
    found = row(workspace).draft
    assert (found.pulled, found.conflicts) == ((), (names["clash"], names["settled"]))
    (folder / "new.yaml").write_bytes(edit_yaml_text(Edit(book="buku-1", op="remove", block="new")))
    (folder / "gone.yaml").unlink()
    (folder / "settled.yaml").write_bytes(edit_yaml_text(Edit(book="buku-1", op="remove", block="settled", base="ab")))
    (folder.parent / "pulled.txt").write_text("# one\nabc\n", encoding="utf-8")
    (workspace / "output" / SLUG / "Buku.docx").write_bytes(b"edited")
    found = row(workspace).draft
    assert found.pulled == (names["gone"], names["new"], names["settled"])
    assert found.conflicts == (names["clash"],)
    code, text = run("-w", str(workspace), "--date", "2026-03-10")
    assert code == 0
    assert "1 to pull, 3 to build, 1 to settle" in text


def test_an_edited_file_that_was_pulled_need_not_be_pulled_again(workspace: Path) -> None:
    folder = built(workspace)
    (folder / "Buku.docx").write_bytes(b"edited")
    edits = workspace / "cities" / SLUG / "edits"
    edits.mkdir()
    (edits / "pulled.txt").write_bytes(with_pulled(frozenset(), sha256(b"edited")))
    assert row(workspace).draft.edited == ()
    (folder / "Buku.docx").write_bytes(b"edited once more")
    assert row(workspace).draft.edited == ("Buku.docx",)


def test_an_edit_of_the_same_size_is_seen_and_a_touched_file_is_no_edit(workspace: Path) -> None:
    folder = built(workspace)
    late = time.time() + 10
    os.utime(folder / "Buku.pdf", (late, late))
    assert row(workspace).draft.edited == ()
    (folder / "Buku.docx").write_bytes(b"Buku.dacx")
    os.utime(folder / "Buku.docx", (late, late))
    assert row(workspace).draft.edited == ("Buku.docx",)


def test_a_deleted_file_and_a_path_out_of_the_folder_are_no_edits(workspace: Path) -> None:
    folder = built(
        workspace, outputs={"../../city.yaml": Output(sha256="x", size=1), "gone.docx": Output(sha256="x", size=1)}
    )
    (folder.parent.parent / "city.yaml").write_text("longer", encoding="utf-8")
    assert row(workspace).draft.edited == ()


def test_the_last_review_is_shown_and_marked_when_it_is_of_another_draft(workspace: Path) -> None:
    folder = built(workspace)
    assert row(workspace).review is None
    (folder / REVIEW).write_bytes(review_json(61.234, 80, "abc"))
    found = row(workspace).review
    assert found is not None
    assert (found.score, found.points, found.of_this_draft) == (61.23, 80, True)
    (folder / REVIEW).write_bytes(review_json(61.234, 80, "other"))
    found = row(workspace).review
    assert found is not None
    assert not found.of_this_draft
    (folder / REVIEW).write_text("{", encoding="utf-8")
    assert row(workspace).review is None


# --- the command -----------------------------------------------------------------------------------------------------


def run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["status", *words])
    return done.exit_code, done.stdout


def test_the_command_prints_one_line_a_city(workspace: Path) -> None:
    built(workspace)
    code, text = run("-w", str(workspace), "--date", "2026-03-10")
    assert code == 0
    (line,) = [line for line in text.splitlines() if line.startswith(SLUG)]
    assert "current" in line
    assert "1 cities on 2026-03-10: 0 with errors, 0 to be built" in text


def test_the_command_writes_json_and_a_workbook(workspace: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "status.xlsx"
    code, text = run(SLUG, "-w", str(workspace), "--date", "2026-03-10", "--json", "--xlsx", str(sheet))
    assert code == 0
    data = json.loads(text)
    assert data["date"] == "2026-03-10"
    (city,) = data["cities"]
    assert city["draft"]["state"] == "none"
    assert city["steps"][0]["start"] == "2026-03-02"
    page = openpyxl.load_workbook(BytesIO(sheet.read_bytes()))["Status"]
    assert [cell.value for cell in page[5]][:4] == ["99.01", "Kota Contoh", "contoh", 100]


def test_broken_content_ends_with_one_and_an_unknown_city_with_two(workspace: Path) -> None:
    assert run("kota-tiada", "-w", str(workspace))[0] == 2
    (workspace / "content" / "opd.yaml").write_text("opd: 3\n", encoding="utf-8")
    assert run("-w", str(workspace))[0] == 1


def test_the_whole_cohort_is_the_same_where_nothing_changed(tmp_path: Path) -> None:
    slugs, _ = cohort_slugs(ROOT)
    first = gather(ROOT, slugs, tmp_path, DAY)
    again = gather(ROOT, slugs, tmp_path, DAY)
    assert again == first
    assert len(again) == 75
