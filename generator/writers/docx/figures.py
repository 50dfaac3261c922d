"""Pictures with caption and source; where a picture cannot be shown, a frame that says why."""

from __future__ import annotations

from docx.opc.constants import RELATIONSHIP_TYPE

from generator.model import word as styles
from generator.model.document import Caption, Figure, Inline
from generator.writers.docx import xml
from generator.writers.docx.context import Place, Writing
from generator.writers.docx.drawings import EMU_PER_MM, add_picture, emu
from generator.writers.docx.headings import write_caption
from generator.writers.docx.inlines import write_inlines
from generator.writers.docx.pictures import Picture, UnreadablePictureError, read_picture
from generator.writers.docx.xml import Element

_TALLEST_MM = 200


def write_figure(writing: Writing, place: Place, figure: Figure) -> None:
    """Append a picture, its caption and its source."""
    width = min(figure.width_mm * EMU_PER_MM, emu(place.width))
    try:
        picture = read_picture(writing.workspace, figure.path, width / EMU_PER_MM)
    except UnreadablePictureError as error:
        write_frame(writing, place, figure.id, f"Gambar tidak dapat ditampilkan ({error}): {figure.path}. {figure.alt}")
    else:
        with writing.paragraph(place, styles.FIGURE, figure.id) as node:
            place_picture(writing, node, picture, figure.alt, width, _TALLEST_MM * EMU_PER_MM)
    write_below(writing, place, figure.id, figure.caption, figure.source)


def place_picture(writing: Writing, node: Element, picture: Picture, alt: str, width: float, tallest: float) -> None:
    """Append a picture to a paragraph, as wide as `width` but not taller than `tallest` (EMU)."""
    height = width * picture.height / picture.width
    if height > tallest:
        width, height = width * tallest / height, tallest
    part = writing.add_part("media/", "image", picture.extension, picture.content_type, picture.content)
    relation = writing.relate(RELATIONSHIP_TYPE.IMAGE, part)
    vector = ""
    if picture.svg:
        drawing = writing.add_part("media/", "image", "svg", "image/svg+xml", picture.svg)
        vector = writing.relate(RELATIONSHIP_TYPE.IMAGE, drawing)
    add_picture(writing, node, relation, alt, max(round(width), 1), max(round(height), 1), vector)


def write_frame(writing: Writing, place: Place, block_id: str, text: str) -> None:
    """Append the empty frame that stands for a picture."""
    with writing.paragraph(place, styles.FIGURE_FRAME, block_id) as node:
        xml.text_run(node, text)


def write_below(
    writing: Writing, place: Place, block_id: str, caption: Caption | None, source: tuple[Inline, ...]
) -> None:
    """Append the caption and the source that stand below a figure."""
    if caption is not None:
        write_caption(writing, place, block_id, caption, above=False)
    if source:
        with writing.paragraph(place, styles.PARAGRAPH["source"], block_id, "source") as node:
            write_inlines(writing, node, source)
