"""Pictures of the workspace that are safe to print: inside it, readable, whole, and fetching nothing themselves."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

from generator.writers.assets import inside
from generator.writers.pillow import whole_pictures_only

LOGGER = logging.getLogger(__name__)

_RASTER = {"PNG": "png", "JPEG": "jpg", "GIF": "gif", "WEBP": "webp"}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture file and its format by content: 'png', 'jpg', 'gif', 'webp' or 'svg'."""

    path: Path
    format: str


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
        kind = "svg" if candidate.suffix.lower() == ".svg" else _raster(candidate)
        if kind == "svg":
            _check_svg(candidate)
    except (OSError, ValueError, SyntaxError) as problem:  # what a hostile path or a damaged file can raise
        LOGGER.warning("picture %r cannot be printed: %s", path, problem)
        return None
    return Picture(candidate, kind)


def _raster(path: Path) -> str:
    """Return the format of a raster picture that can be decoded whole; raises ValueError or OSError otherwise."""
    from PIL import Image

    try:
        with whole_pictures_only(), Image.open(path) as image:
            image.load()
            kind = _RASTER.get(image.format or "")
    except Image.DecompressionBombError as bomb:
        raise ValueError(str(bomb)) from bomb
    if kind is None:
        raise ValueError("its format is none of PNG, JPEG, GIF, WebP, SVG")
    return kind


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
