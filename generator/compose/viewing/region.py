"""Builds the view of the region: names, leaders, vision, missions, documents, and what its figures make it."""

from __future__ import annotations

from dataclasses import dataclass

from generator.compose.said import Speaker, dated
from generator.compose.tokens import Told, clean, told
from generator.compose.typography import month_name, number
from generator.compose.viewing.programs import Viewing
from generator.compose.views.region import CityView, DocumentView, IdentityView, MissionView, PersonView
from generator.model.city import Person
from generator.model.plan import PLAN_YEARS

_DENSE, _SPARSE = 1000, 100
"""Residents a square kilometre from which a region is dense, and below which it is sparse."""
_LARGE, _SMALL = 1_000_000, 250_000
"""Residents: the bounds of the size classes of `content/priorities.yaml`."""
_MORE_MEN = 105
"""Men to 100 women from which the surplus speaks of workers from elsewhere; births alone give 102 to 106 at birth."""


@dataclass(frozen=True, slots=True)
class RegionViewing:
    """Builds what a book says of the region itself."""

    viewing: Viewing

    @property
    def speaker(self) -> Speaker:
        """The voice of the city."""
        return self.viewing.speaker

    def identity(self) -> IdentityView:
        """Return what rule sentences may say of the region."""
        city = self.speaker.dossier.city
        return IdentityView(
            name=told(city.full_name),
            short_name=told(city.name),
            type=city.type,
            head="wali kota" if city.type == "kota" else "bupati",
            village_term=self._village_term(),
            province=told(clean(city.province)),
        )

    def city(self) -> CityView:
        """Return the view of the region."""
        city, speaker = self.speaker.dossier.city, self.speaker
        is_kota = city.type == "kota"
        traits = {name: self.speaker.content.framework.traits.get(name, name) for name in city.traits}
        years = speaker.plan.roadmap.years
        first, last = years[0].calendar, next(year.calendar for year in years if year.number == PLAN_YEARS[-1])
        assessment = speaker.dossier.assessment
        return CityView(
            name=told(city.full_name),
            short_name=told(city.name),
            type=city.type,
            is_kota=is_kota,
            head="wali kota" if is_kota else "bupati",
            head_title="Wali Kota" if is_kota else "Bupati",
            regulation="Peraturan Wali Kota" if is_kota else "Peraturan Bupati",
            regulation_short="Perwali" if is_kota else "Perbup",
            village_term=self._village_term(),
            province=told(clean(city.province)),
            capital=self._capital(),
            traits=tuple(traits.values()),
            trait={name: name in traits for name in self.speaker.content.framework.traits},
            head_person=self._person(city.leaders.head, f"nama {'wali kota' if is_kota else 'bupati'}", "head"),
            deputy_person=self._person(
                city.leaders.deputy, f"nama wakil {'wali kota' if is_kota else 'bupati'}", "deputy"
            ),
            secretary_person=self._person(city.leaders.secretary, "nama sekretaris daerah", "secretary"),
            vision=self._vision(),
            vision_known=city.vision is not None,
            missions=self._missions(),
            documents=self._documents(),
            rpjmd_period=f"{city.rpjmd.start}–{city.rpjmd.end}",
            rpjmd_regulation=told(clean(city.rpjmd.regulation))
            if city.rpjmd.regulation
            else speaker.missing("nomor peraturan daerah tentang RPJMD", "legal-bureau", "city.yaml: rpjmd.regulation"),
            plan_period=f"{first}–{last}",
            plan_start=str(first),
            plan_end=str(last),
            plan_last=str(years[-1].calendar),
            date=dated(city.date),
            month=told(month_name(city.date)),
            version=city.version,
            rpjmd_end=str(city.rpjmd.end),
            beyond_rpjmd=last > city.rpjmd.end,
            is_dense=self._figure("density") >= _DENSE,
            is_sparse=0 < self._figure("density") < _SPARSE,
            is_large=self._figure("population") >= _LARGE,
            is_small=0 < self._figure("population") < _SMALL,
            more_men=self._ratio("population_male", "population_female", 100) >= _MORE_MEN,
            sex_ratio=self._ratio_words("population_male", "population_female", 100, "rasio jenis kelamin"),
            per_district=self._ratio_words("population", "kecamatan", 1, "rata-rata penduduk per kecamatan"),
            is_sample=assessment.status == "sample",
            assessed_on=dated(assessment.date),
            assessed_by=told(clean(assessment.by))
            if assessment.by
            else speaker.missing("nama tim penilai", "", "assessment.yaml: by"),
        )

    def _missions(self) -> tuple[MissionView, ...]:
        return tuple(
            MissionView(
                id=mission.id,
                text=Told(told(clean(mission.text)).inlines, (f"mission:{mission.id}",), mission.text),
                dimensions=tuple(self.speaker.content.framework.area_name(name) for name in mission.dimensions),
                programs=tuple(
                    self.viewing.program(planned)
                    for planned in self.speaker.plan.scheduled
                    if mission.id in planned.missions
                ),
            )
            for mission in self.speaker.dossier.city.missions
        )

    def _documents(self) -> tuple[DocumentView, ...]:
        def stated(text: str, what: str, who: str, name: str) -> Told:
            return told(clean(text)) if text else self.speaker.missing(what, who, f"city.yaml: documents.{name}")

        return tuple(
            DocumentView(
                name=told(clean(document.name)),
                regulation=stated(document.regulation, "nomor peraturan", "legal-bureau", document.id),
                direction=stated(document.direction, "arah kebijakan yang terkait", "planning", document.id),
            )
            for document in self.speaker.dossier.city.documents
        )

    def _capital(self) -> Told:
        """Return the seat of the government: a kota is its own."""
        city = self.speaker.dossier.city
        if city.capital:
            return told(clean(city.capital))
        return told(city.name) if city.type == "kota" else self.speaker.missing("ibu kota", "planning", "city.yaml")

    def _figure(self, name: str) -> float:
        """Return a fact of the profile as a number; 0 where it is not known or not a number."""
        fact = self.speaker.dossier.facts.get(name)
        value = fact.value if fact is not None else None
        return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else 0.0

    def _ratio(self, upper: str, lower: str, scale: int) -> float:
        below = self._figure(lower)
        return scale * self._figure(upper) / below if below else 0.0

    def _ratio_words(self, upper: str, lower: str, scale: int, what: str) -> Told:
        value = self._ratio(upper, lower, scale)
        reasons = (f"fact:{upper}", f"fact:{lower}")
        if not value:
            return self.speaker.missing(what, "civil-registry", "city.yaml: facts", *reasons)
        return told(number(value), *reasons, raw=value)

    def _village_term(self) -> str:
        """Return what the region has below its districts, in its own words: 'kelurahan', 'kampung', both."""
        return self.speaker.words(self._village_kinds())

    def _village_kinds(self) -> str:
        facts = self.speaker.dossier.facts
        desa, kelurahan = (facts[name].value if name in facts else 0 for name in ("desa", "kelurahan"))
        if desa and kelurahan:
            return "desa dan kelurahan"
        if desa or kelurahan:
            return "desa" if desa else "kelurahan"
        return "kelurahan" if self.speaker.dossier.city.type == "kota" else "desa dan kelurahan"

    def _person(self, person: Person | None, what: str, key: str) -> PersonView:
        if person is None:
            return PersonView(self.speaker.missing(what, "regional-secretary", f"city.yaml: leaders.{key}"), False)
        return PersonView(told(clean(person.name), f"leader:{key}"), True)

    def _vision(self) -> Told:
        vision = self.speaker.dossier.city.vision
        if vision is None:
            return self.speaker.missing("visi daerah dalam RPJMD", "planning", "city.yaml: vision")
        return told(clean(vision.text), "vision")
