"""Another framework works by data alone: checks, examples, DOCX and PDF, with nothing of ours in them."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import docx
import pytest
from pypdf import PdfReader

from generator.analysis.rules import run_examples
from generator.build import build_city
from generator.sources.check import check_content, content_stats
from generator.sources.content import load_content
from tests.compose.small import ROOT, SLUG, lay

PACKAGE = ROOT / "generator"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay(tmp_path_factory.mktemp("other") / "workspace")


def test_its_content_is_sound(small: Path) -> None:
    content, diagnostics = load_content(small)
    assert content is not None
    assert [*map(str, (*diagnostics, *check_content(content, small)))] == []
    stats = content_stats(content)
    assert (len(content.framework.dimensions), stats.indicators, stats.rules, stats.programs) == (4, 12, 12, 12)


def test_its_rules_pass_their_examples(small: Path) -> None:
    content, _ = load_content(small)
    assert content is not None
    results = [result for rule in content.rules.values() for result in run_examples(rule, content.indicators)]
    assert len(results) == 36
    assert [result for result in results if not result.passed] == []


def test_it_shares_no_area_kind_or_trait_with_the_shipped_one(small: Path) -> None:
    own, _ = load_content(small)
    shipped, _ = load_content(ROOT)
    assert own is not None
    assert shipped is not None
    for part in ("kinds", "traits"):
        assert not set(getattr(own.framework, part)) & set(getattr(shipped.framework, part))
    areas = [{item.id for area in c.framework.areas for item in (area, *area.subdimensions)} for c in (own, shipped)]
    assert not areas[0] & areas[1]


def test_its_book_is_built_as_docx_and_pdf(small: Path, tmp_path: Path) -> None:
    result = build_city(small, SLUG, tmp_path, engine="typst")
    assert not result.failed, "\n".join(map(str, result.diagnostics))
    files = {file.path.name: file.path for file in result.files}
    assert {"Buku-Kecil.docx", "Buku-Kecil.pdf"} <= set(files)
    pdf = " ".join(page.extract_text() for page in PdfReader(files["Buku-Kecil.pdf"]).pages)
    book = docx.Document(str(files["Buku-Kecil.docx"]))
    texts = [pdf, "\n".join([p.text for p in book.paragraphs] + [c.text for t in book.tables for c in t._cells])]
    for text in texts:
        flat = re.sub(r"\s+", " ", text)
        for word in ("Layanan", "Wilayah", "Usaha", "Warga", "V-01", "Kantor Layanan Kota Contoh", "Petugas berganti"):
            assert word in flat
        for foreign in ("Smart City", "smart city", "Governance", "Branding", "Bappeda", "Kominfo", "Medan"):
            assert foreign not in flat


HOMONYMS = {"people", "budget", "welfare", "border"}
"""A part of the priority score, a key of city.yaml, the name of a table, and a property of Excel."""


def test_the_generator_names_nothing_of_the_shipped_framework() -> None:
    content, _ = load_content(ROOT)
    assert content is not None
    framework = content.framework
    names = {item.id for area in framework.areas for item in (area, *area.subdimensions)}
    names |= {*framework.kinds, *framework.traits, *content.rules, *content.programs, *content.indicators}
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}: {node.value}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and node.value in names - HOMONYMS
    ]
    assert found == []
