"""What goes wrong outside of the program: told in a line or two, with code 1; anything else is a defect."""

from __future__ import annotations

import errno
import os

from generator.cli.show import print_diagnostics
from generator.kept import EditedError
from generator.model.diagnostics import Diagnostic, Place, Severity
from generator.storage import BusyError, StorageError
from generator.writers.errors import WriterError

_OF_THE_PLACE = {
    errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.ENOENT, errno.EEXIST, errno.ENOTDIR,
    errno.EISDIR, errno.ENOTEMPTY, errno.ENAMETOOLONG, errno.ELOOP, errno.EINVAL, errno.EIO, errno.EBUSY, errno.ETXTBSY,
    errno.EFBIG, errno.ENODEV, errno.ENXIO,
}  # fmt: skip
"""What the system says of a file or folder, not of how the program asked."""


def diagnostic_of(error: BaseException) -> Diagnostic | None:
    """Return what to tell of an exception that files, folders or templates are to blame for, None for a defect."""
    if isinstance(error, WriterError):
        return error.diagnostic
    if isinstance(error, BusyError):
        return _error("MP504", "", str(error), "wait until it is done")
    if isinstance(error, EditedError):
        return _error("MP501", "", str(error), "move it to another name or place, and run the command again")
    if isinstance(error, StorageError):
        return _error("MP505", "", str(error), "check space, permissions and what lies there, or choose another place")
    # `shutil` gathers what went wrong with each file of a folder, as triples.
    if isinstance(error, OSError) and error.args and isinstance(error.args[0], list) and error.args[0]:
        source, target, why = error.args[0][0]
        return _error("MP505", str(target), f"cannot copy {source}: {why}", "check space and permissions")
    if isinstance(error, OSError) and error.filename and error.errno in _OF_THE_PLACE:
        name = _shortened(os.fsdecode(error.filename) if not isinstance(error.filename, int) else str(error.filename))
        hint = "check space, permissions and what lies there, or choose another place"
        return _error("MP505", name, f"cannot read or write: {error.strerror}", hint)
    return None


def _error(code: str, place: str, message: str, hint: str) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, Place(place or "masterplan"), message, hint)


def _shortened(name: str) -> str:
    return name if len(name) <= 300 else f"{name[:100]}…"


def tell(error: BaseException) -> bool:
    """Tell of an exception that is no defect; return whether it was one of these."""
    found = diagnostic_of(error)
    if found is None:
        return False
    print_diagnostics([found])
    return True
