"""What is told of a diagnostic code."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Code:
    """What a code means: a headline, what is wrong and why it matters, and what to do."""

    title: str
    explanation: str
    hint: str
