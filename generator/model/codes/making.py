"""Codes of what is made and taken back: building, planning, forms and the round trip."""

from __future__ import annotations

from collections.abc import Mapping

from generator.model.codes.entry import Code

MAKING: Mapping[str, Code] = {
    # --- building ---
    "MP501": Code(
        "Edited by hand",
        "The DOCX was changed since the last build and is never overwritten.",
        "Keep it under another name, or take the edits back with 'masterplan pull'.",
    ),
    "MP502": Code(
        "System library missing",
        "WeasyPrint needs a library of the system; no PDF was written.",
        "Install it as the message says, or build with '--engine typst'.",
    ),
    "MP503": Code(
        "Other PDF engine",
        "The PDF was made by Typst because WeasyPrint's libraries are missing.",
        "Nothing has to be done.",
    ),
    "MP504": Code("City is being built", "Another build of the same city runs.", "Wait until it is done."),
    "MP505": Code("Cannot write", "The output folder cannot be written.", "Check space and permissions."),
    "MP506": Code(
        "No workers",
        "The scheduler of '--scheduler' does not answer, has no workers, or they cannot build.",
        "Start it and its workers, with this version of the program, where they see the workspace.",
    ),
    "MP511": Code(
        "Word template unreadable",
        "templates/reference.docx is absent or is not a Word document; no DOCX was written.",
        "Save it from Word as .docx, or run `masterplan init` for a fresh one.",
    ),
    "MP512": Code(
        "Style missing",
        "templates/reference.docx lacks a style that the books use; no DOCX was written.",
        "Make the style in Word under exactly the name that is told.",
    ),
    "MP513": Code(
        "Picture outside",
        "The path of a picture leads out of the workspace; nothing is read there.",
        "Put the picture into the workspace.",
    ),
    "MP514": Code(
        "Typst template unusable",
        "The workspace's own Typst files do not compile or ask for a package of the network; no PDF was written.",
        "Mend the place that is told, or delete templates/book.typ: the one of the program is taken then.",
    ),
    # --- planning ---
    "MP601": Code(
        "Holidays not known",
        "The holidays of a year are not known, so no calendar was made.",
        "Choose another start, or update the package 'holidays'.",
    ),
    "MP602": Code(
        "Leave not decreed",
        "Collective leave of a year is not decreed yet: dates are provisional.",
        "Build again after the decree.",
    ),
    "MP603": Code(
        "Mentoring too long",
        "The calendar runs longer than the mentoring may.",
        "Shorten gaps in content/mentoring.yaml, or start at another date.",
    ),
    "MP604": Code(
        "APBD not known",
        "Without the APBD the ceiling is an assumption per resident.",
        "Fill in 'budget' in city.yaml.",
    ),
    "MP605": Code(
        "Few quick wins",
        "Fewer programmes qualify as quick wins than expected.",
        "See with 'masterplan explain' what the refused ones fail.",
    ),
    # --- forms and import ---
    "MP701": Code(
        "Not a readable spreadsheet",
        "The file is damaged, locked with a password, or of a kind that is not read (.xlsx, .xlsm, .xls and .ods are).",
        "Save it as .xlsx or .ods without a password.",
    ),
    "MP702": Code(
        "Spreadsheet too large",
        "The file unpacks to more than a form can hold, or declares XML entities. It was not parsed.",
        "Save the form anew; delete pictures and sheets that are no input.",
    ),
    "MP703": Code(
        "Sheet too wide",
        "Stray cells far below or far to the right make a sheet of millions of cells. It was not parsed.",
        "Delete the stray cells.",
    ),
    "MP704": Code(
        "Not the city's form",
        "No sheet of the form was found, or the form was made for another region.",
        "Take the file that 'masterplan form' writes for this city.",
    ),
    "MP705": Code(
        "Cell refused",
        "The cell cannot be read as what it stands for, or lies outside of its range. It changes nothing.",
        "Correct the cell, and import again.",
    ),
    "MP706": Code(
        "Row refused",
        "The row belongs to no item of the form or no city, or has no name. It changes nothing.",
        "Write into the rows of the form.",
    ),
    "MP707": Code(
        "Row twice",
        "Two rows state the same item differently; the first is taken.",
        "Keep one of the two.",
    ),
    "MP708": Code(
        "Changed on both sides",
        "The city changed a value in the form, and its files have another one by now than when the form was made.",
        "Decide which holds, and write it into the file or a new form.",
    ),
    "MP709": Code(
        "Read with a doubt",
        "The value was taken, but could have been meant otherwise.",
        "Check it in the table of changes.",
    ),
    "MP711": Code(
        "Half an entry",
        "A figure without its source, a programme without its place: what belongs together was filled in half.",
        "Fill in the rest of the row, or empty all of it.",
    ),
    "MP712": Code(
        "Formula",
        "Formulas are never evaluated. One without a stored result, or one that calls a program, is not read; of one "
        "that looks into another workbook the stored result is taken.",
        "Write the value itself.",
    ),
    "MP713": Code(
        "Merged cells",
        "A level or figure cannot stand for several rows at once.",
        "Undo the merging, and fill in each row.",
    ),
    "MP714": Code(
        "Not for input",
        "A column that the form or table does not have holds values, or a cell that only informs was changed. They are "
        "not read.",
        "Move them into the column of notes.",
    ),
    "MP715": Code(
        "Parts not opened",
        "The file holds macros, links to other workbooks, embedded objects, pictures or comments of cells. They are "
        "never opened.",
        "Nothing has to be done; what comments say belongs into the column of notes.",
    ),
    "MP716": Code(
        "Rows gone",
        "Rows of the form that were filled in were deleted. What the files say stays.",
        "Empty a cell to withdraw its value.",
    ),
    "MP717": Code(
        "File not editable",
        "The change cannot be made in the YAML file without a doubt: anchors, or an unusual layout.",
        "Make the change by hand.",
    ),
    "MP718": Code(
        "Would not load",
        "With the changes the city's file would have errors, so nothing was written.",
        "Mend what the message names.",
    ),
    "MP719": Code(
        "Table not readable",
        "The table of the cohort lacks its columns, or breaks the grammar of CSV.",
        "See the headings in docs/data.md.",
    ),
    "MP720": Code(
        "Form holds answers",
        "The form that would be overwritten was filled in and not imported yet.",
        "Import it first, write to another place with --out, or overwrite it with --force.",
    ),
    # --- round trip ---
    "MP801": Code(
        "Damaged document",
        "The file handed in is not a whole DOCX: a part is cut off or is not valid XML. Nothing was changed.",
        "Open it in Word or LibreOffice, which can often repair it, and save it again as .docx.",
    ),
    "MP802": Code(
        "Encrypted document",
        "The file handed in is protected by a password.",
        "Take the password away and save it again.",
    ),
    "MP803": Code(
        "Not a Word document",
        "The file handed in is of another kind: the old .doc, a workbook, an OpenDocument file.",
        "Save it from Word or LibreOffice as .docx.",
    ),
    "MP804": Code(
        "Document too large",
        "The file handed in, or a part of it when unpacked, is larger than any book can be, its tables stand deeper in"
        " one another, or it differs from its book in more places than one pull takes. Nothing was changed.",
        "Make its pictures smaller and save it again; see that it is the right file and the right version.",
    ),
    "MP805": Code(
        "Not a book of this city",
        "The file handed in carries no mark of one of the city's books, nor most of the words of one.",
        "See that the right file and the right city are named.",
    ),
    "MP806": Code(
        "Base not known",
        "The file handed in was written from data that have changed since, and that version was not issued.",
        "Issue versions before handing them out; name the version to compare with by '--base'.",
    ),
    "MP811": Code(
        "Version issued already",
        "A version that was handed out is frozen; other words need another version.",
        "Raise 'version' in city.yaml.",
    ),
    "MP812": Code(
        "Issued version damaged",
        "A file below issued/ was changed or cannot be read, so nothing can be compared with it.",
        "Restore it from git.",
    ),
    "MP821": Code(
        "Not an edit",
        "A file below edits/ cannot be understood. The city is not built, so that no edit is lost.",
        "Restore the file from git, or pull the edited DOCX again.",
    ),
    "MP822": Code(
        "Edited by two",
        "Two people edited the same passage; the later words stand, the others are kept in the file of the edit.",
        "Read both and edit the passage once more where the other words were meant.",
    ),
    "MP823": Code(
        "City and generator differ",
        "A passage that the city edited says something else since the data or texts changed. The city's words stay; "
        "the others stand in a comment of the DOCX.",
        "Settle it with 'masterplan resolve': keep the city's words, or take the new ones.",
    ),
    "MP824": Code(
        "Picture left out",
        "A picture that somebody put into the DOCX is broken or too large; the other changes were taken.",
        "Put it into the file once more, as PNG or JPEG, and pull again.",
    ),
}
