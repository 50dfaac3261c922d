"""A draft judged as an evaluator would judge it, and the sheet that says so."""

from __future__ import annotations

from pathlib import Path

from generator.analysis.review import review
from generator.build import Draft
from generator.compose.summary import summarise
from generator.kept import write_kept
from generator.model.review import Review
from generator.status import REVIEW, review_json
from generator.storage import locked, write_whole
from generator.writers.review_page import page

SHEET = "penilaian-mandiri.md"


def review_draft(draft: Draft) -> Review:
    """Return the scores of a prepared draft."""
    books = tuple(summarise(document) for document in draft.composed.documents)
    return review(books, draft.plan, draft.dossier, draft.content)


def write_sheet(draft: Draft, found: Review, out: Path) -> Path:
    """Write the sheet into the city's folder below `out`, beside the books and not into them; return its path.

    The score lies beside it as JSON, for `masterplan status`.

    Raises `BusyError` while a build of the city runs, `EditedError` where somebody wrote in the sheet, `StorageError`
    where the folder cannot be written.
    """
    folder = out / draft.dossier.slug
    with locked(folder):
        sheet = page(found, draft.content.evaluation, draft.dossier.city.full_name).encode()
        write_kept(folder / SHEET, sheet, out, within=folder)
        write_whole(folder / REVIEW, review_json(found.score, found.points, draft.build_id))
    return folder / SHEET
