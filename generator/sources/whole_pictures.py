"""Pillow told to refuse what is cut off: WeasyPrint, once imported, lets the whole process accept such pictures."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def whole_pictures_only() -> Iterator[None]:
    """Within the block a picture that ends too early is an OSError, whatever another library has set."""
    from PIL import ImageFile

    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before
