"""The engines that lay out pages, by name; the one that is asked for is imported, the other is not."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from generator.model.document import Document
from generator.writers.printed import PdfResult

EngineName = Literal["weasyprint", "typst"]


def lay_out(engine: EngineName, document: Document, workspace: Path, epoch: int) -> PdfResult:
    """Return a document as PDF; `epoch` is its date in seconds since 1970, UTC. Raises what the writer raises."""
    if engine == "weasyprint":
        from generator.writers import pdf

        return pdf.write(document, workspace, source_date_epoch=epoch)
    from generator.writers import typst

    return typst.write(document, workspace, source_date_epoch=epoch)
