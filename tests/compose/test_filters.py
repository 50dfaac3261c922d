"""Filters set type and keep what a value states; none of them computes, sorts or chooses."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from generator.compose.environment import TemplateEnvironment, TemplateFailedError
from generator.compose.filters import FILTERS
from generator.compose.said import Sourced
from generator.compose.tokens import Told, told
from generator.compose.typography import NARROW, NBSP
from generator.model.document import Emphasis, Missing, Paragraph, Strong, Text
from tests.compose.small import Page, words

HOLE = Told((Missing("jumlah", "Bappeda"),), ("fact:x",), None)


@pytest.mark.parametrize(
    ("expression", "value", "shown"),
    [
        ("v | number", told("1", raw=12345), "12.345"),
        ("v | number(1)", 2.25, "2,2"),
        ("v | percent", 12.5, f"12,5{NARROW}%"),
        ("v | percent(0)", told("x", raw=12), f"12{NARROW}%"),
        ("v | rupiah", 1_500_000, f"Rp{NBSP}1,5{NBSP}juta"),
        ("v | rupiah_full", 1_500_000.4, f"Rp{NBSP}1.500.000"),
        ("v | words", told("3", raw=3), "tiga"),
        ("v | date", date(2026, 1, 2), f"2{NBSP}Januari{NBSP}2026"),
        ("v | month", date(2026, 1, 2), f"Januari{NBSP}2026"),
        ("v | lower_first", told("Jumlah Warga"), "jumlah Warga"),
        ("v | upper_first", "jumlah", "Jumlah"),
        ("v | sentence", "jumlah", "Jumlah."),
        ("v | ended", "jumlah", "jumlah."),
        ("v | ended", "jumlah.", "jumlah."),
        ("v | upper", "jumlah", "JUMLAH"),
        ("v | listed", ("a", told("b"), "c"), "a, b, dan c"),
        ("v | listed", ("a", "b"), "a dan b"),
        ("v | length", ("a", "b"), "2"),
        ("v | sourced", told("x"), "x"),
        ("v | sourced", Sourced((Text("5"),), (), 5, told("5 (2025)")), "5 (2025)"),
        ("v | number", HOLE, "[Isi: jumlah — Bappeda]"),
        ("v | percent", HOLE, "[Isi: jumlah — Bappeda]"),
        ("v | rupiah", HOLE, "[Isi: jumlah — Bappeda]"),
        ("v | rupiah_full", HOLE, "[Isi: jumlah — Bappeda]"),
        ("v | lower_first", HOLE, "[Isi: jumlah — Bappeda]"),
    ],
)
def test_what_a_filter_prints(page: Page, expression: str, value: object, shown: str) -> None:
    (block,) = page.read(f"Ada {{{{ {expression} }}}} saja.", {"v": value})
    assert words(block) == f"Ada {shown} saja."


def test_strong_and_emphasis_are_runs(page: Page) -> None:
    (block,) = page.read("{{ v | strong }} dan {{ v | emphasis }}", {"v": told("*x*")})
    assert isinstance(block, Paragraph)
    assert block.content == (Strong((Text("*x*"),)), Text(" dan "), Emphasis((Text("*x*"),)))


@pytest.mark.parametrize("name", sorted(set(FILTERS) - {"length", "date", "month", "listed"}))
def test_a_filtered_value_still_states_its_reason(page: Page, name: str) -> None:
    (block,) = page.read(f"{{{{ v | {name} }}}}", {"v": told("5", "fact:x", raw=5)})
    assert block.because == ("fact:x",)


def test_a_series_states_what_its_members_state(page: Page) -> None:
    (block,) = page.read("{{ v | listed }}", {"v": (told("a", "fact:a"), told("b", "fact:b"))})
    assert block.because == ("fact:a", "fact:b")


@pytest.mark.parametrize("name", ["number", "percent", "rupiah", "rupiah_full", "words"])
@pytest.mark.parametrize("value", ["tiga", told("tiga"), True, told("x", raw=True)])
def test_words_are_no_numbers(page: Page, name: str, value: object) -> None:
    with pytest.raises(TemplateFailedError, match="expected a number"):
        page.read(f"{{{{ v | {name} }}}}", {"v": value})


@pytest.mark.parametrize(
    "name",
    [
        "sort",
        "select",
        "reject",
        "selectattr",
        "map",
        "sum",
        "round",
        "groupby",
        "unique",
        "batch",
        "safe",
        "join",
        "attr",
        "abs",
        "default",
        "first",
        "last",
        "tojson",
        "replace",
        "pprint",
    ],
)
def test_filters_that_compute_or_choose_are_not_there(page: Page, name: str) -> None:
    with pytest.raises(TemplateFailedError, match=f"No filter named '{name}'"):
        page.read(f"Satu.\n\n{{{{ v | {name} }}}}", {"v": (1, 2)})


@pytest.mark.parametrize("name", ["range", "dict", "lipsum", "cycler", "joiner", "namespace"])
def test_globals_of_jinja_are_not_there(page: Page, name: str) -> None:
    with pytest.raises(TemplateFailedError, match="undefined"):
        page.read(f"{{{{ {name}(1) }}}}")


def test_tests_of_jinja_are_few(tmp_path: Path) -> None:
    assert sorted(TemplateEnvironment(tmp_path).tests) == ["defined", "divisibleby", "even", "none", "odd", "sameas"]


def test_every_filter_is_documented() -> None:
    assert [name for name, filter in FILTERS.items() if not filter.__doc__] == []
