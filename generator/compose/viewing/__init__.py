"""Builds the views that templates see from the plan of one city."""
