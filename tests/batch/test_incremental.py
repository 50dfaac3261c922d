"""Nothing is made without need and nothing stale is left: any edits and a build equal a clean build, byte for byte."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.build import Run, build_city
from generator.peers import cohort_of
from generator.shelf import Written
from generator.sources.cities import slugs
from generator.sources.content import load_content
from generator.storage import file_hash, locked
from tests.batch.conftest import add_city
from tests.compose.small import ROOT, SLUG, edit, lay

Lay = Callable[[int], Path]
OTHER = f"{SLUG}-1"
RULE = "content/rules/service/ser-1-low.yaml"


def build_all(workspace: Path, out: Path) -> dict[str, tuple[Written, ...]]:
    run = Run(workspace, out)
    found = {}
    for slug in slugs(workspace):
        result = build_city(workspace, slug, out, formats=("docx", "pdf"), engine="typst", run=run)
        assert not result.failed, "\n".join(map(str, result.diagnostics))
        found[slug] = result.files
    return found


def written(files: tuple[Written, ...]) -> set[str]:
    return {file.path.name for file in files if file.changed}


def bytes_of(out: Path) -> dict[str, str | None]:
    """Everything that a build makes, and of the manifest what does not tell the history."""
    found = {}
    for path in sorted(out.rglob("*")):
        if path.is_file() and path.name not in (".lock", ".peers.json", "manifest.json", "build.log"):
            found[path.relative_to(out).as_posix()] = file_hash(path)
        if path.name == "manifest.json":
            data = json.loads(path.read_bytes())
            data.pop("why")
            for entry in data["outputs"].values():
                entry.pop("reason")
            found[path.relative_to(out).as_posix()] = json.dumps(data, sort_keys=True)
    return found


def reasons(out: Path) -> dict[str, str]:
    entries = json.loads((out / SLUG / "manifest.json").read_bytes())["outputs"]
    return {name: entry["reason"] for name, entry in entries.items()}


def why(out: Path, slug: str = SLUG) -> str:
    return str(json.loads((out / slug / "manifest.json").read_bytes())["why"])


def test_an_unchanged_city_is_not_even_read(workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    build_all(workspace, out)
    monkeypatch.setattr("generator.build.load_content", lambda _: pytest.fail("the content was read"))
    monkeypatch.setattr("generator.build.load_city", lambda *_: pytest.fail("the city was read"))
    result = build_city(workspace, SLUG, out, formats=("docx", "pdf"), engine="typst")
    assert result.unchanged
    assert len(result.files) == 4
    entries = json.loads((out / SLUG / "manifest.json").read_bytes())["outputs"]
    assert {entry["reason"] for entry in entries.values()} == {"unchanged"}


def test_a_comment_in_the_data_computes_but_writes_nothing(workspace: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build_all(workspace, out)
    edit(workspace, RULE, "id: ", "# a remark\nid: ")
    assert written(build_all(workspace, out)[SLUG]) == set()
    assert why(out) == f"changed: {RULE}"


def test_a_changed_value_writes_the_books_and_says_why(workspace: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build_all(workspace, out)
    edit(workspace, f"cities/{SLUG}/city.yaml", "name: Contoh", "name: Lain")
    assert {"Buku-Kecil.docx", "Buku-Kecil.pdf"} <= written(build_all(workspace, out)[SLUG])
    assert why(out) == f"changed: cities/{SLUG}/city.yaml"


def test_a_changed_style_makes_the_books_anew(workspace: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    shutil.copy(ROOT / "templates" / "book.typ", workspace / "templates" / "book.typ")
    build_all(workspace, out)
    text = (workspace / "templates" / "book.typ").read_text(encoding="utf-8")
    (workspace / "templates" / "book.typ").write_text(f"#set page(fill: yellow)\n{text}", encoding="utf-8")
    assert "Buku-Kecil.pdf" in written(build_all(workspace, out)[SLUG])
    assert set(reasons(out).values()) == {"style changed", "unchanged"}


def test_the_style_of_another_engine_makes_nothing_anew(
    workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    shutil.copy(ROOT / "templates" / "print.css", workspace / "templates" / "print.css")
    build_all(workspace, out)
    with (workspace / "templates" / "print.css").open("a", encoding="utf-8") as style:
        style.write("/* changed */\n")
    monkeypatch.setattr("generator.rendering.lay_out", lambda *_: pytest.fail("a book was laid out"))
    assert written(build_all(workspace, out)[SLUG]) == set()


def test_what_was_deleted_or_damaged_is_made_again(workspace: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build_all(workspace, out)
    before = bytes_of(out)
    (out / SLUG / "Buku-Kecil.docx").unlink()
    (out / SLUG / "Buku-Kecil.pdf").write_bytes(b"%PDF damaged")
    assert written(build_all(workspace, out)[SLUG]) == {"Buku-Kecil.docx", "Buku-Kecil.pdf"}
    assert bytes_of(out) == before
    assert reasons(out) | {"Buku-Kecil.docx": "missing", "Buku-Kecil.pdf": "edited by hand"} == reasons(out)
    assert why(out) == "missing: Buku-Kecil.docx"


def test_a_lost_or_old_fingerprint_is_made_again(workspace: Path, tmp_path: Path) -> None:
    """The report of regions that read too alike rests on it as the books rest on theirs."""
    out = tmp_path / "out"
    build_all(workspace, out)
    before = bytes_of(out)
    text = out / ".alike" / f"{SLUG}.json"
    for spoil in (text.unlink, lambda: text.write_bytes(b"{}"), lambda: shutil.rmtree(text.parent)):
        spoil()
        build_all(workspace, out)
        assert bytes_of(out) == before


def test_killed_between_fingerprint_and_manifest_nothing_stale_stays(
    workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    for name in ("Lain", "Lain Lagi"):
        build_all(workspace, out)
        edit(workspace, f"cities/{SLUG}/city.yaml", "name: ", f"name: {name} ")
        for step in ("note_text", "store"):
            with monkeypatch.context() as patched:
                patched.setattr(f"generator.build.{step}", interrupted)
                with pytest.raises(KeyboardInterrupt):
                    build_all(workspace, out)
    build_all(workspace, out)
    build_all(workspace, tmp_path / "clean")
    assert bytes_of(out) == bytes_of(tmp_path / "clean")


def interrupted(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_a_build_that_comes_between_look_and_lock_is_not_taken_for_somebodys_work(
    workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    build_all(workspace, out)
    late, real = Run(workspace, out), locked
    edit(workspace, f"cities/{SLUG}/city.yaml", "name: Contoh", "name: Lain")

    @contextmanager
    def other_first(folder: Path) -> Iterator[None]:
        with monkeypatch.context() as patched:
            patched.setattr("generator.build.locked", real)
            assert not build_city(workspace, SLUG, out, formats=("docx", "pdf"), engine="typst").failed
        with real(folder):
            yield

    late.basis(SLUG, "typst", ("docx", "pdf"))
    monkeypatch.setattr("generator.build.locked", other_first)
    build_city(workspace, SLUG, out, formats=("docx", "pdf"), engine="typst", run=late)
    monkeypatch.setattr("generator.build.locked", real)
    build_all(workspace, out)
    build_all(workspace, tmp_path / "clean")
    assert bytes_of(out) == bytes_of(tmp_path / "clean")


def test_what_a_killed_build_left_half_written_goes_though_nothing_changed(workspace: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build_all(workspace, out)
    before = bytes_of(out)
    for path in (out / SLUG / ".manifest.json.x.tmp", out / ".alike" / f".{SLUG}.json.x.tmp"):
        path.write_bytes(b"half")
    build_all(workspace, out)
    assert bytes_of(out) == before


def test_force_makes_every_file_anew_with_the_same_bytes(workspace: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build_all(workspace, out)
    before = bytes_of(out)
    result = build_city(workspace, SLUG, out, formats=("docx", "pdf"), engine="typst", force=True)
    assert written(result.files) == {path.path.name for path in result.files}
    assert bytes_of(out) == before


def test_other_engine_or_formats_are_another_basis(workspace: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build_all(workspace, out)
    result = build_city(workspace, SLUG, out, formats=("docx",), engine="typst")
    assert not result.unchanged
    assert why(out) == "changed: the engine; formats" or why(out) == "changed: formats"


def test_scores_of_another_city_are_an_input(lay_cities: Lay, tmp_path: Path) -> None:
    workspace, out = lay_cities(2), tmp_path / "out"
    build_all(workspace, out)
    name = f"cities/{OTHER}/assessment.yaml"
    text = (workspace / name).read_text(encoding="utf-8")
    (workspace / name).write_text(f"# a remark\n{text}", encoding="utf-8")
    result = build_city(workspace, SLUG, out, formats=("docx", "pdf"), engine="typst")
    assert result.unchanged, "a remark in another city's file does not change its scores"
    edit(workspace, name, "level: 1", "level: 4")
    result = build_city(workspace, SLUG, out, formats=("docx", "pdf"), engine="typst")
    assert not result.unchanged
    assert "other cities' scores" in why(out)


def test_one_changed_rule_rebuilds_exactly_the_cities_in_which_it_matters(lay_cities: Lay, tmp_path: Path) -> None:
    workspace, out = lay_cities(4), tmp_path / "out"
    levels = {SLUG: 1, f"{SLUG}-1": 4, f"{SLUG}-2": 2, f"{SLUG}-3": 3}
    for slug, level in levels.items():
        edit(workspace, f"cities/{slug}/assessment.yaml", "ser-1: {level: 1", f"ser-1: {{level: {level}")
    build_all(workspace, out)

    def rebuilt() -> set[str]:
        return {slug for slug, files in build_all(workspace, out).items() if written(files)}

    # The sentence of the finding stands where it is found: below level 3.
    edit(workspace, RULE, "finding: Di {{ city.name }},", "finding: Pada {{ city.name }},")
    assert rebuilt() == {slug for slug, level in levels.items() if level < 3}
    # Another limit matters where it decides otherwise: at level 2.
    text = (workspace / RULE).read_text(encoding="utf-8")
    edit(workspace, RULE, "    indicator: ser-1\n    level: 3", "    indicator: ser-1\n    level: 2")
    edit(workspace, RULE, "title: ", "# another limit\ntitle: ")
    assert rebuilt() == {f"{SLUG}-2"}
    (workspace / RULE).write_text(text, encoding="utf-8")
    assert rebuilt() == {f"{SLUG}-2"}
    # The name of a field that no book prints, a comment, another order: nowhere.
    edit(workspace, RULE, "title: ", "# a remark\ntitle: ")
    assert rebuilt() == set()


def test_the_remembered_scores_are_those_reckoned_anew(lay_cities: Lay, tmp_path: Path) -> None:
    workspace, out = lay_cities(3), tmp_path / "out"
    content, _ = load_content(workspace)
    shared = Run(workspace, out).shared
    first = cohort_of(workspace, shared, out, lambda: content)
    kept = cohort_of(workspace, shared, out, lambda: pytest.fail("scored again"))
    assert kept == first
    assert {slug: first.digest(slug) for slug in first.files} == {slug: kept.digest(slug) for slug in kept.files}
    for broken in ("", "{", '{"format": 1, "base": "x", "cities": 3}', "[" * 100_000):
        (out / ".peers.json").write_text(broken, encoding="utf-8")
        assert cohort_of(workspace, shared, out, lambda: content) == first


def test_a_book_that_is_no_longer_made_is_removed(workspace: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build_all(workspace, out)
    edit(workspace, "content/books.yaml", "file_name: Buku-Kecil", "file_name: Buku-Lain")
    build_all(workspace, out)
    assert {path.name for path in (out / SLUG).glob("Buku-*")} == {"Buku-Lain.docx", "Buku-Lain.pdf"}


# --- any sequence of edits -------------------------------------------------------------------------------------------


def _name(workspace: Path, number: int) -> None:
    path = workspace / "cities" / SLUG / "city.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    told = [f"name: Nama {number}" if line.startswith("name:") else line for line in lines]
    path.write_text("\n".join(told) + "\n", encoding="utf-8")


def _level(workspace: Path, number: int) -> None:
    path = workspace / "cities" / OTHER / "assessment.yaml"
    text = path.read_text(encoding="utf-8")
    for level in range(5):
        text = text.replace(f"level: {level}", f"level: {(level + number) % 5}", 1)
    path.write_text(text, encoding="utf-8")


def _template(workspace: Path, number: int) -> None:
    with (workspace / "templates/book/03-catatan.md.j2").open("a", encoding="utf-8") as file:
        file.write(f"\nCatatan {number}.\n")


def _rule(workspace: Path, number: int) -> None:
    path = workspace / RULE
    path.write_text(f"# {number}\n{path.read_text(encoding='utf-8')}", encoding="utf-8")


def _book(workspace: Path, number: int) -> None:
    path = workspace / "content" / "books.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    told = [f"    file_name: Buku-{number}" if "file_name:" in line else line for line in lines]
    path.write_text("\n".join(told) + "\n", encoding="utf-8")


def _mentoring(workspace: Path, number: int) -> None:
    path = workspace / "cities" / SLUG / "city.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    told = [f"mentoring: {{start: 2026-03-{number + 2:02}}}" if "mentoring:" in line else line for line in lines]
    path.write_text("\n".join(told) + "\n", encoding="utf-8")


def _words(workspace: Path, number: int) -> None:
    path = workspace / "cities" / OTHER / "text" / "keadaan.md"
    path.parent.mkdir(exist_ok=True)
    if number == 0:
        path.unlink(missing_ok=True)
    else:
        path.write_text(f"---\nsection: state\nmode: after\n---\nKata sendiri {number}.\n", encoding="utf-8")


def _style(workspace: Path, number: int) -> None:
    path = workspace / "templates" / "book.typ"
    if number == 0:
        path.unlink(missing_ok=True)
    else:
        path.write_text((ROOT / "templates/book.typ").read_text("utf-8") + f"// {number}\n", encoding="utf-8")


def _loss(workspace: Path, number: int) -> None:
    """Not an edit of the data: a file of the output is lost, the next one damaged."""
    files = sorted((workspace.parent / "kept" / SLUG).glob("*.pdf")) + sorted(
        (workspace.parent / "kept").glob("*/*.ics")
    )
    for at, path in enumerate(files):
        if at == number:
            path.unlink()
        elif at == number + 1:
            path.write_bytes(b"damaged")


def _forgotten(workspace: Path, number: int) -> None:
    """Fingerprints of texts are lost."""
    for path in sorted((workspace.parent / "kept" / ".alike").glob("*.json"))[number:]:
        path.unlink()


def _joins(workspace: Path, number: int) -> None:
    """Another city joins, with the very text of the first."""
    if not (workspace / "cities" / f"{SLUG}-{number + 2}").exists():
        add_city(workspace, number + 2)


EDITS = (_name, _level, _template, _rule, _book, _mentoring, _words, _style, _loss, _forgotten, _joins)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(EDITS), st.integers(0, 3), st.booleans()), min_size=1, max_size=5))
@pytest.mark.slow
def test_edits_and_builds_in_any_order_equal_a_clean_build(
    steps: list[tuple[Callable[[Path, int], None], int, bool]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        workspace = lay(Path(folder) / "workspace")
        add_city(workspace, 1)
        build_all(workspace, Path(folder) / "kept")
        for change, number, build in steps:
            change(workspace, number)
            if build:
                build_all(workspace, Path(folder) / "kept")
        build_all(workspace, Path(folder) / "kept")
        build_all(workspace, Path(folder) / "clean")
        assert bytes_of(Path(folder) / "kept") == bytes_of(Path(folder) / "clean")
