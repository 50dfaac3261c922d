"""Numbers are counted natively, and what the file shows before Word has counted is what Word will count.

The tests count as Word does: list levels of styles with restarts, SEQ fields with their switches.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree

from generator.model.anchors import anchor
from generator.model.document import Chapter, Paragraph, Reference, Section, Text
from tests.writers.docx.package import Field, Package, fields_of, style_of, text_of, w

ROMAN = ("", "I", "II", "III", "IV", "V")


def list_levels(package: Package) -> dict[str, dict[int, tuple[str, str, bool, int]]]:
    """numId -> level -> (format, text, all arabic, start)."""
    numbering = package.xml("word/numbering.xml")
    abstract = {
        node.get(w("abstractNumId")): {
            int(level.get(w("ilvl"))): (
                level.find(w("numFmt")).get(w("val")),
                level.find(w("lvlText")).get(w("val")),
                level.find(w("isLgl")) is not None,
                int(level.find(w("start")).get(w("val"))),
            )
            for level in node.iter(w("lvl"))
        }
        for node in numbering.iter(w("abstractNum"))
    }
    lists = {}
    for num in numbering.iter(w("num")):
        levels = dict(abstract[num.find(w("abstractNumId")).get(w("val"))])
        for override in num.iter(w("lvlOverride")):
            index = int(override.get(w("ilvl")))
            if index in levels:
                start = int(override.find(w("startOverride")).get(w("val")))
                levels[index] = (*levels[index][:3], start)
        lists[num.get(w("numId"))] = levels
    return lists


def number_of(style: etree._Element) -> tuple[str, int] | None:
    properties = style.find(f"{w('pPr')}/{w('numPr')}")
    if properties is None:
        return None
    level = properties.find(w("ilvl"))
    return properties.find(w("numId")).get(w("val")), 0 if level is None else int(level.get(w("val")))


def shown_numbers(package: Package) -> list[tuple[etree._Element, str]]:
    """Each paragraph with the number that Word shows before it."""
    lists = list_levels(package)
    styles = {style.get(w("styleId")): style for style in package.xml("word/styles.xml").iter(w("style"))}
    counts: dict[str, dict[int, int]] = {}
    shown = []
    for paragraph in package.paragraphs():
        bound = number_of(paragraph) or number_of(styles[style_of(paragraph)])
        if bound is None or bound[0] == "0":
            shown.append((paragraph, ""))
            continue
        levels, level = lists[bound[0]], bound[1]
        count = counts.setdefault(bound[0], {})
        count[level] = count.get(level, levels[level][3] - 1) + 1
        for deeper in [key for key in count if key > level]:
            del count[deeper]
        _, text, legal, _ = levels[level]

        def part(match: re.Match[str], levels=levels, count=count, legal=legal) -> str:  # type: ignore[no-untyped-def]
            index = int(match.group(1)) - 1
            value = count.get(index, levels[index][3])
            kind = "decimal" if legal else levels[index][0]
            return {"upperRoman": ROMAN[value], "decimal": str(value)}.get(kind) or chr(
                (65 if kind == "upperLetter" else 97) + value - 1
            )

        shown.append((paragraph, re.sub(r"%(\d)", part, text)))
    return shown


def seq(field: Field, counters: dict[str, int]) -> str:
    """Evaluate a SEQ field as Word does."""
    words = field.instruction.split()
    name = words[1]
    if r"\c" not in words:
        counters[name] = int(words[words.index(r"\r") + 1]) if r"\r" in words else counters.get(name, 0) + 1
    value = counters[name]
    return chr(64 + value) if "ALPHABETIC" in words else ROMAN[value] if "ROMAN" in words else str(value)


def test_headings_show_the_numbers_of_the_tree(written: Package) -> None:
    names = written.style_names()
    headings = [
        (number, text_of(paragraph))
        for paragraph, number in shown_numbers(written)
        if re.match(r"heading|Lampiran|Judul Tanpa|Subjudul", names[style_of(paragraph)])
    ]
    assert headings == [
        ("", "Kata Pengantar"),
        ("BAB I", "Pendahuluan"),
        ("1.1", "Latar belakang smart city"),
        ("1.2", "Maksud dan tujuan"),
        ("1.2.1", "Maksud"),
        ("1.2.1.1", "Rincian"),
        ("", "Catatan tanpa nomor"),
        ("1.3", "Gambar"),
        ("BAB II", "Rencana & aksi"),
        ("Lampiran A", "Daftar periksa"),
        ("Lampiran B", "Rancangan Peraturan Wali Kota"),
        ("", "Daftar Sumber"),
    ]


def test_lists_start_anew_and_nest(written: Package) -> None:
    shown = {text_of(paragraph): number for paragraph, number in shown_numbers(written)}
    assert shown["langkah satu"] == "1."
    assert shown["langkah dua"] == "2."
    assert shown["langkah lima"] == "5."
    assert (shown["anak huruf a"], shown["anak huruf b"]) == ("a.", "b.")
    assert shown["Butir pertama"] == "•"
    assert shown["bahwa pelayanan publik perlu dipercepat;"] == "a."


def test_captions_hold_what_their_fields_count(written: Package) -> None:
    counters: dict[str, int] = {}
    seen = 0
    for field in fields_of(written.body):
        if field.instruction.startswith("SEQ"):
            value = seq(field, counters)
            hidden = r"\h" in field.instruction
            assert field.has_result is not hidden
            assert hidden or field.result == value, field
            seen += not hidden
    assert seen == 2 * 14 + 4  # a chapter's number and a counter in each of fourteen captions; chapters and annexes


def test_cross_references_are_fields_whose_result_is_what_they_refer_to(written: Package) -> None:
    numbers = {
        start.get(w("name")): (paragraph, number)
        for paragraph, number in shown_numbers(written)
        for start in paragraph.iter(w("bookmarkStart"))
    }
    results = {}
    for field in fields_of(written.body):
        if not field.instruction.startswith("REF"):
            continue
        words = field.instruction.split()
        paragraph, number = numbers[words[1]]
        expected = number if r"\n" in words else bookmarked(paragraph, words[1])
        assert field.result == expected, field
        results[field.result] = words[1]
    assert {"Tabel 1.1", "Gambar 1.1", "BAB II", "1.2", "Lampiran A", "[1]"} <= set(results)
    assert results["BAB II"] == anchor("bab2")


def bookmarked(paragraph: etree._Element, name: str) -> str:
    """The text between the ends of a bookmark."""
    inside, number, text = False, "", ""
    for node in paragraph.iter():
        if node.tag == w("bookmarkStart") and node.get(w("name")) == name:
            inside, number = True, node.get(w("id"), "")
        elif node.tag == w("bookmarkEnd") and node.get(w("id")) == number:
            inside = False
        elif inside and node.tag == w("t"):
            text += node.text or ""
    return text


def test_references_in_other_words_keep_the_words_and_count_the_number(write_blocks: Callable[..., Package]) -> None:
    references = (Reference("b", "Bab II"), Text("; "), Reference("s", "Subbab 2.1"), Text("; "), Reference("p", "itu"))
    package = write_blocks(
        Chapter(id="a", title=(Text("Satu"),), number="I", children=(Paragraph(id="p", content=references),)),
        Chapter(
            id="b",
            title=(Text("Dua"),),
            number="II",
            children=(Section(id="s", level=2, title=(Text("Sub"),), number="2.1", children=()),),
        ),
    )
    assert package.texts("Body Text") == ["Bab II; Subbab 2.1; itu"]
    (paragraph,) = package.paragraphs("Body Text")
    fields = {field.result: field.instruction for field in fields_of(paragraph)}
    assert fields == {"II": rf"REF {anchor('b', 'number')} \h", "2.1": rf"REF {anchor('s')} \n \h"}
    counted = next(node for node in package.paragraphs("Penghitung Bab") if text_of(node) == "II")
    assert bookmarked(counted, anchor("b", "number")) == "II"
    assert [link.get(w("anchor")) for link in paragraph.iter(w("hyperlink"))] == [anchor("p")]
