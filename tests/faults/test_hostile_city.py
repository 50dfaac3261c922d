"""Hostile text in every text field of a city, through to the files: it is printed as letters and does nothing.

Every field of the schema that holds free text gets the same payload, the city is built, and each file is compared with
the one of a harmless city: as many formulas, links, attachments and calendar properties, none of them from the payload.
"""

from __future__ import annotations

import dataclasses
import sys
import types
import typing
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import icalendar
import openpyxl
import pytest
import yaml
from lxml import etree
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject

from generator.build import build_city
from generator.model.city import Assessment, City
from generator.model.programs import OwnPrograms
from generator.sources.cities import load_city
from generator.sources.content import load_content
from tests.compose.small import SLUG, lay

PAYLOADS = (
    "{{ 7 * 7 }}",
    "{% include '/etc/passwd' %}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{# catatan #} {% raw %}",
    "${7*7} #{7*7} <%= 7 %>",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<img src='file:///etc/passwd'>",
    "</style></title><link rel=stylesheet href=http://127.0.0.1:9/x.css>",
    "<svg onload=alert(1)><foreignObject/></svg>",
    "&lt;b&gt; &amp;amp; &#60;",
    "]]> <!-- -->",
    "<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>&y;",
    "<w:r><w:t>x</w:t></w:r>",
    "<w:instrText>INCLUDETEXT /etc/passwd</w:instrText>",
    '{ DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc" }',
    "<?xml version='1.0'?>",
    '#import "@preview/x:1.0.0": *',
    '#read("/etc/passwd")',
    '#image("/etc/passwd")',
    "#set page(fill: red)",
    '#eval("1 + 1") #sys.inputs',
    "*a* _b_ `c` $ x^2 $ @ref <label>",
    "\\u{202e} \\# \\* // x /* y */",
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1)",
    '=HYPERLINK("http://127.0.0.1:9","x")',
    "=cmd|' /C calc'!A0",
    '=WEBSERVICE("http://127.0.0.1:9")',
    "{=1+1}",
    "# Judul",
    "[tautan](javascript:alert(1))",
    "[tautan](http://127.0.0.1:9)",
    "![x](file:///etc/passwd)",
    "| a | b |",
    "```sh x```",
    '!!! temuan "x"',
    "> kutip",
    "{: #id .lead }",
    "javascript:alert(1)",
    "http://127.0.0.1:9/x",
    "file:///etc/passwd",
    "../../../../etc/passwd",
    "C:\\x\\CON NUL",
    "url(file:///etc/passwd) expression(alert(1))",
    "@import 'http://127.0.0.1:9/x.css';",
    "'; DROP TABLE x; --",
    "$(id) `id` |id; id",
    "%s%s%n%x {0} %(x)s",
    "BEGIN:VALARM;X=1,2\\nEND:VEVENT",
    "a\u0301\u0302\u0303 \u200b\u2028 💥 \U0001f468\u200d\U0001f469",
    "x" * 3000,
)
HARMLESS = "Kata biasa"
CLOSED = {
    # Codes, ids, closed choices and names of files: checked against lists, refused with a place where they do not fit.
    "Fact.unit",
    "City.code", "City.type", "City.traits", "City.emblem", "Mission.id", "Mission.dimensions", "PlanDocument.id",
    "Assessment.status", "Answer.evidence", "OwnProgram.id", "OwnProgram.action", "OwnProgram.dimension",
    "OwnProgram.subdimension", "OwnProgram.kind", "OwnProgram.lead", "OwnProgram.funds", "OwnProgram.addresses",
    "Baseline.indicator", "Baseline.fact",
    # Text that stands where a link is wanted is judged by its own test in tests/sources.
    "Answer.link",
}  # fmt: skip


def city(text: str) -> dict[str, Any]:
    person = {"name": text, "since": text, "source": text}
    return {
        "code": "00.71",
        "name": text,
        "type": "kota",
        "province": text,
        "capital": text,
        "island_group": text,
        "leaders": {"head": person, "deputy": person, "secretary": person},
        "rpjmd": {"start": 2025, "end": 2029, "regulation": text, "source": text},
        "vision": {"text": text, "source": text},
        "missions": [{"id": "tertata", "text": text, "dimensions": ["service"], "source": text}],
        "neighbours": [{"name": text, "side": text, "source": text}],
        "documents": [{"id": "rtrw", "name": text, "regulation": text, "direction": text, "source": text}],
        "facts": {
            "population": {"value": 80000, "year": 2025, "source": text, "note": text},
            "motto": {"value": text, "source": text},
        },
        "opd": {"office": text},
        "budget": {"apbd": 600_000_000_000, "year": 2026, "source": text},
        "mentoring": {"start": "2026-03-02", "mentors": [person], "officer": person},
        "version": text,
        "date": "2026-02-27",
    }


def assessment(text: str) -> dict[str, Any]:
    told = {"source": text, "note": text, "by": text, "evidence": "statement", "year": 2025}
    levels = {name: {"level": 1, **told} for name in ("ser-1", "ser-2", "ter-1", "tra-1", "peo-1")}
    return {"status": "draft", "date": "2026-02-16", "by": text, "answers": levels}


def programs(text: str) -> dict[str, Any]:
    kpi = {"kpi": text, "unit": text, "measure": text, "targets": {1: text, 2: "95", 5: text}}
    own = {
        "id": "own-satu",
        "name": text,
        "dimension": "service",
        "subdimension": "counter",
        "kind": "works",
        "aim": text,
        "description": text,
        "lead": "office",
        "rpjmd": text,
        "addresses": ["ser-1-low"],
        "outputs": [kpi],
        "source": text,
        "budget": {2026: 100_000_000},
    }
    off = {"id": "prg-tra-3", "action": "off", "reason": text}
    return {"programs": [own, off]}


def text_fields(kind: Any, seen: set[Any]) -> Iterator[str]:
    """Yield 'Type.field' of every field of a schema that holds text, nested ones too."""
    if kind in seen:
        return
    seen.add(kind)
    hints = typing.get_type_hints(kind)
    for field in dataclasses.fields(kind):
        for leaf in leaves(hints[field.name]):
            if leaf is str:
                yield f"{kind.__name__}.{field.name}"
            elif dataclasses.is_dataclass(leaf):
                yield from text_fields(leaf, seen)


def leaves(hint: Any) -> Iterator[Any]:
    origin = typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType, tuple, list, typing.Annotated, dict):
        for part in typing.get_args(hint)[1 if origin is dict else 0 :]:
            yield from leaves(part)
    else:
        yield hint


def holders(value: Any, text: str) -> Iterator[str]:
    """Yield 'Type.field' of every field below a value that holds the text."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            part = getattr(value, field.name)
            parts = part.values() if isinstance(part, Mapping) else part if isinstance(part, tuple) else (part,)
            if any(isinstance(leaf, str) and leaf == text for leaf in parts):
                yield f"{type(value).__name__}.{field.name}"
            for leaf in parts:
                yield from holders(leaf, text)


def test_every_text_field_of_the_schema_gets_the_payload(tmp_path: Path) -> None:
    fields = {name for kind in (City, Assessment, OwnPrograms) for name in text_fields(kind, set())}
    assert len(fields) > 40
    workspace = lay_with_words(tmp_path / "workspace")
    fill(workspace, HARMLESS)
    content, _ = load_content(workspace)
    assert content is not None
    dossier, found = load_city(workspace, SLUG, content)
    assert dossier is not None, [str(item) for item in found]
    reached = {
        name for part in (dossier.city, dossier.assessment, dossier.programs) for name in holders(part, HARMLESS)
    }
    assert sorted(fields - CLOSED - reached) == []


# --- what a build does beside making files ---------------------------------------------------------------------------

_watched: list[str] | None = None


def _audit(event: str, told: tuple[Any, ...]) -> None:
    if _watched is None:
        return
    if event in ("socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system", "os.exec", "urllib.Request"):
        _watched.append(f"{event} {told!r}"[:200])
    if event == "open" and str(told[0]).startswith(("/etc/passwd", "/etc/shadow")):
        _watched.append(f"open {told[0]}")


sys.addaudithook(_audit)


def fill(workspace: Path, text: str) -> None:
    """Write the text into every text field of the city."""
    folder = workspace / "cities" / SLUG
    for name, data in (("city", city(text)), ("assessment", assessment(text)), ("programs", programs(text))):
        plain = yaml.safe_dump(data, allow_unicode=True, width=100_000).replace("'2026-03-02'", "2026-03-02")
        plain = plain.replace("'2026-02-27'", "2026-02-27").replace("'2026-02-16'", "2026-02-16")
        (folder / f"{name}.yaml").write_text(plain, encoding="utf-8")


def watched(workspace: Path, out: Path, text: str) -> tuple[Path, list[str]]:
    """Build a city whose every text is `text`; return its folder and what the build did that it must not."""
    global _watched  # an audit hook cannot be taken away again
    fill(workspace, text)
    _watched = []
    try:
        result = build_city(workspace, SLUG, out, engine="typst")
        done = list(_watched)
    finally:
        _watched = None
    assert not result.failed, "\n".join(map(str, result.diagnostics))
    return out / SLUG, done


def docx_texts(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    return "".join(root.itertext("{*}t"))


def docx_shape(path: Path) -> tuple[set[str], Counter[str]]:
    """Targets outside of the package, and how many fields of each kind."""
    outside: set[str] = set()
    fields: Counter[str] = Counter()
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                root = etree.fromstring(archive.read(name), etree.XMLParser(resolve_entities=False))
                assert root.getroottree().docinfo.internalDTD is None
                outside |= {node.get("Target") for node in root.iter("{*}Relationship") if node.get("TargetMode")}
                fields.update(
                    (node.text or "").split()[0] for node in root.iter("{*}instrText") if (node.text or "").split()
                )
    return outside, fields


def formulas(path: Path) -> set[tuple[str, str, str]]:
    book = openpyxl.load_workbook(path)
    return {
        (sheet.title, cell.coordinate, str(cell.value))
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


def pdf_actions(path: Path) -> set[str]:
    """Kinds of actions and their addresses, and whatever a PDF can run or hold."""
    found: set[str] = set()
    reader = PdfReader(BytesIO(path.read_bytes()))
    for number in range(1, len(reader.xref_objStm) + sum(map(len, reader.xref.values())) + 1):
        thing = reader.get_object(IndirectObject(number, 0, reader))
        if isinstance(thing, DictionaryObject):
            found |= {str(name) for name in thing if name in ("/JS", "/JavaScript", "/Launch", "/EmbeddedFile", "/AA")}
            action = thing.get("/A")
            if isinstance(action, DictionaryObject):
                found.add(f"{action.get('/S')} {action.get('/URI', '')}")
    return found


def calendar_shape(path: Path) -> Counter[str]:
    calendar = icalendar.Calendar.from_ical(path.read_bytes())
    return Counter(f"{part.name}.{name}" for part in calendar.walk() for name in part)


@dataclasses.dataclass(frozen=True)
class Shape:
    """What a payload must not change."""

    links: set[str]
    fields: Counter[str]
    formulas: set[tuple[str, str, str]]
    actions: set[str]
    calendar: Counter[str]


def shape(folder: Path) -> Shape:
    links, fields = docx_shape(folder / "Buku-Kecil.docx")
    return Shape(
        links=links,
        fields=Counter(fields.keys()),
        formulas=formulas(folder / "rencana-aksi.xlsx"),
        actions=pdf_actions(folder / "Buku-Kecil.pdf"),
        calendar=calendar_shape(folder / "kalender.ics"),
    )


def lay_with_words(folder: Path) -> Path:
    """Lay the small framework with a fact that is not a number."""
    workspace = lay(folder)
    with (workspace / "content/facts/all.yaml").open("a", encoding="utf-8") as facts:
        facts.write("- id: motto\n  name: Semboyan\n  kind: text\n  supplied_by:\n  - office\n")
    return workspace


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay_with_words(tmp_path_factory.mktemp("hostile") / "workspace")


@pytest.fixture(scope="module")
def harmless(place: Path) -> Shape:
    folder, done = watched(place, place.parent / "harmless", HARMLESS)
    assert done == []
    return shape(folder)


def squeezed(text: str) -> str:
    return "".join(text.split()).replace("\u200b", "")


@pytest.mark.slow
@pytest.mark.parametrize("payload", PAYLOADS, ids=lambda text: text[:24].encode("ascii", "replace").decode())
def test_a_payload_is_letters(place: Path, tmp_path: Path, harmless: Shape, payload: str) -> None:
    folder, done = watched(place, tmp_path / "out", payload)
    assert done == []
    assert squeezed(payload) in squeezed(docx_texts(folder / "Buku-Kecil.docx"))
    found = shape(folder)
    for name in ("links", "fields", "formulas", "actions", "calendar"):
        assert getattr(found, name) == getattr(harmless, name), name


def test_there_are_enough_payloads() -> None:
    assert len(set(PAYLOADS)) >= 40
