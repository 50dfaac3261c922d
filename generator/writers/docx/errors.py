"""What can stop the writing of a DOCX; every error carries its diagnostic."""

from __future__ import annotations

from generator.model.diagnostics import Diagnostic, Place, Severity


class DocxError(Exception):
    """The DOCX cannot be written; `diagnostic` says why and what to do."""

    code = "MP511"

    def __init__(self, file: str, message: str, hint: str) -> None:
        self.diagnostic = Diagnostic(self.code, Severity.ERROR, Place(file), message, hint)
        super().__init__(str(self.diagnostic))


class TemplateError(DocxError):
    """`reference.docx` is absent or is not a Word document."""

    code = "MP511"


class MissingStyleError(DocxError):
    """`reference.docx` lacks styles that the books use."""

    code = "MP512"


class OutsideWorkspaceError(DocxError):
    """A picture's path leads out of the workspace."""

    code = "MP513"
