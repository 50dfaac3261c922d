"""Pictures that a city puts into its book stay: in place of the generator's, and new ones."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from generator.build import build_city, prepare
from generator.compose.edits import Merging
from generator.issued import issue_city, with_build_id
from generator.model.document import Figure, Paragraph, Text
from generator.model.edits import Edit
from generator.model.runs import fingerprint
from generator.model.walks import plain, walk
from generator.pulling import PullResult, pull
from generator.roundtrip.media import ending_of, same_picture, stored
from generator.writers.docx import write
from tests.compose.small import lay
from tests.roundtrip.test_foreign_xml import changed
from tests.writers.docx.package import Package

CITY = "kota-contoh"
AFTER = "Sumber disusun menurut urutan kutipan"
RELATIONS = "word/_rels/document.xml.rels"
TYPES = "[Content_Types].xml"
IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
DRAWN = (
    '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<wp:extent cx="3600000" cy="1800000"/><wp:docPr id="9001" name="Foto" descr="Foto pasar"/>'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill>'
    '<a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:embed="rIdFoto"/>'
    "</pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
)


def picture(form: str = "PNG", colour: str = "red", size: tuple[int, int] = (320, 180)) -> bytes:
    image = Image.new("RGB", size, "white")
    ImageDraw.Draw(image).ellipse((0, 0, size[0] // 2, size[1]), fill=colour)
    out = BytesIO()
    image.save(out, form)
    return out.getvalue()


def put(data: bytes, name: str, content: bytes) -> bytes:
    """Return a file with a part replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.namelist():
            if part != name:
                target.writestr(part, source.read(part))
        target.writestr(name, content)
    return out.getvalue()


def with_photo(data: bytes, content: bytes, after: str, words: str = "", ending: str = "png") -> bytes:
    """Return a file with a picture in a new paragraph behind the one that holds words."""
    data = put(data, f"word/media/foto.{ending}", content)
    relation = f'<Relationship Id="rIdFoto" Type="{IMAGE}" Target="media/foto.{ending}"/></Relationships>'
    data = changed(data, lambda xml: xml.replace("</Relationships>", relation), RELATIONS)
    text = f"<w:r><w:t>{words}</w:t></w:r>" if words else ""

    def body(xml: str) -> str:
        end = xml.index("</w:p>", xml.index(after)) + len("</w:p>")
        return f"{xml[:end]}<w:p>{text}{DRAWN}</w:p>{xml[end:]}"

    return changed(data, body)


@pytest.fixture
def city(tmp_path: Path) -> Path:
    return lay(tmp_path / "workspace")


def issued(workspace: Path) -> bytes:
    result = issue_city(workspace, CITY, workspace / "output", engine="typst")
    assert not result.failed, "\n".join(map(str, result.diagnostics))
    return result.books[0].docx.read_bytes()


def take(workspace: Path, data: bytes) -> PullResult:
    path = workspace.parent / "x.docx"
    path.write_bytes(data)
    result = pull(workspace, CITY, path)
    assert not result.failed, "\n".join(map(str, result.diagnostics))
    return result


def figures(workspace: Path) -> list[Figure]:
    draft, diagnostics = prepare(workspace, CITY)
    assert draft is not None, "\n".join(map(str, diagnostics))
    document = draft.composed.documents[0]
    return [block for block in walk((*document.front, *document.body)) if isinstance(block, Figure)]


def today(workspace: Path) -> bytes:
    draft, _ = prepare(workspace, CITY)
    assert draft is not None
    return write(with_build_id(draft.composed.documents[0]), workspace)


def media(data: bytes) -> str:
    return next(name for name in Package(data).parts if name.startswith("word/media/"))


@pytest.fixture
def pictured(city: Path) -> Path:
    """A city that put a picture of its own into the book."""
    take(city, with_photo(issued(city), picture(colour="navy"), AFTER))
    return city


def test_a_replaced_picture_is_told_kept_and_shown(pictured: Path) -> None:
    data = today(pictured)
    (before,) = figures(pictured)
    assert take(pictured, data).edits == ()
    photo = picture(colour="orange")
    edited = put(data, media(data), photo)
    result = take(pictured, edited)
    assert [(edit.op, edit.block) for edit in result.edits] == [("picture", before.id)]
    assert take(pictured, edited).fresh == ()
    (after,) = figures(pictured)
    assert after.path != before.path
    assert (pictured / after.path).read_bytes() == photo
    rebuilt = today(pictured)
    assert Package(rebuilt).parts[media(rebuilt)] == photo
    assert take(pictured, rebuilt).fresh == ()


def test_a_picture_that_was_taken_out_again_is_gone(pictured: Path) -> None:
    data = changed(today(pictured), lambda xml: re.sub(r"<w:p>(?:(?!<w:p>).)*?<w:drawing>.*?</w:p>", "", xml))
    result = take(pictured, data)
    assert [edit.op for edit in result.edits] == ["remove"]
    assert figures(pictured) == []
    assert take(pictured, today(pictured)).fresh == ()


def test_a_picture_that_an_editor_only_wrote_anew_is_the_same(pictured: Path) -> None:
    data = today(pictured)
    small = picture("JPEG", "navy", (240, 135))
    assert take(pictured, put(data, media(data), small)).edits == ()


def test_where_the_generators_picture_changed_too_the_citys_stays_and_it_is_told() -> None:
    old, new = (Figure(id="peta", path=f"cities/x/{name}.png", alt="Peta") for name in ("lama", "baru"))
    own = replace(old, path="cities/x/edits/media/1.png")
    edit = Edit(book="b", op="picture", block="peta", base=fingerprint((Text(old.path),)), value=own)
    merging = Merging((edit,))
    assert merging.merge((old,)) == (own,)
    assert not merging.conflicts
    (shown,) = merging.merge((new,))
    assert isinstance(shown, Figure)
    assert shown.path == own.path
    assert [conflict.new for conflict in merging.conflicts] == [new.path]
    kept = Merging((edit,)).merge((Paragraph(id="p", content=(Text("Lain."),)),))
    assert kept[1] == own


@pytest.mark.parametrize("words", ["", "Foto pasar lama:"])
def test_a_new_picture_stays_where_the_city_put_it(city: Path, words: str) -> None:
    data = with_photo(issued(city), picture(colour="purple"), AFTER, words)
    result = take(city, data)
    assert result.remarks == ()
    assert [edit.op for edit in result.edits] == ["new"] * (2 if words else 1)
    assert take(city, data).fresh == ()
    assert [figure.alt for figure in figures(city)] == ["Foto pasar"]
    built = build_city(city, CITY, city / "output", formats=("docx",))
    assert not built.failed, "\n".join(map(str, built.diagnostics))
    again = take(city, today(city))
    assert (again.edits, again.remarks) == ((), ())


def test_other_kinds_are_stored_as_png(city: Path) -> None:
    take(city, with_photo(issued(city), picture("BMP"), AFTER, ending="bmp"))
    path = city / figures(city)[0].path
    assert path.suffix == ".png"
    assert path.read_bytes().startswith(b"\x89PNG")


def test_a_broken_picture_is_told_and_the_rest_taken(city: Path) -> None:
    data = with_photo(issued(city), picture()[:60], AFTER, "Kalimat baru.")
    result = take(city, data)
    assert [item.code for item in result.diagnostics] == ["MP824"]
    assert [plain(edit.value.content) for edit in result.edits if hasattr(edit.value, "content")] == ["Kalimat baru."]
    assert figures(city) == []


def test_a_kind_that_no_book_shows_is_told(city: Path) -> None:
    result = take(city, with_photo(issued(city), b"\x01\x00\x00\x00 EMF", AFTER, ending="emf"))
    (remark,) = result.remarks
    assert re.search("PNG or JPEG", remark)


def test_what_pictures_are() -> None:
    assert [ending_of(picture(form)) for form in ("PNG", "JPEG", "BMP", "GIF")] == ["png", "jpg", "png", "png"]
    assert same_picture(picture(), picture("JPEG", size=(640, 360)))
    assert not same_picture(picture(), picture(colour="navy"))
    assert not same_picture(picture(), b"nothing")
    with pytest.raises(ValueError, match="broken"):
        stored(picture()[:60])
