"""Reading a written DOCX back, by lxml and on its own terms: parts, paragraphs, fields, bookmarks."""

from __future__ import annotations

import posixpath
import tempfile
import zipfile
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from lxml import etree
from openxml_audit import FileFormat, OpenXmlValidator

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def w(name: str) -> str:
    return W + name


@dataclass
class Field:
    """A complex field: its instruction, its cached result, and where it stands."""

    instruction: str = ""
    result: str = ""
    has_result: bool = False
    dirty: bool = False


@dataclass
class Package:
    """The parts of a DOCX by name."""

    content: bytes
    parts: dict[str, bytes] = field(init=False)

    def __post_init__(self) -> None:
        with zipfile.ZipFile(BytesIO(self.content)) as archive:
            assert archive.testzip() is None
            names = archive.namelist()
            assert len(names) == len(set(names))
            self.parts = {name: archive.read(name) for name in names}

    def xml(self, name: str) -> etree._Element:
        return etree.fromstring(self.parts[name])

    @property
    def document(self) -> etree._Element:
        return self.xml("word/document.xml")

    @property
    def body(self) -> etree._Element:
        return self.document[0]

    def style_names(self) -> dict[str, str]:
        """Style id -> name."""
        return {
            style.get(w("styleId")): style.find(w("name")).get(w("val"))
            for style in self.xml("word/styles.xml").iter(w("style"))
        }

    def paragraphs(self, style: str = "") -> list[etree._Element]:
        """All paragraphs in reading order, of one style (by name) if given."""
        names = self.style_names()
        return [p for p in self.body.iter(w("p")) if not style or names[style_of(p)].lower() == style.lower()]

    def texts(self, style: str = "") -> list[str]:
        return [text_of(p) for p in self.paragraphs(style)]

    def errors(self) -> list[str]:
        """What the validator finds, strict, for Microsoft 365."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "book.docx"
            path.write_bytes(self.content)
            result = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365, strict=True).validate(path)
            return [str(error) for error in result.errors]

    def relations(self) -> list[tuple[str, str, bool]]:
        """(part that relates, target as a part name or address, external) of all relationships."""
        found = []
        for name in self.parts:
            if not name.endswith(".rels"):
                continue
            folder = posixpath.dirname(posixpath.dirname(name))
            for relation in self.xml(name):
                external = relation.get("TargetMode") == "External"
                target = relation.get("Target", "")
                if not external:
                    target = (
                        target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
                    )
                found.append((name, target, external))
        return found


def style_of(paragraph: etree._Element) -> str:
    return str(paragraph[0][0].get(w("val")))


def text_of(node: etree._Element) -> str:
    """The text that a reader sees: w:t, tabs, breaks of lines (not of pages); not instructions."""
    marks = {w("tab"): "\t", w("br"): "\n"}
    leaves = (leaf for leaf in node.iter(w("t"), w("tab"), w("br")) if leaf.get(w("type")) != "page")
    return "".join(leaf.text or "" if leaf.tag == w("t") else marks[leaf.tag] for leaf in leaves if in_run(leaf))


def in_run(leaf: etree._Element) -> bool:
    parent = leaf.getparent()
    return parent is not None and parent.tag == w("r")


def fields_of(node: etree._Element) -> list[Field]:
    """The fields below a node in the order in which they begin."""
    found: list[Field] = []
    open_fields: list[tuple[Field, bool]] = []
    for run in node.iter(w("r")):
        for leaf in run:
            kind = leaf.get(w("fldCharType"))
            if kind == "begin":
                found.append(Field(dirty=leaf.get(w("dirty")) == "true"))
                open_fields.append((found[-1], False))
            elif kind == "separate":
                open_fields[-1] = (open_fields[-1][0], True)
                open_fields[-1][0].has_result = True
            elif kind == "end":
                open_fields.pop()
            elif leaf.tag == w("instrText"):
                open_fields[-1][0].instruction += leaf.text or ""
            elif leaf.tag == w("t"):
                for opened, separated in open_fields:
                    if separated:
                        opened.result += leaf.text or ""
    assert not open_fields, "a field is not closed"
    for one in found:
        one.instruction = one.instruction.strip()
    return found
