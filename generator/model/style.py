"""What the style check of the texts marks as wrong."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model.schema import STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleError:
    """A common error of spelling or style."""

    __pydantic_config__ = STRICT
    wrong: str
    """Regular expression of whole words, upper and lower case alike."""
    right: str
    """What to write instead, in Indonesian."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleRules:
    """`content/style.yaml`: errors that the texts of the project must not hold; the tests read it."""

    __pydantic_config__ = STRICT
    errors: tuple[StyleError, ...]
