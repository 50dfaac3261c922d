"""The loaders beside a city's and the content's files: settings, cohort, edits, issued versions, Word files, forms."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from generator.build import build_city
from generator.issued import issue_city, issued_books, load_tree
from generator.model.content import Content
from generator.model.diagnostics import Diagnostic, Severity
from generator.roundtrip.reader import Reading, UnreadableDocumentError, read
from generator.sources.cohort import load_cohort
from generator.sources.content import load_content
from generator.sources.edits import load_edits, pulled_hashes
from generator.sources.regions import load_defaults
from generator.sources.schema import Collector
from generator.sources.settings import load_settings
from generator.sources.shortlist import load_rules, read_candidates
from generator.sources.workbook.cohort import read_cohort
from generator.sources.workbook.grid import read_workbook
from generator.sources.workbook.package import ContainerError
from tests.compose.small import ROOT, SLUG, edit, lay
from tests.faults.test_fuzz import SETTINGS, damaged, well_formed

MAIN = "word/document.xml"
EDIT = b"book: kecil\nop: replace\nblock: keadaan-p1\npart: text\nbase: Teks lama.\ntext: Teks baru.\n"
FORMS = (b"daerah;ser-1\nKota Contoh;2\n", b"kode,ser-1\n00.71,2\n", b"\xff\xfed\x00", b'"' * 5000)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = lay(tmp_path_factory.mktemp("other") / "workspace")
    for name in ("content/regions", "content/shortlist.yaml"):
        source = ROOT / name
        target = place / name
        if source.is_dir():
            target.mkdir(parents=True, exist_ok=True)
            (target / "defaults.yaml").write_bytes((source / "defaults.yaml").read_bytes())
        else:
            target.write_bytes(source.read_bytes())
    return place


@pytest.fixture(scope="module")
def content(workspace: Path) -> Content:
    loaded, found = load_content(workspace)
    assert loaded is not None, found
    return loaded


def _settings(workspace: Path) -> Sequence[Diagnostic]:
    value, found = load_settings(workspace)
    assert value is not None or any(item.severity is Severity.ERROR for item in found)
    return found


def _cohort(workspace: Path) -> Sequence[Diagnostic]:
    return load_cohort(workspace)[1]


def _defaults(workspace: Path) -> Sequence[Diagnostic]:
    value, found = load_defaults(workspace)
    assert value is not None or any(item.severity is Severity.ERROR for item in found)
    return found


def _shortlist(workspace: Path) -> Sequence[Diagnostic]:
    defaults, _ = load_defaults(ROOT)
    assert defaults is not None
    value, found, _ = load_rules(workspace, defaults, {})
    assert value is not None or any(item.severity is Severity.ERROR for item in found)
    return found


def _candidates(workspace: Path) -> Sequence[Diagnostic]:
    defaults, _ = load_defaults(ROOT)
    assert defaults is not None
    rules, _, _ = load_rules(ROOT, defaults, {})
    assert rules is not None
    value, found, _ = read_candidates(workspace / "candidates.csv", rules, {}, defaults)
    assert value is not None or any(item.severity is Severity.ERROR for item in found)
    return [item for item in found if not item.place.file.startswith("/")]


def _edits(workspace: Path) -> Sequence[Diagnostic]:
    return load_edits(workspace, SLUG).found.found


def _pulled(workspace: Path) -> Sequence[Diagnostic]:
    assert isinstance(pulled_hashes(workspace, SLUG), frozenset)
    return ()


def _issued(workspace: Path) -> Sequence[Diagnostic]:
    found = Collector()
    for book in issued_books(workspace, SLUG, found):
        load_tree(workspace, book, found)
    return found.found


LOADERS: Mapping[str, tuple[Callable[[Path], Sequence[Diagnostic]], bytes]] = {
    "masterplan.yaml": (_settings, (ROOT / "masterplan.yaml").read_bytes()),
    "cities/cohort.yaml": (_cohort, (ROOT / "cities/cohort.yaml").read_bytes()[:600]),
    "content/regions/defaults.yaml": (_defaults, (ROOT / "content/regions/defaults.yaml").read_bytes()),
    "content/shortlist.yaml": (_shortlist, (ROOT / "content/shortlist.yaml").read_bytes()),
    "candidates.csv": (_candidates, b"code,name,type,province\n12.71,Medan,kota,Sumatera Utara\n"),
    f"cities/{SLUG}/edits/kecil/keadaan-p1-00000000.yaml": (_edits, EDIT),
    f"cities/{SLUG}/edits/pulled.txt": (_pulled, b"# SHA-256\n" + b"a" * 64 + b" x.docx\n"),
}


@pytest.mark.parametrize("name", LOADERS)
def test_damaged_files_are_values_or_diagnostics(workspace: Path, name: str) -> None:
    load, whole = LOADERS[name]
    path = workspace / name
    before = path.read_bytes() if path.exists() else None
    path.parent.mkdir(parents=True, exist_ok=True)

    @SETTINGS
    @given(st.one_of(damaged(whole), st.binary(max_size=200)))
    @example(whole)
    @example(b"[" * 100_000)
    def run(data: bytes) -> None:
        path.write_bytes(data)
        well_formed(tuple(load(workspace)))

    try:
        run()
    finally:
        path.unlink() if before is None else path.write_bytes(before)


def test_damaged_lists_and_trees_of_an_issued_version(tmp_path: Path) -> None:
    workspace = lay(tmp_path / "workspace")
    assert not issue_city(workspace, SLUG, tmp_path / "out", engine="typst").failed
    names = [path for path in (workspace / "cities" / SLUG / "issued").rglob("*") if path.suffix in (".json", ".yaml")]
    assert names
    for path in names:
        spoil(workspace, path)


def spoil(workspace: Path, path: Path) -> None:
    """Damage one file in many ways, then put it back."""
    whole = path.read_bytes()

    @settings(SETTINGS, max_examples=25)
    @given(st.one_of(damaged(whole), st.binary(max_size=200)))
    @example(b"[" * 100_000)
    @example(b'{"format": 1, "version": "x", "date": "y", "books": [{"book": "../../x", "file": "/etc/passwd"}]}')
    def run(data: bytes) -> None:
        path.write_bytes(data)
        well_formed(tuple(_issued(workspace)))

    run()
    path.write_bytes(whole)


def test_a_damaged_table_of_the_cohort(content: Content) -> None:
    @settings(SETTINGS, max_examples=200)
    @given(st.one_of(*(damaged(whole) for whole in FORMS), st.binary(max_size=300)))
    def run(data: bytes) -> None:
        well_formed(tuple(read_cohort(data, "cohort.csv", content, ()).diagnostics))

    run()


# --- files of an office: bombs, entities, damage ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def book(workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    out = tmp_path_factory.mktemp("book")
    assert not build_city(workspace, SLUG, out, formats=("docx",)).failed
    return (out / SLUG / "Buku-Kecil.docx").read_bytes()


def packed(whole: bytes, parts: Mapping[str, bytes]) -> bytes:
    """Return an office file with some parts put in the place of others, or beside them."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(whole)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            if name not in parts:
                target.writestr(name, source.read(name))
        for name, data in parts.items():
            target.writestr(name, data)
    return out.getvalue()


def part(whole: bytes, name: str) -> bytes:
    with zipfile.ZipFile(BytesIO(whole)) as archive:
        return archive.read(name)


def entity(whole: bytes, name: str) -> bytes:
    """Return a part that asks for a file of the system through an entity."""
    declared = b'?><!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]>'
    return part(whole, name).replace(b"?>", declared, 1).replace(b"<w:t", b"<w:t>&y;</w:t><w:t", 1)


def nested(whole: bytes) -> bytes:
    depth = 100_000
    return part(whole, MAIN).replace(b"<w:body>", b"<w:body>" + b"<w:p>" * depth + b"</w:p>" * depth, 1)


def read_or_code(data: bytes) -> Reading | str:
    """Return what a Word file says, or the code of the reason why it cannot be read."""
    try:
        return read(data, "edited.docx")
    except UnreadableDocumentError as error:
        well_formed((error.diagnostic,))
        return error.diagnostic.code


def test_a_word_file_that_swells(book: bytes) -> None:
    bomb = part(book, MAIN).replace(b"<w:body>", b"<w:body>" + b"<w:p/>" * 60_000_000, 1)
    small = packed(book, {MAIN: bomb})
    del bomb
    assert len(small) < 2_000_000
    with pytest.raises(UnreadableDocumentError) as fault:
        read(small, "edited.docx")
    assert fault.value.diagnostic.code == "MP804"


def test_a_word_file_that_lies_about_its_size(book: bytes) -> None:
    body = part(book, MAIN).replace(b"<w:body>", b"<w:body>" + b"<w:p/>" * 100_000, 1)
    small = packed(book, {MAIN: body})
    at = small.rindex(MAIN.encode()) - 46
    assert small[at : at + 4] == b"PK\x01\x02"
    lying = small[: at + 24] + struct.pack("<I", 20) + small[at + 28 :]
    with pytest.raises(UnreadableDocumentError):
        read(lying, "edited.docx")


@pytest.mark.parametrize(
    "name", [MAIN, "word/styles.xml", "word/numbering.xml", "word/footnotes.xml", "docProps/core.xml"]
)
def test_no_part_of_a_word_file_asks_for_a_file(book: bytes, name: str) -> None:
    with zipfile.ZipFile(BytesIO(book)) as archive:
        if name not in archive.namelist():
            name = MAIN
    found = read_or_code(packed(book, {name: entity(book, name)}))
    assert found in ("MP801", "MP803") or "root:" not in repr(found)


def test_a_word_file_nested_without_end(book: bytes) -> None:
    assert read_or_code(packed(book, {MAIN: nested(book)})) in ("MP801", "MP803", "MP804")


def test_a_word_file_of_many_parts(book: bytes) -> None:
    found = read_or_code(packed(book, {f"word/media/{number}.png": b"" for number in range(20_000)}))
    assert found == "MP804" or isinstance(found, Reading)


@settings(SETTINGS, max_examples=40, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_damaged_words_of_a_word_file(book: bytes, data: st.DataObject) -> None:
    """The archive is sound, what it holds is not."""
    xml = data.draw(damaged(part(book, MAIN)))
    assert read_or_code(packed(book, {MAIN: xml}))


@settings(SETTINGS, max_examples=100)
@given(st.binary(max_size=400), st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]))
def test_anything_as_a_word_file_or_a_form(data: bytes, head: bytes) -> None:
    with pytest.raises(UnreadableDocumentError):
        read(head + data, "x.docx")
    with pytest.raises(ContainerError):
        read_workbook(head + data, "x.xlsx")


def test_a_picture_that_swells(tmp_path: Path) -> None:
    """A PNG of 65,000 by 65,000 in a few kilobytes, as the emblem of a city: a frame in its place, and the book."""
    workspace = lay(tmp_path / "workspace")
    size = 65_000
    squeezed = zlib.compress(b"\0" * 2_000_000)
    chunks = ((b"IHDR", struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)), (b"IDAT", squeezed), (b"IEND", b""))
    png = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
    (workspace / f"cities/{SLUG}/emblem.png").write_bytes(png)
    edit(workspace, f"cities/{SLUG}/city.yaml", "name: Contoh\n", "name: Contoh\nemblem: emblem.png\n")
    result = build_city(workspace, SLUG, tmp_path / "out", engine="typst")
    assert {file.path.name for file in result.files} >= {"Buku-Kecil.docx", "Buku-Kecil.pdf"}
    with zipfile.ZipFile(tmp_path / "out" / SLUG / "Buku-Kecil.docx") as archive:
        assert not any(archive.read(name).startswith(png[:40]) for name in archive.namelist())
