"""Any text arrives: as it is, or visibly replaced, and never as a broken file."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.model.document import (
    Callout,
    Caption,
    Cell,
    Chapter,
    Chart,
    Column,
    Cover,
    Document,
    Link,
    ListBlock,
    ListItem,
    Missing,
    Paragraph,
    Placeholder,
    Row,
    Series,
    Source,
    Strong,
    Table,
    Text,
)
from generator.writers.docx import write
from tests.writers.docx.package import Package, text_of, w
from tests.writers.sample_document import sample_document

NASTY = [
    "\x00\x01\x1f dari Excel",
    "baris\x0bvertikal",
    "dua\nbaris\r\ntiga\rempat",
    "kolom\tkolom",
    "tunggal \ud800 dan \udfff",
    "\ufffe\uffff",
    "emoji 👨‍👩‍👧 🇮🇩",
    "العربية من اليمين",
    "panjang" * 60,
    "& < > \" ' ]]> <!-- --> &amp; <w:p/>",
    "  spasi   di  mana-mana  ",
    "{{ 7*7 }} {% x %} ${x} =cmd|' /C calc'!A0",
    "\u202e terbalik \u200b nol \u00ad lunak \u2028 pemisah",
    "𝕂𝕠𝕥𝕒 CJK 城市",
]
any_text = st.one_of(
    st.sampled_from(NASTY), st.text(st.characters(codec=None, exclude_categories=[]), max_size=60), st.just("")
)


def shown(text: str) -> str:
    """What the file must show for a text in running prose."""
    text = re.sub("\r\n|[\n\x0b\r]", "\n", text)
    return re.sub("[\x00-\x08\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "\ufffd", text)


def everywhere(text: str) -> Document:
    """A book that has a text in each of its places."""
    run = (Text(text),)
    return replace(
        sample_document(),
        title=text,
        subject=text,
        author=text,
        keywords=(text, text),
        category=text,
        version=text,
        mark=text,
        build_id=text,
        cover=Cover(text, text, text, text, text, (text,), None),
        sources=(Source("s", text, text),),
        body=(
            Chapter(
                id="c" + text,
                title=run,
                number="I",
                children=(
                    Paragraph(id="p", content=(*run, Strong(run), Link(text, run), Link("https://x.id/" + text, run))),
                    Paragraph(id="m", content=(Missing(text, text, text),)),
                    ListBlock(id="l", ordered=True, items=(ListItem(id="l1", content=run),)),
                    Callout(id="k", kind="catatan", title=text, children=()),
                    Placeholder(id="h", what=text, who=text, where=text),
                    Table(
                        id="t",
                        columns=(Column(), Column()),
                        header=(Row((Cell((run,)), Cell((run,)))),),
                        body=(Row((Cell((run, run)), Cell((run,), tone=text))),),
                        caption=Caption("Tabel", run, "1.1"),
                        source=run,
                    ),
                    Chart(
                        id="g",
                        kind="bars",
                        categories=(text, "b"),
                        series=(Series(text, (1.0, 2.0), text),),
                        alt=text,
                        unit=text,
                        highlight=text,
                    ),
                    Chart(
                        id="g2",
                        kind="scatter",
                        categories=(text,),
                        series=(Series(text, (1.0,)), Series(text, (2.0,))),
                        alt=text,
                        highlight=text,
                    ),
                ),
            ),
        ),
    )  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(any_text)
def test_any_text_in_any_place_leaves_a_file_that_opens(workspace: Path, text: str) -> None:
    package = Package(write(everywhere(text), workspace, pages={}))
    docx.Document(BytesIO(package.content))
    body = [paragraph for paragraph in package.texts("Body Text") if paragraph]
    if text:
        assert shown(text) * 4 in body


@pytest.mark.parametrize("text", NASTY)
def test_the_validator_takes_it_too(workspace: Path, text: str) -> None:
    assert Package(write(everywhere(text), workspace)).errors() == []


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(any_text, min_size=1, max_size=5))
def test_paragraphs_and_cells_are_read_back_as_they_were(
    write_blocks: Callable[..., Package], texts: list[str]
) -> None:
    paragraphs = [Paragraph(id=f"p{index}", content=(Text(text),)) for index, text in enumerate(texts)]
    table = Table(
        id="t",
        columns=(Column(),),
        header=(),
        body=tuple(Row((Cell(((Text(text),),)),)) for text in texts),
    )
    package = write_blocks(*paragraphs, table)
    assert package.texts("Body Text") == [shown(text) for text in texts]
    assert [text_of(cell) for cell in package.body.iter(w("tc"))] == [shown(text) for text in texts]


def test_a_fill_in_is_marked_and_says_who_and_where(written: Package) -> None:
    comments = {
        node.get(w("id")): [text_of(paragraph) for paragraph in node] for node in written.xml("word/comments.xml")
    }
    authors = {node.get(w("author")) for node in written.xml("word/comments.xml")}
    dates = {node.get(w("date")) for node in written.xml("word/comments.xml")}
    assert authors == {"Generator Masterplan"}
    assert dates == {"2026-11-24T00:00:00Z"}
    assert [
        "Yang perlu diisi: pagu indikatif 2026",
        "Pemasok: Bappeda",
        "Tempat dalam data: programs.yaml: budget.2026",
    ] in comments.values()
    assert ["Yang perlu diisi: nama kepala dinas"] in comments.values()
    referred = [node.get(w("id")) for node in written.document.iter(w("commentReference"))]
    assert sorted(referred) == sorted(comments)
    ids = {style: name for style, name in written.style_names().items() if name == "Isian"}
    marked = [
        text_of(run)
        for run in written.document.iter(w("r"))
        if run.find(f"{w('rPr')}/{w('rStyle')}") is not None
        and run.find(f"{w('rPr')}/{w('rStyle')}").get(w("val")) in ids  # type: ignore[union-attr]
    ]
    assert "[Isi: pagu indikatif 2026 — Bappeda]" in marked
    assert "[Isi: uraian sejarah kota — Bappeda]" in marked
    assert len(marked) == len(comments)


def test_dangerous_links_stay_text(write_blocks: Callable[..., Package]) -> None:
    urls = ["javascript:alert(1)", "file:///etc/passwd", "\\\\host\\share", "https://" + "x" * 3000, "http://[", ""]
    links = tuple(Link(url, (Text(f"tautan {index}"),)) for index, url in enumerate(urls))
    package = write_blocks(Paragraph(id="p", content=links))
    assert [target for _, target, external in package.relations() if external] == []
    assert package.texts("Body Text") == ["".join(f"tautan {index}" for index in range(len(urls)))]
