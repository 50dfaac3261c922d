"""Write the example of the 165/117/75 funnel: `python -m tests.tools.make_shortlist`.

`content/examples/shortlist-2018.csv` holds 165 real regions, among them the sample cohort, with invented figures; every
row says so. The figures are drawn around the place that the region holds among all regions of the public table (see
`sample_assessment.standing`), so that the example looks plausible. They say nothing about the real choice of 2018.
"""

from __future__ import annotations

import csv
import sys
from io import StringIO
from random import Random

from generator.model.region import Region
from generator.sources.content import load_content
from tests.tools.make_cohort import entries
from tests.tools.sample_assessment import WORKSPACE, standing

FILE = WORKSPACE / "content" / "examples" / "shortlist-2018.csv"
INVITED = 165
INDICES = ("kinerja", "keberlanjutan", "kota_hijau", "keuangan")
READINESS = ("infrastruktur", "suprastruktur", "visi")
MARK = "DATA CONTOH: angka rekaan"


def invited(regions: dict[str, Region]) -> list[Region]:
    """Return the sample cohort and further regions drawn by seed, in the order of their codes."""
    own = {entry["region"] for _, entry in entries()}
    others = [code for code, region in regions.items() if code not in own and "Administrasi" not in region.name]
    drawn = Random("undangan").sample(sorted(others), INVITED - len(own))
    return [regions[code] for code in sorted([*own, *drawn])]


def row(region: Region, place: float) -> dict[str, str]:
    """Return one row; some figures are missing, some regions sent no letter or did not come."""
    draw = Random(f"{region.code}/seleksi")
    figures = {name: f"{min(98, max(12, draw.gauss(38 + 38 * place, 9))):.1f}" for name in (*INDICES, *READINESS)}
    if draw.random() < 0.06:
        figures["kota_hijau"] = ""
    letter, came = draw.random() > 0.07, draw.random() > 0.04
    if not came:
        figures |= dict.fromkeys(READINESS, "")
    return {
        "kode": region.code,
        "nama": region.full_name,
        "surat_minat": "ya" if letter else "tidak",
        **{name: figures[name] for name in INDICES},
        "hadir": "ya" if came else "tidak",
        **{name: figures[name] for name in READINESS},
        "keterangan": MARK,
    }


def main() -> int:
    """Write the file; return the exit code."""
    content, found = load_content(WORKSPACE)
    if content is None:
        print(*found, sep="\n")
        return 1
    everywhere = list(content.regions.values())
    rows = [row(region, standing(region, everywhere)) for region in invited(dict(content.regions))]
    text = StringIO()
    writer = csv.DictWriter(text, rows[0], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(text.getvalue(), encoding="utf-8")
    print(FILE)
    return 0


if __name__ == "__main__":
    sys.exit(main())
