"""How complete the data of a city are, how sure, and how faulty."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from generator.analysis.mentoring import calendar
from generator.analysis.planning import score_city
from generator.model.content import CityDossier, Content
from generator.model.diagnostics import Diagnostic, Place, Severity
from generator.model.scorecard import READINESS
from generator.model.status import Known, Step


def known_of(dossier: CityDossier, content: Content, diagnostics: Iterable[Diagnostic]) -> Known:
    """Return what the data of a city say, with the count of what is wrong in them."""
    card = score_city(dossier, content)
    areas = [*(dimension.id for dimension in content.framework.dimensions), READINESS]
    place = dossier.places.get("mentoring", Place(f"cities/{dossier.slug}/city.yaml"))
    dates, amiss = calendar(dossier.city.mentoring.start, content.mentoring, place)
    answered = [rated for rated in card.rated.values() if rated.level is not None]
    known = Known(
        slug=dossier.slug,
        code=dossier.city.code,
        name=dossier.city.full_name,
        assessment=dossier.assessment.status,
        completeness={area: card.scores[area].coverage for area in areas},
        complete=len(answered) / len(card.rated) if card.rated else None,
        confidence=sum(rated.confidence for rated in answered) / len(answered) if answered else None,
        steps=tuple(
            Step(
                id=event.id,
                name=event.name,
                start=event.start,
                end=event.end,
                inputs_due=event.inputs_due,
                inputs=event.inputs,
            )
            for event in dates.events
        ),
    )
    return _counted(known, [*diagnostics, *amiss.found])


def unknown(slug: str, code: str, name: str, diagnostics: Iterable[Diagnostic]) -> Known:
    """Return the row of a city whose data cannot be used."""
    return _counted(Known(slug=slug, code=code, name=name), diagnostics)


def _counted(known: Known, diagnostics: Iterable[Diagnostic]) -> Known:
    found = list(diagnostics)
    errors = [item for item in found if item.severity is Severity.ERROR]
    return replace(
        known,
        errors=len(errors),
        warnings=sum(item.severity is Severity.WARNING for item in found),
        first_error=f"{errors[0].place}: {errors[0].message}" if errors else "",
    )
