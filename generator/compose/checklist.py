"""The check-list: every fill-in of all books of a city once, with owner, place and how often it appears."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from generator.compose.tables.annexes import CHECKLIST
from generator.compose.tables.bench import RIGHT, cell, row
from generator.compose.tables.sheets import OPEN_OWNERS
from generator.compose.typography import in_words, number
from generator.model.document import (
    Annex,
    Block,
    Callout,
    Chapter,
    Landscape,
    Missing,
    Placeholder,
    Row,
    Section,
    Table,
)
from generator.model.walks import inlines_of, walk, walk_inlines

FILLED = frozenset({CHECKLIST, OPEN_OWNERS})
"""The tables that `fill` fills."""
_OWNERS = 6
_SHOWN = 2


@dataclass(frozen=True, slots=True)
class Hole:
    """One thing that somebody has to supply."""

    what: str
    who: str
    where: str


def holes(blocks: Iterable[Block]) -> Counter[Hole]:
    """Return the fill-ins of block trees with their number, in order of first appearance."""
    found: Counter[Hole] = Counter()
    for block in walk(tuple(blocks)):
        if isinstance(block, Placeholder):
            found[Hole(block.what, block.who, block.where)] += 1
        for run in walk_inlines(tuple(inlines_of(block))):
            if isinstance(run, Missing):
                found[Hole(run.what, run.who, run.where)] += 1
    return found


def fill(blocks: tuple[Block, ...], found: Counter[Hole]) -> tuple[Block, ...]:
    """Return the blocks with the check-list's frame filled."""

    def filled(block: Block) -> Block:
        if isinstance(block, Table) and block.id == CHECKLIST:
            ordered = sorted(found.items(), key=lambda pair: (pair[0].who.casefold(), pair[0].what.casefold()))
            rows = tuple(
                row(
                    cell(str(index), align=RIGHT),
                    hole.what,
                    hole.who or "–",
                    hole.where or "–",
                    cell(f"{count}×", align=RIGHT),
                )
                for index, (hole, count) in enumerate(ordered, 1)
            )
            return replace(
                block, body=rows or (row(cell("–", align=RIGHT), "Tidak ada isian yang terbuka", "–", "–", "–"),)
            )
        if isinstance(block, Table) and block.id == OPEN_OWNERS:
            return replace(block, body=_owners(found))
        if isinstance(block, Chapter | Section | Annex | Callout | Landscape):
            return replace(block, children=tuple(filled(child) for child in block.children))
        return block

    return tuple(filled(block) for block in blocks)


def _owners(found: Counter[Hole]) -> tuple[Row, ...]:
    """Return rows of owner, number of open things and the first of them; the owner with most comes first."""
    owners: dict[str, list[str]] = {}
    for hole in found:
        owners.setdefault(hole.who or "Pelaksana program masing-masing", []).append(hole.what)
    ranked = sorted(owners.items(), key=lambda pair: (-len(pair[1]), pair[0].casefold()))
    rows = []
    for who, things in ranked[:_OWNERS]:
        first = [*dict.fromkeys(things)][:_SHOWN]
        rows.append(row(cell(who, header=True), cell(number(len(things)), align=RIGHT), "; ".join(first)))
    rest = sum(len(things) for _, things in ranked[_OWNERS:])
    if rest:
        words = f"pada {in_words(len(ranked) - _OWNERS)} pemilik data lainnya; lihat daftar periksa Buku 1"
        rows.append(row(cell("Lainnya", header=True), cell(number(rest), align=RIGHT), words))
    return tuple(rows) or (row(cell("–", header=True), cell("0", align=RIGHT), "Tidak ada isian yang terbuka"),)
