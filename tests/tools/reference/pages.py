"""Styles of tables, contents, running heads, the cover, and of characters."""

from __future__ import annotations

from tests.tools.reference.look import (
    ACCENT,
    CENTRE,
    FILL_IN,
    GREY,
    INK,
    KEEP,
    LINES,
    RULE,
    TEXT_WIDTH,
    TINT,
    WIDE_WIDTH,
    Look,
    font,
    indent,
    rule,
    spacing,
)


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
    return [*looks, *cover()]


def cover() -> list[Look]:
    frame = "".join(rule(edge, GREY, 6, 12, "dashed") for edge in ("top", "left", "bottom", "right"))
    return [
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
