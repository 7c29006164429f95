"""What looks like personal data is found, and what only looks a little like it is left alone. All persons are made up."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up_records import partner, project, question

import labkit as lk
from labkit.register.book import Book
from labkit.register.checks import check_register
from labkit.register.checks.personal.known import Known, names_of_places
from labkit.register.checks.personal.names import names_in
from labkit.register.checks.personal.numbers import addresses_in, emails_in, numbers_in
from labkit.register.checks.personal.sighting import masked
from labkit.register.checks.personal.urls import names_in_url

FROM = {"sources": ["https://example.org/page"]}

#: Names as they stand in texts, by the rule that finds them.
PERSONS = {
    "title": """
        mw. De Vries|mevr. J. de Vries|dhr. Jansen|de heer Van den Berg|dr. J. Jansen|prof. dr. P.A.M. van der Meer
        Prof. Smith|Dr Anna Smith|Mr. Brown|mevrouw Yıldız|juf Sanne|familie Jansen|wethouder De Vries|wethouder Jansen
        student Fatima|docent Willem Bos|onderzoeker M. Peters|the lecturer Karin Visser|bewoner Ahmed
        Psychologiestudent Tijmen Puk|knowledge broker Lara Ummel|Rector Magnificus Hester Puk|burgemeester Pukkelman
        coordinator Mirtel Snabel|hoogleraar Job Koomans
    """,
    "initials": "J. Jansen|J.P. van der Berg|A.M.C. de Vries|Th. Bakker|Jansen, J.P.|Boer, A. de",
    "first_name": """
        Anna de Boer|Piet Jansen|Fatima El Amrani|Mehmet Yılmaz|Ayşe Öztürk|Youssef Ben Ali|Mohamed Aït Lahcen
        Marie-Claire van Dijk|Jan-Willem Bakker|Anne-Fleur Dekker|Gerard 't Hart|Eva de Jong
        Mark de Wit|Priya Ramdin|Renée Verlaan|Kees van Dongen-Bos|Anna Westerhof|Daniël Bakker|Zoë van Loon
        Linda Meijer-Wassenaar|Łukasz Nowak|Johanna Vermeulen|Kevin Puk|Sanne Pukkelman
    """,
    "surname": "Xandry Hendriks|Ronald van ’t Hof|Xandry van der Meer|Wobke de Vries|Aafke-Lien Terpstra|Quirijntje Yilmazoğlu|Rik-Jan O'Brien",
    "alone": "volgens Anna|interview met Mohamed|Fatima (34)|Fatima, 34 jaar|begeleid door Sanne",
    "contact": "contact: Xandry Puk|contactpersoon: Wobke Freriks",
}
#: Organisations, places, subjects and sayings.
NOBODY = """
    Anne Frankschool|Anne Frank school|de Anne Frank Stichting|Willem de Zwijgerlaan|Charlotte de Bourbonhof
    Jan van Goyenkade|Johan de Wittstraat|Pieter de la Court gebouw|Kamerlingh Onnes Gebouw|Max Planck Institute
    Johan Cruyff Court|Hugo de Groot|Rembrandt van Rijn|Lucas van Leyden|Gebr. de Nobel|De Kooi|Leiden-Noord
    Leiden Zuidwest|Merenwijk en Slaaghwijk|Universiteit Leiden|Leren met de Stad|Een Goede Buur|L.S.V. Minerva
    A.L.S.V. Quintus|L.V.V.S. Augustinus|C.S.R. Catena|S.S.R. Leiden|Huis van de Buurt|Stad als Lab|groep A. Daarna
    vitamine D. Het|Social Innovation in Action|Governance of Sustainability|Will Residents Join|Grace Period|Job Market
    May Day|April Event|Summer School|Jordan Square|Faith Community|Floor Plan|Grant Agreement|Ad Hoc|An Overview
    Prins Willem-Alexander|Koningin Beatrix|Sint Jan Baptist|St. Pieterskerk|Maria Montessori|Dr. Lelylaan
    Ir. Driessenstraat|Prof. van Bijsterveldlaan|Burgemeester Smitstraat|wethouder Duurzaamheid|docent Psychologie
    student Bestuurskunde|student Leiden University|student Industrial Ecology|docent Toegepaste Psychologie
    coördinator Leren met de Stad|De heer des huizes|mr. in de rechten|Emma Kinderziekenhuis|Albert Heijn
    Leonardo College|Dr. Leo Kannerhuis|Bos en Gasthuisdistrict|Roodenburgerdistrict|Student Well-being
    Resident Associations|Researcher in Residence|Teacher Training College|U.S. Embassy|contact: Gemeente Leiden
    contact: Kennismakelaar Leiden|contact: Health Campus|supervised by Leiden University|begeleid door Hogeschool Leiden
    door Stichting Present|by Leiden Healthy Society|Data by Statistics Netherlands|Zuid-Holland|Holland Rijnland
    Jan Ligthart school|Prof. Lorentzlaan|Museum De Lakenhal|Molen De Valk|Charlotte Mason Method|Pieter Bakker Stichting
    Architectenbureau Jan Jansen|Bakkerij Van Maanen|Restaurant Anna|Frank Discussion|Rose Garden|Dean of Students
    Victoria Park|Van der Werfpark|Van der Werfstraat|Alt Bike|Kees Boekeschool|Kees Boeke|Lieve Leiden|Wil Leiden
    Elke Student|Onder Jongeren|Nine Streets|Trees Planted|Harm Reduction|Alma Mater|Master Honours Class|City Deal Kennis Maken|Rijksmuseum Boerhaave
    Health Campus Den Haag|Van der Valk Leiden|Eerste Leidse Schoolvereniging|Visser 't Hooft Lyceum|Da Vinci College
    Orchestra|Plasma Lab|Tom's Diner School|3 October Vereeniging|Hortus Botanicus|Speeltuinvereniging Ons Eiland
"""


def split(text):
    return [one.strip() for line in text.split("|") for one in line.split("\n") if one.strip()]


@pytest.fixture(scope="module")
def known(leiden):
    return Known([*names_of_places(leiden.areas), "Universiteit Leiden", "L.S.V. Minerva", "Leren met de Stad"])


@pytest.mark.parametrize("name", [one for names in PERSONS.values() for one in split(names)])
def test_a_persons_name_is_found(known, name):
    for text in (name, f"Dit stuk gaat over {name} en meer."):
        found = names_in(text, known)
        assert [one for one in found if text[one.start : one.end] in name or name in text[one.start : one.end]], text


@pytest.mark.parametrize("rule", PERSONS)
def test_the_rule_that_found_it_is_told(known, rule):
    for name in split(PERSONS[rule]):
        assert rule in {one.rule for one in names_in(f"Hier was {name} bij", known)}, name


@pytest.mark.parametrize("name", split(NOBODY))
def test_what_is_no_person_is_left_alone(known, name):
    for text in (name, f"Dit gaat over {name} en meer.", f"{name} is here."):
        assert names_in(text, known) == [], text


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("Mail anna@example.org", ["email"]),
        ("Mail a.de.boer (at) example.org", ["email"]),
        ("Bel 06-12345678 of 06 12 34 56 78", ["phone", "phone"]),
        ("+31 6 12345678, 0031612345678, +31 (0)6-12345678", ["phone"] * 3),
        ("071-5272727 en (071) 527 27 27", ["phone", "phone"]),
        ("BSN 111222333", ["bsn"]),
        ("BSN 1112.22.333", ["bsn"]),
        ("123456789", []),
        ("RSIN 111222333", []),
        ("NL91 ABNA 0417 1643 00", ["iban"]),
        ("NL91ABNA0417164301", []),
        ("tussen 2019-2021 deden 120 mensen mee, 06 keer", []),
        ("order 2021-06-14, 10.1000/182, 500.000 euro", []),
        ("ISBN 9789012345678", []),
        ("@leiden en @ home", []),
    ],
)
def test_numbers_and_addresses_by_which_one_can_be_reached(text, rules):
    assert [one.rule for one in [*emails_in(text), *numbers_in(text)]] == rules


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("Haarlemmerstraat 12", ["address"]),
        ("Lammenschansweg 15-17, 2313 DJ Leiden", ["address", "postcode"]),
        ("Oude Rijn 8a en Rapenburg 70", ["address", "address"]),
        ("12 Church Street", ["address"]),
        ("2311BD", ["postcode"]),
        ("2011 RC Haarlem", ["postcode"]),
        ("In de Haarlemmerstraat 12 winkels", []),
        ("in 2023 UL en HL, 2000 EU", []),
        ("Stationsweg 2020", []),
        ("1500 MB, 2300 SS", []),
        ("wijk 3 en weg 4", []),
        ("Leiden-Noord 2 districten", []),
    ],
)
def test_homes(text, rules):
    assert [one.rule for one in addresses_in(text)] == rules


@pytest.mark.parametrize(
    ("url", "rules"),
    [
        ("https://www.example.org/medewerkers/anna-de-boer", ["url_person"]),
        ("https://www.linkedin.com/in/piet-jansen-12345/", ["url_person"]),
        ("https://example.org/~pjansen/page.html", ["url_person"]),
        ("https://medium.com/@fatima/a-story", ["url_person"]),
        ("https://example.org/nieuws/2023/interview-met-anna-de-boer", ["url_person"]),
        ("https://example.org/Anna_Jansen.pdf", ["url_person"]),
        ("https://example.org/?mail=anna@example.org", ["url_email"]),
        ("https://example.org/?mail=anna%40example.org", ["url_person"]),
        ("https://www.universiteitleiden.nl/nieuws/2019/04/leren-met-de-stad", []),
        ("https://example.org/anne-frankschool/jan-van-goyenkade", []),
        ("https://staff.universiteitleiden.nl/vr/social-and-behavioural-sciences", []),
        ("https://www.youtube.com/@lerenmetdestad", []),
        ("https://example.org/team/onderzoek", []),
        ("https://example.org", []),
    ],
)
def test_addresses_of_pages(url, rules):
    assert [one.rule for one in names_in_url(url)] == rules


def warnings(leiden, *records):
    """Return field and rule of every warning about personal data; errors would be another fault."""
    found = check_register(Book(records), leiden.areas, date(2026, 11, 23))
    assert found.errors == []
    told = [one for one in found if "(rule: " in one.message]
    return [(one.column, one.message.partition("(rule: ")[2].removesuffix(").")) for one in told]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"summary_nl": "Begeleid door Anna de Boer."}, ("summary_nl", "first_name")),
        ({"note_en": "Mail anna@example.org."}, ("note_en", "email")),
        ({"handover": {"data_at": "op de laptop van Piet Jansen"}}, ("handover.data_at", "first_name")),
        ({"handover": {"material_at": "zie https://example.org/people/anna-de-boer"}}, ("handover.material_at", "url_person")),
        ({"place_text": "Haarlemmerstraat 12"}, ("place_text", "address")),
        ({"record_by": "Anna"}, ("record_by", "function")),
        ({"record_by": "Wobke Puk"}, ("record_by", "function")),
        ({"handover": {"contact_function": "mw. De Vries"}}, ("handover.contact_function", "function")),
        ({"venue": "bij mevrouw De Vries"}, ("venue", "title")),
        ({"dmp_url": "https://example.org/medewerkers/anna-de-boer"}, ("dmp_url", "url_person")),
        ({"sources": ["https://example.org", "https://example.org/in/anna"]}, ("sources[2]", "url_person")),
    ],
)  # fmt: skip
def test_every_field_that_others_can_see_is_looked_through(leiden, fields, told):
    assert warnings(leiden, project(**{**FROM, **fields})) == [told]
    assert warnings(leiden, project(visibility="partners", **{**FROM, **fields})) == [told]
    assert warnings(leiden, project(visibility="private", **{**FROM, **fields})) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"record_by": "kennismakelaar"},
        {"record_by": "Coördinator Leren met de Stad"},
        {"record_by": "Projectbureau Kennisstad"},
        {"record_by": "the session that made the first register"},
        {
            "handover": {
                "contact_function": "Wijkregisseur Noord",
                "data_at": "Research drive of the faculty, folder 2021",
            }
        },
        {"venue": "Het Gebouw, Arubapad 2, 2315 VA Leiden"},
        {"venue": "Anne Frankhuis"},
        {"students_text": "20 groups of five, 100 students"},
        {"ethics_ref": "CEP 2021-06-14/123456"},
    ],
)
def test_functions_places_and_references_are_no_persons(leiden, fields):
    assert warnings(leiden, project(**FROM, **fields)) == []


def test_the_address_of_a_public_place_may_be_named_elsewhere(leiden):
    first = project("p-1", title_en="1", venue="Het Gebouw, Arubapad 2", **FROM)
    second = project("p-2", title_en="2", note_nl="Opening op het Arubapad 2.", **FROM)
    assert warnings(leiden, first, second) == []
    assert warnings(leiden, first.with_(venue=None), second) == [("note_nl", "address")]


def test_the_names_of_partners_are_known(leiden):
    text = "Samen met Rosa Bakker en met L.S.V. Pukkel."
    asked = question(text_nl=text, **FROM)
    assert [rule for _, rule in warnings(leiden, asked)] == ["first_name"]
    known = partner("org-rosa-bakker", name="Stichting Rosa Bakker", short_name="Rosa Bakker", **FROM)
    assert warnings(leiden, asked, known) == []


def test_a_partner_with_the_name_of_a_person_is_told(leiden):
    assert warnings(leiden, partner(name="Anna de Boer", **FROM)) == [("name", "first_name")]
    assert warnings(leiden, partner(name="Anna de Boer Stichting", **FROM)) == []


def test_a_report_does_not_spread_what_it_found(leiden):
    made = project(
        summary_nl="Begeleid door mw. Anna de Boer, anna@example.org, 06-12345678, Haarlemmerstraat 12.", **FROM
    )
    found = str(check_register(Book([made]), leiden.areas))
    for part in ("Anna", "Boer", "example.org", "12345678", "Haarlemmer"):
        assert part not in found.replace(FROM["sources"][0], "")
    lk.use_language("nl")
    assert "Dit lijkt een e-mailadres" in str(check_register(Book([made]), leiden.areas))


@given(st.emails())
def test_an_address_is_never_shown_whole(address):
    assert address not in masked(address)


@pytest.mark.parametrize("name", [one for names in PERSONS.values() for one in split(names)])
def test_a_name_is_never_shown_whole(known, name):
    for one in names_in(name, known):
        assert masked(name[one.start : one.end]) != name[one.start : one.end]


@given(st.text(max_size=300))
def test_any_text_can_be_looked_through(text):
    known = Known(["Stichting Soep"])
    for one in [*names_in(text, known), *emails_in(text), *numbers_in(text), *addresses_in(text)]:
        assert 0 <= one.start < one.end <= len(text)


@given(st.text(max_size=200))
def test_any_address_can_be_looked_through(text):
    url = f"https://example.org/{text}"
    for one in names_in_url(url):
        assert 0 <= one.start < one.end <= len(url)


def test_the_leiden_register_names_nobody(leiden):
    assert warnings(leiden, *leiden.register.book) == []
