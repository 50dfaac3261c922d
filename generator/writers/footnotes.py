"""Which citations carry a footnote in print: the first of each source in a chapter or annex, where it stands in text.

Tables and figures name their source below them, headings and captions carry none; the list of sources at the end of the
book names all of them, with their addresses. A DOCX has that list and fields that lead to it, and no footnotes: people
edit it for months, and the sources they add belong into the data.
"""

from __future__ import annotations

from generator.model.document import Citation, Document, Paragraph


class Footnotes:
    """The footnotes of one book while a writer goes through it in reading order."""

    def __init__(self, document: Document) -> None:
        self._texts = {source.id: source.text for source in document.sources}
        self._seen: set[str] = set()
        self._open = False

    def open_chapter(self) -> None:
        """Begin a chapter or annex: every source is named anew in it."""
        self._seen.clear()

    def allow(self, allowed: bool) -> None:
        """Say whether what follows is running text."""
        self._open = allowed

    def text(self, citation: Citation) -> str:
        """Return the footnote of a citation, '' where it has none."""
        if not self._open or not citation.text or citation.source in self._seen:
            return ""
        self._seen.add(citation.source)
        return self._texts.get(citation.source, "")


def is_running(paragraph: Paragraph) -> bool:
    """Whether a paragraph is running text, which may carry footnotes: no source line, no draft of a law."""
    return paragraph.role in ("body", "lead")
