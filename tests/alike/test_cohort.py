"""The plans of the shipped cities that came closest to each other read differently enough.

All 75 are compared by `masterplan build --all`; these are the pairs whose data are most alike, so that a passage which
says the same about every region shows here first.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.build import prepare_with
from generator.compose.alike import LIMIT, LIMIT_WITHIN, Fingerprint, fingerprint, shared
from generator.sources.content import load_content

ROOT = Path(__file__).resolve().parents[2]
CROSS = (
    ("kabupaten-sidoarjo", "kota-tangerang"),
    ("kabupaten-deli-serdang", "kota-tangerang"),
    ("kabupaten-deli-serdang", "kota-pontianak"),
    ("kabupaten-morowali", "kota-lubuk-linggau"),
    ("kabupaten-siak", "kota-tomohon"),
)
"""A kabupaten and a kota: dense neighbours of a metropolis, and middling regions with as many answers."""
WITHIN = (
    ("kabupaten-kepulauan-aru", "kabupaten-yahukimo"),
    ("kabupaten-manggarai-barat", "kabupaten-sumba-timur"),
)
"""Two kabupaten: one pair of nearly empty ones, one with low levels throughout."""
SLUGS = tuple(sorted({slug for pair in (*CROSS, *WITHIN) for slug in pair}))


@pytest.fixture(scope="module")
def prints() -> dict[str, Fingerprint]:
    missing = [slug for slug in SLUGS if not (ROOT / "cities" / slug).is_dir()]
    if missing:
        pytest.skip(f"the workspace has no {missing}")
    content, _ = load_content(ROOT)
    assert content is not None
    found = {}
    for slug in SLUGS:
        draft, diagnostics = prepare_with(ROOT, slug, content)
        assert draft is not None, [str(item) for item in diagnostics][:5]
        found[slug] = fingerprint(draft.composed.documents, draft.dossier, content)
    return found


@pytest.mark.parametrize(("kabupaten", "kota"), CROSS)
def test_a_kota_and_a_kabupaten_share_less_than_half(prints: dict[str, Fingerprint], kabupaten: str, kota: str) -> None:
    assert (prints[kabupaten].kind, prints[kota].kind) == ("kabupaten", "kota")
    assert shared(prints[kabupaten], prints[kota]) <= LIMIT


@pytest.mark.parametrize(("one", "two"), WITHIN)
def test_two_kabupaten_share_less_than_two_thirds(prints: dict[str, Fingerprint], one: str, two: str) -> None:
    assert prints[one].kind == prints[two].kind == "kabupaten"
    assert shared(prints[one], prints[two]) <= LIMIT_WITHIN


def test_a_region_with_few_answers_has_the_shorter_text(prints: dict[str, Fingerprint]) -> None:
    assert prints["kabupaten-yahukimo"].total < 0.6 * prints["kabupaten-sidoarjo"].total
