"""Conflicts between a city's edits and the generator's newer words: listed, and settled one by one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from generator.build import Progress, prepare, silent
from generator.model.diagnostics import Diagnostic, Place, Severity
from generator.model.document import Text
from generator.model.edits import Conflict
from generator.model.runs import canonical
from generator.sources.edits import FOLDER, edit_path, edit_yaml_text
from generator.storage import StorageError, write_whole
from generator.taking import on_new_ground


@dataclass(frozen=True, slots=True)
class Open:
    """A conflict that waits: its name (that of the edit's file, without folder and ending) and what it is about."""

    name: str
    path: Path
    conflict: Conflict


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """What came of settling conflicts."""

    open: tuple[Open, ...] = ()
    """Those that wait still."""
    kept: tuple[Open, ...] = ()
    taken: tuple[Open, ...] = ()
    unknown: tuple[str, ...] = ()
    """Names that are no open conflict."""
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether the conflicts could not be found or settled."""
        return any(item.severity is Severity.ERROR for item in self.diagnostics)


def settle(
    workspace: Path,
    slug: str,
    *,
    keep: tuple[str, ...] = (),
    take: tuple[str, ...] = (),
    edit: Mapping[str, str] | None = None,
    progress: Progress = silent,
) -> Resolved:
    """Settle the conflicts that are named; without names only list them.

    `keep` lets the city's words stand from now on (until the generator's change again); `take` withdraws the edit, so
    that the generator's words are printed; `edit` gives a passage or cell words of its own. Nothing is done where a
    name is not known, is given twice, or is edited though it holds no words.
    """
    draft, diagnostics = prepare(workspace, slug, progress)
    if draft is None:
        return Resolved(diagnostics=diagnostics)
    folder = workspace / "cities" / slug / FOLDER
    waiting = {}
    for conflict in draft.composed.conflicts:
        path = folder / edit_path(conflict.edit)
        waiting[path.stem] = Open(path.stem, path, conflict)
    words = dict(edit or {})
    named = (*keep, *take, *words)
    unknown = tuple(
        name
        for name in dict.fromkeys(named)
        if name not in waiting
        or named.count(name) > 1
        or (name in words and waiting[name].conflict.edit.op not in ("text", "cell"))
    )
    if unknown:
        return Resolved(open=tuple(waiting.values()), unknown=unknown)
    try:
        for name in keep:
            one = waiting[name]
            ground = on_new_ground(one.conflict.edit, one.conflict.new, one.conflict.now)
            write_whole(one.path, edit_yaml_text(ground), within=workspace)
        for name, said in words.items():
            one = waiting[name]
            own = replace(one.conflict.edit, text=canonical((Text(said),)))
            ground = on_new_ground(own, one.conflict.new, one.conflict.now)
            write_whole(one.path, edit_yaml_text(ground), within=workspace)
        for name in take:
            waiting[name].path.unlink(missing_ok=True)
    except (OSError, StorageError) as error:
        place = Place(folder.as_posix())
        fault = Diagnostic("MP505", Severity.ERROR, place, str(error), "check space and permissions")
        return Resolved(open=tuple(waiting.values()), diagnostics=(fault,))
    return Resolved(
        open=tuple(one for name, one in waiting.items() if name not in named),
        kept=tuple(waiting[name] for name in (*keep, *words)),
        taken=tuple(waiting[name] for name in take),
    )
