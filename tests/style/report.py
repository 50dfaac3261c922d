"""Print every breach of style: `python -m tests.style.report WORKSPACE CITY …`."""

from __future__ import annotations

import sys
from pathlib import Path

from generator.build import prepare_with
from generator.sources.content import load_content
from tests.style import checks


def main(root: Path, cities: list[str]) -> None:
    """Write the breaches to standard output, one a line."""
    content, found = load_content(root)
    if content is None:
        sys.stdout.write("".join(f"{item}\n" for item in found))
        return
    words = checks.words_of(root, content)
    ids = checks.ids_of(content)
    faults = [*checks.check_templates(root, words), *checks.check_content(root)]
    for slug in cities:
        draft, _ = prepare_with(root, slug, content)
        for document in draft.composed.documents if draft else ():
            faults += checks.check_document(document, words, ids)
            sys.stdout.write(f"{slug} {document.id}: median sentence {checks.median_sentence(document):.0f} words\n")
    for fault in dict.fromkeys(faults):
        sys.stdout.write(f"{fault}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
