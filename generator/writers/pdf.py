"""Book to PDF with WeasyPrint, the reference engine: one file that is PDF/A-2a and PDF/UA-1, with page labels.

`write` needs Pango; `missing_library` says whether it is there. WeasyPrint is imported inside functions, so that
importing this module costs nothing and never fails.
"""

from __future__ import annotations

import contextlib
import ctypes.util
import gc
import io
import logging
import mimetypes
import re
import sys
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from generator.model.document import Document
from generator.writers import contents, pictures
from generator.writers.assets import TEMPLATES, inside, package_templates
from generator.writers.html import BODY_ID, CONVERTED, render
from generator.writers.pdf_notes import tag_notes
from generator.writers.printed import PdfResult

if TYPE_CHECKING:
    from weasyprint.document import Document as Layout
    from weasyprint.text.fonts import FontConfiguration

LOGGER = logging.getLogger(__name__)

INSTALL_HINT = (
    "Debian/Ubuntu: sudo apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; "
    "macOS: brew install pango; "
    "Windows: install MSYS2, then pacman -S mingw-w64-ucrt-x86_64-pango"
)
# From so many pages on, what a layout leaves behind is worth looking for: it takes hundreds of megabytes.
_LONG = 40
_LIBRARIES = (
    ("GObject", ("gobject-2.0-0", "gobject-2.0", "libgobject-2.0-0")),
    ("Pango", ("pango-1.0-0", "pango-1.0", "libpango-1.0-0")),
    ("HarfBuzz", ("harfbuzz", "harfbuzz-0", "libharfbuzz-0")),
    ("Fontconfig", ("fontconfig", "fontconfig-1", "libfontconfig-1")),
    ("PangoFT2", ("pangoft2-1.0-0", "pangoft2-1.0", "libpangoft2-1.0-0")),
)


def missing_library() -> str | None:
    """Return the name of the first system library that WeasyPrint needs and the machine lacks, or None.

    Never raises and writes nothing to the screen. `INSTALL_HINT` says in one line how to install it.
    """
    for name, files in _LIBRARIES:
        if not any(ctypes.util.find_library(file) for file in files):
            return None if _loads() else name
    return None if _loads() else "Pango"


@lru_cache(maxsize=1)
def _loads() -> bool:
    """Return whether WeasyPrint can be imported; it prints advice and raises OSError where a library is missing."""
    try:
        with contextlib.redirect_stdout(io.StringIO()), _quiet():
            import weasyprint  # noqa: F401
    except (OSError, ImportError) as problem:
        LOGGER.info("WeasyPrint cannot be used: %s", problem)
        return False
    return True


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Send warnings of the libraries to the log: a user's screen is for the user's own matters."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        yield
    for warning in caught:
        LOGGER.info("%s: %s", warning.category.__name__, warning.message)


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """Leave garbage alone: a layout keeps its boxes to the end, and to look for loose ones among hundreds of thousands
    again and again takes a quarter of its time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def write(document: Document, workspace: Path, *, source_date_epoch: int) -> PdfResult:
    """Lay the book out and return it as PDF; the same arguments give the same bytes.

    `source_date_epoch` is the creation date in seconds since 1970, UTC. Nothing outside `workspace` and the package's
    templates is read, nothing is fetched from a network: a file that is refused is left out and logged.
    Raises OSError if a system library is missing (see `missing_library`).
    """
    with _quiet(), _undisturbed():
        return _write(document, workspace, source_date_epoch)


def _write(document: Document, workspace: Path, source_date_epoch: int) -> PdfResult:
    page = _page_class()(
        string=render(document, workspace),
        base_url=f"{workspace.resolve().as_uri()}/",
        url_fetcher=_fetcher(workspace.resolve()),
    )
    layout = page.render(font_config=_fonts(), pdf_variant="pdf/a-2a")
    del page
    count = len(layout.pages)
    if count >= _LONG:
        gc.collect()  # the boxes before the layout, which hold one another
    index: dict[str, int] = {}
    for number, sheet in enumerate(layout.pages):
        for anchor in sheet.anchors:
            index.setdefault(anchor, number)  # a block that runs over pages has one anchor on each
    first_body = index.get(BODY_ID, 1)
    wanted = contents.labelled(document)
    pages = {anchor: contents.page_label(at, first_body) for anchor, at in index.items() if anchor in wanted}
    _describe(layout, source_date_epoch)

    def finish(finished: Layout, pdf: Any) -> None:
        _label_pages(pdf, first_body)
        _scope_headers(finished)
        tag_notes(pdf)
        _forget_boxes(finished, long=count >= _LONG)

    data = layout.write_pdf(pdf_variant="pdf/a-2a", finisher=finish)
    return PdfResult(data, pages, count)


def _forget_boxes(layout: Layout, *, long: bool) -> None:
    """Let go of what was laid out once it is painted: the file that is written next takes a third of it again."""
    layout.pages.clear()
    vars(layout).pop("_html", None)
    if long:
        gc.collect()  # boxes hold one another


@lru_cache(maxsize=1)
def _page_class() -> Any:
    """Return WeasyPrint's `HTML` with its default style sheet, less the rules for marks and notes of every element.

    Such a rule gives each of the elements a style of its own, six of them seven times as many styles as elements: a
    third of the memory and a tenth of the time of a long book. The books have such marks at list items and notes only.
    """
    from weasyprint import CSS, HTML
    from weasyprint.html import UA, UA_COUNTER_STYLE

    scoped = re.sub(r"(?m)^::(?=marker)", "li::", UA)
    scoped = re.sub(r"(?m)^::(?=(foot)?note)", ".note::", scoped)
    defaults = CSS(string=scoped, counter_style=UA_COUNTER_STYLE)

    class Page(HTML):  # type: ignore[misc]
        def _ua_stylesheets(self, forms: bool = False) -> list[Any]:  # noqa: ARG002 - the books have no forms
            return [defaults]

    return Page


@lru_cache(maxsize=1)
def _fonts() -> FontConfiguration:
    """Return the process's one font configuration: loading the shipped fonts anew for each book would cost more
    than laying out a short one."""
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


def _fetcher(workspace: Path) -> Any:
    """Return a fetcher that answers for files inside the workspace and the package's templates and for nothing else."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Fetcher(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:  # noqa: ARG002
            if url.startswith(CONVERTED):
                found = pictures.find(workspace, unquote(url.removeprefix(CONVERTED)))
                if found is None or found.data is None:
                    raise FileNotFoundError(f"no converted picture {url[:200]}")
                return URLFetcherResponse(url, found.data, {"Content-Type": "image/*"})
            path = allowed_file(url, workspace)
            kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})

    return Fetcher(allowed_protocols=("file", CONVERTED.rstrip(":")))


def allowed_file(url: str, workspace: Path) -> Path:
    """Return the file that a `file:` URL names, if a layout may read it.

    Below the workspace's `templates/`, a file that is missing there stands in the package's templates instead.
    Raises PermissionError for another scheme, another host or a place outside, FileNotFoundError if there is none.
    """
    parts = urlsplit(url)
    if parts.scheme != "file" or parts.netloc:
        raise PermissionError(f"only files of the workspace may be read, not {url[:200]}")
    from urllib.request import url2pathname

    path = Path(url2pathname(parts.path)) if sys.platform == "win32" else Path(unquote(parts.path))
    templates = workspace / TEMPLATES
    if not path.is_file() and path.is_relative_to(templates):
        path = package_templates() / path.relative_to(templates)
    if not inside(path, workspace, package_templates()):
        raise PermissionError(f"{path} lies outside the workspace")
    if not path.is_file():
        raise FileNotFoundError(f"{path} is missing")
    return path


# --- metadata --------------------------------------------------------------------------------------------------------

_PDFUA = "http://www.aiim.org/pdfua/ns/id/"
# PDF/A allows a property outside its own list only with a description of its schema (ISO 19005-2, 6.6.2.3).
_PDFUA_XMP = f"""
<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:pdfuaid="{_PDFUA}" rdf:about="">
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag>
<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>{_PDFUA}</pdfaSchema:namespaceURI><pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 to which the file conforms</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""


def _describe(layout: Layout, source_date_epoch: int) -> None:
    """Give the layout its dates, and metadata that name PDF/UA-1 beside PDF/A-2a."""
    metadata = layout.metadata
    stamp = datetime.fromtimestamp(source_date_epoch, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    metadata.created = metadata.modified = stamp
    plain_rdf = metadata.generate_rdf_metadata

    def with_pdfua(variant: str, version: int, conformance: str) -> bytes:
        rdf: bytes = plain_rdf(variant, version, conformance)
        head, closing, tail = rdf.rpartition(b"</rdf:RDF>")
        return head + _PDFUA_XMP.encode() + closing + tail

    metadata.generate_rdf_metadata = with_pdfua


def _label_pages(pdf: Any, first_body: int) -> None:
    """Number the pages in the viewer as they are printed: roman, then arabic from 1."""
    import pydyf  # type: ignore[import-untyped]

    roman = pydyf.Dictionary({"S": "/r"})
    arabic = pydyf.Dictionary({"S": "/D"})
    ranges = [0, roman, first_body, arabic] if first_body else [0, arabic]
    pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": pydyf.Array(ranges)})


def _scope_headers(layout: Layout) -> None:
    """Write the scope of each header cell into the structure tree, which WeasyPrint 70 leaves out."""
    from weasyprint.formatting_structure.boxes import TableCellBox

    for page in layout.pages:
        for box in page._page_box.descendants():
            if isinstance(box, TableCellBox) and box.element_tag == "th" and hasattr(box, "mark"):
                scope = box.element.attrib.get("scope", "col")
                box.mark["A"]["Scope"] = "/Row" if scope.startswith("row") else "/Column"
