"""Links in a workspace or an output folder: nothing is written where they lead out, each with a clear message."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.build import BuildResult, build_city
from generator.journal import FILE, journal, note
from generator.manifest import Manifest
from generator.shelf import Made, store
from generator.storage import StorageError, locked, remove_leftovers_of, write_whole
from tests.cli.conftest import process
from tests.compose.small import SLUG, lay


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return lay(tmp_path / "workspace")


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder that nothing may be written to."""
    folder = tmp_path / "outside"
    folder.mkdir()
    return folder


def build(workspace: Path, out: Path) -> BuildResult:
    return build_city(workspace, SLUG, out, engine="typst", formats=("docx",))


def codes(result: BuildResult) -> list[str]:
    return [item.code for item in result.diagnostics if item.severity.value == "error"]


# --- one file --------------------------------------------------------------------------------------------------------


def test_a_folder_that_leads_out_is_refused_and_one_that_stays_is_not(tmp_path: Path, outside: Path) -> None:
    root = tmp_path / "root"
    (root / "real").mkdir(parents=True)
    (root / "out").symlink_to(outside)
    (root / "alias").symlink_to(root / "real")
    with pytest.raises(StorageError, match="leads out of"):
        write_whole(root / "out" / "deep" / "a.txt", b"x", within=root)
    assert list(outside.iterdir()) == []
    write_whole(root / "alias" / "a.txt", b"x", within=root)
    assert (root / "real" / "a.txt").read_bytes() == b"x"
    (tmp_path / "entry").symlink_to(root)
    write_whole(tmp_path / "entry" / "b.txt", b"y", within=tmp_path / "entry")
    assert (root / "b.txt").read_bytes() == b"y"


def test_links_in_a_circle_are_told(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with pytest.raises(StorageError, match="circle"):
        write_whole(tmp_path / "a" / "x.txt", b"x", within=tmp_path)


def test_a_link_in_the_place_of_a_file_is_replaced_and_not_followed(tmp_path: Path, outside: Path) -> None:
    (outside / "theirs.txt").write_bytes(b"theirs")
    (tmp_path / "own.txt").symlink_to(outside / "theirs.txt")
    write_whole(tmp_path / "own.txt", b"own", within=tmp_path)
    assert (outside / "theirs.txt").read_bytes() == b"theirs"
    assert (tmp_path / "own.txt").read_bytes() == b"own"


def test_a_pipe_is_not_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.xlsx")
    with pytest.raises(StorageError, match="not a regular file"):
        write_whole(tmp_path / "pipe.xlsx", b"x")
    assert (tmp_path / "pipe.xlsx").is_fifo()


def test_a_lock_is_not_laid_in_a_folder_that_leads_out(tmp_path: Path, outside: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "city").symlink_to(outside)
    with pytest.raises(StorageError, match="leads out of"), locked(tmp_path / "out" / "city"):
        pytest.fail("it was locked")
    assert list(outside.iterdir()) == []


def test_leftovers_are_not_removed_through_a_link(tmp_path: Path, outside: Path) -> None:
    (outside / ".a.json.x.tmp").write_bytes(b"theirs")
    (tmp_path / "link").symlink_to(outside)
    remove_leftovers_of(tmp_path / "link" / "a.json")
    assert (outside / ".a.json.x.tmp").exists()


# --- a build ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [SLUG, ".alike"])
def test_a_build_writes_nothing_through_a_link_below_the_output_folder(
    workspace: Path, tmp_path: Path, outside: Path, name: str
) -> None:
    out = tmp_path / "out"
    (out / name).parent.mkdir(parents=True, exist_ok=True)
    (out / name).symlink_to(outside)
    result = build(workspace, out)
    assert codes(result) == ["MP505"]
    assert list(outside.iterdir()) == []


def test_a_folder_of_documents_that_leads_out_is_refused(tmp_path: Path, outside: Path) -> None:
    city = tmp_path / "city"
    city.mkdir()
    (city / "quick-win").symlink_to(outside)
    manifest = Manifest(city="", generator="", engine="", build_id="")
    with pytest.raises(StorageError, match="leads out of"):
        store(city, [Made("quick-win/a.docx", b"x")], manifest, None)
    assert list(outside.iterdir()) == []


def test_the_output_folder_may_be_a_link(workspace: Path, tmp_path: Path, outside: Path) -> None:
    (tmp_path / "out").symlink_to(outside)
    assert codes(build(workspace, tmp_path / "out")) == []
    assert (outside / SLUG / "Buku-Kecil.docx").exists()


@pytest.mark.parametrize("name", ["city", f"city/{FILE}"])
def test_a_log_is_not_written_through_a_link(tmp_path: Path, outside: Path, name: str) -> None:
    (outside / "theirs").write_bytes(b"theirs")
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).symlink_to(outside if name == "city" else outside / "theirs")
    with journal(tmp_path / "city") as log:
        note("stage")
    assert log is None
    assert {path.name: path.read_bytes() for path in outside.iterdir()} == {"theirs": b"theirs"}


# --- commands --------------------------------------------------------------------------------------------------------


def test_schemas_are_not_written_through_a_link(workspace: Path, outside: Path) -> None:
    (workspace / "schema").symlink_to(outside)
    done = process("schema", cwd=workspace)
    assert done.returncode == 1, done.stderr
    assert "MP505" in done.stderr
    assert list(outside.iterdir()) == []


def test_the_output_folder_of_a_workspace_does_not_lead_out_unless_it_is_named(workspace: Path, outside: Path) -> None:
    (workspace / "output").symlink_to(outside)
    done = process("build", SLUG, "--format", "docx", cwd=workspace)
    assert done.returncode == 2
    assert "--out" in done.stderr
    assert list(outside.iterdir()) == []
    assert process("build", SLUG, "--format", "docx", "--out", "output", cwd=workspace).returncode == 0
    assert (outside / SLUG / "Buku-Kecil.docx").exists()
