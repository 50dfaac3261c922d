"""Markdown with tokens to blocks: Python-Markdown parses, the modules here map its element tree to the block tree.

Raw HTML, entities and images are switched off: what looks like markup in a template's or a city's text stays text.
"""
