"""Every diagnostic code with its meaning: the source of `docs/diagnostics.md` and of the command's explanations.

A code never changes its meaning and is never used again after it is gone. The hundreds name the stage: 0 files, 1 the
schema, 2 content, 3 cities, 4 templates, 5 building, 6 planning, 7 forms and import.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Code:
    """What a code means: a headline, what is wrong and why it matters, and what to do."""

    title: str
    explanation: str
    hint: str


STAGES: Mapping[str, str] = {
    "0": "Files and YAML",
    "1": "Schema",
    "2": "Content",
    "3": "Cities and the public table",
    "4": "Templates",
    "5": "Building",
    "6": "Planning",
    "7": "Forms and import",
    "8": "Round trip",
}

CODES: Mapping[str, Code] = {
    # --- files and YAML ---
    "MP001": Code(
        "No such file", "A file or folder that is needed does not exist.", "Create it, or run 'masterplan init DIR'."
    ),
    "MP002": Code(
        "Outside of the workspace",
        "The path, all symbolic links followed, leaves the workspace. Nothing outside is ever read.",
        "Copy the file into the workspace.",
    ),
    "MP003": Code("File too large", "A data file has more than 5 MB (a text more than 1 MB).", "Split the file."),
    "MP004": Code(
        "File cannot be read",
        "The path is a folder, a device or a pipe, or the system refuses to read it.",
        "Put a regular, readable file there.",
    ),
    "MP005": Code(
        "Not UTF-8", "The bytes are not valid UTF-8: often UTF-16 or Windows-1252.", "Save the file as UTF-8."
    ),
    "MP006": Code(
        "Forbidden character",
        "Control characters, lone surrogates, private-use characters and marks that turn the direction of writing "
        "cannot stand in a document, or make it read as something else.",
        "Delete the character; it often comes in by copying from a PDF.",
    ),
    "MP007": Code(
        "Not valid YAML",
        "The text breaks the grammar of YAML at this place.",
        "See the hint of the message; quote text with ': ' or '#'.",
    ),
    "MP008": Code("Tab in the indentation", "YAML indents by spaces only.", "Replace the tab by spaces."),
    "MP009": Code(
        "Key twice", "The same key stands twice in one mapping; the second would silently win.", "Keep one of the two."
    ),
    "MP010": Code("Not a key", "A key has to be a word or a whole number.", "Put the key in quotes."),
    "MP011": Code(
        "Tag", "YAML tags ('!!python/…', '!x') can ask for objects; none is read.", "Delete the tag, or quote the text."
    ),
    "MP012": Code(
        "Second document", "One file holds one document.", "Delete '---' and what follows, or make another file."
    ),
    "MP013": Code(
        "Alias without anchor",
        "An alias ('*x') names an anchor that does not exist, or stands in itself.",
        "Quote text that begins with '*'.",
    ),
    "MP014": Code("Nested too deep", "Values are nested more than 40 deep.", "Flatten the data."),
    "MP015": Code(
        "Too many values",
        "The file has more than 200,000 values, aliases written out.",
        "Write repeated values out, or split the file.",
    ),
    "MP016": Code(
        "Not a plain number or date",
        "A number with a leading zero or too many digits, an infinite number, or a date that does not exist.",
        "Quote it where it is text; correct it where it is a number.",
    ),
    "MP017": Code("Empty file", "The file holds nothing but space and comments.", "Write its content, or delete it."),
    # --- schema ---
    "MP101": Code("Unknown key", "The schema has no such key here.", "Take the key that the message suggests."),
    "MP102": Code("Key missing", "A key that is needed is not there.", "Add it."),
    "MP103": Code(
        "Wrong kind of value",
        "The value is of another kind than the schema expects.",
        "Write what the message expects; quote text that looks like a number.",
    ),
    "MP104": Code(
        "Not one of the choices", "The value is none of the words that are allowed here.", "Take one of those listed."
    ),
    "MP105": Code("Out of range", "The number lies outside of the allowed range.", "Correct the number."),
    "MP106": Code(
        "Too few or too many entries", "The list has fewer or more entries than allowed.", "Add or delete entries."
    ),
    "MP108": Code(
        "Condition not readable", "The condition is not one of the closed vocabulary.", "See the rules in docs/content."
    ),
    "MP109": Code("More faults", "The file has more faults than are listed.", "Mend those listed and check again."),
    # --- content ---
    "MP201": Code("Id twice", "Two items of one kind have the same id.", "Rename one of them."),
    "MP202": Code(
        "File name is not the id",
        "A rule or programme stands in a file that is not named after it.",
        "Rename the file or the id.",
    ),
    "MP203": Code(
        "Unknown id",
        "Something refers to an id that does not exist.",
        "Take the id that the message suggests, or add the item.",
    ),
    "MP204": Code("Too many files", "A folder holds more files than are read.", "Move files into several workspaces."),
    "MP205": Code(
        "Repealed regulation",
        "A repealed or expired regulation can be cited only through its successor.",
        "Cite the successor.",
    ),
    "MP206": Code(
        "Orphan indicator",
        "No rule that finds a gap looks at the indicator, so a low answer would have no effect.",
        "Write a rule, or drop the indicator.",
    ),
    "MP207": Code(
        "Programme out of reach",
        "No rule asks for the programme, directly or as a prerequisite.",
        "Name it as remedy of a rule, or drop it.",
    ),
    "MP208": Code("Rule out of reach", "The condition can never hold.", "Correct the limits of the condition."),
    "MP209": Code(
        "Circle", "Things wait for each other in a circle, so none can begin.", "Break the circle at one of them."
    ),
    "MP210": Code(
        "Implausible cost",
        "The cost is empty, upside down, or outside of what such programmes cost.",
        "Correct the figures or the unit.",
    ),
    "MP211": Code(
        "Implausible target",
        "A target cannot be read, lies outside of its unit, or moves backwards.",
        "Correct the target.",
    ),
    "MP212": Code("Untidy text", "Double or stray spaces, or an unfinished mark.", "Tidy the text."),
    "MP213": Code(
        "Foreign words",
        "English words, or words that the glossary replaces, stand in an Indonesian text.",
        "Use the Indonesian term.",
    ),
    "MP214": Code(
        "Unknown name in a sentence",
        "A sentence of a rule uses a name, filter or tag that templates do not offer.",
        "See docs/templates.md for what may be used.",
    ),
    "MP215": Code(
        "Scale not whole",
        "The rubric has not the levels 0-4, or the bounds are missing or out of order.",
        "Complete the scale.",
    ),
    "MP216": Code("Rule without remedy", "A gap or threat asks for no programme.", "Name at least one programme."),
    "MP217": Code(
        "Example beside the point",
        "An example sets something that the rule does not look at.",
        "Correct the id in the example.",
    ),
    "MP218": Code(
        "Figure not certain",
        "A sentence prints a level, value or rubric that the condition does not guarantee to be known.",
        "Print only what the condition looks at.",
    ),
    "MP219": Code("Without a source", "An official figure or scale names no source.", "Name where it comes from."),
    # --- cities ---
    "MP301": Code("Column missing", "The public table of regions lacks a column.", "Restore the table."),
    "MP302": Code("Row not readable", "A row of the public table is incomplete or not a number.", "Correct the row."),
    "MP303": Code("Region twice", "A code stands twice in the public table.", "Delete one of the rows."),
    "MP311": Code("No cities", "The workspace holds no city.", "Run 'masterplan init DIR', or go to the workspace."),
    "MP312": Code(
        "No such city",
        "No city of the workspace has this slug, code or name.",
        "Take the name that the message suggests.",
    ),
    "MP313": Code("Name of several cities", "Several cities answer to this name.", "Add 'kota' or 'kabupaten'."),
    "MP314": Code(
        "No assessment", "The city has no assessment.yaml; every indicator is open.", "Write the assessment."
    ),
    "MP315": Code(
        "No such region",
        "The public table has no region of this name or code.",
        "Take the name that the message suggests, or the official code.",
    ),
    "MP316": Code(
        "City exists already",
        "The folder of the city holds something; a new city is never written over it.",
        "Go on with what is there, or rename the folder.",
    ),
    "MP317": Code(
        "No data of a member",
        "The cohort names a region whose folder does not exist yet; --all passes it over.",
        "Begin it with 'masterplan new CODE'.",
    ),
    "MP318": Code(
        "Cohort not usable",
        "A member of the cohort stands twice, or its name cannot be that of a folder.",
        "Correct cities/cohort.yaml.",
    ),
    "MP321": Code(
        "Unknown id in city data",
        "An indicator, fact, agency, trait or other id is not in the content.",
        "Take the id that the message suggests.",
    ),
    "MP322": Code("Mission twice", "Two missions have the same id.", "Rename one."),
    "MP323": Code(
        "Not the official region",
        "Code, name, type or province differ from the public table.",
        "Correct the code or the name.",
    ),
    "MP324": Code("Year out of range", "A year lies in the future of the draft, or before 1990.", "Correct the year."),
    "MP325": Code("Figure out of range", "A figure does not fit its unit or kind.", "Correct the figure or its unit."),
    "MP326": Code(
        "Period", "The period of the RPJMD ends before it begins, or is unusually long.", "Correct the years."
    ),
    "MP327": Code(
        "Unusual budget", "The APBD is far outside of what regions have.", "Write whole rupiah, not millions."
    ),
    "MP328": Code("Picture", "The picture does not exist in the city's folder.", "Put a PNG, JPEG or SVG there."),
    "MP331": Code(
        "Value for a rubric", "A measured value answers an indicator that is judged by rubric.", "Give a level 0-4."
    ),
    "MP332": Code(
        "Level without figure", "A measured indicator is answered by a level only.", "Give the measured value."
    ),
    "MP333": Code(
        "Proof not named", "An answer is called verified but names no document.", "Name it in 'source' or 'link'."
    ),
    "MP341": Code(
        "Programme twice",
        "Two own programmes, or an own one and the catalogue, have the same id.",
        "Take another id, or 'action: override'.",
    ),
    "MP342": Code(
        "Own programme incomplete",
        "An added programme lacks name, place in the framework, kind or lead.",
        "Add what is missing.",
    ),
    "MP343": Code(
        "Decision without reason",
        "Changing or switching off a programme of the catalogue needs a reason.",
        "Write the reason.",
    ),
    "MP351": Code(
        "Text without a place",
        "A file of text/ names a section or a book that does not exist.",
        "Take the id that the message suggests.",
    ),
    "MP352": Code(
        "Front matter",
        "The lines between '---' at the head of a text are not 'section:', 'mode:' and 'book:', or 'mode:' is missing.",
        "Write 'mode: replace', 'before' or 'after', one key a line.",
    ),
    "MP353": Code("Empty text", "A file of text/ holds no text.", "Write it, or delete the file."),
    "MP354": Code("Section of several books", "Several books have a section of this id.", "Say which with 'book: …'."),
    "MP355": Code(
        "Text not usable",
        "A text of the city has an unknown mark, is nested too deep, or replaces what another file replaces.",
        "See the hint of the message.",
    ),
    "MP361": Code(
        "Column of the shortlist missing",
        "The file of candidates lacks a column that content/shortlist.yaml looks at.",
        "Add the column; the header is the first line.",
    ),
    "MP362": Code(
        "Cell of the shortlist not readable",
        "A cell is no number, no 'ya' or 'tidak', or lies outside of its scale; the place counts columns from 1.",
        "Correct the cell; leave it empty where the figure is not known.",
    ),
    "MP363": Code(
        "Candidate unknown or twice",
        "A row has no official code of the public table, or one that stood there before.",
        "Correct the code, or delete the row.",
    ),
    "MP364": Code(
        "Quota not met",
        "Fewer regions of a group could be chosen than its quota asks for.",
        "Invite more regions of the group, or lower the quota.",
    ),
    "MP365": Code(
        "Places left over",
        "Fewer regions can be chosen than there are places.",
        "Look at the reasons in the result, or lower --take.",
    ),
    "MP366": Code(
        "Rules of the shortlist unsound",
        "A scale is upside down, a quota names a group that does not exist, or a text has an unknown name in braces.",
        "Correct content/shortlist.yaml.",
    ),
    # --- templates ---
    "MP401": Code("Template syntax", "A template breaks the grammar of Jinja.", "Correct the template at this line."),
    "MP402": Code(
        "No such template", "A chapter names a template that does not exist.", "Correct the path in content/books.yaml."
    ),
    "MP403": Code(
        "Fault in a template", "A template asks for something that does not exist.", "See docs/templates.md."
    ),
    "MP404": Code("Template failed", "A template could not be rendered.", "See docs/templates.md."),
    "MP405": Code("Lost reference", "A reference points to a block that the book does not hold.", "Correct the id."),
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
        "The file handed in, or a part of it when unpacked, is larger than any book can be.",
        "Make its pictures smaller and save it again.",
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


def diagnostics_page() -> str:
    """Return `docs/diagnostics.md`: every code by stage, in Markdown."""
    lines = [
        "# Diagnostics",
        "",
        "Made from `generator/model/codes.py`; write it anew with `python -m tests.tools.diagnostics_page`.",
        "A message says where (file, line, column), what was found, what was expected, and what to do next.",
        "Errors keep a city from being built; warnings and remarks do not.",
        "",
    ]
    for stage, name in STAGES.items():
        lines += [f"## {name}", "", "| code | title | what it means | what to do |", "|---|---|---|---|"]
        lines += [
            f"| `{code}` | {entry.title} | {entry.explanation} | {entry.hint} |"
            for code, entry in CODES.items()
            if code[2] == stage
        ]
        lines.append("")
    return "\n".join(lines)
