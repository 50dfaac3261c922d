"""The sentences of rules, rendered for one city."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from generator.compose.environment import TemplateEnvironment, TemplateFailedError, render_snippet
from generator.compose.markdown.bounds import BoundsError
from generator.compose.markdown.runs import inline_runs
from generator.compose.tokens import Told
from generator.model.diagnostics import Diagnostic, Place, Severity
from generator.model.rules import Rule


@dataclass(slots=True)
class Sentences:
    """Renders rule sentences with the functions of a `Speaker`; one that fails is a diagnostic and is left out."""

    environment: TemplateEnvironment
    context: Mapping[str, object]
    places: Mapping[str, Place]
    diagnostics: list[Diagnostic] = field(default_factory=list)
    cache: dict[tuple[str, str], Told] = field(default_factory=dict)

    def say(self, rule: Rule, part: str) -> Told:
        """Return one sentence ('finding', 'ideal', 'cause', 'consequence') of a rule; it states the finding."""
        key = (rule.id, part)
        if key not in self.cache:
            self.cache[key] = self._render(rule, str(getattr(rule, part)))
        return self.cache[key]

    def _render(self, rule: Rule, source: str) -> Told:
        reason = f"finding:{rule.id}"
        if not source:
            return Told((), (reason,), None)
        try:
            value = inline_runs(render_snippet(self.environment, source, rule.id, self.context))
        except (TemplateFailedError, BoundsError) as error:
            place = self.places.get(rule.id, Place(f"content/rules/{rule.dimension}/{rule.id}.yaml"))
            if isinstance(error, BoundsError):
                fault = Diagnostic("MP403", Severity.ERROR, place, error.message, error.hint)
            else:
                fault = replace(error.diagnostic, place=place)
            self.diagnostics.append(fault)
            return Told((), (reason,), None)
        return Told(value.inlines, (reason, *value.because), value.raw)
