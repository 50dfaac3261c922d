"""What a style is made of, as short functions that return WordprocessingML."""

from __future__ import annotations

from dataclasses import dataclass

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
