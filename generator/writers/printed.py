"""What every engine that lays out pages gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PdfResult:
    """A finished PDF: its bytes, the printed page number of each heading and captioned block by block id ('iv',
    '12'), and the number of pages, cover and intentionally blank pages included."""

    data: bytes
    pages: Mapping[str, str]
    page_count: int
