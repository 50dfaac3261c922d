"""Block tree to DOCX: `write(document, workspace)` returns the bytes of a book.

Styles come from `templates/reference.docx`, which designers edit; python-docx opens it, lxml builds the body.
"""

from generator.writers.docx.book import write
from generator.writers.docx.errors import DocxError, MissingStyleError, OutsideWorkspaceError, TemplateError

__all__ = ["DocxError", "MissingStyleError", "OutsideWorkspaceError", "TemplateError", "write"]
