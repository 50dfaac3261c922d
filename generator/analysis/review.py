"""The self-review: each item of the evaluation scored by its measures, on the blocks of the books and on the plan."""

from __future__ import annotations

from generator.analysis.review_books import BOOK_MEASURES
from generator.analysis.review_plan import PLAN_MEASURES
from generator.model.content import CityDossier, Content
from generator.model.evaluation import EvaluationItem, Measure
from generator.model.plan import Plan
from generator.model.review import BookFacts, FamilyReview, ItemReview, Measured, Review


def review(books: tuple[BookFacts, ...], plan: Plan, dossier: CityDossier, content: Content) -> Review:
    """Return the scores of all items of `content/evaluation.yaml`.

    An item's score is its points times the mean of its measures. Items without measures stay open: only the city can
    answer them. Families are in the order of the content, and count only what was computed.
    """
    items = tuple(_item(item, books, plan, dossier, content) for item in content.evaluation.items)
    names = dict.fromkeys((*content.evaluation.families, *(item.family for item in items)))
    return Review(slug=dossier.slug, items=items, families=tuple(_family(name, items) for name in names))


def _item(
    item: EvaluationItem, books: tuple[BookFacts, ...], plan: Plan, dossier: CityDossier, content: Content
) -> ItemReview:
    measured = tuple(_measured(measure, books, plan, dossier, content) for measure in item.measures)
    score = None
    if measured:
        score = round(item.points * sum(result.share for result in measured) / len(measured), 2)
    return ItemReview(item=item.id, family=item.family, points=item.points, score=score, measured=measured)


def _measured(
    measure: Measure, books: tuple[BookFacts, ...], plan: Plan, dossier: CityDossier, content: Content
) -> Measured:
    if measure.kind in BOOK_MEASURES:
        return BOOK_MEASURES[measure.kind](measure, books)
    return PLAN_MEASURES[measure.kind](measure, plan, dossier, content)


def _family(name: str, items: tuple[ItemReview, ...]) -> FamilyReview:
    own = [item for item in items if item.family == name]
    known = [item for item in own if item.score is not None]
    return FamilyReview(
        family=name,
        score=round(sum(item.score or 0.0 for item in known), 2),
        points=sum(item.points for item in known),
        open_items=len(own) - len(known),
    )
