"""Make `templates/reference.docx` from nothing: run once, then the file belongs to the designers.

`python -m tests.tools.make_reference templates/reference.docx` writes a clean package (python-docx's own default
template does not pass the validator). The body is a specimen of every style, so that who edits the look in
Word sees what is changed; the writer ignores it.
"""

from __future__ import annotations

import sys
import zipfile
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import docx

from tests.tools.reference.look import INK, Look, R, W
from tests.tools.reference.pages import characters, pages, tables
from tests.tools.reference.text import headings, law, lists, running_text


def all_looks() -> list[Look]:
    return [*headings(), *running_text(), *law(), *lists(), *tables(), *pages(), *characters()]


def style_xml(look: Look) -> str:
    custom = ' w:customStyle="1"' if look.custom else ""
    default = ' w:default="1"' if look.id == "TableNormal" else ""
    parts = [
        f'<w:style w:type="{look.kind}"{default}{custom} w:styleId={quoteattr(look.id)}>',
        f"<w:name w:val={quoteattr(look.name)}/>",
    ]
    if look.based:
        parts.append(f'<w:basedOn w:val="{look.based}"/>')
    if look.next:
        parts.append(f'<w:next w:val="{look.next}"/>')
    if look.id == "TableNormal":
        parts.append('<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/>')
    else:
        parts.append("<w:qFormat/>" if look.kind != "table" else "")
    if look.ppr:
        parts.append(f"<w:pPr>{look.ppr}</w:pPr>")
    if look.rpr:
        parts.append(f"<w:rPr>{look.rpr}</w:rPr>")
    return "".join([*parts, look.more, "</w:style>"])


def styles_xml() -> str:
    defaults = (
        "<w:docDefaults><w:rPrDefault><w:rPr>"
        '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="Calibri" w:cs="Calibri"/>'
        '<w:sz w:val="22"/><w:szCs w:val="22"/>'
        '<w:lang w:val="id-ID" w:eastAsia="id-ID" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault><w:pPr><w:widowControl/><w:suppressAutoHyphens/></w:pPr></w:pPrDefault></w:docDefaults>"
    )
    normal = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        # Not among the defaults: LibreOffice would set those above the character styles in tables.
        f'<w:rPr><w:color w:val="{INK}"/></w:rPr></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/><w:unhideWhenUsed/></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/></w:style>'
    )
    return f'<w:styles xmlns:w="{W}">{defaults}{normal}{"".join(map(style_xml, all_looks()))}</w:styles>'


def level_xml(
    index: int,
    fmt: str,
    text: str,
    style: str,
    left: int,
    hanging: int,
    extra: str = "",
    suffix: str = "",
    run: str = "",
) -> str:
    link = f'<w:pStyle w:val="{style}"/>' if style else ""
    suff = f'<w:suff w:val="{suffix}"/>' if suffix else ""
    rpr = f"<w:rPr>{run}</w:rPr>" if run else ""
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{fmt}"/>{link}{extra}{suff}'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr>{rpr}</w:lvl>'
    )


def numbering_xml() -> str:
    """Return ten lists: chapters, annexes, three for books, three for law, the sources, and the sections of chapters.

    Chapters are roman and their sections arabic. Sections stand in a list of their own, whose first level is stepped by
    the counter paragraph behind each chapter heading: `w:isLgl` would say the same in one list, but LibreOffice before
    7.5 does not know it and shows 'II.1'.
    """
    chapters = level_xml(0, "upperRoman", "BAB %1", "Heading1", 1417, 1417)
    sections = level_xml(0, "decimal", "", "PenghitungBab", 0, 0, suffix="nothing")
    annexes = level_xml(0, "upperLetter", "Lampiran %1", "Lampiran", 2381, 2381)
    for level, hanging in ((1, 680), (2, 851), (3, 1021)):
        text = ".".join(f"%{n + 1}" for n in range(level + 1))
        sections += level_xml(level, "decimal", text, f"Heading{level + 1}", hanging, hanging)
        annexes += level_xml(level, "decimal", text, f"Lampiran{level + 1}", hanging, hanging)
    bodies = {1: chapters, 2: annexes}
    families = {
        3: ("bullet", "ListBullet"),
        4: ("decimal", "ListNumber"),
        5: ("lowerLetter", "DaftarHuruf"),
        6: ("bullet", "HukumButir"),
        7: ("decimal", "HukumAngka"),
        8: ("lowerLetter", "HukumHuruf"),
    }
    for number, (fmt, style) in families.items():
        marks = ("\u2022", "\u2013", "\u2022")
        bodies[number] = "".join(
            level_xml(
                level,
                fmt,
                marks[level] if fmt == "bullet" else f"%{level + 1}.",
                style + ("" if level == 0 else str(level + 1)),
                425 * (level + 1),
                425,
                run='<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri"/>' if fmt == "bullet" else "",
            )
            for level in range(3)
        )
    bodies[9] = level_xml(0, "decimal", "[%1]", "DaftarSumber", 567, 567)
    bodies[10] = sections
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{number}"><w:nsid w:val="4D5000{number:02X}"/>'
        f'<w:multiLevelType w:val="multilevel"/><w:tmpl w:val="4D5001{number:02X}"/>{levels}</w:abstractNum>'
        for number, levels in bodies.items()
    )
    numbers = "".join(f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>' for number in bodies)
    return f'<w:numbering xmlns:w="{W}">{abstract}{numbers}</w:numbering>'


SETTINGS = f"""<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/><w:mirrorMargins/>\
<w:defaultTabStop w:val="709"/><w:autoHyphenation w:val="0"/><w:characterSpacingControl w:val="doNotCompress"/>\
<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>\
</w:compat><w:themeFontLang w:val="id-ID"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>"""

FONTS = f"""<w:fonts xmlns:w="{W}"><w:font w:name="Calibri"><w:altName w:val="Carlito"/>\
<w:panose1 w:val="020F0502020204030204"/><w:charset w:val="00"/><w:family w:val="swiss"/><w:pitch w:val="variable"/>\
</w:font><w:font w:name="Bookman Old Style"><w:altName w:val="TeX Gyre Bonum"/>\
<w:panose1 w:val="02050604050505020204"/>\
<w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font></w:fonts>"""


def specimen_xml() -> str:
    """Return a body that shows every paragraph style by its name."""
    lines = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{look.id}"/></w:pPr><w:r><w:t>{escape(look.name)}</w:t></w:r></w:p>'
        for look in all_looks()
        if look.kind == "paragraph"
    )
    section = (
        '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1417" w:right="1417" w:bottom="1417" '
        'w:left="1701" w:header="624" w:footer="624" w:gutter="0"/></w:sectPr>'
    )
    return f'<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{lines}{section}</w:body></w:document>'


PACKAGE = "http://schemas.openxmlformats.org/package/2006"
CORE = "application/vnd.openxmlformats-package.core-properties+xml"
WML = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def theme_xml() -> str:
    """Return the theme of python-docx's own template: Word wants one, our styles do not use it."""
    with zipfile.ZipFile(Path(docx.__file__).parent / "templates" / "default.docx") as package:
        text = package.read("word/theme/theme1.xml").decode()
    return text.partition("?>")[2].lstrip()


PARTS = {"styles": styles_xml, "numbering": numbering_xml, "settings": lambda: SETTINGS, "fontTable": lambda: FONTS}


def reference_docx() -> bytes:
    """Return the whole package; the same bytes at every call."""
    overrides = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{WML}.{name}+xml"/>' for name in PARTS)
    files = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{WML}.document.main+xml"/>{overrides}'
        '<Override PartName="/word/theme/theme1.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.theme+xml"/>'
        f'<Override PartName="/docProps/core.xml" ContentType="{CORE}"/>'
        "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
        "</Relationships>",
        "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Contoh gaya</dc:title><dc:language>id-ID</dc:language>'
        "</cp:coreProperties>",
        "word/document.xml": specimen_xml(),
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        + "".join(
            f'<Relationship Id="rId{index}" Type="{R}/{name}" Target="{name}.xml"/>'
            for index, name in enumerate(PARTS, start=1)
        )
        + f'<Relationship Id="rId9" Type="{R}/theme" Target="theme/theme1.xml"/>'
        + "</Relationships>",
        "word/theme/theme1.xml": theme_xml(),
        **{f"word/{name}.xml": make() for name, make in PARTS.items()},
    }
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in files.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(info, '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + text)
    return buffer.getvalue()


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(reference_docx())
