"""The parts of two files: what the older one points to is brought into the newer one when it is shown there."""

from __future__ import annotations

import posixpath
import zipfile
from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO

from lxml import etree

from generator.writers.docx.redline.stamp import shell
from generator.writers.docx.xml import NAMESPACES, Element, q

MAIN = "word/document.xml"
_NUMBERING = "word/numbering.xml"
_TYPES = "[Content_Types].xml"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_CONTENT = "http://schemas.openxmlformats.org/package/2006/content-types"
_R = "{" + NAMESPACES["r"] + "}"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_STORED = (".png", ".jpeg", ".xlsx")
_SHIFT = 2_000_000


def relations_name(part: str) -> str:
    """Return the name of the part that holds the relations of a part."""
    folder, _, base = part.rpartition("/")
    return f"{folder}/_rels/{base}.rels".lstrip("/")


@dataclass(slots=True)
class Parts:
    """One file: its parts, and the relations of its document."""

    files: dict[str, bytes]
    relations: dict[str, Element] = field(default_factory=dict)

    @classmethod
    def of(cls, data: bytes) -> Parts:
        """Return the parts of a DOCX that we wrote."""
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = cls({name: archive.read(name) for name in archive.namelist()})
        root = etree.fromstring(parts.files.get(relations_name(MAIN), b"<Relationships/>"))
        parts.relations = {node.get("Id", ""): node for node in root}
        return parts

    def target(self, relation: str) -> str:
        """Return what a relation leads to: an address, or the hash of a part."""
        node = self.relations.get(relation)
        if node is None:
            return ""
        if node.get("TargetMode") == "External":
            return node.get("Target", "")
        return sha256(self.files.get(part_name(MAIN, node.get("Target", "")), b"")).hexdigest()


def part_name(source: str, target: str) -> str:
    """Return the name of the part that a relation of `source` names."""
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(source), target)).lstrip("/")


@dataclass(slots=True)
class Importer:
    """Brings what the older file points to into the newer one, each thing once."""

    old: Parts
    new: Parts
    _known: dict[str, str] = field(default_factory=dict)
    _numbers: dict[str, str] = field(default_factory=dict)
    _copied: dict[str, str] = field(default_factory=dict)
    _added: list[Element] = field(default_factory=list)
    _lists: list[Element] = field(default_factory=list)
    _types: dict[str, str] = field(default_factory=dict)
    _drawing: int = _SHIFT

    def old_target(self, relation: str) -> str:
        """Return what a relation of the older file leads to."""
        return self.old.target(relation)

    def new_target(self, relation: str) -> str:
        """Return what a relation of the newer file leads to."""
        return self.new.target(relation)

    def renumber(self, id: str) -> str:
        """Return a number for an anchor of the older file that none of the newer has."""
        return str(_SHIFT + int(id)) if id.isdigit() and int(id) < _SHIFT else id

    def relink(self, node: Element) -> None:
        """Let an element of the older file point to the same things within the newer one."""
        for leaf in node.iter():
            for name, value in list(leaf.attrib.items()):
                if str(name).startswith(_R):
                    leaf.set(str(name), self._relation(str(value)))
            if leaf.tag == q("w:numId"):
                leaf.set(q("w:val"), self._number(leaf.get(q("w:val"), "")))
            elif leaf.tag == q("wp:docPr"):
                self._drawing += 1
                leaf.set("id", str(self._drawing))

    def _relation(self, id: str) -> str:
        node = self.old.relations.get(id)
        if node is None:
            return id
        if id not in self._known:
            self._known[id] = f"rIdLama{len(self._known) + 1}"
            copy = shell(node)
            copy.set("Id", self._known[id])
            if node.get("TargetMode") != "External":
                copy.set("Target", "/" + self._part(part_name(MAIN, node.get("Target", ""))))
            self._added.append(copy)
        return self._known[id]

    def _part(self, name: str) -> str:
        """Return the name under which a part of the older file stands in the newer one, with what it points to."""
        if name in self._copied or name not in self.old.files:
            return self._copied.get(name, name)
        folder, _, base = name.rpartition("/")
        own = f"{folder}/lama-{base}"
        self._copied[name] = own
        self.new.files[own] = self.old.files[name]
        self._types[own] = self._type_of(name)
        below = self.old.files.get(relations_name(name))
        if below is not None:
            root = etree.fromstring(below)
            for node in root:
                if node.get("TargetMode") != "External":
                    node.set("Target", "/" + self._part(part_name(name, node.get("Target", ""))))
            self.new.files[relations_name(own)] = _bytes(root)
        return own

    def _type_of(self, name: str) -> str:
        root = etree.fromstring(self.old.files[_TYPES])
        for node in root.iterchildren(f"{{{_CONTENT}}}Override"):
            if node.get("PartName") == f"/{name}":
                return node.get("ContentType", "")
        return ""

    def _number(self, id: str) -> str:
        """Return the number of a list of the older file within the newer one."""
        if id in self._numbers or _NUMBERING not in self.old.files:
            return self._numbers.get(id, id)
        root = etree.fromstring(self.old.files[_NUMBERING])
        found = next((node for node in root.iterchildren(q("w:num")) if node.get(q("w:numId")) == id), None)
        if found is None or found.find(q("w:lvlOverride")) is None:
            return id  # a list of the template, which both files have
        own = str(_SHIFT + len(self._numbers))
        self._numbers[id] = own
        found.set(q("w:numId"), own)
        self._lists.append(found)
        return own

    def pack(self, document: bytes) -> bytes:
        """Return the newer file with another document and what was brought in."""
        files = dict(self.new.files)
        files[MAIN] = document
        root = etree.fromstring(files[relations_name(MAIN)])
        root.extend(self._added)
        files[relations_name(MAIN)] = _bytes(root)
        if self._lists:
            numbering = etree.fromstring(files[_NUMBERING])
            last = numbering.findall(q("w:num"))[-1]
            for node in reversed(self._lists):
                last.addnext(node)
            files[_NUMBERING] = _bytes(numbering)
        types = etree.fromstring(files[_TYPES])
        for name, kind in sorted(self._types.items()):
            if kind:
                etree.SubElement(types, f"{{{_CONTENT}}}Override", PartName=f"/{name}", ContentType=kind)
        files[_TYPES] = _bytes(types)
        out = BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for name in (_TYPES, *sorted(files.keys() - {_TYPES})):
                info = zipfile.ZipInfo(name, _EPOCH)
                stored = name.endswith(_STORED)
                info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
                archive.writestr(info, files[name], compresslevel=None if stored else 5)
        return out.getvalue()


def _bytes(node: Element) -> bytes:
    return etree.tostring(node, xml_declaration=True, encoding="UTF-8", standalone=True)
