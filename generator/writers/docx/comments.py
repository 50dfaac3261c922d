"""Comments in the margin with their threads: the comments themselves, who answers whom, what is settled."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from lxml import etree

from generator.model import word as styles
from generator.model.anchors import anchor
from generator.model.document import Comment, Document, ListBlock, Missing, Placeholder
from generator.model.margin import comment_key
from generator.model.walks import inlines_of, walk, walk_inlines
from generator.writers.docx import xml
from generator.writers.docx.template import Template
from generator.writers.docx.xml import Element, q, sub

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ?")
_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
_CID = "http://schemas.microsoft.com/office/word/2016/wordml/cid"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml."
EXTENDED = f"{_KIND}commentsExtended+xml", "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
IDS = f"{_KIND}commentsIds+xml", "http://schemas.microsoft.com/office/2016/09/relationships/commentsIds"
_FIRST = 0x10000000  # Word takes identities of paragraphs below 0x80000000


def fill_in_lines(missing: Missing) -> tuple[str, ...]:
    """Return the lines of the comment at a fill-in: what, who, where."""
    lines = [f"{styles.FILL_WHAT}{missing.what}"]
    if missing.who:
        lines.append(f"{styles.FILL_WHO}{missing.who}")
    if missing.where:
        lines.append(f"{styles.FILL_WHERE}{missing.where}")
    return tuple(lines)


@dataclass(frozen=True, slots=True)
class Part:
    """One part that comments need: its name below word/, content type, relationship, content."""

    name: str
    content_type: str
    relation: str
    content: bytes


@dataclass(slots=True)
class Margin:
    """The comments of one book while it is written."""

    document: Document
    template: Template
    block: str = ""
    """The block that is being written."""
    _root: Element = field(init=False)
    _extended: list[tuple[str, str]] = field(default_factory=list)
    _at: dict[str, list[tuple[Comment, str]]] = field(default_factory=dict)
    """Anchor -> comments that stand there, each with the key of the one before it that it answers, or ''."""
    _answers: dict[tuple[str, str], list[Comment]] = field(default_factory=dict)
    """Block and key of a comment at a fill-in -> its answers."""
    _opened: dict[str, list[tuple[str, Comment, str]]] = field(default_factory=dict)
    _written: dict[str, str] = field(default_factory=dict)
    _count: int = 0

    def __post_init__(self) -> None:
        names = {"w": xml.NAMESPACES["w"], "w14": _W14, "mc": _MC}
        self._root = etree.Element(q("w:comments"), nsmap=names)
        self._root.set(f"{{{_MC}}}Ignorable", "w14")
        comments = self.document.comments
        keys = {(one.block, comment_key(one.author, one.date, one.lines)) for one in comments}
        asked = _asked(self.document) if any(one.answers for one in comments) else frozenset()
        for one in comments:
            place = (one.block, one.answers)
            if one.answers and place not in keys and place in asked:
                self._answers.setdefault(place, []).append(one)
            else:
                self._at.setdefault(anchor(one.block, one.part), []).append((one, one.answers if place in keys else ""))
        for found in self._at.values():
            # What is answered comes first, whatever the order in which it was pulled.
            found.sort(key=lambda pair: bool(pair[1]))

    def open(self, node: Element, name: str, bookmark: str) -> None:
        """Begin the comments at an anchor, which the bookmark of a number ends."""
        for comment, parent in self._at.pop(name, ()):
            self._opened.setdefault(bookmark, []).append((self._begin(node), comment, parent))

    def close(self, node: Element, bookmark: str) -> None:
        """End the comments that began with a bookmark."""
        for number, comment, parent in self._opened.pop(bookmark, ()):
            self._end(node, number, comment, parent)

    def remark(self, node: Element, lines: tuple[str, ...], text: str, style: str) -> None:
        """Append a run of text with a comment of the generator, and what people answered to it."""
        own = Comment(self.block, styles.AUTHOR, self.document.date, lines)
        key = comment_key(own.author, own.date, own.lines)
        answers = self._answers.pop((self.block, key), ())
        numbers = [self._begin(node) for _ in (own, *answers)]
        xml.text_run(node, text, style)
        self._end(node, numbers[0], own, "")
        for number, answer in zip(numbers[1:], answers, strict=True):
            self._end(node, number, answer, key)

    def _begin(self, node: Element) -> str:
        number = str(self._count)
        self._count += 1
        sub(node, "w:commentRangeStart", id=number)
        return number

    def _end(self, node: Element, number: str, comment: Comment, parent: str) -> None:
        style = self.template.style
        sub(node, "w:commentRangeEnd", id=number)
        sub(xml.run(node, style(styles.COMMENT_MARK)), "w:commentReference", id=number)
        ours = comment.author == styles.AUTHOR
        initials = styles.INITIALS if ours else "".join(word[0] for word in comment.author.split()[:3]) or "?"
        entry = sub(self._root, "w:comment", id=number, author=xml.clean(comment.author), initials=xml.clean(initials))
        entry.set(q("w:date"), self._moment(comment.date))
        paragraph = entry
        for index, line in enumerate(comment.lines or ("",)):
            paragraph = xml.paragraph(entry, style(styles.COMMENT_TEXT))
            if index == 0:
                sub(xml.run(paragraph, style(styles.COMMENT_MARK)), "w:annotationRef")
            xml.text_run(paragraph, line)
        identity = f"{_FIRST + int(number):08X}"
        paragraph.set(f"{{{_W14}}}paraId", identity)
        self._extended.append((identity, self._written.get(parent, "") if parent else ""))
        self._written[comment_key(comment.author, comment.date, comment.lines)] = identity

    def _moment(self, date: str) -> str:
        return date if _MOMENT.fullmatch(date) else f"{(date or self.document.date)[:10]}T00:00:00Z"

    def parts(self) -> tuple[Part, ...]:
        """Return the parts of the package that hold the comments; none where there are none."""
        if not self._count:
            return ()
        threads = etree.Element(f"{{{_W15}}}commentsEx", nsmap={"w15": _W15})
        numbers = etree.Element(f"{{{_CID}}}commentsIds", nsmap={"w16cid": _CID})
        for identity, parent in self._extended:
            entry = etree.SubElement(threads, f"{{{_W15}}}commentEx", {f"{{{_W15}}}paraId": identity})
            if parent:
                entry.set(f"{{{_W15}}}paraIdParent", parent)
            entry.set(f"{{{_W15}}}done", "0")
            durable = {f"{{{_CID}}}paraId": identity, f"{{{_CID}}}durableId": identity}
            etree.SubElement(numbers, f"{{{_CID}}}commentId", durable)
        return (
            Part("comments.xml", CONTENT_TYPE.WML_COMMENTS, RELATIONSHIP_TYPE.COMMENTS, xml.serialise(self._root)),
            Part("commentsExtended.xml", *EXTENDED, xml.serialise(threads)),
            Part("commentsIds.xml", *IDS, xml.serialise(numbers)),
        )


def _asked(document: Document) -> frozenset[tuple[str, str]]:
    """Return block and key of every comment that the book shows at a fill-in."""
    found = set()

    def add(block: str, missing: Missing) -> None:
        found.add((block, comment_key(styles.AUTHOR, "", fill_in_lines(missing))))

    for block in walk((*document.front, *document.body)):
        if isinstance(block, Placeholder):
            add(block.id, Missing(block.what, block.who, block.where))
        owners = [(item.id, item.content) for item in block.items] if isinstance(block, ListBlock) else []
        for owner, runs in owners or [(block.id, tuple(inlines_of(block)))]:
            for run in walk_inlines(runs):
                if isinstance(run, Missing):
                    add(owner, run)
    return frozenset(found)
