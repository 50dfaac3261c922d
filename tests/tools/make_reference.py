"""Make `templates/reference.docx` from nothing: run once, then the file belongs to the designers.

`python -m tests.tools.make_reference templates/reference.docx` writes a clean package (python-docx's own default
template does not pass the validator). The body is a specimen of every style, so that who edits the look in
Word sees what is changed; the writer ignores it.
"""

from __future__ import annotations

import sys
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import docx

INK, ACCENT, GREY, TINT, RULE = "1B2433", "0B4F6C", "5B6470", "E3EDF1", "9FB4BF"
FILL_IN = "FFF3BF"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TEXT_WIDTH, WIDE_WIDTH = 8788, 14004  # twentieths of a point: 155 mm and 247 mm


@dataclass(frozen=True)
class Look:
    """One style: `ppr`, `rpr` and `more` are the inner XML of its properties."""

    id: str
    name: str
    kind: str = "paragraph"
    based: str = "Normal"
    next: str = ""
    ppr: str = ""
    rpr: str = ""
    more: str = ""
    custom: bool = True


def spacing(before: int = 0, after: int = 0, line: int = 0) -> str:
    """Return paragraph spacing in twentieths of a point; `line` is a minimum."""
    extra = f' w:line="{line}" w:lineRule="atLeast"' if line else ""
    return f'<w:spacing w:before="{before}" w:after="{after}"{extra}/>'


def indent(left: int = 0, right: int = 0, hanging: int = 0) -> str:
    hang = f' w:hanging="{hanging}"' if hanging else ""
    return f'<w:ind w:left="{left}" w:right="{right}"{hang}/>'


def font(half_points: int = 0, colour: str = "", *, bold: bool = False, italic: bool = False, family: str = "") -> str:
    """Return run properties in schema order."""
    parts = []
    if family:
        parts.append(f'<w:rFonts w:ascii="{family}" w:hAnsi="{family}" w:eastAsia="{family}" w:cs="{family}"/>')
    if bold:
        parts.append("<w:b/><w:bCs/>")
    if italic:
        parts.append("<w:i/><w:iCs/>")
    if colour:
        parts.append(f'<w:color w:val="{colour}"/>')
    if half_points:
        parts.append(f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>')
    return "".join(parts)


KEEP = "<w:keepNext/>"
LINES = "<w:keepLines/>"
CENTRE, RIGHT = '<w:jc w:val="center"/>', '<w:jc w:val="right"/>'


def numbered(num: int, level: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>'


def outline(level: int) -> str:
    return f'<w:outlineLvl w:val="{level}"/>'


def rule(edge: str, colour: str = RULE, size: int = 4, space: int = 1, kind: str = "single") -> str:
    return f'<w:{edge} w:val="{kind}" w:sz="{size}" w:space="{space}" w:color="{colour}"/>'


def headings() -> list[Look]:
    """Return chapter, section and annex headings: numbered by list 1 (BAB I, 1.1) and list 2 (Lampiran A, A.1)."""
    sizes = {1: 40, 2: 28, 3: 24, 4: 22}
    befores = {1: 0, 2: 360, 3: 280, 4: 220}
    looks = []
    for level, size in sizes.items():
        start = "<w:pageBreakBefore/>" if level == 1 else ""
        after = 280 if level == 1 else 120
        rpr = font(size, ACCENT if level < 4 else INK, bold=True)
        tail = spacing(befores[level], after)
        plain_name = "Judul Tanpa Nomor" if level == 1 else f"Subjudul Tanpa Nomor {level}"
        annex_name = "Lampiran" if level == 1 else f"Lampiran {level}"
        looks.append(
            Look(
                f"Heading{level}",
                f"heading {level}",
                next="BodyText",
                ppr=KEEP + LINES + start + numbered(1, level - 1) + tail + outline(level - 1),
                rpr=rpr,
                custom=False,
            )
        )
        looks.append(
            Look(
                plain_name.replace(" ", ""),
                plain_name,
                next="BodyText",
                ppr=KEEP
                + LINES
                + start
                + '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'
                + tail
                + outline(level - 1),
                rpr=rpr,
            )
        )
        looks.append(
            Look(
                annex_name.replace(" ", ""),
                annex_name,
                next="BodyText",
                ppr=KEEP + LINES + start + numbered(2, level - 1) + tail + outline(level - 1),
                rpr=rpr,
            )
        )
    return looks


def running_text() -> list[Look]:
    body = spacing(0, 140, 310)
    return [
        Look("BodyText", "Body Text", ppr=body + indent(0, 567), custom=False),
        Look("ParagrafPembuka", "Paragraf Pembuka", based="BodyText", ppr=spacing(0, 200, 340), rpr=font(24, ACCENT)),
        Look("Sumber", "Sumber", ppr=spacing(60, 240), rpr=font(18, GREY)),
        Look("TandaTangan", "Tanda Tangan", ppr=KEEP + LINES + spacing(240, 0) + indent(4536), rpr=font(22)),
        Look(
            "Caption",
            "caption",
            next="BodyText",
            ppr=KEEP + LINES + spacing(200, 80),
            rpr=font(20, ACCENT, bold=True),
            custom=False,
        ),
        Look(
            "KeteranganGambar", "Keterangan Gambar", based="Caption", ppr='<w:keepNext w:val="0"/>' + spacing(100, 160)
        ),
        Look("Gambar", "Gambar", next="KeteranganGambar", ppr=KEEP + spacing(160, 40)),
        Look(
            "BingkaiGambar",
            "Bingkai Gambar",
            next="KeteranganGambar",
            ppr=KEEP
            + "<w:pBdr>"
            + "".join(rule(edge, GREY, 6, 8, "dashed") for edge in ("top", "left", "bottom", "right"))
            + "</w:pBdr>"
            + spacing(160, 120)
            + indent(170, 170)
            + CENTRE,
            rpr=font(20, GREY),
        ),
        Look(
            "Isian Paragraf".replace(" ", ""),
            "Isian Paragraf",
            based="BodyText",
            ppr="<w:pBdr>"
            + rule("left", "C79A00", 24, 8)
            + f'</w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="{FILL_IN}"/>'
            + spacing(80, 160, 310)
            + indent(170, 567),
        ),
        Look("DaftarSumber", "Daftar Sumber", ppr=numbered(9) + spacing(0, 100, 280), rpr=font(20)),
        Look(
            "Penghitung",
            "Penghitung",
            ppr=KEEP + '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>',
            rpr=font(2, "FFFFFF"),
        ),
        Look(
            "Pemisah",
            "Pemisah",
            ppr='<w:spacing w:before="0" w:after="200" w:line="20" w:lineRule="exact"/>',
            rpr=font(2),
        ),
    ]


def lists() -> list[Look]:
    """Return three levels of bullets, numbers, letters and continuations, for books and for drafts of law."""
    looks = []
    families = (
        ("ListBullet", "List Bullet", 3, "BodyText"),
        ("ListNumber", "List Number", 4, "BodyText"),
        ("DaftarHuruf", "Daftar Huruf", 5, "BodyText"),
        ("HukumButir", "Hukum Butir", 6, "HukumIsi"),
        ("HukumAngka", "Hukum Angka", 7, "HukumIsi"),
        ("HukumHuruf", "Hukum Huruf", 8, "HukumIsi"),
    )
    for style_id, name, num, based in families:
        for level in range(3):
            suffix = "" if level == 0 else str(level + 1)
            looks.append(
                Look(
                    style_id + suffix,
                    f"{name} {suffix}".strip(),
                    based=based,
                    ppr=numbered(num, level) + ("<w:contextualSpacing/>" if based == "BodyText" else ""),
                    custom=not style_id.startswith("List"),
                )
            )
    for style_id, name, based in (
        ("ListContinue", "List Continue", "BodyText"),
        ("HukumLanjutan", "Hukum Lanjutan", "HukumIsi"),
    ):
        for level in range(3):
            suffix = "" if level == 0 else str(level + 1)
            looks.append(
                Look(
                    style_id + suffix,
                    f"{name} {suffix}".strip(),
                    based=based,
                    ppr=indent(425 * (level + 1), 567),
                    custom=not style_id.startswith("List"),
                )
            )
    return looks


def law() -> list[Look]:
    family = "Bookman Old Style"
    return [
        Look("HukumIsi", "Hukum Isi", ppr=spacing(0, 120, 360) + '<w:jc w:val="both"/>', rpr=font(24, family=family)),
        Look("HukumTengah", "Hukum Tengah", based="HukumIsi", ppr=KEEP + spacing(60, 120, 360) + CENTRE),
        Look(
            "HukumTandaTangan",
            "Hukum Tanda Tangan",
            based="HukumIsi",
            ppr=KEEP + LINES + spacing(120, 0, 320) + indent(4253) + '<w:jc w:val="left"/>',
        ),
        Look("HukumSel", "Hukum Sel", based="HukumIsi", ppr=spacing(20, 20) + '<w:jc w:val="left"/>'),
    ]


def tables() -> list[Look]:
    """Return the paragraph styles of cells and the table styles of all looks."""
    cell = spacing(40, 40)
    small = spacing(20, 20)
    return [
        Look("SelTabel", "Sel Tabel", ppr=cell, rpr=font(20)),
        Look("SelKepala", "Sel Kepala", based="SelTabel", ppr=KEEP + cell, rpr=font(0, ACCENT, bold=True)),
        Look("SelJumlah", "Sel Jumlah", based="SelTabel", ppr=cell, rpr=font(0, bold=True)),
        Look("SelLabel", "Sel Label", based="SelTabel", ppr=cell, rpr=font(0, bold=True)),
        Look("SelMatriks", "Sel Matriks", ppr=small, rpr=font(16)),
        Look(
            "SelMatriksKepala",
            "Sel Matriks Kepala",
            based="SelMatriks",
            ppr=KEEP + small,
            rpr=font(0, ACCENT, bold=True),
        ),
        Look("SelMatriksJumlah", "Sel Matriks Jumlah", based="SelMatriks", ppr=small, rpr=font(0, bold=True)),
        Look("SelMatriksLabel", "Sel Matriks Label", based="SelMatriks", ppr=small, rpr=font(0, bold=True)),
        Look("JudulKotak", "Judul Kotak", ppr=KEEP + LINES + spacing(60, 60), rpr=font(22, ACCENT, bold=True)),
        Look(
            "TableNormal",
            "Normal Table",
            "table",
            "",
            custom=False,
            more='<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
            '<w:left w:w="85" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="85" w:type="dxa"/>'
            "</w:tblCellMar></w:tblPr>",
        ),
        table_look("TabelData", "Tabel Data", ("top", "bottom", "insideH")),
        table_look("TabelMatriks", "Tabel Matriks", ("top", "bottom", "insideH", "insideV"), margin=45),
        table_look("TabelLembar", "Tabel Lembar", ("top", "bottom", "insideH")),
        table_look(
            "TabelFormulir", "Tabel Formulir", ("top", "left", "bottom", "right", "insideH", "insideV"), colour=GREY
        ),
        table_look("TabelPolos", "Tabel Polos", ()),
        box_look("KotakTemuan", "Kotak Temuan", ACCENT, "EEF4F6"),
        box_look("KotakKeputusan", "Kotak Keputusan", "8F5A00", "FBF3E4"),
        box_look("KotakCatatan", "Kotak Catatan", GREY, "F3F4F6"),
    ]


def table_look(style_id: str, name: str, edges: tuple[str, ...], colour: str = RULE, margin: int = 85) -> Look:
    """Return a table style: rules, a tinted header row, a ruled and bold last row, a bold first column."""
    order = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(rule(edge, colour, 4, 0) for edge in order if edge in edges)
    head = (
        '<w:tblStylePr w:type="firstRow"><w:tblPr/><w:tcPr>'
        f"<w:tcBorders>{rule('bottom', ACCENT, 8, 0)}</w:tcBorders>"
        f'<w:shd w:val="clear" w:color="auto" w:fill="{TINT}"/></w:tcPr></w:tblStylePr>'
        '<w:tblStylePr w:type="lastRow"><w:tblPr/><w:tcPr>'
        f"<w:tcBorders>{rule('top', ACCENT, 8, 0)}</w:tcBorders></w:tcPr></w:tblStylePr>"
        if edges
        else ""
    )
    return Look(
        style_id,
        name,
        "table",
        "TableNormal",
        more=f"<w:tblPr>{f'<w:tblBorders>{borders}</w:tblBorders>' if borders else ''}<w:tblCellMar>"
        f'<w:left w:w="{margin}" w:type="dxa"/><w:right w:w="{margin}" w:type="dxa"/></w:tblCellMar></w:tblPr>' + head,
    )


def box_look(style_id: str, name: str, colour: str, ground: str) -> Look:
    """Return the table style of a box: a strong rule at the left and a light ground."""
    return Look(
        style_id,
        name,
        "table",
        "TableNormal",
        more=f"<w:tblPr><w:tblBorders>{rule('left', colour, 36, 0)}</w:tblBorders><w:tblCellMar>"
        '<w:top w:w="85" w:type="dxa"/><w:left w:w="227" w:type="dxa"/><w:bottom w:w="85" w:type="dxa"/>'
        '<w:right w:w="170" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f'<w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{ground}"/></w:tcPr>',
    )


def tab(position: int, leader: str = "") -> str:
    dots = f' w:leader="{leader}"' if leader else ""
    return f'<w:tab w:val="right"{dots} w:pos="{position}"/>'


def pages() -> list[Look]:
    """Return contents, running heads and the cover."""
    looks = [
        Look(
            "TOCHeading",
            "TOC Heading",
            next="BodyText",
            custom=False,
            ppr=KEEP + LINES + "<w:pageBreakBefore/>" + spacing(0, 280),
            rpr=font(40, ACCENT, bold=True),
        ),
        Look(
            "TableofFigures",
            "table of figures",
            custom=False,
            ppr=f"<w:tabs>{tab(TEXT_WIDTH, 'dot')}</w:tabs>" + spacing(0, 60) + indent(1247, 0, 1247),
        ),
    ]
    for level, (left, hang, bold) in enumerate(((1247, 1247, True), (1247, 680, False), (2041, 794, False)), start=1):
        stops = f'<w:tabs><w:tab w:val="left" w:pos="{left}"/>{tab(TEXT_WIDTH, "dot")}</w:tabs>'
        looks.append(
            Look(
                f"TOC{level}",
                f"toc {level}",
                custom=False,
                ppr=stops + spacing(120 if level == 1 else 0, 40) + indent(left, 0, hang),
                rpr=font(0, bold=bold),
            )
        )
    line = spacing(0, 0)
    for suffix, word, width in (("", "", TEXT_WIDTH), ("Mendatar", " Mendatar", WIDE_WIDTH)):
        head = "Kepala" if suffix else "Header"
        foot = "Kaki" if suffix else "Footer"
        looks.append(
            Look(
                head + suffix,
                (head + word).lower() if not suffix else head + word,
                custom=bool(suffix),
                ppr=f"<w:pBdr>{rule('bottom', RULE, 4, 4)}</w:pBdr><w:tabs>{tab(width)}</w:tabs>" + line,
                rpr=font(18, GREY),
            )
        )
        looks.append(
            Look(
                foot + suffix,
                (foot + word).lower() if not suffix else foot + word,
                custom=bool(suffix),
                ppr=f"<w:pBdr>{rule('top', RULE, 4, 4)}</w:pBdr><w:tabs>{tab(width)}</w:tabs>" + line,
                rpr=font(18, GREY),
            )
        )
    frame = "".join(rule(edge, GREY, 6, 12, "dashed") for edge in ("top", "left", "bottom", "right"))
    looks += [
        Look("TandaDokumen", "Tanda Dokumen", ppr=spacing(0, 60) + CENTRE, rpr=font(18, "B3261E", bold=True)),
        Look("SampulLambang", "Sampul Lambang", ppr=spacing(1400, 1800)),
        Look(
            "SampulBingkai",
            "Sampul Bingkai",
            ppr=f"<w:pBdr>{frame}</w:pBdr>" + spacing(1600, 1800, 720) + indent(240, 6000) + CENTRE,
            rpr=font(18, GREY),
        ),
        Look("Title", "Title", next="Subtitle", custom=False, ppr=spacing(0, 160), rpr=font(64, ACCENT, bold=True)),
        Look("Subtitle", "Subtitle", custom=False, ppr=spacing(0, 1100), rpr=font(32, GREY)),
        Look("SampulDaerah", "Sampul Daerah", ppr=spacing(0, 60), rpr=font(44, INK, bold=True)),
        Look("SampulPeriode", "Sampul Periode", ppr=spacing(0, 1500), rpr=font(32, INK)),
        Look(
            "SampulStatus",
            "Sampul Status",
            ppr=f"<w:pBdr>{rule('top', ACCENT, 12, 8)}</w:pBdr>" + spacing(0, 700),
            rpr=font(24, ACCENT, bold=True),
        ),
        Look("SampulKeterangan", "Sampul Keterangan", ppr=spacing(0, 60), rpr=font(22, INK)),
    ]
    return looks


def characters() -> list[Look]:
    base = "DefaultParagraphFont"
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{FILL_IN}"/>'
    return [
        Look("Strong", "Strong", "character", base, rpr="<w:b/><w:bCs/>", custom=False),
        Look("Emphasis", "Emphasis", "character", base, rpr="<w:i/><w:iCs/>", custom=False),
        Look("TebalMiring", "Tebal Miring", "character", base, rpr="<w:b/><w:bCs/><w:i/><w:iCs/>"),
        Look(
            "Hyperlink",
            "Hyperlink",
            "character",
            base,
            rpr=f'<w:color w:val="{ACCENT}"/><w:u w:val="single"/>',
            custom=False,
        ),
        Look("Isian", "Isian", "character", base, rpr=shade),
        Look("SitasiSumber", "Sitasi Sumber", "character", base, rpr=f'<w:color w:val="{GREY}"/>'),
        Look("Tersembunyi", "Tersembunyi", "character", base, rpr="<w:vanish/>"),
        Look("TeksTerang", "Teks Terang", "character", base, rpr='<w:color w:val="FFFFFF"/>'),
        Look(
            "CommentReference",
            "annotation reference",
            "character",
            base,
            rpr='<w:sz w:val="16"/><w:szCs w:val="16"/>',
            custom=False,
        ),
        Look("CommentText", "annotation text", rpr=font(20), custom=False),
    ]


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
    """Return nine lists: chapters, annexes, three for books, three for law, and the sources."""
    legal = "<w:isLgl/>"
    chapters = level_xml(0, "upperRoman", "BAB %1", "Heading1", 1417, 1417)
    annexes = level_xml(0, "upperLetter", "Lampiran %1", "Lampiran", 2381, 2381)
    for level, hanging in ((1, 680), (2, 851), (3, 1021)):
        text = ".".join(f"%{n + 1}" for n in range(level + 1))
        chapters += level_xml(level, "decimal", text, f"Heading{level + 1}", hanging, hanging, legal)
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
