"""JSON Schema of every kind of YAML file, from the same types that read them, for editors that complete and check."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from generator.model.alignment import Alignment
from generator.model.city import Assessment, City
from generator.model.cohort import Cohort
from generator.model.edits import Edit
from generator.model.evaluation import Evaluation
from generator.model.framework import Books, Framework
from generator.model.instrument import FactFile, Glossary, Instrument, OpdFile, RegulationFile, RoleFile
from generator.model.mentoring import MentoringProcess
from generator.model.own_words import FrontMatter
from generator.model.planning import Planning, QuickWinRules
from generator.model.priorities import Priorities
from generator.model.programs import OwnPrograms, Program
from generator.model.region import RegionDefaults
from generator.model.rules import Rule
from generator.model.schema import STRICT
from generator.model.settings import Settings
from generator.model.shortlist import ShortlistRules
from generator.model.style import StyleRules
from generator.sources.edit_schema import edit_schema

DRAFT = "http://json-schema.org/draft-07/schema#"
"""The draft that editors' YAML extensions know best; nothing here needs a later one."""
FOLDER = "schema"
"""Folder of the workspace that the schemas are written to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileKind:
    """A kind of YAML file: where it lies, its type, and the key that holds a condition."""

    name: str
    title: str
    files: str
    """Pattern of its path below the workspace."""
    type: type[Any]
    condition: str | None = None
    made: Callable[[], dict[str, Any]] | None = None
    """Makes the schema where the type is not read by pydantic; its definitions are parts of the document tree."""

    @property
    def file(self) -> str:
        """Name of the schema's file."""
        return f"{self.name}.schema.json"


FILE_KINDS: tuple[FileKind, ...] = (
    FileKind(name="settings", title="Settings of the workspace", files="masterplan.yaml", type=Settings),
    FileKind(name="city", title="A city: identity, plans, facts", files="cities/*/city.yaml", type=City),
    FileKind(name="assessment", title="A city's answers", files="cities/*/assessment.yaml", type=Assessment),
    FileKind(name="own-programs", title="A city's own programmes", files="cities/*/programs.yaml", type=OwnPrograms),
    FileKind(
        name="own-words", title="A city's own words: the lines above the text", files="cities/*/text/*.md",
        type=FrontMatter,
    ),
    FileKind(
        name="edit", title="A change that was pulled", files="cities/*/edits/*/*.yaml", type=Edit, made=edit_schema
    ),
    FileKind(name="framework", title="The framework", files="content/framework.yaml", type=Framework),
    FileKind(name="books", title="The books", files="content/books.yaml", type=Books),
    FileKind(name="instrument", title="Indicators", files="content/instrument/*.yaml", type=Instrument),
    FileKind(name="facts", title="Kinds of profile facts", files="content/facts/*.yaml", type=FactFile),
    FileKind(name="rule", title="A rule", files="content/rules/**/*.yaml", type=Rule, condition="when"),
    FileKind(
        name="program", title="A programme of the catalogue", files="content/programs/**/*.yaml", type=Program,
        condition="fits",
    ),
    FileKind(name="opd", title="Agencies by function", files="content/opd.yaml", type=OpdFile),
    FileKind(name="roles", title="Parties of the programme", files="content/roles.yaml", type=RoleFile),
    FileKind(name="regulations", title="Regulations", files="content/regulations.yaml", type=RegulationFile),
    FileKind(name="glossary", title="Glossary", files="content/glossary.yaml", type=Glossary),
    FileKind(name="planning", title="Costs and funds", files="content/planning.yaml", type=Planning),
    FileKind(name="priorities", title="Priorities", files="content/priorities.yaml", type=Priorities),
    FileKind(name="mentoring", title="The mentoring", files="content/mentoring.yaml", type=MentoringProcess),
    FileKind(name="quickwin", title="Quick wins", files="content/quickwin.yaml", type=QuickWinRules),
    FileKind(name="evaluation", title="The evaluation", files="content/evaluation.yaml", type=Evaluation),
    FileKind(name="alignment", title="Global goals and cooperation", files="content/alignment.yaml", type=Alignment),
    FileKind(name="shortlist", title="Rules of the shortlist", files="content/shortlist.yaml", type=ShortlistRules),
    FileKind(
        name="region-defaults", title="What holds for every region", files="content/regions/defaults.yaml",
        type=RegionDefaults,
    ),
    FileKind(name="style", title="Errors of spelling and style", files="content/style.yaml", type=StyleRules),
    FileKind(name="cohort", title="The cohort", files="cities/cohort.yaml", type=Cohort),
)  # fmt: skip


def kind_of(path: str) -> FileKind | None:
    """Return the kind of a file by its path below the workspace, with slashes; None for others."""
    return next((kind for kind in FILE_KINDS if fnmatchcase(path, kind.files.replace("**/", ""))), None)


def schema_of(kind: FileKind) -> dict[str, Any]:
    """Return the JSON Schema of a kind of file."""
    from pydantic import TypeAdapter

    raw: dict[str, Any]
    if kind.made is not None:
        raw = kind.made()
    else:
        with _described():
            raw = _tidy(TypeAdapter(kind.type).json_schema())
    definitions: dict[str, Any] = raw.pop("$defs", {})
    properties = raw["properties"]
    if kind.condition is not None:
        for name in _CONDITION_TYPES:
            definitions.pop(name, None)
        about = properties[kind.condition].get("description")
        properties[kind.condition] = {"$ref": "#/$defs/Condition"} | ({"description": about} if about else {})
        definitions |= _CONDITIONS
    head = {"$schema": DRAFT, "title": kind.title, "description": f"{kind.files}. {raw.pop('description', '')}".strip()}
    raw.pop("title", None)
    return head | raw | ({"$defs": dict(sorted(definitions.items()))} if definitions else {})


@contextmanager
def _described() -> Iterator[None]:
    """Let descriptions come from the docstrings of fields.

    Only here: pydantic reads them out of the source text, which takes a fifth of the loading of all content.
    """
    STRICT["use_attribute_docstrings"] = True
    try:
        yield
    finally:
        del STRICT["use_attribute_docstrings"]


def schemas() -> dict[str, dict[str, Any]]:
    """Return every schema by the name of its file."""
    return {kind.file: schema_of(kind) for kind in FILE_KINDS}


def _tidy(schema: Any, *, names: bool = False) -> Any:
    """Drop titles that only repeat a key, and the line ends of docstrings; `names`: keys are names, not keywords."""
    if isinstance(schema, list):
        return [_tidy(part) for part in schema]
    if not isinstance(schema, Mapping):
        return schema
    done: dict[str, Any] = {}
    for key, value in schema.items():
        if names:
            done[key] = _tidy(value)
        elif key == "title" and isinstance(value, str):
            continue
        elif key == "description" and isinstance(value, str):
            done[key] = " ".join(value.split())
        else:
            done[key] = _tidy(value, names=key in ("properties", "$defs"))
    return done


# --- conditions ------------------------------------------------------------------------------------------------------

_CONDITION_TYPES = (
    "Above", "All", "AnyOf", "Below", "Between", "Compare", "Missing", "Not", "Stale", "Subject", "Trait", "Trend",
    "Unverified",
)  # fmt: skip
_ID: dict[str, Any] = {"type": "string"}
_NUMBER: dict[str, Any] = {"type": "number"}
_PAIR: dict[str, Any] = {"type": "array", "items": _NUMBER, "minItems": 2, "maxItems": 2}
_MANY: dict[str, Any] = {"type": "array", "items": {"$ref": "#/$defs/Condition"}, "minItems": 1}


def _one(properties: Mapping[str, Any], required: tuple[str, ...], *choices: tuple[str, ...]) -> dict[str, Any]:
    """Return a mapping with these keys, all of `required`, and exactly one of each of `choices`."""
    schema: dict[str, Any] = {"type": "object", "additionalProperties": False, "properties": dict(properties)}
    if required:
        schema["required"] = list(required)
    if choices:
        schema["allOf"] = [{"oneOf": [{"required": [key]} for key in keys]} for keys in choices]
    return schema


_SUBJECT = {"indicator": _ID, "fact": _ID, "score": _ID}
_LIMIT = _one({**_SUBJECT, "level": _NUMBER, "value": _NUMBER}, (), ("indicator", "fact", "score"), ("level", "value"))
_BODIES: Mapping[str, tuple[str, dict[str, Any]]] = {
    "all": ("True where every part is.", _MANY),
    "any": ("True where one part is.", _MANY),
    "not": ("True where the part is false.", {"$ref": "#/$defs/Condition"}),
    "below": ("True where the subject is known and less than the level or value.", _LIMIT),
    "above": ("True where the subject is known and greater than the level or value.", _LIMIT),
    "between": (
        "True where the subject is known and lies within, both ends included.",
        _one({**_SUBJECT, "levels": _PAIR, "values": _PAIR}, (), ("indicator", "fact", "score"), ("levels", "values")),
    ),
    "missing": ("True where the subject is not known.", _one(_SUBJECT, (), ("indicator", "fact", "score"))),
    "stale": (
        "True where an answer or fact is older than so many years.",
        _one(
            {"indicator": _ID, "fact": _ID, "years": {"type": "integer", "minimum": 0}},
            ("years",),
            ("indicator", "fact"),
        ),
    ),
    "unverified": ("True where an indicator is answered without proof.", _one({"indicator": _ID}, ("indicator",))),
    "trend": (
        "True where the series of a fact moves up or down.",
        _one({"fact": _ID, "direction": {"enum": ["up", "down"]}}, ("fact", "direction")),
    ),
    "compare": (
        "True where a fact is above or below `times` x another.",
        _one(
            {"fact": _ID, "other": _ID, "relation": {"enum": ["above", "below"]}, "times": _NUMBER},
            ("fact", "other", "relation"),
        ),
    ),
    "trait": ("True where the region is of this type or has this trait.", {"type": "string"}),
}
_CONDITIONS: Mapping[str, Any] = {
    "Condition": {
        "description": "One condition of the closed vocabulary, such as `below: {indicator: …, level: 2}`.",
        "type": "object",
        "minProperties": 1,
        "maxProperties": 1,
        "additionalProperties": False,
        "properties": {name: {"description": about} | body for name, (about, body) in _BODIES.items()},
    }
}


# --- editors ---------------------------------------------------------------------------------------------------------

_COMMENT = "# yaml-language-server: $schema="


def with_editor_comment(text: str, path: str) -> str:
    """Return the text of a YAML file with the line by which editors find its schema; `path` is below the workspace."""
    kind = kind_of(path)
    if kind is None or text.lstrip("\ufeff").startswith(_COMMENT):
        return text
    return f"{_COMMENT}{'../' * path.count('/')}{FOLDER}/{kind.file}\n{text}"
