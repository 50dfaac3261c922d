"""`masterplan explain`: the golden thread, read in both directions."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import Any

from rich.markup import escape

from generator.analysis.trace import tree as chain
from generator.build import Draft, prepare
from generator.cli.app import DATA, DONE, USAGE
from generator.cli.places import find_cities, find_workspace
from generator.cli.show import console, print_diagnostics, print_json, tree_data, tree_lines
from generator.model.diagnostics import Severity
from generator.model.document import Block
from generator.model.trace import Trace, TraceNode
from generator.model.walks import inlines_of, plain, walk


def run(city: str, thing: str | None, workspace: Path | None, as_json: bool) -> int:
    """Explain a plan or one thing of it; return the exit code."""
    root = find_workspace(workspace)
    slug = find_cities(root, [city])[0]
    draft, diagnostics = prepare(root, slug)
    if draft is None:
        print_diagnostics(diagnostics)
        return DATA
    print_diagnostics(item for item in diagnostics if item.severity is Severity.ERROR)
    if thing is None:
        return _overview(draft, as_json)
    trace = draft.plan.trace
    node = trace.find(thing)
    if node is not None:
        return _thing(trace, node, as_json)
    block = _block(draft, thing)
    if block is not None:
        return _explain_block(trace, block, as_json)
    stating = _stating(draft, thing)
    if stating:
        return _statements(draft, thing, stating, as_json)
    known = [node.ref for node in trace.nodes.values()]
    known += [program.code for program in draft.plan.programs if program.code]
    known += [block.id for document in draft.composed.documents for block in walk((*document.front, *document.body))]
    close = get_close_matches(thing, known, 3)
    hint = f"; did you mean {', '.join(repr(name) for name in close)}?" if close else ""
    console(stderr=True).print(escape(f"nothing called '{thing}' in the plan or the books of {slug}{hint}"))
    return USAGE


def _overview(draft: Draft, as_json: bool) -> int:
    plan = draft.plan
    if as_json:
        print_json(
            {
                "city": plan.slug,
                "overall": plan.scorecard.value("overall"),
                "findings": [{"id": item.id, "rank": item.rank, "score": item.score} for item in plan.findings],
                "programs": [
                    {"code": item.code, "id": item.id, "status": item.status, "start": item.start, "end": item.end}
                    for item in plan.programs
                ],
            }
        )
        return DONE
    out = console()
    score = plan.scorecard.value("overall")
    out.print(
        f"[bold]{draft.dossier.city.full_name}[/bold]: score {score:.1f} of 4" if score is not None else "no score"
    )
    out.print(f"{len(plan.findings)} findings, {len(plan.scheduled)} programmes scheduled, {len(plan.unfunded)} not")
    for item in plan.scheduled:
        out.print(f"  {item.code:<7} {escape(item.name)} (year {item.start}–{item.end})")
    out.print("[dim]Ask for one: masterplan explain CITY CODE[/dim]")
    return DONE


def _thing(trace: Trace, node: TraceNode, as_json: bool) -> int:
    up, down = chain(trace, node.id, "causes"), chain(trace, node.id, "effects")
    if as_json:
        print_json({"node": node.id, "rests_on": tree_data(up), "leads_to": tree_data(down)})
        return DONE
    out = console()
    if up.children:
        out.print("[bold]rests on[/bold]")
        for line in tree_lines(up):
            out.print(escape(line))
    if down.children:
        out.print("[bold]leads to[/bold]")
        for line in tree_lines(down):
            out.print(escape(line))
    if not up.children and not down.children:
        out.print(escape(f"{node.label}: nothing in the plan rests on it"))
    return DONE


def _block(draft: Draft, name: str) -> Block | None:
    for document in draft.composed.documents:
        for block in walk((*document.front, *document.body)):
            if block.id == name:
                return block
    return None


def _stating(draft: Draft, name: str) -> tuple[str, ...]:
    """Return the ids of the blocks that state a fact, mission, agency or regulation on which no programme rests."""
    return tuple(
        block.id
        for document in draft.composed.documents
        for block in walk((*document.front, *document.body))
        if any(reason.partition(":")[2] == name for reason in block.because)
    )


def _statements(draft: Draft, name: str, stating: tuple[str, ...], as_json: bool) -> int:
    fact = draft.dossier.facts.get(name)
    if as_json:
        value = {"value": fact.value, "unit": fact.unit, "year": fact.year, "source": fact.source} if fact else None
        print_json({"node": name, "fact": value, "rests_on": None, "stated_in": stating})
        return DONE
    out = console()
    if fact:
        out.print(escape(f"{name}: {fact.value} {fact.unit}, {fact.year or 'no year'}, {fact.source}"))
    out.print("[bold]stated in[/bold]")
    for identity in stating:
        out.print(escape(f"  {identity}"))
    return DONE


def _explain_block(trace: Trace, block: Block, as_json: bool) -> int:
    nodes = [trace.nodes[name] for name in block.because if name in trace.nodes]
    origin = f"{block.origin.file}:{block.origin.line}" if block.origin else "made by the program"
    text = plain(tuple(inlines_of(block)))
    if as_json:
        data: dict[str, Any] = {
            "block": block.id,
            "kind": type(block).__name__,
            "origin": origin,
            "because": list(block.because),
            "text": text,
            "rests_on": [tree_data(chain(trace, node.id, "causes")) for node in nodes],
        }
        print_json(data)
        return DONE
    out = console()
    out.print(f"[bold]{type(block).__name__}[/bold] {escape(block.id)}, from {escape(origin)}")
    if text:
        out.print(escape(text[:300] + ("…" if len(text) > 300 else "")))
    for node in nodes:
        for line in tree_lines(chain(trace, node.id, "causes")):
            out.print(escape(line))
    stated = [name for name in block.because if name not in trace.nodes]
    if stated:
        out.print(f"states also: {escape(', '.join(stated))}")
    return DONE
