"""What can stop the writing of a file for a reason that a user can mend; every error carries its diagnostic."""

from __future__ import annotations

from generator.model.diagnostics import Diagnostic, Place, Severity


class WriterError(Exception):
    """A file cannot be written; `diagnostic` says why and what to do."""

    code = ""

    def __init__(self, file: str, message: str, hint: str) -> None:
        self.diagnostic = Diagnostic(self.code, Severity.ERROR, Place(file), message, hint)
        super().__init__(str(self.diagnostic))


class TypstTemplateError(WriterError):
    """A city's own `book.typ` does not compile, or asks for a package of the network."""

    code = "MP514"
