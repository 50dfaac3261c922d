"""What Word, Google Docs and WPS make of a whole file when they save it, imitated on its XML."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from copy import deepcopy
from io import BytesIO

from lxml import etree

Element = etree._Element
Parts = dict[str, bytes]
NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{NS}}}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
MAIN, STYLES = "word/document.xml", "word/styles.xml"


def resaved(data: bytes, *habits: Callable[[Parts], None]) -> bytes:
    """Return a DOCX after each habit changed its parts."""
    with zipfile.ZipFile(BytesIO(data)) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    for habit in habits:
        habit(parts)
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return out.getvalue()


def _on_main(change: Callable[[Element], None]) -> Callable[[Parts], None]:
    def habit(parts: Parts) -> None:
        root = etree.fromstring(parts[MAIN])
        change(root)
        parts[MAIN] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)

    return habit


def _new(tag: str, /, **values: str) -> Element:
    made = etree.Element(f"{W}{tag}", nsmap={"w": NS})
    for key, value in values.items():
        made.set(f"{W}{key}", value)
    return made


def _properties(run: Element) -> Element:
    found = run.find(f"{W}rPr")
    if found is None:
        found = _new("rPr")
        run.insert(0, found)
    return found


def _plain_runs(root: Element) -> Iterator[Element]:
    """Yield the runs that hold one text and nothing else."""
    for run in list(root.iter(f"{W}r")):
        inner = [child.tag for child in run if child.tag != f"{W}rPr"]
        if inner == [f"{W}t"]:
            yield run


# --- Word ------------------------------------------------------------------------------------------------------------


def _split_runs(root: Element) -> None:
    """Cut runs behind every second word, with marks of spelling between the pieces and a revision id on each."""
    for number, run in enumerate(_plain_runs(root)):
        text = run.find(f"{W}t")
        assert text is not None
        pieces = re.findall(r"\S+\s*\S*\s*|\s+", text.text or "")
        run.set(f"{W}rsidR", f"00A{number:05X}"[:8])
        if len(pieces) < 2:
            continue
        place = run
        text.text = pieces[0]
        text.set(SPACE, "preserve")
        for piece in pieces[1:]:
            other = deepcopy(run)
            inner = other.find(f"{W}t")
            assert inner is not None
            inner.text = piece
            other.set(f"{W}rsidRPr", "00B7C1D2")
            mark = _new("proofErr", type="spellStart" if number % 2 else "gramEnd")
            place.addnext(mark)
            mark.addnext(other)
            place = other


def _revision_ids(root: Element) -> None:
    for number, paragraph in enumerate(root.iter(f"{W}p")):
        paragraph.set(f"{W}rsidR", "00C3D4E5")
        paragraph.set(f"{W}rsidRDefault", "00C3D4E5")
        paragraph.set("{http://schemas.microsoft.com/office/word/2010/wordml}paraId", f"{number + 1:08X}")
    for row in root.iter(f"{W}tr"):
        row.set(f"{W}rsidR", "00C3D4E5")


def _controls(root: Element) -> None:
    """Wrap every seventh paragraph of the body in a content control, as forms and templates of Word do."""
    body = root.find(f"{W}body")
    assert body is not None
    for number, paragraph in enumerate(body.findall(f"{W}p")):
        if number % 7 == 3 and paragraph.find(f".//{W}sectPr") is None:
            control, content = _new("sdt"), _new("sdtContent")
            properties = _new("sdtPr")
            properties.append(_new("id", val=str(1000 + number)))
            control.extend((properties, content))
            paragraph.addprevious(control)
            content.append(paragraph)


def _old_formats(root: Element) -> None:
    """Remember earlier formats of paragraphs and runs, as tracking of formats does, and where the cursor was."""
    for number, paragraph in enumerate(root.iter(f"{W}p")):
        properties = paragraph.find(f"{W}pPr")
        if number % 5 == 0 and properties is not None and properties.find(f"{W}sectPr") is None:
            change = _new("pPrChange", id=str(7000 + number), author="Siti", date="2026-11-25T08:00:00Z")
            change.append(_new("pPr"))
            properties.append(change)
        if number == 12:
            paragraph.append(_new("bookmarkStart", id="99990", name="_GoBack"))
            paragraph.append(_new("bookmarkEnd", id="99990"))
    for number, run in enumerate(_plain_runs(root)):
        if number % 4 == 0:
            properties = _properties(run)
            properties.append(_new("lang", val="id-ID"))
            run.insert(1, _new("lastRenderedPageBreak"))


def _field_codes_in_pieces(root: Element) -> None:
    """Cut the codes of fields in two runs."""
    for code in list(root.iter(f"{W}instrText")):
        run, text = code.getparent(), code.text or ""
        if run is None or len(text) < 8:
            continue
        other = deepcopy(run)
        second = other.find(f"{W}instrText")
        assert second is not None
        code.text, second.text = text[:6], text[6:]
        for piece in (code, second):
            piece.set(SPACE, "preserve")
        run.addnext(other)


def as_word(data: bytes) -> bytes:
    """Return a file as Word saves it after somebody worked in it."""
    habits = (_revision_ids, _split_runs, _field_codes_in_pieces, _old_formats, _controls)
    return resaved(data, *map(_on_main, habits))


# --- WPS -------------------------------------------------------------------------------------------------------------


def _numbered_styles(parts: Parts) -> None:
    """Give every style a number for an id and write built-in names small, as WPS does; the names stay."""
    root = etree.fromstring(parts[STYLES])
    names: dict[str, str] = {}
    for number, style in enumerate(root.iter(f"{W}style"), start=1):
        names[style.get(f"{W}styleId", "")] = str(number)
    for style in root.iter(f"{W}style"):
        style.set(f"{W}styleId", names[style.get(f"{W}styleId", "")])
        name = style.find(f"{W}name")
        if name is not None and name.get(f"{W}val", "").startswith("Heading "):
            name.set(f"{W}val", name.get(f"{W}val", "").lower())
    tags = [
        f"{W}{tag}" for tag in ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link", "styleLink", "numStyleLink")
    ]

    def follow(tree: Element) -> None:
        for element in tree.iter(*tags):
            value = element.get(f"{W}val", "")
            element.set(f"{W}val", names.get(value, value))

    follow(root)
    parts[STYLES] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    for name in parts:
        if re.fullmatch(r"word/(document|numbering|comments|footnotes|header\d*|footer\d*)\.xml", name):
            tree = etree.fromstring(parts[name])
            follow(tree)
            parts[name] = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def _hints(root: Element) -> None:
    """Write hints of fonts and switched-off properties out on every run and paragraph."""
    for run in root.iter(f"{W}r"):
        properties = _properties(run)
        fonts = properties.find(f"{W}rFonts")
        if fonts is None:
            fonts = _new("rFonts")
            style = properties.find(f"{W}rStyle")
            properties.insert(0 if style is None else 1, fonts)
        fonts.set(f"{W}hint", "default")
        if properties.find(f"{W}b") is None:
            properties.append(_new("b", val="0"))
        properties.append(_new("lang", val="en-US"))


def as_wps(data: bytes) -> bytes:
    """Return a file as WPS Office saves it."""
    return resaved(data, _numbered_styles, _on_main(_hints), _on_main(_split_runs))


# --- Google Docs -----------------------------------------------------------------------------------------------------


def _without_anchors(root: Element) -> None:
    """Drop hidden bookmarks, all but those of headings, which get names of its own."""
    for number, mark in enumerate(list(root.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd"))):
        parent = mark.getparent()
        assert parent is not None
        style = parent.find(f"{W}pPr/{W}pStyle")
        if style is not None and style.get(f"{W}val", "").startswith("Heading"):
            if mark.get(f"{W}name"):
                mark.set(f"{W}name", f"_heading=h.{number:012x}")
        else:
            parent.remove(mark)


def _fields_as_words(root: Element) -> None:
    """Leave only what fields show."""
    for paragraph in root.iter(f"{W}p"):
        code = False
        for run in list(paragraph.iter(f"{W}r")):
            kinds = [char.get(f"{W}fldCharType") for char in run.iter(f"{W}fldChar")]
            code = (code or "begin" in kinds) and not {"separate", "end"} & set(kinds)
            parent = run.getparent()
            if (code or kinds or run.find(f"{W}instrText") is not None) and parent is not None:
                parent.remove(run)


def _labels(root: Element) -> None:
    """Wrap runs in controls with names of its own, and say of each that it runs from left to right."""
    for number, run in enumerate(_plain_runs(root)):
        _properties(run).append(_new("rtl", val="0"))
        parent = run.getparent()
        if number % 3 or parent is None or parent.tag != f"{W}p":
            continue
        control, properties, content = _new("sdt"), _new("sdtPr"), _new("sdtContent")
        properties.append(_new("tag", val=f"goog_rdk_{number}"))
        control.extend((properties, content))
        run.addprevious(control)
        content.append(run)


def _no_properties(parts: Parts) -> None:
    """Drop the custom properties, among them the mark of the tree."""
    for name in [name for name in parts if name.startswith("docProps/custom")]:
        del parts[name]
    for name, pattern in (
        ("[Content_Types].xml", rb"<Override[^>]*docProps/custom[^>]*/>"),
        ("_rels/.rels", rb"<Relationship [^>]*docProps/custom[^>]*/>"),
    ):
        parts[name] = re.sub(pattern, b"", parts[name])


def as_google_docs(data: bytes) -> bytes:
    """Return a file as Google Docs exports it: no anchors, no fields, no properties."""
    return resaved(data, _on_main(_without_anchors), _on_main(_fields_as_words), _on_main(_labels), _no_properties)
