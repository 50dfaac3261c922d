"""Styles of headings, running text, lists and drafts of law."""

from __future__ import annotations

from tests.tools.reference.look import (
    ACCENT,
    CENTRE,
    FILL_IN,
    GREY,
    INK,
    KEEP,
    LINES,
    Look,
    font,
    indent,
    numbered,
    outline,
    rule,
    spacing,
)


def headings() -> list[Look]:
    """Return chapter, section and annex headings: numbered by lists 1 (BAB I), 10 (1.1) and 2 (Lampiran A, A.1)."""
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
                ppr=KEEP + LINES + start + numbered(1 if level == 1 else 10, level - 1) + tail + outline(level - 1),
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
        Look("PenghitungBab", "Penghitung Bab", based="Penghitung", ppr=numbered(10)),
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
