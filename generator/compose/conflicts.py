"""What a merge could not settle alone: the conflicts, the comments that show them, the edits that found no place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.model.diagnostics import Diagnostic, Place, Severity
from generator.model.document import Comment
from generator.model.edits import GONE, Conflict, Edit
from generator.model.runs import Inlines
from generator.model.word import AUTHOR, NEW_WORDS
from generator.sources.edits import FOLDER, edit_path

GONE_WORDS = "Bagian ini tidak lagi dihasilkan oleh generator; suntingan daerah dipertahankan."
REMOVED_WORDS = f"Daerah menghapus bagian ini; {NEW_WORDS[0].lower()}{NEW_WORDS[1:]}"
HOW_TO_ANSWER = (
    "Cara menjawab: balas komentar ini dengan “ambil baru” agar teks generator dipakai, atau “pakai teks kami” agar "
    "teks daerah dipertahankan, lalu serahkan kembali berkas ini. Menandai komentar ini selesai berarti teks daerah "
    "dipertahankan."
)


@dataclass(slots=True)
class Ledger:
    """Collects while one book is merged."""

    date: str = ""
    conflicts: list[Conflict] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    left: dict[int, Edit] = field(default_factory=dict)
    """Edits whose words stand nowhere yet, by identity."""
    stray: list[tuple[Edit, Inlines]] = field(default_factory=list)
    """Words of an edit whose own place is gone while others of it found theirs."""

    def placed(self, edit: Edit) -> None:
        """Note that the words of an edit stand in the book."""
        self.left.pop(id(edit), None)

    def clash(self, edit: Edit, new: str, now: str, at: str, part: str = "", words: str = NEW_WORDS) -> None:
        """Note a conflict, and the comment that shows it at block `at`; `now` is the print of the new words."""
        self.conflicts.append(Conflict(edit, new, now))
        shown = (f"{words}{new}" if now != GONE else GONE_WORDS, HOW_TO_ANSWER)
        own = "" if part in ("text", "table", "figure") else part
        name = edit_path(edit).with_suffix("").as_posix()
        self.comments.append(Comment(at, AUTHOR, self.date, shown, own, about=name, ground=edit.base, now=now))


def clash(conflict: Conflict, city: str) -> Diagnostic:
    """Return the warning for a conflict; `city` is the folder of the city below the workspace."""
    edit = conflict.edit
    new = " ".join(conflict.new.split())
    shown = f"the generator now says '{new[:120]}'" if new else "the generator no longer writes this passage"
    return Diagnostic(
        "MP823",
        Severity.WARNING,
        Place(f"{city}/{FOLDER}/{edit_path(edit).as_posix()}"),
        f"the city's words at '{edit.block}' stay; {shown}",
        "settle it with 'masterplan resolve'",
    )


def by_book(edits: tuple[Edit, ...]) -> Mapping[str, tuple[Edit, ...]]:
    """Return book id -> its edits."""
    found: dict[str, list[Edit]] = {}
    for edit in edits:
        found.setdefault(edit.book, []).append(edit)
    return {book: tuple(own) for book, own in found.items()}
