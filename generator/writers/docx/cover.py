"""The cover: emblem or a frame that says it is missing, title, region, period, status, lines."""

from __future__ import annotations

from generator.model import word as styles
from generator.writers.docx import xml
from generator.writers.docx.context import Place, Writing
from generator.writers.docx.drawings import EMU_PER_MM
from generator.writers.docx.figures import place_picture
from generator.writers.docx.pictures import Picture, UnreadablePictureError, read_picture

_EMBLEM_MM = 32.0
_TALLEST_MM = 40.0
_TWIPS_PER_MM = 1440 / 25.4


def write_cover(writing: Writing, place: Place) -> None:
    """Append the first page."""
    cover = writing.document.cover
    _emblem(writing, place)
    lines = (
        (styles.COVER_TITLE, cover.title),
        (styles.COVER_SUBTITLE, cover.subtitle),
        (styles.COVER_REGION, cover.region),
        (styles.COVER_PERIOD, cover.period),
        (styles.COVER_STATUS, cover.status),
        *((styles.COVER_LINE, line) for line in cover.lines),
    )
    for style, text in lines:
        if text:
            with writing.paragraph(place, style) as node:
                xml.text_run(node, text)


def _emblem(writing: Writing, place: Place) -> None:
    cover = writing.document.cover
    if cover.emblem is None and not cover.of_region:
        with writing.paragraph(place, styles.COVER_EMBLEM) as node:
            # The height of an emblem, so that the title stands where it stands on every cover.
            xml.sub(node[0], "w:spacing", line=str(round(_EMBLEM_MM * _TWIPS_PER_MM)), lineRule="exact")
        return
    if cover.emblem is None:
        _frame(writing, place, "Lambang daerah", f"Lambang daerah {cover.region} belum diterima.")
        return
    try:
        picture: Picture = read_picture(writing.workspace, cover.emblem, _EMBLEM_MM)
    except UnreadablePictureError as error:
        _frame(writing, place, "Lambang daerah", f"Lambang tidak dapat ditampilkan ({error}): {cover.emblem}")
        return
    with writing.paragraph(place, styles.COVER_EMBLEM) as node:
        alt = f"Lambang {cover.region}"
        place_picture(writing, node, picture, alt, _EMBLEM_MM * EMU_PER_MM, _TALLEST_MM * EMU_PER_MM)


def _frame(writing: Writing, place: Place, text: str, reason: str) -> None:
    with writing.paragraph(place, styles.COVER_FRAME) as node:
        lines = (f"{styles.FILL_WHAT}{text}", reason)
        writing.comment(node, lines, f"[Isi: {text}]", writing.template.style(styles.FILL_IN))
