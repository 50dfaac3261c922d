"""The one door through which data files come in: inside the workspace, regular, small enough, readable UTF-8."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from generator.model.diagnostics import Collector, Diagnostic, Place

MAX_BYTES = 5_000_000
"""Largest data file; the largest file of a real workspace has a tenth of it."""
MAX_DEPTH = 64
"""Folders below one another that are looked into; a real workspace has five."""
MAX_SHOWN = 20
"""Forbidden characters that are reported one by one."""

# What XML 1.0 cannot carry, lone surrogates and non-characters; private use, which the writers keep for themselves;
# and the marks that turn the direction of writing, with which text can be made to read as something else.
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    "\ue000-\uf8ff\U000f0000-\U0010ffff\u202a-\u202e\u2066-\u2069]"
)
_WORDS = {errno.EACCES: "permission denied", errno.EISDIR: "it is a folder", errno.ELOOP: "too many symbolic links"}


@dataclass(frozen=True, slots=True, kw_only=True)
class TextFile:
    """A file as read: `text` None where it could not be (the diagnostics say why)."""

    name: str
    """Path below the workspace, with slashes."""
    text: str | None
    sha256: str = ""
    """Of the bytes; '' where they could not be read."""
    diagnostics: tuple[Diagnostic, ...] = ()


def name_below(path: Path, root: Path) -> str:
    """Return `path` below `root` with slashes, or the bare file name where it is not below it.

    Bytes of a name that are no UTF-8 are written out as '\\xff', so that the name can be told and stored anywhere.
    """
    try:
        name = path.absolute().relative_to(root.absolute()).as_posix()
    except ValueError:
        name = path.name
    return name if _is_utf8(name) else os.fsencode(name).decode("utf-8", "backslashreplace")


def _is_utf8(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


@lru_cache(maxsize=8)
def _resolved(root: Path) -> Path:
    # One workspace has hundreds of files; following the links of its folder anew for each is a third of the reading.
    return root.resolve()


def is_there(path: Path) -> bool:
    """Return whether anything lies at a path; a dangling link and what may not be looked at count, to be reported."""
    try:
        path.lstat()
    except PermissionError:
        return True
    except (OSError, ValueError):
        return False
    return True


def is_folder(path: Path) -> bool:
    """Return whether a folder lies at a path, links followed; False where that may not be looked at."""
    try:
        return path.is_dir()
    except OSError:
        return False


def is_file(path: Path) -> bool:
    """Return whether a regular file lies at a path, links followed; False where that may not be looked at."""
    try:
        return path.is_file()
    except OSError:
        return False


def is_inside(path: Path, root: Path) -> bool:
    """Return whether `path`, all symbolic links followed, lies in `root`."""
    try:
        return path.resolve().is_relative_to(_resolved(root))
    except (OSError, RuntimeError, ValueError):
        return False


def read_bytes(path: Path, root: Path, found: Collector, limit: int = MAX_BYTES) -> bytes | None:
    """Return the bytes of a regular file inside `root`, at most `limit`; None with a diagnostic (MP001-MP004)."""
    place = Place(name_below(path, root))
    if not is_inside(path, root):
        found.error("MP002", place, "the file lies outside of the workspace", "copy it into the workspace")
        return None
    if not _is_utf8(path.name):
        found.error("MP004", place, "the file cannot be read: its name is not UTF-8", "rename the file")
        return None
    try:
        # Not blocking: opening a pipe or a terminal must not wait for ever.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
    except (OSError, ValueError) as fault:
        code = fault.errno if isinstance(fault, OSError) else None
        if code == errno.ENOENT:
            found.error("MP001", place, "no such file")
        else:
            found.error("MP004", place, f"the file cannot be read: {_WORDS.get(code or 0, str(fault))}")
        return None
    try:
        state = os.fstat(handle)
        if not stat.S_ISREG(state.st_mode):
            found.error("MP004", place, "not a regular file but a folder, device or pipe")
            return None
        with os.fdopen(handle, "rb", closefd=False) as stream:
            data = stream.read(limit + 1)
    except OSError as fault:
        found.error("MP004", place, f"the file cannot be read: {fault.strerror or fault}")
        return None
    finally:
        os.close(handle)
    if len(data) > limit:
        size, most = max(state.st_size, len(data)) / 1_000_000, limit / 1_000_000
        found.error("MP003", place, f"the file has {size:.1f} MB, at most {most:g} MB are read", "split the file")
        return None
    return data


def files_below(top: Path, root: Path, endings: tuple[str, ...], found: Collector, depth: int = 0) -> list[Path]:
    """Return what lies in a folder, and in those below it down to `depth`, and has one of the endings; sorted.

    Sorted by ending first. Empty where the folder is not there. A folder that cannot be looked into is an error
    (MP004), one that lies outside of the workspace too (MP002). Folders below `depth` are an error (MP204) where it
    is `MAX_DEPTH`, else passed over; going that deep, links to other folders are not followed.
    """
    if not is_folder(top):
        return []
    if not is_inside(top, root):
        place = Place(name_below(top, root))
        found.error("MP002", place, "the folder lies outside of the workspace", "copy it into the workspace")
        return []
    names = list(_below(top, root, found, depth))
    return [path for ending in endings for path in sorted(names) if path.name.endswith(ending)]


def _below(top: Path, root: Path, found: Collector, depth: int) -> Iterator[Path]:
    def closed(fault: OSError) -> None:
        place = Place(name_below(Path(os.fsdecode(fault.filename)), root))
        words = _WORDS.get(fault.errno or 0, fault.strerror or str(fault))
        found.error("MP004", place, f"the folder cannot be read: {words}", "give back the right to read it")

    for here, folders, names in os.walk(top, onerror=closed, followlinks=depth < MAX_DEPTH):
        folder = Path(here)
        yield from (folder / name for name in (*folders, *names))
        if len(folder.relative_to(top).parts) >= depth:
            if folders and depth >= MAX_DEPTH:
                message = f"folders are nested deeper than {MAX_DEPTH} levels"
                found.error("MP204", Place(name_below(top, root)), message, "move the files up")
            folders.clear()


def decode(data: bytes, place: Place, found: Collector) -> str | None:
    """Return bytes as text: UTF-8 with or without byte-order mark; None with a diagnostic (MP005)."""
    hint = "save the file as UTF-8"
    for mark, name in ((b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16")):
        if data.startswith(mark):
            found.error("MP005", Place(place.file, 1, 1), f"the file is written in {name}, not in UTF-8", hint)
            return None
    if b"\x00" in data[:64] and data[:64].count(b"\x00") >= len(data[:64]) // 4:
        found.error("MP005", Place(place.file, 1, 1), "the file looks like UTF-16 or UTF-32, not like UTF-8", hint)
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        # The offsets of 'utf-8-sig' count from behind the mark.
        body = data.removeprefix(b"\xef\xbb\xbf")
        before = body[: fault.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        byte = body[fault.start]
        guess = bytes([byte]).decode("cp1252", "ignore")
        seen = f" (in Windows-1252 it would be '{guess}')" if guess.isprintable() and guess else ""
        found.error("MP005", Place(place.file, line, column), f"byte 0x{byte:02X} is not valid UTF-8{seen}", hint)
        return None


def place_at(text: str, offset: int, file: str) -> Place:
    """Return the line and column (from 1) of an offset."""
    start = text.rfind("\n", 0, offset) + 1
    return Place(file, text.count("\n", 0, offset) + 1, offset - start + 1)


def character_fault(character: str) -> tuple[str, str]:
    """Return the message and hint for a forbidden character."""
    name = f"U+{ord(character):04X}"
    number = ord(character)
    if 0xE000 <= number <= 0xF8FF or number >= 0xF0000:
        return (
            f"private-use character {name}",
            "it has no meaning outside of one font: replace it by the character meant",
        )
    if 0x202A <= number <= 0x2069:
        return f"invisible mark {name} that turns the direction of writing", "delete it"
    return f"control character or non-character {name}", "delete it; such characters come in by copying from a PDF"


def report_forbidden(text: str, file: str, found: Collector) -> bool:
    """Report the characters that no document can carry (MP006); return whether there were any."""
    count = 0
    for match in FORBIDDEN.finditer(text):
        count += 1
        if count > MAX_SHOWN:
            found.error("MP006", place_at(text, match.start(), file), "more forbidden characters follow")
            break
        message, hint = character_fault(match.group())
        found.error("MP006", place_at(text, match.start(), file), message, hint)
    return count > 0


def read_text(path: Path, root: Path, limit: int = MAX_BYTES) -> TextFile:
    """Return a text file of the workspace, checked; never raises (MP001-MP006)."""
    found = Collector()
    name = name_below(path, root)
    data = read_bytes(path, root, found, limit)
    if data is None:
        return TextFile(name=name, text=None, diagnostics=tuple(found.found))
    text = decode(data, Place(name), found)
    if text is not None and report_forbidden(text, name, found):
        text = None
    return TextFile(name=name, text=text, sha256=sha256(data).hexdigest(), diagnostics=tuple(found.found))
