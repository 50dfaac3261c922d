"""`docs/data.md`: every kind of YAML file with its keys, made from the JSON Schemas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.sources.json_schema import FILE_KINDS, FileKind, schema_of

_HEAD = """\
# Data

Made from the types that read the files (`generator/model/`); write it anew with `python -m tests.tools.data_page`.

`masterplan schema` writes the same as JSON Schema to `schema/` of the workspace, and `masterplan init` puts a line
into every YAML file by which editors (VS Code with its YAML extension, and others) complete keys and mark mistakes. A
key that is not listed here is an error; what is not known is left out, never filled in by a guess.

## Ways in

Answers, facts, leaders, vision, missions, plan documents, agencies, own programmes and decisions on programmes of the
catalogue need not be typed as YAML:

- `masterplan form CITY` writes a workbook with everything that is known; the city fills it in in Excel, LibreOffice or
  Google Sheets. `masterplan import CITY FILE` takes it back: what changed against the form that was sent, and nothing
  else. Cells that were emptied withdraw a value, an emptied row its entry; deleted rows change nothing.
  What cannot be taken is listed by sheet and cell. YAML keeps its comments and order.
- `masterplan import --cohort FILE.csv` takes a table of many cities. *Long*: `city, id, level, value, year, source,
  evidence, link, note, by`, one row an answer or fact. *Wide*: `city`, then a column for each indicator or fact, headed
  by its id; `year`, `source`, `evidence` and `by` hold for the row. Cities go by slug, code or name; headings may be
  Indonesian (`kota`, `indikator`, `nilai`, `tahun`, `sumber`, `bukti`, `tautan`, `catatan`, `penilai`); separators are
  comma, semicolon or tab. Empty cells say nothing.

Numbers may be written the Indonesian way there (`12,5`, `1.250.000`, `Rp 2,5 miliar`); YAML itself takes a point as
decimal sign.
"""


def data_page() -> str:
    """Return `docs/data.md` in Markdown."""
    lines = [_HEAD, "## Files", "", "| file | holds |", "|---|---|"]
    lines += [f"| [`{kind.files}`](#{_anchor(kind.title)}) | {kind.title} |" for kind in FILE_KINDS]
    for kind in FILE_KINDS:
        lines += ["", *_kind(kind)]
    return "\n".join(lines) + "\n"


def _anchor(title: str) -> str:
    return "".join(letter for letter in title.lower().replace(" ", "-") if letter.isalnum() or letter == "-")


def _kind(kind: FileKind) -> Iterator[str]:
    schema = schema_of(kind)
    yield f"## {kind.title}"
    yield ""
    yield f"`{kind.files}`, schema `{kind.file}`"
    yield ""
    yield from _fields(schema)
    if kind.made is not None:
        yield ""
        yield "Its parts are those of the document tree (`generator/model/document.py`); the schema holds them."
        return
    for name, part in schema.get("$defs", {}).items():
        yield ""
        yield f"### {kind.name}: {name}"
        yield ""
        if part.get("description"):
            yield part["description"]
            yield ""
        yield from _fields(part)


def _fields(schema: Mapping[str, Any]) -> Iterator[str]:
    yield "| key | value | | meaning |"
    yield "|---|---|---|---|"
    required = schema.get("required", ())
    for key, part in schema.get("properties", {}).items():
        need = "needed" if key in required else _default(part)
        yield f"| `{key}` | {_cell(_type(part))} | {_cell(need)} | {_cell(part.get('description', ''))} |"


def _default(part: Mapping[str, Any]) -> str:
    default = part.get("default")
    if default in (None, "", [], {}) or isinstance(default, dict):
        return ""
    return f"default `{default}`" if not isinstance(default, list) else f"default `{', '.join(map(str, default))}`"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _type(part: Mapping[str, Any]) -> str:
    if "$ref" in part:
        return f"*{part['$ref'].rpartition('/')[2]}*"
    if "enum" in part:
        return " \\| ".join(f"`{choice}`" for choice in part["enum"]).replace("\\|", "or")
    if "const" in part:
        return f"`{part['const']}`"
    for key in ("anyOf", "oneOf"):
        if key in part:
            words = [_type(choice) for choice in part[key] if choice.get("type") != "null"]
            return " or ".join(dict.fromkeys(words))
    match part.get("type"):
        case "array":
            inner: Mapping[str, Any] = part.get("items") or next(iter(part.get("prefixItems", ())), {})
            return f"list of {_type(inner)}{_count(part)}"
        case "object" if isinstance(part.get("additionalProperties"), Mapping):
            return f"mapping to {_type(part['additionalProperties'])}"
        case "object":
            return "mapping with " + ", ".join(f"`{key}`" for key in part.get("properties", {}))
        case "integer" | "number" as kind:
            return ("whole number" if kind == "integer" else "number") + _range(part)
        case "boolean":
            return "yes or no"
        case "string":
            return "date (2026-03-02)" if part.get("format") == "date" else "text"
        case _:
            return "any"


def _range(part: Mapping[str, Any]) -> str:
    signs = (("minimum", "≥"), ("exclusiveMinimum", ">"), ("maximum", "≤"), ("exclusiveMaximum", "<"))
    limits = [f"{sign} {part[key]:g}" for key, sign in signs if key in part]
    return f" ({', '.join(limits)})" if limits else ""


def _count(part: Mapping[str, Any]) -> str:
    least, most = part.get("minItems"), part.get("maxItems")
    if least is not None and least == most:
        return f" ({least})"
    return f" (at least {least})" if least else ""
