"""Writing the package of parts as a zip whose bytes depend on nothing but its content."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from lxml import etree

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_DEFAULTS = {
    "rels": "application/vnd.openxmlformats-package.relationships+xml",
    "xml": "application/xml",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "svg": "image/svg+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_NO_PREFIX: Any = {None: _TYPES}  # the stubs of lxml know no default namespace
_EPOCH = (1980, 1, 1, 0, 0, 0)
_STORED = (".png", ".jpeg", ".xlsx")


def pack(package: Any, replaced: Mapping[str, bytes]) -> bytes:
    """Return the bytes of a python-docx package.

    `replaced` maps part names ('/word/document.xml') to bytes that stand for the part's own. Parts are sorted by name
    after the content types, dates are 1980-01-01, so that equal content gives equal bytes.
    """
    parts = {str(part.partname): part for part in package.iter_parts()}
    files: dict[str, bytes] = {"_rels/.rels": _relations(package.rels)}
    for name, part in parts.items():
        content = replaced.get(name)
        files[name[1:]] = part.blob if content is None else content
        if part.rels:
            folder, _, base = name[1:].rpartition("/")
            files[f"{folder}/_rels/{base}.rels"] = _relations(part.rels)
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        types = _content_types({name: part.content_type for name, part in parts.items()})
        for name, content in [("[Content_Types].xml", types), *sorted(files.items())]:
            info = zipfile.ZipInfo(name, _EPOCH)
            stored = name.endswith(_STORED)
            info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            archive.writestr(info, content, compresslevel=None if stored else 5)
    return buffer.getvalue()


def _content_types(types: Mapping[str, str]) -> bytes:
    root = etree.Element(f"{{{_TYPES}}}Types", nsmap=_NO_PREFIX)
    for extension, content_type in _DEFAULTS.items():
        etree.SubElement(root, f"{{{_TYPES}}}Default", Extension=extension, ContentType=content_type)
    for name, content_type in sorted(types.items()):
        extension = name.rpartition(".")[2].lower()
        if _DEFAULTS.get(extension) != content_type:
            etree.SubElement(root, f"{{{_TYPES}}}Override", PartName=name, ContentType=content_type)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _relations(rels: Any) -> bytes:
    for relation in rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.HYPERLINK and not relation.is_external:
            raise ValueError(f"hyperlink {relation.rId} must be external")
    return bytes(rels.xml)
