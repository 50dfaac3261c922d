"""JSON Schema of the files of edits, from the types of the document tree as `document_json` writes them."""

from __future__ import annotations

from dataclasses import MISSING, fields, is_dataclass
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from generator.model.document import Block, Inline, ListItem, Row, Text
from generator.model.edits import Edit

KIND = "_"
"""The key that names the type of a part of the tree."""
_SCALARS: dict[Any, str] = {str: "string", int: "integer", float: "number", bool: "boolean", type(None): "null"}
_ROW: dict[str, Any] = {
    "description": "The row or column: hash of its cells, words of its first cell, place; -1 is before the first.",
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "base": {"type": "string"},
        "label": {"type": "string"},
        "index": {"type": "integer", "minimum": -1},
    },
}
_ABOUT = {
    "book": "Id of the book.",
    "op": "What was done.",
    "block": "Id of the passage.",
    "part": "Which words of it.",
    "cell": "Place of the cell in its row, of a new row or column in the city's table, from 0.",
    "column": "Head of the column that a cell stands in.",
    "base": "Fingerprint of what the city saw.",
    "was": "Its words then, for people who read the file.",
    "text": "The new words: plain text, or a list of runs.",
    "value": "A new passage, entry of a list or row.",
    "near": "Ids of passages before it, the closest first.",
    "who": "Who changed it.",
    "when": "When, as the file says.",
    "file": "Name of the file that was pulled.",
    "done": "Whether a comment is settled.",
    "answers": "Key of the comment that a comment answers.",
    "replaced": "Words of others at the same place that a later pull took the place of.",
}


def edit_schema() -> dict[str, Any]:
    """Return the schema of an edit, with the definitions of everything that may stand in it."""
    definitions: dict[str, Any] = {}
    words = {"type": "string"}
    special: dict[str, dict[str, Any]] = {
        "text": {"anyOf": [words, _schema(tuple[Inline, ...], definitions)]},
        "row": _ROW,
        "value": _schema(Block | ListItem | Row, definitions),
        "cell": {"type": "integer", "minimum": 0},
    }
    hints = get_type_hints(Edit)
    kinds = {part.name: special.get(part.name) or _schema(hints[part.name], definitions) for part in fields(Edit)}
    return {
        "description": " ".join((Edit.__doc__ or "").split("\n\n")[0].split()),
        "type": "object",
        "additionalProperties": False,
        "required": ["book", "op", "block"],
        "properties": {
            name: ({"description": _ABOUT[name]} if name in _ABOUT else {}) | kind for name, kind in kinds.items()
        },
        "$defs": definitions,
    }


def _schema(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    arguments = get_args(kind)
    if kind is Text:
        return {"type": "string"}
    if get_origin(kind) is Literal:
        return {"enum": list(arguments)}
    if get_origin(kind) is tuple:
        if len(arguments) == 2 and arguments[1] is Ellipsis:
            return {"type": "array", "items": _schema(arguments[0], definitions)}
        parts = [_schema(part, definitions) for part in arguments]
        return {"type": "array", "items": parts, "minItems": len(parts), "maxItems": len(parts)}
    if get_origin(kind) in (Union, UnionType):
        return {"anyOf": [_schema(part, definitions) for part in arguments]}
    if is_dataclass(kind) and isinstance(kind, type):
        return _reference(kind, definitions)
    return {"type": _SCALARS[kind]}


def _reference(kind: type[Any], definitions: dict[str, Any]) -> dict[str, Any]:
    name = kind.__name__
    if name not in definitions:
        # Laid down before its parts are looked at, since sections hold sections.
        definitions[name] = {}
        hints = get_type_hints(kind)
        own = fields(kind)
        definitions[name].update(
            {
                "description": " ".join((kind.__doc__ or "").split("\n\n")[0].split()),
                "type": "object",
                "additionalProperties": False,
                "required": [
                    KIND,
                    *(part.name for part in own if part.default is MISSING and part.default_factory is MISSING),
                ],
                "properties": {KIND: {"const": name}}
                | {part.name: _schema(hints[part.name], definitions) for part in own},
            }
        )
    return {"$ref": f"#/$defs/{name}"}
