"""Markdown that its parser would take for ever for, or fall over: faults with file and line, in templates and texts."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.build import prepare
from generator.compose.environment import TemplateEnvironment as Environment
from generator.compose.environment import TemplateFailedError, render_snippet
from generator.compose.markdown import bounds
from generator.compose.markdown.bounds import BoundsError
from generator.compose.markdown.runs import inline_runs
from generator.compose.markdown.tree import parse
from generator.model.diagnostics import Diagnostic
from tests.compose.small import SLUG, Page, edit, lay
from tests.faults.test_fuzz import SETTINGS

pytestmark = pytest.mark.timeout(300)  # what would not end fails; how soon it ends is no test's matter
CHAPTER = "templates/book/01-keadaan.md.j2"
WITHOUT_END = {
    "brackets": "[" * 50_000,
    "pictures": "![" * 50_000,
    "links": "[a](b " * 20_000,
    "backticks": "|`" * 50_000 + "\n" + "|-" * 50_000,
    "callouts": "!!! a\n" * 50_000,
    "one paragraph": "kata " * 50_000,
    "a list": "- kata\n" * 50_000,
    "a quotation in quotations": "> " * 50_000 + "x",
    "signs of quotations": ">" * 50_000 + " x",
    "an item in items": "- " * 50_000 + "x",
    "a number in numbers": "1. " * 50_000 + "x",
    "items and quotations": "> - " * 1_000 + "x",
    "lists in lists": "\n".join("    " * level + "- a" for level in range(200)),
    "callouts in callouts": "\n\n".join("    " * level + "!!! catatan" for level in range(200)),
    "stars in stars": "*" * 200 + "a" + "*" * 200,
    "emphasis in emphasis": "*a _b " * 200 + "c_ d*" * 200,
    "a long text": "kata kata kata\n\n" * 70_000,
}
HARMLESS = {
    "stars": "*" * 50_000,
    "stars and words": "*a " * 30_000,
    "underscores": "_" * 50_000,
    "angles": "<" * 50_000,
    "addresses": "<a@" * 30_000,
    "round brackets": "(" * 50_000,
    "backslashes": "\\" * 50_000,
    "ampersands": "&#" * 40_000,
    "hashes": "#" * 50_000 + "a",
    "rules": "- " * 40_000,
    "spaces": " " * 40_000 + "\na" + " " * 40_000,
    "bold words": "**a** b " * 12_000,
    "a table": "|a" * 300 + "\n" + "|-" * 300 + "\n" + ("|b" * 300 + "\n") * 100,
    "items": "- kata\n\n" * 10_000,
    "an item in items": "- " * 10 + "x",
    "quotations": "> " * 10 + "x",
}


@pytest.mark.parametrize("name", WITHOUT_END)
def test_what_takes_too_long_or_nests_too_deep_is_refused_at_once(name: str) -> None:
    with pytest.raises(BoundsError) as fault:
        parse(WITHOUT_END[name])
    assert fault.value.hint


@pytest.mark.parametrize("name", HARMLESS)
def test_what_is_long_but_quick_is_read(name: str) -> None:
    parse(HARMLESS[name])


@SETTINGS
@given(st.lists(st.sampled_from(["[", "](", ")", "![", "*", "_", "**", "`", "> ", "- ", "1. ", "a", " ", "\n", "    ",
                                 "|", "!!! a\n", "# ", "\\", "<", "&#", "{: .a }", "\t"]), max_size=80),
       st.integers(1, 60))  # fmt: skip
def test_any_run_of_signs_is_read_or_refused(signs: list[str], times: int) -> None:
    text = "".join(signs) * times
    with contextlib.suppress(BoundsError):
        parse(text)


@pytest.fixture(scope="module")
def laid(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay(tmp_path_factory.mktemp("bounds") / "workspace")


@pytest.mark.parametrize("name", [name for name in WITHOUT_END if name != "a long text"])  # a file has 1 MB at most
def test_a_template_names_file_and_line_and_the_other_chapters_stand(laid: Path, name: str) -> None:
    whole = (laid / CHAPTER).read_text(encoding="utf-8")
    try:
        (laid / CHAPTER).write_text(f"## Satu\n\nKata.\n\n{WITHOUT_END[name]}\n", encoding="utf-8")
        draft, found = prepare(laid, SLUG)
    finally:
        (laid / CHAPTER).write_text(whole, encoding="utf-8")
    assert draft is not None
    ours = [item for item in found if item.code == "MP403"]
    assert [item.place.file for item in ours] == [CHAPTER]
    assert ours[0].place.line is not None
    if name in ("brackets", "links", "an item in items", "lists in lists", "emphasis in emphasis"):
        assert ours[0].place.line >= 5


@pytest.mark.parametrize("name", [name for name in WITHOUT_END if name != "a long text"])  # a file has 1 MB at most
def test_a_text_of_a_city_names_file_and_line(laid: Path, name: str) -> None:
    path = laid / f"cities/{SLUG}/text/x.md"
    path.parent.mkdir(exist_ok=True)
    before = path.read_bytes() if path.exists() else None
    path.write_text(f"---\nsection: state\nmode: after\n---\nKata.\n\n{WITHOUT_END[name]}\n", encoding="utf-8")
    try:
        _, found = prepare(laid, SLUG)
    finally:
        path.unlink() if before is None else path.write_bytes(before)
    ours = [item for item in found if item.place.file == f"cities/{SLUG}/text/x.md"]
    assert ours
    assert all(item.code == "MP355" and item.place.line for item in ours), ours


def test_the_line_of_a_bracket_too_many_is_near(tmp_path: Path) -> None:
    """Half of them in a paragraph that is no fault by itself."""
    page = Page(tmp_path / "templates")
    half = "[" * (bounds.MAX_SIGNS // 2 + 1)
    name = page.write(f"Satu.\n\n{half}\n\nTiga.\n\n{half}\n")
    workspace = lay(tmp_path / "workspace")
    (workspace / CHAPTER).write_text((tmp_path / "templates" / name).read_text(), encoding="utf-8")
    _, found = prepare(workspace, SLUG)
    assert [item.place.line for item in found if item.code == "MP403"] == [7]


def test_a_sentence_of_a_rule_is_refused_too(tmp_path: Path) -> None:
    with pytest.raises(BoundsError):
        inline_runs(render_snippet(Environment(tmp_path), "[" * 5_000, "r-1", {}))
    workspace = lay(tmp_path / "workspace")
    rule = "content/rules/service/ser-1-low.yaml"
    edit(workspace, rule, "finding: ", f"finding: '{'[' * 5_000}' #")
    _, found = prepare(workspace, SLUG)
    assert [(item.code, item.place.file) for item in found if item.code == "MP403"] == [("MP403", rule)]


# --- grammar that Python cannot take, and signs of our own ------------------------------------------------------------


def failed(page: Page, source: str) -> Diagnostic:
    with pytest.raises(TemplateFailedError) as caught:
        page.read(source)
    return caught.value.diagnostic


@pytest.mark.parametrize(
    ("opened", "closed", "count", "least"),
    [("{% if 1 %}\n", "{% endif %}\n", 150, 80), ("{% for a in [1] %}\n", "{% endfor %}\n", 25, 15)],
)
def test_tags_in_one_another_are_a_fault_with_their_line(
    tmp_path: Path, opened: str, closed: str, count: int, least: int
) -> None:
    found = failed(Page(tmp_path / "templates"), "Kata.\n\n" + opened * count + closed * count)
    assert (found.code, found.place.file) == ("MP401", "templates/page.md.j2")
    assert found.place.line is not None
    assert least < found.place.line <= count + 2


def test_tags_nested_too_deep_leave_the_other_chapters(tmp_path: Path) -> None:
    workspace = lay(tmp_path / "workspace")
    (workspace / CHAPTER).write_text("{% if 1 %}" * 150 + "{% endif %}" * 150, encoding="utf-8")
    draft, found = prepare(workspace, SLUG)
    assert [item.code for item in found if item.place.file == CHAPTER] == ["MP401"]
    assert draft is not None


@pytest.mark.parametrize(
    "source",
    [
        "a \ue000999\ue001",
        "a \ue00299:1:1\ue003",
        '{{ "\\ue0000\\ue001" }} {{ "\\ue00299:1:1\\ue003" }}',
        "{% set x %}\ue0007\ue001{% endset %}{{ x }}",
    ],
)
def test_signs_of_our_own_in_a_template_are_words(tmp_path: Path, source: str) -> None:
    assert Page(tmp_path / "templates").read(source)


def test_words_of_a_template_in_loops_are_counted(tmp_path: Path) -> None:
    loop = "{% for a in [1, 2, 3, 4, 5, 6, 7, 8, 9, 0] %}"
    source = loop * 4 + "a" * 900_000 + "{% endfor %}" * 4
    assert "characters" in failed(Page(tmp_path / "templates"), source).message


def test_words_of_an_included_template_are_counted(tmp_path: Path) -> None:
    page = Page(tmp_path / "templates")
    page.write("a" * 900_000, "part.md.j2")
    loop = "{% for a in [1, 2, 3, 4, 5, 6, 7, 8, 9, 0] %}"
    source = loop * 4 + "{% include 'part.md.j2' %}" + "{% endfor %}" * 4
    assert "characters" in failed(page, source).message
