"""A `reference.docx` with damaged parts: a diagnostic that names the file, never a fault."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.build import build_city
from tests.compose.small import ROOT, SLUG, lay
from tests.faults.test_fuzz import SETTINGS, well_formed

REFERENCE = (ROOT / "templates/reference.docx").read_bytes()
with zipfile.ZipFile(io.BytesIO(REFERENCE)) as _archive:
    PARTS = {name: _archive.read(name) for name in _archive.namelist()}


def made(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


@pytest.fixture(scope="module")
def laid(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay(tmp_path_factory.mktemp("reference") / "workspace")


def built(workspace: Path, reference: bytes, out: Path) -> None:
    """Build with a template; whatever it is, what stops the build is told of this file."""
    (workspace / "templates/reference.docx").write_bytes(reference)
    result = build_city(workspace, SLUG, out, formats=("docx",), force=True)
    well_formed(tuple(result.diagnostics))
    assert {item.code for item in result.diagnostics if item.code.startswith("MP5")} <= {"MP511", "MP512"}
    assert result.files or any(item.code in ("MP511", "MP512") for item in result.diagnostics)


SPOILS = {
    "missing": None,
    "empty": b"",
    "junk": b"\x00\xffjunk",
    "no xml": b"<x",
    "another root": b"<x/>",
    "an entity": b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
    "other names": b'<w:x xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>',
}


@pytest.mark.parametrize("spoil", SPOILS)
@pytest.mark.parametrize("name", PARTS)
def test_a_part_that_is_spoiled(laid: Path, tmp_path: Path, name: str, spoil: str) -> None:
    parts = dict(PARTS)
    words = SPOILS[spoil]
    if words is None:
        del parts[name]
    else:
        parts[name] = words
    built(laid, made(parts), tmp_path)


@pytest.mark.parametrize("data", [b"", b"PK", b"junk" * 100, REFERENCE[: len(REFERENCE) // 2], REFERENCE[:-20]])
def test_a_file_that_is_cut_off(laid: Path, tmp_path: Path, data: bytes) -> None:
    built(laid, data, tmp_path)


def test_a_template_that_swells(laid: Path, tmp_path: Path) -> None:
    built(laid, made({**PARTS, "word/media/x.bin": b"\0" * 200_000_000}), tmp_path)
    tags = PARTS["word/styles.xml"].replace(b"</w:styles>", b"<w:style/>" * 9_000_000 + b"</w:styles>")
    built(laid, made({**PARTS, "word/styles.xml": tags}), tmp_path)


def test_a_template_that_is_a_device_or_folder(laid: Path, tmp_path: Path) -> None:
    path = laid / "templates/reference.docx"
    path.unlink(missing_ok=True)
    path.symlink_to("/dev/zero")
    try:
        result = build_city(laid, SLUG, tmp_path, formats=("docx",), force=True)
        assert [item.code for item in result.diagnostics] == ["MP511"]
    finally:
        path.unlink()


@settings(SETTINGS, max_examples=40)
@given(st.integers(0, 2**32), st.integers(1, 12), st.booleans())
def test_flipped_bytes(
    laid: Path, tmp_path_factory: pytest.TempPathFactory, seed: int, count: int, inside: bool
) -> None:
    chosen = random.Random(seed)
    name = chosen.choice(sorted(PARTS))
    data = bytearray(PARTS[name] if inside else REFERENCE)
    for _ in range(count):
        data[chosen.randrange(len(data))] = chosen.randrange(256)
    built(laid, made({**PARTS, name: bytes(data)}) if inside else bytes(data), tmp_path_factory.mktemp("out"))
