"""Two DOCX of one book as a third with tracked changes: accepted it is the newer one, rejected the older one."""

from generator.writers.docx.redline.book import redline

__all__ = ["redline"]
