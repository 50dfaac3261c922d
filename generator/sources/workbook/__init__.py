"""Filled-in forms and tables of a cohort to proposed changes; everything that cannot be taken is said by cell."""
