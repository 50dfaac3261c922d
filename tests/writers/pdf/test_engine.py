"""Same bytes twice, quiet libraries, a plain word on what is missing, and looks that a city may change."""

from __future__ import annotations

import ctypes.util
import gc
import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from generator.writers import assets, html, pdf
from generator.writers.typeface import REPLACEMENT, printable
from tests.writers.pdf.conftest import EPOCH, Write
from tests.writers.pdf.reading import reader
from tests.writers.sample_document import lay_workspace, sample_document

SCRIPT = """
import hashlib, sys
from pathlib import Path
from generator.writers import {module} as engine
from tests.writers.sample_document import sample_document
result = engine.write(sample_document(), Path(sys.argv[1]), source_date_epoch={epoch})
sys.stdout.write(hashlib.sha256(result.data).hexdigest())
"""


def test_same_bytes_in_any_process_and_nothing_on_the_screen(engine: str, write: Write, tmp_path: Path) -> None:
    workspace = lay_workspace(tmp_path)
    here = hashlib.sha256(write(sample_document(), workspace).data).hexdigest()
    module = "pdf" if engine == "weasyprint" else "typst"
    for seed, zone in (("0", "Asia/Jakarta"), ("4711", "UTC")):
        run = subprocess.run(
            [sys.executable, "-c", SCRIPT.format(module=module, epoch=EPOCH), str(workspace)],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
        )
        assert run.stdout == here
        assert run.stderr == ""


def test_another_date_gives_other_bytes(engine: str, write: Write, shared_workspace: Path) -> None:
    from generator.writers import typst

    other = pdf.write if engine == "weasyprint" else typst.write
    late = other(sample_document(), shared_workspace, source_date_epoch=EPOCH + 86_400)
    assert late.data != write(sample_document(), shared_workspace).data


def test_the_leaner_defaults_print_the_same_bytes(shared_workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without rules for marks and notes of every element there are a sixth of the styles, and the same pages."""
    if pdf.missing_library():
        pytest.skip(f"WeasyPrint lacks {pdf.missing_library()}")
    import weasyprint

    lean = pdf.write(sample_document(), shared_workspace, source_date_epoch=EPOCH)
    monkeypatch.setattr(pdf, "_page_class", lambda: weasyprint.HTML)
    assert pdf.write(sample_document(), shared_workspace, source_date_epoch=EPOCH).data == lean.data


def test_a_layout_leaves_the_search_for_garbage_as_it_was(engine: str, write: Write, shared_workspace: Path) -> None:
    for wanted in (False, True):
        (gc.enable if wanted else gc.disable)()
        try:
            write(sample_document(), shared_workspace)
            assert gc.isenabled() is wanted
        finally:
            gc.enable()


def test_html_is_the_same_twice(shared_workspace: Path) -> None:
    assert html.render(sample_document(), shared_workspace) == html.render(sample_document(), shared_workspace)


@pytest.mark.parametrize(
    ("lost", "name"), [("pango-1.0", "Pango"), ("fontconfig", "Fontconfig"), ("harfbuzz", "HarfBuzz")]
)
def test_the_missing_library_is_named(lost, name, monkeypatch, capfd) -> None:  # type: ignore[no-untyped-def]
    found = ctypes.util.find_library
    monkeypatch.setattr(ctypes.util, "find_library", lambda file: None if lost in file else found(file) or file)
    monkeypatch.setattr(pdf, "_loads", lambda: False)
    assert pdf.missing_library() == name
    assert capfd.readouterr() == ("", "")
    for system in ("Debian/Ubuntu", "macOS", "Windows"):
        assert system in pdf.INSTALL_HINT
    assert "\n" not in pdf.INSTALL_HINT


def test_an_import_that_fails_is_reported_and_not_raised(monkeypatch, capfd) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    pdf._loads.cache_clear()
    assert pdf.missing_library() is not None
    assert capfd.readouterr() == ("", "")
    pdf._loads.cache_clear()


def test_importing_the_writers_loads_no_engine() -> None:
    code = (
        "import sys, generator.writers.pdf, generator.writers.typst; "
        "print([name for name in ('weasyprint', 'typst', 'fontTools', 'PIL') if name in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.strip() == "[]"


def test_a_city_changes_the_look_by_one_file(engine: str, write: Write, tmp_path: Path) -> None:
    workspace = lay_workspace(tmp_path)
    before = write(sample_document(), workspace).page_count
    name, old, new = (
        ("print.css", "font: 11pt/15.5pt", "font: 16pt/24pt")
        if engine == "weasyprint"
        else ("book.typ", "size: 11pt, lang", "size: 24pt, lang")
    )
    look = assets.template_file(workspace, name).read_text(encoding="utf-8")
    assert old in look
    (workspace / "templates").mkdir()
    (workspace / "templates" / name).write_text(look.replace(old, new), encoding="utf-8")
    assert write(sample_document(), workspace).page_count > before


def test_fonts_come_with_licences_and_are_small() -> None:
    folder = assets.package_templates() / "fonts"
    fonts = [path for path in folder.iterdir() if path.suffix in (".ttf", ".otf")]
    assert sum(path.stat().st_size for path in fonts) <= 6_000_000
    readme = (folder / "README.md").read_text(encoding="utf-8")
    for licence in folder.glob("LICENSE-*"):
        assert licence.name in readme
    assert len(list(folder.glob("LICENSE-*"))) == 3


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Kota é ş – “kutip” 12,5\u202f%", "Kota é ş – “kutip” 12,5\u202f%"),
        ("✓ ☐ ■ ≥", "✓ ☐ ■ ≥"),
        ("ꦗꦮ 漢字 😀", f"{REPLACEMENT * 2} {REPLACEMENT * 2} 😀"),
        ("nul\x00 bel\x07", f"nul{REPLACEMENT} bel{REPLACEMENT}"),
        ("kiri\u202ekanan", f"kiri{REPLACEMENT}kanan"),
        ("lu\u00adnak\u200b dan\u2011lain\ufeff", "lunak dan-lain"),
        ("baris\r\nbaru", "baris\nbaru"),
    ],
)
def test_what_the_fonts_lack_shows_as_replaced(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_a_mark_is_only_where_it_is_asked_for(write: Write, shared_workspace: Path) -> None:
    pages = reader(write(sample_document(mark=""), shared_workspace).data).pages
    assert all("CONTOH" not in page.extract_text().replace("WALI KOTA CONTOH", "") for page in pages)


def test_the_leaner_defaults_mark_only_items_and_notes() -> None:
    """The rules that the library has for every element are those that were scoped: a new version may bring others."""
    if pdf.missing_library():
        pytest.skip(f"WeasyPrint lacks {pdf.missing_library()}")
    from weasyprint.html import UA

    everywhere = set(re.findall(r"(?m)^(::[\w-]+)", UA))
    assert everywhere == {
        "::marker", "::footnote-call", "::footnote-marker", "::note-call", "::note-marker", "::note-callback"
    }  # fmt: skip
