"""Circles in a graph of ids."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter


def circles(graph: Mapping[str, Iterable[str]]) -> list[tuple[str, ...]]:
    """Return circles of a graph (id -> ids that it needs), each once, until none is left.

    >>> circles({"a": ["b"], "b": ["a"], "c": ["a"]})
    [('a', 'b')]
    """
    left = {node: set(needs) & set(graph) for node, needs in graph.items()}
    found: list[tuple[str, ...]] = []
    while True:
        try:
            TopologicalSorter(left).prepare()
        except CycleError as fault:
            # graphlib names the way from what is needed to what needs it, first and last the same.
            circle = list(reversed(fault.args[1]))[:-1]
            start = circle.index(min(circle))
            ordered = (*circle[start:], *circle[:start])
            found.append(ordered)
            left[ordered[0]].discard(ordered[1] if len(ordered) > 1 else ordered[0])
            continue
        return found
