"""Pipes, devices, links and folders where files should lie, entries that no build wrote, nesting without an end."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from generator import likeness, peers, status
from generator.batch import FILE as BATCH
from generator.batch import Order, run_batch, states_of
from generator.build import build_city
from generator.inputs import digest_of, generator_digest, scan_shared
from generator.journal import FILE as LOG
from generator.journal import journal, note
from generator.manifest import FILE, read_manifest
from generator.portfolio import read_row
from generator.storage import StorageError, file_hash, remove_leftovers, remove_leftovers_of, write_whole
from generator.worker import Task, build
from tests.compose.small import SLUG, lay
from tests.faults.test_records import in_time, whole_manifest, written
from tests.sources.nesting import nested


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay(tmp_path_factory.mktemp("special") / "workspace")


# --- what is no file -------------------------------------------------------------------------------------------------

SPECIAL: dict[str, Callable[[Path], None]] = {
    "pipe": os.mkfifo,
    "zero": lambda path: path.symlink_to("/dev/zero"),
    "folder": lambda path: path.mkdir(),
    "loop": lambda path: path.symlink_to(path.name),
}


def put(path: Path, kind: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    SPECIAL[kind](path)


@pytest.mark.parametrize("kind", SPECIAL)
def test_no_reader_waits_for_what_is_no_file(workspace: Path, tmp_path: Path, kind: str) -> None:
    out = tmp_path
    for name in (BATCH, peers.FILE, likeness.REPORT, status.CACHE, f"{SLUG}/{FILE}", f"{SLUG}/{status.REVIEW}"):
        put(out / name, kind)
    put(likeness.place(out, "a"), kind)
    with in_time():
        assert read_manifest(out / SLUG) is None
        assert read_row(out, SLUG) is None
        assert states_of(out) == {}
        assert likeness.pairs_of(out, ["a"]) == ()
        (row,) = status.gather(workspace, [SLUG], out, date(2026, 3, 1))
        assert row.review is None
        with pytest.raises(OSError, match=r"regular|symbolic"):
            file_hash(out / BATCH)


@pytest.mark.parametrize("kind", ["pipe", "zero"])
@pytest.mark.parametrize("name", [FILE, "Buku-Kecil.docx", LOG, "../.peers.json", "../batch.json"])
def test_a_build_waits_for_nothing_and_says_what_is_in_its_way(
    workspace: Path, tmp_path: Path, name: str, kind: str
) -> None:
    folder = tmp_path / SLUG
    assert not build_city(workspace, SLUG, tmp_path, formats=("docx",)).failed
    put(folder / name, kind)
    task = Task(workspace=workspace, slug=SLUG, out=tmp_path, formats=("docx",), engine="auto", force=False)
    with in_time(60):
        outcome = build(task)
    told = [item.code for item in outcome.diagnostics]
    assert outcome.state in ("built", "unchanged", "failed"), outcome
    assert told.count("MP505") == (name == "Buku-Kecil.docx"), told


@pytest.mark.parametrize("kind", ["pipe", "zero", "folder", "link"])
def test_without_a_log_of_its_own_there_is_none(tmp_path: Path, kind: str) -> None:
    other = tmp_path / "other.txt"
    other.write_text("mine", encoding="utf-8")
    folder = tmp_path / "city"
    folder.mkdir()
    (folder / LOG).symlink_to(other) if kind == "link" else put(folder / LOG, kind)
    with in_time(), journal(folder) as path:
        note("stage")
    assert path is None
    assert other.read_text(encoding="utf-8") == "mine"


# --- leftovers and entries that are not ours --------------------------------------------------------------------------


def test_only_files_are_leftovers(tmp_path: Path) -> None:
    for name in (".a.tmp", "sub/.b.tmp"):
        (tmp_path / name).mkdir(parents=True)
    os.mkfifo(tmp_path / ".c.tmp")
    (tmp_path / "sub" / ".d.tmp").write_text("half", encoding="utf-8")
    remove_leftovers(tmp_path)
    assert sorted(path.name for path in tmp_path.rglob(".*.tmp")) == [".a.tmp", ".b.tmp", ".c.tmp"]
    (tmp_path / ".e.x.tmp").mkdir()
    remove_leftovers_of(tmp_path / "e")
    assert (tmp_path / ".e.x.tmp").is_dir()


def test_a_leftover_that_stays_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, missing_ok: bool = False) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    (tmp_path / ".a.tmp").write_text("half", encoding="utf-8")
    monkeypatch.setattr(Path, "unlink", refuse)
    with pytest.raises(StorageError, match="cannot remove"):
        remove_leftovers(tmp_path)


def test_folders_nested_without_end_in_the_output_are_passed_over(tmp_path: Path) -> None:
    with nested(tmp_path, 1900):
        (tmp_path / "d" / ".x.tmp").write_text("half", encoding="utf-8")
        with in_time():
            remove_leftovers(tmp_path)
        assert not (tmp_path / "d" / ".x.tmp").exists()


@pytest.mark.parametrize("name", ["old", "x" * 300 + ".pdf", "a/" * 9 + "y" * 300, "pipe.pdf"])
def test_an_entry_that_no_build_wrote_does_not_block_the_next(workspace: Path, tmp_path: Path, name: str) -> None:
    folder = tmp_path / SLUG
    assert not build_city(workspace, SLUG, tmp_path, formats=("docx",)).failed
    data = json.loads((folder / FILE).read_bytes())
    data["outputs"][name] = {"sha256": "x", "size": 4096}
    (folder / FILE).write_bytes(written(data))
    (folder / "old").mkdir()
    os.mkfifo(folder / "pipe.pdf")
    for force in (False, True):
        with in_time(60):
            result = build_city(workspace, SLUG, tmp_path, formats=("docx",), force=force)
        assert not result.failed, result.diagnostics
    found = read_manifest(folder)
    assert found is not None
    assert name not in found.outputs
    assert (folder / "old").is_dir()


def test_one_record_that_is_no_record_does_not_end_a_batch(workspace: Path, tmp_path: Path) -> None:
    write_whole(tmp_path / SLUG / FILE, written({**whole_manifest(), "open_items": math.inf}))
    base = digest_of({"content": digest_of(scan_shared(workspace).content), "generator": generator_digest()})
    write_whole(
        tmp_path / peers.FILE, written({"format": 1, "base": base, "cities": {SLUG: {"files": "x", "peer": 7}}})
    )
    order = Order(workspace=workspace, out=tmp_path, slugs=(SLUG,), formats=("docx",))
    result = run_batch(order, lambda _: None)
    assert [outcome.state for outcome in result.outcomes] == ["built"]
