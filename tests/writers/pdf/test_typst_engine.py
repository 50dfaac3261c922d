"""The fast engine on its lead: no packages of the network, faults of a city's template as diagnostics, flat memory."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from generator.desk import Desk
from generator.model.codes import CODES
from generator.writers import assets, typst
from generator.writers.errors import TypstTemplateError
from generator.writers.typst_engine import kept_warm
from tests.compose.small import ROOT
from tests.writers.pdf.conftest import EPOCH
from tests.writers.sample_document import lay_workspace, sample_document

SHIPPED = (assets.package_templates() / "book.typ").read_text(encoding="utf-8")
MEMORY = """
import dataclasses, sys
from pathlib import Path
from generator.writers import typst
from tests.writers.pdf.test_hostile import poisoned
from tests.writers.pdf.test_layout import long_book
status = Path("/proc/self/status")
def resident():
    return int(status.read_text().partition("VmRSS:")[2].split()[0]) // 1024
for number in range(1, 33):
    book = long_book(4)
    body = tuple(poisoned(block, f"Teks kota {number} yang cukup panjang untuk satu baris.") for block in book.body)
    typst.write(dataclasses.replace(book, body=body), Path(sys.argv[1]), source_date_epoch=0)
    if number % 8 == 0:
        print(resident())
"""


def own_template(folder: Path, text: str, name: str = "book.typ") -> Path:
    """A workspace whose Typst file of that name holds the text."""
    lay_workspace(folder)
    path = folder / "templates" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return folder


def refusal(workspace: Path) -> TypstTemplateError:
    with pytest.raises(TypstTemplateError) as caught:
        typst.write(sample_document(), workspace, source_date_epoch=EPOCH)
    assert caught.value.diagnostic.code in CODES
    assert caught.value.diagnostic.hint
    return caught.value


@pytest.fixture
def proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[bytes]]:
    """A proxy that the environment names: what was asked of it."""
    asked: list[bytes] = []
    door = socket.create_server(("127.0.0.1", 0))

    def answer() -> None:
        while True:
            try:
                caller, _ = door.accept()
            except OSError:
                return
            asked.append(caller.recv(400))
            caller.close()

    threading.Thread(target=answer, daemon=True).start()
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{door.getsockname()[1]}")
    yield asked
    door.close()


@pytest.mark.parametrize(
    "line", ['#import "@preview/cetz:0.3.0"', '#include "@local/x:1.0.0"', "#import '@a-b/c:1.0.0'"]
)
def test_a_package_is_refused_with_file_and_line(line: str, tmp_path: Path, proxy: list[bytes]) -> None:
    found = refusal(own_template(tmp_path, f"// own look\n{line}\n{SHIPPED}")).diagnostic
    assert found.place.file == "templates/book.typ"
    assert "line 2 asks for the package @" in found.message
    assert proxy == []


def test_a_package_in_a_file_beside_the_template_is_refused_too(tmp_path: Path) -> None:
    workspace = own_template(tmp_path, '#import "@preview/x:1.0.0": y', "parts/own.typ")
    assert refusal(workspace).diagnostic.place.file == "templates/parts/own.typ"


@pytest.mark.parametrize("kind", ["pipe", "folder", "outside", "large"])
def test_a_file_beside_the_template_that_cannot_be_looked_at_is_refused(kind: str, tmp_path: Path) -> None:
    workspace = own_template(tmp_path, "x", "parts/other.typ")
    path = workspace / "templates" / "parts" / "own.typ"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    elif kind == "outside":
        path.symlink_to("/etc/hostname")
    else:
        path.write_text("//" + "x" * 6_000_000, encoding="utf-8")
    assert refusal(workspace).diagnostic.place.file == "templates/parts/own.typ"


def test_a_package_name_put_together_while_running_reaches_no_network(tmp_path: Path, proxy: list[bytes]) -> None:
    before = os.environ["HTTPS_PROXY"]
    found = refusal(own_template(tmp_path, f'#import ("@" + "preview/cetz:0.3.0"): *\n{SHIPPED}')).diagnostic
    assert "failed to download package" in found.message
    assert proxy == []
    assert os.environ["HTTPS_PROXY"] == before


def test_a_template_that_does_not_compile_is_told_with_its_line(tmp_path: Path) -> None:
    found = refusal(own_template(tmp_path, f"{SHIPPED}\n#let x = unheard-of-thing\n")).diagnostic
    assert "unheard-of-thing" in found.message
    assert f"line {len(SHIPPED.splitlines()) + 2}" in found.message


def test_an_address_in_the_text_of_a_template_is_no_package(tmp_path: Path) -> None:
    workspace = own_template(tmp_path, f'{SHIPPED}\n// "surat@kota.go.id" @preview/x\n')
    assert typst.write(sample_document(), workspace, source_date_epoch=EPOCH).page_count > 5


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads the memory from Linux's /proc")
def test_memory_of_a_worker_stays_flat(tmp_path: Path) -> None:
    command = [sys.executable, "-c", MEMORY, str(lay_workspace(tmp_path))]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, env=environment, cwd=ROOT, check=True, capture_output=True, text=True)
    after = [int(line) for line in done.stdout.split()]
    assert len(after) == 4
    assert after[-1] <= 1.15 * after[0], after
    assert max(after) < 400, after


# --- kept warm for the watch -----------------------------------------------------------------------------------------


def test_kept_warm_it_gives_the_same_bytes_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    workspace = own_template(tmp_path / "workspace", '#let word = "x"\n', "own.typ")
    (workspace / "templates" / "book.typ").write_text(f'#import "templates/own.typ": word\n{SHIPPED}', encoding="utf-8")
    books = [sample_document(), replace(sample_document(), title="Judul lain"), sample_document()]
    cold = [typst.write(book, workspace, source_date_epoch=EPOCH) for book in books]
    with Desk() as desk, kept_warm(desk):
        warm = [typst.write(book, workspace, source_date_epoch=EPOCH) for book in books]
        assert list(scratch.iterdir())
        (workspace / "templates" / "book.typ").write_text(f"{SHIPPED}\n#nothing-of-that-name\n", encoding="utf-8")
        found = refusal(workspace).diagnostic
    assert warm == cold
    assert "unknown variable: nothing-of-that-name" in found.message
    assert f"line {len(SHIPPED.splitlines()) + 2}" in found.message
    assert list(scratch.iterdir()) == []
    assert (workspace / "templates" / "own.typ").exists()
