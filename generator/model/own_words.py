"""What stands above the text in a file of a city's own words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from generator.model.schema import STRICT

Place = Literal["replace", "before", "after"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """Lines `key: value` between two lines `---` at the top of a file of `text/`."""

    __pydantic_config__ = STRICT
    section: str = ""
    """Id of a chapter, an annex or a section; without it the name of the file counts."""
    mode: Place
    """Instead of the section's words, right below its heading, or at its end."""
    book: str = ""
    """Id of the book; only where several books have a section of that id."""
