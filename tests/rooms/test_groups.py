"""Tests that share something costly run in one worker: the mark that says so must mean something."""

from __future__ import annotations

import pytest


@pytest.mark.xdist_group("together")
def test_a_group_is_known_to_whoever_gives_out_the_tests(request: pytest.FixtureRequest) -> None:
    """With pytest 9.2, pytest-xdist 3.8 loses every group without a word."""
    if not getattr(request.config.option, "loadgroup", False):
        pytest.skip("tests are not given out by groups")
    assert request.node.nodeid.endswith("@together")
