"""Hostile text in every text field of a city: it is read as text, word for word, or refused with a place."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.model.diagnostics import Severity
from generator.sources.cities import load_city
from generator.sources.content import load_content

PAYLOADS = (
    *(
        "{{ 7*7 }}",
        "{% include '/etc/passwd' %}",
        "{{ ''.__class__.__mro__ }}",
        "{# x #}",
        "${7*7}",
        "#{7*7}",
        "<%= 7 %>",
    ),
    *("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<b>tebal</b>", "&lt;&amp;", "]]>", "<!--", "-->"),
    *(
        "<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>",
        "&y;",
        "<w:r><w:t>x</w:t></w:r>",
        "<?xml version='1.0'?>",
    ),
    *('#import "x"', "#set page()", "*a* _b_ `c`", "$ x^2 $", '#eval("1")', "@ref", "<label>", "\\u{202e}"),
    *("=1+1", "+1+1", "-1+1", "@SUM(1)", '=HYPERLINK("http://x")', "=cmd|' /C calc'!A0", "\t=1"),
    *("# Judul", "[tautan](javascript:alert(1))", "![x](file:///etc/passwd)", "| a | b |", "```", "---", "> kutip"),
    *("url(file:///etc/passwd)", "expression(alert(1))", "</style>", "../../etc/passwd", "file:///etc/passwd", "C:\\x"),
    *(
        "'; DROP TABLE x; --",
        "%s%s%n",
        "{0}",
        "\u200b",
        "a\u0301",
        "💥",
        "\u2028",
        "x" * 10_000,
        "$(id)",
        "`id`",
        "|id",
    ),
    *("\x00", "\x1b[31m", "\ue000", "\u202e", "\ufffe"),
)
REFUSED = ("\x00", "\x1b[31m", "\ue000", "\u202e", "\ufffe")


def text_paths(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the paths of every text value."""
    if isinstance(data, str):
        yield path
    elif isinstance(data, Mapping):
        for key, part in data.items():
            yield from text_paths(part, (*path, key))
    elif isinstance(data, list):
        for index, part in enumerate(data):
            yield from text_paths(part, (*path, index))


FREE: dict[str, Any] = {
    "code": "99.01",
    "name": "Contoh",
    "type": "kota",
    "province": "Contoh Raya",
    "capital": "x",
    "island_group": "x",
    "leaders": {
        "head": {"name": "x", "since": "x", "source": "x"},
        "deputy": {"name": "x", "since": "x", "source": "x"},
        "secretary": {"name": "x", "since": "x", "source": "x"},
    },
    "rpjmd": {"start": 2025, "end": 2029, "regulation": "x", "source": "x"},
    "vision": {"text": "x", "source": "x"},
    "missions": [{"id": "m", "text": "x", "dimensions": ["one"], "source": "x"}],
    "documents": [{"id": "d", "name": "x", "regulation": "x", "direction": "x", "source": "x"}],
    "facts": {"note": {"value": "x", "source": "x", "note": "x"}},
    "opd": {"planning": "x"},
    "budget": {"apbd": 1_000_000_000_000, "year": 2026, "source": "x"},
    "mentoring": {
        "start": "2026-03-02",
        "mentors": [{"name": "x", "since": "x", "source": "x"}],
        "officer": {"name": "x", "since": "x", "source": "x"},
    },
    "emblem": "x.png",
    "version": "x",
    "date": "2026-02-27",
}
PATHS = [
    path for path in text_paths(FREE) if path[-1] not in ("date", "start", "type", "code") and "dimensions" not in path
]


def test_every_text_field_of_a_city_is_tried() -> None:
    from generator.model.city import City, Fact, Mission, Person, PlanDocument

    named = {str(part) for path in PATHS for part in path} | {"type", "code", "date", "start", "dimensions"}
    for kind in (City, Fact, Mission, Person, PlanDocument):
        for field in dataclasses.fields(kind):
            if "str" in str(field.type) or field.name in ("leaders", "missions", "documents"):
                assert field.name in named or field.name in ("traits", "unit", "series"), (kind, field.name)


def replaced(path: tuple[Any, ...], value: str) -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load(yaml.safe_dump(FREE))
    here: Any = data
    for step in path[:-1]:
        here = here[step]
    here[path[-1]] = value
    return data


def look_up(value: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        value = value[step] if isinstance(value, Mapping | tuple) else getattr(value, step)
    return value


@pytest.mark.parametrize("path", PATHS, ids=lambda path: ".".join(map(str, path)))
def test_hostile_text_stays_text(tiny: Path, path: tuple[Any, ...]) -> None:
    content, _ = load_content(tiny)
    assert content is not None
    city = tiny / "cities" / "kota-contoh" / "city.yaml"
    for payload in PAYLOADS:
        data = replaced(path, payload)
        city.write_text(yaml.dump(data, Dumper=yaml.CSafeDumper, width=100_000), encoding="utf-8")
        dossier, found = load_city(tiny, "kota-contoh", content)
        if payload in REFUSED:
            assert dossier is None
            assert "MP006" in [item.code for item in found]
            assert all(item.place.line for item in found if item.code == "MP006")
        elif path == ("emblem",) or path[-1] == "id" or path in (("name",), ("province",)):
            assert all(item.severity is Severity.WARNING or item.place.line for item in found)
        else:
            assert dossier is not None, (payload, [str(item) for item in found])
            assert look_up(dossier.city, path) == payload.strip()
