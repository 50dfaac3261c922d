"""The command line: the only room that prints."""

from generator.cli.app import main

__all__ = ["main"]
