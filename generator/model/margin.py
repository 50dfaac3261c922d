"""What names a comment in the margin: its author, moment and words, as every editor keeps them."""

from __future__ import annotations

from hashlib import blake2b

from generator.model.word import AUTHOR


def comment_key(author: str, date: str, lines: tuple[str, ...]) -> str:
    """Return twelve hexadecimal digits that name a comment.

    Editors differ in how they write the zone of a moment, so seconds are the end of it; the generator's own comments
    carry the date of the book, which changes, so they are named by their words alone.
    """
    when = "" if author == AUTHOR else date[:19]
    said = "\0".join((author, when, "\n".join(lines).strip()))
    return blake2b(said.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()
