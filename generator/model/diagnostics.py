"""What went wrong, where, and what to do next: a value, collected and never raised past its stage."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum


class Severity(Enum):
    """How much a diagnostic matters; only `ERROR` keeps a city from being built."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a file; `line` and `column` count from 1, None where the file as a whole is meant."""

    file: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding about an input. `code` is stable and explained in `generator.model.codes`."""

    code: str
    severity: Severity
    place: Place
    message: str
    hint: str | None = None

    def __str__(self) -> str:
        hint = f"\n  hint: {self.hint}" if self.hint else ""
        return f"{self.place}: {self.severity.value} {self.code}: {self.message}{hint}"


@dataclass(slots=True)
class Collector:
    """Gathers the diagnostics of one stage; the only mutable value of the model."""

    found: list[Diagnostic] = field(default_factory=list)

    def error(self, code: str, place: Place, message: str, hint: str | None = None) -> None:
        """Add an error."""
        self.found.append(Diagnostic(code, Severity.ERROR, place, message, hint))

    def warning(self, code: str, place: Place, message: str, hint: str | None = None) -> None:
        """Add a warning."""
        self.found.append(Diagnostic(code, Severity.WARNING, place, message, hint))

    def info(self, code: str, place: Place, message: str, hint: str | None = None) -> None:
        """Add a remark."""
        self.found.append(Diagnostic(code, Severity.INFO, place, message, hint))

    def extend(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Add the diagnostics of another stage."""
        self.found.extend(diagnostics)

    @property
    def has_errors(self) -> bool:
        """Whether any error was collected."""
        return any(diagnostic.severity is Severity.ERROR for diagnostic in self.found)
