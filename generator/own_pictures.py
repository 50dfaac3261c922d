"""Which pictures of a DOCX are the generator's own: those of the file that was handed out, or of the workspace."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

from generator.model.document import Document, Figure
from generator.model.walks import walk
from generator.roundtrip.media import same_picture
from generator.roundtrip.reader.paragraphs import Drawing

_MOST = 60_000_000


def own_pictures(workspace: Path, base: Document, handed_out: Path | None) -> Callable[[Drawing], bool]:
    """Return whether a picture stood in the book that a file was written from.

    Editors write pictures anew, smaller or in another form: one that shows the same counts as the same. The pictures
    are looked at when the first is asked for.
    """
    known: dict[str, bytes] = {}

    def ask(drawing: Drawing) -> bool:
        if not known:
            own = _handed_out(handed_out) if handed_out is not None else _of_today(workspace, base)
            known.update({sha256(content).hexdigest(): content for content in own})
            known.setdefault("", b"")
        if drawing.sha256 and drawing.sha256 in known:
            return True
        return bool(drawing.content) and any(same_picture(drawing.content, own) for own in known.values() if own)

    return ask


def _handed_out(path: Path) -> Iterator[bytes]:
    try:
        with zipfile.ZipFile(path) as archive:
            for entry in archive.infolist():
                if entry.filename.startswith("word/media/") and entry.file_size <= _MOST:
                    yield archive.read(entry)
    except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError):
        return  # then every picture counts as the city's, so none is lost


def _of_today(workspace: Path, base: Document) -> Iterator[bytes]:
    from generator.writers.docx.errors import OutsideWorkspaceError
    from generator.writers.docx.pictures import UnreadablePictureError, read_picture

    for block in walk((*base.front, *base.body)):
        if isinstance(block, Figure):
            try:
                yield read_picture(workspace, block.path, block.width_mm).content
            except (UnreadablePictureError, OutsideWorkspaceError):
                continue
