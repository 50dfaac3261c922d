"""The form that a city fills in, as a workbook: instructions, an assessment sheet for each area, profile, programmes.

Cells for input are marked and open, all others are protected without a password. Every sheet carries hidden keys, and
a hidden sheet what was filled in, so that the reader knows what the city changed however it treated the file.
"""

from __future__ import annotations

from datetime import UTC, datetime, time
from io import BytesIO

from generator.model.content import CityDossier, Content
from generator.writers.form.cover import write_cover
from generator.writers.form.page import Pages, write_sheet
from generator.writers.form.sheets import Form


def file_name(slug: str) -> str:
    """Return the usual name of a city's form."""
    return f"formulir-{slug}.xlsx"


def write_form(dossier: CityDossier, content: Content) -> bytes:
    """Return the form of a city, filled in with what its files say; its bytes depend on the input alone."""
    from xlsxwriter import Workbook

    target = BytesIO()
    book = Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    city = dossier.city
    book.set_properties(
        {
            "title": f"Formulir penilaian {city.full_name}",
            "author": "Generator Masterplan",
            "created": datetime.combine(city.date, time(), UTC).replace(tzinfo=None),
        }
    )
    # Values that formulas show are stored with them; a reader that does not reckon sees them all the same.
    book.set_calc_mode("auto")
    form = Form(dossier, content)
    pages = Pages(book, form)
    first, *rest = form.sheets()
    cover = book.add_worksheet(first.name)
    progress = [write_sheet(pages, sheet) for sheet in rest]
    write_cover(pages, cover, first, [item for item in progress if item is not None])
    pages.write_lists()
    pages.write_base()
    cover.activate()
    book.close()
    return target.getvalue()
