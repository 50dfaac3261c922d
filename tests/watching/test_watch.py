"""`masterplan watch` as a process of its own: files are really saved, and it lives through errors."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

import pytest

from tests.compose.small import ROOT, SLUG, edit, lay
from tests.watching.process import Watch

pytestmark = pytest.mark.xdist_group("watch")


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Watch]]:
    """Start a watch, wait for its first build, end it after the test."""
    running: list[Watch] = []

    def begin(workspace: Path, city: str = SLUG, *options: str) -> Watch:
        watch = Watch(workspace, city, tmp_path / "said.txt", *options)
        running.append(watch)
        watch.wait()
        return watch

    yield begin
    for watch in running:
        if watch.process.poll() is None:
            watch.process.kill()
            watch.process.wait(20)


def test_a_saved_file_makes_its_book_anew_and_errors_do_not_end_it(tmp_path: Path, start: Callable[..., Watch]) -> None:
    workspace = lay(tmp_path / "workspace")
    watch = start(workspace)
    book = workspace / "output" / SLUG / "Buku-Kecil.pdf"
    first = book.read_bytes()
    page = next(path for path in sorted((workspace / "templates").rglob("*.md.j2")) if "#" in path.read_text("utf-8"))
    name = page.relative_to(workspace).as_posix()
    sound = page.read_text(encoding="utf-8")

    page.write_text(f"{sound}\n\nKalimat yang baru disimpan.\n", encoding="utf-8")
    said, _ = watch.wait()
    assert name in said
    assert "Buku-Kecil.pdf" in said
    second = book.read_bytes()
    assert second != first

    page.write_text(sound + "\n{{ tidak_ada }}\n", encoding="utf-8")
    said, _ = watch.wait()
    line = len(sound.splitlines()) + 2
    assert re.search(rf"{re.escape(name)}:{line}\b.*error MP40\d", said), said
    assert book.read_bytes() == second

    edit(workspace, f"cities/{SLUG}/city.yaml", "type: kota\n", "type: kotta\n")
    said, _ = watch.wait()
    assert re.search(rf"cities/{SLUG}/city\.yaml:\d+:\d+: error MP104", said), said
    edit(workspace, f"cities/{SLUG}/city.yaml", "type: kotta\n", "type: kota\n")
    watch.wait()

    page.write_text(sound, encoding="utf-8")
    said, _ = watch.wait()
    assert "no errors" in said
    assert book.read_bytes() == first
    assert watch.end() == 0
    assert "Traceback" not in watch.said()


def test_what_is_saved_while_the_first_build_goes_on_is_built(tmp_path: Path, start: Callable[..., Watch]) -> None:
    workspace = lay(tmp_path / "workspace")
    log = workspace / "output" / SLUG / "build.log"

    def save_once_it_began() -> None:
        while not log.exists() or '"event": "watch"' not in log.read_text(encoding="utf-8"):
            time.sleep(0.005)
        edit(workspace, f"cities/{SLUG}/city.yaml", "name: Contoh\n", "name: Lain\n")

    Thread(target=save_once_it_began, daemon=True).start()
    watch = start(workspace)
    said, _ = watch.wait()
    assert f"cities/{SLUG}/city.yaml" in said
    assert watch.end() == 0


def test_a_fault_inside_does_not_end_it(tmp_path: Path, start: Callable[..., Watch]) -> None:
    workspace = lay(tmp_path / "workspace")
    watch = start(workspace)
    own = workspace / "templates" / "reference.docx"
    own.unlink()
    own.mkdir()
    edit(workspace, f"cities/{SLUG}/city.yaml", "name: Contoh\n", "name: Lain\n")
    watch.wait()
    assert watch.process.poll() is None
    edit(workspace, f"cities/{SLUG}/city.yaml", "name: Lain\n", "name: Contoh\n")
    watch.wait()
    assert watch.end() == 0


def test_scratch_files_of_editors_and_its_own_output_start_nothing(tmp_path: Path, start: Callable[..., Watch]) -> None:
    workspace = lay(tmp_path / "workspace")
    watch = start(workspace, SLUG, "--out", str(workspace / "cities" / SLUG / "keluaran"))
    before = watch.said()
    for name in (".city.yaml.swp", "city.yaml~", ".~lock.city.yaml#", "~$x.docx", "keluaran/x.txt"):
        (workspace / "cities" / SLUG / name).write_text("x", encoding="utf-8")
    time.sleep(1.5)
    assert watch.said() == before


@pytest.mark.slow
@pytest.mark.parametrize("part", ["buku-1", "buku-2", "buku-3"])
def test_only_the_book_that_changed_is_laid_out(part: str, tmp_path: Path, start: Callable[..., Watch]) -> None:
    workspace = tmp_path / "workspace"
    for name in ("content", "templates", "cities/kota-medan"):
        shutil.copytree(ROOT / name, workspace / name)
    watch = start(workspace, "kota-medan")
    page = max((workspace / "templates" / part).glob("*.md.j2"), key=lambda path: path.stat().st_size)
    page.write_text(page.read_text("utf-8") + "\n\nKalimat yang baru disimpan.\n", encoding="utf-8")
    said, _ = watch.wait()
    written = re.findall(r"([\w-]+)\.pdf \(\d+ pages\)", said)
    assert [name[:6] for name in written] == [part.replace("buku", "Buku")[:6]]
