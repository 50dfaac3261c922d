"""What a build writes, keeps and refuses: whole files, edited DOCX, locks, full disks, the manifest."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import docx
import pytest
from filelock import FileLock

from generator import storage
from generator.build import BuildResult, Engine, Format, build_city
from generator.model.diagnostics import Severity
from generator.storage import StorageError, file_hash, remove_leftovers, remove_leftovers_of, sha256, write_whole
from tests.compose.small import ROOT, SLUG, edit

BOOK = "Buku-Kecil"


def build(workspace: Path, out: Path, *formats: Format, engine: Engine = "typst") -> BuildResult:
    return build_city(workspace, SLUG, out, formats=formats or ("docx", "pdf"), engine=engine)


def errors(result: BuildResult) -> list[str]:
    return [item.code for item in result.diagnostics if item.severity is Severity.ERROR]


def hashes(folder: Path) -> dict[str, str | None]:
    names = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {path.relative_to(folder).as_posix(): file_hash(path) for path in names}


# --- the manifest ----------------------------------------------------------------------------------------------------


def test_the_manifest_names_every_output_and_every_input_with_its_hash(workspace: Path, tmp_path: Path) -> None:
    result = build(workspace, tmp_path / "out")
    folder = tmp_path / "out" / SLUG
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    written = hashes(folder)
    written.pop("manifest.json")
    assert {name: entry["sha256"] for name, entry in manifest["outputs"].items()} == written
    assert {file.path.relative_to(folder).as_posix() for file in result.files} == set(written)
    assert all(entry["size"] == (folder / name).stat().st_size for name, entry in manifest["outputs"].items())
    assert manifest["outputs"][f"{BOOK}.pdf"]["pages"] > 5
    assert manifest["inputs"] == {name: file_hash(workspace / name) for name in manifest["inputs"]}
    data = {
        path.relative_to(workspace).as_posix()
        for folder in (workspace / "content", workspace / "cities" / SLUG)
        for path in folder.rglob("*.yaml")
    }
    assert data <= set(manifest["inputs"])
    assert (manifest["city"], manifest["engine"], manifest["open_items"]) == (SLUG, "typst", result.open_items)


def test_a_changed_input_changes_the_build_id(workspace: Path, tmp_path: Path) -> None:
    def build_id() -> str:
        build(workspace, tmp_path / "out", "pdf")
        return str(json.loads((tmp_path / "out" / SLUG / "manifest.json").read_bytes())["build_id"])

    first = build_id()
    assert build_id() == first
    edit(workspace, f"cities/{SLUG}/city.yaml", "80000", "80001")
    assert build_id() != first


def test_a_build_of_one_format_keeps_the_entries_of_the_other(workspace: Path, tmp_path: Path) -> None:
    build(workspace, tmp_path / "out", "docx")
    result = build(workspace, tmp_path / "out", "pdf")
    assert not any(file.path.suffix == ".docx" for file in result.files)
    outputs = json.loads((tmp_path / "out" / SLUG / "manifest.json").read_bytes())["outputs"]
    assert {f"{BOOK}.docx", f"{BOOK}.pdf"} <= set(outputs)


# --- the same again --------------------------------------------------------------------------------------------------


def test_a_second_build_leaves_equal_files_untouched(workspace: Path, tmp_path: Path) -> None:
    build(workspace, tmp_path / "out")
    folder = tmp_path / "out" / SLUG
    before = {path: path.stat().st_mtime_ns for path in folder.glob(f"{BOOK}.*")}
    time.sleep(0.01)
    assert errors(build(workspace, tmp_path / "out")) == []
    assert {path: path.stat().st_mtime_ns for path in folder.glob(f"{BOOK}.*")} == before
    reasons = json.loads((folder / "manifest.json").read_bytes())["outputs"]
    assert {reasons[f"{BOOK}.{kind}"]["reason"] for kind in ("docx", "pdf")} == {"unchanged"}


@pytest.mark.slow
def test_the_same_bytes_come_out_whatever_place_zone_and_language(workspace: Path, tmp_path: Path) -> None:
    found = []
    for name, zone, locale, seed in (("a", "Asia/Jakarta", "C", "1"), ("b b", "America/St_Johns", "C.UTF-8", "2")):
        place = tmp_path / name
        place.mkdir()
        environment = os.environ | {"TZ": zone, "LC_ALL": locale, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        call = [sys.executable, "-m", "generator", "build", SLUG, "-w", str(workspace), "--out", str(place)]
        subprocess.run([*call, "--engine", "typst"], cwd=place, env=environment, check=True, capture_output=True)
        (place / SLUG / "build.log").unlink(missing_ok=True)
        found.append(hashes(place / SLUG))
    assert found[0] == found[1]
    assert {f"{BOOK}.docx", f"{BOOK}.pdf", "manifest.json"} <= set(found[0])


# --- the city's own work ---------------------------------------------------------------------------------------------


def test_an_edited_docx_is_never_overwritten(workspace: Path, tmp_path: Path) -> None:
    build(workspace, tmp_path / "out")
    path = tmp_path / "out" / SLUG / f"{BOOK}.docx"
    book = docx.Document(str(path))
    book.add_paragraph("Catatan tangan dari daerah.")
    book.save(str(path))
    before = hashes(path.parent)
    edit(workspace, f"cities/{SLUG}/city.yaml", "80000", "90000")
    result = build(workspace, tmp_path / "out")
    assert errors(result) == ["MP501"]
    assert (result.failed, result.files) == (True, ())
    assert hashes(path.parent) == before
    assert path.name in result.diagnostics[-1].place.file


def test_a_docx_that_no_build_wrote_is_left_alone(workspace: Path, tmp_path: Path) -> None:
    path = tmp_path / "out" / SLUG / f"{BOOK}.docx"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"somebody's work")
    assert errors(build(workspace, tmp_path / "out")) == ["MP501"]
    assert path.read_bytes() == b"somebody's work"


@pytest.mark.parametrize("text", ["", "{", '{"outputs": []}', '{"outputs": {"Buku-Kecil.docx": 1}}', "[" * 9_999])
def test_a_broken_manifest_makes_a_build_careful_not_bold(workspace: Path, tmp_path: Path, text: str) -> None:
    build(workspace, tmp_path / "out", "docx")
    folder = tmp_path / "out" / SLUG
    (folder / "manifest.json").write_text(text, encoding="utf-8")
    assert set(errors(build(workspace, tmp_path / "out", "docx"))) == {"MP501"}


def test_a_deleted_docx_is_written_again(workspace: Path, tmp_path: Path) -> None:
    build(workspace, tmp_path / "out", "docx")
    path = tmp_path / "out" / SLUG / f"{BOOK}.docx"
    path.unlink()
    assert errors(build(workspace, tmp_path / "out", "docx")) == []
    assert path.exists()


def test_a_pdf_build_does_not_mind_an_edited_docx(workspace: Path, tmp_path: Path) -> None:
    build(workspace, tmp_path / "out", "docx")
    path = tmp_path / "out" / SLUG / f"{BOOK}.docx"
    path.write_bytes(b"edited")
    assert errors(build(workspace, tmp_path / "out", "pdf")) == []
    assert path.read_bytes() == b"edited"


# --- errors keep files away ------------------------------------------------------------------------------------------


def test_nothing_is_written_when_the_data_have_errors(workspace: Path, tmp_path: Path) -> None:
    edit(workspace, f"cities/{SLUG}/city.yaml", "value: 80000", "value: banyak, valeu: 3")
    result = build(workspace, tmp_path / "out")
    assert result.failed
    assert not (tmp_path / "out").exists()


def test_nothing_is_written_when_a_template_is_broken(workspace: Path, tmp_path: Path) -> None:
    edit(workspace, "templates/book/01-keadaan.md.j2", "{{ overall.value }}", "{{ overal.value }}")
    assert errors(build(workspace, tmp_path / "out")) == ["MP404"]
    assert not (tmp_path / "out").exists()


def test_another_build_of_the_city_is_waited_out(workspace: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out" / SLUG
    folder.mkdir(parents=True)
    with FileLock(folder / ".lock"):
        result = build(workspace, tmp_path / "out")
        assert (errors(result), result.files) == (["MP504"], ())
        assert hashes(folder) == {}
    assert errors(build(workspace, tmp_path / "out")) == []


@pytest.mark.parametrize("call", ["fsync", "replace", "mkstemp"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_a_disk_that_takes_nothing_is_said_and_leaves_the_old_files(
    workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int
) -> None:
    build(workspace, tmp_path / "out", "docx")
    folder = tmp_path / "out" / SLUG
    before = hashes(folder)
    edit(workspace, f"cities/{SLUG}/city.yaml", "80000", "90000")

    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        place = {"fsync": storage.os, "replace": Path, "mkstemp": storage.tempfile}[call]
        patch.setattr(place, call, refuse)
        result = build(workspace, tmp_path / "out", "docx")
    assert errors(result) == ["MP505"]
    assert os.strerror(number) in result.diagnostics[-1].message
    assert hashes(folder) == before
    assert errors(build(workspace, tmp_path / "out", "docx")) == []


def test_an_output_folder_that_is_a_file_is_said(workspace: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    assert errors(build(workspace, tmp_path / "out", "docx")) == ["MP505"]


# --- whole files -----------------------------------------------------------------------------------------------------


def test_a_file_is_the_old_or_the_new_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.bin"
    write_whole(path, b"old")

    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(storage.os, "fsync", dies)
        with pytest.raises(KeyboardInterrupt):
            write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert [item.name for item in tmp_path.iterdir()] == ["a.bin"]
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o644


def test_folders_are_made_and_long_names_fit(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / ("n" * 200)
    write_whole(path, b"x")
    assert file_hash(path) == sha256(b"x")
    assert file_hash(tmp_path / "gone") is None


def test_a_name_that_no_disk_takes_is_said(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="cannot write"):
        write_whole(tmp_path / ("n" * 300), b"x")


def test_leftovers_of_a_killed_build_go_and_nothing_else(tmp_path: Path) -> None:
    for name in (".Buku.docx.x1.tmp", "Buku.docx", ".lock", "own.tmp"):
        (tmp_path / name).write_bytes(b"x")
    remove_leftovers(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".lock", "Buku.docx", "own.tmp"]


def test_leftovers_of_one_file_go_and_those_of_others_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fingerprints of all cities share a folder; each is guarded by the lock of its own city."""
    name = "kabupaten-dengan-nama-yang-sangat-panjang-[1].json"

    def killed(_: int) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(storage.os, "fsync", killed)
        patch.setattr(Path, "unlink", lambda *_, **__: None)
        with pytest.raises(KeyboardInterrupt):
            write_whole(tmp_path / name, b"x")
    (tmp_path / ".kota-lain.json.x1.tmp").write_bytes(b"x")
    assert len(list(tmp_path.iterdir())) == 2
    remove_leftovers_of(tmp_path / name)
    assert [path.name for path in tmp_path.iterdir()] == [".kota-lain.json.x1.tmp"]
