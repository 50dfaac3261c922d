"""Templates of a workspace that want too much: each ends soon, as a fault with file and line, and the rest is built."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.build import build_city
from generator.compose.environment import TemplateFailedError
from generator.compose.limits import MAX_BYTES, MAX_CHARACTERS, MAX_STEPS, Budget
from generator.model.walks import plain, walk
from tests.compose.small import SLUG, Page, compose, edit, lay, words

NESTED = "".join(f"{{% for a{level} in numbers %}}" for level in range(9)) + "x" + "{% endfor %}" * 9
TWICE = "{% macro m(n) %}{% if n %}{% set x = m(n - 1) %}{% set y = m(n - 1) %}{% endif %}{% endmacro %}{{ m(40) }}"
DOUBLED = '{% set a0 = "xxxxxxxxxx" %}' + "".join(
    f"{{% set a{n + 1} = a{n} ~ a{n} ~ a{n} ~ a{n} %}}" for n in range(30)
)
BLOCKS = "{% set a0 %}xxxxxxxxxx{% endset %}" + "".join(
    f"{{% set a{n + 1} %}}{{{{ a{n} }}}}{{{{ a{n} }}}}{{{{ a{n} }}}}{{% endset %}}" for n in range(30)
)
ADDED = '{% set a0 = "xxxxxxxxxx" %}' + "".join(f"{{% set a{n + 1} = a{n} + a{n} + a{n} %}}" for n in range(30))
HALVES = "{% set a0 = [1, 2] %}" + "".join(f"{{% set a{n + 1} = a{n} + a{n} %}}" for n in range(60))
NESTS = "".join(
    f"{{% set {name}0 = [1] %}}" + "".join(f"{{% set {name}{n + 1} = [{name}{n}, {name}{n}] %}}" for n in range(60))
    for name in "ab"
)
MAPS = "{% set a0 = {} %}" + "".join(f"{{% set a{n + 1} = {{'x': a{n}, 'y': (a{n}, a{n})}} %}}" for n in range(60))
SQUARED = "{% set a0 = 99999999 %}" + "".join(f"{{% set a{n + 1} = a{n} * a{n} %}}" for n in range(60))
GREEDY = {
    "loops in loops": NESTED,
    "a macro that calls itself twice": TWICE,
    "a macro that calls itself": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "a loop that calls itself": "{% for x in numbers recursive %}{{ loop(numbers) }}{% endfor %}",
    "a text doubled": DOUBLED,
    "blocks doubled": BLOCKS,
    "texts added": ADDED,
    "a number squared": SQUARED,
    "a power": "{{ 9 ** 9 ** 9 }}",
    "a text times a number": '{{ "x" * 1000000000 }}',
    "a list times a number": "{% for x in [1] * 1000000000 %}x{% endfor %}",
    "a pattern": '{{ "%1000000000d" % 1 }}',
    "a format": '{{ "{:1000000000}".format(1) }}',
    "a pattern of a mapping": '{{ "{x:1000000000}".format_map({"x": 1}) }}',
    "a number as bytes": '{{ (1).to_bytes(1000000000, "big") }}',
    "lists added": HALVES,
    "lists in lists": NESTS + "{{ a60 }}",
    "lists in lists, compared": NESTS + "{{ 'x' if a60 == b60 else 'y' }}",
    "mappings in mappings": MAPS,
    "a filling": '{{ "x".ljust(1000000000) }}',
    "decimals": "{{ 1 | number(1000000000) }}",
    "a range": "{% for x in range(1000000000) %}x{% endfor %}",
    "a divide by nothing": "{{ 1 / 0 }}",
    "an infinite whole number": "{{ 1e999 | words }}",
    "brackets": "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
    "the class of a text": '{{ "".__class__.__mro__[1].__subclasses__() }}',
    "the globals of a function": "{{ ref.__globals__ }}",
    "the environment": "{{ self._TemplateReference__context.environment }}",
    "a file of the system": "{% include '/etc/passwd' %}",
    "a file further up": "{% include '../../../etc/passwd.j2' %}",
    "itself": "{% include 'page.md.j2' %}",
    "itself as a parent": "{% extends 'page.md.j2' %}",
    "itself, one of several": "{% include ['nothing.md.j2', 'page.md.j2'] %}",
    "a change of the data": "{% set _ = numbers.append(1) %}{{ numbers }}",
}


Modest = Callable[[], None]


@pytest.fixture
def modest(monkeypatch: pytest.MonkeyPatch) -> Modest:
    """Return what asserts that no rendering took more than its share, counted in steps and letters, not in seconds."""
    budgets: list[Budget] = []

    class Kept(Budget):
        def __init__(self) -> None:
            super().__init__()
            budgets.append(self)

    monkeypatch.setattr("generator.compose.environment.Budget", Kept)

    def check() -> None:
        assert budgets
        for budget in budgets:
            assert budget.steps <= MAX_STEPS + 1
            # A text is counted when it is made; the last one may be a few times as long as those that it is made of.
            assert budget.characters < 5 * MAX_CHARACTERS

    return check


@pytest.mark.parametrize("source", GREEDY.values(), ids=GREEDY)
def test_a_greedy_template_ends_soon(tmp_path: Path, source: str, modest: Modest) -> None:
    page = Page(tmp_path / "templates")
    with pytest.raises(TemplateFailedError) as caught:
        page.read(f"Baris satu.\n\n{source}\n", {"numbers": list(range(10)), "ref": test_a_greedy_template_ends_soon})
    modest()
    fault = caught.value.diagnostic
    assert fault.code in ("MP401", "MP402", "MP403", "MP404")
    assert fault.place.file == "templates/page.md.j2"
    assert "root:" not in str(fault)


def test_includes_that_double_are_counted(tmp_path: Path) -> None:
    page = Page(tmp_path / "templates")
    for level in range(40):
        twice = f"{{% include 'p{level + 1}.md.j2' %}}"
        page.write(twice + twice, f"p{level}.md.j2")
    page.write("x", "p40.md.j2")
    with pytest.raises(TemplateFailedError, match="steps"):
        page.read("{% include 'p0.md.j2' %}")


def test_a_template_is_a_file_of_the_workspace_of_some_size(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.md.j2").write_text("rahasia", encoding="utf-8")
    page = Page(tmp_path / "workspace" / "templates")
    (page.folder / "link.md.j2").symlink_to(tmp_path / "outside" / "secret.md.j2")
    (page.folder / "folder.md.j2").mkdir()
    page.write("x" * (MAX_BYTES + 1), "huge.md.j2")
    page.write("teks", "plain.txt")
    page.write("bagian", "part.md.j2")
    (page.folder / "binary.md.j2").write_bytes(b"\xff\xfe\x00")
    for name in ("link.md.j2", "folder.md.j2", "huge.md.j2", "plain.txt", "binary.md.j2"):
        with pytest.raises(TemplateFailedError) as caught:
            page.read(f"{{% include '{name}' %}}")
        assert caught.value.diagnostic.code == "MP402"
    (block,) = page.read("{% include 'part.md.j2' %}")
    assert words(block) == "bagian"


def test_what_templates_do_still_works(tmp_path: Path) -> None:
    page = Page(tmp_path / "templates")
    source = (
        "{% for x in numbers %}{{ x }}{% if not loop.last %}, {% else %} dari {{ loop.length }}{% endif %}{% endfor %};"
        ' {{ "a" ~ 1 ~ "b" }}; {{ 2 + 3 }}; {% for k, v in pairs.items() %}{{ k }}={{ v }} {% endfor %};'
        "{% for x in [] %}x{% else %}kosong{% endfor %}"
    )
    (block,) = page.read(source, {"numbers": (1, 2, 3), "pairs": {"a": 1}})
    assert words(block) == "1, 2, 3 dari 3; a1b; 5; a=1 ;kosong"


def test_the_other_chapters_of_the_book_are_composed(tmp_path: Path) -> None:
    workspace = lay(tmp_path / "workspace")
    (workspace / "templates/book/01-keadaan.md.j2").write_text(f"Awal.\n\n{TWICE}\n", encoding="utf-8")
    draft = compose(workspace)
    assert [item.code for item in draft.composed.diagnostics] == ["MP403"]
    assert draft.composed.diagnostics[0].place.line == 3
    text = " ".join(plain(getattr(block, "content", ())) for block in walk(draft.composed.documents[0].body))
    assert len(text) > 500
    result = build_city(workspace, SLUG, tmp_path / "out", formats=("docx",))
    assert result.failed
    assert not (tmp_path / "out" / SLUG / "Buku-Kecil.docx").exists()


def test_a_sentence_of_a_rule_has_the_same_limits(tmp_path: Path, modest: Modest) -> None:
    workspace = lay(tmp_path / "workspace")
    rule = "content/rules/service/ser-1-low.yaml"
    edit(
        workspace,
        rule,
        "finding: Di {{ city.name }},",
        "finding: Di {% for a in 'xxxxxxxxxx' * 999999999 %}x{% endfor %},",
    )
    result = build_city(workspace, SLUG, tmp_path / "out", formats=("docx",))
    assert result.failed
    modest()
    assert any(rule in item.place.file for item in result.diagnostics), [str(item) for item in result.diagnostics]
