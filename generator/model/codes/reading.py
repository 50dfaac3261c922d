"""Codes of what is read: files, schema, content, cities and templates."""

from __future__ import annotations

from collections.abc import Mapping

from generator.model.codes.entry import Code

READING: Mapping[str, Code] = {
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
    "MP204": Code(
        "Too many files",
        "A folder holds too many files, or is nested too deep.",
        "Move files up, or into several workspaces.",
    ),
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
    "MP220": Code(
        "Wording not usable",
        "A wording of content/planning.yaml does not say where it holds, or a phrase of it is not made of whole words.",
        "Name 'without' or 'codes', and write phrases as whole words.",
    ),
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
    "MP324": Code(
        "Year out of range",
        "A year lies in the future of the draft, or outside of 1990-2100.",
        "Correct the year.",
    ),
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
    "MP334": Code(
        "Two values of one figure",
        "Two indicators ask for the same profile fact, or city.yaml states it too, and the values of one year differ.",
        "Correct one of the two, or the year of one.",
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
}
