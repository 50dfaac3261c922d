"""Document properties: the ones that Word shows, and the build id among the custom ones."""

from __future__ import annotations

import datetime
from typing import Any

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.coreprops import CoreProperties
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from generator.model import word
from generator.model.document import Document
from generator.writers.docx.template import Template
from generator.writers.docx.xml import clean, serialise

_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_NAMESPACES: Any = {None: _CUSTOM, "vt": _VALUES}  # the stubs of lxml know no default namespace
_LONGEST = 255  # python-docx refuses longer ones


def set_properties(template: Template, document: Document) -> None:
    """Fill the core properties and add the custom ones: MasterplanBuild, MasterplanBook, MasterplanVersion."""
    core: CoreProperties = template.package.core_properties
    moment = _moment(document.date)
    core.title = clean(document.title)[:_LONGEST]
    core.subject = clean(document.subject)[:_LONGEST]
    core.author = clean(document.author)[:_LONGEST]
    core.last_modified_by = clean(document.author)[:_LONGEST]
    core.keywords = clean(", ".join(document.keywords))[:_LONGEST]
    core.category = clean(document.category)[:_LONGEST]
    core.version = clean(document.version)[:_LONGEST]
    core.language = clean(document.language)[:_LONGEST]
    core.revision = 1
    core.created = moment
    core.modified = moment
    values = {
        word.PROPERTY_BUILD: document.build_id,
        word.PROPERTY_BOOK: document.id,
        word.PROPERTY_VERSION: document.version,
    }
    name = PackURI("/docProps/custom.xml")
    part = Part(name, CONTENT_TYPE.OFC_CUSTOM_PROPERTIES, _custom(values), template.package)
    template.package.load_rel(RELATIONSHIP_TYPE.CUSTOM_PROPERTIES, part, "rIdCustom", False)


def _moment(date: str) -> datetime.datetime:
    """Return midnight UTC of an ISO date; the zip epoch where the date is not one."""
    try:
        day = datetime.date.fromisoformat(date[:10])
    except ValueError:
        day = datetime.date(1980, 1, 1)
    return datetime.datetime(day.year, day.month, day.day)  # python-docx takes naive UTC


def _custom(values: dict[str, str]) -> bytes:
    root = etree.Element(f"{{{_CUSTOM}}}Properties", nsmap=_NAMESPACES)
    for number, (name, value) in enumerate(values.items(), start=2):
        entry = etree.SubElement(root, f"{{{_CUSTOM}}}property", fmtid=_FORMAT, pid=str(number), name=name)
        etree.SubElement(entry, f"{{{_VALUES}}}lpwstr").text = clean(value)
    return serialise(root)
