"""Which rules hold for a city, which do not, and which cannot be judged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.analysis.rules import State, evaluate, unknown_subjects
from generator.model.findings import Silent
from generator.model.rules import Rule


@dataclass(frozen=True, slots=True)
class Judged:
    """Rules that hold, in their given order, and those that are silent with the reason."""

    fired: tuple[Rule, ...]
    silent: tuple[Silent, ...]


def judge(rules: Iterable[Rule], state: State) -> Judged:
    """Return what the rules say about a city."""
    fired: list[Rule] = []
    silent: list[Silent] = []
    for rule in rules:
        truth = evaluate(rule.when, state)
        if truth:
            fired.append(rule)
        elif truth is None:
            silent.append(Silent(id=rule.id, state="unknown", unknown=unknown_subjects(rule.when, state)))
        else:
            silent.append(Silent(id=rule.id, state="false"))
    return Judged(tuple(fired), tuple(silent))
