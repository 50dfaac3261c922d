"""What can stop the writing of a DOCX; every error carries its diagnostic."""

from __future__ import annotations

from generator.writers.errors import WriterError


class DocxError(WriterError):
    """The DOCX cannot be written; `diagnostic` says why and what to do."""

    code = "MP511"


class TemplateError(DocxError):
    """`reference.docx` is absent or is not a Word document."""

    code = "MP511"


class MissingStyleError(DocxError):
    """`reference.docx` lacks styles that the books use."""

    code = "MP512"


class OutsideWorkspaceError(DocxError):
    """A picture's path leads out of the workspace."""

    code = "MP513"
