"""What comes in through the door of files, and what does not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.model.diagnostics import Collector, Place
from generator.sources.files import decode, is_inside, name_below, read_text


def codes(file: object) -> list[str]:
    return [item.code for item in file.diagnostics]  # type: ignore[attr-defined]


def test_a_plain_file_is_read_with_its_hash(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("Kota Médan\n", encoding="utf-8")
    file = read_text(tmp_path / "a.md", tmp_path)
    assert (file.name, file.text, len(file.sha256)) == ("a.md", "Kota Médan\n", 64)
    assert not file.diagnostics


def test_a_byte_order_mark_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"\xef\xbb\xbfMedan")
    assert read_text(tmp_path / "a.md", tmp_path).text == "Medan"


def test_a_missing_file(tmp_path: Path) -> None:
    assert codes(read_text(tmp_path / "none.yaml", tmp_path)) == ["MP001"]


def test_a_path_out_of_the_workspace_is_not_read(tmp_path: Path) -> None:
    outside = tmp_path / "outside.yaml"
    outside.write_text("secret: 1\n", encoding="utf-8")
    workspace = tmp_path / "workspace"
    workspace.mkdir()
    for path in (workspace / ".." / "outside.yaml", outside):
        file = read_text(path, workspace)
        assert file.text is None
        assert codes(file) == ["MP002"]


def test_a_link_out_of_the_workspace_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "city.yaml").write_text("secret: 1\n", encoding="utf-8")
    workspace = tmp_path / "workspace"
    workspace.mkdir()
    (workspace / "file.yaml").symlink_to(outside / "city.yaml")
    (workspace / "folder").symlink_to(outside)
    assert codes(read_text(workspace / "file.yaml", workspace)) == ["MP002"]
    assert codes(read_text(workspace / "folder" / "city.yaml", workspace)) == ["MP002"]


def test_a_link_within_the_workspace_is_followed(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("a: 1\n", encoding="utf-8")
    (tmp_path / "b.yaml").symlink_to("a.yaml")
    assert read_text(tmp_path / "b.yaml", tmp_path).text == "a: 1\n"


def test_a_link_to_itself_ends(tmp_path: Path) -> None:
    (tmp_path / "loop.yaml").symlink_to("loop.yaml")
    assert read_text(tmp_path / "loop.yaml", tmp_path).text is None


def test_folders_pipes_and_devices_are_refused_without_waiting(tmp_path: Path) -> None:
    (tmp_path / "folder.yaml").mkdir()
    os.mkfifo(tmp_path / "pipe.yaml")
    assert codes(read_text(tmp_path / "folder.yaml", tmp_path)) == ["MP004"]
    assert codes(read_text(tmp_path / "pipe.yaml", tmp_path)) == ["MP004"]
    assert codes(read_text(Path("/dev/zero"), Path("/"))) == ["MP004"]


def test_a_large_file_is_not_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    with path.open("wb") as stream:
        stream.truncate(100_000_000)
    file = read_text(path, tmp_path)
    assert codes(file) == ["MP003"]
    assert "100.0 MB" in file.diagnostics[0].message


@pytest.mark.parametrize(
    ("data", "line", "column", "words"),
    [
        ("a: 1\nnama: Médan\n".encode("utf-16"), 1, 1, "UTF-16"),
        ("a: 1\n".encode("utf-16-le"), 1, 1, "UTF-16"),
        ("a: 1\n".encode("utf-32-be"), 1, 1, "UTF-32"),
        ("a: 1\nnama: Médan\n".encode("cp1252"), 2, 8, "0xE9"),
        (b"\xef\xbb\xbfa: 1\nb: \xff\n", 2, 4, "0xFF"),
        ("ü: ".encode() + b"\xe9", 1, 4, "é"),
    ],
)
def test_wrong_encodings_are_named(data: bytes, line: int, column: int, words: str) -> None:
    found = Collector()
    assert decode(data, Place("a.yaml"), found) is None
    (item,) = found.found
    assert (item.code, item.place.line, item.place.column) == ("MP005", line, column)
    assert words in item.message
    assert item.hint == "save the file as UTF-8"


@pytest.mark.parametrize(
    ("character", "words"),
    [
        ("\x00", "control"),
        ("\x07", "control"),
        ("\x9b", "control"),
        ("\ue000", "private-use"),
        ("\uf8ff", "private-use"),
        ("\U000f0001", "private-use"),
        ("\ufffe", "non-character"),
        ("\u202e", "direction"),
        ("\u2066", "direction"),
    ],
)
def test_characters_that_no_document_can_carry(tmp_path: Path, character: str, words: str) -> None:
    (tmp_path / "a.md").write_text(f"satu\ndua {character}\n", encoding="utf-8")
    file = read_text(tmp_path / "a.md", tmp_path)
    assert file.text is None
    (item,) = file.diagnostics
    assert (item.code, item.place.line, item.place.column) == ("MP006", 2, 5)
    assert words in item.message


def test_many_forbidden_characters_are_not_all_listed(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("\x01" * 500, encoding="utf-8")
    assert 10 < len(read_text(tmp_path / "a.md", tmp_path).diagnostics) < 30


def test_names_below_the_workspace(tmp_path: Path) -> None:
    assert name_below(tmp_path / "cities" / "kota-medan" / "city.yaml", tmp_path) == "cities/kota-medan/city.yaml"
    assert name_below(Path("/elsewhere/x.yaml"), tmp_path) == "x.yaml"
    assert is_inside(tmp_path / "a", tmp_path)
    assert not is_inside(tmp_path / ".." / "a", tmp_path)
    assert not is_inside(Path("a\x00b"), tmp_path)
