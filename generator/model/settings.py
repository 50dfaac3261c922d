"""Settings of a workspace: `masterplan.yaml`, which may be missing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from generator.model.schema import STRICT

EngineChoice = Literal["auto", "weasyprint", "typst"]
Occasion = Literal["build", "all", "watch"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Engines:
    """Which engine lays out the PDF on each occasion; '--engine' on the command line goes first."""

    __pydantic_config__ = STRICT
    build: EngineChoice = "auto"
    """`masterplan build CITY`."""
    all: EngineChoice = "auto"
    """`masterplan build --all`, where Typst saves most of the time."""
    watch: EngineChoice = "typst"
    """`masterplan watch`, where only Typst is fast enough to wait for."""

    def on(self, occasion: Occasion) -> EngineChoice:
        """Return the engine of an occasion."""
        return {"build": self.build, "all": self.all, "watch": self.watch}[occasion]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """`masterplan.yaml` at the top of a workspace."""

    __pydantic_config__ = STRICT
    engine: Engines = field(default_factory=Engines)
