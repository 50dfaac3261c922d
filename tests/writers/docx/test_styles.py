"""All looks come from reference.docx: named styles only, and a missing one is told by name."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from generator.model.word import required
from generator.writers.docx import MissingStyleError, TemplateError, write
from tests.tools.make_reference import reference_docx
from tests.writers.docx.conftest import ROOT
from tests.writers.docx.package import Package, w
from tests.writers.sample_document import sample_document

ALLOWED_PARAGRAPH = {"pStyle", "keepNext", "jc", "numPr", "pageBreakBefore", "sectPr"}


def rewrite(template: Path, part: str, old: bytes, new: bytes) -> None:
    with zipfile.ZipFile(template) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new)
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    template.write_bytes(stream.getvalue())


def test_the_text_has_no_formatting_of_its_own(written: Package) -> None:
    for name in [name for name in written.parts if name.startswith(("word/document", "word/header", "word/footer"))]:
        root = written.xml(name)
        for properties in root.iter(w("pPr")):
            assert properties[0].tag == w("pStyle")
            assert {child.tag.removeprefix(w("")) for child in properties} <= ALLOWED_PARAGRAPH
        for properties in root.iter(w("rPr")):
            assert [child.tag for child in properties] == [w("rStyle")]


def test_alignment_and_keeping_are_set_in_table_cells_only(written: Package) -> None:
    for properties in written.document.iter(w("jc"), w("keepNext")):
        assert any(parent.tag == w("tc") for parent in properties.iterancestors())


def test_every_style_in_use_exists_with_its_type(written: Package) -> None:
    kinds = {"pStyle": "paragraph", "rStyle": "character", "tblStyle": "table"}
    styles = {
        style.get(w("styleId")): style.get(w("type")) for style in written.xml("word/styles.xml").iter(w("style"))
    }
    for name in [name for name in written.parts if name.startswith("word/") and name.endswith(".xml")]:
        for tag, kind in kinds.items():
            if name in ("word/styles.xml", "word/numbering.xml"):
                continue
            for node in written.xml(name).iter(w(tag)):
                assert styles.get(node.get(w("val"))) == kind, f"{name}: {node.get(w('val'))}"


def test_the_sample_uses_nearly_every_required_style(written: Package) -> None:
    names = {style_id: name.lower() for style_id, name in written.style_names().items()}
    used = {
        names[node.get(w("val"))]
        for part in written.parts
        if part.startswith(("word/document", "word/header", "word/footer", "word/comments"))
        for node in written.xml(part).iter(w("pStyle"), w("rStyle"), w("tblStyle"))
    }
    unused = {name for name in required() if name.lower() not in used}
    deep_lists = {name for name in unused if name.startswith(("List", "Daftar Huruf", "Hukum"))}
    rare = {"Sampul Bingkai", "Bingkai Gambar", "Sel Matriks Jumlah", "Lampiran 2", "Lampiran 3", "Lampiran 4"}
    titles = {"Subjudul Tanpa Nomor 2", "Subjudul Tanpa Nomor 4", "Tanda Tangan"}
    assert unused - deep_lists - rare - titles == set()


def test_a_missing_style_is_named_with_what_to_do(own_workspace: Path) -> None:
    template = own_workspace / "templates" / "reference.docx"
    rewrite(template, "word/styles.xml", b'w:name w:val="Sel Kepala"', b'w:name w:val="Sel Lain"')
    rewrite(template, "word/styles.xml", b'w:name w:val="Isian"', b'w:name w:val="Isi"')
    with pytest.raises(MissingStyleError) as caught:
        write(sample_document(), own_workspace)
    diagnostic = caught.value.diagnostic
    assert diagnostic.code == "MP512"
    assert diagnostic.place.file == "templates/reference.docx"
    assert "Isian (character), Sel Kepala (paragraph)" in diagnostic.message
    assert diagnostic.hint


@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04 no zip", b"plain text"])
def test_a_broken_or_absent_template_is_told(content: bytes | None, own_workspace: Path) -> None:
    template = own_workspace / "templates" / "reference.docx"
    template.unlink()
    if content is not None:
        template.write_bytes(content)
    with pytest.raises(TemplateError) as caught:
        write(sample_document(), own_workspace)
    assert "reference.docx" in str(caught.value)


def test_what_a_designer_changes_changes_the_book(own_workspace: Path) -> None:
    template = own_workspace / "templates" / "reference.docx"
    rewrite(template, "word/styles.xml", b'<w:color w:val="0B4F6C"/>', b'<w:color w:val="AA0000"/>')
    rewrite(template, "word/document.xml", b'w:w="11906" w:h="16838"', b'w:w="12240" w:h="15840"')
    package = Package(write(sample_document(), own_workspace))
    assert b'"AA0000"' in package.parts["word/styles.xml"]
    sizes = {(size.get(w("w")), size.get(w("h"))) for size in package.document.iter(w("pgSz"))}
    assert sizes == {("12240", "15840"), ("15840", "12240")}


def test_the_template_has_every_style_and_can_be_made_again() -> None:
    """Designers may change the committed file; it must keep the styles that the tool makes."""
    committed = set(Package((ROOT / "templates" / "reference.docx").read_bytes()).style_names().values())
    assert {name.lower() for name in required()} <= {name.lower() for name in committed}
    assert {name.lower() for name in required()} <= {
        name.lower() for name in Package(reference_docx()).style_names().values()
    }


def test_the_language_is_indonesian_and_widows_are_controlled(written: Package) -> None:
    defaults = written.xml("word/styles.xml").find(w("docDefaults"))
    language = next(defaults.iter(w("lang")))
    assert language.get(w("val")) == "id-ID"
    assert next(defaults.iter(w("widowControl"))) is not None
    assert written.xml("word/settings.xml").find(w("autoHyphenation")).get(w("val")) == "0"


def test_text_colours_of_the_template_have_a_contrast_of_four_and_a_half(written: Package) -> None:
    for style in written.xml("word/styles.xml").iter(w("style")):
        if style.find(w("name")).get(w("val")) in ("Teks Terang", "Penghitung", "Penghitung Bab"):
            continue  # white on a dark ground; fields that nobody reads
        for colour in style.iter(w("color")):
            value = colour.get(w("val"), "")
            assert contrast(value, "FFFFFF") >= 4.5, f"{style.get(w('styleId'))}: {value}"


def contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        channels = [int(colour[start : start + 2], 16) / 255 for start in (0, 2, 4)]
        linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)
