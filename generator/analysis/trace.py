"""The golden thread of a plan, from answers to money, as a graph that reads both ways."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from generator.analysis.scoring import number_of
from generator.model.city import Fact
from generator.model.content import CityDossier, Content
from generator.model.findings import Finding
from generator.model.plan import PlannedKpi, PlannedProgram
from generator.model.scorecard import OVERALL, READINESS, Scorecard, area_key
from generator.model.trace import Trace, TraceEdge, TraceKind, TraceNode, TraceRow, TraceTree

Direction = Literal["causes", "effects"]


@dataclass(slots=True)
class _Weaver:
    """The graph while it grows."""

    content: Content
    dossier: CityDossier
    card: Scorecard
    nodes: dict[str, TraceNode] = field(default_factory=dict)
    causes: dict[str, dict[TraceEdge, None]] = field(default_factory=dict)
    effects: dict[str, dict[TraceEdge, None]] = field(default_factory=dict)

    def node(self, kind: TraceKind, ref: str, label: str) -> str:
        """Add a node once and return its id."""
        id = f"{kind}:{ref}"
        if id not in self.nodes:
            self.nodes[id] = TraceNode(id=id, kind=kind, label=label, ref=ref)
        return id

    def edge(self, source: str, target: str, verb: str) -> None:
        """Add an edge once."""
        edge = TraceEdge(source, target, verb)
        self.causes.setdefault(target, {})[edge] = None
        self.effects.setdefault(source, {})[edge] = None

    def indicator(self, id: str) -> str:
        """Add an indicator with the answer or fact that it rests on."""
        rated, indicator = self.card.rated.get(id), self.content.indicators.get(id)
        known = f"indicator:{id}" in self.nodes
        name = indicator.name if indicator is not None else "not in the instrument"
        level = f"level {rated.level} of 4" if rated is not None and rated.level is not None else "not answered"
        node = self.node("indicator", id, f"{id} {name}: {level}")
        if known or rated is None or indicator is None:
            return node
        if rated.origin == "answer":
            words = ", ".join(str(part) for part in (rated.evidence, rated.year, rated.source) if part)
            self.edge(self.node("answer", id, f"{id} answered: {words}"), node, "answers")
        elif rated.origin == "fact" and indicator.fact is not None:
            self.edge(self.fact(indicator.fact), node, "supplies")
        return node

    def fact(self, id: str) -> str:
        """Add a fact."""
        kind = self.content.facts.get(id)
        return self.node("fact", id, f"{id} {kind.name if kind else ''}: {_figure(self.dossier.facts.get(id))}")

    def score(self, area: str) -> str:
        """Add the score of an area with the indicators that it rests on."""
        known = f"score:{area}" in self.nodes
        value = self.card.value(area)
        node = self.node("score", area, f"{area} scores {value:.2f}" if value is not None else f"{area} has no score")
        if known:
            return node
        framework = self.content.framework
        wholes = {OVERALL: framework.dimensions, READINESS: framework.readiness}
        for dimension in wholes.get(area, ()):
            self.edge(self.score(dimension.id), node, "counts in")
        if area not in wholes:
            for indicator in self.content.indicators.values():
                key = area_key(indicator.dimension, indicator.subdimension)
                if area in (key, indicator.dimension, indicator.subdimension):
                    self.edge(self.indicator(indicator.id), node, "counts in")
        return node


def _figure(fact: Fact | None) -> str:
    if fact is None:
        return "not known"
    number = number_of(fact)
    value = f"{number:g}" if number is not None else str(fact.value)
    return " ".join(part for part in (value, fact.unit, f"({fact.year})" if fact.year else "") if part)


def weave(
    content: Content,
    dossier: CityDossier,
    card: Scorecard,
    findings: Sequence[Finding],
    programs: Sequence[PlannedProgram],
    calendar: Mapping[int, int],
) -> Trace:
    """Return the thread of a plan; `calendar` gives the calendar year of each plan year."""
    weaver = _Weaver(content, dossier, card)
    for id in content.indicators:
        weaver.indicator(id)
    for finding in findings:
        _add_finding(weaver, finding)
    for program in programs:
        _add_program(weaver, program, calendar)
    for program in programs:
        for other in program.requires:
            weaver.edge(f"program:{program.id}", f"program:{other}", "needs")
    by_id = {finding.id: finding for finding in findings}
    return Trace(
        nodes=weaver.nodes,
        causes={id: tuple(edges) for id, edges in weaver.causes.items()},
        effects={id: tuple(edges) for id, edges in weaver.effects.items()},
        matrix=tuple(_row(program, by_id) for program in programs if program.status == "scheduled"),
    )


def _add_finding(weaver: _Weaver, finding: Finding) -> None:
    rule = weaver.content.rules[finding.id]
    node = weaver.node("finding", finding.id, f"{finding.id} {rule.title} ({finding.severity}, {finding.score:.1f})")
    for subject in finding.subjects:
        match subject.kind:
            case "indicator":
                weaver.edge(weaver.indicator(subject.id), node, "shows")
            case "fact":
                weaver.edge(weaver.fact(subject.id), node, "shows")
            case "score":
                weaver.edge(weaver.score(subject.id), node, "shows")


def _add_program(weaver: _Weaver, program: PlannedProgram, calendar: Mapping[int, int]) -> None:
    node = weaver.node("program", program.id, _headline(program))
    for reason in program.reasons:
        if reason.kind == "finding":
            weaver.edge(f"finding:{reason.id}", node, "asks for")
        elif reason.kind == "city":
            own = weaver.node("own", reason.id, f"{reason.id} stated by the city in programs.yaml")
            weaver.edge(own, node, "states")
    if program.status == "off":
        return
    for number, kpi in enumerate(program.kpis, 1):
        _add_kpi(weaver, node, f"{program.id}#{number}", kpi)
    if program.lead:
        opd = weaver.content.opd.get(program.lead)
        name = weaver.dossier.city.opd.get(program.lead) or (opd.name if opd is not None else program.lead)
        weaver.edge(node, weaver.node("opd", program.lead, f"{program.lead} {name}"), "is led by")
    if program.start is not None:
        at = weaver.node("year", str(program.start), f"{program.start} plan year ({calendar[program.start]})")
        weaver.edge(node, at, "starts in")
    for fund in program.funds:
        name = weaver.content.planning.funds[fund].name
        weaver.edge(node, weaver.node("fund", fund, f"{fund} {name}"), "is paid by")


def _headline(program: PlannedProgram) -> str:
    when = f"years {program.start}-{program.end}" if program.start is not None else program.status
    why = f": {program.why.code} {program.why.detail}".rstrip() if program.why is not None else ""
    return f"{program.code or program.id} {program.name} ({when}{why})"


def _add_kpi(weaver: _Weaver, program: str, ref: str, kpi: PlannedKpi) -> None:
    base = f"{kpi.baseline:g} {kpi.unit}" if kpi.baseline is not None else "to be filled in"
    node = weaver.node("kpi", ref, f"{ref} {kpi.kpi}, baseline {base}")
    weaver.edge(program, node, "is measured by")
    if kpi.indicator is not None:
        weaver.edge(weaver.indicator(kpi.indicator), node, "is the baseline of")
    elif kpi.fact is not None:
        weaver.edge(weaver.fact(kpi.fact), node, "is the baseline of")


def _row(program: PlannedProgram, findings: Mapping[str, Finding]) -> TraceRow:
    subjects = dict.fromkeys(subject for id in program.findings for subject in findings[id].subjects)
    return TraceRow(
        program=program.id,
        code=program.code,
        indicators=tuple(subject.id for subject in subjects if subject.kind == "indicator"),
        facts=tuple(subject.id for subject in subjects if subject.kind == "fact"),
        findings=program.findings,
        kpis=len(program.kpis),
        kpis_open=sum(1 for kpi in program.kpis if kpi.baseline is None),
        opd=program.lead,
        year=program.start or 0,
        funds=tuple(program.funds),
    )


def tree(trace: Trace, id: str, direction: Direction, depth: int = 6) -> TraceTree:
    """Return what a node rests on ('causes') or what rests on it ('effects'), at most `depth` levels deep.

    Every node is followed once, where it is nearest to the root. Raises KeyError for an unknown id.
    """
    edges = trace.causes if direction == "causes" else trace.effects

    def neighbours(at: str) -> list[tuple[str, str]]:
        return [(edge.source if direction == "causes" else edge.target, edge.verb) for edge in edges.get(at, ())]

    children: dict[str, list[tuple[str, str]]] = {id: []}
    parent: dict[str, str] = {id: ""}
    level = [id]
    for _ in range(depth):
        nearest: list[str] = []
        for at in level:
            children[at] = neighbours(at)
            for other, _verb in children[at]:
                if other not in parent:
                    parent[other] = at
                    nearest.append(other)
        level = nearest

    def grow(at: str, via: str, above: str) -> TraceTree:
        again = parent[at] != above
        below = () if again else children.get(at, ())
        return TraceTree(
            node=trace.nodes[at],
            via=via,
            children=tuple(grow(other, verb, at) for other, verb in below if other != above),
            again=again,
        )

    return grow(id, "", "")
