# ruff: noqa: E501
"""A tiny, whole workspace for tests: one dimension, two indicators, two rules, two programmes, one city."""

from __future__ import annotations

from pathlib import Path

FILES: dict[str, str] = {
    "content/framework.yaml": """\
id: tiny
name: Kerangka kecil
programme: Program kecil
ministry_lines: [Satu]
dimensions:
  - id: one
    name: Satu
    code: S
    subdimensions:
      - {id: part, name: Bagian, initiatives: [{id: area, name: Bidang}]}
readiness:
  - id: ready
    name: Kesiapan
    code: R
    subdimensions: [{id: base, name: Dasar}]
horizons: [{id: short, name: pendek, years: 1}]
levels: [{level: 0, name: belum, meaning: belum ada}]
kinds: {policy: Kebijakan, application: Aplikasi}
bodies: [{id: council, name: Dewan, role: memutuskan}]
traits: {coastal: daerah pesisir}
look: {tones: {ink: "000000"}, levels: [A, B, C, D, E]}
""",
    "content/books.yaml": """\
books:
  - id: book
    file_name: Buku
    title: Buku
    subtitle: Kecil
    subject: Uji
    chapters:
      - {id: start, title: Awal, template: start.md.j2}
""",
    "content/planning.yaml": """\
default_smart_city_share: 0.01
share_note: parameter uji
cost_units:
  region: {name: daerah}
size_factors: [{population_below: null, factor: 1.0}]
funds: {apbd: {name: APBD, under_ceiling: true}}
""",
    "content/opd.yaml": """\
opd:
  - {id: planning, name: Bappeda, short: Bappeda, function: perencanaan}
""",
    "content/roles.yaml": """\
roles:
  - {id: mentor, name: Pendamping, side: mentor, task: mendampingi}
""",
    "content/mentoring.yaml": """\
min_months: 1
max_months: 9
steps:
  - {id: first, name: Pertama, kind: workshop, raci: {mentor: A}}
  - {id: second, name: Kedua, kind: review, after: [first], raci: {mentor: R}}
""",
    "content/regulations.yaml": """\
regulations:
  - {id: uu-1-2020, kind: Undang-Undang, number: "1", year: 2020, title: Uji, short: UU 1/2020, status: in-force, as_of: 2025, cited_for: uji, level: law}
  - {id: uu-2-2000, kind: Undang-Undang, number: "2", year: 2000, title: Lama, short: UU 2/2000, status: repealed, repealed_by: uu-1-2020, as_of: 2025, cited_for: uji, level: law}
""",
    "content/facts/general.yaml": """\
facts:
  - {id: population, name: Jumlah penduduk, unit: jiwa, column: population, column_year: 2025, column_source: Tabel 2025}
  - {id: area_km2, name: Luas wilayah, unit: km², decimals: 1, column: area_km2, column_year: 2024, column_source: Tabel 2024}
  - {id: density, name: Kepadatan, unit: jiwa/km², derive: {how: ratio, of: [population, area_km2]}}
  - {id: villages, name: Kelurahan dan desa, derive: {how: sum, of: [kelurahan, desa]}}
  - {id: kelurahan, name: Kelurahan, column: kelurahan, column_year: 2025, column_source: Tabel 2025}
  - {id: desa, name: Desa, column: desa, column_year: 2025, column_source: Tabel 2025}
  - {id: access, name: Akses air, unit: "%", direction: higher}
  - {id: portal, name: Ada portal, kind: yes-no}
  - {id: note, name: Catatan, kind: text}
""",
    "content/instrument/one.yaml": """\
indicators:
  - id: one-01
    dimension: one
    subdimension: part
    initiative: area
    name: Layanan
    definition: Sejauh mana layanan berjalan.
    kind: level
    levels: {0: belum, 1: awal, 2: sebagian, 3: luas, 4: penuh}
    supplied_by: [planning]
    references: [uu-1-2020]
    source: uji
  - id: one-02
    dimension: one
    subdimension: part
    name: Akses air
    definition: Rumah tangga dengan air minum layak.
    kind: value
    unit: "%"
    levels: {0: belum, 1: awal, 2: sebagian, 3: luas, 4: penuh}
    thresholds: {bounds: [40, 60, 80, 95], basis: target, year: 2024, note: target uji}
    fact: access
    publisher: BPS
    source: uji
""",
    "content/rules/one/one-low.yaml": """\
id: one-low
title: Layanan masih rendah
dimension: one
subdimension: part
when:
  all:
    - below: {indicator: one-01, level: 3}
    - below: {indicator: one-02, value: 80}
finding: >-
  {{ city.name }} berada pada level {{ level("one-01") }}, sedangkan akses air baru {{ value("one-02") | sourced }}.
because: [uu-1-2020]
remedy: [prg-one]
examples:
  fires:
    - {name: rendah, levels: {one-01: 1}, values: {one-02: 50}}
  silent:
    - {name: tinggi, levels: {one-01: 4}, values: {one-02: 50}}
""",
    "content/rules/one/one-coast.yaml": """\
id: one-coast
title: Daerah pesisir
dimension: one
subdimension: part
kind: threat
when: {trait: coastal}
finding: Daerah pesisir dengan {{ fact.population }} menghadapi rob.
remedy: [prg-one]
examples:
  fires: [{name: pesisir, traits: [coastal]}]
  silent: [{name: daratan, traits: [kota]}]
""",
    "content/programs/one/prg-base.yaml": """\
id: prg-base
name: Dasar
dimension: one
subdimension: part
kind: policy
aim: Dasar tersedia.
description: Menetapkan dasar layanan.
activities: {1: [Menyusun dasar]}
outputs: [{kpi: Dokumen, unit: dokumen, measure: arsip, targets: {1: "1"}}]
lead: planning
cost: {one_off: {low: 50_000_000, high: 100_000_000, basis: penyusunan}, source: perkiraan}
funds: [apbd]
duration_years: 1
risks: [{risk: terlambat, likelihood: low, impact: low, mitigation: dijadwalkan}]
""",
    "content/programs/one/prg-one.yaml": """\
id: prg-one
name: Layanan satu
dimension: one
subdimension: part
kind: application
aim: Layanan berjalan.
description: Membangun layanan.
activities: {2: [Membangun layanan], 3: [Memperluas layanan]}
outputs:
  - {kpi: Akses, unit: "%", measure: survei, baseline: {fact: access}, targets: {1: "+5", 3: "+10", 5: "95"}}
lead: planning
cost: {one_off: {low: 50_000_000, high: 100_000_000, basis: aplikasi}, source: perkiraan}
funds: [apbd]
duration_years: 2
requires: [prg-base]
references: [uu-1-2020]
risks: [{risk: terlambat, likelihood: low, impact: low, mitigation: dijadwalkan}]
""",
    "content/regions/kabupaten_kota.csv": """\
code,type,name,province_code,province,area_km2,population,kelurahan,desa
99.01,Kota,Contoh,99,Contoh Raya,100.0,250000,20,0
99.02,Kabupaten,Contoh,99,Contoh Raya,900.5,0,2,80
""",
    "templates/start.md.j2": "# Awal\n",
    "cities/kota-contoh/city.yaml": """\
code: "99.01"
name: Contoh
type: kota
province: Contoh Raya
traits: [coastal]
rpjmd: {start: 2025, end: 2029}
missions: [{id: m1, text: Misi satu, dimensions: [one]}]
facts:
  access: {value: 71.5, year: 2024, source: Dinas Contoh 2024}
opd: {planning: Bappeda Kota Contoh}
budget: {apbd: 1_500_000_000_000, year: 2026, source: APBD 2026}
mentoring: {start: 2026-03-02}
date: 2026-02-27
""",
    "cities/kota-contoh/assessment.yaml": """\
status: sample
date: 2026-02-16
answers:
  one-01: {level: 2, year: 2025, source: contoh, evidence: verified}
""",
    "cities/kota-contoh/text/penutup.md": "Penutup *kota*.\r\n",
}
CONTENT_NEEDED = ("framework", "books", "planning", "opd", "roles", "mentoring")


def lay(folder: Path, priorities: str, **changes: str) -> Path:
    """Write the tiny workspace; `changes` replace files by path, with '__' for '/' and without '.yaml'."""
    replaced = {name.replace("__", "/") + ".yaml": text for name, text in changes.items()}
    for name, text in {**FILES, "content/priorities.yaml": priorities, **replaced}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    return folder


def edit(folder: Path, name: str, old: str, new: str) -> None:
    """Replace a piece of a file, which has to be there."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
