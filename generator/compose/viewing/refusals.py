"""Why something is not in the plan, in words: programmes that are not scheduled, quick wins that are refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from generator.compose.said import Speaker
from generator.compose.tokens import NOTHING, Told, clean, told
from generator.compose.typography import joined, number, rupiah
from generator.model.plan import PlannedProgram

REFUSALS = {
    "not-scheduled": "programnya belum terjadwal",
    "starts-late": "dimulai sesudah tahun pertama",
    "months": "waktu pelaksanaannya terlalu lama",
    "new-infrastructure": "memerlukan infrastruktur baru",
    "no-running-service": "tidak mempertajam layanan yang sudah berjalan",
    "least-score": "nilai rata-rata di bawah batas",
    "surplus": "memenuhi syarat, tetapi nilainya di bawah quick win yang terpilih",
}
"""Conditions that a quick win must meet besides the items of its list, by id, as words for why it was refused."""

_CAUSES = {
    "capacity": "karena kemampuan memulai",
    "opd-load": "karena kemampuan memulai",
    "ceiling": "karena pagu",
    "duration": "karena prasyaratnya belum siap",
    "prerequisite": "karena prasyaratnya belum siap",
    "outside-period": "karena waktunya di luar masa rencana",
}
"""Reason of a programme that is not scheduled -> the cause under which it is counted."""


def causes(unfunded: Iterable[PlannedProgram]) -> Told:
    """Return how many programmes are left out for which cause, the most frequent first; nothing where none is."""
    counts = Counter(_CAUSES[entry.why.code] for entry in unfunded if entry.why and entry.why.code in _CAUSES)
    if len(counts) == 1:
        return told(f"seluruhnya {next(iter(counts))}")
    parts = [f"{number(count)} {words}" for words, count in counts.most_common()]
    return told(joined(parts)) if parts else NOTHING


def why_not(speaker: Speaker, planned: PlannedProgram) -> Told:
    """Return in a sentence why a programme is not scheduled; nothing for a scheduled one."""
    why = planned.why
    if why is None:
        return NOTHING
    reason = f"program:{planned.id}"
    by_id = {entry.id: entry for entry in speaker.plan.programs}
    detail = clean(why.detail)
    if why.code in ("opd-load",):
        detail = speaker.opd_short(detail)
    if detail in by_id:
        detail = f"{by_id[detail].code} {by_id[detail].name}".strip()
    elif detail in speaker.content.programs:
        detail = speaker.content.programs[detail].name
    words = {
        "ceiling": "pagu tahunan dipakai atau disediakan bagi program yang lebih mendesak",
        "capacity": "kemampuan memulai program dipakai atau disediakan bagi program yang lebih mendesak",
        "opd-load": f"kemampuan {detail} dipakai atau disediakan bagi program yang lebih mendesak",
        "duration": f"prasyaratnya ({detail}) belum siap sebelum tahun ke-5 berakhir",
        "prerequisite": f"prasyaratnya belum masuk rencana: {detail}",
        "own-decision": f"daerah memutuskan tidak melaksanakannya: {detail}",
        "outside-period": "waktunya berada di luar masa rencana",
    }[why.code]
    if why.needed is not None:
        words += f"; masuk bila pagu mencapai {rupiah(why.needed)}"
    return told(words, reason)
