"""Write `docs/templates.md`, what templates may use, from the code: `python -m tests.tools.templates_page`.

Views, their fields and docstrings come from `generator/compose/views/`, functions from the context of a book, tables
and charts by their names; example values are those of the invented city of `tests/other_framework`.
"""

from __future__ import annotations

import ast
import inspect
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from generator.build import Draft
from generator.compose.book import bench_of
from generator.compose.context import Contract
from generator.compose.environment import TemplateEnvironment
from generator.compose.filters import FILTERS
from generator.compose.tables import CHARTS, TABLES
from generator.compose.tokens import Told
from generator.compose.viewing.alignment import AlignmentViewing
from generator.compose.viewing.mentoring import MentoringViewing
from generator.compose.viewing.plan import PlanViewing
from generator.compose.viewing.region import RegionViewing
from generator.compose.views import alignment, areas, mentoring, plan, programs, region, scores
from generator.model import framework
from tests.compose.small import ROOT, compose, lay

PAGE = ROOT / "docs" / "templates.md"
MODULES = (alignment, areas, mentoring, plan, programs, region, scores, framework)
MAKERS = (Contract, RegionViewing, PlanViewing, MentoringViewing, AlignmentViewing)
LONGEST = 70

INTRODUCTION = """\
# What templates may use

Made from the code; write it anew with `python -m tests.tools.templates_page`. Example values are those of an invented
city.

A template is Markdown with Jinja tags. It shows; it never computes, sorts or filters. What it needs ready-made is a
field of a view below, in the order in which it is to be shown. An unknown name is an error with file and line.

- **A value prints itself** with unit, no-break spaces and, where it is not known, as a visible fill-in. It is true in
  `{% if … %}` when it is known. Whatever a city writes stays plain text.
- **Headings** carry an id: `## Penduduk {: #people }`. Blocks get ids from it, so give every heading one that stays.
- **Paragraphs** may have a role: `{: .lead }`, `{: .source }`, `{: .law }`, `{: .law-center }`, `{: .signature }`.
- **Boxes** are `!!! temuan "Title"`, `!!! keputusan "Title"` or `!!! catatan "Title"` with indented content.
- **Tables and charts** are asked for by name on a line of their own, `{{ table("gap", sub.id) }}`; one without rows
  prints nothing. `---` begins a new page.
- **References**: `{{ ref("tbl-…") }}` prints 'Tabel 2.1'; the id is that of the table, or chapter/section of a heading.
"""


# --- from the source -------------------------------------------------------------------------------------------------


def attribute_docs() -> dict[str, dict[str, str]]:
    """Return class -> attribute -> the string that stands below it in the source."""
    found: dict[str, dict[str, str]] = {}
    for module in MODULES:
        for node in ast.parse(inspect.getsource(module)).body:
            if isinstance(node, ast.ClassDef):
                found[node.name] = dict(_below(node))
    return found


def _below(node: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for statement, after in zip(node.body, [*node.body[1:], None], strict=True):
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            text = after.value.value if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant) else ""
            yield statement.target.id, " ".join(str(text).split())


def first_line(thing: object) -> str:
    """Return the first paragraph of a docstring as one line."""
    return " ".join((inspect.getdoc(thing) or "").partition("\n\n")[0].split())


def signature(name: str, thing: Callable[..., Any], skip: int = 0) -> str:
    """Return 'name(what, who="")' as a template would call it."""
    parameters = list(inspect.signature(thing).parameters.values())[skip:]
    words = []
    for parameter in parameters:
        if parameter.kind is parameter.VAR_POSITIONAL:
            words.append(f"{parameter.name}…")
        elif parameter.kind is not parameter.VAR_KEYWORD:
            default = "" if parameter.default is parameter.empty else f"={parameter.default!r}".replace("'", '"')
            words.append(parameter.name + default)
    return f"{name}({', '.join(words)})"


# --- from the invented city ------------------------------------------------------------------------------------------


def context_of(draft: Draft, templates: Path) -> dict[str, Any]:
    """Return every name of the context, those of quick-win profiles and workshop sheets included."""
    bench = bench_of(draft.dossier, draft.content, draft.plan, TemplateEnvironment(templates))
    books = draft.content.books.books
    names = dict(Contract(bench, books[0], books).context())
    workshops = bench.guidance.mentoring().workshops
    return {**names, "win": names["plan"].quick_wins[0], "event": workshops[0], "homework": workshops[:1]}


def instances(values: Iterable[Any], found: dict[str, list[Any]], depth: int = 0) -> dict[str, list[Any]]:
    """Gather views by the name of their class, in the order in which templates meet them."""
    for each in values:
        value = tuple(each.values()) if isinstance(each, Mapping) else each
        if isinstance(value, tuple):
            instances(value, found, depth)
        elif is_dataclass(value) and type(value).__module__ in {module.__name__ for module in MODULES} and depth < 6:
            known = found.setdefault(type(value).__name__, [])
            if len(known) < 40 and all(value is not other for other in known):
                known.append(value)
                instances((getattr(value, item.name) for item in fields(value)), found, depth + 1)
    return found


def example(views_of_kind: Iterable[Any], name: str) -> str:
    """Return a value of a field as it prints; of several views, the first that has one."""
    printed = [printed_value(getattr(view, name)) for view in views_of_kind]
    return next((text for text in printed if text not in ("", "nothing", "no")), printed[0] if printed else "")


def printed_value(value: Any) -> str:
    """Return a value in the words of the page."""
    if isinstance(value, Told):
        return _short(str(value)) if value.inlines else "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return _short(", ".join(f"{key}: {printed_value(item)}" for key, item in list(value.items())[:3]))
    if isinstance(value, tuple):
        plain = [item for item in value if isinstance(item, str | int | Told)]
        if plain and len(plain) == len(value):
            return _short(", ".join(printed_value(item) for item in plain[:3]))
        return f"{len(value)} of them" if value else "nothing"
    return "" if is_dataclass(value) else _short(str(value))


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= LONGEST else flat[: LONGEST - 1].rstrip() + "…"


# --- the page --------------------------------------------------------------------------------------------------------


def page() -> str:
    """Return `docs/templates.md`."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = lay(Path(folder) / "workspace")
        context = context_of(compose(workspace), workspace / "templates")
    functions = {name: value for name, value in context.items() if inspect.isroutine(value)}
    values = {name: value for name, value in context.items() if name not in functions}
    found = instances(values.values(), {})
    parts = [
        INTRODUCTION,
        _section("Values", ("name", "is", "what it is"), (_value_row(*pair) for pair in sorted(values.items()))),
        _section("Functions", ("call", "what it does"), (_function_row(*pair) for pair in sorted(functions.items()))),
        _section("Tables", ("call", "what it shows"), (_maker_row("table", *pair) for pair in TABLES.items())),
        _section("Charts", ("call", "what it shows"), (_maker_row("chart", *pair) for pair in CHARTS.items())),
        _section("Filters", ("filter", "what it does"), (_filter_row(*pair) for pair in FILTERS.items())),
        "## Views\n\nThe fields of each value above. `tuple` of a view is a series for `{% for … %}`.\n",
        *(_view(kind, found.get(kind.__name__, [])) for kind in _kinds(values)),
    ]
    return "\n".join(parts)


def _first(value: Any) -> Any:
    """Return a value, or the first of a series or mapping of them."""
    several = list(value.values()) if isinstance(value, Mapping) else value
    return several[0] if isinstance(several, tuple | list) and several else value


def _sample(name: str, value: Any) -> type:
    """Return the kind of a value or of the members of a series; of an empty one, what its maker says."""
    first = _first(value)
    if first or not isinstance(value, tuple | Mapping):
        return type(first)
    maker = _maker(name)
    found = re.search(r"\w+View", str(inspect.signature(maker).return_annotation)) if maker else None
    return _known()[found[0]] if found else type(first)


def _maker(name: str) -> Callable[..., Any] | None:
    """Return the method that makes a value of the context."""
    return next((getattr(owner, name) for owner in MAKERS if hasattr(owner, name)), None)


def _known() -> dict[str, type]:
    """Return the views and what templates see of the framework, by name."""
    members = (pair for module in MODULES for pair in inspect.getmembers(module, is_dataclass))
    return {name: kind for name, kind in members if kind.__module__ in {module.__name__ for module in MODULES}}


def _kinds(values: Mapping[str, Any]) -> list[type]:
    """Return the views that templates can reach, by name."""
    known = _known()
    reached: set[str] = set()
    waiting = {_sample(name, value).__name__ for name, value in values.items()} & set(known)
    while waiting:
        name = waiting.pop()
        reached.add(name)
        words = {word for item in fields(known[name]) for word in re.findall(r"\w+", str(item.type))}
        waiting |= (words & set(known)) - reached
    return [known[name] for name in sorted(reached)]


def _section(title: str, heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    return "\n".join([f"## {title}", "", *_table(heads, rows), ""])


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"


def _value_row(name: str, value: Any) -> tuple[str, str, str]:
    only = {"win": " (quick-win profiles)", "event": " (workshop sheets)", "homework": " (workshop sheets)"}
    first = _sample(name, value)
    kind = first.__name__
    several = "series of " if isinstance(value, tuple) else "by id: " if isinstance(value, Mapping) else ""
    link = f"[{kind}](#{kind.lower()})" if kind.endswith("View") or is_dataclass(framework.__dict__.get(kind)) else ""
    maker = _maker(name)
    words = first_line(maker if maker and isinstance(value, tuple) else first)
    if kind == "FactSpace":
        return f"`{name}`", "", words
    return f"`{name}`", f"{several}{link}", words + only.get(name, "")


def _function_row(name: str, value: Callable[..., Any]) -> tuple[str, str]:
    return f"`{signature(name, value)}`", first_line(value)


def _maker_row(kind: str, name: str, maker: Callable[..., Any]) -> tuple[str, str]:
    if maker.__name__ == "<lambda>":
        return f'`{kind}("{name}", name, title, fact…)`', "Return a table of the profile facts that are named."
    rest = signature("", maker, 1)[1:-1]
    return f'`{kind}("{name}"{f", {rest}" if rest else ""})`', first_line(maker)


def _filter_row(name: str, value: Callable[..., Any]) -> tuple[str, str]:
    if value is len:
        return "`length`", "Print how many a series holds."
    arguments = signature("", value, 1)
    return f"`{name}{arguments if arguments != '()' else ''}`", first_line(value)


def _view(kind: type, found: list[Any]) -> str:
    docs = attribute_docs()[kind.__name__]
    rows = [
        (f"`{item.name}`", _type(str(item.type)), f"{example(found, item.name)}", docs.get(item.name, ""))
        for item in fields(kind)
    ]
    heads = ("field", "type", "example", "meaning")
    return "\n".join([f"### {kind.__name__}", "", first_line(kind), "", *_table(heads, rows), ""])


def _type(annotation: str) -> str:
    words = annotation.replace("Told", "value").replace("bool", "yes/no").replace("str", "text")
    words = re.sub(r"Mapping\[(\w+), (.+)\]|dict\[(\w+), (.+)\]", r"\2\4 by \1\3", words)
    while "tuple[" in words:
        words = re.sub(r"tuple\[([^\[\]]+), \.\.\.\]", r"series of \1", words)
        words = re.sub(r"tuple\[([^\[\]]+)\]", r"(\1)", words)
    return re.sub(r"\b(\w+View)\b", lambda match: f"[{match[1]}](#{match[1].lower()})", words)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(PAGE)
