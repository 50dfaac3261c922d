"""All content as one value: whole, in order, with places; faults of all files at once; the real one loads fast."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from generator.model.diagnostics import Severity
from generator.model.rules import All
from generator.sources.content import load_content
from tests.sources.workspace import CONTENT_NEEDED, edit

ROOT = Path(__file__).resolve().parents[2]


def test_the_tiny_content_is_whole(tiny: Path) -> None:
    content, found = load_content(tiny)
    assert not found
    assert content is not None
    assert list(content.indicators) == ["one-01", "one-02"]
    assert list(content.rules) == ["one-coast", "one-low"]
    assert isinstance(content.rules["one-low"].when, All)
    assert list(content.programs) == ["prg-base", "prg-one"]
    assert content.programs["prg-one"].outputs[0].targets == {1: "+5", 3: "+10", 5: "95"}
    assert content.quickwin.items == ()
    assert content.glossary.terms == ()
    assert len(content.files) == 15
    assert all(len(digest) == 64 for digest in content.files.values())


def test_every_item_knows_its_place(tiny: Path) -> None:
    content, _ = load_content(tiny)
    assert content is not None
    assert str(content.place("indicator", "one-02")) == "content/instrument/one.yaml:13:9"
    assert str(content.place("rule", "one-low")) == "content/rules/one/one-low.yaml:1:5"
    assert str(content.place("regulation", "uu-2-2000")) == "content/regulations.yaml:3:10"
    assert str(content.place("steps", "second")) == "content/mentoring.yaml:5:10"
    assert str(content.place("rule", "none")) == "content"


def test_regions_leave_holes_out(tiny: Path) -> None:
    content, _ = load_content(tiny)
    assert content is not None
    town, country = content.regions["99.01"], content.regions["99.02"]
    assert (town.type, town.full_name, town.slug) == ("kota", "Kota Contoh", "kota-contoh")
    assert town.figures == {"area_km2": 100.0, "population": 250000.0, "kelurahan": 20.0, "desa": 0.0}
    assert "population" not in country.figures


@pytest.mark.parametrize("name", CONTENT_NEEDED)
def test_a_needed_file_that_is_missing(tiny: Path, name: str) -> None:
    (tiny / "content" / f"{name}.yaml").unlink()
    content, found = load_content(tiny)
    assert content is None
    assert [(item.code, item.place.file) for item in found] == [("MP001", f"content/{name}.yaml")]


def test_optional_files_may_be_absent(tiny: Path) -> None:
    for name in ("regulations.yaml", "regions/kabupaten_kota.csv"):
        (tiny / "content" / name).unlink()
    content, found = load_content(tiny)
    assert not found
    assert content is not None
    assert not content.regulations
    assert not content.regions


def test_a_folder_without_content(tmp_path: Path) -> None:
    content, found = load_content(tmp_path)
    assert content is None
    assert found[0].code == "MP001"
    assert "masterplan init" in (found[0].hint or "")


def test_faults_of_all_files_come_at_once(tiny: Path) -> None:
    edit(tiny, "content/opd.yaml", "short:", "shrt:")
    edit(tiny, "content/rules/one/one-low.yaml", "level: 3", "levl: 3")
    edit(tiny, "content/programs/one/prg-one.yaml", "duration_years: 2", "duration_years: 20")
    edit(tiny, "content/regions/kabupaten_kota.csv", "100.0", "seratus")
    content, found = load_content(tiny)
    assert content is None
    assert [(item.code, str(item.place)) for item in found] == [
        ("MP102", "content/opd.yaml:2:5"),
        ("MP101", "content/opd.yaml:2:35"),
        ("MP108", "content/rules/one/one-low.yaml:7:34"),
        ("MP105", "content/programs/one/prg-one.yaml:14:17"),
        ("MP302", "content/regions/kabupaten_kota.csv:2"),
    ]


def test_an_id_twice_names_both_places(tiny: Path) -> None:
    edit(tiny, "content/programs/one/prg-one.yaml", "id: prg-one", "id: prg-base")
    edit(tiny, "content/facts/general.yaml", "id: note", "id: portal")
    _, found = load_content(tiny)
    assert [(item.code, str(item.place)) for item in found] == [
        ("MP201", "content/facts/general.yaml:10:10"),
        ("MP201", "content/programs/one/prg-one.yaml:1:5"),
    ]
    assert found[1].message.endswith("first in content/programs/one/prg-base.yaml:1:5")


def test_links_out_of_the_workspace_are_reported(tiny: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.yaml"
    outside.write_text("secret: 1\n", encoding="utf-8")
    (tiny / "content" / "rules" / "one" / "leak.yaml").symlink_to(outside)
    content, found = load_content(tiny)
    assert content is None
    assert [(item.code, item.place.file) for item in found] == [("MP002", "content/rules/one/leak.yaml")]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("code,type", "kode,type", "MP301"),
        ("Kota,Contoh", "Kampung,Contoh", "MP302"),
        ("99.02", "99.01", "MP303"),
        (",20,0", ",20", "MP302"),
        ("250000", "inf", "MP302"),
    ],
)
def test_a_spoiled_table(tiny: Path, old: str, new: str, code: str) -> None:
    edit(tiny, "content/regions/kabupaten_kota.csv", old, new)
    _, found = load_content(tiny)
    assert code in [item.code for item in found]


def test_the_real_content_loads_without_a_fault() -> None:
    content, found = load_content(ROOT)
    assert [str(item) for item in found if item.severity is Severity.ERROR] == []
    assert content is not None
    assert len(content.regions) == 514


def test_loading_imports_pydantic_late() -> None:
    script = (
        "import sys; from pathlib import Path\n"
        "from generator.sources.content import load_content\n"
        "assert 'pydantic' not in sys.modules\n"
        f"content, _ = load_content(Path({str(ROOT)!r}))\n"
        "assert content is not None\n"
    )
    subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
