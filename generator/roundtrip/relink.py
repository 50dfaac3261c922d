"""References and citations that an editor left as mere words become what they were."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.document import Citation, Reference, Text
from generator.model.runs import Inlines, Run, flatten, regroup


def relinked(old: Inlines, new: Inlines) -> Inlines:
    """Return an edited passage with its pointers again.

    Google Docs keeps of a field only what it shows. Each pointer of the passage `old` that `new` lacks is looked for in
    the words of `new`, in order, by the label that it showed; a label that is not there was deleted.
    """
    kept = {run.leaf for run in flatten(new) if isinstance(run.leaf, Reference | Citation)}
    lost = [
        run.leaf
        for run in flatten(old)
        if isinstance(run.leaf, Reference | Citation) and len(run.leaf.text) > 1 and run.leaf not in kept
    ]
    if not lost:
        return new
    runs: list[Run] = []
    for run in flatten(new):
        runs.extend(_parted(run, run.leaf.text, lost) if isinstance(run.leaf, Text) else (run,))
    return regroup(runs)


def _parted(run: Run, text: str, lost: list[Reference | Citation]) -> Iterator[Run]:
    """Yield the pieces of a run of text; what is found leaves the list with all that stood before it."""
    while lost:
        found = next(((place, at) for at, leaf in enumerate(lost) if (place := _place(leaf.text, text)) >= 0), None)
        if found is None:
            break
        place, at = found
        leaf = lost[at]
        del lost[: at + 1]
        if place:
            yield Run(Text(text[:place]), run.strong, run.emphasis)
        weighty = isinstance(leaf, Reference)  # a citation carries no weight
        yield Run(leaf, run.strong and weighty, run.emphasis and weighty)
        text = text[place + len(leaf.text) :]
    if text:
        yield Run(Text(text), run.strong, run.emphasis)


def _place(label: str, text: str) -> int:
    """Return where a label stands as words of its own, -1 for nowhere."""
    start = text.find(label)
    while start >= 0:
        before, after = text[start - 1 : start], text[start + len(label) : start + len(label) + 1]
        if not (before.isalnum() and label[0].isalnum()) and not (after.isalnum() and label[-1].isalnum()):
            return start
        start = text.find(label, start + 1)
    return -1
