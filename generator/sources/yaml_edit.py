"""Change single values of a YAML text and leave every other byte as it was: comments, order, quotes, line ends.

A round trip through a library that writes YAML anew reflows long lines, moves comments and decides about quotes after
YAML 1.2, while these files are read after 1.1 (`yes`, `12:30`). So only the spans of the changed values are replaced,
found by the marks of the parser, and the result is read again and compared with what was wanted: an edit that does not
come out exactly is refused, never written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from generator.sources.yaml import parse_yaml
from generator.sources.yaml_words import INDENT, flow, item, lines, scalar

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class EditError(Exception):
    """The text cannot be edited safely; says why."""


class _Delete:
    """The type of `DELETE`."""

    def __repr__(self) -> str:
        return "DELETE"


DELETE = _Delete()
"""As a value of a patch: the key goes."""


@dataclass(frozen=True, slots=True)
class Entries:
    """A patch for a list of mappings: id of the entry -> patch of the entry, or `DELETE`; new ids go to the end."""

    entries: Mapping[str, Any]
    key: str = "id"


Patch = Mapping[Any, Any]
"""Key -> plain value (replaces), `DELETE`, another patch (merged into a mapping), or `Entries` (into a list)."""


def edit_yaml(text: str, patch: Patch) -> str:
    """Return `text` with the patch applied. Raises `EditError` where that is not possible without a doubt.

    `text` holds a mapping, or nothing but comments. Values are str, int, float, bool, date, lists and mappings of them.
    """
    if not patch:
        return text
    before = parse_yaml(text, "")
    if before.data is None and any(item.code != "MP017" for item in before.diagnostics):
        raise EditError("the file cannot be read; mend it first")
    wanted = merged(before.data if before.data is not None else {}, patch)
    newline = "\r\n" if "\r\n" in text else "\n"
    editing = _Editing(text if text.endswith("\n") or not text else text + newline, newline)
    root = yaml.compose(text, Loader=_Loader) if before.data is not None else None
    if root is None:
        editing.add(len(editing.text), len(editing.text), lines(_stripped(patch), 0, newline))
    elif isinstance(root, yaml.MappingNode):
        editing.mapping(root, patch)
    else:
        raise EditError("the file does not hold a mapping")
    done = editing.result()
    after = parse_yaml(done, "")
    if not _same(after.data, wanted):
        raise EditError("the change does not come out as meant (anchors or unusual layout)")
    return done


def merged(data: Any, patch: Any) -> Any:
    """Return data with a patch applied, as plain data; mappings that lose their last key stay as empty ones."""
    if isinstance(patch, Entries):
        rest = dict(patch.entries)
        done = []
        for entry in data if isinstance(data, list) else []:
            known = isinstance(entry, Mapping) and entry.get(patch.key) in rest
            part = rest.pop(entry[patch.key]) if known else {}
            if part is not DELETE:
                done.append(merged(entry, part) if known else entry)
        return [*done, *_new_entries(rest, patch.key)]
    if not isinstance(patch, Mapping):
        return list(patch) if isinstance(patch, tuple) else patch
    result = dict(data) if isinstance(data, Mapping) else {}
    for key, value in patch.items():
        if value is DELETE:
            result.pop(key, None)
        else:
            result[key] = merged(result.get(key), value)
    return result


def _new_entries(rest: Mapping[str, Any], key: str) -> list[dict[Any, Any]]:
    return [{key: id, **_stripped(entry)} for id, entry in rest.items() if entry is not DELETE]


def _stripped(patch: Any) -> Any:
    """Return a patch as the plain data that it makes of nothing."""
    return merged({} if isinstance(patch, Mapping) else [], patch)


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return (type(one) is type(other) and one == other) or (_is_number(one) and _is_number(other) and one == other)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


# --- finding spans ---------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Editing:
    text: str
    newline: str
    spans: list[tuple[int, int, str]] = field(default_factory=list)

    def add(self, start: int, end: int, words: str) -> None:
        """Replace a span; spans may touch but not overlap."""
        self.spans.append((start, end, words))

    def result(self) -> str:
        """Return the text with all spans replaced."""
        done, at = [], 0
        # Stable: insertions at one place keep the order in which they were made.
        for start, end, words in sorted(self.spans, key=lambda span: (span[0], span[1])):
            if start < at:
                raise EditError("two changes touch the same place")
            done += [self.text[at:start], words]
            at = end
        return "".join((*done, self.text[at:]))

    def mapping(self, node: yaml.MappingNode, patch: Patch) -> None:
        """Merge a patch into a mapping."""
        pairs = {_key(key): (key, value) for key, value in node.value}
        new: dict[Any, Any] = {}
        gone = [key for key, value in patch.items() if value is DELETE and key in pairs]
        if gone and len(gone) == len(pairs):
            left = {key: _stripped(value) for key, value in patch.items() if value is not DELETE}
            self._replace(node, left, block=not node.flow_style)
            return
        for key, value in patch.items():
            if value is DELETE:
                continue
            if key in pairs:
                self._value(*pairs[key], value, inline=bool(node.flow_style))
            else:
                new[key] = _stripped(value)
        self._remove(node, gone)
        if new:
            self._insert(node, new, [key for key in pairs if key not in gone])

    def _value(self, key: yaml.Node, node: yaml.Node, value: Any, *, inline: bool) -> None:
        self._not_alias(key, node)
        if isinstance(value, Entries):
            if isinstance(node, yaml.SequenceNode) and node.value:
                self._entries(key, node, value)
            else:
                self._under(key, node, _stripped(value))
        elif isinstance(value, Mapping) and isinstance(node, yaml.MappingNode) and (node.value or inline):
            self.mapping(node, value)
        elif isinstance(value, Mapping):
            self._under(key, node, _stripped(value)) if not inline else self._span(key, node, flow(_stripped(value)))
        else:
            self._span(key, node, flow(value))

    @staticmethod
    def _not_alias(key: yaml.Node, node: yaml.Node) -> None:
        # The value of an alias is the node of its anchor, which stands before.
        if node.start_mark.index < key.end_mark.index:
            raise EditError(f"'{_key(key)}' is an alias; write its value out first")

    def _span(self, key: yaml.Node, node: yaml.Node, words: str) -> None:
        """Replace a value in its place."""
        end = self._end(node)
        start = node.start_mark.index
        if end <= start:  # nothing stands there
            colon = self.text.index(":", key.end_mark.index) + 1
            self.add(colon, colon, f" {words}")
        elif isinstance(node, yaml.ScalarNode) or _is_flow(node):
            self.add(start, end, words)
        else:  # a block on lines of its own
            colon = self.text.index(":", key.end_mark.index) + 1
            self.add(colon, end, f" {words}")

    def _under(self, key: yaml.Node, node: yaml.Node, value: Any) -> None:
        """Replace a value by a block on the lines below its key."""
        if not value:
            self._span(key, node, flow(value))
            return
        colon = self.text.index(":", key.end_mark.index) + 1
        end = max(self._end(node), colon)
        indent = key.start_mark.column + INDENT
        if isinstance(value, Mapping):
            words = lines(value, indent, self.newline)
        else:
            words = "".join(item(part, indent, self.newline) for part in value)
        line_end = self._line_end(end)
        tail = self.text[end:line_end].strip()
        comment = f"  {tail}" if tail else ""
        self.add(colon, line_end, comment + self.newline + words)

    def _replace(self, node: yaml.MappingNode, value: Mapping[Any, Any], *, block: bool) -> None:
        start, end = node.start_mark.index, self._end(node)
        if not block or not value:
            self.add(start, end, flow(value))
            return
        indent = node.start_mark.column
        self.add(start, end, lines(value, indent, self.newline)[indent:].rstrip())

    def _end(self, node: yaml.Node) -> int:
        """Return the offset behind the last character of a value, without comments and space that follow."""
        if isinstance(node, yaml.ScalarNode):
            if node.style in ("|", ">"):
                return self._block_end(node)
            return int(node.end_mark.index)
        if _is_flow(node) or not node.value:
            return int(node.end_mark.index)
        last = node.value[-1]
        if isinstance(last, tuple):
            key, value = last
            if value.start_mark.index < key.end_mark.index:
                raise EditError("an alias ends the entry; write its value out first")
            end = self._end(value)
            return end if end > key.end_mark.index else self.text.index(":", key.end_mark.index) + 1
        return self._end(last)

    def _block_end(self, node: yaml.ScalarNode) -> int:
        """Return the end of a block scalar: its last line that is indented deeper than the line it opens on."""
        at = self._line_end(node.start_mark.index)
        opening = self.text[self.text.rfind("\n", 0, node.start_mark.index) + 1 : node.start_mark.index]
        least = len(opening) - len(opening.lstrip(" -"))
        end = at - 1
        while at < len(self.text):
            until = self._line_end(at)
            line = self.text[at:until]
            if line.strip() and len(line) - len(line.lstrip(" ")) <= least:
                break
            if line.strip():
                end = at + len(line.rstrip())
            at = until
        return end

    def _line_end(self, at: int) -> int:
        """Return the offset behind the end of the line."""
        found = self.text.find("\n", at)
        return len(self.text) if found < 0 else found + 1

    def _remove(self, node: yaml.MappingNode, keys: Sequence[Any]) -> None:
        pairs = [(_key(key), key, value) for key, value in node.value]
        for index, (name, key, value) in enumerate(pairs):
            if name not in keys:
                continue
            self._not_alias(key, value)
            if not node.flow_style:
                start = self.text.rfind("\n", 0, key.start_mark.index) + 1
                if self.text[start : key.start_mark.index].strip():
                    raise EditError(f"'{name}' opens an entry of a list and cannot go")
                self.add(start, self._line_end(max(self._end(value), key.end_mark.index)), "")
                continue
            kept_before = [pair for pair in pairs[:index] if pair[0] not in keys]
            if kept_before:
                previous = pairs[index - 1]
                self.add(self._flow_end(*previous[1:]), self._flow_end(key, value), "")
            else:
                self.add(key.start_mark.index, pairs[index + 1][1].start_mark.index, "")

    def _flow_end(self, key: yaml.Node, value: yaml.Node) -> int:
        return max(self._end(value), int(key.end_mark.index))

    def _insert(self, node: yaml.MappingNode, new: Mapping[Any, Any], kept: Sequence[Any]) -> None:
        if node.flow_style:
            words = ", ".join(f"{scalar(key)}: {flow(value)}" for key, value in new.items())
            if not kept:
                self.add(node.start_mark.index, int(node.end_mark.index), "{" + words + "}")
                return
            key, value = next(pair for pair in reversed(node.value) if _key(pair[0]) == kept[-1])
            # Behind the last pair that stays, before what is removed behind it.
            self.add(self._flow_end(key, value), self._flow_end(key, value), f", {words}")
            return
        at = self._line_end(max(self._end(node) - 1, 0))
        self.add(at, at, lines(new, node.start_mark.column, self.newline))

    def _entries(self, key: yaml.Node, node: yaml.SequenceNode, patch: Entries) -> None:
        rest = dict(patch.entries)
        gone: list[int] = []
        for index, entry in enumerate(node.value):
            if not isinstance(entry, yaml.MappingNode):
                continue
            id = next((value.value for name, value in entry.value if _key(name) == patch.key), None)
            if id not in rest:
                continue
            part = rest.pop(id)
            if part is DELETE:
                gone.append(index)
            else:
                self.mapping(entry, part)
        new = _new_entries(rest, patch.key)
        if len(gone) == len(node.value):
            self._span(key, node, flow(new)) if node.flow_style or not new else self._under(key, node, new)
            return
        self._remove_entries(node, gone)
        if not new:
            return
        if node.flow_style:
            end = self._end(node.value[-1])
            self.add(end, end, "".join(f", {flow(entry)}" for entry in new))
            return
        at = self._line_end(max(self._end(node) - 1, 0))
        indent = node.start_mark.column
        self.add(at, at, "".join(item(entry, indent, self.newline) for entry in new))

    def _remove_entries(self, node: yaml.SequenceNode, gone: Sequence[int]) -> None:
        for index in gone:
            entry = node.value[index]
            if not node.flow_style:
                start = self.text.rfind("\n", 0, entry.start_mark.index) + 1
                if self.text[start : entry.start_mark.index].strip() != "-":
                    raise EditError("an entry of a list does not begin on the line of its dash and cannot go")
                self.add(start, self._line_end(max(self._end(entry) - 1, 0)), "")
            elif any(before not in gone for before in range(index)):
                self.add(self._end(node.value[index - 1]), self._end(entry), "")
            else:
                self.add(entry.start_mark.index, node.value[index + 1].start_mark.index, "")


def _is_flow(node: yaml.Node) -> bool:
    return isinstance(node, yaml.CollectionNode) and bool(node.flow_style)


def _key(node: yaml.Node) -> Any:
    """Return a key as the reader has it: a word or a whole number."""
    if not isinstance(node, yaml.ScalarNode):
        return None
    if node.style in (None, "") and re.fullmatch(r"[-+]?(?:0|[1-9][0-9_]*)", node.value):
        return int(node.value.replace("_", ""))
    return node.value
