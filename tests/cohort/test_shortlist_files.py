"""What the shortlist reads and writes: CSV as spreadsheets spoil it, faulty rules, and the files of the command."""

from __future__ import annotations

import csv
import json
import shutil
from io import BytesIO, StringIO
from pathlib import Path

import openpyxl
import pytest
import yaml
from typer.testing import CliRunner

from generator.cli.app import app
from generator.model.content import Content
from generator.model.region import RegionDefaults
from generator.model.shortlist import Field, ShortlistRules
from generator.sources.cohort import load_cohort
from generator.sources.content import load_content
from generator.sources.regions import load_defaults
from generator.sources.shortlist import load_rules, read_candidates

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "content" / "examples" / "shortlist-2018.csv"
HEAD = "kode,surat_minat,kinerja,keberlanjutan,kota_hijau,keuangan,hadir,infrastruktur,suprastruktur,visi"
ROW = "12.71,ya,60,61,62,63,ya,70,71,72.5"


@pytest.fixture(scope="module")
def content() -> Content:
    found, _ = load_content(ROOT)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def defaults() -> RegionDefaults:
    found, _ = load_defaults(ROOT)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def rules(content: Content, defaults: RegionDefaults) -> ShortlistRules:
    found, _, _ = load_rules(ROOT, defaults, content.regions)
    assert found is not None
    return found


class Reader:
    """Reads text as a file of candidates."""

    def __init__(self, folder: Path, rules: ShortlistRules, content: Content, defaults: RegionDefaults) -> None:
        self.path, self.rules, self.content, self.defaults = folder / "calon.csv", rules, content, defaults

    def read(self, text: str | bytes) -> tuple[Field | None, list[tuple[str, int | None, int | None]]]:
        self.path.write_bytes(text if isinstance(text, bytes) else text.encode())
        field, diagnostics, _ = read_candidates(self.path, self.rules, self.content.regions, self.defaults)
        return field, [(item.code, item.place.line, item.place.column) for item in diagnostics]


@pytest.fixture
def reader(tmp_path: Path, rules: ShortlistRules, content: Content, defaults: RegionDefaults) -> Reader:
    return Reader(tmp_path, rules, content, defaults)


@pytest.mark.parametrize(
    "text",
    [
        f"{HEAD}\n{ROW}\n",
        f"\ufeff{HEAD}\r\n{ROW}\r\n\r\n",
        f"{HEAD}\n{ROW}\n".replace(",", ";").replace("72.5", "72,5"),
        f"{HEAD}\n{ROW}\n".replace(",", "\t").replace("ya", " YA "),
        f"{HEAD},nama,catatan\n{ROW},apa saja,\n,,,,\n".replace("surat_minat", "Surat Minat"),
        f'{HEAD}\n"12.71","ya",60,61,62,63,"1",70,71,"72,5"\n',
    ],
)
def test_a_csv_is_read_however_a_spreadsheet_wrote_it(text: str, reader: Reader) -> None:
    field, diagnostics = reader.read(text)
    assert diagnostics == []
    assert field is not None
    (candidate,) = field.candidates
    assert (candidate.name, candidate.slug, candidate.island_group) == ("Kota Medan", "kota-medan", "Sumatera")
    assert candidate.figures["visi"] == 72.5
    assert candidate.figures["hadir"] == candidate.figures["surat_minat"] == 1.0
    assert not field.sample


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", [("MP361", 1, None)] * 10),
        (HEAD.replace("visi", "misi") + f"\n{ROW}\n", [("MP361", 1, None)]),
        (HEAD + "\n", [("MP362", 1, None)]),
        (f"{HEAD}\n{ROW.replace('72.5', 'tinggi')}\n", [("MP362", 2, 10)]),
        (f"{HEAD}\n{ROW.replace('72.5', '101')}\n", [("MP362", 2, 10)]),
        (f"{HEAD}\n{ROW.replace('72.5', 'nan')}\n", [("MP362", 2, 10)]),
        (f"{HEAD}\n{ROW.replace('ya,60', 'mungkin,60')}\n", [("MP362", 2, 2)]),
        (f"{HEAD}\n{ROW}\n{ROW}\n", [("MP363", 3, 1)]),
        (f"{HEAD}\n{ROW.replace('12.71', '99.99')}\n", [("MP363", 2, 1)]),
        (f"{HEAD}\n{ROW.replace('12.71', '')}\n", [("MP363", 2, 1)]),
        (f"{HEAD}\n{ROW}\n".encode("utf-16"), [("MP005", 1, 1)]),
    ],
)
def test_what_cannot_be_read_is_told_with_line_and_column(
    text: str | bytes, wanted: list[tuple[str, int | None, int | None]], reader: Reader
) -> None:
    field, diagnostics = reader.read(text)
    assert field is None
    assert diagnostics == wanted


def test_every_fault_of_a_file_is_told_in_one_run(reader: Reader) -> None:
    _, diagnostics = reader.read(
        f"{HEAD}\n{ROW.replace('60', 'x')}\n{ROW.replace('12.71', '1')}\n{ROW.replace('71,', ',')}\n"
    )
    assert [(code, line) for code, line, _ in diagnostics] == [("MP362", 2), ("MP363", 3), ("MP363", 4)]


def test_an_empty_cell_is_not_known_and_no_fault(reader: Reader) -> None:
    field, diagnostics = reader.read(f"{HEAD}\n{ROW.replace('72.5', '')}\n")
    assert diagnostics == []
    assert field is not None
    assert "visi" not in field.candidates[0].figures


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("least: {Sumatera: 5", "least: {Sumatra: 5", "MP366"),
        ("{column: visi, name: Visi kepala daerah", "{column: visi, low: 100, name: Visi kepala daerah", "MP366"),
        ("{date}", "{tanggal}", "MP366"),
        ("weight: 35", "weight: -1", "MP105"),
        ("direction", "direction", ""),
    ],
)
def test_rules_with_faults_are_refused(
    old: str, new: str, code: str, tmp_path: Path, content: Content, defaults: RegionDefaults
) -> None:
    text = (ROOT / "content" / "shortlist.yaml").read_text(encoding="utf-8")
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "shortlist.yaml").write_text(text.replace(old, new), encoding="utf-8")
    found, diagnostics, _ = load_rules(tmp_path, defaults, content.regions)
    assert {item.code for item in diagnostics} == ({code} if code else set())
    assert (found is None) == bool(code)


# --- the command -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("workspace")
    shutil.copytree(ROOT / "content", folder / "content")
    shutil.copytree(ROOT / "templates", folder / "templates")
    return folder


def run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["shortlist", *words])
    return done.exit_code, done.stdout


def test_the_command_writes_table_workbook_minutes_and_cohort(workspace: Path) -> None:
    out = workspace / "hasil"
    code, text = run(str(EXAMPLE), "--take", "75", "--out", str(out), "--date", "2026-11-24", "-w", str(workspace))
    assert code == 0
    assert "165 came" in text
    assert sorted(path.name for path in out.iterdir() if path.name not in (".lock", "manifest.json")) == [
        "berita-acara.docx", "berita-acara.pdf", "cohort.yaml", "shortlist.csv", "shortlist.xlsx",
    ]  # fmt: skip
    rows = list(csv.DictReader(StringIO((out / "shortlist.csv").read_text(encoding="utf-8-sig"))))
    assert len(rows) == 165
    assert [row["hasil"] for row in rows[:76]] == ["ditetapkan"] * 75 + ["daftar tunggu"]
    book = openpyxl.load_workbook(BytesIO((out / "shortlist.xlsx").read_bytes()))
    assert book.sheetnames == ["Hasil", "Aturan", "Tahap"]
    assert book["Hasil"].max_row == 165 + 4
    assert "DATA CONTOH" in str(book["Hasil"]["A2"].value)
    members = yaml.safe_load((out / "cohort.yaml").read_text(encoding="utf-8"))["members"]
    assert [member["code"] for member in members] == [row["kode"] for row in rows[:75]]
    assert not (workspace / "cities").exists()


def test_the_same_run_writes_the_same_bytes(workspace: Path) -> None:
    words = (str(EXAMPLE), "--date", "2026-11-24", "-w", str(workspace), "--out")
    first, second = workspace / "satu", workspace / "dua"
    assert run(*words, str(first))[0] == run(*words, str(second))[0] == 0
    for path in (path for path in first.iterdir() if path.name != ".lock"):
        assert path.read_bytes() == (second / path.name).read_bytes(), path.name


def test_use_makes_the_chosen_ones_the_cohort(workspace: Path) -> None:
    code, text = run(str(EXAMPLE), "--take", "3", "--use", "--json", "-w", str(workspace))
    assert code == 0
    data = json.loads(text)
    assert [count["passed"] for count in data["counts"]] == [117, 3]
    cohort, _ = load_cohort(workspace)
    assert cohort is not None
    assert [member.standing for member in cohort.members] == ["selected"] * 3
    assert [member.code for member in cohort.members] == [row["kode"] for row in data["places"][:3]]


def test_minutes_that_somebody_edited_are_never_overwritten(workspace: Path, tmp_path: Path) -> None:
    words = (str(EXAMPLE), "--out", str(tmp_path / "out"), "-w", str(workspace), "--json", "--date")
    assert run(*words, "2026-11-24")[0] == 0
    assert run(*words, "2026-11-25")[0] == 0
    file = tmp_path / "out" / "berita-acara.docx"
    file.write_bytes(b"signed")
    table = (tmp_path / "out" / "shortlist.csv").read_bytes()
    code, text = run(*words, "2026-11-26", "--take", "60")
    assert code == 1
    assert [item["code"] for item in json.loads(text)["diagnostics"]] == ["MP501"]
    assert file.read_bytes() == b"signed"
    assert (tmp_path / "out" / "shortlist.csv").read_bytes() == table


def test_places_left_over_are_told(workspace: Path, tmp_path: Path) -> None:
    file = tmp_path / "calon.csv"
    file.write_text(f"{HEAD}\n{ROW}\n", encoding="utf-8")
    code, text = run(str(file), "--take", "2", "--json", "--out", str(tmp_path / "out"), "-w", str(workspace))
    assert code == 0
    assert {item["code"] for item in json.loads(text)["diagnostics"]} == {"MP364", "MP365"}


def test_a_faulty_file_ends_with_one_and_a_missing_one_with_two(workspace: Path, tmp_path: Path) -> None:
    file = tmp_path / "calon.csv"
    file.write_text("kode\n12.71\n", encoding="utf-8")
    assert run(str(file), "--out", str(tmp_path / "out"), "-w", str(workspace))[0] == 1
    assert not (tmp_path / "out").exists()
    assert run(str(tmp_path / "keine.csv"), "-w", str(workspace))[0] == 2
