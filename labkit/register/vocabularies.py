"""The words that records may use, in Dutch and English; "unknown" is one: somebody looked, and it is not known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from labkit.errors import UnknownNameError
from labkit.language import did_you_mean, t
from labkit.names import fold, nearest
from labkit.texts import Text

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Term:
    """One value of a vocabulary.

    Attributes
    ----------
    id, nl, en : str
        What stands in a record, and what a reader sees.
    standard : str
        The term of a standard, such as "schema:funder"; "" where none fits.
    group : str
        The id of the wider term that it falls under, such as the sector of a theme; else "".
    sign : str
        One or two letters that tell it apart where there is no room for the word; else "".
    """

    id: str
    nl: str
    en: str
    standard: str = ""
    group: str = ""
    sign: str = ""

    def label(self, language: str | None = None) -> str:
        """Return the label in a language; the current one if left out."""
        return Text(nl=self.nl, en=self.en)(language)


@dataclass(frozen=True)
class Vocabulary:
    """A list of terms in the order in which they are shown.

    Examples
    --------
    >>> THEMES.label("loneliness", "nl")
    'Eenzaamheid'
    >>> THEMES["lonelyness"]
    Traceback (most recent call last):
        ...
    labkit.errors.UnknownNameError: There is no theme "lonelyness". Did you mean loneliness?
    """

    name: str
    terms: tuple[Term, ...]
    standard: str = ""
    names: Text = Text()  # noqa: RUF009 - a frozen pair of texts
    _by_id: dict[str, Term] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {term.id: term for term in self.terms})

    def __iter__(self) -> Iterator[Term]:
        return iter(self.terms)

    def __len__(self) -> int:
        return len(self.terms)

    def __contains__(self, id: object) -> bool:
        return id in self._by_id

    def __getitem__(self, id: str) -> Term:
        if id in self._by_id:
            return self._by_id[id]
        near = self.near(id)
        hint = did_you_mean(near) if near else t("Choose from {names}.", names=", ".join(self.ids))
        raise UnknownNameError(t('There is no {name} "{id}". {hint}', name=self.name, id=id, hint=hint), near)

    @property
    def ids(self) -> tuple[str, ...]:
        """What may stand in a record."""
        return tuple(self._by_id)

    def label(self, id: str, language: str | None = None) -> str:
        """Return the label of a value."""
        return self[id].label(language)

    def near(self, text: str) -> list[str]:
        """Return the ids that a text probably means: by id or by label in either language, best first.

        Examples
        --------
        >>> THEMES.near("eenzaamheid")
        ['loneliness']
        """
        owners: dict[str, str] = {}
        for term in self.terms:
            for name in (term.id, term.nl, term.en):
                owners.setdefault(name, term.id)
        exact = [id for name, id in owners.items() if fold(name) == fold(str(text))]
        return list(dict.fromkeys(exact or [owners[name] for name in nearest(str(text), owners)]))


def _vocabulary(name: str, *terms: tuple[str, ...], standard: str = "", unknown: bool = True) -> Vocabulary:
    made = [Term(*term) for term in terms]
    if unknown:
        made.append(Term(UNKNOWN, "onbekend", "unknown"))
    en, _, nl = name.partition("|")
    return Vocabulary(en, tuple(made), standard, Text(nl=nl, en=en))


SECTORS = _vocabulary(
    "sector of themes|sector van thema's",
    ("care_welfare", "Zorg en welzijn", "Care and welfare"),
    ("safety", "Veiligheid", "Safety"),
    ("sustainability", "Duurzaamheid", "Sustainability"),
    unknown=False,
)
#: The twelve themes; the group of each is the sector of policy under which it falls.
THEMES = _vocabulary(
    "theme|thema",
    ("loneliness", "Eenzaamheid", "Loneliness", "", "care_welfare", "Ee"),
    ("poverty_debt", "Armoede en schulden", "Poverty and debt", "", "care_welfare", "Ar"),
    ("health_lifestyle", "Gezondheid en leefstijl", "Health and lifestyle", "", "care_welfare", "Ge"),
    ("ehealth", "eHealth", "eHealth", "", "care_welfare", "eH"),
    ("social_cohesion", "Sociale samenhang", "Social cohesion", "", "care_welfare", "So"),
    ("safety", "Veiligheid", "Safety", "", "safety", "Ve"),
    ("youth_education", "Jeugd en onderwijs", "Youth and education", "", "care_welfare", "Ju"),
    ("work_inclusion", "Werk en meedoen", "Work and inclusion", "", "care_welfare", "We"),
    ("sustainability_energy", "Duurzaamheid en energie", "Sustainability and energy", "", "sustainability", "En"),
    ("circular_economy", "Circulaire economie", "Circular economy", "", "sustainability", "Ci"),
    ("biodiversity_green", "Biodiversiteit en groen", "Biodiversity and green", "", "sustainability", "Gr"),
    ("culture_heritage", "Cultuur en erfgoed", "Culture and heritage", "", "care_welfare", "Cu"),
    standard="schema:about",
    unknown=False,
)
#: What may stand in a record: a theme, or that it is not known.
_UNKNOWN_THEME = Term(UNKNOWN, "Onbekend", "Unknown", "", "", "?")
THEMES_OR_UNKNOWN = Vocabulary(THEMES.name, (*THEMES, _UNKNOWN_THEME), THEMES.standard, THEMES.names)
VISIBILITY = _vocabulary(
    "visibility|zichtbaarheid",
    ("public", "openbaar", "public", "COAR:open access"),
    ("partners", "alleen partners", "partners only", "COAR:restricted access"),
    ("private", "besloten", "private", "COAR:metadata only access"),
    standard="schema:conditionsOfAccess",
    unknown=False,
)
SCOPES = _vocabulary(
    "scope|bereik",
    ("areas", "een of meer gebieden", "one or more areas"),
    ("city", "de hele stad", "the whole city"),
    ("region", "de regio", "the region"),
    ("elsewhere", "elders", "elsewhere"),
    standard="schema:spatialCoverage",
)
ASKERS = _vocabulary(
    "kind of asker|soort vrager",
    ("resident", "bewoner", "resident"),
    ("municipality", "gemeente", "municipality"),
    ("civil_society", "maatschappelijke organisatie", "civil-society organisation"),
    ("company", "bedrijf", "company"),
    ("school", "school", "school"),
    ("knowledge", "kennisinstelling", "knowledge institution"),
    ("association", "vereniging", "association"),
    ("government", "andere overheid", "other government body"),
    standard="schema:audienceType",
)
#: Forms of education in which a question can be taken up; the kinds of an offer.
FORMS = _vocabulary(
    "form of education|vorm van onderwijs",
    ("thesis", "scriptie", "thesis"),
    ("internship", "stage", "internship"),
    ("graduation", "afstudeeropdracht", "graduation project"),
    ("course", "vakopdracht", "course assignment"),
    ("minor", "minor", "minor"),
    ("honours", "honours", "honours"),
    ("challenge", "challenge", "challenge"),
    ("doctoral", "promotie", "doctoral research"),
    standard="schema:educationalUse",
)
PROJECT_KINDS = _vocabulary(
    "kind of project|soort project",
    *((term.id, term.nl, term.en) for term in FORMS if term.id != UNKNOWN),
    ("initiative", "initiatief", "initiative"),
    ("research", "onderzoek", "research"),
    ("citizen_science", "burgerwetenschap", "citizen science"),
    ("location", "plek in de wijk", "place in the neighbourhood"),
    standard="cerif:Type",
)
QUESTION_STATUS = _vocabulary(
    "status of a question|status van een vraag",
    ("new", "nieuw", "new"),
    ("refined", "aangescherpt", "refined"),
    ("matched", "gekoppeld", "matched"),
    ("running", "loopt", "running"),
    ("answered", "beantwoord", "answered"),
    ("parked", "geparkeerd", "parked"),
    ("withdrawn", "ingetrokken", "withdrawn"),
    standard="cerif:Status",
)
OFFER_STATUS = _vocabulary(
    "status of an offer|status van aanbod",
    ("open", "open", "open"),
    ("full", "vol", "full"),
    ("closed", "gesloten", "closed"),
    standard="cerif:Status",
)
PROJECT_STATUS = _vocabulary(
    "status of a project|status van een project",
    ("planned", "gepland", "planned"),
    ("running", "loopt", "running"),
    ("finished", "afgerond", "finished"),
    ("stopped", "gestopt", "stopped"),
    standard="cerif:Status",
)
LEVELS = _vocabulary(
    "level of education|onderwijsniveau",
    ("po", "basisonderwijs", "primary education"),
    ("vo", "voortgezet onderwijs", "secondary education"),
    ("mbo", "mbo", "vocational education (mbo)"),
    ("hbo", "hbo", "university of applied sciences (hbo)"),
    ("wo_bachelor", "universiteit, bachelor", "university, bachelor"),
    ("wo_master", "universiteit, master", "university, master"),
    ("wo", "universiteit, niveau niet genoemd", "university, level not stated"),
    ("phd", "promovendus", "doctoral candidate"),
    ("staff", "medewerkers", "staff"),
    ("volunteers", "vrijwilligers", "volunteers"),
    standard="schema:educationalLevel",
)
METHODS = _vocabulary(
    "method|methode",
    ("interview", "interview", "interview"),
    ("survey", "enquête", "survey"),
    ("observation", "observatie", "observation"),
    ("data", "data-analyse", "data analysis"),
    ("design", "ontwerp", "design"),
    ("experiment", "experiment", "experiment"),
    ("literature", "literatuur", "literature"),
    ("other", "anders", "other"),
    standard="schema:measurementTechnique",
    unknown=False,
)
PARTICIPATION = _vocabulary(
    "participation|vorm van meedoen",
    ("none", "geen", "none"),
    ("informed", "geïnformeerd", "informed"),
    ("consulted", "geraadpleegd", "consulted"),
    ("involved", "betrokken", "involved"),
    ("cocreated", "samen gemaakt", "co-created"),
    ("led", "door bewoners geleid", "led by residents"),
    standard="IAP2 spectrum of public participation",
)
ROLES = _vocabulary(
    "role of a partner|rol van een partner",
    ("asker", "vrager", "asker"),
    ("client", "opdrachtgever", "client", "cerif:Partner"),
    ("host", "gastheer", "host", "cerif:InKindContributor"),
    ("supervisor", "begeleider", "supervisor"),
    ("executing", "uitvoerder", "executing", "cerif:Coordinator"),
    ("funder", "financier", "funder", "schema:funder"),
    ("data_provider", "leverancier van data", "data provider", "cerif:InKindContributor"),
    ("participant", "deelnemer", "participant", "cerif:Member"),
    standard="cerif:Consortium",
)
ETHICS = _vocabulary(
    "ethics route|ethische toets",
    ("not_needed", "niet nodig", "not needed"),
    ("faculty", "facultaire commissie", "faculty committee"),
    ("nwmo", "niet-WMO-toets", "review outside the WMO (nWMO)"),
    ("wmo", "METC (WMO)", "medical ethics committee (WMO)"),
    standard="schema:ethicsPolicy",
)
DATA_CLASSES = _vocabulary(
    "class of personal data|klasse persoonsgegevens",
    ("none", "geen persoonsgegevens", "no personal data"),
    ("ordinary", "gewone persoonsgegevens", "ordinary personal data"),
    ("special", "bijzondere persoonsgegevens", "special personal data"),
)
DPIA = _vocabulary(
    "state of the DPIA|stand van de DPIA",
    ("not_needed", "niet nodig", "not needed"),
    ("pending", "in behandeling", "pending"),
    ("done", "gedaan", "done"),
)
CONSENT = _vocabulary(
    "kind of consent|soort toestemming",
    ("none", "geen", "none"),
    ("written", "schriftelijk", "written"),
    ("digital", "digitaal", "digital"),
    ("parental", "ook van de ouders", "parents as well"),
)
EHEALTH_PHASES = _vocabulary(
    "phase of evidence|fase van bewijs",
    ("idea", "idee", "idea"),
    ("feasibility", "haalbaarheid", "feasibility"),
    ("effect", "effect", "effect"),
    ("implementation", "invoering", "implementation"),
)
PARTNER_KINDS = _vocabulary(
    "kind of partner|soort partner",
    ("municipality", "gemeente", "municipality", "schema:GovernmentOrganization"),
    ("region", "regio of provincie", "region or province", "schema:GovernmentOrganization"),
    ("ministry", "ministerie of rijksdienst", "ministry or national agency", "schema:GovernmentOrganization"),
    ("university", "universiteit", "university", "schema:CollegeOrUniversity"),
    ("hogeschool", "hogeschool", "university of applied sciences", "schema:CollegeOrUniversity"),
    ("mbo", "mbo-instelling", "vocational college (mbo)", "schema:EducationalOrganization"),
    ("school", "school", "school", "schema:School"),
    ("company", "bedrijf", "company", "schema:Corporation"),
    ("civil_society", "maatschappelijke organisatie", "civil-society organisation", "schema:NGO"),
    ("association", "vereniging", "association", "schema:Organization"),
    ("housing", "woningcorporatie", "housing corporation", "schema:Organization"),
    ("health_care", "zorgorganisatie", "health-care organisation", "schema:MedicalOrganization"),
    ("police", "politie of brandweer", "police or fire brigade", "schema:GovernmentOrganization"),
    ("museum", "museum", "museum", "schema:Museum"),
    ("resident_group", "bewonersgroep", "resident group", "schema:Organization"),
    ("other", "anders", "other", "schema:Organization"),
    standard="schema:additionalType",
)
PARTNER_SECTORS = _vocabulary(
    "sector of a partner|sector van een partner",
    ("care_welfare", "zorg en welzijn", "care and welfare"),
    ("safety", "veiligheid", "safety"),
    ("sustainability", "duurzaamheid", "sustainability"),
    ("education", "onderwijs", "education"),
    ("housing", "wonen", "housing"),
    ("culture", "cultuur", "culture"),
    ("business", "bedrijven", "business"),
    ("government", "overheid", "government"),
    ("students", "studentenleven", "student life"),
)
AGREEMENT_KINDS = _vocabulary(
    "kind of agreement|soort afspraak",
    ("convenant", "convenant", "covenant"),
    ("cooperation", "samenwerkingsovereenkomst", "cooperation agreement"),
    ("city_deal", "city deal", "city deal"),
    ("grant", "subsidiebesluit", "grant"),
    ("declaration", "verklaring", "declaration"),
    ("intent", "intentieverklaring", "letter of intent"),
)
AGREEMENT_STATUS = _vocabulary(
    "status of an agreement|status van een afspraak",
    ("draft", "concept", "draft"),
    ("in_force", "van kracht", "in force"),
    ("ended", "afgelopen", "ended"),
    ("renewed", "vernieuwd", "renewed"),
)
PARTY_ROLES = _vocabulary(
    "role of a party|rol van een partij",
    ("signatory", "ondertekenaar", "signatory"),
    ("implementing", "uitvoerend", "implementing"),
    ("grantor", "subsidiegever", "grantor", "schema:funder"),
    ("recipient", "ontvanger", "recipient", "schema:fundedItem"),
)
COMMITMENT_STATUS = _vocabulary(
    "status of a commitment|status van een toezegging",
    ("open", "open", "open"),
    ("met", "nagekomen", "met"),
    ("partly", "deels nagekomen", "partly met"),
    ("not_met", "niet nagekomen", "not met"),
)
#: How far a result reached; "none" says that somebody looked and found nothing.
STAGES = _vocabulary(
    "stage of an outcome|stadium van een uitkomst",
    ("output", "resultaat", "output"),
    ("use", "gebruik", "use"),
    ("change", "verandering", "change"),
    ("none", "geen", "none"),
    standard="theory of change",
)
OUTCOME_KINDS = _vocabulary(
    "kind of outcome|soort uitkomst",
    ("report", "rapport of advies", "report or advice", "schema:Report"),
    ("thesis", "scriptie", "thesis", "schema:Thesis"),
    ("article", "artikel", "article", "schema:ScholarlyArticle"),
    ("poster", "poster", "poster", "schema:Poster"),
    ("video", "video", "video", "schema:VideoObject"),
    ("website", "website", "website", "schema:WebSite"),
    ("dataset", "dataset", "dataset", "schema:Dataset"),
    ("tool", "hulpmiddel", "tool", "schema:SoftwareApplication"),
    ("training", "training", "training", "schema:Course"),
    ("event", "bijeenkomst of tentoonstelling", "event or exhibition", "schema:Event"),
    ("plan", "plan of idee", "plan or idea", "schema:CreativeWork"),
    ("findings", "bevindingen", "findings", "schema:CreativeWork"),
    ("activity", "activiteit", "activity", "schema:Action"),
    ("policy", "beleid", "policy"),
    ("practice", "werkwijze", "practice"),
    ("behaviour", "gedrag", "behaviour"),
    ("relation", "samenwerking", "cooperation"),
    ("learning", "leren", "learning"),
    standard="cerif:Type",
)
AUDIENCES = _vocabulary(
    "audience|doelgroep",
    ("student", "student", "student"),
    ("resident", "bewoner", "resident"),
    ("municipality", "gemeente", "municipality"),
    ("partner", "partner", "partner"),
    ("institution", "instelling", "institution"),
    standard="schema:audience",
)
DIRECTIONS = _vocabulary(
    "direction|richting",
    ("positive", "positief", "positive"),
    ("negative", "negatief", "negative"),
    ("mixed", "gemengd", "mixed"),
)
EVIDENCE = _vocabulary(
    "evidence|soort bewijs",
    ("none", "geen", "none"),
    ("self_reported", "door het project zelf gemeld", "reported by the project itself"),
    ("partner_confirmed", "door een partner bevestigd", "confirmed by a partner"),
    ("independent", "onafhankelijk vastgesteld", "established independently"),
    standard="outcome harvesting: substantiation",
)
