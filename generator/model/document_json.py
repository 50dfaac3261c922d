"""The block tree as plain data (for JSON and YAML files), and back.

A value is a mapping with its class under `_` and the fields that differ from their defaults; plain text in runs is a
bare string. What is read is checked field by field: files may have been changed by hand.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import lru_cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from generator.model import document as tree
from generator.model.document import Document, Text

FORMAT = 1
_CLASSES: Mapping[str, type] = {
    name: value for name, value in vars(tree).items() if isinstance(value, type) and is_dataclass(value)
}


class TreeError(ValueError):
    """Data that is no block tree; says what was found where."""


def to_data(value: Any) -> Any:
    """Return a value of the document model as mappings, lists and scalars."""
    if isinstance(value, Text):
        return value.text
    if isinstance(value, tuple):
        return [to_data(item) for item in value]
    if not is_dataclass(value):
        return value
    data: dict[str, Any] = {"_": type(value).__name__}
    for field in fields(value):
        item = getattr(value, field.name)
        if item != field.default:
            data[field.name] = to_data(item)
    return data


@lru_cache(maxsize=64)
def _hints(cls: type) -> Mapping[str, Any]:
    return get_type_hints(cls)


def from_data(data: Any, wanted: Any, where: str = "") -> Any:
    """Return the value of a type of the document model that data describe.

    Args:
        data: mappings, lists and scalars as `to_data` makes them.
        wanted: a dataclass of the model, a union of them, `tuple[X, ...]` or a scalar type.
        where: what messages call the place.

    Raises:
        TreeError: data do not fit.
    """
    if get_origin(wanted) is tuple:
        return _tuple(data, get_args(wanted), where)
    if get_origin(wanted) in (Union, UnionType):
        return _one_of(data, get_args(wanted), where)
    if get_origin(wanted) is Literal:
        if data not in get_args(wanted):
            raise TreeError(f"{where}: {data!r} is none of {', '.join(map(str, get_args(wanted)))}")
        return data
    if wanted is Text and isinstance(data, str):
        return Text(data)
    if is_dataclass(wanted) and isinstance(wanted, type):
        return _object(data, wanted, where)
    if wanted is float and isinstance(data, int) and not isinstance(data, bool):
        return float(data)
    if not isinstance(wanted, type) or not isinstance(data, wanted) or (wanted is int and isinstance(data, bool)):
        raise TreeError(f"{where}: {type(data).__name__} instead of {getattr(wanted, '__name__', wanted)}")
    return data


def _tuple(data: Any, kinds: tuple[Any, ...], where: str) -> Any:
    if not isinstance(data, list):
        raise TreeError(f"{where}: a list is expected")
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        return tuple(from_data(item, kinds[0], f"{where}[{index}]") for index, item in enumerate(data))
    if len(data) != len(kinds):
        raise TreeError(f"{where}: {len(kinds)} entries are expected")
    return tuple(
        from_data(item, kind, f"{where}[{index}]") for index, (item, kind) in enumerate(zip(data, kinds, strict=True))
    )


def _one_of(data: Any, kinds: tuple[Any, ...], where: str) -> Any:
    if data is None and type(None) in kinds:
        return None
    if isinstance(data, Mapping):
        cls = _CLASSES.get(str(data.get("_")))
        if cls is None or cls not in kinds:
            raise TreeError(f"{where}: {data.get('_')!r} cannot stand here")
        return _object(data, cls, where)
    if isinstance(data, str) and Text in kinds:
        return Text(data)
    for kind in kinds:
        if not is_dataclass(kind) and kind is not type(None):
            return from_data(data, kind, where)
    raise TreeError(f"{where}: {type(data).__name__} cannot stand here")


def _object(data: Any, cls: type, where: str) -> Any:
    if not isinstance(data, Mapping):
        raise TreeError(f"{where}: {cls.__name__} is expected")
    hints = _hints(cls)
    unknown = [str(key) for key in data if key != "_" and key not in hints]
    if unknown or data.get("_", cls.__name__) != cls.__name__:
        raise TreeError(f"{where}: {cls.__name__} has no {', '.join(unknown) or data.get('_')}")
    values = {name: from_data(item, hints[name], f"{where}.{name}") for name, item in data.items() if name != "_"}
    for field in fields(cls):
        if field.name not in values and field.default is MISSING and field.default_factory is MISSING:
            raise TreeError(f"{where}: {cls.__name__} lacks {field.name}")
    return cls(**values)


def document_to_json(document: Document) -> bytes:
    """Return a book as JSON; any text survives, lone surrogates too."""
    data = {"format": FORMAT, "document": to_data(document)}
    return (json.dumps(data, ensure_ascii=True, indent=1) + "\n").encode()


def document_from_json(data: bytes) -> Document:
    """Return the book that JSON holds; `TreeError` where it holds none."""
    try:
        loaded = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise TreeError(f"it is no JSON: {error}") from error
    if not isinstance(loaded, dict) or loaded.get("format") != FORMAT:
        raise TreeError(f"it is not of format {FORMAT}")
    try:
        made = from_data(loaded.get("document"), Document, "document")
    except RecursionError as error:
        raise TreeError("it is nested too deep") from error
    assert isinstance(made, Document)  # noqa: S101 - from_data returned what was asked for
    return made
