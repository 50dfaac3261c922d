"""YAML to data with places: spoiled files, each with the diagnostic that it has to give."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from generator.model.diagnostics import Severity
from generator.sources.yaml import MAX_DEPTH, MAX_NODES, parse_yaml, read_yaml

BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{new}: &{new} [{', '.join(['*' + old] * 9)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)


def places(text: str) -> list[tuple[str, int | None, int | None]]:
    return [(item.code, item.place.line, item.place.column) for item in parse_yaml(text, "f.yaml").diagnostics]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [("MP017", 1, 1)]),
        ("# only words\n\n", [("MP017", 1, 1)]),
        ("~\n", [("MP017", 1, 1)]),
        ("a: 1\nb: 2\na: 3\n", [("MP009", 3, 1)]),
        ("a: {b: 1, b: 2}\na: 3\n", [("MP009", 1, 11), ("MP009", 2, 1)]),
        ("a:\n\tb: 1\n", [("MP008", 2, 1)]),
        ("a:\n  b: 1\n \tc: 2\n", [("MP008", 3, 2)]),
        ("a: b: c\n", [("MP007", 1, 5)]),
        ("a: [1, 2\nb: 3\n", [("MP007", 2, 2)]),
        ("a: 'x\n", [("MP007", 2, 1)]),
        ("a: @x\n", [("MP007", 1, 4)]),
        ('a: "\\q"\n', [("MP007", 1, 5)]),
        ("a: !!python/object/apply:os.system [x]\n", [("MP011", 1, 4)]),
        ("!x\na: 1\n", [("MP011", 1, 1)]),
        ("a: !!str 1\n", [("MP011", 1, 4)]),
        ("a: 1\n---\nb: 2\n", [("MP012", 2, 1)]),
        ("a: *nothing\n", [("MP013", 1, 4)]),
        ("a: &x [1, *x]\n", [("MP013", 1, 11)]),
        ("a: &x {b: *x}\n", [("MP013", 1, 11)]),
        ("[" * (MAX_DEPTH + 1), [("MP014", 1, MAX_DEPTH + 1)]),
        (BOMB, [("MP015", 6, 12)]),
        ("a: [" + "1," * (MAX_NODES + 5) + "]\n", [("MP015", 1, 5 + 2 * (MAX_NODES - 1))]),
        ("1.5: a\n", [("MP010", 1, 1)]),
        ("yes: a\n~: b\n2020-01-01: c\n", [("MP010", 1, 1), ("MP010", 2, 1), ("MP010", 3, 1)]),
        ("? [a, b]\n: 1\n? {c: d}\n: 2\n", [("MP010", 1, 3), ("MP010", 3, 3)]),
        ("a: &x {b: 1}\nc:\n  <<: *x\n", [("MP010", 3, 3)]),
        ("a: 012\nb: 0b12\n", [("MP016", 1, 4)]),
        ("a: " + "9" * 19 + "\n", [("MP016", 1, 4)]),
        ("a: " + "9" * 100_000 + "\n", [("MP016", 1, 4)]),
        ("a: .inf\nb: -.inf\nc: .nan\n", [("MP016", 1, 4), ("MP016", 2, 4), ("MP016", 3, 4)]),
        ("a: 2026-02-30\n", [("MP016", 1, 4)]),
        ('a: "\\x00"\nb: "\\ue000"\n', [("MP006", 1, 4), ("MP006", 2, 4)]),
        ("a: 1\nb: 012\nb: 3\nc: *d\n", [("MP016", 2, 4), ("MP009", 3, 1), ("MP013", 4, 4)]),
    ],
)
def test_spoiled_text_gives_every_fault_with_its_place(text: str, expected: list[tuple[str, int, int]]) -> None:
    assert places(text) == expected


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("a: b: c\n", "in quotes"),
        ("a: {b: x, y: z\n", "close every bracket"),
        ("a:\n  - b\n c: d\n", "check the indentation"),
        ("a: %x\n", "in quotes"),
        ("a: *\n", "begins with '*'"),
    ],
)
def test_syntax_errors_say_what_to_do(text: str, hint: str) -> None:
    (item,) = parse_yaml(text, "f.yaml").diagnostics
    assert item.code == "MP007"
    assert hint in (item.hint or "")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: 1_250_000_000", 1_250_000_000),
        ("a: -7", -7),
        ("a: 0", 0),
        ("a: 0x1F", 31),
        ("a: 12.5", 12.5),
        ("a: 1_000.5", 1000.5),
        ("a: 12:30", "12:30"),
        ("a: 12:30.5", "12:30.5"),
        ("a: 1e5", "1e5"),
        ("a: yes", True),
        ("a: Off", False),
        ("a: y", "y"),
        ("a: ~", None),
        ("a:", None),
        ("a: null", None),
        ("a: 2026-03-02", date(2026, 3, 2)),
        ("a: 2026-03-02 10:00:00", "2026-03-02 10:00:00"),
        ("a: '012'", "012"),
        ('a: "yes"', "yes"),
        ("a: =", "="),
        ("a: >-\n  satu\n  dua", "satu dua"),
        ("a: &x [1]", [1]),
        ("\ufeffa: 1", 1),
    ],
)
def test_plain_words_are_read_as_people_mean_them(text: str, value: object) -> None:
    file = parse_yaml(text.removeprefix("\ufeff"), "f.yaml")
    assert not file.diagnostics
    assert file.data == {"a": value}
    assert type(file.data["a"]) is type(value)


def test_integer_keys_stay_integers() -> None:
    assert parse_yaml("levels: {0: nol, 1: satu, '2': dua}", "f.yaml").data == {
        "levels": {0: "nol", 1: "satu", "2": "dua"}
    }


def test_aliases_share_what_they_name_and_places_follow() -> None:
    file = parse_yaml("a: &x\n  b: [1, 2]\nc: *x\n", "f.yaml")
    assert file.data["c"] == {"b": [1, 2]}
    assert str(file.positions.value(("c", "b", 1))) == "f.yaml:2:10"


def test_places_of_values_keys_and_what_is_not_there() -> None:
    text = "city:\n  name: Medan\n  facts:\n    - {id: a, value: 1}\n    - {id: b}\n"
    spots = parse_yaml(text, "f.yaml").positions
    assert str(spots.value(("city", "name"))) == "f.yaml:2:9"
    assert str(spots.key(("city", "name"))) == "f.yaml:2:3"
    assert str(spots.value(("city", "facts", 1, "id"))) == "f.yaml:5:12"
    assert str(spots.value(("city", "facts", 1, "value"))) == "f.yaml:5:7"
    assert str(spots.value(("nowhere", 3))) == "f.yaml:1:1"


def test_the_number_of_reports_is_limited() -> None:
    found = parse_yaml("".join(f"a: {index}\n" for index in range(5_000)), "f.yaml").diagnostics
    assert 50 < len(found) < 200
    assert "not read" in found[-1].message


def test_a_file_of_the_workspace(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("a: 1\nb: \x07\n", encoding="utf-8")
    file = read_yaml(tmp_path / "a.yaml", tmp_path)
    assert [(item.code, item.place.line) for item in file.diagnostics] == [("MP006", 2)]
    assert file.data is None
    assert file.sha256


# --- laws ------------------------------------------------------------------------------------------------------------

_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Co", "Cc", "Cn", "Cf")), max_size=30)
_KEYS = _TEXT | st.integers(-(10**12), 10**12)
_DATA = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**15), 10**15)
    | st.floats(allow_nan=False, allow_infinity=False)
    | _TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_KEYS, inner, max_size=4),
    max_leaves=20,
)


@given(st.dictionaries(_KEYS, _DATA, min_size=1, max_size=5))
@settings(max_examples=150, deadline=None)
def test_reading_what_was_written_gives_it_back(data: dict[object, object]) -> None:
    file = parse_yaml(yaml.safe_dump(data, allow_unicode=True), "f.yaml")
    assert not file.diagnostics
    assert file.data == data


_PIECES = st.sampled_from(
    (
        *("a: ", "- ", "\n", "  ", "\t", "{", "}", "[", "]", ", ", "&x ", "*x", "!!str ", "'", '"', ">-\n", "#", "? "),
        *(": ", "---\n", "...", "yes", "012", "1e999", ".nan", "2026-13-40", "<<: ", "\\x00", "\u2028", "\ue000"),
        *("%YAML 1.1\n", "=", "~", "9" * 25),
    )
)


@given(st.lists(_PIECES | st.text(max_size=5), max_size=40).map("".join))
@example("? ? ? a\n")
@example("&x [*x, {*x : *x}]")
@example("\x85a: 1")
@settings(max_examples=400, deadline=None)
def test_no_text_raises(text: str) -> None:
    file = parse_yaml(text, "f.yaml")
    assert file.data is not None or any(item.severity is Severity.ERROR for item in file.diagnostics)
    assert all(item.place.file == "f.yaml" for item in file.diagnostics)


@given(st.binary(max_size=200))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_bytes_raise(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "f.yaml"
    path.write_bytes(data)
    file = read_yaml(path, tmp_path)
    assert file.data is not None or file.diagnostics


@pytest.mark.parametrize(
    "text", ["a: {b: [1, yes, 'x']}\nc: 2026-01-01\n", "a: 1\na: 2\n", "a: [1\n", "a: !!x 1\n", "a: \x07\n"]
)
def test_without_the_c_library_the_answers_are_the_same(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    fast = parse_yaml(text, "f.yaml")
    monkeypatch.setattr("generator.sources.yaml._Loader", yaml.SafeLoader)
    slow = parse_yaml(text, "f.yaml")
    assert slow.data == fast.data
    assert [item.code for item in slow.diagnostics] == [item.code for item in fast.diagnostics]


@pytest.mark.parametrize(
    "piece", ["[", "{", "- ", "? ", "&a ", "*a ", "'", '"', "\n", "a: 1\n", "!", "%", "9", "1:2", "a:\n "]
)
def test_five_megabytes_of_anything_come_to_an_end(piece: str) -> None:
    file = parse_yaml(piece * (5_000_000 // len(piece)), "f.yaml")
    assert file.data is not None or file.diagnostics
