"""The golden thread as a graph: what rests on what, readable in both directions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

TraceKind = Literal["answer", "indicator", "fact", "score", "finding", "program", "kpi", "opd", "fund", "year", "own"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceNode:
    """One thing of the thread."""

    id: str
    """'finding:gov-…', 'program:prg-…', 'indicator:…', 'fact:…', 'kpi:prg-…#1', …"""
    kind: TraceKind
    label: str
    """English headline for the command line ('G-03 Portal Layanan Satu Pintu, year 2-4')."""
    ref: str
    """The bare id within its kind."""


@dataclass(frozen=True, slots=True)
class TraceEdge:
    """`target` rests on `source`; `verb` reads from source to target ('asks for', 'is measured by')."""

    source: str
    target: str
    verb: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceRow:
    """A row of the traceability matrix: one programme with all it rests on."""

    program: str
    code: str
    indicators: tuple[str, ...]
    facts: tuple[str, ...]
    findings: tuple[str, ...]
    kpis: int
    kpis_open: int
    """KPIs whose baseline is a fill-in."""
    opd: str
    year: int
    funds: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """Nodes, edges in both directions, and the matrix of scheduled programmes."""

    nodes: Mapping[str, TraceNode]
    causes: Mapping[str, tuple[TraceEdge, ...]]
    """Node id -> edges that end in it (what it rests on)."""
    effects: Mapping[str, tuple[TraceEdge, ...]]
    """Node id -> edges that begin in it (what rests on it)."""
    matrix: tuple[TraceRow, ...]

    def find(self, text: str) -> TraceNode | None:
        """Return the node of a full id, or of a bare id or programme code."""
        if text in self.nodes:
            return self.nodes[text]
        return next(
            (node for node in self.nodes.values() if text == node.ref or node.label.startswith(text + " ")), None
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceTree:
    """A chain as a tree, for printing: `via` is the verb of the edge that led here."""

    node: TraceNode
    via: str
    children: tuple[TraceTree, ...]
    again: bool = False
    """True where the node stands in full elsewhere in the tree, so that it is not followed here."""
