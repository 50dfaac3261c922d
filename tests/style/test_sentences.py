"""What the shipped sentences may claim."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.model.content import Content
from generator.sources.content import load_content

ROOT = Path(__file__).resolve().parents[2]

_AGENCY = r"(?:BPS|BNPB|BKPM|BRIN|KPK|Komisi Informasi|Ombudsman|SIPSN|Kemen\w+|Kementerian [A-Z]\w+)"
_SPEAKS = re.compile(
    rf"{_AGENCY} (?:menilai|memberi|mencatat|mengukur|menyatakan|melaporkan)"
    rf"|[Mm]enurut {_AGENCY}[^;.]*?x|x[^;.]*? oleh {_AGENCY}|angka {_AGENCY}[^;.]*?x"
)


@pytest.fixture(scope="module")
def content() -> Content:
    found, diagnostics = load_content(ROOT)
    assert found is not None, [str(item) for item in diagnostics][:5]
    return found


def _with_values_as_x(finding: str) -> str:
    return re.sub(r"\{\{ *(?:value|fact)\b.*?\}\}", "x", re.sub(r"\{\{ *+(?!value|fact).*?\}\}", "…", finding))


def test_a_figure_is_not_put_in_the_mouth_of_an_agency(content: Content) -> None:
    """What a city hands in may be a sample or a statement; the footnote says where it comes from."""
    said = [rule.id for rule in content.rules.values() if _SPEAKS.search(_with_values_as_x(rule.finding))]
    assert not said


@pytest.mark.parametrize(
    "finding",
    [
        'Menurut SIPSN, sampah terkelola {{ value("a") | sourced }}.',
        'BPS menilai statistik sektoral {{ city.name }} sebesar {{ value("a") }}.',
        'Mutunya dinilai {{ value("a") | sourced }} oleh BPS.',
    ],
)
def test_such_a_sentence_is_seen(finding: str) -> None:
    assert _SPEAKS.search(_with_values_as_x(finding))


def test_a_threshold_may_name_who_set_it() -> None:
    finding = 'Nilai {{ value("a") | sourced }}; kategori sangat baik menurut BKPM dimulai pada {{ bound("a", 3) }}.'
    assert not _SPEAKS.search(_with_values_as_x(finding))


def test_words_in_mid_sentence_get_no_capital() -> None:
    """`sentence` raises the first letter that `lower_first` has just lowered; `ended` leaves it."""
    templates = sorted((ROOT / "templates").rglob("*.j2"))
    raised = [path.name for path in templates if re.search(r"lower_first\s*\|\s*sentence", path.read_text())]
    assert templates
    assert not raised
