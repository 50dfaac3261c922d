"""Which pictures of a DOCX are the generator's own: those of the file that was handed out, or of the workspace."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from generator.model.diagnostics import Collector
from generator.model.document import Document, Figure
from generator.model.walks import walk
from generator.roundtrip.media import same_picture
from generator.roundtrip.reader.package import DAMAGED, MAX_FILE, MAX_PICTURES
from generator.roundtrip.reader.paragraphs import Drawing
from generator.sources.files import read_bytes

HandedOut = tuple[Path, str]
"""A DOCX that was handed out, and its SHA-256."""


def own_pictures(workspace: Path, base: Document, handed_out: HandedOut | None) -> Callable[[Drawing], bool]:
    """Return whether a picture stood in the book that a file was written from.

    Editors write pictures anew, smaller or in another form: one that shows the same counts as the same. The pictures
    are looked at when the first is asked for. Where the file that was handed out is not the one that it was, every
    picture counts as the city's, so that none is lost.
    """
    known: dict[str, bytes] = {}
    answers: dict[str, bool] = {}

    def ask(drawing: Drawing) -> bool:
        if not known:
            own = _handed_out(workspace, *handed_out) if handed_out is not None else _of_today(workspace, base)
            known.update({sha256(content).hexdigest(): content for content in own})
            known.setdefault("", b"")
        if drawing.sha256 and drawing.sha256 in known:
            return True
        if drawing.sha256 not in answers:  # to look at a picture takes long, and one may stand a thousand times
            answers[drawing.sha256] = bool(drawing.content) and any(
                same_picture(drawing.content, own) for own in known.values() if own
            )
        return answers[drawing.sha256]

    return ask


def _handed_out(workspace: Path, path: Path, digest: str) -> Iterator[bytes]:
    data = read_bytes(path, workspace, Collector(), MAX_FILE)
    if data is None or sha256(data).hexdigest() != digest:
        return
    left = MAX_PICTURES
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            for entry in archive.infolist():
                if entry.filename.startswith("word/media/") and entry.file_size <= left:
                    left -= entry.file_size
                    yield archive.read(entry)
    except (*DAMAGED, RuntimeError):
        return


def _of_today(workspace: Path, base: Document) -> Iterator[bytes]:
    from generator.writers.docx.errors import OutsideWorkspaceError
    from generator.writers.docx.pictures import UnreadablePictureError, read_picture

    for block in walk((*base.front, *base.body)):
        if isinstance(block, Figure):
            try:
                yield read_picture(workspace, block.path, block.width_mm).content
            except (UnreadablePictureError, OutsideWorkspaceError):
                continue
