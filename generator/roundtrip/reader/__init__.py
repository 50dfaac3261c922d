"""DOCX to block tree: `read(data, name, base)` returns what a file says, as Word, LibreOffice or others saved it.

What a DOCX of ours carries, and so what `read` gives back: every block with its id, kind, nesting and words; weight,
italics, links, references, citations and fill-ins; lists with kind, start and levels; tables with look, spans, header
and total rows, label cells and the alignment of cells; captions with kind and number; sources; boxes; alternative
texts.

What it does not carry (`tests/roundtrip/carried.py` takes it off a tree before the two are compared): `origin` and
`because`; weights and alignments of columns (cells hold the latter); levels, tones and keys of cells and rows; label
cells in total rows and in draft laws; the path and width of pictures and the numbers of charts; the order of nesting of
weight and italics. A heat map is read as the table that it is drawn as, the list of sources as a last chapter.

Tracked changes are taken as accepted; who made them is told. Everything is read from the XML: python-docx would drop
insertions and content controls.
"""

from generator.roundtrip.reader.book import Passport, Reading, Remark, identify, read
from generator.roundtrip.reader.package import UnreadableDocumentError

__all__ = ["Passport", "Reading", "Remark", "UnreadableDocumentError", "identify", "read"]
