"""What page, workbook and report of the portfolio say in the same words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from generator.analysis.status import stage_at
from generator.model.portfolio import Absent, CityRow
from generator.model.status import Step
from generator.sources.cities import CityName, names_of

NOT_BEGUN = "belum mulai"
NOT_DATED = "belum terjadwal"
ENDED = " (selesai)"
"""Stands after the name of a step where it is over and the next one has not begun."""
NO_DRAFT = "belum ada draf"
TOP_LEVEL = 4
"""The highest score and level."""
ASSESSMENTS = {"sample": "contoh", "draft": "draf", "verified": "terverifikasi"}
_NOT_TRIED = ("skipped", "stopped")


def stage_words(calendar: Sequence[tuple[str, str, str]], day: date) -> str:
    """Return where the mentoring stands on a day; `calendar` as in `CityRow`. The page's script says the same."""
    steps = [
        Step(id="", name=name, start=date.fromisoformat(start), end=date.fromisoformat(end))
        for name, start, end in calendar
    ]
    if not steps:
        return NOT_DATED
    stage = stage_at(steps, day)
    if not stage.now:
        return NOT_BEGUN
    return stage.now if stage.running else f"{stage.now}{ENDED}"


def next_step(calendar: Sequence[tuple[str, str, str]], day: date) -> tuple[str, str] | None:
    """Return (first day, name) of the step that begins next after a day, None where none does."""
    return min(((start, name) for name, start, _ in calendar if start > day.isoformat()), default=None)


def state_words(state: str) -> str:
    """Return what the last batch made of a city that it did not build, '' where it built it."""
    if not state:
        return ""
    return "tidak dikerjakan pada batch terakhir" if state in _NOT_TRIED else "gagal pada batch terakhir"


def mark(city: CityRow | Absent) -> str:
    """Return the remark beside a city's name, '' where its draft is there and of the last batch."""
    draft = NO_DRAFT if isinstance(city, Absent) else "draf terakhir yang ada" if city.state else ""
    return "; ".join(part for part in (draft, state_words(city.state)) if part)


def search_words(row: CityRow) -> str:
    """Return all that a city is found by, its stage left out: names long and short, slug, code, place and remark."""
    names = names_of(CityName(row.slug, row.code, row.name))
    words = (row.name, row.province, row.islands, *names, row.code.replace(".", ""), mark(row))
    return " ".join(dict.fromkeys(word for word in words if word))


def level_of(score: float) -> int:
    """Return the level, 0-4, whose colour a score has."""
    return min(TOP_LEVEL, max(0, round(score)))


def file_groups(files: Sequence[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return (folder in words, files in it), '' and the files beside the folders first."""
    folders: dict[str, list[str]] = {"": []}
    for name in files:
        folders.setdefault(name.rpartition("/")[0], []).append(name)
    return tuple((folder.replace("-", " "), tuple(names)) for folder, names in folders.items() if names)
