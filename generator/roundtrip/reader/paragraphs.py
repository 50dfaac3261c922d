"""One paragraph of a file: its anchors, its runs with fields, links and tracked changes resolved, what hangs on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from generator.model import word
from generator.model.document import Citation, Link, Missing, Reference, Text
from generator.model.runs import Inlines, Run, carried_text, regroup
from generator.model.walks import missing_label, plain
from generator.roundtrip.reader.index import SOURCES_ID, Mark
from generator.roundtrip.reader.names import MC, WP, A, C, M, Parts, R, V, W, is_on, value
from generator.roundtrip.reader.package import Element

_STRONG = frozenset({word.STRONG.lower(), word.STRONG_EMPHASIS.lower()})
_EMPHASIS = frozenset({word.EMPHASIS.lower(), word.STRONG_EMPHASIS.lower()})
_THROUGH = frozenset(W + name for name in ("smartTag", "customXml", "dir", "bdo", "sdtContent", "subDoc", "rt"))
_TAKEN = frozenset((W + "ins", W + "moveTo"))
_DRAWN = frozenset((W + "drawing", W + "pict", W + "object", MC + "AlternateContent"))
_EMU_PER_MM = 36000
_GONE = frozenset((W + "del", W + "moveFrom"))
_SIGNS = {
    W + "tab": "\t",
    W + "cr": "\n",
    W + "noBreakHyphen": "\u2011",
    W + "softHyphen": "\u00ad",
    W + "ptab": "\t",
}


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture or chart in a paragraph: its alternative text, the hash and bytes of what it shows, its width."""

    kind: str
    alt: str
    sha256: str = ""
    content: bytes = field(default=b"", repr=False)
    width_mm: float = 0.0


@dataclass(frozen=True, slots=True)
class Filled:
    """A fill-in whose words were replaced."""

    missing: Missing
    text: str


@dataclass(frozen=True, slots=True)
class _Edge:
    """Where the range of a fill-in's comment begins or ends."""

    note: str
    start: bool


@dataclass(slots=True)
class Para:
    """A paragraph as read; `inlines` are canonical."""

    style: str = ""
    marks: list[Mark] = field(default_factory=list)
    inlines: Inlines = ()
    number: str = ""
    """What the first counting field shows."""
    align: str = ""
    list_number: str = ""
    list_level: int = 0
    contents: str = ""
    """The instruction of a contents field that begins here."""
    drawings: list[Drawing] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    filled: list[Filled] = field(default_factory=list)
    tracked: tuple[str, str] | None = None
    """Author and date of the last tracked change."""
    joins_next: bool = False
    boxes: list[Para] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words of the paragraph."""
        return plain(self.inlines)


@dataclass(slots=True)
class _Field:
    instruction: str = ""
    result: list[Run | _Edge] = field(default_factory=list)
    shown: bool = False


class ParagraphReader:
    """Reads paragraphs of one file."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def read(self, node: Element, pending: Iterable[Mark] = ()) -> Para:
        """Return a paragraph; `pending` are the anchors that stood before it, outside of any paragraph."""
        properties = node.find(W + "pPr")
        para = Para(style=self._parts.style(properties), marks=list(pending), align=value(properties, "jc"))
        numbers = None if properties is None else properties.find(W + "numPr")
        para.list_number = value(numbers, "numId")
        level = value(numbers, "ilvl")
        para.list_level = int(level) if level.isascii() and level.isdigit() else 0
        marks = None if properties is None else properties.find(W + "rPr")
        para.joins_next = marks is not None and marks.find(W + "del") is not None
        _Reading(self._parts, para).whole(node)
        return para


class _Reading:
    """The state of one paragraph while it is read: fields that are open, runs so far."""

    def __init__(self, parts: Parts, para: Para) -> None:
        self._parts, self._para = parts, para
        self._runs: list[Run | _Edge] = []
        self._fields: list[_Field] = []

    def whole(self, node: Element) -> None:
        self._children(node)
        while self._fields:
            # A field that ends in a later paragraph (contents) shows what stands here.
            self._close(self._fields.pop())
        self._para.inlines = regroup(self._folded(self._filled(self._runs)))

    def _sink(self) -> list[Run | _Edge] | None:
        if not self._fields:
            return self._runs
        return self._fields[-1].result if self._fields[-1].shown else None

    def _put(self, run: Run | _Edge) -> None:
        sink = self._sink()
        if sink is not None:
            sink.append(run)

    def _children(self, node: Element) -> None:
        for child in node:
            tag = str(child.tag)
            if tag == W + "r":
                self._run(child)
            elif tag in _TAKEN or tag in _GONE:
                self._track(child)
                if tag in _TAKEN:
                    self._children(child)
                elif tag == W + "del":
                    # LibreOffice puts the anchor of a passage into what was deleted at its beginning.
                    for mark in child.iter(W + "bookmarkStart"):
                        self._bookmark(mark)
            elif tag == W + "sdt":
                for content in child.iterchildren(W + "sdtContent"):
                    self._children(content)
            elif tag in _THROUGH:
                self._children(child)
            else:
                self._special(child, tag)

    def _special(self, child: Element, tag: str) -> None:
        if tag == W + "bookmarkStart":
            self._bookmark(child)
        elif tag in (W + "commentRangeStart", W + "commentRangeEnd"):
            self._edge(child, start=tag == W + "commentRangeStart")
        elif tag == W + "hyperlink":
            self._hyperlink(child)
        elif tag == W + "fldSimple":
            self._fields.append(_Field(child.get(W + "instr", ""), shown=True))
            self._children(child)
            self._close(self._fields.pop())
        elif tag in (M + "oMath", M + "oMathPara"):
            self._put(Run(Text("".join(leaf.text or "" for leaf in child.iter(M + "t")))))

    def _track(self, node: Element) -> None:
        self._para.tracked = (node.get(W + "author", ""), node.get(W + "date", ""))

    def _bookmark(self, node: Element) -> None:
        mark = self._parts.index.mark(node.get(W + "name", ""))
        if mark is None:
            return
        if mark.part != "label" and mark not in self._para.marks:
            self._para.marks.append(mark)

    def _edge(self, node: Element, *, start: bool) -> None:
        note = self._parts.notes.get(node.get(W + "id", ""))
        if note is None:
            return
        if note.missing is not None:
            self._put(_Edge(note.id, start))
        elif start:
            self._para.notes.append(note.id)

    # --- runs ---------------------------------------------------------------------------------------------------------

    def _run(self, node: Element) -> None:
        properties = node.find(W + "rPr")
        style = self._parts.style(properties, "rStyle") if properties is not None else ""
        strong = style in _STRONG or is_on(properties, "b")
        emphasis = style in _EMPHASIS or is_on(properties, "i")
        if style == word.FILL_IN.lower() or style == word.CITATION.lower():
            strong = emphasis = False
        for leaf in node:
            tag = str(leaf.tag)
            if tag == W + "t":
                self._say(leaf.text or "", strong, emphasis)
            elif tag in _SIGNS:
                self._say(_SIGNS[tag], strong, emphasis)
            elif tag == W + "fldChar":
                self._field(leaf.get(W + "fldCharType", ""))
            elif tag == W + "instrText":
                if self._fields and not self._fields[-1].shown:
                    self._fields[-1].instruction += leaf.text or ""
            elif tag in _DRAWN:
                self._drawing(leaf)
            else:
                self._sign(leaf, tag, strong, emphasis)

    def _sign(self, leaf: Element, tag: str, strong: bool, emphasis: bool) -> None:
        if tag == W + "br":
            if leaf.get(W + "type", "textWrapping") == "textWrapping":
                self._say("\n", strong, emphasis)
        elif tag in (W + "footnoteReference", W + "endnoteReference"):
            kind = tag.removeprefix(W).removesuffix("Reference")
            note = self._parts.footnotes.get(f"{kind}:{leaf.get(W + 'id', '')}", "")
            if note:
                self._say(f" ({note})", strong, emphasis)
        elif tag == W + "sym":
            self._symbol(leaf, strong, emphasis)
        elif tag == W + "commentReference":
            # One at a mere point has no range.
            self._point(leaf.get(W + "id", ""))

    def _point(self, id: str) -> None:
        note = self._parts.notes.get(id)
        if note is not None and note.missing is None and id not in self._para.notes:
            self._para.notes.append(id)

    def _say(self, text: str, strong: bool, emphasis: bool) -> None:
        if text:
            self._put(Run(Text(text), strong, emphasis))

    def _symbol(self, leaf: Element, strong: bool, emphasis: bool) -> None:
        try:
            code = int(leaf.get(W + "char", ""), 16)
        except ValueError:
            return
        if 0x20 <= code < 0xD800:
            self._say(chr(code), strong, emphasis)

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(_Field())
        elif self._fields and kind == "separate":
            self._fields[-1].shown = True
        elif self._fields and kind == "end":
            self._close(self._fields.pop())

    def _close(self, closed: _Field) -> None:
        words = closed.instruction.split()
        name = words[0].upper() if words else ""
        if name == "TOC" and not self._para.contents:
            self._para.contents = closed.instruction
        if name == "SEQ":
            self._para.number = self._para.number or plain(regroup(_runs(closed.result)))
        made: list[Run | _Edge] = closed.result
        if name == "REF" and len(words) > 1:
            made = self._pointer(words[1], closed.result)
        elif name == "HYPERLINK" and len(words) > 1:
            made = self._link_field(words[1:], closed.result)
        for run in made:
            self._put(run)

    def _pointer(self, name: str, result: list[Run | _Edge]) -> list[Run | _Edge]:
        """Return a reference or citation in place of the runs that show it; the runs where it leads nowhere we know."""
        mark = self._parts.index.mark(name)
        shown = _runs(result)
        if mark is None or not shown:
            return result
        text = plain(regroup(shown))
        if mark.id.startswith(f"{SOURCES_ID}/"):
            return [Run(Citation(mark.id.removeprefix(f"{SOURCES_ID}/"), text))]
        return [Run(Reference(mark.id, text), shown[0].strong, shown[0].emphasis)]

    def _link_field(self, words: list[str], result: list[Run | _Edge]) -> list[Run | _Edge]:
        if words[0] == r"\l" and len(words) > 1:
            return self._pointer(words[1].strip('"'), result)
        url = words[0].strip('"')
        text = plain(regroup(_runs(result)))
        return [Run(Link(url, (Text(text),)))] if text and _is_outside(url) else result

    def _hyperlink(self, node: Element) -> None:
        self._fields.append(_Field(shown=True))
        self._children(node)
        result = self._fields.pop().result
        relation = self._parts.relations.get(node.get(R + "id", ""))
        name = node.get(W + "anchor", "")
        made = result
        if relation is not None and relation.external and _is_outside(relation.target):
            text = plain(regroup(_runs(result)))
            made = [Run(Link(relation.target, (Text(text),)))] if text else []
        elif name:
            made = self._pointer(name, result)
        for run in made:
            self._put(run)

    # --- drawings -----------------------------------------------------------------------------------------------------

    def _drawing(self, node: Element) -> None:
        choice = node.find(MC + "Choice") if node.tag == MC + "AlternateContent" else node
        if choice is None:
            return
        # A text box in a text box is read with the paragraph that it hangs on, and told beside it.
        for paragraph in _boxed(choice):
            para = ParagraphReader(self._parts).read(paragraph)
            self._para.boxes.extend((para, *para.boxes))
            para.boxes = []
        described = next(choice.iter(WP + "docPr"), None)
        alt = "" if described is None else described.get("descr", "")
        if next(choice.iter(C + "chart"), None) is not None:
            self._para.drawings.append(Drawing("chart", alt))
            return
        blip = next(choice.iter(A + "blip"), None)
        old = next(choice.iter(V + "imagedata"), None)
        if blip is None and old is None:
            return
        name = blip.get(R + "embed", "") if blip is not None else old.get(R + "id", "") if old is not None else ""
        relation = self._parts.relations.get(name)
        package = self._parts.package
        known = relation is not None and not relation.external and package.has(relation.target)
        content, digest = package.picture(relation.target) if relation is not None and known else (b"", "")
        extent = next(choice.iter(WP + "extent"), None)
        wide = "" if extent is None else extent.get("cx", "")
        width = int(wide) / _EMU_PER_MM if wide.isascii() and wide.isdigit() else 0.0
        self._para.drawings.append(Drawing("picture", alt, digest, content, width))

    # --- afterwards ---------------------------------------------------------------------------------------------------

    def _filled(self, runs: list[Run | _Edge]) -> list[Run]:
        """Put fill-ins back where the words of one stand unchanged; remember those that were replaced."""
        ends = {edge.note: index for index, edge in enumerate(runs) if isinstance(edge, _Edge) and not edge.start}
        made: list[Run] = []
        index = 0
        while index < len(runs):
            run = runs[index]
            index += 1
            if not isinstance(run, _Edge):
                made.append(run)
                continue
            end = ends.get(run.note, -1)
            missing = self._parts.notes[run.note].missing
            if not run.start or end < index or missing is None:
                continue
            inner = _runs(runs[index:end])
            text = plain(regroup(inner))
            if text == carried_text(missing_label(missing)):
                made.append(Run(missing))
                index = end
            elif text:
                self._para.filled.append(Filled(missing, text))
        return made

    def _folded(self, runs: list[Run]) -> list[Run]:
        """Give references the words before their number back, where the book writes them as part of the reference."""
        made: list[Run] = []
        for run in runs:
            leaf = run.leaf
            before = made[-1] if made else None
            if isinstance(leaf, Reference) and before is not None and isinstance(before.leaf, Text):
                for words in self._parts.index.prefixes.get(leaf.target, ()):
                    same = (before.strong, before.emphasis) == (run.strong, run.emphasis)
                    if same and before.leaf.text.endswith(words) and not leaf.text.startswith(words):
                        made.pop()
                        rest = before.leaf.text.removesuffix(words)
                        made.extend((replace(before, leaf=Text(rest)),) if rest else ())
                        run = replace(run, leaf=replace(leaf, text=words + leaf.text))
                        break
            made.append(run)
        return made


def _boxed(node: Element, *, inside: bool = False) -> Iterator[Element]:
    """Yield the paragraphs of the text boxes in a drawing, but not those in the drawings of these."""
    for child in node:
        if inside and child.tag == W + "p":
            yield child
        else:
            yield from _boxed(child, inside=inside or child.tag == W + "txbxContent")


def _runs(parts: Iterable[Run | _Edge]) -> list[Run]:
    return [part for part in parts if isinstance(part, Run)]


def _is_outside(url: str) -> bool:
    return url.lower().startswith(("http://", "https://", "mailto:"))
