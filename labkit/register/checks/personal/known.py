"""Names that are known not to be a person's: of partners, areas and programmes, of things, and of the long dead."""

from __future__ import annotations

import re
from collections.abc import Iterable

from labkit.areas import Areas
from labkit.register.book import Book
from labkit.register.records import Partner
from labkit.register.words import words_of

#: A word that ends so is a street, a building or an organisation.
_THING = re.compile(
    r".(straat|laan|weg|plein|hof|hofje|kade|gracht|singel|park|plantsoen|steeg|pad|poort|markt|haven|polder|toren"
    r"|sluis|brug|buurt|wijk|kwartier|district|dorp|school|scholen|college|lyceum|gymnasium|academie|academy"
    r"|universiteit|university|hogeschool|faculteit|instituut|institute|gebouw|huis|huizen|kerk|zaal|hal"
    r"|kliniek|ziekenhuis|museum|theater|theatre|bibliotheek|archief|centrum|center|centre|club|vereniging|stichting"
    r"|bond|raad|dienst|groep|team|lab|labs|fonds|prijs|prize|award|project|programma|programme|cursus|festival|dag"
    r"|bureau|lezing|challenge|test|schaal|model|monitor|krant|zorg|welzijn|toernooi)$"
)
#: Surnames that end so too.
_SURNAMES_LIKE_THINGS = frozenset(
    """
    verlaan westerhof oosterhof nijhof nieuwhof veldhof kerkhof verkerk ouwerkerk heemskerk oudkerk nijhuis veldhuis
    nieuwenhuis oldenhuis kamphuis verbrug terweg zandwijk beverwijk
    """.split()
)

#: Beside one of these a name is that of an organisation, building, prize and the like.
_HEADS = frozenset(
    """
    stichting foundation fonds fund fundation school basisschool middelbare obs cbs kbs pcbs college lyceum gymnasium mavo
    instituut institute academie academy universiteit university hogeschool faculteit faculty museum huis house hal hall
    zaal gebouw building theater theatre bibliotheek library archief archive collectie collection centrum center centre
    ziekenhuis hospital kliniek clinic gasthuis kerk church kathedraal moskee mosque tempel klooster hof hofje court park
    tuin garden plein square straat street laan lane avenue road weg brug bridge tunnel haven kade gracht plantsoen
    prijs prize award medaille beurs scholarship fellowship leerstoel lezing lecture theorie theory stelling wet law test schaal
    scale index methode method model vragenlijst questionnaire sint st saint san santa santo koning koningin king queen prins
    prinses prince princess paus pope keizer hotel cafe restaurant bar bakkerij bakery brouwerij brewery winkel shop molen mill
    villa schip ship firma bureau bedrijf company galerie gallery boekhandel apotheek praktijk huisartsenpraktijk club
    vereniging association team partij lijst merk brand orkest orchestra koor kwartet band festival toernooi cup bokaal bv nv inc
    ltd llc vof advies advisory consultancy consulting architecten architects notarissen advocaten accountants makelaars makelaardij
    catering events producties productions media studio studios atelier zonen zn groep group holding family buurthuis
    wijkcentrum speeltuin sporthal sportpark stadion stadium district wijk buurt gemeente municipality platform netwerk network
    """.split()
)

#: People whose names are the names of things by now, and sayings.
_FAMOUS = frozenset(
    """
    anne frank|hugo de groot|rembrandt van rijn|jan steen|lucas van leyden|christiaan huygens|johan cruyff|johan cruijff
    johan huizinga|albert einstein|albert heijn|albert schweitzer|albert cuyp|marie curie|marie sklodowska|max planck|max havelaar
    max weber|martin luther|martin luther king|nelson mandela|vincent van gogh|willem van oranje|willem de zwijger
    pieter de hoogh|thomas more|karl marx|michel foucault|robin hood|maria montessori|rudolf steiner|helen parkhurst
    erik erikson|adam smith|isaac newton|charles darwin|leonardo da vinci|jean monnet|john locke|johan de witt
    aletta jacobs|annie m g schmidt|john doe|jane doe|jan modaal|jan met|herman boerhaave|heike kamerlingh onnes
    kamerlingh onnes|hendrik lorentz|pieter zeeman|willem einthoven|michiel de ruyter|piet hein|willem barentsz
    cornelis lely|anton philips|anna paulowna|jip en janneke|willem alexander|jan klaassen|pieter paul rubens
    frans hals|piet mondriaan|theo van doesburg|theo thijssen|thomas edison|ronald mcdonald|emma watson
    kees boeke|jeanne d arc|karel de grote|don bosco|dirk van den broek|frits philips|pieter de la court|johannes vermeer|maria magdalena|johannes de doper|franciscus van assisi|rosa parks|anton pieck
    martin garrix|karel doorman|jan luyken|jan tinbergen|johan rudolph thorbecke|simon stevin|antoni van leeuwenhoek
    """.replace("\n", "|").split("|")
)
_FAMOUS_NAMES = frozenset(" ".join(one.split()) for one in _FAMOUS if one.strip())

#: So many words of a known name may stand before or behind what looks like a person's name.
_REACH = 7


class Known:
    """Names of organisations, areas and programmes, to tell whether a text names one of them at a place.

    Examples
    --------
    >>> known = Known(["Stichting Anna Bakker Fonds"])
    >>> text = "met steun van de stichting Anna Bakker Fonds"
    >>> known.covers(text, text.index("Anna"), text.index(" Fonds"))
    True
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names = {tuple(words_of(name)) for name in names} - {()}

    @classmethod
    def of(cls, book: Book, areas: Areas | None) -> Known:
        """Return the names that a register and its city know."""
        names = list(names_of_places(areas))
        for one in book.of(Partner):
            names += filter(None, (one.name, one.name_en, one.short_name))
        for text in (book.settings.titles, *book.settings.programmes.values()):
            names += filter(None, (text.nl, text.en))
        return cls(names)

    def covers(self, text: str, start: int, end: int) -> bool:
        """Say whether what stands at a place of a text is a known name, or part of one."""
        before, inside, after = words_of(text[:start][-80:]), words_of(text[start:end]), words_of(text[end:][:80])
        for back in range(min(_REACH, len(before)) + 1):
            for on in range(min(_REACH, len(after)) + 1):
                if (*before[len(before) - back :], *inside, *after[:on]) in self._names:
                    return True
        return False


def names_of_places(areas: Areas | None) -> list[str]:
    """Return all names of areas."""
    if areas is None:
        return []
    return [name for area in areas for name in (area.name, *areas.names(area, shared=True))]


def is_thing(word: str) -> bool:
    """Say whether a word is one for a street, building or organisation: a name with or beside it is no person's.

    Examples
    --------
    >>> is_thing("Frankschool"), is_thing("stichting"), is_thing("Jansen"), is_thing("Westerhof")
    (True, True, False, False)
    """
    plain = " ".join(words_of(word))
    if plain in _SURNAMES_LIKE_THINGS:
        return False
    return plain in _HEADS or _THING.search(plain) is not None


def is_famous(name: str) -> bool:
    """Say whether a name is that of somebody long dead after whom things are called, or a saying."""
    folded = " ".join(words_of(name))
    return folded in _FAMOUS_NAMES or any(folded.startswith(f"{one} ") for one in _FAMOUS_NAMES)
