"""Comments put into a file as Word does: an answer in a thread, a mark of being done, a thread of two."""

from __future__ import annotations

import re

from tests.roundtrip.test_foreign_xml import changed

_ENDING = "word/commentsExtended.xml"


def number_of(data: bytes, words: str) -> str:
    """Return the number of the comment that holds words."""
    (entry,) = [one for one in _entries(data) if words in one]
    found = re.search(r'w:id="(\d+)"', entry)
    assert found
    return found.group(1)


def _entries(data: bytes) -> list[str]:
    return re.findall(r"<w:comment .*?</w:comment>", _part(data, "word/comments.xml"))


def _part(data: bytes, name: str) -> str:
    kept = ""

    def keep(xml: str) -> str:
        nonlocal kept
        kept = xml
        return f"{xml} "

    changed(data, keep, name)
    return kept


def identity(data: bytes, words: str) -> str:
    """Return the paragraph identity of the comment that holds words."""
    (entry,) = [one for one in _entries(data) if words in one]
    return re.findall(r'w14:paraId="([0-9A-F]+)"', entry)[-1]


def answered(data: bytes, words: str, answer: str, who: str = "Siti", when: str = "2026-12-03T08:00:00Z") -> bytes:
    """Return a file in which somebody answered the comment that holds words."""
    parent, number = identity(data, words), number_of(data, words)
    own = f"{int(parent, 16) + 0x1000000:08X}"
    new = str(700 + len(_entries(data)))

    def body(xml: str) -> str:
        start, end = f'<w:commentRangeStart w:id="{number}"/>', f'<w:commentRangeEnd w:id="{number}"/>'
        more = f'<w:commentRangeEnd w:id="{new}"/><w:r><w:commentReference w:id="{new}"/></w:r>'
        return xml.replace(start, f'{start}<w:commentRangeStart w:id="{new}"/>').replace(end, more + end)

    def note(xml: str) -> str:
        entry = (
            f'<w:comment w:id="{new}" w:author="{who}" w:date="{when}"><w:p w14:paraId="{own}">'
            f"<w:r><w:t>{answer}</w:t></w:r></w:p></w:comment></w:comments>"
        )
        return xml.replace("</w:comments>", entry)

    def thread(xml: str) -> str:
        entry = f'<w15:commentEx w15:paraId="{own}" w15:paraIdParent="{parent}" w15:done="0"/>'
        return xml.replace("</w15:commentsEx>", f"{entry}</w15:commentsEx>")

    return changed(changed(changed(data, body), note, "word/comments.xml"), thread, _ENDING)


def done(data: bytes, words: str) -> bytes:
    """Return a file in which the comment that holds words is marked as done."""
    name = identity(data, words)
    return changed(
        data,
        lambda xml: re.sub(rf'(w15:paraId="{name}"[^>]*w15:done=)"0"', r'\1"1"', xml),
        _ENDING,
    )
