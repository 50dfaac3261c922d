"""Edits of YAML texts: the value changes, every other byte stays."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.sources.files import FORBIDDEN
from generator.sources.yaml import parse_yaml
from generator.sources.yaml_edit import DELETE, EditError, Entries, edit_yaml, merged

TEXT = """\
# head
name: 'Kota'   # quoted
flow: {a: 1, b: [1, 2],  c: "x"}  # tail

block:
    deep:  # odd indent
        one: 1
        two: >-
            folded
            text
    last: yes
# before the list
items:
- id: p      # not indented
  title: P
- {id: q, title: Q}
empty:
none: {}
"""


@pytest.mark.parametrize(
    ("patch", "old", "new"),
    [
        ({"name": "Desa"}, "name: 'Kota'   #", "name: Desa   #"),
        ({"name": "yes"}, "name: 'Kota'   #", "name: 'yes'   #"),
        ({"name": "12:30"}, "name: 'Kota'   #", "name: '12:30'   #"),
        ({"name": "a\nb"}, "name: 'Kota'   #", 'name: "a\\nb"   #'),
        ({"flow": {"a": 2.5}}, "{a: 1,", "{a: 2.5,"),
        ({"flow": {"a": DELETE}}, "{a: 1, b", "{b"),
        ({"flow": {"c": DELETE}}, ',  c: "x"}', "}"),
        ({"flow": {"c": DELETE, "d": 1}}, ',  c: "x"}', ", d: 1}"),
        ({"flow": {"d": dt.date(2026, 3, 1)}}, '"x"}', '"x", d: 2026-03-01}'),
        ({"block": {"deep": {"two": "new"}}}, "two: >-\n            folded\n            text\n", "two: new\n"),
        ({"block": {"deep": {"two": DELETE}}}, "        two: >-\n            folded\n            text\n", ""),
        ({"block": {"deep": {"three": 3}}}, "            text\n", "            text\n        three: 3\n"),
        ({"block": {"last": False}}, "last: yes", "last: false"),
        ({"items": Entries({"p": {"title": "PP"}})}, "title: P\n", "title: PP\n"),
        ({"items": Entries({"q": {"more": True}})}, "title: Q}", "title: Q, more: true}"),
        ({"items": Entries({"r": {"title": "R"}})}, "title: Q}\n", "title: Q}\n- id: r\n  title: R\n"),
        ({"items": Entries({"p": DELETE})}, "- id: p      # not indented\n  title: P\n", ""),
        ({"items": Entries({"q": DELETE})}, "- {id: q, title: Q}\n", ""),
        ({"items": Entries({"q": DELETE, "r": {"a": 1}})}, "- {id: q, title: Q}\n", "- id: r\n  a: 1\n"),
        ({"items": Entries({"gone": DELETE})}, "items:", "items:"),
        (
            {"items": Entries({"p": DELETE, "q": DELETE})},
            "items:\n- id: p      # not indented\n  title: P\n- {id: q, title: Q}",
            "items: []",
        ),
        ({"empty": {"k": 1}}, "empty:\n", "empty:\n  k: 1\n"),
        ({"none": {"k": 1}}, "none: {}", "none:\n  k: 1"),
        ({"new": {"k": {"v": 1}}}, "none: {}\n", "none: {}\nnew:\n  k: {v: 1}\n"),
        ({"flow": {"a": DELETE, "b": DELETE, "c": DELETE}}, '{a: 1, b: [1, 2],  c: "x"}', "{}"),
        ({"block": DELETE}, TEXT[TEXT.index("block:") : TEXT.index("# before")], ""),
    ],
)
def test_one_place_changes(patch: dict[str, Any], old: str, new: str) -> None:
    assert TEXT.count(old) == 1
    assert edit_yaml(TEXT, patch) == TEXT.replace(old, new)


@pytest.mark.parametrize(
    ("gone", "new", "rest"),
    [
        ("a", {}, "[{id: b}, {id: c}]"),
        ("b", {}, "[{id: a}, {id: c}]"),
        ("c", {}, "[{id: a}, {id: b}]"),
        ("ab", {}, "[{id: c}]"),
        ("bc", {"d": {"k": 1}}, "[{id: a}, {id: d, k: 1}]"),
        ("ac", {}, "[{id: b}]"),
        ("abc", {}, "[]"),
        ("abc", {"d": {}}, "[{id: d}]"),
    ],
)
def test_entries_of_a_list_in_brackets_go(gone: str, new: dict[str, Any], rest: str) -> None:
    text = "x: [{id: a}, {id: b}, {id: c}]  # end\n"
    assert edit_yaml(text, {"x": Entries({**dict.fromkeys(gone, DELETE), **new})}) == f"x: {rest}  # end\n"


def test_line_ends_stay() -> None:
    text = TEXT.replace("\n", "\r\n")
    done = edit_yaml(text, {"name": "Desa", "new": 1})
    assert "\n" not in done.replace("\r\n", "")


def test_files_of_comments_alone_are_filled() -> None:
    assert edit_yaml("# only this\n", {"a": {"b": 1}}) == "# only this\na: {b: 1}\n"


def test_an_alias_is_refused_rather_than_its_anchor_changed() -> None:
    text = "a: &x {k: 1}\nb: *x\n"
    with pytest.raises(EditError):
        edit_yaml(text, {"b": {"k": 2}})
    with pytest.raises(EditError):
        edit_yaml(text, {"a": {"k": 2}})
    with pytest.raises(EditError):
        edit_yaml("a: &x 1\nb: *x\n", {"a": 2})


@pytest.mark.parametrize("text", ["- 1\n", "a: [\n", "a: 1\n---\nb: 2\n"])
def test_what_is_no_mapping_is_refused(text: str) -> None:
    with pytest.raises(EditError):
        edit_yaml(text, {"a": 1})


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cn", "Co"))).filter(
    lambda text: FORBIDDEN.search(text) is None and not any(mark in text for mark in "\r\u0085\u2028\u2029\ufeff")
)
SCALARS = st.one_of(WORDS, st.integers(-(10**15), 10**15), st.floats(-1e9, 1e9), st.booleans(), st.dates())
KEYS = st.sampled_from(["name", "a", "b", "c", "new", "flow", "block", "deep", "one", "two", "last", "x1"])
PATCHES = st.dictionaries(
    KEYS,
    st.recursive(
        st.one_of(SCALARS, st.just(DELETE)), lambda inner: st.dictionaries(KEYS, inner, min_size=1), max_leaves=6
    ),
)


@given(PATCHES)
def test_any_patch_comes_out_as_meant(patch: dict[str, Any]) -> None:
    done = edit_yaml(TEXT, patch)
    assert parse_yaml(done, "").data == merged(parse_yaml(TEXT, "").data, patch)
    assert "# before the list" in done


@given(WORDS)
def test_any_text_can_be_written(text: str) -> None:
    done = edit_yaml("a: 1\nb: {c: 2}\n", {"a": text, "b": {"c": text}})
    assert parse_yaml(done, "").data == {"a": text, "b": {"c": text}}
