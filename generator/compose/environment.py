"""The Jinja environment: sandboxed, strict about names, with every printed value going through the one door."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import CodeType
from typing import Any

from jinja2 import StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError, pass_context
from jinja2.ext import Extension
from jinja2.nodes import Template
from jinja2.runtime import Context

from generator.compose import filters
from generator.compose.limits import Budget, LimitedEnvironment, Templates
from generator.compose.tokens import MARK_CLOSE, MARK_OPEN, TemplateFaultError, TokenTable, without_tokens
from generator.model.diagnostics import Diagnostic, Place, Severity

TABLE_KEY = "_tokens"
_FAULTS = (LookupError, ArithmeticError, AttributeError, NameError, MemoryError)
_PREFIX = re.compile(r"^(?:\{%.*?%\}\s*)*\s*(?:(?:\#{1,6}|[-*+]|\d+\.)[ ]+|>[ ]?)*")
_STARTS_BLOCK = re.compile(r"^(?:\{%.*?%\}\s*)*\s*(?:\#{1,6}|[-*+]|\d+\.)[ ]")
_HEADING = re.compile(r"^\s*\#{1,6}[ ]")
_RULE = re.compile(r"-{3,}|\*{3,}|_{3,}")


class OriginMarks(Extension):
    """Puts a mark with file, line and ordinal behind the first characters of every block of a template's source.

    The ordinal counts blocks since the last heading in the source, so that a block's id depends neither on the data
    nor on what stands in other sections.
    """

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002
        """Return the source with marks, and without the characters that these are made of; called before lexing."""
        source = without_tokens(source)
        if name is None or not name.endswith(".md.j2"):
            return source
        names: list[str] = self.environment.origin_names  # type: ignore[attr-defined]
        if name not in names:
            names.append(name)
        return mark_lines(source, names.index(name))


def mark_lines(source: str, file: int) -> str:
    """Return template source with an origin mark in each line that opens a block."""
    marked: list[str] = []
    inside_tag = False
    fresh = True
    ordinal = 0
    for number, line in enumerate(source.split("\n"), 1):
        bare = line.strip()
        closes = inside_tag
        if inside_tag:
            inside_tag = not re.search(r"[%#}]\}", line)
        elif re.search(r"\{[%#{](?!.*[%#}]\})", line):
            inside_tag = True
        prefix = _PREFIX.match(line)
        end = prefix.end() if prefix else 0
        only_tags = not line[end:].strip() or line[end:].startswith(("{#", "|", "!!!")) or bool(_RULE.fullmatch(bare))
        if closes or (inside_tag and line[end:].startswith(("{%", "{#"))) or only_tags:
            marked.append(line)
            fresh = not bare or only_tags or closes
            continue
        if fresh or _STARTS_BLOCK.match(line):
            ordinal = 0 if _HEADING.match(line) else ordinal + 1
            line = f"{line[:end]}{MARK_OPEN}{file}:{number}:{ordinal}{MARK_CLOSE}{line[end:]}"
        # A space keeps `trim_blocks` from eating the end of a line of prose that closes with a tag.
        marked.append(f"{line} " if line.endswith("%}") else line)
        fresh = False
    return "\n".join(marked)


@pass_context
def _finalize(context: Context, value: Any) -> Any:
    table: TokenTable = context[TABLE_KEY]
    if isinstance(value, str):
        context.environment.budget.grow(value)  # type: ignore[attr-defined]
    return table.printed(value)


_LINES = re.compile(r"(\d+)=(\d+)")
"""Line of a template, line of the program that Jinja made of it."""
_MOST_COMPILED = 4096
_compiled: dict[tuple[str, str | None, str | None, int], CodeType] = {}


class TemplateEnvironment(LimitedEnvironment):
    """The sandbox with the names of the templates seen so far, which origin marks point into.

    Compiled templates are kept for the whole process: compiling takes half of a city's composition, and the next city,
    or the next change while somebody watches, needs the same ones.
    """

    def __init__(self, folder: Path, words: Callable[[str], str] = str) -> None:
        """Read templates below `folder`; their prose is said in the `words` of a region (what values print is not)."""
        self.words = words
        self.origin_names: list[str] = []
        self.budget = Budget()
        self.sizes: dict[str, int] = {}
        super().__init__(
            loader=Templates(str(folder)),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            extensions=[OriginMarks],
            finalize=_finalize,
            auto_reload=False,
        )
        self.filters = dict(filters.FILTERS)
        self.tests = {name: self.tests[name] for name in ("defined", "none", "odd", "even", "divisibleby", "sameas")}
        self.globals = {}

    def compile(
        self,
        source: str | Template,
        name: str | None = None,
        filename: str | None = None,
        raw: bool = False,
        defer_init: bool = False,
    ) -> Any:
        """Return the code of a template, compiled once a process for the same source, name and number of the name."""
        self.sizes[name or ""] = len(source) if isinstance(source, str) else 0
        if raw or not isinstance(source, str):
            return super().compile(source, name, filename, raw, defer_init)  # type: ignore[call-overload]
        if name is not None and name.endswith(".md.j2") and name not in self.origin_names:
            self.origin_names.append(name)  # the marks in kept code hold its number
        at = self.origin_names.index(name) if name in self.origin_names else -1
        key = (source, name, filename, at)
        if key not in _compiled:
            try:
                code = super().compile(source, name, filename)
            except SyntaxError as error:
                # Jinja writes a program of Python; that takes only so many loops and conditions in one another.
                line = self._line_of(error.lineno or 0, source, name, filename)
                raise TemplateSyntaxError(f"too deeply nested: {error.msg}", line, name, filename) from error
            if len(_compiled) >= _MOST_COMPILED:
                _compiled.clear()
            _compiled[key] = code
        return _compiled[key]

    def _line_of(self, made: int, source: str, name: str | None, filename: str | None) -> int:
        """Return the line of a template that a line of its program was made of."""
        program = super().compile(source, name, filename, raw=True)
        known = _LINES.findall(program.rpartition("debug_info = ")[2])
        return max((int(line) for line, other in known if int(other) <= made), default=1)


@dataclass(slots=True)
class Rendered:
    """Markdown with tokens, the values behind them, and the template names that marks point into."""

    markdown: str
    table: TokenTable
    names: list[str]
    folder: str = "templates/"
    """What stands before the names in the origin of a block."""


class TemplateFailedError(Exception):
    """A template could not be rendered; carries the diagnostic."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(str(diagnostic))
        self.diagnostic = diagnostic


def render(environment: TemplateEnvironment, template: str, context: Mapping[str, Any]) -> Rendered:
    """Render a template file.

    Raises `TemplateFailedError` with file and line for a syntax error, an unknown name or a value without words.
    """
    return _render(environment, template, context, lambda: environment.get_template(template))


def render_snippet(environment: TemplateEnvironment, source: str, origin: str, context: Mapping[str, Any]) -> Rendered:
    """Render a sentence of the content (a rule's finding); `origin` names it in diagnostics."""
    return _render(environment, origin, context, lambda: _snippet(environment, source))


def _snippet(environment: TemplateEnvironment, source: str) -> Any:
    cache: dict[str, Any] = environment.globals.setdefault("_snippets", {})  # type: ignore[assignment]
    if source not in cache:
        cache[source] = environment.from_string(source)
    return cache[source]


def _render(
    environment: TemplateEnvironment, template: str, context: Mapping[str, Any], load: Callable[[], Any]
) -> Rendered:
    table = TokenTable(words=environment.words)
    outer, environment.budget = environment.budget, Budget()
    try:
        text = load().render({**context, TABLE_KEY: table})
    except TemplateSyntaxError as error:
        raise failure("MP401", error.name or template, error.lineno, error.message or "syntax error") from error
    except TemplateNotFound as error:
        raise failure("MP402", template, _line(error), f"no template '{error.name}'") from error
    except TemplateFaultError as error:
        raise failure("MP403", *_where(error, template), error.message, error.hint) from error
    except RecursionError as error:
        raise failure("MP404", *_where(error, template), "a template or macro calls itself without end") from error
    except (TemplateError, TypeError, ValueError, *_FAULTS) as error:
        raise failure("MP404", *_where(error, template), str(error) or type(error).__name__) from error
    finally:
        environment.budget = outer
    return Rendered(text, table, environment.origin_names)


def failure(code: str, file: str, line: int | None, message: str, hint: str | None = None) -> TemplateFailedError:
    """Return the failure of a template at a place."""
    return TemplateFailedError(Diagnostic(code, Severity.ERROR, Place(f"templates/{file}", line), message, hint))


def _where(error: BaseException, template: str) -> tuple[str, int | None]:
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.filename.endswith(".j2"):
            parts = Path(frame.filename).parts
            start = len(parts) - 1 - parts[::-1].index("templates") if "templates" in parts else len(parts) - 2
            return "/".join(parts[start + 1 :]), frame.lineno
    return template, None


def _line(error: BaseException) -> int | None:
    return _where(error, "")[1]
