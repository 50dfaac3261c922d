"""YAML and tables to values and diagnostics. This room reads files and computes nothing."""
