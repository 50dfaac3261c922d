"""What the mentoring asks for next. Pure: the day comes from outside."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from generator.model.status import Stage, Step


def stage_at(steps: Sequence[Step], day: date) -> Stage:
    """Return where the calendar stands on a day, and the next date on which something has to be there.

    Due are what is handed in before a step, the beginning of a step, and the end of one that runs.
    """
    running = [step for step in steps if step.start <= day <= step.end]
    ended = [step for step in steps if step.end < day]
    now = ", ".join(step.name for step in running) or (max(ended, key=lambda step: step.end).name if ended else "")
    coming = [(step.end, 2, f"{step.name} ends") for step in running]
    for step in steps:
        if step.inputs_due is not None and step.inputs_due >= day and step.start > day:
            count = len(step.inputs)
            coming.append((step.inputs_due, 0, f"{count} input{'s' if count != 1 else ''} for {step.name}"))
        if step.start > day:
            coming.append((step.start, 1, f"{step.name} begins"))
    if not coming:
        return Stage(now=now, running=bool(running))
    due, _, what = min(coming)
    return Stage(now=now, running=bool(running), due=due, what=what)
