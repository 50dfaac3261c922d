"""`masterplan.yaml`: its defaults, its faults with line and column, and who goes by it."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer

from generator.cli.settings import engine_for
from generator.model.settings import Engines, Settings
from generator.sources.settings import load_settings
from tests.compose.small import ROOT


def settle(folder: Path, text: str) -> Path:
    (folder / "masterplan.yaml").write_text(text, encoding="utf-8")
    return folder


def test_without_a_file_watch_takes_the_fast_engine_and_the_rest_what_is_there(tmp_path: Path) -> None:
    assert load_settings(tmp_path) == (Settings(), ())
    assert [engine_for(tmp_path, occasion, None) for occasion in ("build", "all", "watch")] == ["auto", "auto", "typst"]


def test_the_shipped_file_states_the_defaults() -> None:
    assert load_settings(ROOT) == (Settings(), ())
    text = (ROOT / "masterplan.yaml").read_text(encoding="utf-8")
    assert all(f"{occasion}: " in text for occasion in Engines.__dataclass_fields__)


def test_each_occasion_is_set_on_its_own_and_the_command_line_goes_first(tmp_path: Path) -> None:
    settle(tmp_path, "engine:\n  all: typst\n  watch: weasyprint\n")
    assert engine_for(tmp_path, "build", None) == "auto"
    assert engine_for(tmp_path, "all", None) == "typst"
    assert engine_for(tmp_path, "watch", None) == "weasyprint"
    assert engine_for(tmp_path, "watch", "typst") == "typst"


@pytest.mark.parametrize(
    ("text", "place", "word"),
    [
        ("engine:\n  all: typest\n", "masterplan.yaml:2:8", "typst"),
        ("engine:\n  al: typst\n", "masterplan.yaml:2:3", "all"),
        ("motor: typst\n", "masterplan.yaml:1:1", "engine"),
        ("engine: typst\n", "masterplan.yaml:1:9", "engine"),
        ("engine: [\n", "masterplan.yaml:", ""),
    ],
)
def test_a_fault_is_told_with_its_place(
    text: str, place: str, word: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings, diagnostics = load_settings(settle(tmp_path, text))
    assert settings is None
    assert str(diagnostics[0].place).startswith(place)
    assert word in str(diagnostics[0])
    with pytest.raises(typer.Exit) as left:
        engine_for(tmp_path, "all", None)
    assert left.value.exit_code == 1
    assert engine_for(tmp_path, "all", "auto") == "auto"
