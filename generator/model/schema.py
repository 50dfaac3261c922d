"""Settings shared by every type that is read from a file."""

from __future__ import annotations

from typing import Any

# A plain mapping, read by pydantic at the boundary, so that the model itself imports no validator.
STRICT: dict[str, Any] = {"extra": "forbid", "str_strip_whitespace": True}

YEARS: tuple[int, ...] = (1, 2, 3, 4, 5, 10)
"""Plan years for which activities and targets are stated."""
