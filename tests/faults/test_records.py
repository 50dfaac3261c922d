"""What the program left as JSON, with any JSON in its place: understood or not, never an exception, never a wait."""

from __future__ import annotations

import json
import math
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from generator import likeness, peers, status
from generator.bases import keep_base, kept_base
from generator.batch import FILE as BATCH
from generator.batch import states_of
from generator.inputs import scan_shared
from generator.issued import IssuedBook, issued_books, load_tree
from generator.manifest import FILE, Manifest, Output, read_manifest
from generator.model.content import Content
from generator.model.diagnostics import Collector
from generator.model.document_json import document_to_json
from generator.model.scorecard import MOST
from generator.model.status import Known, Step
from generator.portfolio import read_row
from generator.records import FAULTS, is_below, parse_record, read_record
from generator.sources.content import load_content
from generator.storage import sha256, write_whole
from tests.batch.portfolios import city
from tests.compose.small import SLUG, lay
from tests.writers.sample_document import sample_document

SETTINGS = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
NAMES = ("a\0b", "a\ud800b", "../x", "/", "", "x" * 300, "Buku-Kecil.docx", "2026-13-40", "9999-12-31", "0001-01-01")
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 5),
    st.sampled_from([10**18, 10**29, 10**400, -(10**400), 1e308, 1e-320, -0.0, math.inf, -math.inf, math.nan]),
    st.floats(),
    st.sampled_from(NAMES),
    st.text(st.characters(exclude_categories=()), max_size=6),
)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.one_of(st.sampled_from(NAMES), st.text(max_size=4)), inner)
    ),
    max_leaves=8,
)


def places(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    for key, part in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        yield from places(part, (*path, key))


@st.composite
def spoiled(draw: st.DrawFn, whole: Any) -> bytes:
    """A record with some values replaced by others, some keys renamed, some cut away."""
    data = deepcopy(whole)
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(list(places(data))))
        if not path:
            continue
        part = data
        for key in path[:-1]:
            part = part[key]
        how = draw(st.sampled_from(["value", "value", "key", "gone"]))
        if how == "value" or isinstance(part, list):
            part[path[-1]] = draw(JSON)
        else:
            value = part.pop(path[-1])
            if how == "key":
                part[draw(st.sampled_from(NAMES))] = value
    return written(data, draw(st.booleans()))


def written(data: Any, escaped: bool = True) -> bytes:
    return json.dumps(data, ensure_ascii=escaped).encode("utf-8", "surrogatepass")


@contextmanager
def in_time(seconds: int = 20) -> Iterator[None]:
    """Fail instead of waiting for ever."""

    def late(_: int, __: FrameType | None) -> None:
        pytest.fail(f"waited for {seconds} s")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay(tmp_path_factory.mktemp("records") / "workspace")


@pytest.fixture(scope="module")
def content(workspace: Path) -> Content:
    loaded, found = load_content(workspace)
    assert loaded is not None, found
    return loaded


# --- one reader ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "[NaN]",
        "[Infinity]",
        "[-Infinity]",
        "[1e999]",
        f"[{'9' * 31}]",
        f"[{'9' * 5000}]",
        '["a\\u0000b"]',
        '{"a\\u0000b": 1}',
        '["\\ud800"]',
        '[{"a": {"b\\udfff": 1}}]',
        "[" * 100_000,
        "\ufeff[]",
        "",
    ],
)
def test_what_no_record_may_hold(tmp_path: Path, text: str) -> None:
    with pytest.raises(FAULTS):
        parse_record(text.encode())
    with pytest.raises(FAULTS):
        parse_record(b'["\xed\xa0\x80"]')
    (tmp_path / "x.json").write_text(text, encoding="utf-8")
    with pytest.raises(FAULTS):
        read_record(tmp_path / "x.json")


def test_what_records_do_hold() -> None:
    told = {"a": [1, -2.5, 10**29, None, True, "ü \u2028 \x1f 💥"]}
    assert parse_record(written(told)) == parse_record(written(told, escaped=False)) == told


def test_a_record_larger_than_any_of_ours_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    with path.open("wb") as stream:
        stream.truncate(10_000_000_000)
    with in_time(), pytest.raises(OSError, match="more than"):
        read_record(path)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Buku.docx", True),
        ("quick-win/x.pdf", True),
        ("ü" * 127, True),
        *((name, False) for name in ("", ".", "/", "/x", "..", "a/../b", "c:x", "a\\b", "a\0b", "ü" * 128)),
        ("a/" * 9 + "x" * 256, False),
    ],
)  # fmt: skip
def test_names_below(name: str, told: bool) -> None:
    assert is_below(name) is told


# --- every reader ----------------------------------------------------------------------------------------------------


def whole_manifest() -> dict[str, Any]:
    outputs = {"Buku-Kecil.docx": Output(sha256="a", size=1, pages=2, key="k", tree="t")}
    made = Manifest(
        city=SLUG, generator="1", engine="typst", build_id="b", inputs={"x": "y"}, outputs=outputs, conflicts=("c",),
        basis={"city": "1"}, pictures={"p.png": "1"}, facts=asdict(city(SLUG)), pending={"x": "y"},
    )  # fmt: skip
    told: dict[str, Any] = json.loads(made.to_json())
    return told


def test_any_manifest(tmp_path: Path) -> None:
    whole = whole_manifest()
    write_whole(tmp_path / SLUG / FILE, written(whole))
    assert read_row(tmp_path, SLUG) is not None

    @SETTINGS
    @given(
        st.one_of(
            spoiled(whole), spoiled(whole["facts"]).map(lambda facts: _with_facts(whole, facts)), JSON.map(written)
        )
    )
    @example(written({**whole, "open_items": math.inf}))
    @example(written({**whole, "outputs": {"a\0b": {"sha256": "x"}}}))
    def run(data: bytes) -> None:
        write_whole(tmp_path / SLUG / FILE, data)
        found = read_manifest(tmp_path / SLUG)
        if found is not None:
            # What is read can be stored, and read again.
            write_whole(tmp_path / "again" / FILE, found.to_json())
            assert read_manifest(tmp_path / "again") == found
            assert all(is_below(name) for name in found.outputs)
        row = read_row(tmp_path, SLUG)
        if row is not None:
            assert all(score is None or -0.01 < score < MOST + 0.01 for score in row.scores.values())
            assert -0.01 < row.complete < 1.01
            assert min(row.budget, row.unfunded, row.own_programs, row.quick_wins, row.open_items) >= 0
            repr(row).encode()
        status.gather(tmp_path, [], tmp_path, date(2026, 3, 1))

    run()


def _with_facts(whole: dict[str, Any], facts: bytes) -> bytes:
    return written({**whole, "facts": json.loads(facts)})


@pytest.mark.parametrize(
    "facts",
    [
        {"complete": 10**400},
        {"complete": 2},
        {"complete": "nan"},
        {"scores": {"overall": math.nan}},
        {"scores": {"overall": 10**400}},
        {"scores": {"overall": -1}},
        {"budget": math.inf},
        {"budget": "9" * 4000},
        {"unfunded": True},
        {"own_programs": 1.5},
        {"name": "\ud800"},
        {"name": ["a"]},
        {"day": "9999-12-31"},
        {"day": "0001-01-01"},
        {"calendar": [["a", "2026-01-01", "9999-12-31"]]},
    ],
)
def test_facts_that_no_city_has(tmp_path: Path, facts: dict[str, Any]) -> None:
    whole = whole_manifest()
    write_whole(tmp_path / SLUG / FILE, written({**whole, "facts": {**whole["facts"], **facts}}))
    assert read_row(tmp_path, SLUG) is None


def test_any_record_of_a_batch(tmp_path: Path) -> None:
    entry = {"slug": SLUG, "state": "failed", "files": 1, "seconds": 1.5, "message": "x", "diagnostics": ["y"]}
    whole = {"format": 1, "cities": [entry], "others": [{**entry, "slug": "kota-lain"}]}

    @SETTINGS
    @given(st.one_of(spoiled(whole), JSON.map(written)))
    def run(data: bytes) -> None:
        write_whole(tmp_path / BATCH, data)
        for slug, state in states_of(tmp_path).items():
            f"{slug}{state}".encode()

    run()


def test_any_scores_of_others(workspace: Path, content: Content, tmp_path: Path) -> None:
    other = workspace / "cities" / "kota-lain"
    shutil.copytree(workspace / "cities" / SLUG, other)
    shared = scan_shared(workspace)
    group = peers.cohort_of(workspace, shared, tmp_path, lambda: content)
    assert set(group.peers) == {SLUG, "kota-lain"}
    whole = json.loads((tmp_path / peers.FILE).read_bytes())

    @SETTINGS
    @given(st.one_of(spoiled(whole), JSON.map(written)))
    @example(json.dumps(whole).replace('"overall": 2', '"overall": 1' + "0" * 400).encode())
    def run(data: bytes) -> None:
        write_whole(tmp_path / peers.FILE, data)
        found = peers.cohort_of(workspace, shared, tmp_path, lambda: content)
        for slug, peer in found.peers.items():
            assert peer.slug == slug
            assert all(score is None or -0.01 < score < MOST + 0.01 for score in peer.scores.values())
        found.digest(SLUG)

    try:
        run()
    finally:
        shutil.rmtree(other)


def test_any_fingerprint_and_any_report_of_likeness(tmp_path: Path) -> None:
    prints = {"slug": "a", "kind": "kota", "shingles": {f"{at:016x}": 1 for at in range(5)}}
    write_whole(likeness.place(tmp_path, "b"), written({**prints, "slug": "b"}))
    write_whole(likeness.place(tmp_path, "a"), written(prints))
    likeness.report(tmp_path, ["a", "b"])
    report = json.loads((tmp_path / likeness.REPORT).read_bytes())
    report["pairs"] = [{"first": "a", "second": "b", "share": 0.5}]

    @SETTINGS
    @given(st.one_of(spoiled(prints), JSON.map(written)), st.one_of(spoiled(report), JSON.map(written)))
    @example(written({**prints, "shingles": {"1": math.inf}}), b"")
    @example(written(prints), written({**report, "pairs": [{"first": "a", "second": "b", "share": math.nan}]}))
    def run(data: bytes, told: bytes) -> None:
        write_whole(likeness.place(tmp_path, "a"), data)
        likeness.pairs_of(tmp_path, ["a", "b"])
        write_whole(likeness.place(tmp_path, "a"), written(prints))
        write_whole(tmp_path / likeness.REPORT, told)
        for pair in likeness.report(tmp_path, ["a", "b"]):
            assert -0.01 < pair.share < 1.01

    run()


def test_any_cache_of_the_overview(workspace: Path, tmp_path: Path) -> None:
    day = date(2026, 3, 1)
    (fresh,) = status.gather(workspace, [SLUG], tmp_path, day)
    whole = json.loads((tmp_path / status.CACHE).read_bytes())
    known = whole["cities"][SLUG]["known"]
    wrong = [
        {"complete": "x"}, {"completeness": None}, {"slug": 7}, {"errors": ["x"]}, {"confidence": 10**400},
        {"assessment": "final"}, {"completeness": {"a": 2}}, {"steps": [{}]}, {"name": "\ud800"},
        {"complete": math.nan},
    ]  # fmt: skip
    for change in wrong:
        told = {**whole, "cities": {SLUG: {**whole["cities"][SLUG], "known": {**known, **change}}}}
        write_whole(tmp_path / status.CACHE, written(told))
        assert status.gather(workspace, [SLUG], tmp_path, day) == (fresh,)

    @settings(SETTINGS, max_examples=60)
    @given(st.one_of(spoiled(whole), JSON.map(written)))
    def run(data: bytes) -> None:
        write_whole(tmp_path / status.CACHE, data)
        (row,) = status.gather(workspace, [SLUG], tmp_path, day)
        assert isinstance(row.known, Known)
        assert all(isinstance(step, Step) for step in row.known.steps)
        repr(row).encode()

    run()


def test_any_review(workspace: Path, tmp_path: Path) -> None:
    whole = json.loads(status.review_json(80.5, 100, "b"))

    @settings(SETTINGS, max_examples=60)
    @given(st.one_of(spoiled(whole), JSON.map(written)))
    @example(written({**whole, "score": 10**400}))
    @example(written({**whole, "score": math.inf}))
    def run(data: bytes) -> None:
        write_whole(tmp_path / SLUG / status.REVIEW, data)
        (row,) = status.gather(workspace, [SLUG], tmp_path, date(2026, 3, 1))
        if row.review is not None:
            assert 0 <= round(row.review.score) <= 100_000

    run()


def test_any_list_of_an_issued_version(tmp_path: Path) -> None:
    entry = {"book": "kecil", "file": "Buku", "build_id": "a", "docx_sha256": "b", "tree_sha256": "c"}
    whole = {"format": 1, "version": "1", "date": "2026-01-01", "books": [entry]}
    path = tmp_path / "cities" / SLUG / "issued" / "1" / "issue.json"

    @SETTINGS
    @given(st.one_of(spoiled(whole), JSON.map(written)))
    @example(written({**whole, "books": [{**entry, "file": "/"}]}))
    @example(written({**whole, "version": "\ud800"}))
    def run(data: bytes) -> None:
        write_whole(path, data)
        found = Collector()
        for book in issued_books(tmp_path, SLUG, found):
            assert book.docx.is_relative_to(path.parent)
            assert book.tree.is_relative_to(path.parent)
            repr(book).encode()
        assert {item.code for item in found.found} <= {"MP812"}

    run()


@pytest.mark.parametrize("words", ["a\ud800b", "a\0b"])
def test_a_forged_tree_that_no_file_can_carry(tmp_path: Path, words: str) -> None:
    tree = replace(sample_document(), title=words, build_id="0" * 16)
    data = document_to_json(tree)
    path = tmp_path / "cities" / SLUG / "issued" / "1" / "Buku"
    book = IssuedBook("kecil", path, "a", "1", "2026-01-01", "b", sha256(data))
    write_whole(book.tree, data)
    found = Collector()
    assert load_tree(tmp_path, book, found) is None
    assert [item.code for item in found.found] == ["MP812"]
    keep_base(tmp_path, SLUG, tree)
    assert kept_base(tmp_path, SLUG, tree.build_id) is None
    whole = replace(tree, title="Buku – 💥")
    keep_base(tmp_path, SLUG, whole)
    assert kept_base(tmp_path, SLUG, whole.build_id) == whole
