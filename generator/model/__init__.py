"""Frozen value types of every stage. This room imports nothing of ours and reads no file."""
