"""`masterplan new`: what the table knows is filled in, the rest is open, and the form that comments show is right."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from generator.cli.app import app
from generator.model.content import Content
from generator.model.region import RegionDefaults
from generator.sources.cities import SLUG, load_city
from generator.sources.content import load_content
from generator.sources.new_city import Beginning, find_region, new_city, scalar
from generator.sources.regions import load_defaults

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def content() -> Content:
    found, _ = load_content(ROOT)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def defaults() -> RegionDefaults:
    found, diagnostics = load_defaults(ROOT)
    assert found is not None, diagnostics
    return found


@pytest.fixture(scope="module")
def beginning(defaults: RegionDefaults) -> Beginning:
    return Beginning(date=date(2026, 11, 24), start=date(2027, 1, 4), defaults=defaults)


def write(folder: Path, files: dict[str, str]) -> None:
    folder.mkdir(parents=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")


def uncommented(text: str) -> str:
    """The file with every commented line of the form taken into use."""
    form = re.sub(r"(?m)^#( *- |  |[a-z]+:)", r"\1", text)
    return form.replace("programs: []", "programs:").replace("{value: …", "{value: 1").replace("…", "kata")


def test_every_region_begins_without_a_diagnostic(content: Content, beginning: Beginning, tmp_path: Path) -> None:
    for region in list(content.regions.values())[::37]:
        assert SLUG.fullmatch(region.slug)
        write(tmp_path / "cities" / region.slug, new_city(region, content, beginning))
        dossier, diagnostics = load_city(tmp_path, region.slug, content)
        assert dossier is not None
        assert diagnostics == ()
        assert dossier.city.island_group
        assert not any(
            answer.level is not None or answer.value is not None for answer in dossier.assessment.answers.values()
        )


def test_slugs_of_all_regions_are_names_of_folders(content: Content) -> None:
    slugs = {region.slug for region in content.regions.values()}
    assert len(slugs) == len(content.regions)
    assert all(SLUG.fullmatch(slug) for slug in slugs)


def test_all_that_the_table_knows_is_filled_in_with_year_and_source(content: Content, beginning: Beginning) -> None:
    region = content.regions["72.06"]
    facts = yaml.safe_load(new_city(region, content, beginning)["city.yaml"])["facts"]
    wanted = {kind.id: kind for kind in content.facts.values() if kind.column in region.figures}
    assert facts.keys() == wanted.keys()
    for name, kind in wanted.items():
        assert facts[name] == {
            "value": region.figures[kind.column or ""],
            "year": kind.column_year,
            "source": kind.column_source,
        }


def test_holes_of_the_table_stay_open(content: Content, beginning: Beginning) -> None:
    kinds = [kind for kind in content.facts.values() if kind.column is not None]
    holes = [
        (region, kind) for region in content.regions.values() for kind in kinds if kind.column not in region.figures
    ]
    assert holes
    for region, kind in holes[::20]:
        text = new_city(region, content, beginning)["city.yaml"]
        assert kind.id not in yaml.safe_load(text)["facts"]
        assert f"#  {kind.id}: {{value: …" in text


def test_every_indicator_and_every_open_fact_is_asked_for(content: Content, beginning: Beginning) -> None:
    region = content.regions["12.71"]
    files = new_city(region, content, beginning)
    assert yaml.safe_load(files["assessment.yaml"])["answers"].keys() == content.indicators.keys()
    asked = {kind.id for kind in content.facts.values() if kind.derive is None and kind.column not in region.figures}
    assert asked == set(re.findall(r"(?m)^#  ([a-z0-9_]+): \{value: …", files["city.yaml"]))


def test_the_forms_in_comments_are_what_the_schema_reads(
    content: Content, beginning: Beginning, tmp_path: Path
) -> None:
    region = next(row for row in content.regions.values() if row.type == "kabupaten")
    files = new_city(region, content, beginning)
    files |= {name: uncommented(files[name]) for name in ("city.yaml", "programs.yaml")}
    write(tmp_path / "cities" / region.slug, files)
    _, diagnostics = load_city(tmp_path, region.slug, content)
    wrong = {"MP007", "MP101", "MP102", "MP103", "MP104"}
    assert not [str(item) for item in diagnostics if item.code in wrong]
    data = yaml.safe_load(files["city.yaml"])
    assert {"capital", "leaders", "vision", "missions", "documents", "opd", "budget", "traits"} <= data.keys()
    assert len(yaml.safe_load(files["programs.yaml"])["programs"]) == 3


@pytest.mark.parametrize(
    "text", ["a: b", "# x", "- x", "yes", "12", "Ma'rang", '"q"', "x\ny", "", "é — …", "[a], {b}", "a" * 300]
)
def test_scalars_come_back_as_they_were(text: str) -> None:
    assert yaml.safe_load(f"key: {scalar(text)}") == {"key": " ".join(text.split())}


@pytest.mark.parametrize("query", ["72.06", "Kabupaten Morowali", "kab. morowali", "MOROWALI", "kabupaten-morowali"])
def test_a_region_answers_to_code_slug_and_name(query: str, content: Content) -> None:
    region, diagnostics = find_region(query, content.regions)
    assert region is not None
    assert region.code == "72.06"
    assert diagnostics == ()


def test_an_ambiguous_name_lists_the_choices(content: Content) -> None:
    region, (diagnostic,) = find_region("bogor", content.regions)
    assert region is None
    assert diagnostic.code == "MP313"
    assert "Kabupaten Bogor (32.01" in diagnostic.message
    assert "Kota Bogor (32.71" in diagnostic.message


def test_an_unknown_name_names_the_nearest(content: Content) -> None:
    region, (diagnostic,) = find_region("kota semrang", content.regions)
    assert region is None
    assert diagnostic.code == "MP315"
    assert "Kota Semarang" in (diagnostic.hint or "")


# --- the command -----------------------------------------------------------------------------------------------------


def command(workspace: Path, *words: str) -> int:
    return CliRunner().invoke(app, ["new", *words, "-w", str(workspace)]).exit_code


def test_the_command_writes_three_files_and_never_over_a_city(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    assert command(tmp_path, "kota", "bogor", "--date", "2026-11-24", "--start", "2027-01-04") == 0
    folder = tmp_path / "cities" / "kota-bogor"
    assert sorted(path.name for path in folder.iterdir()) == ["assessment.yaml", "city.yaml", "programs.yaml"]
    before = (folder / "city.yaml").read_bytes()
    assert yaml.safe_load(before)["mentoring"]["start"] == date(2027, 1, 4)
    assert command(tmp_path, "32.71") == 2
    assert (folder / "city.yaml").read_bytes() == before
    assert command(tmp_path, "bogor") == 2
    assert sorted(path.name for path in (tmp_path / "cities").iterdir()) == ["kota-bogor"]
