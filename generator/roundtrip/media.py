"""Pictures that a city put into its book: their kind, whether two show the same, how they are stored."""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import TYPE_CHECKING

from generator.sources.whole_pictures import whole_pictures_only

if TYPE_CHECKING:
    from PIL.Image import Image

_ENDINGS = ((b"\x89PNG\r\n", "png"), (b"\xff\xd8\xff", "jpg"))
_CONVERTED = (b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"RIFF")
_FORMATS = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP")
_MOST_PIXELS = 120_000_000
_SIDE = 24
_LIKE = 8.0  # mean difference of greys, of 255, up to which two pictures show the same


def ending_of(content: bytes) -> str:
    """Return the ending of the file that a picture is stored in, '' for a kind that books cannot show."""
    known = next((ending for start, ending in _ENDINGS if content.startswith(start)), "")
    return known or ("png" if content.startswith(_CONVERTED) else "")


def stored(content: bytes) -> bytes:
    """Return the bytes that are stored for a picture: PNG and JPEG as they are, others as PNG.

    Raises:
        ValueError: the picture is broken or too large.
    """
    if any(content.startswith(start) for start, _ in _ENDINGS):
        _open(content)
        return content
    out = BytesIO()
    _open(content).convert("RGBA").save(out, "PNG")
    return out.getvalue()


def same_picture(one: bytes, other: bytes) -> bool:
    """Whether two pictures show the same: editors write a picture anew in another size or form."""
    try:
        first, second = _open(one), _open(other)
        if abs(first.width * second.height - second.width * first.height) > 0.04 * first.width * second.height:
            return False
        greys = [image.convert("RGB").convert("L").resize((_SIDE, _SIDE)).tobytes() for image in (first, second)]
    except ValueError:
        return False
    difference = sum(abs(a - b) for a, b in zip(*greys, strict=True)) / _SIDE**2
    return bool(difference < _LIKE)


def _open(content: bytes) -> Image:
    # Pillow costs 0.05 s to import: only books with pictures of the city pay it.
    from PIL import Image as Pillow

    try:
        with warnings.catch_warnings(), whole_pictures_only():
            warnings.simplefilter("ignore", Pillow.DecompressionBombWarning)
            image = Pillow.open(BytesIO(content), formats=_FORMATS)
            if image.width * image.height > _MOST_PIXELS:
                raise ValueError("the picture is too large")
            image.load()
            return image
    except (OSError, SyntaxError, Pillow.DecompressionBombError) as error:
        raise ValueError(f"the picture is broken: {error}") from error
