"""Tests that share something costly run in one worker: the mark that says so must mean something."""

from __future__ import annotations

import os

import pytest


@pytest.mark.xdist_group("together")
@pytest.mark.skipif("PYTEST_XDIST_WORKER" not in os.environ, reason="one process runs all tests")
def test_a_group_is_known_to_whoever_gives_out_the_tests(request: pytest.FixtureRequest) -> None:
    """With pytest 9.2, pytest-xdist 3.8 loses every group without a word."""
    assert request.node.nodeid.endswith("@together")
