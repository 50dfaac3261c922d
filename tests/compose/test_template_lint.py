"""The shipped templates only show: no reckoning, sorting, filtering; known names; ids; tidy Indonesian."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import meta, nodes

from generator.build import Draft
from generator.compose.environment import TemplateEnvironment
from generator.compose.filters import FILTERS
from generator.compose.tables import CHARTS, TABLES
from generator.sources.content import load_content
from tests.compose.small import ROOT, SMALL
from tests.tools.templates_page import context_of

FOLDERS = (ROOT / "templates", SMALL / "templates")
TEMPLATES = [path for folder in FOLDERS for path in sorted(folder.rglob("*.md.j2"))]
RECKONING = (nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow, nodes.Neg)
DEFINING = (nodes.AssignBlock, nodes.Macro, nodes.CallBlock, nodes.FilterBlock, nodes.Import, nodes.FromImport)
ENGLISH = re.compile(
    r"\b(the|and|with|from|this|that|which|for|are|city of|overview|summary|stakeholders?|roadmap|framework|output|"
    r"outcome|input|dashboard|link|online|offline|software|hardware|update|upgrade|user|website|email|feedback|review|deadline|"
    r"budget|monitoring and evaluation|gap analysis|baseline)\b",
    re.IGNORECASE,
)
MISSPELLED = re.compile(
    r"\b(analisa|aktifitas|resiko|sistim|praktek|kwalitas|efektifitas|di karenakan|dimana|kedepan|diantara|"
    r"disamping|antar daerah|kerjasama|tanggungjawab|terimakasih|pertanggung jawaban|standarisasi|jadual|nopember|"
    r"propinsi|hakekat|ijin|jaman|apotik|obyek|subyek|metoda|prosentase)\b",
    re.IGNORECASE,
)


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.fixture(scope="module")
def trees() -> dict[Path, nodes.Template]:
    environment = TemplateEnvironment(ROOT / "templates")
    return {path: environment.parse(path.read_text(encoding="utf-8")) for path in TEMPLATES}


def places(trees: dict[Path, nodes.Template], kinds: tuple[type[nodes.Node], ...]) -> list[str]:
    return [
        f"{named(path)}:{node.lineno}: {type(node).__name__}"
        for path, tree in trees.items()
        for node in tree.find_all(kinds)
    ]


def prose(path: Path) -> Iterator[tuple[int, str]]:
    """Yield number and text of lines without tags, comments, ids and link targets."""
    text = re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    for number, line in enumerate(text.split("\n"), 1):
        bare = re.sub(r"\{%.*?%\}", "¤", line)
        bare = re.sub(r"\{:\s*(?:\{\{.*?\}\}|[^}])*\}", "", bare)
        bare = re.sub(r"\{\{.*?\}\}", "N", bare)
        bare = re.sub(r"\*[^*]+\*", "N", bare)  # italics mark foreign words
        yield number, re.sub(r"^!!! \w+", "", bare)


def test_there_are_templates_to_look_at() -> None:
    assert len(TEMPLATES) > 40


def test_templates_do_not_reckon(trees: dict[Path, nodes.Template]) -> None:
    assert places(trees, RECKONING) == []


def test_templates_define_nothing_and_name_only_what_is_there(trees: dict[Path, nodes.Template]) -> None:
    assert places(trees, DEFINING) == []
    assigned = [(path, node) for path, tree in trees.items() for node in tree.find_all(nodes.Assign)]
    harmless = (nodes.Call, nodes.Name, nodes.Getattr, nodes.Getitem)
    assert [f"{named(path)}:{node.lineno}" for path, node in assigned if not isinstance(node.node, harmless)] == []


def test_templates_do_not_choose_within_a_loop(trees: dict[Path, nodes.Template]) -> None:
    loops = [(path, node) for path, tree in trees.items() for node in tree.find_all(nodes.For)]
    assert [f"{named(path)}:{node.lineno}" for path, node in loops if node.test is not None or node.recursive] == []


def test_templates_do_not_slice_or_call_methods_of_values(trees: dict[Path, nodes.Template]) -> None:
    assert places(trees, (nodes.Slice,)) == []
    calls = [(path, node) for path, tree in trees.items() for node in tree.find_all(nodes.Call)]
    methods = [(path, node) for path, node in calls if not isinstance(node.node, nodes.Name)]
    assert [f"{named(path)}:{node.lineno}" for path, node in methods] == []


def test_templates_use_known_filters_only(trees: dict[Path, nodes.Template]) -> None:
    used = {(named(path), node.name) for path, tree in trees.items() for node in tree.find_all(nodes.Filter)}
    assert {pair for pair in used if pair[1] not in FILTERS} == set()
    tests = {(named(path), node.name) for path, tree in trees.items() for node in tree.find_all(nodes.Test)}
    assert {
        pair for pair in tests if pair[1] not in ("defined", "none", "odd", "even", "divisibleby", "sameas")
    } == set()


def test_templates_use_known_names_only(trees: dict[Path, nodes.Template], draft: Draft) -> None:
    known = set(context_of(draft, ROOT / "templates"))
    unknown = {named(path): meta.find_undeclared_variables(tree) - known for path, tree in trees.items()}
    assert {path: names for path, names in unknown.items() if names} == {}


def test_templates_ask_for_known_tables_and_charts(trees: dict[Path, nodes.Template]) -> None:
    wrong = []
    for path, tree in trees.items():
        for node in tree.find_all(nodes.Call):
            makers = {"table": TABLES, "chart": CHARTS}.get(getattr(node.node, "name", ""))
            if makers is not None:
                first = node.args[0]
                assert isinstance(first, nodes.Const), f"{named(path)}:{node.lineno}: the name of a table is fixed"
                wrong += [f"{named(path)}:{node.lineno}: {first.value}"] if first.value not in makers else []
    assert wrong == []


def test_templates_name_known_facts_regulations_and_abbreviations(trees: dict[Path, nodes.Template]) -> None:
    content, _ = load_content(ROOT)
    assert content is not None
    abbreviations = {term.abbreviation for term in content.glossary.terms}
    wrong = []
    for path, tree in trees.items():
        if SMALL in path.parents:
            continue
        facts = [node for node in tree.find_all(nodes.Getattr) if getattr(node.node, "name", "") == "fact"]
        wrong += [f"{named(path)}:{node.lineno}: fact {node.attr}" for node in facts if node.attr not in content.facts]
        for call in tree.find_all(nodes.Call):
            name = getattr(call.node, "name", "")
            known = {"regulation": content.regulations, "abbr": abbreviations, "opd": content.opd}.get(name)
            if known is not None and isinstance(call.args[0], nodes.Const) and call.args[0].value not in known:
                wrong.append(f"{named(path)}:{call.lineno}: {name} {call.args[0].value}")
    assert wrong == []


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_headings_carry_an_id_and_do_not_jump(path: Path) -> None:
    level = 1
    seen: set[str] = set()
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if line.startswith(("{% else", "{% elif")):
            seen = set()  # the other branch may carry the same heading
        found = re.match(r"(#{1,6}) ", line)
        if not found:
            continue
        place = f"{named(path)}:{number}"
        assert re.search(r"\{: #(?:\{\{ .+? \}\}|[a-z0-9-])+ \}$", line), f"{place}: a heading without id"
        assert len(found[1]) <= level + 1, f"{place}: a level is left out"
        assert not line.partition("{:")[0].rstrip().endswith((".", ":")), f"{place}: a heading ends with a mark"
        identity = line.partition("{: #")[2]
        assert identity not in seen, f"{place}: id twice"
        seen.add(identity)
        level = len(found[1])


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_the_prose_is_tidy(path: Path) -> None:
    for number, line in prose(path):
        place = f"{named(path)}:{number}"
        assert "\t" not in line, f"{place}: a tab"
        assert "  " not in line.strip(), f"{place}: two spaces"
        assert not re.search(r"[^¤] [,.;:!?](?:\s|$)", line), f"{place}: a space before a mark"
        assert not re.search(r"\.\.(?!\.)|,,|\( | \)", line), f"{place}: marks"
        assert not re.search(r"\b(\w{2,}) \1\b", line, re.IGNORECASE), f"{place}: a word twice"
        assert not re.search(r"(?i)\b(TODO|FIXME|XXX|lorem)\b", line), f"{place}: left-over"


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_the_prose_is_indonesian(path: Path) -> None:
    for number, line in prose(path):
        assert not ENGLISH.search(line), f"{named(path)}:{number}: {ENGLISH.search(line)}"
        assert not MISSPELLED.search(line), f"{named(path)}:{number}: {MISSPELLED.search(line)}"


@pytest.mark.parametrize(
    ("source", "kinds"),
    [
        ("{{ 1 + a }}", RECKONING),
        ("{{ -a }}", RECKONING),
        ("{% set x %}y{% endset %}", DEFINING),
        ("{% macro m() %}{% endmacro %}", DEFINING),
    ],
)
def test_the_lint_sees_what_it_forbids(source: str, kinds: tuple[type[nodes.Node], ...]) -> None:
    tree = TemplateEnvironment(ROOT / "templates").parse(source)
    assert places({ROOT / "x": tree}, kinds)
