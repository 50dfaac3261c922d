"""Folders that cannot be looked into, lie elsewhere, are nested without end or hold names that are no text."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.build import build_city
from generator.inputs import digest_of, scan_city
from generator.manifest import read_manifest
from generator.model.diagnostics import Collector
from generator.sources.cities import load_city, slugs
from generator.sources.content import load_content
from generator.sources.edits import load_edits
from generator.sources.files import MAX_DEPTH, files_below, name_below
from tests.compose.small import ROOT, SLUG, lay
from tests.sources.nesting import nested

BOUND = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")
"""Takes from root what lets it read what permissions forbid."""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return lay(tmp_path / "workspace")


def codes(workspace: Path) -> list[tuple[str, str]]:
    content, found = load_content(workspace)
    assert content is not None, found
    _, found = load_city(workspace, SLUG, content)
    return [(item.code, str(item.place)) for item in found]


def test_rules_nested_without_end_are_told(workspace: Path) -> None:
    with nested(workspace / "content" / "rules", 1900):
        content, found = load_content(workspace)
    assert content is None
    assert [(item.code, str(item.place)) for item in found] == [("MP204", "content/rules")]


def test_folders_of_a_city_nested_without_end_count_as_one_word(workspace: Path) -> None:
    before = scan_city(workspace, SLUG)
    with nested(workspace / "cities" / SLUG, 1900):
        found = scan_city(workspace, SLUG)
        assert codes(workspace) == []
    more = {name: own for name, own in found.items() if name not in before}
    assert more == {f"cities/{SLUG}/" + "/".join("d" * (MAX_DEPTH + 1)): "too deep"}
    assert digest_of(found) != digest_of(before)


def test_only_what_was_asked_for_is_found_and_sorted(tmp_path: Path) -> None:
    for name in ("b.yml", "c.yaml", "a/x.yaml", "a/b/y.yaml", "a/n.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("", encoding="utf-8")

    def found(depth: int) -> list[str]:
        collector = Collector()
        names = files_below(tmp_path, tmp_path, (".yaml", ".yml"), collector, depth)
        assert collector.found == []
        return [name_below(path, tmp_path) for path in names]

    assert found(0) == ["c.yaml", "b.yml"]
    assert found(1) == ["a/x.yaml", "c.yaml", "b.yml"]
    assert found(MAX_DEPTH) == ["a/b/y.yaml", "a/x.yaml", "c.yaml", "b.yml"]
    assert files_below(tmp_path / "none", tmp_path, (".yaml",), Collector()) == []


@pytest.mark.parametrize("name", [f"cities/{SLUG}/text", "content/rules"])
def test_a_folder_that_lies_elsewhere_is_told(workspace: Path, tmp_path: Path, name: str) -> None:
    folder = workspace / name
    if folder.exists():
        folder.rename(tmp_path / "elsewhere")
    else:
        (tmp_path / "elsewhere").mkdir()
    folder.symlink_to(tmp_path / "elsewhere")
    found = codes(workspace) if name.startswith("cities") else [
        (item.code, str(item.place)) for item in load_content(workspace)[1]
    ]  # fmt: skip
    assert found == [("MP002", name)]


def test_edits_in_a_linked_folder_of_the_workspace_are_read(workspace: Path) -> None:
    folder = workspace / "cities" / SLUG / "edits"
    (folder / "old").mkdir(parents=True)
    (folder / "old" / "x.yaml").write_text("a: 1\n", encoding="utf-8")
    (folder / "x.yaml").write_text("a: 1\n", encoding="utf-8")
    (folder / "kecil").symlink_to(folder / "old")
    names = [item.place.file for item in load_edits(workspace, SLUG).found.found]
    assert names == [f"cities/{SLUG}/edits/{book}/x.yaml" for book in ("kecil", "old")]


# --- names -----------------------------------------------------------------------------------------------------------


def test_a_text_whose_name_is_no_text_is_told(workspace: Path, tmp_path: Path) -> None:
    folder = workspace / "cities" / SLUG / "text"
    folder.mkdir(exist_ok=True)
    (folder / os.fsdecode(b"\xff\xfe.md")).write_text("x", encoding="utf-8")
    result = build_city(workspace, SLUG, tmp_path / "out", formats=("docx",))
    assert result.failed
    (item,) = (item for item in result.diagnostics if item.code == "MP004")
    assert item.place.file == f"cities/{SLUG}/text/\\xff\\xfe.md"
    assert "not UTF-8" in item.message
    assert item.hint == "rename the file"


def test_another_file_whose_name_is_no_text_is_an_input_like_others(workspace: Path, tmp_path: Path) -> None:
    path = workspace / "cities" / SLUG / os.fsdecode(b"foto\xff.jpg")
    path.write_bytes(b"x")
    out = tmp_path / "out"
    assert not build_city(workspace, SLUG, out, formats=("docx",)).failed
    manifest = read_manifest(out / SLUG)
    assert manifest is not None
    assert f"cities/{SLUG}/foto\\xff.jpg" in manifest.inputs
    assert build_city(workspace, SLUG, out, formats=("docx",)).unchanged
    path.write_bytes(b"y")
    assert not build_city(workspace, SLUG, out, formats=("docx",)).unchanged


# --- permissions -----------------------------------------------------------------------------------------------------


def told(workspace: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command as somebody to whom permissions apply."""
    call = [sys.executable, "-B", "-m", "generator", *words, "-w", str(workspace)]
    bound = BOUND if os.geteuid() == 0 else ()
    environment = os.environ | {"PYTHONPATH": str(ROOT), "COLUMNS": "400", "NO_COLOR": "1"}
    return subprocess.run([*bound, *call], env=environment, capture_output=True, text=True)


@pytest.fixture
def closed(workspace: Path) -> Iterator[Path]:
    """A second city whose folder may not be looked into."""
    folder = workspace / "cities" / "kota-tutup"
    folder.mkdir()
    (folder / "city.yaml").write_bytes((workspace / "cities" / SLUG / "city.yaml").read_bytes())
    folder.chmod(0)
    yield folder
    folder.chmod(0o755)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="needs users")
def test_one_city_that_cannot_be_looked_into_is_its_own_fault(workspace: Path, closed: Path) -> None:
    build = told(workspace, "build", "--all", "--format", "docx", "--engine", "typst")
    status = told(workspace, "status", "--json")
    check = told(workspace, "check", closed.name)
    for done in (build, status, check):
        assert done.returncode in (0, 1), done.stderr + done.stdout
        assert "internal fault" not in done.stderr + done.stdout
    assert "MP004" in build.stderr + build.stdout
    assert told(workspace, "check", SLUG).returncode == 0
    assert (workspace / "output" / SLUG / "Buku-Kecil.docx").is_file()
    assert not (workspace / "output" / closed.name / "Buku-Kecil.docx").exists()
    assert f"cities/{closed.name}/city.yaml: error MP004: the file cannot be read: permission denied" in check.stderr
    assert "cities/kota-tutup/city.yaml" in status.stdout


@pytest.mark.parametrize("name", ["text", "edits", "edits/kecil"])
@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="needs users")
def test_a_folder_of_a_city_that_cannot_be_listed_is_no_empty_folder(workspace: Path, name: str) -> None:
    folder = workspace / "cities" / SLUG / name
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0)
    done = told(workspace, "check", SLUG)
    folder.chmod(0o755)
    assert done.returncode == 1
    assert f"cities/{SLUG}/{name}: error MP004: the folder cannot be read: permission denied" in done.stderr


def test_a_city_that_permissions_hide_is_still_a_city(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    look = Path.stat

    def refuse(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        if path.name == "city.yaml":
            raise PermissionError(13, "Permission denied", str(path))
        return look(path, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(Path, "stat", refuse)
    assert slugs(workspace) == (SLUG,)


def test_without_a_folder_of_cities_there_are_none(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> Iterator[Path]:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "iterdir", refuse)
    assert slugs(workspace) == ()


def test_a_folder_of_cities_that_cannot_be_listed_is_told(workspace: Path) -> None:
    folder = workspace / "cities"
    folder.chmod(0)
    done = told(workspace, "check", SLUG)
    folder.chmod(0o755)
    assert done.returncode == 2
    assert "cities: error MP004: the folder cannot be read: permission denied" in done.stderr
