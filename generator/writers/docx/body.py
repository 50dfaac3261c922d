"""The body of a book while it grows: what is finished leaves the tree as bytes, so that the tree stays small.

A tree of 15,000 pages has some five million nodes in 2 GB: every step along its children and every new node then waits
for memory, and time grew 14-fold for ten times the pages.
"""

from __future__ import annotations

from lxml import etree

from generator.writers.docx import xml

_PREFIXES = ("w", "r", "wp", "a", "pic", "c")
_OPENING, _CLOSING = b"<w:body>", b"</w:body>"
_MOST = 100
"""Top-level elements after which a book is spilled: some five pages of text."""


class Body:
    """The `w:body` of the document part. `element` holds what is not spilled yet, always with its last child."""

    def __init__(self) -> None:
        self._root = xml.root("w:document", *_PREFIXES)
        self.element = xml.sub(self._root, "w:body")
        self._head = b""
        self._done: list[bytes] = []

    @property
    def last(self) -> xml.Element | None:
        """The last child, None in an empty body."""
        return next(self.element.iterchildren(reversed=True), None)

    def spill(self) -> None:
        """Turn all children but the last into bytes once there are many; nobody may hold one of them any more."""
        if len(self.element) < _MOST:
            return
        # Before the last child leaves the tree: lxml frees the declaration of 'xml:' if nothing within it uses that.
        self._clean()
        last = self.element[-1]
        self.element.remove(last)
        self._done.append(self._children())
        self.element.clear()
        self.element.append(last)

    def serialise(self) -> bytes:
        """Return the bytes of the document part; its last child must stand there."""
        self._clean()
        self._done.append(self._children())
        return b"".join((self._head, _OPENING, *self._done, _CLOSING, b"</w:document>"))

    def _children(self) -> bytes:
        """Return what stands between the tags of the body, and keep what stands before it."""
        self._head, _, rest = xml.serialise(self._root).partition(_OPENING)
        return rest.rpartition(_CLOSING)[0]

    def _clean(self) -> None:
        """Drop the declarations that parts of the tree brought with them."""
        etree.cleanup_namespaces(self._root, keep_ns_prefixes=list(_PREFIXES))
