"""Edits of one file put beside those that are there: joined, taken back, settled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from generator.model.diagnostics import Collector, Place
from generator.model.document import Comment, Document, Figure, Text
from generator.model.edits import Edit, unplaced
from generator.model.margin import comment_key
from generator.model.runs import fingerprint
from generator.model.walks import plain
from generator.roundtrip.answers import Answer
from generator.roundtrip.media import stored
from generator.sources.edits import MEDIA, edit_path, edit_yaml_text
from generator.storage import write_whole


class Taking:
    """Puts edits beside those that are there."""

    def __init__(self, folder: Path, known: dict[Path, Edit], found: Collector) -> None:
        self.folder, self._known, self._found = folder, known, found
        self.fresh: list[Path] = []
        self.withdrawn: list[Path] = []
        self.settled: list[Answer] = []

    @property
    def known(self) -> dict[Path, Edit]:
        """The edits that stand now, by the file of each."""
        return self._known

    def take(self, edit: Edit) -> None:
        """Store an edit; one of an edited passage goes on from what the generator had written there."""
        path = self.folder / edit_path(edit)
        before = self._known.get(path)
        if before is not None:
            joined = self._joined(path, edit, before)
            if joined is None:
                return
            edit = joined
        write_whole(path, edit_yaml_text(edit), within=self.folder.parent)
        self._known[path] = edit
        self.fresh.append(path)

    def forget(self, comment: Comment) -> None:
        """Take a comment back that somebody deleted from the file."""
        spoken = comment_key(comment.author, comment.date, comment.lines)
        for path, edit in list(self._known.items()):
            lines = tuple(plain(edit.text).split("\n"))
            if edit.op == "comment" and comment_key(edit.who, edit.when, lines) == spoken:
                self._withdraw(path)

    def _withdraw(self, path: Path) -> None:
        path.unlink(missing_ok=True)
        del self._known[path]
        self.withdrawn.append(path)

    def pictures(self, pictures: Mapping[str, bytes], edits: list[Edit]) -> None:
        """Store the pictures that edits name; a broken one is told (MP824) and its edits are left out."""
        for edit in list(edits):
            if not isinstance(edit.value, Figure):
                continue
            name = edit.value.path.rpartition("/")[2]
            path = self.folder / MEDIA / name
            if name not in pictures or path.exists():
                continue
            try:
                write_whole(path, stored(pictures[name]), within=self.folder.parent)
            except ValueError as error:
                hint = "put it into the file once more, as PNG or JPEG"
                self._found.warning(
                    "MP824", Place(edit.file), f"a picture after '{edit.block}' is left out: {error}", hint
                )
                edits.remove(edit)

    def settle(self, base: Document, answers: list[Answer]) -> None:
        """Settle conflicts that were answered in the file, and those where the city typed the generator's new words.

        An answer counts as long as the conflict is the one that the file showed.
        """
        paths = {edit_path(edit).with_suffix("").as_posix(): path for path, edit in self._known.items()}
        for shown in base.comments:
            path = paths.get(shown.about) if shown.about else None
            edit = self._known[path] if path is not None else None
            if path is None or edit is None or edit.base != shown.ground:
                continue
            answer = next((one for one in reversed(answers) if one.about == shown.about), None)
            if edit.text and fingerprint(edit.text) == shown.now:
                # It stays, so that the same file pulled once more brings no news; its words follow the generator's.
                self._keep(path, on_new_ground(edit, plain(edit.text), shown.now))
            elif answer is not None and answer.choice == "take":
                self._withdraw(path)
                self.settled.append(answer)
            elif answer is not None:
                self._keep(path, on_new_ground(edit, answer.new, answer.now))
                self.settled.append(answer)

    def _keep(self, path: Path, edit: Edit) -> None:
        write_whole(path, edit_yaml_text(edit), within=self.folder.parent)
        self._known[path] = edit

    def _joined(self, path: Path, edit: Edit, before: Edit) -> Edit | None:
        """Return the edit that takes the place of an earlier one; None where there is nothing to write."""
        if unplaced(before) == unplaced(edit):
            return None
        if edit.op == "comment":
            return edit
        if isinstance(before.value, Figure) and edit.base == fingerprint((Text(before.value.path),)):
            return replace(edit, base=before.base, was=before.was)
        goes_on = bool(before.text) and fingerprint(before.text) == edit.base
        if goes_on:
            if edit.op == before.op and fingerprint(edit.text) == before.base:
                self._withdraw(path)
                return None
            return replace(edit, base=before.base, was=before.was, replaced=before.replaced)
        if before.text and fingerprint(before.text) == fingerprint(edit.text) and before.op == edit.op:
            return None
        if before.when > edit.when:
            # A file that is pulled late must not undo what was written after it.
            kept = _with_words(before, plain(edit.text))
            return kept if kept != before else None
        joined = _with_words(replace(edit, replaced=before.replaced), plain(before.text))
        if joined.replaced != before.replaced:
            both = f"{before.who or 'somebody'} and {edit.who or 'somebody'}"
            message = f"'{edit.block}' was edited by {both}; the later words stand"
            self._found.warning("MP822", Place(path.as_posix()), message, "the file keeps the others under 'replaced'")
        return joined


def _with_words(edit: Edit, words: str) -> Edit:
    """Return an edit that keeps the words it took the place of."""
    return edit if not words or words in edit.replaced else replace(edit, replaced=(*edit.replaced, words))


def on_new_ground(edit: Edit, new: str, now: str) -> Edit:
    """Return an edit that stands against what the generator writes now: its words and their print."""
    row = edit.row
    if edit.op == "row-remove" and row is not None:
        row = replace(row, base=now)
    return replace(edit, base=now, was=new, row=row)
