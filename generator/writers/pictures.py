"""Pictures of the workspace that are safe to print: inside it, readable, whole, and fetching nothing themselves."""

from __future__ import annotations

import logging
import warnings
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from generator.sources.whole_pictures import whole_pictures_only
from generator.writers.assets import inside

if TYPE_CHECKING:
    from PIL.Image import Image

LOGGER = logging.getLogger(__name__)

_RASTER = {"PNG": "png", "JPEG": "jpg", "GIF": "gif", "WEBP": "webp"}
# Inks are for a press: PDF/A takes them with a profile only, and screens show them wrongly.
_SOUND = ("1", "L", "P", "LA", "RGB", "RGBA")
_WIDEST = 2850
"""Pixels: 240 mm, the widest that a picture stands on a page, at 300 dots an inch."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture file and its format by content: 'png', 'jpg', 'gif', 'webp' or 'svg'.

    `data` stands for the file where that cannot go in as it is (inks of a press, far too many pixels); else it is None.
    """

    path: Path
    format: str
    data: bytes | None = None


def find(workspace: Path, path: str) -> Picture | None:
    """Return the picture at a workspace-relative path, or None, with a warning in the log, if it cannot be printed.

    None stands for: missing, outside the workspace (symbolic links followed), no picture, damaged, or an SVG that
    names other files. One bad picture must cost a frame that says so, not the book.
    """
    candidate = workspace / path
    try:
        if not candidate.is_file() or not inside(candidate, workspace):
            LOGGER.warning("no picture %r inside the workspace", path)
            return None
        if candidate.suffix.lower() == ".svg":
            _check_svg(candidate)
            return Picture(candidate, "svg")
        return _raster(candidate, candidate.stat().st_mtime_ns)
    except (OSError, ValueError, SyntaxError) as problem:  # what a hostile path or a damaged file can raise
        LOGGER.warning("picture %r cannot be printed: %s", path, problem)
        return None


@lru_cache(maxsize=8)  # an engine asks for the same picture twice; converting a large one takes a second
def _raster(path: Path, changed: int) -> Picture:  # noqa: ARG001  # a file that was saved again is another one
    """Return a raster picture that can be decoded whole; raises ValueError or OSError otherwise."""
    from PIL import Image

    try:
        with warnings.catch_warnings(), whole_pictures_only():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(path) as image:
                kind = _RASTER.get(image.format or "")
                if kind is None:
                    raise ValueError("its format is none of PNG, JPEG, GIF, WebP, SVG")
                if image.mode in _SOUND and image.width <= 2 * _WIDEST and image.width * image.height <= 4 * _WIDEST**2:
                    image.load()
                    return Picture(path, kind)
                return Picture(path, *_converted(image))
    except Image.DecompressionBombError as bomb:
        raise ValueError(str(bomb)) from bomb


def _converted(image: Image) -> tuple[str, bytes]:
    """Return format and bytes of a picture in colours of a screen, no finer than print needs."""
    width = min(image.width, _WIDEST)
    height = max(round(image.height * width / image.width), 1)
    photo = image.format == "JPEG"
    image.draft("RGB", (width, height))  # a JPEG is then decoded small at once
    clear = not photo and ("A" in image.getbands() or "transparency" in image.info)
    small = image.convert("RGBA" if clear else "RGB").resize((width, height))
    stream = BytesIO()
    small.save(stream, "JPEG" if photo else "PNG", **({"quality": 88} if photo else {}))
    return ("jpg" if photo else "png"), stream.getvalue()


def _check_svg(path: Path) -> None:
    """Raise ValueError if a drawing is not well-formed or leads to anything outside itself."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    data = path.read_bytes()
    root = etree.fromstring(data, parser)  # lxml's own error is a SyntaxError
    if b"<!doctype" in data.lower():
        raise ValueError("a document type may define entities")
    for element in root.iter(etree.Element):
        for name, value in element.attrib.items():
            if str(name).rpartition("}")[2] in ("href", "src") and not str(value).startswith(("#", "data:image/")):
                raise ValueError(f"it names another file: {str(value)[:80]}")
