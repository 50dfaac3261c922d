"""Reading pictures of the workspace: what Word cannot show well is converted, what is broken is refused by name."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from lxml import etree

from generator.sources.whole_pictures import whole_pictures_only
from generator.writers.docx.errors import OutsideWorkspaceError
from generator.writers.docx.xml import Element

_MOST_BYTES = 60_000_000
_MOST_PIXELS = 120_000_000
_DOTS_PER_MM = 300 / 25.4


class UnreadablePictureError(Exception):
    """The picture cannot be shown; the text says why, in the language of the book."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG or JPEG with its size in pixels; `svg` is the drawing it was made from."""

    content: bytes
    extension: str
    content_type: str
    width: int
    height: int
    svg: bytes = b""


def read_picture(workspace: Path, path: str, width_mm: float) -> Picture:
    """Return a picture at most as fine as 300 dots an inch at `width_mm`.

    Raises:
        OutsideWorkspaceError: the path, or a link on it, leads out of the workspace.
        UnreadablePictureError: the file is absent, empty, broken, too large or of no known format.
    """
    file = _inside(workspace, path)
    try:
        if file.stat().st_size > _MOST_BYTES:
            raise UnreadablePictureError("berkas terlalu besar")
        content = file.read_bytes()
    except FileNotFoundError as error:
        raise UnreadablePictureError("berkas tidak ditemukan") from error
    except (OSError, ValueError) as error:
        raise UnreadablePictureError("berkas tidak dapat dibuka") from error
    if not content:
        raise UnreadablePictureError("berkas kosong")
    if file.suffix.lower() == ".svg":
        return _from_svg(content, width_mm)
    return _from_pixels(content, width_mm)


def _inside(workspace: Path, path: str) -> Path:
    hint = "put the picture into the workspace and name it by a path inside it"
    try:
        root = workspace.resolve()
        file = (root / path).resolve()
    except (OSError, ValueError, RuntimeError) as error:
        raise UnreadablePictureError("nama berkas tidak sah") from error
    if not file.is_relative_to(root):
        raise OutsideWorkspaceError(path, "the picture is outside the workspace", hint)
    if file.exists() and not file.is_file():
        raise UnreadablePictureError("bukan berkas")
    return file


def _from_pixels(content: bytes, width_mm: float) -> Picture:
    # Pillow costs 0.05 s to import: only books with pictures pay it.
    from PIL import Image

    try:
        with warnings.catch_warnings(), whole_pictures_only():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(BytesIO(content), formats=("PNG", "JPEG"))
            if image.width * image.height > _MOST_PIXELS:
                raise UnreadablePictureError("gambar terlalu besar")
            wanted = max(round(width_mm * _DOTS_PER_MM), 1)
            fits = image.width <= 2 * wanted
            if fits and image.mode in ("1", "L", "P", "LA", "RGB", "RGBA"):
                image.load()
                extension = "png" if image.format == "PNG" else "jpeg"
                return Picture(content, extension, f"image/{extension}", image.width, image.height)
            return _converted(image, wanted)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise UnreadablePictureError("berkas rusak atau bukan PNG, JPEG, atau SVG") from error


def _converted(image: object, wanted: int) -> Picture:
    from PIL import Image

    assert isinstance(image, Image.Image)  # noqa: S101 - the type is not known before Pillow is imported
    is_photo = image.format == "JPEG"
    size = (min(wanted, image.width), max(round(image.height * min(wanted, image.width) / image.width), 1))
    image.draft("RGB", size)
    clear = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
    small = image.convert("RGBA" if clear and not is_photo else "RGB").resize(size, Image.Resampling.LANCZOS)
    stream = BytesIO()
    small.save(stream, "JPEG" if is_photo else "PNG", **({"quality": 88} if is_photo else {}))
    extension = "jpeg" if is_photo else "png"
    return Picture(stream.getvalue(), extension, f"image/{extension}", size[0], size[1])


def _from_svg(content: bytes, width_mm: float) -> Picture:
    """Draw an SVG with Typst, which reads no file and no address, for programs that show no SVG."""
    import typst

    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        drawing = etree.tostring(_harmless(etree.fromstring(content, parser)))
        source = (
            f"#set page(width: {width_mm:.2f}mm, height: auto, margin: 0pt, fill: none)\n"
            '#image(bytes(sys.inputs.drawing), format: "svg", width: 100%)'
        )
        inputs = {"drawing": drawing.decode("ascii")}
        image = typst.compile(source.encode(), format="png", ppi=300, sys_inputs=inputs)
    except (etree.XMLSyntaxError, typst.TypstError, ValueError) as error:
        raise UnreadablePictureError("berkas SVG rusak") from error
    if not isinstance(image, bytes):
        raise UnreadablePictureError("berkas SVG rusak")
    picture = _from_pixels(image, width_mm)
    return Picture(picture.content, picture.extension, picture.content_type, picture.width, picture.height, drawing)


def _harmless(drawing: Element) -> Element:
    """Take scripts, foreign content and addresses out of a drawing."""
    if etree.QName(drawing).localname != "svg":
        raise ValueError("not an SVG")
    for node in list(drawing.iter()):
        parent = node.getparent()
        if parent is not None and (not isinstance(node.tag, str) or etree.QName(node).localname in _ACTIVE):
            parent.remove(node)
            continue
        for name in list(node.attrib):
            local = str(name).rpartition("}")[2].lower()
            address = local == "href" and not str(node.attrib[name]).startswith(("#", "data:image/"))
            if address or local.startswith("on"):
                del node.attrib[name]
    return drawing


_ACTIVE = frozenset({"script", "foreignObject", "handler", "iframe", "audio", "video"})
