"""What somebody wrote is never overwritten or removed, whichever command comes upon it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.cli.app import DATA, DONE, USAGE
from generator.cli.laying import PARTS
from generator.kept import MEMORY, EditedError, write_kept
from generator.writers.content_pages import MARK
from tests.cli.conftest import Call
from tests.compose.small import SLUG, edit

CITY = f"cities/{SLUG}/city.yaml"


# --- content docs ----------------------------------------------------------------------------------------------------


def test_content_docs_leaves_pages_of_others_alone(call: Call, workspace: Path) -> None:
    folder = workspace / "docs" / "content"
    assert call("content", "docs").exit_code == DONE
    (folder / "catatan.md").write_text("Catatan rapat\n", encoding="utf-8")
    (folder / "x.md").mkdir()
    (folder / "gone.md").write_text(f"{MARK} from content/. -->\n", encoding="utf-8")
    assert call("content", "docs").exit_code == DONE
    assert (folder / "catatan.md").read_text(encoding="utf-8") == "Catatan rapat\n"
    assert (folder / "x.md").is_dir()
    assert not (folder / "gone.md").exists()


def test_content_docs_does_not_write_over_a_page_of_others(call: Call, workspace: Path) -> None:
    page = workspace / "docs" / "content" / "README.md"
    page.parent.mkdir(parents=True)
    page.write_text("Milik kami\n", encoding="utf-8")
    done = call("content", "docs")
    assert done.exit_code == DATA
    assert "MP501" in done.stderr
    assert page.read_text(encoding="utf-8") == "Milik kami\n"
    assert [path.name for path in page.parent.iterdir()] == ["README.md"]


def test_content_docs_removes_nothing_through_a_link(call: Call, workspace: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "old.md").write_text(f"{MARK} from content/. -->\n", encoding="utf-8")
    (workspace / "docs").mkdir(exist_ok=True)
    (workspace / "docs" / "content").symlink_to(outside)
    done = call("content", "docs")
    assert done.exit_code == DATA
    assert "MP505" in done.stderr
    assert [path.name for path in outside.iterdir()] == ["old.md"]


# --- files remembered by hash ----------------------------------------------------------------------------------------


def test_a_kept_file_is_overwritten_only_as_it_was_left(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_kept(path, b"one", tmp_path / "out")
    write_kept(path, b"two", tmp_path / "out")
    assert path.read_bytes() == b"two"
    path.write_bytes(b"edited")
    with pytest.raises(EditedError):
        write_kept(path, b"three", tmp_path / "out")
    assert path.read_bytes() == b"edited"


@pytest.mark.parametrize("memory", [b"", b"[]", b"{", b'{"a": 1}', b"\xff", b"[" * 100_000])
def test_a_broken_memory_costs_no_file(tmp_path: Path, memory: bytes) -> None:
    path = tmp_path / "a.xlsx"
    write_kept(path, b"one", tmp_path / "out")
    (tmp_path / "out" / MEMORY).write_bytes(memory)
    with pytest.raises(EditedError):
        write_kept(path, b"two", tmp_path / "out")
    assert path.read_bytes() == b"one"
    write_kept(path, b"one", tmp_path / "out")  # the same words are nobody's loss
    write_kept(path, b"two", tmp_path / "out")
    assert path.read_bytes() == b"two"


def test_status_writes_a_workbook_only_over_its_own(call: Call, workspace: Path) -> None:
    sheet = workspace / "ringkasan.xlsx"
    assert call("status", "--xlsx", "ringkasan.xlsx", "--date", "2026-01-05").exit_code == DONE
    assert call("status", "--xlsx", "ringkasan.xlsx", "--date", "2026-02-05").exit_code == DONE
    for foreign in (sheet.read_bytes() + b"edited", b"something else"):
        sheet.write_bytes(foreign)
        done = call("status", "--xlsx", "ringkasan.xlsx", "--date", "2026-03-05")
        assert done.exit_code == DATA
        assert "MP501" in done.stderr
        assert sheet.read_bytes() == foreign


def test_status_writes_no_workbook_under_another_ending(call: Call, workspace: Path) -> None:
    before = (workspace / CITY).read_bytes()
    done = call("status", "--xlsx", CITY)
    assert done.exit_code == USAGE
    assert ".xlsx" in done.stderr
    assert (workspace / CITY).read_bytes() == before


def test_notes_in_the_sheet_of_a_review_are_kept(call: Call, workspace: Path) -> None:
    if call("review", SLUG).exit_code != DONE:
        pytest.skip("the small framework has no review")
    sheet = workspace / "output" / SLUG / "penilaian-mandiri.md"
    assert call("review", SLUG).exit_code == DONE
    sheet.write_text("dengan catatan\n", encoding="utf-8")
    done = call("review", SLUG)
    assert done.exit_code == DATA
    assert "MP501" in done.stderr
    assert sheet.read_text(encoding="utf-8") == "dengan catatan\n"


# --- diff ------------------------------------------------------------------------------------------------------------


def test_a_redline_that_somebody_edited_is_kept(call: Call, workspace: Path) -> None:
    assert call("issue", SLUG, "--engine", "typst").exit_code == DONE
    edit(workspace, CITY, "name: Contoh\n", "name: Lain\n")
    first = call("diff", SLUG, "--docx", "--json")
    assert first.exit_code == DONE
    (path,) = map(Path, json.loads(first.stdout)["docx"])
    assert call("diff", SLUG, "--docx").exit_code == DONE
    path.write_bytes(path.read_bytes() + b"edited")
    done = call("diff", SLUG, "--docx")
    assert done.exit_code == DATA
    assert "MP501" in done.stderr
    assert "--out" in done.stderr
    assert path.read_bytes().endswith(b"edited")
    edit(workspace, CITY, "name: Lain\n", "name: Baru\n")
    assert call("diff", SLUG, "--docx").exit_code == DATA
    assert path.read_bytes().endswith(b"edited")
    path.unlink()
    assert call("diff", SLUG, "--docx").exit_code == DONE


# --- init ------------------------------------------------------------------------------------------------------------


def test_init_touches_nothing_that_lies_there(call: Call, tmp_path: Path) -> None:
    folder = tmp_path / "new"
    own = {
        "output/.gitignore": "own\n",
        "masterplan.yaml": "# own\n",
        "cities/kota-lain/city.yaml": "name: Lain\n",
    }
    for name, text in own.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    assert call("init", str(folder)).exit_code == DONE
    assert {name: (folder / name).read_text(encoding="utf-8") for name in own} == own
    assert all((folder / part).is_dir() for part in PARTS)


@pytest.mark.parametrize("name", ["cities", "output", "content", "schema"])
def test_init_follows_no_link_out(call: Call, tmp_path: Path, name: str) -> None:
    outside, folder = tmp_path / "outside", tmp_path / "new"
    outside.mkdir()
    folder.mkdir()
    (folder / name).symlink_to(outside)
    assert call("init", str(folder)).exit_code in (DATA, USAGE)
    assert list(outside.iterdir()) == []
