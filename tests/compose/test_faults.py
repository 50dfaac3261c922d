"""What is wrong in a template is said with file and line; one broken chapter leaves the others standing."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.build import Draft, prepare
from generator.compose.environment import TemplateFailedError
from generator.model.diagnostics import Diagnostic, Severity
from generator.model.document import Chapter, Placeholder
from tests.compose.small import SLUG, Page, edit

CHAPTER = "templates/book/01-keadaan.md.j2"


def failure(page: Page, source: str, **context: object) -> Diagnostic:
    with pytest.raises(TemplateFailedError) as caught:
        page.read(source, context)
    assert caught.value.diagnostic.severity is Severity.ERROR
    return caught.value.diagnostic


@pytest.mark.parametrize(
    ("source", "code", "line"),
    [
        ("Satu.\n\n{{ cty.name }}\n", "MP404", 3),
        ("Satu.\n\nDua {{ nama }}.\n", "MP404", 3),
        ("## A\n\n{% for x in xs %}\n{{ x.nothing }}\n{% endfor %}\n", "MP404", 4),
        ("Satu.\n\n{% if x %}\nDua.\n", "MP401", 4),
        ("Satu.\n{{ x | sort }}\n", "MP401", 2),
        ("Satu.\n{{ 1 + }}\n", "MP401", 2),
        ("Satu.\n\n{% include 'gone.md.j2' %}\n", "MP402", 3),
        ("Satu.\n\n\n{{ none }}\n", "MP403", 4),
        ("Satu.\n\n{{ xs }}\n", "MP403", 3),
        ("Satu.\n\n{{ text() }}\n", "MP404", 3),
    ],
)
def test_faults_name_file_and_line(page: Page, source: str, code: str, line: int) -> None:
    found = failure(page, source, xs=("a",), none=None, x=True, text="x")
    assert (found.code, found.place.file, found.place.line) == (code, "templates/page.md.j2", line)


def test_an_unknown_name_is_named(page: Page) -> None:
    assert "'kota' is undefined" in failure(page, "{{ kota }}").message


def test_a_fault_in_an_included_file_names_that_file(page: Page) -> None:
    page.write("Baris.\n\n{{ gone }}\n", "part.md.j2")
    found = failure(page, "Satu.\n\n\n\n{% include 'part.md.j2' %}\n")
    assert (found.place.file, found.place.line) == ("templates/part.md.j2", 3)


@pytest.mark.parametrize(
    "source",
    [
        "{{ x.__class__.__mro__ }}",
        "{{ x.__init__.__globals__ }}",
        "{{ f.__code__ }}",
        "{{ ''.__class__ }}",
        "{{ f.__globals__['os'] }}",
        "{% include '../secret.md.j2' %}",
        "{% include '/etc/hostname' %}",
        "{% do x.append(1) %}",
        "{{ xs.append(1) }}",
    ],
)
def test_templates_stay_in_the_sandbox(page: Page, source: str) -> None:
    (page.folder.parent / "secret.md.j2").write_text("rahasia", encoding="utf-8")
    found = failure(page, source, x=page, f=failure, xs=[])
    assert "rahasia" not in found.message


# --- in a book -------------------------------------------------------------------------------------------------------


def faults(workspace: Path) -> tuple[Draft, list[Diagnostic]]:
    draft, diagnostics = prepare(workspace, SLUG)
    assert draft is not None
    return draft, [item for item in diagnostics if item.severity is Severity.ERROR]


@pytest.mark.parametrize(
    ("wrong", "code", "message", "hint"),
    [
        ('{{ table("indikators", "counter") }}', "MP403", "no table 'indikators'", "indicators"),
        ('{{ chart("sub-bar") }}', "MP403", "no chart 'sub-bar'", "sub-bars"),
        ('{{ table("gap") }}', "MP403", "wrong arguments", ""),
        ("{{ fact.populaton }}", "MP403", "no fact 'populaton'", "population"),
        ('{% if known("populaton") %}ada{% endif %}', "MP403", "no fact 'populaton'", "population"),
        ('{{ level("ser-9") }}', "MP403", "no indicator 'ser-9'", "ser-"),
        ('{{ regulation("uu-25-2008") }}', "MP403", "no regulation", "uu-25-2009"),
        ('{{ book("summary") }}', "MP403", "no book 'summary'", "small-book"),
        ('{{ abbr("XYZ") }}', "MP403", "no abbreviation 'XYZ'", ""),
        ('{{ area("governance") }}', "MP403", "no area 'governance'", ""),
        ('{{ score("governance") }}', "MP403", "no area 'governance'", ""),
        ('{{ bound("ser-1", 3) }}', "MP403", "no bound", ""),
        ("{{ city.nama }}", "MP404", "no attribute 'nama'", ""),
        ("{{ city.trait.coastal }}", "MP404", "coastal", ""),
        ('{{ ref("tbl-tiada") }}', "MP405", "tbl-tiada", "full id"),
    ],
)
def test_a_fault_is_placed_and_explained(workspace: Path, wrong: str, code: str, message: str, hint: str) -> None:
    edit(workspace, CHAPTER, '!!! temuan "Pokok bab ini"', f'Kalimat {wrong}.\n\n!!! temuan "Pokok bab ini"')
    _, found = faults(workspace)
    assert [(item.code, str(item.place)) for item in found] == [(code, f"{CHAPTER}:3")]
    assert message in found[0].message
    assert hint in str(found[0].hint)


def test_a_broken_chapter_leaves_a_visible_gap_and_the_others_whole(workspace: Path, draft: Draft) -> None:
    edit(workspace, CHAPTER, "{{ overall.value }}", "{{ overal.value }}")
    broken, found = faults(workspace)
    assert [item.code for item in found] == ["MP404"]
    chapters = {block.id: block for block in broken.composed.documents[0].body}
    assert isinstance(chapters["state"], Chapter)
    (gap,) = chapters["state"].children
    assert isinstance(gap, Placeholder)
    assert "01-keadaan.md.j2" in gap.what
    assert chapters["works"] == {block.id: block for block in draft.composed.documents[0].body}["works"]


def test_a_missing_template_is_named(workspace: Path) -> None:
    (workspace / CHAPTER).unlink()
    _, found = faults(workspace)
    assert [(item.code, "01-keadaan" in item.message) for item in found] == [("MP402", True)]


def test_a_fault_in_the_sentence_of_a_rule_is_placed_in_its_file(workspace: Path) -> None:
    edit(workspace, "content/rules/service/ser-1-low.yaml", 'level("ser-1")', 'level("ser-7")')
    draft, found = faults(workspace)
    assert {item.place.file for item in found} == {"content/rules/service/ser-1-low.yaml"}
    assert "ser-7" in found[0].message
    assert draft.composed.documents
