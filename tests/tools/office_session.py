"""Edits by LibreOffice itself: run by the system's Python, which alone knows UNO, with a job as JSON on its input.

A job: `{"soffice": …, "profile": folder, "tasks": [{"source": DOCX, "edits": [{"do": verb, …}], "docx": path}]}`, or
"odt" to save so. Each edit is a method `do_<verb>` below; a place is a bookmark (`mark`) and words in its paragraph
(`find`). Documents are loaded without a view, since packages without a user interface fail to show comments. Without a
layout LibreOffice writes no charts to a DOCX: a book with charts is to be saved as ODT, and converted.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import uno
from com.sun.star.awt import FontWeight
from com.sun.star.beans import PropertyValue
from com.sun.star.text import ControlCharacter
from com.sun.star.uno import Exception as UnoError
from com.sun.star.util import DateTime

DOCX, ODT = "MS Word 2007 XML", "writer8"
START = 60.0  # seconds that LibreOffice may take to answer


def _values(**values: object) -> tuple[PropertyValue, ...]:
    return tuple(PropertyValue(Name=name, Value=value) for name, value in values.items())


def _each(holder: Any) -> Iterator[Any]:
    pieces = holder.createEnumeration()
    while pieces.hasMoreElements():
        yield pieces.nextElement()


class Book:
    """One open document and what may be done to it."""

    def __init__(self, context: Any, path: str, kind: str) -> None:
        self._context = context
        self._tables: dict[str, Any] = {}  # words of the caption above -> table
        self.doc = context.ServiceManager.createInstanceWithContext("com.sun.star.text.TextDocument", context)
        self.doc.load(_values(URL=uno.systemPathToFileUrl(path), FilterName=kind, Hidden=True))

    def save(self, path: str, kind: str) -> None:
        """Write the document in one of the two formats."""
        self.doc.storeToURL(uno.systemPathToFileUrl(path), _values(FilterName=kind))

    def close(self) -> None:
        """Let the document go."""
        self.doc.close(False)

    def edit(self, edit: dict[str, Any]) -> None:
        """Do one edit."""
        values = {name: value for name, value in edit.items() if name != "do"}
        getattr(self, f"do_{edit['do']}")(**values)

    # --- places -------------------------------------------------------------------------------------------------------

    def _mark(self, mark: str) -> Any:
        return self.doc.Bookmarks.getByName(mark).Anchor

    def _at(self, mark: str, find: str = "") -> Any:
        """Return a cursor over the paragraph of a bookmark, or over words in one run of it."""
        anchor = self._mark(mark)
        cursor = anchor.Text.createTextCursorByRange(anchor.Start)
        cursor.gotoStartOfParagraph(False)
        cursor.gotoEndOfParagraph(True)
        if not find:
            return cursor
        # The search of the office needs a layout, which a document without a view has not.
        for run in _each(cursor.createEnumeration().nextElement()):
            place = run.String.find(find) if run.TextPortionType == "Text" else -1
            if place >= 0:
                cursor = run.Text.createTextCursorByRange(run.Start)
                cursor.goRight(place, False)
                cursor.goRight(len(find), True)
                return cursor
        raise LookupError(f"'{find}' does not stand at {mark}")

    def _end(self, mark: str) -> Any:
        cursor = self._at(mark)
        cursor.collapseToEnd()
        cursor.gotoEndOfParagraph(False)
        return cursor

    def _table(self, mark: str) -> Any:
        """Return the table behind the paragraph of a bookmark."""
        if not self._tables:
            before = None
            # Each piece is a call to another process, so the body is walked once.
            for piece in _each(self.doc.Text):
                if not piece.supportsService("com.sun.star.text.TextTable"):
                    before = piece
                elif before is not None:
                    self._tables[before.String] = piece
        return self._tables[self._at(mark).String]

    # --- words --------------------------------------------------------------------------------------------------------

    def do_type(self, mark: str, text: str) -> None:
        """Type at the end of a paragraph."""
        cursor = self._end(mark)
        cursor.Text.insertString(cursor, text, False)

    def do_insert(self, mark: str, find: str, text: str) -> None:
        """Type in the middle of a paragraph, behind some words."""
        cursor = self._at(mark, find)
        cursor.Text.insertString(cursor.End, text, False)

    def do_replace(self, mark: str, find: str, text: str) -> None:
        """Type over some words."""
        self._at(mark, find).String = text

    def do_reword(self, mark: str, text: str) -> None:
        """Type over a whole paragraph."""
        self._at(mark).String = text

    def do_bold(self, mark: str, find: str) -> None:
        """Give words weight by hand."""
        self._at(mark, find).CharWeight = FontWeight.BOLD

    def do_link(self, mark: str, find: str, url: str) -> None:
        """Make words a link."""
        self._at(mark, find).HyperLinkURL = url

    def do_footnote(self, mark: str, find: str, text: str) -> None:
        """Put a footnote behind words."""
        note = self.doc.createInstance("com.sun.star.text.Footnote")
        cursor = self._at(mark, find)
        cursor.Text.insertTextContent(cursor.End, note, False)
        note.insertString(note.createTextCursor(), text, False)

    # --- paragraphs ---------------------------------------------------------------------------------------------------

    def do_paragraph(self, mark: str, text: str, style: str = "") -> None:
        """Press Enter at the end of a paragraph and type another; `style` makes it a heading."""
        cursor = self._end(mark)
        cursor.Text.insertControlCharacter(cursor, ControlCharacter.PARAGRAPH_BREAK, False)
        cursor.Text.insertString(cursor, text, False)
        if style:
            cursor.ParaStyleName = style

    def do_split(self, mark: str, find: str) -> None:
        """Press Enter in the middle of a paragraph, behind some words."""
        cursor = self._at(mark, find)
        cursor.Text.insertControlCharacter(cursor.End, ControlCharacter.PARAGRAPH_BREAK, False)

    def do_join(self, mark: str) -> None:
        """Press Delete at the end of a paragraph: the next one joins it."""
        cursor = self._end(mark)
        cursor.goRight(1, True)
        cursor.String = " "

    def do_delete(self, mark: str) -> None:
        """Delete a paragraph with its mark."""
        cursor = self._at(mark)
        if not cursor.goRight(1, True):
            cursor.goLeft(1, True)
        cursor.String = ""

    def do_move(self, mark: str, last: str, after: str) -> None:
        """Move the paragraphs from one bookmark to another behind a third, as cutting and pasting does.

        The clipboard needs a view; a block of AutoText carries the same text without one.
        """
        cursor = self._at(mark)
        cursor.gotoRange(self._end(last), True)
        service = self._context.ServiceManager.createInstanceWithContext
        shelf = service("com.sun.star.text.AutoTextContainer", self._context)
        name = f"pindah{os.getpid()}*1"  # 1 is the folder of the profile, 0 that of the installation
        group = shelf.insertNewByName(name)
        piece = group.insertNewByName("P", "P", cursor)
        if not cursor.goRight(1, True):
            raise LookupError("the last passage of a book is not moved")
        cursor.String = ""
        target = self._end(after)
        target.Text.insertControlCharacter(target, ControlCharacter.PARAGRAPH_BREAK, False)
        piece.applyTo(target)
        shelf.removeByName(name)

    # --- tables -------------------------------------------------------------------------------------------------------

    def do_cell(self, mark: str, cell: str, text: str) -> None:
        """Type at the end of a cell such as 'B3'."""
        place = self._table(mark).getCellByName(cell)
        cursor = place.createTextCursor()
        cursor.gotoEnd(False)
        place.insertString(cursor, text, False)

    def do_retype(self, mark: str, cell: str, text: str) -> None:
        """Type over a cell."""
        place = self._table(mark).getCellByName(cell)
        place.createTextCursor()
        place.String = text

    def do_row_delete(self, mark: str, row: int) -> None:
        """Delete a row, counted from 0 with the header."""
        self._table(mark).Rows.removeByIndex(row, 1)

    def do_row_strike(self, mark: str, row: int) -> None:
        """Delete a row while changes are tracked: its words and then the row itself are marked."""
        table = self._table(mark)
        for column in range(table.Columns.Count):
            place = table.getCellByPosition(column, row)
            cursor = place.createTextCursor()
            cursor.gotoEnd(True)
            cursor.String = ""
        table.Rows.getByIndex(row).HasTextChangesOnly = False

    def do_row_insert(self, mark: str, row: int, texts: list[str]) -> None:
        """Insert a row at an index and fill its cells."""
        table = self._table(mark)
        table.Rows.insertByIndex(row, 1)
        for column, text in enumerate(texts):
            table.getCellByPosition(column, row).String = text

    def do_sort(self, mark: str, column: int, ascending: bool = True) -> None:
        """Sort the rows below the header by a column, counted from 0."""
        table = self._table(mark)
        descriptor = list(table.createSortDescriptor())
        field = uno.createUnoStruct("com.sun.star.table.TableSortField")
        field.Field, field.IsAscending = column + 1, ascending
        field.FieldType = uno.Enum("com.sun.star.table.TableSortFieldType", "ALPHANUMERIC")
        for value in descriptor:
            if value.Name == "SortFields":
                value.Value = uno.Any("[]com.sun.star.table.TableSortField", (field,))
            elif value.Name == "IsSortColumns":
                value.Value = False
        uno.invoke(table, "sort", (uno.Any("[]com.sun.star.beans.PropertyValue", tuple(descriptor)),))

    # --- comments and tracking ----------------------------------------------------------------------------------------

    def do_track(self, on: bool) -> None:
        """Turn the tracking of changes on or off."""
        self.doc.RecordChanges = on

    def do_comment(self, mark: str, find: str, text: str, author: str) -> None:
        """Comment some words."""
        note = self.doc.createInstance("com.sun.star.text.textfield.Annotation")
        note.Author, note.Content = author, text
        note.DateTimeValue = DateTime(0, 0, 30, 9, 1, 12, 2026, False)
        cursor = self._at(mark, find)
        cursor.Text.insertTextContent(cursor, note, True)

    def do_settle(self, text: str) -> None:
        """Mark a comment that says something as resolved."""
        for field in _each(self.doc.TextFields):
            if field.supportsService("com.sun.star.text.textfield.Annotation") and field.Content == text:
                field.Resolved = True
                return
        raise LookupError(f"nobody commented '{text}'")

    # --- pictures -----------------------------------------------------------------------------------------------------

    def do_picture(self, title: str, path: str) -> None:
        """Put another picture in the place of one, which its alternative text names."""
        provider = self._context.ServiceManager.createInstanceWithContext(
            "com.sun.star.graphic.GraphicProvider", self._context
        )
        graphic = provider.queryGraphic(_values(URL=uno.systemPathToFileUrl(path)))
        for name in self.doc.GraphicObjects.ElementNames:
            shape = self.doc.GraphicObjects.getByName(name)
            if title in (shape.Title, shape.Description):
                shape.Graphic = graphic
                return
        raise LookupError(f"no picture is called '{title}'")


def _connected(pipe: str) -> Any:
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    until = time.monotonic() + START
    while True:
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except UnoError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def _task(context: Any, task: dict[str, Any]) -> None:
    book = Book(context, task["source"], DOCX)
    try:
        for number, edit in enumerate(task["edits"]):
            try:
                book.edit(edit)
            except (UnoError, LookupError, AttributeError) as error:
                raise RuntimeError(f"edit {number} {edit}: {type(error).__name__}: {error}") from error
        if "docx" in task:
            book.save(task["docx"], DOCX)
        if "odt" in task:
            book.save(task["odt"], ODT)
    finally:
        book.close()


def main() -> None:
    """Start LibreOffice, do every task, end it."""
    job = json.load(sys.stdin)
    profile = Path(job["profile"]).resolve()
    pipe = f"masterplan-{os.getpid()}"
    command = [job["soffice"], f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nologo"]
    command += ["--nodefault", f"--accept=pipe,name={pipe};urp;"]
    # A group of its own, so that the launcher and the office behind it end together.
    office = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        context = _connected(pipe)
        for task in job["tasks"]:
            _task(context, task)
        desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        with contextlib.suppress(UnoError):
            desktop.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            office.wait(5)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(office.pid, signal.SIGKILL)
        office.wait(10)


if __name__ == "__main__":
    main()
