"""Which programmes a city's findings ask for: remedies, their prerequisites, and the city's own entries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from generator.analysis.priorities import Demand
from generator.analysis.rules import State, evaluate
from generator.model.findings import Finding
from generator.model.plan import Reason
from generator.model.programs import OwnProgram, Program


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A programme that is asked for, before it has a cost and a year."""

    id: str
    program: Program | None
    own: OwnProgram | None
    reasons: tuple[Reason, ...]
    findings: tuple[str, ...]
    requires: tuple[str, ...]
    """Prerequisites that are candidates too."""
    waived: tuple[str, ...]
    needed_by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Candidates in the order in which they were asked for, what was switched off, and what asks for each."""

    candidates: Mapping[str, Candidate]
    off: tuple[OwnProgram, ...]
    demands: Mapping[str, Demand]


@dataclass(slots=True)
class _Gathering:
    """Candidates while they are gathered: id -> what asks for it."""

    programs: Mapping[str, Program]
    own: Mapping[str, OwnProgram]
    off: frozenset[str]
    state: State
    asked: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    requires: dict[str, list[str]] = field(default_factory=dict)
    waived: dict[str, list[str]] = field(default_factory=dict)
    needed_by: dict[str, list[str]] = field(default_factory=dict)

    def fits(self, id: str) -> bool:
        """Return whether a programme suits the region; what is not known does not exclude it."""
        program = self.programs[id]
        return program.fits is None or evaluate(program.fits, self.state) is not False

    def admit(self, id: str, path: tuple[str, ...]) -> None:
        """Make a programme a candidate together with its prerequisites; `path` is the chain that led here."""
        if id in self.requires:
            return
        self.asked.setdefault(id, [])
        self.needed_by.setdefault(id, [])
        self.requires[id], self.waived[id] = [], []
        program = self.programs.get(id)
        for other in program.requires if program is not None else ():
            if other in self.off or other not in self.programs or other in (*path, id) or not self.fits(other):
                self.waived[id].append(other)
                continue
            self.admit(other, (*path, id))
            self.requires[id].append(other)
            self.needed_by[other].append(id)


def select(
    findings: Sequence[Finding], programs: Mapping[str, Program], own: Sequence[OwnProgram], state: State
) -> Selection:
    """Return the candidates of a city. `findings` come most urgent first; so do the reasons of a programme."""
    off = tuple(entry for entry in own if entry.action == "off")
    entries = {entry.id: entry for entry in own if entry.action != "off"}
    gathering = _Gathering(programs, entries, frozenset(entry.id for entry in off), state)
    fired = {finding.id: finding for finding in findings}
    for finding in findings:
        for place, id in enumerate(finding.remedies):
            if id in programs and id not in gathering.off and (id in entries or gathering.fits(id)):
                gathering.admit(id, ())
                gathering.asked[id].append((finding.id, place))
    for entry in entries.values():
        gathering.admit(entry.id, ())
        known = {id for id, _ in gathering.asked[entry.id]}
        gathering.asked[entry.id] += [(id, 0) for id in _answered(entry, findings) if id in fired and id not in known]
    return Selection(
        candidates={id: _candidate(id, gathering) for id in gathering.requires},
        off=off,
        demands={id: Demand(tuple(gathering.asked[id]), tuple(gathering.needed_by[id])) for id in gathering.requires},
    )


def _answered(entry: OwnProgram, findings: Sequence[Finding]) -> list[str]:
    """Return the findings that an own programme answers: named, or about an indicator that it names."""
    named = set(entry.addresses)
    return [finding.id for finding in findings if finding.id in named or named & set(finding.about)]


def _candidate(id: str, gathering: _Gathering) -> Candidate:
    entry = gathering.own.get(id)
    reasons = [Reason(kind="finding", id=finding) for finding, _ in gathering.asked[id]]
    reasons += [Reason(kind="prerequisite", id=other) for other in gathering.needed_by[id]]
    if entry is not None:
        reasons.append(Reason(kind="city", id=entry.id))
    return Candidate(
        id=id,
        program=gathering.programs.get(id),
        own=entry,
        reasons=tuple(reasons),
        findings=tuple(_inherited(id, gathering)),
        requires=tuple(gathering.requires[id]),
        waived=tuple(gathering.waived[id]),
        needed_by=tuple(gathering.needed_by[id]),
    )


def _inherited(id: str, gathering: _Gathering) -> dict[str, None]:
    """Return the findings of a programme and of all that need it, its own first."""
    found: dict[str, None] = {}
    seen: set[str] = set()
    waiting = [id]
    while waiting:
        current = waiting.pop(0)
        if current in seen:
            continue
        seen.add(current)
        found.update(dict.fromkeys(finding for finding, _ in gathering.asked[current]))
        waiting += gathering.needed_by[current]
    return found
