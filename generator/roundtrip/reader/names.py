"""Names of WordprocessingML as lxml writes them, and the parts of a file that paragraphs refer to."""

from __future__ import annotations

from dataclasses import dataclass, field

from generator.model.document import Missing
from generator.model.word import AUTHOR, FILL_WHAT, FILL_WHERE, FILL_WHO
from generator.roundtrip.reader.index import Index
from generator.roundtrip.reader.package import Element, Package, Relation

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
V = "{urn:schemas-microsoft-com:vml}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
VAL = W + "val"
_OFF = frozenset({"0", "false", "off", "none"})


def value(parent: Element | None, name: str) -> str:
    """Return the `w:val` of a child, '' without one."""
    node = None if parent is None else parent.find(W + name)
    return "" if node is None else node.get(VAL, "")


def is_on(parent: Element | None, name: str) -> bool:
    """Whether a toggle property stands and is not switched off."""
    node = None if parent is None else parent.find(W + name)
    return node is not None and node.get(VAL, "1") not in _OFF


@dataclass(frozen=True, slots=True)
class Note:
    """A comment as it stands in its part; `parent` is the id of the comment that it answers."""

    id: str
    author: str
    date: str
    lines: tuple[str, ...]
    parent: str = ""
    done: bool = False

    @property
    def missing(self) -> Missing | None:
        """The fill-in that the generator's own comment describes."""
        if self.author != AUTHOR or not self.lines or not self.lines[0].startswith(FILL_WHAT):
            return None
        rest = self.lines[1:]
        who = next((line.removeprefix(FILL_WHO) for line in rest if line.startswith(FILL_WHO)), "")
        where = next((line.removeprefix(FILL_WHERE) for line in rest if line.startswith(FILL_WHERE)), "")
        return Missing(self.lines[0].removeprefix(FILL_WHAT), who, where)


@dataclass(slots=True)
class Parts:
    """What paragraphs of one file refer to."""

    package: Package
    index: Index
    styles: dict[str, str] = field(default_factory=dict)
    """Style id -> name in lower case, since programs write 'Heading 1' and 'heading 1'."""
    relations: dict[str, Relation] = field(default_factory=dict)
    notes: dict[str, Note] = field(default_factory=dict)
    footnotes: dict[str, str] = field(default_factory=dict)
    starts: dict[str, dict[str, int]] = field(default_factory=dict)
    """List number -> level -> the number that the list starts with."""

    def style(self, properties: Element | None, name: str = "pStyle") -> str:
        """Return the lower-case name of the style that properties ask for."""
        style = value(properties, name)
        return self.styles.get(style, style.lower())


def load_parts(package: Package, index: Index) -> Parts:
    """Return the styles, relations, comments, footnotes and lists of a file."""
    parts = Parts(package, index, relations=package.relations(package.main))
    styles = package.related("styles")
    for style in package.xml(styles).iterchildren(W + "style") if styles else ():
        parts.styles[style.get(W + "styleId", "")] = value(style, "name").lower()
    comments = package.related("comments")
    if comments:
        parts.notes = _notes(package.xml(comments), _threads(package))
    for kind, tag in (("footnotes", "footnote"), ("endnotes", "endnote")):
        part = package.related(kind)
        for node in package.xml(part).iterchildren(W + tag) if part else ():
            if node.get(W + "type") in (None, "normal"):
                parts.footnotes[f"{tag}:{node.get(W + 'id', '')}"] = " ".join(_lines(node)).strip()
    numbering = package.related("numbering")
    for number in package.xml(numbering).iterchildren(W + "num") if numbering else ():
        levels = parts.starts.setdefault(number.get(W + "numId", ""), {})
        for override in number.iterchildren(W + "lvlOverride"):
            start = value(override, "startOverride")
            if start.isascii() and start.isdigit():
                levels[override.get(W + "ilvl", "0")] = int(start)
    return parts


def _lines(node: Element) -> tuple[str, ...]:
    return tuple(visible_text(paragraph) for paragraph in node.iter(W + "p"))


def visible_text(node: Element) -> str:
    """Return the text of a node without instructions and deletions."""
    marks = {W + "t": None, W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "\u2011"}
    found = []
    for leaf in node.iter(*marks):
        parent = leaf.getparent()
        if parent is not None and parent.tag == W + "r":
            found.append(marks[str(leaf.tag)] or leaf.text or "")
    return "".join(found)


def _threads(package: Package) -> dict[str, tuple[str, bool]]:
    """Return paragraph id of a comment -> paragraph id of the comment it answers, and whether it is settled."""
    part = package.related("commentsExtended")
    if not part:
        for relation in package.relations(package.main).values():
            if relation.kind.endswith("/commentsExtended") and package.has(relation.target):
                part = relation.target
    found = {}
    for node in package.xml(part).iterchildren(W15 + "commentEx") if part else ():
        key = node.get(W15 + "paraId", "")
        found[key] = (node.get(W15 + "paraIdParent", ""), node.get(W15 + "done") == "1")
    return found


def _notes(root: Element, threads: dict[str, tuple[str, bool]]) -> dict[str, Note]:
    by_paragraph: dict[str, str] = {}
    for node in root.iterchildren(W + "comment"):
        for paragraph in node.iter(W + "p"):
            by_paragraph[paragraph.get(W14 + "paraId", "")] = node.get(W + "id", "")
    notes = {}
    for node in root.iterchildren(W + "comment"):
        keys = [paragraph.get(W14 + "paraId", "") for paragraph in node.iter(W + "p")]
        above, done = next((threads[key] for key in keys if key in threads), ("", False))
        name = node.get(W + "id", "")
        parent = by_paragraph.get(above, "") if above else ""
        date = node.get(W + "date", "")
        notes[name] = Note(name, node.get(W + "author", ""), date, _lines(node), parent, done)
    return notes
