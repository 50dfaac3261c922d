"""The parts of a DOCX that somebody hands in: hostile until proven otherwise, so within limits of size and form."""

from __future__ import annotations

import posixpath
import struct
import zipfile
import zlib
from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO

from lxml import etree

from generator.model.diagnostics import Diagnostic, Place, Severity

Element = etree._Element

MAX_FILE = 60_000_000
"""Bytes of the file; a book with photographs has a tenth of it."""
MAX_PART = 80_000_000
"""Bytes of one part when unpacked."""
MAX_TAGS = 2_000_000
"""Opening and closing tags of one part; the longest book has 150,000. A tree of them takes 100 bytes and more each."""
MAX_PICTURES = 200_000_000
"""Bytes of all pictures of one file."""
MAX_PARTS = 4000
DAMAGED = (zipfile.BadZipFile, zlib.error, struct.error, LookupError, ValueError, EOFError, OSError)
"""What the zip library makes of a damaged archive."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships/"
_SAVE = "open it in Word or LibreOffice and save it again as .docx ('Word 2007-365')"


class UnreadableDocumentError(Exception):
    """A DOCX cannot be read; `diagnostic` says why and what to do. Nothing was changed."""

    def __init__(self, code: str, name: str, message: str, hint: str) -> None:
        self.diagnostic = Diagnostic(code, Severity.ERROR, Place(name), message, hint)
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part points to: another part by name, or an address outside."""

    kind: str
    target: str
    external: bool


@dataclass(slots=True)
class Package:
    """The parts of one file, unpacked when they are asked for."""

    name: str
    archive: zipfile.ZipFile
    main: str = ""
    _sizes: dict[str, int] = field(default_factory=dict)
    _pictures: dict[str, tuple[bytes, str]] = field(default_factory=dict)
    _unpacked: int = 0

    def has(self, part: str) -> bool:
        """Whether there is a part of this name."""
        return part in self._sizes

    def read(self, part: str) -> bytes:
        """Return the bytes of a part; MP801 where the zip is damaged, MP804 where it is too large."""
        if self._sizes.get(part, 0) > MAX_PART:
            raise UnreadableDocumentError("MP804", self.name, f"its part '{part}' is too large", _SAVE)
        try:
            with self.archive.open(part) as stream:
                # A false size in the directory must not unpack more than was promised.
                data = stream.read(MAX_PART + 1)
        except RuntimeError as error:
            if not isinstance(error, NotImplementedError):  # how the zip library says 'password'
                hint = "take the password away (File > Info > Protect Document) and save it again"
                raise UnreadableDocumentError("MP802", self.name, "it is encrypted", hint) from error
            raise self._damaged(part, error) from error
        except DAMAGED as error:
            raise self._damaged(part, error) from error
        if len(data) > MAX_PART:
            raise UnreadableDocumentError("MP804", self.name, f"its part '{part}' is too large", _SAVE)
        return data

    def _damaged(self, part: str, error: Exception) -> UnreadableDocumentError:
        return UnreadableDocumentError("MP801", self.name, f"its part '{part}' is damaged: {error}", _SAVE)

    def picture(self, part: str) -> tuple[bytes, str]:
        """Return bytes and SHA-256 of a picture, unpacked once; MP804 where all that were asked for are too many."""
        if part not in self._pictures:
            data = self.read(part)
            self._unpacked += len(data)
            if self._unpacked > MAX_PICTURES:
                raise UnreadableDocumentError("MP804", self.name, "its pictures together are too large", _SAVE)
            self._pictures[part] = data, sha256(data).hexdigest() if data else ""
        return self._pictures[part]

    def xml(self, part: str) -> Element:
        """Return the root of a part; entities and document types are refused."""
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        data = self.read(part)
        if data.count(b"<") > MAX_TAGS:
            raise UnreadableDocumentError("MP804", self.name, f"its part '{part}' holds too many elements", _SAVE)
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            message = f"its part '{part}' is not valid XML: {' '.join(str(error).split())}"
            raise UnreadableDocumentError("MP801", self.name, message, _SAVE) from error
        if getattr(root.getroottree().docinfo, "doctype", ""):  # the stubs of lxml do not know it
            message = f"its part '{part}' declares a document type, which no Word file does"
            raise UnreadableDocumentError("MP803", self.name, message, _SAVE)
        return root

    def relations(self, part: str) -> dict[str, Relation]:
        """Return relation id -> relation of a part."""
        folder, _, base = part.rpartition("/")
        name = f"{folder}/_rels/{base}.rels".lstrip("/")
        if not self.has(name):
            return {}
        found: dict[str, Relation] = {}
        for node in self.xml(name).iterchildren(_RELATIONS):
            external = node.get("TargetMode") == "External"
            target = node.get("Target", "")
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            kind = node.get("Type", "").removeprefix(_OFFICE).removeprefix(_STRICT)
            found[node.get("Id", "")] = Relation(kind, target, external)
        return found

    def related(self, kind: str) -> str:
        """Return the part that the document relates to by kind ('styles'), '' without one."""
        for relation in self.relations(self.main).values():
            if relation.kind == kind and not relation.external and self.has(relation.target):
                return relation.target
        return ""


def open_package(data: bytes, name: str) -> Package:
    """Return the package of a Word document.

    Raises `UnreadableDocumentError`: MP801 damaged, MP802 encrypted, MP803 no Word document, MP804 too large.
    """
    if len(data) > MAX_FILE:
        raise UnreadableDocumentError(
            "MP804", name, f"it has {len(data) / 1e6:.0f} MB, at most {MAX_FILE / 1e6:.0f} MB are read", _SAVE
        )
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            hint = "take the password away (File > Info > Protect Document) and save it again"
            raise UnreadableDocumentError("MP802", name, "it is protected by a password", hint)
        raise UnreadableDocumentError("MP803", name, "it is in the old format of Word 97-2003 (.doc)", _SAVE)
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except (*DAMAGED, NotImplementedError) as error:
        message = f"it is damaged or no Word document: {error}"
        raise UnreadableDocumentError("MP801", name, message, _SAVE) from error
    entries = archive.infolist()
    if not entries or min(entry.header_offset for entry in entries) > 0:
        # The zip library takes the end of an embedded workbook for that of a file that was cut off.
        raise UnreadableDocumentError("MP801", name, "its end is missing or something stands before it", _SAVE)
    if len(entries) > MAX_PARTS:
        raise UnreadableDocumentError("MP804", name, f"it holds {len(entries)} parts", _SAVE)
    package = Package(name, archive, _sizes={entry.filename: entry.file_size for entry in entries})
    package.main = _main(package)
    return package


def _main(package: Package) -> str:
    if package.has("_rels/.rels"):
        root = package.xml("_rels/.rels")
        for node in root.iterchildren(_RELATIONS):
            if node.get("Type", "").endswith("/officeDocument"):
                main = node.get("Target", "").lstrip("/")
                if package.has(main) and not main.startswith(("xl/", "ppt/")):
                    return main
    kinds = {"xl/workbook.xml": "an Excel workbook", "ppt/presentation.xml": "a presentation"}
    kind = next((words for part, words in kinds.items() if package.has(part)), "no Word document")
    if package.has("mimetype"):
        kind = "an OpenDocument file"
    raise UnreadableDocumentError("MP803", package.name, f"it is {kind}", _SAVE)
