"""What a template may take: Jinja's sandbox with limits, so that a workspace's templates cannot run or grow for ever.

Loops, calls and includes are counted, not timed: the same template fails on every machine or on none. Texts are
measured where they are made. A template that goes beyond is a fault with file and line, as any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, Template, TemplateNotFound, nodes
from jinja2.runtime import Context, markup_join
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

from generator.compose.tokens import TemplateFaultError
from generator.sources.files import is_inside

MAX_STEPS = 100_000
"""Turns of loops, calls and includes of one chapter; the largest chapter of the shipped books takes a hundredth."""
MAX_CHARACTERS = 10_000_000
"""Text that one chapter may make, what it makes on the way included."""
MAX_BYTES = 1_000_000
"""Largest template file."""
MAX_BITS = 256
"""Largest whole number that a template may reckon with."""
ENDING = ".j2"
_TEXT_MAKERS = frozenset(
    (
        "center",
        "encode",
        "expandtabs",
        "format",
        "format_map",
        "join",
        "ljust",
        "replace",
        "rjust",
        "to_bytes",
        "translate",
        "zfill",
    )
)


@dataclass(slots=True)
class Budget:
    """What one rendering has taken."""

    steps: int = 0
    characters: int = 0

    def step(self) -> None:
        """Count one turn of a loop, call or include; raises `TemplateFaultError` beyond the limit."""
        self.steps += 1
        if self.steps > MAX_STEPS:
            raise TemplateFaultError(
                f"the template takes more than {MAX_STEPS} steps", "does a loop or macro repeat itself?"
            )

    def turn(self, size: int) -> None:
        """Count one turn of a loop that prints `size` characters of the template's own."""
        self.step()
        self.lengthen(size)

    def grow(self, text: str) -> str:
        """Count text that was made, and return it; raises `TemplateFaultError` beyond the limit."""
        self.lengthen(len(text))
        return text

    def lengthen(self, size: int) -> None:
        """Count characters that were made; raises `TemplateFaultError` beyond the limit."""
        self.characters += size
        if self.characters > MAX_CHARACTERS:
            raise TemplateFaultError(
                f"the template makes more than {MAX_CHARACTERS} characters", "does a loop or macro repeat itself?"
            )


class Templates(FileSystemLoader):
    """Reads templates of one folder only: links out of the workspace, other files and huge ones are not templates."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Any]:
        """Return source, file name and freshness; raises `TemplateNotFound`."""
        if not template.endswith(ENDING):
            raise TemplateNotFound(template, f"'{template}' does not end in {ENDING}")
        folder = Path(self.searchpath[0])
        path = folder / template
        try:
            usable = is_inside(path, folder.parent) and path.is_file() and path.stat().st_size <= MAX_BYTES
        except (OSError, ValueError):
            usable = False
        if not usable:
            raise TemplateNotFound(template)
        try:
            return super().get_source(environment, template)
        except (OSError, UnicodeError) as error:
            raise TemplateNotFound(template, f"'{template}' cannot be read: {error}") from error


class LimitedEnvironment(ImmutableSandboxedEnvironment):
    """The sandbox in which every way to repeat or to grow is counted against `budget`."""

    intercepted_binops = frozenset(("*", "**", "%", "+", "//"))
    budget: Budget
    sizes: dict[str, int]
    """Characters of the templates that were compiled, by name."""

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        counting: nodes.Template = _Counting().visit(source)
        return super()._generate(counting, name, filename, defer_init)

    def counted(self, values: Iterable[Any], size: int) -> Any:
        """Return the values of a loop; each turn is a step and makes `size` characters. What has a length keeps it."""
        if isinstance(values, Sequence):
            return _Counted(values, self.budget, size)
        return self._each(values, size)

    def _each(self, values: Iterable[Any], size: int) -> Iterator[Any]:
        for value in values:
            self.budget.turn(size)
            yield value

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805  # as in Jinja
        """Call something from a template; a step."""
        __self.budget.step()
        result = super().call(__context, __obj, *args, **kwargs)
        return __self.budget.grow(result) if isinstance(result, str) else result

    def joined(self, *parts: Any) -> Any:
        """Return what `a ~ b` makes, counted."""
        return self.budget.grow(markup_join(parts))

    def _load_template(self, name: str, globals: Any) -> Template:
        self.budget.step()
        template = super()._load_template(name, globals)
        self.budget.lengthen(self.sizes.get(name, 0))
        return template

    def made(self, value: Any) -> Any:
        """Return a list, tuple or mapping that was written down; all that it holds, however deep, is a step each.

        Lists of lists of the same lists take no room, but to print or compare them takes for ever.
        """
        held = [value]
        while held:
            parts = held.pop()
            for part in parts.values() if isinstance(parts, dict) else parts:
                self.budget.step()
                if isinstance(part, list | tuple | dict):
                    held.append(part)
        return value

    def wrap_str_format(self, value: Any) -> None:
        """Leave `format` to `is_safe_attribute`: Jinja would pass it with a check of its own, which knows no sizes."""

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may read an attribute; methods that make longer text are not for templates."""
        if isinstance(obj, str | bytes | int) and attr in _TEXT_MAKERS:
            return False
        return super().is_safe_attribute(obj, attr, value)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Reckon with small numbers; texts and lists are not repeated, nor formatted by a pattern."""
        if operator == "**" or (operator in "*%//" and not _is_number(left, right)):
            raise TemplateFaultError(f"templates do not use '{operator}' here", "templates ask, the program reckons")
        if any(isinstance(side, int) and side.bit_length() > MAX_BITS for side in (left, right)):
            raise TemplateFaultError("a whole number is too large for a template")
        result = super().call_binop(context, operator, left, right)
        if isinstance(result, list | tuple):
            return self.made(result)
        return self.budget.grow(result) if isinstance(result, str) else result


class _Counting(NodeTransformer):
    """Puts the counting into loops and joined texts of a template's tree."""

    def visit_For(self, node: nodes.For) -> nodes.For:  # noqa: N802  # Jinja asks by this name
        """Count the turns of a loop, and the template's own words in it."""
        size = sum(_own_words(part) for part in node.body)
        self.generic_visit(node)
        node.iter = _asked("counted", [node.iter, nodes.Const(size)], node)  # type: ignore[list-item]
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Expr:  # noqa: N802
        """Measure a joined text."""
        self.generic_visit(node)
        return _asked("joined", node.nodes, node)

    def visit_List(self, node: nodes.List) -> nodes.Expr:  # noqa: N802
        """Measure a list."""
        return self._made(node)

    def visit_Dict(self, node: nodes.Dict) -> nodes.Expr:  # noqa: N802
        """Measure a mapping."""
        return self._made(node)

    def visit_Tuple(self, node: nodes.Tuple) -> nodes.Expr:  # noqa: N802
        """Measure a tuple, unless it is one of names that are given values."""
        return self._made(node) if node.ctx == "load" else node

    def _made(self, node: nodes.Expr) -> nodes.Expr:
        self.generic_visit(node)
        return _asked("made", [node], node)


class _Counted(Sequence[Any]):
    """A sequence of which each turn of a loop is a step."""

    def __init__(self, values: Sequence[Any], budget: Budget, size: int) -> None:
        self.values, self.budget, self.size = values, budget, size

    def __len__(self) -> int:
        return len(self.values)

    def __getitem__(self, at: Any) -> Any:
        return self.values[at]

    def __iter__(self) -> Iterator[Any]:
        for value in self.values:
            self.budget.turn(self.size)
            yield value


def _own_words(node: nodes.Node) -> int:
    """Return how many characters a node prints that stand in the template; loops within it count their own."""
    if isinstance(node, nodes.For):
        return 0
    if isinstance(node, nodes.TemplateData):
        return len(node.data)
    return sum(_own_words(child) for child in node.iter_child_nodes())


def _asked(name: str, arguments: list[nodes.Expr], beside: nodes.Node) -> nodes.Call:
    """Return a call of a method of the environment, where `beside` stands in the source."""
    asked = nodes.Call(nodes.EnvironmentAttribute(name), arguments, [], None, None)
    return asked.set_lineno(beside.lineno)  # type: ignore[return-value]


def _is_number(*values: Any) -> bool:
    return all(isinstance(value, int | float) for value in values)
