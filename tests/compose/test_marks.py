"""Origin marks: they change nothing of a template but what is taken out again."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import TemplateSyntaxError

from generator.compose.environment import TemplateEnvironment, mark_lines, render_snippet
from generator.compose.sentences import Sentences
from generator.compose.tokens import MARK, told
from generator.model.diagnostics import Place
from generator.model.walks import plain
from generator.sources.content import load_content
from tests.compose.small import ROOT, SMALL

TEMPLATES = sorted((ROOT / "templates").rglob("*.md.j2"))
PIECES = st.sampled_from(
    [
        "Kalimat.", "## Judul {: #a }", "- butir", "1. butir", "> kutip", "", "   ", "{% if x %}", "{% endif %}",
        "{% if x %}Teks.{% endif %}", "{{ x }}", "{# catatan #}", "{#", "#}", "| a | b |", "|---|---|", "---",
        '!!! temuan "x"', "    isi", "**tebal** {{ x", "}} lagi", "{{ f(", "  1) }}", "- {% if x %}a{% endif %}",
    ]
)  # fmt: skip


def unmarked(text: str) -> list[str]:
    return [MARK.sub("", line).rstrip(" ") for line in text.split("\n")]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_marks_can_be_taken_out_of_every_shipped_template(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    marked = mark_lines(source, 3)
    assert unmarked(marked) == unmarked(source)
    assert MARK.search(marked)


@given(st.lists(PIECES, max_size=14))
def test_marks_keep_lines_and_stand_once_a_line_with_its_number(lines: list[str]) -> None:
    source = "\n".join(lines)
    marked = mark_lines(source, 7)
    assert unmarked(marked) == unmarked(source)
    for number, line in enumerate(marked.split("\n"), 1):
        found = MARK.findall(line)
        assert len(found) <= 1
        assert all((int(file), int(at)) == (7, number) for file, at, _ in found)


@given(st.lists(PIECES, max_size=14))
def test_marks_break_no_template_that_is_whole(lines: list[str]) -> None:
    environment = TemplateEnvironment(Path())
    source = "\n".join(lines)
    try:
        environment.parse(source)
    except TemplateSyntaxError:
        return
    environment.parse(mark_lines(source, 0))


@given(st.lists(PIECES, max_size=14))
def test_ordinals_rise_within_a_section_and_begin_anew_at_headings(lines: list[str]) -> None:
    last = 0
    for line in mark_lines("\n".join(lines), 0).split("\n"):
        for _, _, ordinal in MARK.findall(line):
            assert int(ordinal) == (0 if line.lstrip().startswith("#") else last + 1)
            last = int(ordinal)


def test_only_chapters_are_marked_not_sentences(tmp_path: Path) -> None:
    rendered = render_snippet(TemplateEnvironment(tmp_path), "Ini {{ x }}.", "rule", {"x": told("a")})
    assert not MARK.search(rendered.markdown)


# --- sentences of rules ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def spoken() -> Sentences:
    content, _ = load_content(SMALL)
    assert content is not None
    names = {"city": {"name": told("Kota *Contoh*")}, "level": lambda name: told("2", f"indicator:{name}", raw=2)}
    return Sentences(TemplateEnvironment(Path()), names, {"ser-1-low": Place("content/rules/x.yaml", 7, 1)})


def test_a_sentence_speaks_plainly_and_states_finding_and_figures(spoken: Sentences) -> None:
    content, _ = load_content(SMALL)
    assert content is not None
    said = spoken.say(content.rules["ser-1-low"], "finding")
    assert plain(said.inlines) == "Di Kota *Contoh*, waktu layanan loket berada pada level 2 dari 4."
    assert said.because == ("finding:ser-1-low", "indicator:ser-1")
    assert spoken.say(content.rules["ser-1-low"], "finding") is said


def test_a_sentence_that_fails_is_left_out_and_reported_at_its_rule(spoken: Sentences) -> None:
    content, _ = load_content(SMALL)
    assert content is not None
    said = spoken.say(content.rules["ser-3-low"], "finding")  # it asks for value(…), which is not offered here
    assert (said.inlines, bool(said), said.because) == ((), False, ("finding:ser-3-low",))
    (fault,) = spoken.diagnostics
    assert (fault.code, fault.place.file) == ("MP404", "content/rules/service/ser-3-low.yaml")
    assert "value" in fault.message
