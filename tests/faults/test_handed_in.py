"""Files that an office hands in, damaged at random or with harmful pictures: taken or refused, never a fault."""

from __future__ import annotations

import random
import shutil
import struct
import zipfile
import zlib
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from generator import own_pictures as own
from generator.build import build_city
from generator.issued import issue_city
from generator.model.diagnostics import Severity
from generator.pulling import PullResult, pull
from generator.roundtrip.reader import package
from generator.roundtrip.reader.paragraphs import Drawing
from generator.sources.cities import load_city
from generator.sources.content import load_content
from generator.sources.workbook.apply import apply_changes
from generator.sources.workbook.changes import read_form
from generator.writers.form import write_form
from tests.compose.small import SLUG, edit, lay
from tests.faults.test_fuzz import SETTINGS, well_formed
from tests.faults.test_other_loaders import packed, part
from tests.roundtrip.test_pictures import AFTER, picture, put, with_photo
from tests.writers.sample_document import sample_document


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay(tmp_path_factory.mktemp("handed") / "workspace")


@pytest.fixture(scope="module")
def book(workspace: Path) -> bytes:
    issued = issue_city(workspace, SLUG, workspace / "output", engine="typst")
    assert not issued.failed
    return issued.books[0].docx.read_bytes()


@pytest.fixture(scope="module")
def form(workspace: Path) -> bytes:
    content, _ = load_content(workspace)
    assert content is not None
    dossier, _ = load_city(workspace, SLUG, content)
    assert dossier is not None
    return write_form(dossier, content)


def taken(workspace: Path, data: bytes) -> PullResult:
    """Pull a file, and leave the workspace as it was."""
    path = workspace.parent / "e.docx"
    path.write_bytes(data)
    city = workspace / "cities" / SLUG
    kept = workspace.parent / "kept"
    shutil.copytree(city, kept)
    try:
        result = pull(workspace, SLUG, path)
    finally:
        shutil.rmtree(city)
        kept.rename(city)
    well_formed(tuple(result.diagnostics))
    return result


def flipped(data: bytes, seed: int, count: int) -> bytes:
    chosen = random.Random(seed)
    spoiled = bytearray(data)
    for _ in range(count):
        spoiled[chosen.randrange(len(spoiled))] = chosen.randrange(256)
    return bytes(spoiled)


def spoiled(data: bytes, seed: int, count: int, inside: bool) -> bytes:
    """Return an office file with bytes changed: of the archive, or of a part that is packed well again."""
    if not inside:
        return flipped(data, seed, count)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        name = random.Random(seed).choice([one for one in archive.namelist() if archive.getinfo(one).file_size])
    return packed(data, {name: flipped(part(data, name), seed, count)})


FLIPS = (st.integers(0, 2**32), st.integers(1, 20), st.booleans())


@settings(SETTINGS, max_examples=60)
@given(*FLIPS)
def test_a_book_with_flipped_bytes(workspace: Path, book: bytes, seed: int, count: int, inside: bool) -> None:
    result = taken(workspace, spoiled(book, seed, count, inside))
    assert not (result.failed and result.edits)


@settings(SETTINGS, max_examples=100)
@given(*FLIPS)
def test_a_form_with_flipped_bytes(workspace: Path, form: bytes, seed: int, count: int, inside: bool) -> None:
    content, _ = load_content(workspace)
    assert content is not None
    dossier, _ = load_city(workspace, SLUG, content)
    assert dossier is not None
    reading = read_form(spoiled(form, seed, count, inside), "form.xlsx", dossier, content)
    well_formed(tuple(reading.diagnostics))
    well_formed(tuple(apply_changes(workspace, dossier, content, reading.changes).diagnostics))


def test_a_directory_that_leads_before_the_beginning(workspace: Path, book: bytes) -> None:
    at = book.rindex(b"PK\x05\x06") + 16
    (begin,) = struct.unpack("<I", book[at : at + 4])
    result = taken(workspace, book[:at] + struct.pack("<I", begin + 500) + book[at + 4 :])
    assert [item.code for item in result.diagnostics] == ["MP801"]


# --- pictures ---------------------------------------------------------------------------------------------------------


def png(width: int, height: int) -> bytes:
    """Return a PNG that claims a size and holds nearly nothing."""
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"\0" * 1_000_000)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


def jpeg(width: int, height: int) -> bytes:
    """Return a JPEG whose head claims a size."""
    whole = picture("JPEG")
    at = whole.index(b"\xff\xc0") + 5
    return whole[:at] + struct.pack(">HH", height, width) + whole[at + 4 :]


def webp(width: int, height: int) -> bytes:
    """Return a WEBP whose head claims a size."""
    head = b"VP8X" + struct.pack("<I", 10) + b"\0" * 4 + (width - 1).to_bytes(3, "little")
    body = b"WEBP" + head + (height - 1).to_bytes(3, "little") + picture("WEBP")[12:]
    return b"RIFF" + struct.pack("<I", len(body)) + body


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><image href="file:///etc/passwd"/></svg>'
ENTITIES = (
    b'<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10 if n > 1 else b"&a;" * 10) for n in range(1, 12))
    + b']><svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><text>&a11;</text></svg>'
)
HARMFUL = {
    "a PNG that swells": png(50_000, 50_000),
    "a JPEG that swells": jpeg(50_000, 50_000),
    "a WEBP that swells": webp(16_000, 16_000),
    "a PNG cut off": picture()[:120],
    "a JPEG cut off": picture("JPEG")[:300],
    "a WEBP cut off": picture("WEBP")[:60],
    "a PNG of nothing": b"\x89PNG\r\n\x1a\n",
    "a TIFF cut off": picture("TIFF")[:60],
    "a GIF cut off": picture("GIF")[:40],
    "a bitmap of nothing": b"BM",
    "a drawing that asks for a file": SVG,
    "a drawing with entities": ENTITIES,
    "nothing": b"",
}


@pytest.mark.parametrize("name", HARMFUL)
def test_a_picture_in_a_book_that_comes_back(workspace: Path, book: bytes, name: str) -> None:
    result = taken(workspace, with_photo(book, HARMFUL[name], AFTER))
    assert not [edit for edit in result.edits if edit.op == "picture"]
    assert not list((workspace / "cities" / SLUG).rglob("*.png"))


def test_pictures_larger_than_any_book_has(workspace: Path, book: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    huge = with_photo(book, b"\x89PNG\r\n\x1a\n" + b"\0" * (package.MAX_PART + 1), AFTER)
    assert [item.code for item in taken(workspace, huge).diagnostics] == ["MP804"]
    monkeypatch.setattr(package, "MAX_PICTURES", 100)
    assert [item.code for item in taken(workspace, with_photo(book, picture(), AFTER)).diagnostics] == ["MP804"]


@pytest.mark.parametrize("ending", ["png", "svg", "webp", "jpg"])
@pytest.mark.parametrize("name", HARMFUL)
def test_an_emblem(tmp_path: Path, name: str, ending: str) -> None:
    place = lay(tmp_path / "workspace")
    (place / f"cities/{SLUG}/emblem.{ending}").write_bytes(HARMFUL[name])
    edit(place, f"cities/{SLUG}/city.yaml", "name: Contoh\n", f"name: Contoh\nemblem: emblem.{ending}\n")
    result = build_city(place, SLUG, tmp_path / "out", formats=("docx", "pdf"), engine="typst")
    well_formed(tuple(result.diagnostics))
    assert result.files or any(item.severity is Severity.ERROR for item in result.diagnostics)


# --- what was handed out ----------------------------------------------------------------------------------------------


def asked(workspace: Path, book: bytes, path: Path, digest: str) -> bool:
    """Return whether a picture of a book that was handed out counts as the generator's."""
    content = picture(colour="green")
    path.write_bytes(put(book, "word/media/image1.png", content))
    known = digest or sha256(path.read_bytes()).hexdigest()
    ours = own.own_pictures(workspace, sample_document(), (path, known))
    return ours(Drawing("picture", "", sha256(content).hexdigest(), content))


def test_pictures_of_what_was_handed_out(workspace: Path, book: bytes, tmp_path: Path) -> None:
    inside = workspace / "output" / "x.docx"
    assert asked(workspace, book, inside, "")
    assert not asked(workspace, book, inside, "0" * 64)
    assert not asked(workspace, book, tmp_path / "x.docx", "")


@settings(SETTINGS, max_examples=60)
@given(st.integers(0, 2**32), st.integers(1, 20))
def test_a_damaged_file_that_was_handed_out(workspace: Path, book: bytes, seed: int, count: int) -> None:
    path = workspace / "output" / "y.docx"
    path.write_bytes(flipped(put(book, "word/media/image1.png", picture()), seed, count))
    known = (path, sha256(path.read_bytes()).hexdigest())
    for content in own._handed_out(workspace, *known):
        assert isinstance(content, bytes)


def test_pictures_are_shown_as_what_they_are() -> None:
    """The heads above claim what they say."""
    with pytest.raises((OSError, Image.DecompressionBombError)):
        Image.open(BytesIO(HARMFUL["a PNG that swells"])).load()
    assert Image.open(BytesIO(picture("WEBP"))).size == (320, 180)
