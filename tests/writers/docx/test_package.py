"""The package is one that Word opens: valid, related, unique, the same every time."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import pytest
from lxml import etree

from generator.model.document import Document
from generator.writers.docx import write
from tests.writers.docx.conftest import ROOT, lay
from tests.writers.docx.package import Package, w
from tests.writers.sample_document import sample_document

BOOKS = {
    "whole": sample_document(),
    "no emblem, no mark": sample_document(emblem=None, mark=""),
    "no front": replace(sample_document(), front=()),
    "no body": replace(sample_document(), body=()),
    "nothing": replace(sample_document(emblem=None, mark=""), front=(), body=(), sources=(), keywords=()),
}


@pytest.mark.parametrize("name", BOOKS)
def test_the_validator_finds_no_error(name: str, workspace: Path) -> None:
    assert Package(write(BOOKS[name], workspace)).errors() == []


def test_the_template_itself_is_valid() -> None:
    assert Package((ROOT / "templates" / "reference.docx").read_bytes()).errors() == []


def test_python_docx_opens_it_with_its_properties(written: Package) -> None:
    book = docx.Document(BytesIO(written.content))
    core = book.core_properties
    assert core.title == "Masterplan Kota Cerdas – Kota Contoh"
    assert (core.subject, core.author, core.category) == (
        "Masterplan kota cerdas",
        "Pemerintah Kota Contoh",
        "Perencanaan",
    )
    assert core.keywords == "kota cerdas, masterplan"
    assert core.language == "id-ID"
    assert core.created is not None
    assert core.created.date().isoformat() == "2026-11-24"


def test_the_build_id_is_a_custom_property(written: Package) -> None:
    values = {entry.get("name"): entry[0].text for entry in written.xml("docProps/custom.xml")}
    assert values == {
        "MasterplanBuild": "0123456789abcdef",
        "MasterplanBook": "buku-contoh",
        "MasterplanVersion": "Draf 1",
    }


def test_every_relationship_leads_somewhere_and_every_part_has_a_type(written: Package) -> None:
    for origin, target, external in written.relations():
        assert external or target in written.parts, f"{origin}: {target}"
    types = written.xml("[Content_Types].xml")
    overrides = {entry.get("PartName", "")[1:] for entry in types if entry.get("PartName")}
    defaults = {entry.get("Extension") for entry in types if entry.get("Extension")}
    assert overrides <= set(written.parts)
    assert all(name in overrides or name.rpartition(".")[2] in defaults for name in written.parts)


def test_every_relationship_id_that_the_body_uses_exists(written: Package) -> None:
    known = {relation.get("Id") for relation in written.xml("word/_rels/document.xml.rels")}
    space = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
    used = {value for node in written.document.iter() for name, value in node.attrib.items() if name.startswith(space)}
    assert used
    assert used <= known


def test_ids_are_unique(written: Package) -> None:
    starts = list(written.document.iter(w("bookmarkStart")))
    ends = [end.get(w("id")) for end in written.document.iter(w("bookmarkEnd"))]
    drawings = [node.get("id") for node in written.document.iter("{*}docPr")]
    comments = [node.get(w("id")) for node in written.xml("word/comments.xml")]
    names = [start.get(w("name")) for start in starts]
    for ids in ([start.get(w("id")) for start in starts], names, ends, drawings, comments):
        assert len(ids) == len(set(ids)) > 0
    assert {start.get(w("id")) for start in starts} == set(ends)


def test_no_name_of_a_bookmark_is_too_long_for_word_and_all_are_hidden(written: Package) -> None:
    names = [start.get(w("name"), "") for start in written.document.iter(w("bookmarkStart"))]
    assert all(name.startswith("_mp_") and len(name) <= 40 for name in names)


def test_every_block_has_its_anchor(written: Package) -> None:
    from generator.model.anchors import anchor
    from generator.model.document import ListBlock
    from generator.model.walks import walk

    names = {start.get(w("name")) for start in written.document.iter(w("bookmarkStart"))}
    book = sample_document()
    blocks = list(walk((*book.front, *book.body)))
    items = [item for block in blocks if isinstance(block, ListBlock) for item in block.items]
    assert [node.id for node in (*blocks, *items) if anchor(node.id) not in names] == []


def test_the_same_input_gives_the_same_bytes_in_other_folders_zones_and_locales(tmp_path: Path) -> None:
    code = (
        "import sys, hashlib; from pathlib import Path\n"
        "from generator.writers.docx import write\n"
        "from tests.writers.sample_document import sample_document\n"
        "print(hashlib.sha256(write(sample_document(), Path(sys.argv[1]))).hexdigest())"
    )
    digests = set()
    for zone, locale, seed in (("Asia/Jakarta", "C", "1"), ("America/New_York", "C.UTF-8", "2")):
        folder = tmp_path / zone.replace("/", "-")
        folder.mkdir()
        lay(folder)
        env = {**os.environ, "TZ": zone, "LC_ALL": locale, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-c", code, str(folder)]
        digests.add(subprocess.run(command, env=env, cwd=folder, check=True, capture_output=True).stdout)
    assert len(digests) == 1


def test_no_part_holds_an_empty_or_broken_xml(written: Package) -> None:
    for name, content in written.parts.items():
        if name.endswith((".xml", ".rels")):
            assert len(etree.fromstring(content)) or name.startswith("word/footer"), name


@pytest.mark.parametrize("book", [sample_document()], ids=["sample"])
def test_hyperlinks_are_external_and_of_known_schemes(book: Document, workspace: Path) -> None:
    external = [target for _, target, outside in Package(write(book, workspace)).relations() if outside]
    assert sorted(external) == ["https://contohkota.bps.go.id", "https://www.bps.go.id/?a=1&b=2"]
