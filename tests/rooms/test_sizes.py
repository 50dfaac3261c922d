"""No function is longer than what one reads at a time; how much it branches is held by ruff (`max-complexity`)."""

from __future__ import annotations

import ast

from tests.rooms.test_effects import modules

LONGEST = 60


def lengths(tree: ast.Module) -> dict[str, int]:
    """Return the lines of each function, from `def` to its last statement."""
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return {f"{node.name}:{node.lineno}": (node.end_lineno or node.lineno) - node.lineno + 1 for node in functions}


def test_a_long_function_is_seen() -> None:
    assert lengths(ast.parse("def a():\n" + "    pass\n" * 60)) == {"a:1": 61}


def test_no_function_is_too_long() -> None:
    found = {f"{name} {which}": n for name, tree in modules() for which, n in lengths(tree).items() if n > LONGEST}
    assert found == {}
