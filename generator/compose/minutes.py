"""The Berita Acara of a shortlist as a block tree: two pages with the words of `content/shortlist.yaml`.

Names in braces that the words may hold: {date}, {entered}, {selected}, {stages}, {criteria}, {ties}, {quotas}, {carry},
{digest}, {draws}, {spread}, {firm} (chosen in at least 90 % of the draws), {weak} (in less than 70 %), {list}; in
reasons {rank}, {take}, {about} and {waiting}.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from generator.compose.tables.bench import RIGHT, cell, columns, data_table, header, row
from generator.compose.typography import joined, long_date, number, percent
from generator.model.document import (
    Block,
    Chapter,
    Column,
    Cover,
    Document,
    Inline,
    ListBlock,
    ListItem,
    Missing,
    Paragraph,
    Row,
    Strong,
    Table,
    Text,
)
from generator.model.framework import Framework
from generator.model.shortlist import Placing, Quota, Shortlist, ShortlistRules, Stage

FILE_NAME = "berita-acara"
SAMPLE_MARK = "DATA CONTOH"
FIRM, WEAK = 0.9, 0.7
_ABREAST = 3
"""Regions side by side in the table of results."""
_LIMITS: Mapping[str, str] = {"least": "sedikitnya", "most": "sebanyak-banyaknya"}
_NAME = re.compile(r"\{([a-z]+)\}")


def reason(placing: Placing, rules: ShortlistRules, take: int) -> str:
    """Return why a candidate stands where it stands, as a phrase of the document."""
    words = {
        "rank": str(placing.rank or ""),
        "take": number(take),
        "about": placing.about,
        "waiting": str(placing.waiting or ""),
    }
    return _filled(rules.minutes.reasons.get(placing.reason, placing.reason), words)


def _filled(text: str, words: Mapping[str, str]) -> str:
    return _NAME.sub(lambda match: words.get(match.group(1), match.group()), text)


def minutes(shortlist: Shortlist, rules: ShortlistRules, framework: Framework, day: date, digest: str) -> Document:
    """Return the minutes of a shortlist; `digest` names the file and the rules that it came from."""
    texts = rules.minutes
    words = _words(shortlist, rules, day, digest)

    def fill(text: str) -> tuple[Inline, ...]:
        return (Text(_filled(text, words)),)

    waiting = shortlist.of("waiting")
    blocks: list[Block | None] = [
        Paragraph(id="subjudul", content=(Strong((Text(texts.subtitle),)),)) if texts.subtitle else None,
        Paragraph(id="pembuka", content=fill(texts.opening)),
        _funnel(shortlist),
        ListBlock(
            id="dasar",
            ordered=True,
            items=tuple(
                ListItem(id=f"dasar-{place}", content=fill(text))
                for place, text in enumerate(texts.basis, 1)
                if "{quotas}" not in text or rules.quotas
            ),
        ),
        Paragraph(id="cara", content=fill(texts.method)),
        Paragraph(id="keteguhan", content=fill(texts.firmness)),
        Paragraph(id="judul-hasil", content=(Strong(fill(texts.result)),)),
        _result(shortlist.of("selected")),
        Paragraph(id="daftar-tunggu", content=fill(texts.waiting)) if waiting else None,
        Paragraph(id="penutup", content=fill(texts.closing)),
        _signatures(rules),
    ]
    body = tuple(block for block in blocks if block is not None)
    return Document(
        id="berita-acara",
        file_name=FILE_NAME,
        title=texts.title,
        subject=rules.name,
        author=framework.programme,
        keywords=("smart city", "seleksi"),
        category=framework.programme,
        date=day.isoformat(),
        version="1",
        cover=Cover(texts.title, texts.subtitle, "", "", ""),
        palette=framework.look.palette,
        front=(),
        body=(Chapter(id="berita-acara", title=(Text(texts.title),), children=body, numbered=False),),
        mark=SAMPLE_MARK if shortlist.sample else "",
        build_id=digest,
        with_cover=False,
    )


# --- words -----------------------------------------------------------------------------------------------------------


def _words(shortlist: Shortlist, rules: ShortlistRules, day: date, digest: str) -> dict[str, str]:
    chosen = shortlist.of("selected")
    return {
        "date": long_date(day),
        "entered": number(shortlist.counts[0].entered),
        "selected": number(len(chosen)),
        "take": number(shortlist.take),
        "stages": "; ".join(stage.name for stage in rules.stages),
        "criteria": "; ".join(_criteria(stage) for stage in rules.stages),
        "ties": joined([tie.words for tie in rules.ties]),
        "quotas": "; ".join(filter(None, map(_quota, rules.quotas))),
        "carry": joined([percent(100 * stage.carry, 0) for stage in rules.stages if stage.carry]) or percent(0, 0),
        "digest": digest,
        "draws": number(rules.draws),
        "spread": percent(100 * rules.spread, 0),
        "firm": number(sum(placing.firmness >= FIRM for placing in chosen)),
        "weak": number(sum(placing.firmness < WEAK for placing in chosen)),
        "list": "; ".join(f"{placing.waiting}. {placing.candidate.name}" for placing in shortlist.of("waiting")),
    }


def _criteria(stage: Stage) -> str:
    total = sum(item.weight for item in stage.criteria)
    return joined([f"{item.name} {percent(100 * item.weight / total, 1)}" for item in stage.criteria])


def _quota(quota: Quota) -> str:
    parts = []
    for key, numbers in (("least", quota.least), ("most", quota.most)):
        if numbers:
            parts.append(f"{_LIMITS[key]} " + joined([f"{count} dari {name}" for name, count in numbers.items()]))
    return "; ".join(parts)


# --- tables ----------------------------------------------------------------------------------------------------------


def _funnel(shortlist: Shortlist) -> Table | None:
    rows = [
        row(
            cell(count.name, header=True),
            *(cell(number(figure), align=RIGHT) for figure in (count.entered, count.eligible, count.passed)),
        )
        for count in shortlist.counts
    ]
    titles = [cell(title, header=True, align=RIGHT) for title in ("Masuk", "Memenuhi syarat", "Lolos")]
    return data_table("tbl-tahap", header("Tahap", *titles), columns(4, (1, RIGHT), (1.4, RIGHT), (1, RIGHT)), rows, "")


def _result(chosen: Sequence[Placing]) -> Table | None:
    """Return the chosen ones, read down the columns, as many side by side as fit."""
    height = -(-len(chosen) // _ABREAST)
    one = ("No.", "Daerah", "Nilai", "Teguh")
    head = header(*(cell(name, header=True, align=None if name == "Daerah" else RIGHT) for name in one * _ABREAST))
    widths = (Column("right", 0.5), Column("left", 3.4), Column("right", 0.9), Column("right", 0.95)) * _ABREAST
    rows = [_abreast(chosen, line, height) for line in range(height)]
    return data_table("tbl-hasil", head, widths, rows, "", look="matrix")


def _abreast(chosen: Sequence[Placing], line: int, height: int) -> Row:
    cells = []
    for column in range(_ABREAST):
        place = column * height + line
        if place < len(chosen):
            placing = chosen[place]
            cells += [
                cell(str(place + 1), align=RIGHT),
                cell(placing.candidate.name.replace("Kabupaten", "Kab.", 1)),
                cell(number(placing.score or 0.0, 2, fixed=True), align=RIGHT),
                cell(percent(100 * placing.firmness, 0), align=RIGHT),
            ]
        else:
            cells += [cell("")] * 4
    return row(*cells)


def _signatures(rules: ShortlistRules) -> Table:
    people = rules.minutes.signatories
    return Table(
        id="tbl-tanda-tangan",
        columns=columns(*[1.0] * len(people)),
        header=(),
        body=(
            row(*(cell(f"{person.role}{f' ({person.task})' if person.task else ''}") for person in people)),
            row(*(cell("\u00a0") for _ in people)),
            row(*(cell(Missing("nama dan tanda tangan")) for _ in people)),
        ),
        look="plain",
    )
