"""What the sample book is made of: its palette, its pictures, short ways to write cells and rows."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

from generator.model.document import Cell, Inline, Palette, Row, Text

EMBLEM = "cities/kota-contoh/lambang.png"
PHOTO = "cities/kota-contoh/peta.png"
NARROW_SPACE = "\N{NARROW NO-BREAK SPACE}"
NO_BREAK = "\N{NO-BREAK SPACE}"

PALETTE = Palette(
    tones=(
        ("ink", "1B2433"),
        ("accent", "0B4F6C"),
        ("grey", "5B6470"),
        ("muted", "5B6470"),
        ("governance", "1F5AA6"),
        ("branding", "B1305E"),
        ("economy", "8F5A00"),
        ("living", "00707A"),
        ("society", "6A45A8"),
        ("environment", "2E7031"),
    ),
    levels=("F7D9D4", "FBE9C6", "E8EDF0", "CDE5E3", "8FC6C2"),
)

DIMENSIONS = ("Tata kelola", "Pencitraan", "Ekonomi", "Kehidupan", "Masyarakat", "Lingkungan")
TONES = ("governance", "branding", "economy", "living", "society", "environment")


def words(text: str) -> tuple[Inline, ...]:
    """Return plain runs of a text."""
    return (Text(text),)


def cell(
    text: str,
    *,
    level: int | None = None,
    tone: str | None = None,
    colspan: int = 1,
    rowspan: int = 1,
    header: bool = False,
) -> Cell:
    """Return a cell of one plain paragraph."""
    return Cell((words(text),), level=level, tone=tone, colspan=colspan, rowspan=rowspan, header=header)


def row(*texts: str, total: bool = False) -> Row:
    """Return a row of plain cells."""
    return Row(tuple(cell(text) for text in texts), total=total)


def png(width: int = 96, height: int = 96, colour: tuple[int, int, int] = (11, 79, 108)) -> bytes:
    """Return the bytes of a one-coloured RGB PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    line = b"\x00" + bytes(colour) * width
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(line * height)) + chunk(b"IEND", b"")
    )


def lay_workspace(folder: Path) -> Path:
    """Write the pictures of the sample below `folder` and return it."""
    (folder / EMBLEM).parent.mkdir(parents=True, exist_ok=True)
    (folder / EMBLEM).write_bytes(png())
    (folder / PHOTO).write_bytes(png(320, 180, (205, 229, 227)))
    return folder
