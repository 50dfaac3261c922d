"""Pages that are made from the code and the content are as fresh as what they are made from."""

from __future__ import annotations

import re

import pytest

from generator.build import Draft
from generator.compose.context import Contract
from generator.compose.filters import FILTERS
from generator.compose.tables import CHARTS, TABLES, names
from generator.sources.content import load_content
from generator.writers.content_pages import pages
from tests.compose.small import ROOT
from tests.tools import templates_page

CONTENT = ROOT / "docs" / "content"


@pytest.fixture(scope="module")
def made() -> str:
    return templates_page.page()


def test_the_page_of_templates_is_current(made: str) -> None:
    kept = templates_page.PAGE.read_text(encoding="utf-8")
    assert kept == made, "write it anew: python -m tests.tools.templates_page"


def test_every_name_of_the_context_is_on_the_page(made: str, draft: Draft) -> None:
    context = templates_page.context_of(draft, ROOT / "templates")
    for name in context:
        assert re.search(rf"^\| `{name}[`(]", made, re.MULTILINE), name
    for name in FILTERS:
        assert re.search(rf"^\| `{name}[`(]", made, re.MULTILINE), name
    for kind, known in (("table", TABLES), ("chart", CHARTS)):
        for name in known:
            assert f'| `{kind}("{name}"' in made
    assert set(Contract.__dict__) & {"context", "table", "chart"}


def test_every_field_has_a_type_and_every_row_says_something(made: str) -> None:
    for line in made.splitlines():
        if not line.startswith("|") or line.startswith("|---"):
            continue
        cells = re.split(r"(?<!\\)\|", line)[1:-1]
        assert all(cells), line
        if len(cells) == 4 or len(cells) == 2:
            assert cells[1].strip(), line


def test_the_links_of_the_page_lead_somewhere(made: str) -> None:
    titles = {match.lower() for match in re.findall(r"^#+ (.+)$", made, re.MULTILINE)}
    assert set(re.findall(r"\]\(#([^)]+)\)", made)) <= titles


def test_every_table_and_chart_is_documented() -> None:
    undocumented = [name for name, text in names().items() if not text]
    assert undocumented == ['table("facts")']


def test_the_pages_of_the_content_are_current() -> None:
    content, _ = load_content(ROOT)
    assert content is not None
    kept = {path.name: path.read_text(encoding="utf-8") for path in CONTENT.glob("*.md")}
    stale = [name for name, text in pages(content).items() if kept.get(name) != text]
    assert (stale, sorted(set(kept) - set(pages(content)))) == ([], []), "write them anew: masterplan content docs"


def test_the_pages_of_the_content_name_every_indicator_rule_and_programme() -> None:
    content, _ = load_content(ROOT)
    assert content is not None
    made = pages(content)
    for items in (content.indicators, content.rules, content.programs):
        for item in items.values():
            assert f"`{item.id}`" in made[f"{item.dimension}.md"]
    assert all(f"`{name}`" in made["regulations.md"] for name in content.regulations)
    assert all("  " not in line.strip() for text in made.values() for line in text.splitlines())
