"""DOCX edited by a city back to the block tree."""
