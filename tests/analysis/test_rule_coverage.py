"""Over the sample cohort: a rule that fires on every city or on none says why in its file."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from generator.analysis.planning import score_city
from generator.analysis.rules import evaluate, state_of
from generator.sources.cities import load_city, slugs
from generator.sources.content import load_content

WORKSPACE = Path(__file__).resolve().parents[2]


@pytest.mark.slow
def test_rules_that_fire_on_all_or_none_give_their_reason() -> None:
    content, _ = load_content(WORKSPACE)
    assert content is not None
    fired: Counter[str] = Counter()
    cities = 0
    for slug in slugs(WORKSPACE):
        dossier, _ = load_city(WORKSPACE, slug, content)
        assert dossier is not None
        cities += 1
        state = state_of(dossier.city, dossier.facts, score_city(dossier, content), dossier.assessment.date.year)
        fired.update(rule.id for rule in content.rules.values() if evaluate(rule.when, state) is True)
    assert cities >= 75
    silent = [rule.id for rule in content.rules.values() if fired[rule.id] in (0, cities) and not rule.universal]
    assert silent == []
