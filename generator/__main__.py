"""`python -m generator` is `masterplan`."""

from generator.cli import main

main()
