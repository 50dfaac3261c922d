"""Every loader with bytes that nobody meant: always a value or a diagnostic, never a traceback."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from generator.batch import states_of
from generator.build import Run, build_city
from generator.inputs import scan_shared
from generator.manifest import FILE, read_manifest
from generator.model.content import Content
from generator.model.diagnostics import Diagnostic, Severity
from generator.peers import FILE as PEERS
from generator.peers import cohort_of
from generator.sources.cities import load_city
from generator.sources.cohort import cohort_slugs
from generator.sources.content import load_content
from tests.compose.small import ROOT, SLUG, lay

CITY = tuple(f"cities/{SLUG}/{name}" for name in ("city.yaml", "assessment.yaml", "programs.yaml", "text/x.md"))
CONTENT = (
    "content/framework.yaml",
    "content/books.yaml",
    "content/priorities.yaml",
    "content/planning.yaml",
    "content/mentoring.yaml",
    "content/quickwin.yaml",
    "content/evaluation.yaml",
    "content/glossary.yaml",
    "content/opd.yaml",
    "content/roles.yaml",
    "content/style.yaml",
    "content/facts/all.yaml",
    "content/regulations.yaml",
    "content/rules/service/ser-1-low.yaml",
    "content/programs/service/prg-ser-1.yaml",
    "content/instrument/all.yaml",
    "content/regions/kabupaten_kota.csv",
)
BITS = st.sampled_from(
    [
        b"",
        b"\n",
        b"  ",
        b"- ",
        b": ",
        b"{",
        b"}",
        b"[",
        b"]",
        b"&a ",
        b"*a",
        b"!!python/object:os.system ",
        b"<<: *a\n",
        b"|\n",
        b"\x00",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"9" * 400,
        b"1e999",
        b".nan",
        b"0o7",
        b"null",
        b"yes",
        b"---\n",
        b"%YAML 9\n",
        b"\t",
        b"'",
        b'"',
        b"#",
        b"\xc3\x28",
        b"\xf0\x9f\x92\xa5",
        b"id: id\n",
        b"2026-99-99",
        b"[" * 3000,
        b"? ",
        b"-1",
    ]
)
SETTINGS = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@st.composite
def damaged(draw: st.DrawFn, whole: bytes) -> bytes:
    """A file with some pieces cut out and others put in."""
    data = whole
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 30)))
        data = data[:start] + draw(st.one_of(BITS, st.binary(max_size=12))) + data[end:]
    return data


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay(tmp_path_factory.mktemp("fuzz") / "workspace")


@pytest.fixture(scope="module")
def content(workspace: Path) -> Content:
    loaded, found = load_content(workspace)
    assert loaded is not None, found
    return loaded


def well_formed(found: tuple[Diagnostic, ...]) -> None:
    for item in found:
        assert item.code.startswith("MP")
        assert item.message.isprintable() or "\n" not in item.message
        assert not item.place.file.startswith("/")


@pytest.mark.parametrize("name", CITY)
def test_a_city(workspace: Path, content: Content, name: str) -> None:
    path = workspace / name
    whole = path.read_bytes() if path.exists() else b"---\nsection: state\nmode: after\n---\nTeks.\n"
    kept = path.exists()
    path.parent.mkdir(exist_ok=True)

    @SETTINGS
    @given(st.one_of(damaged(whole), st.binary(max_size=200)))
    @example(b"a: &a [x, x]\nb: &b [*a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b]\n" * 5)
    def run(data: bytes) -> None:
        path.write_bytes(data)
        dossier, found = load_city(workspace, SLUG, content)
        well_formed(found)
        assert dossier is not None or any(item.severity is Severity.ERROR for item in found)

    try:
        run()
    finally:
        path.write_bytes(whole) if kept else path.unlink()


@pytest.mark.slow
@pytest.mark.parametrize("name", CONTENT)
def test_content(workspace: Path, name: str) -> None:
    path = workspace / name
    kept = path.exists()
    whole = path.read_bytes() if kept else (ROOT / name).read_bytes()[:2000]
    path.parent.mkdir(exist_ok=True)

    @settings(SETTINGS, max_examples=15)
    @given(damaged(whole))
    def run(data: bytes) -> None:
        path.write_bytes(data)
        loaded, found = load_content(workspace)
        well_formed(found)
        assert loaded is not None or any(item.severity is Severity.ERROR for item in found)

    try:
        run()
    finally:
        path.write_bytes(whole) if kept else path.unlink()


@pytest.mark.parametrize("name", [FILE, PEERS, "batch.json", "cities/cohort.yaml"])
def test_what_the_program_itself_left(workspace: Path, content: Content, name: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build_city(workspace, SLUG, out, formats=("docx",))
    path = {FILE: out / SLUG / FILE, "cities/cohort.yaml": workspace / name}.get(name, out / name)
    whole = (
        path.read_bytes()
        if path.exists()
        else b'{"format": 1, "base": "x", "cities": {"a": {"files": "x", "peer": null}}}'
    )
    shared = scan_shared(workspace)

    @SETTINGS
    @given(st.one_of(damaged(whole), st.binary(max_size=200)))
    @example(b"[" * 100_000)
    @example(b'{"city": "x", "generator": 1, "engine": [], "build_id": {}, "outputs": {"../../x": {"sha256": "y"}}}')
    def run(data: bytes) -> None:
        path.write_bytes(data)
        read_manifest(out / SLUG)
        states_of(out)
        cohort_slugs(workspace)
        cohort_of(workspace, shared, out, lambda: content)

    try:
        run()
    finally:
        path.unlink()


def test_a_manifest_that_names_files_elsewhere_removes_and_reads_none(workspace: Path, tmp_path: Path) -> None:
    import hashlib
    import json

    out = tmp_path / "out"
    run = Run(workspace, out)
    build_city(workspace, SLUG, out, formats=("docx",), run=run)
    precious = tmp_path / "precious.docx"
    precious.write_bytes(b"precious")
    data = json.loads((out / SLUG / FILE).read_bytes())
    entry = {"sha256": hashlib.sha256(b"precious").hexdigest(), "size": 8, "pages": None, "reason": ""}
    data["outputs"]["../../precious.docx"] = entry
    data["outputs"][str(precious)] = entry
    data["basis"] = {}
    (out / SLUG / FILE).write_text(json.dumps(data), encoding="utf-8")
    assert not build_city(workspace, SLUG, out, formats=("docx",)).failed
    assert precious.read_bytes() == b"precious"
    shutil.rmtree(out)
