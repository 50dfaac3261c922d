"""A fresh machine: `make draft` in a clean checkout, the package outside of it, and the commands of the README."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from generator.writers import pdf
from tests.building.test_medan import BOOKS, CHAPTERS
from tests.compose.small import ROOT
from tests.install.conftest import Fresh

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("install")]

README = (ROOT / "README.md").read_text(encoding="utf-8")


def readme_commands() -> list[str]:
    """Return the `masterplan` commands of README's shell blocks, without comments, each once."""
    blocks = re.findall(r"^```sh\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    lines = [line.partition("#")[0].strip() for block in blocks for line in block.splitlines()]
    found = [line for line in lines if line.startswith("masterplan ") and " init " not in f"{line} "]
    return list(dict.fromkeys(found))


def test_the_readme_shows_the_two_commands_and_the_tour() -> None:
    assert re.search(r"^make draft\nmake test$", README, re.MULTILINE)
    assert "pip install .\nmasterplan init perencanaan\ncd perencanaan\nmasterplan build kota-medan\n" in README
    assert len(readme_commands()) >= 5


def test_make_draft_writes_the_books_and_prints_their_paths(fresh: Fresh) -> None:
    folder = fresh.checkout / "output" / "kota-medan"
    said = (fresh.checkout.parent / "draft.txt").read_text(encoding="utf-8")
    for name in BOOKS:
        for kind in ("docx", "pdf"):
            assert (folder / f"{name}.{kind}").stat().st_size > 20_000
            assert str(folder / f"{name}.{kind}") in said
    outputs = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["outputs"]
    assert {f"{name}.pdf" for name in BOOKS} <= set(outputs)


def test_the_draft_is_a_masterplan_of_medan_whichever_engine_made_it(fresh: Fresh) -> None:
    """The engine is the one that this machine has: WeasyPrint with Pango, as in CI, else Typst."""
    folder = fresh.checkout / "output" / "kota-medan"
    pages = 0
    for name in BOOKS:
        reader = PdfReader(folder / f"{name}.pdf")
        text = [re.sub(r"\s+", " ", page.extract_text()) for page in reader.pages]
        pages += len(text)
        assert all("DATACONTOH" in page.replace(" ", "") for page in text)
        assert sum("Medan" in page for page in text) > 0.9 * len(text)
        titles = [entry.title for entry in reader.outline if not isinstance(entry, list)]
        assert [chapter for chapter in CHAPTERS[name] if not any(chapter in title for title in titles)] == []
        assert [chapter for chapter in CHAPTERS[name] if chapter not in " ".join(text)] == []
        assert reader.metadata is not None
        assert "Kota Medan" in str(reader.metadata.title)
    assert pages >= 90
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["engine"] == ("typst" if pdf.missing_library() else "weasyprint")


def test_a_second_make_has_nothing_to_install(fresh: Fresh) -> None:
    again = fresh.run("make", ".venv/.run", cwd=fresh.checkout)
    assert again.returncode == 0
    assert "up to date" in again.stdout


def test_exactly_the_locked_versions_are_installed(fresh: Fresh) -> None:
    lock = (fresh.checkout / "requirements.lock").read_text(encoding="utf-8")
    locked = {name.lower().replace("_", "-"): version for name, version in re.findall(r"^([\w.-]+)==(\S+)", lock, re.M)}
    listed = json.loads(fresh.run("pip", "list", "--format", "json", cwd=fresh.elsewhere).stdout)
    installed = {item["name"].lower().replace("_", "-"): item["version"] for item in listed}
    assert {name: installed.get(name) for name in locked} == locked
    assert set(installed) - set(locked) <= {"pip", "setuptools", "wheel", "masterplan"}


def test_the_package_runs_outside_of_the_checkout(fresh: Fresh) -> None:
    place = fresh.run("python", "-c", "import generator; print(generator.__file__)", cwd=fresh.elsewhere)
    assert Path(place.stdout.strip()).is_relative_to(fresh.checkout / ".venv")
    assert fresh.run("masterplan", "--version", cwd=fresh.elsewhere).stdout.startswith("masterplan ")


def test_init_lays_what_the_checkout_holds(fresh: Fresh) -> None:
    for part in ("content", "templates", "cities/kota-medan"):
        laid = {path.relative_to(fresh.workspace) for path in (fresh.workspace / part).rglob("*") if path.is_file()}
        held = {path.relative_to(fresh.checkout) for path in (fresh.checkout / part).rglob("*") if path.is_file()}
        assert laid == held != set()


def test_the_commands_of_the_readme_run_as_written(fresh: Fresh) -> None:
    """One after the other, as a reader types them: some take what others wrote."""
    failed = {}
    for command in readme_commands():
        done = fresh.run("bash", "-c", command, cwd=fresh.workspace)
        if done.returncode != 0 or "Traceback" in done.stderr:
            failed[command] = done.stdout[-1000:] + done.stderr[-1000:]
        elif command == "masterplan build kota-medan":
            built = {path.name for path in (fresh.workspace / "output" / "kota-medan").iterdir()}
            assert {f"{name}.{kind}" for name in BOOKS for kind in ("docx", "pdf")} <= built
    assert failed == {}


def test_the_installed_package_builds_the_same_bytes_as_the_checkout(fresh: Fresh) -> None:
    places = {"a": ("masterplan", fresh.elsewhere), "b": ("python -m generator", fresh.checkout)}
    for name, (command, folder) in places.items():
        call = f"{command} build kota-medan --format docx -w {fresh.workspace} --out {fresh.elsewhere / name}"
        done = fresh.run(*call.split(), cwd=folder)
        assert done.returncode == 0, done.stderr
    for name in BOOKS:
        one, other = ((fresh.elsewhere / part / "kota-medan" / f"{name}.docx").read_bytes() for part in places)
        assert one == other
