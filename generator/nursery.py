"""Imported by the fork server of a batch and nobody else: makes ready what its workers share.

Whatever goes wrong here goes wrong again in the worker that needs it, and is told there.
"""

from __future__ import annotations

from contextlib import suppress

from generator.warm import make_ready

with suppress(Exception):
    make_ready()
