"""`python -m generator` is `masterplan`."""

if __name__ == "__main__":  # workers of a batch look in here too, and need nothing of it
    from generator.cli import main

    main()
