"""Two runs of paragraphs and tables as one with tracked changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from difflib import SequenceMatcher

from generator.model.anchors import PREFIX
from generator.writers.docx.redline.pairing import Said, pairs
from generator.writers.docx.redline.parts import Importer
from generator.writers.docx.redline.stamp import Change, Stamp, end_of, forget_end, shell
from generator.writers.docx.redline.tokens import Target, Token, joined, text_of, tokens
from generator.writers.docx.xml import Element, q

_ALIKE = 0.25
_COMMENTS = frozenset({q("w:commentRangeStart"), q("w:commentRangeEnd")})
_KINDS = {q("w:p"): "w:p", q("w:tbl"): "w:tbl"}


@dataclass(slots=True)
class Redline:
    """Compares two bodies; `names` are the anchors of the newer one, which stay unique."""

    stamp: Stamp
    importer: Importer
    names: frozenset[str]

    def merged(self, old: Sequence[Element], new: Sequence[Element]) -> list[Element]:
        """Return the elements of both in the order of reading, with what differs marked; neither side is changed."""
        olds = [node for node, is_list in _with_lists(old) if not is_list and node.tag in _KINDS]
        news = list(_with_lists(new))
        told = [self._said(node, self.importer.old_target) for node in olds]
        now = [
            Said("list", str(index), "") if is_list else self._said(node, self.importer.new_target)
            for index, (node, is_list) in enumerate(news)
        ]
        made: list[Element] = []
        for before, after in pairs(told, now, ends=True):
            if after < 0:
                self._separate(made, olds[before])
                made.append(self._deleted(olds[before]))
            elif before < 0:
                node, is_list = news[after]
                self._separate(made, node)
                made.append(node if is_list or node.tag not in _KINDS else self._inserted(node))
            elif told[before].text == now[after].text:
                made.append(news[after][0])
            else:
                made.extend(self._changed(olds[before], news[after][0]))
        self._settle_end(made)
        return made

    # --- one block ----------------------------------------------------------------------------------------------------

    def _said(self, node: Element, target: Target) -> Said:
        kind = _KINDS.get(str(node.tag), str(node.tag))
        name = next((mark.get(q("w:name"), "") for mark in node.iter(q("w:bookmarkStart"))), "")
        name = name if name.startswith(PREFIX) else ""
        if node.tag != q("w:p"):
            return Said(kind, name, "\n".join(self._words(one, target) for one in node.iter(q("w:p"))))
        return Said(kind, name, self._words(node, target))

    def _words(self, paragraph: Element, target: Target) -> str:
        style = paragraph.find(f"{q('w:pPr')}/{q('w:pStyle')}")
        found, _ = tokens(paragraph, target)
        words = "".join(token.key[0] if len(token.key) == 2 and token.key[0] != "field" else
                        f" {' '.join(token.key)} " for token in found)  # fmt: skip
        return f"{'' if style is None else style.get(q('w:val'))} {words}"

    def _changed(self, old: Element, new: Element) -> list[Element]:
        if new.tag == q("w:tbl"):
            return self._table(old, new)
        return [self._paragraph(old, new)]

    def _paragraph(self, old: Element, new: Element) -> Element:
        before, _ = tokens(old, self.importer.old_target)
        after, rest = tokens(new, self.importer.new_target)
        made = shell(new)
        properties = new.find(q("w:pPr"))
        if properties is not None:
            made.append(deepcopy(properties))
        matcher = SequenceMatcher(None, [one.key for one in before], [one.key for one in after], autojunk=False)
        codes = matcher.get_opcodes()
        if matcher.ratio() < _ALIKE:
            # Words that two sentences have in common by chance only hide what was said.
            codes = [("replace", 0, len(before), 0, len(after))]
        for tag, old_from, old_to, new_from, new_to in codes:
            if tag == "equal":
                for node in joined(list(_flat(after[new_from:new_to]))):
                    made.append(deepcopy(node))
                continue
            gone = [node for token in before[old_from:old_to] for node in token.nodes]
            self.stamp.runs(joined(self._imported(gone)), "del", made)
            self.stamp.runs(joined(list(_flat(after[new_from:new_to]))), "ins", made)
        for node in rest:
            made.append(deepcopy(node))
        ours = old.find(q("w:pPr"))
        if _style(ours) != _style(properties):
            self.stamp.restyled(made, None if ours is None else self._imported([ours])[0])
        return made

    def _imported(self, nodes: Iterable[Element]) -> list[Element]:
        """Return copies of elements of the older file that lead to the same things in the newer one."""
        made = []
        for node in nodes:
            if node.tag in _COMMENTS or node.find(q("w:commentReference")) is not None:
                continue
            copy = deepcopy(node)
            self.importer.relink(copy)
            made.append(copy)
        return made

    def _inserted(self, node: Element) -> Element:
        return self._marked(node, "ins")

    def _deleted(self, node: Element) -> Element:
        copy = deepcopy(node)
        self.importer.relink(copy)
        self._without_anchors(copy)
        return self._marked(copy, "del")

    def _without_anchors(self, node: Element) -> None:
        """Take out what only the newer file may have: its anchors, comments, ends of sections."""
        ours: set[str] = set()
        for mark in list(node.iter(q("w:bookmarkStart"))):
            if mark.get(q("w:name"), "") in self.names:
                ours.add(mark.get(q("w:id"), ""))
            else:
                mark.set(q("w:id"), f"{self.importer.renumber(mark.get(q('w:id'), '0'))}")
        for mark in list(node.iter(q("w:bookmarkEnd"))):
            if mark.get(q("w:id"), "") not in ours:
                mark.set(q("w:id"), f"{self.importer.renumber(mark.get(q('w:id'), '0'))}")
        for one in list(node.iter()):
            parent = one.getparent()
            is_mark = one.tag in (q("w:bookmarkStart"), q("w:bookmarkEnd")) and one.get(q("w:id"), "") in ours
            is_note = one.tag in _COMMENTS or (one.tag == q("w:r") and one.find(q("w:commentReference")) is not None)
            if parent is not None and (is_mark or is_note or one.tag == q("w:sectPr")):
                parent.remove(one)

    def _marked(self, node: Element, change: Change) -> Element:
        if node.tag == q("w:tbl"):
            copy = deepcopy(node)
            for row in copy.iter(q("w:tr")):
                self._mark_row(row, change)
            return copy
        made = shell(node)
        properties = node.find(q("w:pPr"))
        if properties is not None:
            made.append(deepcopy(properties))
        self.stamp.runs((child for child in node if child.tag != q("w:pPr")), change, made)
        self.stamp.end(made, change)
        return made

    def _mark_row(self, row: Element, change: Change) -> None:
        self.stamp.row(row, change)
        for paragraph in list(row.iter(q("w:p"))):
            parent = paragraph.getparent()
            if parent is not None:
                parent.replace(paragraph, self._marked(paragraph, change))

    # --- tables -------------------------------------------------------------------------------------------------------

    def _table(self, old: Element, new: Element) -> list[Element]:
        if _grid(old) != _grid(new):
            gap = new.makeelement(q("w:p"))
            self.stamp.end(gap, "del")
            return [self._deleted(old), gap, self._inserted(new)]
        olds, news = list(old.iterchildren(q("w:tr"))), list(new.iterchildren(q("w:tr")))
        told = [_row_said(row) for row in olds]
        now = [_row_said(row) for row in news]
        made = shell(new)
        for node in new:
            if node.tag != q("w:tr"):
                made.append(deepcopy(node))
        found = [(0, 0)] if len(olds) == len(news) == 1 else pairs(told, now)
        for before, after in found:
            if after < 0:
                made.append(self._whole_row(olds[before], "del"))
            elif before < 0:
                made.append(self._whole_row(news[after], "ins"))
            elif _shape(olds[before]) != _shape(news[after]):
                made.append(self._whole_row(olds[before], "del"))
                made.append(self._whole_row(news[after], "ins"))
            else:
                made.append(self._row(olds[before], news[after]))
        return [made]

    def _whole_row(self, row: Element, change: Change) -> Element:
        copy = deepcopy(row)
        if change == "del":
            self.importer.relink(copy)
            self._without_anchors(copy)
        self._mark_row(copy, change)
        return copy

    def _row(self, old: Element, new: Element) -> Element:
        made = deepcopy(new)
        for before, after in zip(old.iterchildren(q("w:tc")), list(made.iterchildren(q("w:tc"))), strict=True):
            theirs = [node for node in before if node.tag != q("w:tcPr")]
            ours = [node for node in after if node.tag != q("w:tcPr")]
            merged = self.merged(theirs, ours)
            for node in ours:
                after.remove(node)
            after.extend(merged)
        return made

    # --- ends ---------------------------------------------------------------------------------------------------------

    def _separate(self, made: list[Element], node: Element) -> None:
        """Keep two tables apart that would otherwise become one."""
        if made and made[-1].tag == q("w:tbl") and node.tag == q("w:tbl"):
            gap = node.makeelement(q("w:p"))
            self.stamp.end(gap, "del")
            made.append(gap)

    def _settle_end(self, made: list[Element]) -> None:
        """Let the last paragraph end untracked: nothing follows that it could join; the one before it joins instead."""
        change = end_of(made[-1]) if made and made[-1].tag == q("w:p") else ""
        if not change:
            return
        first = len(made) - 1
        while first > 0 and made[first].tag == q("w:p") and end_of(made[first]) == change:
            first -= 1
        forget_end(made[-1], change)
        if made[first].tag == q("w:p") and not end_of(made[first]):
            self.stamp.end(made[first], "del" if change == "del" else "ins")


def _flat(found: Iterable[Token]) -> Iterator[Element]:
    for token in found:
        yield from token.before
        yield from token.nodes


def _style(properties: Element | None) -> str:
    style = None if properties is None else properties.find(q("w:pStyle"))
    return "" if style is None else style.get(q("w:val"), "")


def _grid(table: Element) -> int:
    return len(table.findall(f"{q('w:tblGrid')}/{q('w:gridCol')}"))


def _shape(row: Element) -> tuple[tuple[str, ...], ...]:
    """Return the spans of the cells of a row."""
    found = []
    for cell in row.iterchildren(q("w:tc")):
        about = cell.find(q("w:tcPr"))
        span = None if about is None else about.find(q("w:gridSpan"))
        merge = None if about is None else about.find(q("w:vMerge"))
        found.append(
            (
                "" if span is None else span.get(q("w:val"), ""),
                "" if merge is None else merge.get(q("w:val"), "continue"),
            )
        )
    return tuple(found)


def _row_said(row: Element) -> Said:
    cells = [text_of(cell) for cell in row.iterchildren(q("w:tc"))]
    label = next((cell for cell in cells if cell.strip()), "")
    return Said("w:tr", label, " | ".join(cells))


def _with_lists(nodes: Sequence[Element]) -> Iterator[tuple[Element, bool]]:
    """Yield elements, and whether they belong to a field over several paragraphs: a list of contents."""
    depth = 0
    for node in nodes:
        kinds = [leaf.get(q("w:fldCharType")) for leaf in node.iter(q("w:fldChar"))] if node.tag == q("w:p") else []
        inside = depth > 0
        depth += kinds.count("begin") - kinds.count("end")
        is_contents = node.tag == q("w:p") and any(
            (leaf.text or "").strip().startswith("TOC ") for leaf in node.iter(q("w:instrText"))
        )
        yield node, inside or depth > 0 or is_contents
