"""The command line as a process of its own: colour, streams, faults inside, how fast help comes."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from generator import __version__
from tests.cli.conftest import process
from tests.compose.small import ROOT, SLUG, edit

HEAVY = ("weasyprint", "docx", "typst", "lxml", "pydantic", "jinja2", "markdown", "babel", "pptx", "xlsxwriter", "yaml")


def test_version_and_module_name(tmp_path: Path) -> None:
    done = process("--version", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"masterplan {__version__}\n", "")


@pytest.mark.parametrize("environment", [{}, {"NO_COLOR": "1"}, {"NO_COLOR": "1", "FORCE_COLOR": "1"}])
def test_piped_output_has_no_colour(workspace: Path, environment: dict[str, str]) -> None:
    edit(workspace, f"cities/{SLUG}/city.yaml", "type: kota\n", "type: kotta\n")
    done = process("check", SLUG, cwd=workspace, **environment)
    assert done.returncode == 1
    assert "MP104" in done.stderr
    if environment != {"NO_COLOR": "1", "FORCE_COLOR": "1"}:
        assert "\x1b" not in done.stdout + done.stderr
    assert "\x1b[3" not in done.stdout + done.stderr


def test_no_colour_means_none_even_where_colour_is_forced(workspace: Path) -> None:
    edit(workspace, f"cities/{SLUG}/city.yaml", "type: kota\n", "type: kotta\n")
    forced = process("check", SLUG, cwd=workspace, FORCE_COLOR="1")
    assert "\x1b[" in forced.stderr


def test_json_on_standard_output_and_words_on_standard_error(workspace: Path) -> None:
    done = process("explain", SLUG, "V-01", "--json", cwd=workspace)
    assert done.returncode == 0
    assert json.loads(done.stdout)["node"]
    usage = process("check", "kota-conto", "--json", cwd=workspace)
    assert (usage.returncode, usage.stdout) == (2, "")
    assert "did you mean" in usage.stderr


def test_a_fault_inside_is_code_3_short_and_kept_in_a_file(workspace: Path) -> None:
    script = (
        "import generator.build, generator.cli.building as b\n"
        "def broken(*a, **k): raise RuntimeError('xyz broke')\n"
        "b.build_city = broken\n"
        "import sys; sys.argv = ['masterplan', 'build', 'kota-contoh']\n"
        "from generator.cli import main; main()\n"
    )
    call = [sys.executable, "-c", script]
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(call, cwd=workspace, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    assert "internal fault: RuntimeError: xyz broke" in done.stderr
    assert "defect of masterplan" in done.stderr
    (log,) = re.findall(r"The details are in (\S+?)\.?$", done.stderr, re.MULTILINE)
    assert "xyz broke" in Path(log).read_text(encoding="utf-8")
    debug = environment | {"MASTERPLAN_DEBUG": "1"}
    done = subprocess.run(call, cwd=workspace, env=debug, capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert "Traceback" in done.stderr


def test_output_that_nobody_reads_is_no_fault(workspace: Path) -> None:
    command = f"{sys.executable} -m generator explain {SLUG} | head -n 1"
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        cwd=workspace,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "internal fault" not in done.stderr
    assert not (workspace / "masterplan-error.log").exists()


def test_help_is_fast_because_it_loads_nothing_heavy(tmp_path: Path) -> None:
    script = (
        "import sys; sys.argv = ['masterplan', '--help']\n"
        "from generator.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)\n"
    )
    call = [sys.executable, "-c", script]
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(call, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"
