"""The command line: the only room that prints."""

# In this order the help lists the commands.
from generator.cli import book_commands, data_commands, edit_commands  # isort: split

from generator.cli import cohort_commands
from generator.cli.app import main

__all__ = ["book_commands", "cohort_commands", "data_commands", "edit_commands", "main"]
