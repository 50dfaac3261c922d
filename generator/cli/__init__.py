"""The command line: the only room that prints."""

from generator.cli import cohort_commands
from generator.cli.app import main

__all__ = ["cohort_commands", "main"]
