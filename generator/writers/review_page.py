"""The sheet of the self-review, in Indonesian Markdown: items by family with score, evidence and what is lacking."""

from __future__ import annotations

from collections.abc import Mapping

from generator.model.evaluation import Evaluation
from generator.model.review import ItemReview, Measured, Review

_WORDS: Mapping[str, str] = {
    "blocks": "bagian yang terisi",
    "figures": "bagian yang berangka",
    "filled": "bagian tanpa isian terbuka",
    "citations": "sumber yang dikutip",
    "captions": "tabel dan gambar bernomor dan bersumber",
    "sentences": "kalimat yang cukup pendek",
    "shared-figures": "jumlah uang yang sama antarbuku",
    "findings-answered": "kesenjangan yang dijawab program",
    "programs-with": "program yang lengkap",
    "program-kinds": "jenis program yang terwakili",
    "kind-share": "program kebijakan dan kecakapan",
    "prerequisites": "program sesudah prasyaratnya",
    "funds": "sumber dana",
    "kpis-with": "indikator kinerja yang lengkap",
    "kpi-years": "tahun yang bertarget",
    "missions-served": "misi yang dilayani program",
    "quick-wins": "quick win terpilih",
    "quick-win-dimensions": "dimensi dengan quick win",
    "quick-wins-with": "quick win yang lengkap",
    "workshops": "Bimtek terjadwal",
    "indicators-answered": "indikator terjawab",
    "indicators-verified": "indikator berbukti dokumen",
    "areas-scored": "subdimensi bernilai",
    "areas-compared": "subdimensi yang dibandingkan",
    "facts-known": "fakta bersumber",
    "city-states": "keterangan daerah",
}


def page(review: Review, evaluation: Evaluation, city: str) -> str:
    """Return the sheet as Markdown."""
    quality = [family for family in review.families if family.family not in evaluation.weights]
    rest = [family for family in review.families if family.family in evaluation.weights]
    items = {item.id: item for item in evaluation.items}
    open_items = sum(family.open_items for family in review.families)
    lines = [
        f"# Penilaian mandiri draf {_cell(city)}",
        "",
        "Lembar ini dihitung dari isi draf dan rencana dengan butir `content/evaluation.yaml`. Lembar ini bahan kerja, "
        "bukan bagian buku dan bukan nilai resmi.",
        "",
        f"- Mutu rencana: **{_number(sum(family.score for family in quality))}** dari "
        f"{_number(sum(family.points for family in quality))} butir nilai",
        f"- Evaluasi program, bagian yang terhitung: **{_number(sum(family.score for family in rest))}** dari "
        f"{_number(sum(family.points for family in rest))}",
        f"- Butir yang hanya dapat dijawab daerah: {open_items}",
    ]
    for family in review.families:
        own = [item for item in review.items if item.family == family.family]
        name = evaluation.families.get(family.family, family.family)
        lines += [
            "",
            f"## {_cell(name)}: {_number(family.score)} dari {_number(family.points)}",
            "",
            "| Butir | Pertanyaan | Nilai | Yang terhitung | Bukti | Yang menaikkan nilai |",
            "|---|---|--:|---|---|---|",
        ]
        lines += [_row(item, items[item.item].question, items[item.item].improve) for item in own]
    return "\n".join(lines) + "\n"


def _row(item: ItemReview, question: str, improve: str) -> str:
    score = f"{_number(item.score)}/{_number(item.points)}" if item.score is not None else "diisi daerah"
    counted = "; ".join(f"{_WORDS.get(result.kind, result.kind)} {result.note}" for result in item.measured)
    whole = item.score is not None and item.score >= item.points
    return (
        f"| {item.item} | {_cell(question)} | {score} | {_cell(counted) or '–'} | {_evidence(item.measured)} "
        f"| {'–' if whole else _raise(item, improve)} |"
    )


def _evidence(measured: tuple[Measured, ...]) -> str:
    found = dict.fromkeys(name for result in measured for name in result.evidence[:4])
    return ", ".join(_code(name) for name in found) or "–"


def _raise(item: ItemReview, improve: str) -> str:
    lacking = dict.fromkeys(name for result in item.measured if result.share < 1 for name in result.lacking[:4])
    return _cell(improve) + (f" Belum: {', '.join(_code(name) for name in lacking)}" if lacking else "")


def _number(value: float | None) -> str:
    return f"{value or 0.0:.2f}".rstrip("0").rstrip(".").replace(".", ",")


def _cell(text: str) -> str:
    """Return text that stays in its cell and is no markup of Markdown."""
    flat = " ".join(text.split())
    for mark in ("\\", "|", "`", "*", "_", "<", "[", "]"):
        flat = flat.replace(mark, "\\" + mark)
    return flat


def _code(text: str) -> str:
    return "`" + " ".join(text.split()).replace("`", "'").replace("|", "/") + "`"
