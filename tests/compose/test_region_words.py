"""The books of shipped cities say nothing of what the region does not have, and call its parts by their names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest

from generator.build import prepare_with
from generator.compose.environment import TemplateEnvironment, render
from generator.compose.markdown.blocks import BlockReader
from generator.compose.tokens import told
from generator.model.content import Content
from generator.model.document import Block, Paragraph, Table
from generator.model.walks import inlines_of, plain, walk
from generator.sources.content import load_content

ROOT = Path(__file__).resolve().parents[2]
QUOTED = re.compile(
    r"Dana Desa|BUM Desa|Peraturan Daerah tentang Rencana|Apakah [^?]*\?|24 kelurahan dan desa sampai Maret|"
    r"pada kantor bupati dan kecamatan yang menindaklanjuti|UU \d+/\d+ tentang Desa|UU Desa|data desa|"
    r"Nomor 6 Tahun 2014 tentang Desa|Nomor 17 Tahun 2018 tentang Kecamatan|\(Permenkes 19/2024[^)]*\)"
)
"""Names, titles of regulations, official questions, and what other regions did."""


@lru_cache(maxsize=1)
def shipped() -> Content:
    content, found = load_content(ROOT)
    assert content is not None, [str(item) for item in found]
    return content


def _texts(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in walk(blocks):
        yield plain(tuple(inlines_of(block)))


@lru_cache(maxsize=8)
def _text(slug: str) -> str:
    draft, found = prepare_with(ROOT, slug, shipped(), others=())
    assert draft is not None, [str(item) for item in found]
    documents = draft.composed.documents
    return "\n".join(line for document in documents for line in _texts((*document.front, *document.body)))


@pytest.mark.parametrize(
    ("slug", "unsaid", "said"),
    [
        ("kota-medan", r"desa", "kelurahan"),
        ("kabupaten-sleman", r"kelurahan|lurah", "desa"),
        ("kabupaten-yahukimo", r"desa|kecamatan|camat", "51 distrik serta 511 kampung dan kelurahan"),
        ("kota-jayapura", r"desa|kecamatan|camat", "5 distrik"),
        ("kabupaten-aceh-tengah", r"desa|kelurahan|lurah|perda|peraturan daerah|gampong", "295 kampung"),
    ],
)
def test_the_books_call_the_parts_of_the_region_by_their_names(slug: str, unsaid: str, said: str) -> None:
    text = _text(slug)
    left = re.findall(rf".{{0,60}}\b(?:{unsaid})\b.{{0,40}}", QUOTED.sub("…", text), re.IGNORECASE)
    assert left == []
    assert said in text.replace("\u00a0", " ")
    assert not re.search(r"daerahdan|daerahserta", text)


def test_the_prose_of_templates_is_said_as_the_region_does_but_never_what_a_value_prints(tmp_path: Path) -> None:
    (tmp_path / "page.md.j2").write_text(
        "# Desa {: #desa }\n\nDesa **desa** {{ x }} desa.\n\n| desa |\n|---|\n| {{ x }} |\n", encoding="utf-8"
    )
    environment = TemplateEnvironment(tmp_path, lambda text: text.replace("esa", "ukuh"))
    blocks = BlockReader(render(environment, "page.md.j2", {"x": told("Desa Suka")}), "page").read()
    paragraphs = [plain(block.content) for block in walk(blocks) if isinstance(block, Paragraph)]
    assert paragraphs == ["Dukuh dukuh Desa Suka dukuh."]
    (table,) = [block for block in walk(blocks) if isinstance(block, Table)]
    cells = [plain(run) for row in (*table.header, *table.body) for cell in row.cells for run in cell.paragraphs]
    assert cells == ["dukuh", "Desa Suka"]
    assert blocks[0].id == "page/desa"
