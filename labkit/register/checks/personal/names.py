"""What looks like a person's name in a running text, in Dutch or English.

Why: the register holds organisations and functions, never persons (GDPR: what is not needed is not kept; and people
leave, while a function stays). Names cannot be told for certain, so every rule looks for two signs at once:

- `title`: a title and a surname ("mw. De Vries", "dr. J. Jansen"); a function and a name ("wethouder Anna Bakker")
- `initials`: initials and a surname ("J.P. van der Berg"; as in lists of literature "Jansen, J.P.")
- `first_name`: a common first name and a capitalised word ("Anna de Boer")
- `surname`: a capitalised word and a common surname, or one with its particle ("Sjoukje Hendriks")
- `alone`: a first name alone, where the words around it speak of a person ("Fatima (34)", "volgens Anna")
- `contact`: two capitalised words where somebody is to be named ("contact: Xandra Puk")

Not names: what the register knows as a partner, area or programme; streets, buildings, organisations and prizes by
their ending or the word beside them; and those long dead after whom things are called.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from labkit.register.checks.personal.given import GIVEN, GIVEN_AND_WORD, SURNAMES, SURNAMES_AND_WORD
from labkit.register.checks.personal.known import Known, is_famous, is_thing
from labkit.register.checks.personal.sighting import Sighting
from labkit.register.checks.personal.work import is_work
from labkit.register.words import words_of

_RANGE = [chr(code) for code in range(0x41, 0x250)]
_UPPER = "".join(one for one in _RANGE if one.isupper())
_LOWER = "".join(one for one in _RANGE if one.islower())
_WORD = rf"(?:[dDlLO][’'])?[{_UPPER}](?:[{_LOWER}]+(?:[’'][{_LOWER}]+)?|[{_LOWER}]*[{_UPPER}][{_LOWER}]+)(?:-[{_UPPER}][{_LOWER}]+)*"
_INITIALS = rf"(?:(?:Th|Ch|Ph|IJ|Chr|Joh|Jac|[{_UPPER}])\.[ -]?){{1,5}}"
_PARTICLE = (
    r"(?:van de|van der|van den|van het|van ’t|van 't|in ’t|in 't|op den|op 't|uit den|de la|von der|von dem"
    r"|van|von|de|den|der|ten|ter|’t|'t|el|al|ben|bin|ibn|da|di|dos|del|della|du|la|le)"
)
_CAPITAL_PARTICLE = r"(?:Van de|Van der|Van den|Van ’t|Van 't|De|Van|Von|Den|Der|Ten|Ter|El|Al|Ben|Bin|Ait|Aït|Da|Di|Del|Du|La|Le|’t|'t)"
#: In a modern text these stand in names only.
_TELLING = (
    "van der",
    "van den",
    "van 't",
    "van ’t",
    "in 't",
    "in ’t",
    "op den",
    "uit den",
    "von",
    "el",
    "ben",
    "bin",
    "ibn",
)

_TITLES = (
    r"(?:\b(?:[Mm]w|[Mm]evr|[Dd]hr|[Dd]rs?|[Ii]r|[Ii]ng|[Mm]r|[Pp]rof|Mrs|Ms|[Ff]am)\.|\b(?:Mr|Mrs|Ms|Dr|Prof|Miss)\b"
    r"|\b(?:[Mm]evrouw|[Mm]eneer|[Dd]e heer|[Pp]rofessor|[Jj]uf|[Jj]uffrouw|[Ff]amilie|[Mm]ijnheer)\b)"
)
_FUNCTIONS = (
    r"\b(?:[\w-]*[Ww]ethouder|[Bb]urgemeester|[Dd]ocente?|[Hh]oogleraar|[Ll]ector|[Bb]egeleid(?:er|ster)|[Cc]o[oö]rdinator"
    r"|[Ww]ijkagent|[Ww]ijkregisseur|[Dd]irecteur|[Vv]oorzitter|\w*[Ss]tudente?|[Bb]ewon(?:er|ster)|[Oo]nderzoek(?:er|ster)"
    r"|[Pp]romovend(?:us|a)|[Pp]rojectleider|[Mm]akelaar|[Kk]ennismakelaar|[Vv]rijwillig(?:er|ster)|[Ll]eerling|[Hh]uisarts"
    r"|[Ll]ecturer|[Ss]upervisor|[Aa]lderman|[Mm]ayor|[Tt]eacher|[Rr]esearcher|[Rr]esident|[Dd]irector|[Cc]hair"
    r"|[Vv]olunteer|[Pp]upil|[Cc]andidate|[Cc]ouncillor|[Rr]aadslid|[Bb]uurman|[Bb]uurvrouw|[Nn]eighbour"
    r"|[Rr]ector(?: [Mm]agnificus)?|[Kk]nowledge broker|[Pp]roject manager|[Pp]rojectmanager|[Kk]wartiermaker)\b"
)
#: Of these there is one, so that a surname alone will do behind them.
_ONLY_ONE = re.compile(r"(?:burgemeester|mayor|rector(?: magnificus)?)\b", re.IGNORECASE)
#: Subjects and portfolios begin with capitals too: "student Industrial Ecology", "docent Toegepaste Psychologie".
_SUBJECT = re.compile(
    r"(?:kunde|logie|logy|nomy|nomie|ics|iek|wetenschap|wetenschappen|sciences?|studies|rechten?|law|onderwijs|educatie|education"
    r"|ing|ity|iteit|heid|ment|atie|ties?|tion|ship|schap|care|work|arts|ale|ical|ial|ische|sche|aal|elijke|aire|ieve|ive|al|ic"
    r"|ied|ste|domein|domain|health|english|dutch|engels|nederlands|history|geschiedenis|design|media|data|sport|wonen|cultuur"
    r"|culture|associations?|office|centre|support|life|housing|council|union|panel|group|network|platform|services?|well|being)$"
)
_SURNAME = rf"(?:(?:{_PARTICLE}|{_CAPITAL_PARTICLE}) )?{_WORD}"
_TITLED = re.compile(
    rf"{_TITLES}(?: ?{_TITLES})*(?: (?:{_INITIALS}|{_WORD}(?= (?:{_PARTICLE} |{_WORD}))))*? ?(?P<name>(?<=[ .]){_SURNAME}(?: {_WORD})?)"
)
_FUNCTIONED = re.compile(
    rf"{_FUNCTIONS},? (?P<name>(?:{_INITIALS} ?)?(?:{_CAPITAL_PARTICLE} )?(?P<first>{_WORD})(?: {_SURNAME})?)"
)
_INITIALLED = re.compile(rf"(?<![\w.])(?P<initials>{_INITIALS})(?P<name>(?:{_PARTICLE} )*{_WORD})")
_LISTED = re.compile(rf"(?<![\w.])(?P<name>{_WORD}), ?(?P<initials>(?:[{_UPPER}]\. ?){{1,5}})(?:{_PARTICLE})?(?!\w)")
_PAIR = re.compile(
    rf"(?<![\w.’'-])(?P<first>{_WORD}|IJ\w+)(?=(?: {_INITIALS})?(?P<particle>(?: {_PARTICLE})*) (?P<last>(?:{_CAPITAL_PARTICLE} )?{_WORD}))"
)
_ALONE = re.compile(
    rf"(?<!\w)(?P<cue>[Vv]olgens|[Aa]ldus|[Aa]ccording to|[Ii]nterview (?:met|with)|[Gg]esprek met|[Cc]onversation with"
    rf"|(?:[Bb]egeleid|[Gg]eleid|[Uu]itgevoerd|[Gg]eschreven|[Gg]emaakt) door|(?:[Ss]upervised|[Ll]ed|[Ww]ritten|[Mm]ade) by"
    rf"|[Vv]raag naar|[Aa]sk(?: for)?) (?P<name>{_WORD})(?!\w)"
)
_AGED = re.compile(rf"(?<!\w)(?P<name>{_WORD}),? (?:\(\d{{1,2}}\)|\(?\d{{1,2}} (?:jaar|years?)\b)")
_CONTACT = re.compile(
    r"(?<!\w)(?:[Cc]ontact(?:persoon| person)?|[Aa]anspreekpunt|[Bb]egeleid(?:er|ing|ster)|[Ss]upervisors?|[Aa]uteurs?"
    rf"|[Aa]uthors?|[Dd]ocent(?:en|e)?|[Ss]tudent(?:en|s|e)?): (?P<name>{_WORD} {_SURNAME})(?! ?[{_UPPER}])"
)
#: Endings that hardly anything but surnames have: Frisian, Turkish, Polish, Irish.
_SURNAME_END = re.compile(
    r"(?:[a-z](?<!orche)stra|[a-z](?<!pla)(?<!pri)(?<!chari)sma|[oO][gğ]lu|owski|[cń]ski|ewicz|owicz|czyk)$|^(?:O['’]|Mc)[A-Z]"
)
_STROKES = str.maketrans("ŁłıØøĐđ", "LliOoDd")
_STROKE = re.compile("[ŁłıØøĐđ]")
#: A title, function or name can only be found in a text with one of these words, or one that ends so.
_CALLED = frozenset(
    """
    mw mevr dhr dr drs ir ing mr prof mrs ms fam miss mevrouw meneer heer professor juf juffrouw familie mijnheer
    burgemeester docent docente hoogleraar lector begeleider begeleidster coordinator wijkagent wijkregisseur directeur
    voorzitter bewoner bewoonster onderzoeker onderzoekster promovendus promovenda projectleider makelaar kennismakelaar
    vrijwilliger vrijwilligster leerling huisarts lecturer supervisor alderman mayor teacher researcher resident director
    chair volunteer pupil candidate councillor raadslid buurman buurvrouw neighbour rector broker manager projectmanager
    kwartiermaker
    """.split()
)
#: The last four letters of such words, and of names, that are found by their ending.
_CALLED_ENDS = frozenset(("dent", "ente", "uder"))
_NAMED = (
    GIVEN
    | GIVEN_AND_WORD
    | SURNAMES
    | SURNAMES_AND_WORD
    | {"der", "den", "von", "el", "ben", "bin", "ibn", "t", "uit", "op", "mc", "o"}
)
_NAMED_ENDS = frozenset(("stra", "oglu", "wski", "nski", "wicz", "czyk")) | {
    f"{one}sma" for one in "abcdefghijklmnopqrstuvwxyz"
}
_CUES = frozenset("volgens aldus according interview gesprek conversation door by vraag ask".split())
_AGE = re.compile(r"\(\d\d?\)|\d (?:jaar|year)")
_CAPITAL_DOT = re.compile(rf"[{_UPPER}][hJ]?\.|(?:Chr|Joh|Jac)\.")
#: Words that begin a sentence, or a title, and are no name.
_NO_NAMES = frozenset(
    """
    de het een en of in op aan bij met van voor naar uit over onder na door tot om te als dan dat die deze dit er
    hier daar toen ook maar want dus zo wij we zij ze hij ik je jij u men wie wat waar wanneer waarom hoe welke alle
    veel meer nieuwe eerste tweede derde daarna verder volgens tijdens sinds vanaf vanuit the a an and or at by for from with
    of to on into over under after before as if then that this these those there here when where why how which who what
    all many more new first second third we they he she it our their its his her your you not no is are was were will
    january february march april may june july august september october november december januari februari maart mei juni
    juli augustus oktober maandag dinsdag woensdag donderdag vrijdag zaterdag zondag monday tuesday wednesday thursday
    friday saturday sunday noord oost zuid west north east south universiteit university hogeschool gemeente stad city
    leren learning data social sociaal sociale european europese nederlandse dutch engels english master bachelor
    minor honours bestuur bestuurskunde psychologie psychology rechten law geneeskunde medicine sociologie sociology
    """.split()
)
_ABBREVIATIONS = frozenset(
    "us uk eu vs un bv nv ps nb ad bc dc sv vv lsv alsv lvvs ssr csr rk obs knvb pc ac fc sc hc rc av gv mr".split()
)
#: After one of these a single capital is no initial.
_LETTERED = frozenset(
    """
    groep group klas klasse class type deel part plan vitamine vitamin hepatitis optie option fase phase bijlage appendix
    categorie category niveau level team zaal room gebouw building blok block vraag question punt artikel article lijn line
    variant versie version scenario model kolom column
    """.split()
)


def names_in(text: str, known: Known, *, venue: bool = False) -> list[Sighting]:
    """Return what looks like persons' names in a text, each place once.

    Parameters
    ----------
    text : str
        A running text.
    known : Known
        Names that are no persons'.
    venue : bool
        Whether it names a public place: those are often called after people, so only titles count.

    Examples
    --------
    >>> text = "Begeleid door mw. De Vries en Anna de Boer van de Anne Frankschool."
    >>> [(one.rule, text[one.start : one.end]) for one in names_in(text, Known([]))]
    [('title', 'mw. De Vries'), ('first_name', 'Anna de Boer')]
    """
    found: list[Sighting] = []
    for rule in _rules(text, venue):
        for one in rule(text, known):
            if not any(one.start < other.end and other.start < one.end for other in found):
                found.append(one)
    return sorted(found, key=lambda one: one.start)


def _rules(text: str, venue: bool) -> Iterator[Callable[[str, Known], Iterator[Sighting]]]:
    """Yield the rules that can find something in a text: most texts hold no word that could begin a name."""
    words = set(_plain(text))
    ends = {word[-4:] for word in words}
    if not words.isdisjoint(_CALLED) or not ends.isdisjoint(_CALLED_ENDS):
        yield _titled
    if venue:
        return
    if "." in text and _CAPITAL_DOT.search(text):
        yield _initialled
    named = not words.isdisjoint(_NAMED)
    if named or not ends.isdisjoint(_NAMED_ENDS):
        yield _paired
    if named and (not words.isdisjoint(_CUES) or _AGE.search(text)):
        yield _alone
    if ":" in text:
        yield _contact


def is_first_name(word: str) -> bool:
    """Say whether a word is a common first name, and hardly anything else; of "Anne-Fleur" the first part counts."""
    return _first(word) in GIVEN


def _titled(text: str, known: Known) -> Iterator[Sighting]:
    for found in _TITLED.finditer(text):
        name = found["name"]
        if not _excluded(text, found.start("name"), found.end("name"), known) and not _begins_sentence(name):
            yield Sighting("title", found.start(), found.end())
    for found in _FUNCTIONED.finditer(text):
        first = found["first"]
        # "bewoner Ahmed Vertelt": where the whole is none, the first word may still be one.
        for end in dict.fromkeys((found.end("name"), found.end("first"))):
            part = text[found.start("name") : end]
            if _is_name(part, first, found.group()) and not _excluded(text, found.start("name"), end, known):
                yield Sighting("title", found.start(), end)
                break


def _is_name(name: str, first: str, whole: str) -> bool:
    """Say whether what follows a function is a name: a first name, initials, a surname, or two words that are no subject."""
    last, words = _last(name), _plain(re.sub(rf"^{_CAPITAL_PARTICLE} ", "", name))
    if is_first_name(first) or name[1:2] == "." or last in SURNAMES:
        return True
    if any(word in _NO_NAMES or is_thing(word) or is_work(word) for word in words):
        return False
    if name != first:
        return last in SURNAMES_AND_WORD or not any(map(_SUBJECT.search, words))
    return _ONLY_ONE.match(whole) is not None


def _initialled(text: str, known: Known) -> Iterator[Sighting]:
    for pattern in (_INITIALLED, _LISTED):
        for found in pattern.finditer(text):
            initials = "".join(words_of(found["initials"]))
            before = words_of(text[max(0, found.start() - 30) : found.start()])[-1:]
            if initials in _ABBREVIATIONS or (len(initials) == 1 and before and before[0] in _LETTERED):
                continue
            start, end = found.start("name"), found.end("name")
            if not _excluded(text, start, end, known) and not _begins_sentence(found["name"]):
                yield Sighting("initials", found.start(), found.end())


def _paired(text: str, known: Known) -> Iterator[Sighting]:
    for found in _PAIR.finditer(text):
        start, end = found.start(), found.end("last")
        rule = _rule_of(found["first"], found["particle"].strip(), found["last"])
        if rule and not _excluded(text, start, end, known):
            yield Sighting(rule, start, end)


def _rule_of(first: str, particle: str, last: str) -> str:
    """Return by which rule a capitalised word and the next one are a name; "" if they are none."""
    one, other = _first(first), _last(last)
    if one in _NO_NAMES or is_thing(first) or first.endswith(("'s", "’s")):
        return ""
    if (
        particle.endswith(_TELLING)
        or last.startswith(("Van den ", "Van der ", "Van 't ", "Van ’t "))
        or _SURNAME_END.search(last)
    ):
        return "surname"
    if other in _NO_NAMES:
        return ""
    linked = bool(particle) or " " in last
    if is_first_name(first):
        return "first_name"
    if one in GIVEN_AND_WORD and (linked or other in SURNAMES):
        return "first_name"
    return "surname" if other in SURNAMES or (linked and other in SURNAMES_AND_WORD) else ""


def _alone(text: str, known: Known) -> Iterator[Sighting]:
    for pattern in (_ALONE, _AGED):
        for found in pattern.finditer(text):
            if is_first_name(found["name"]) and not _excluded(text, *found.span("name"), known):
                yield Sighting("alone", found.start("name"), found.end("name"))


def _contact(text: str, known: Known) -> Iterator[Sighting]:
    for found in _CONTACT.finditer(text):
        name = found["name"]
        parts = [part for part in re.split(r"[ -]", name) if part[:1].isupper()]
        words = {word for part in parts for word in words_of(part)}
        if (
            words & _NO_NAMES
            or any(map(is_thing, parts))
            or is_work(name)
            or _excluded(text, *found.span("name"), known)
        ):
            continue
        yield Sighting("contact", found.start("name"), found.end("name"))


def _excluded(text: str, start: int, end: int, known: Known) -> bool:
    """Say whether a name belongs to a thing, or is one that the register knows."""
    name = text[start:end]
    parts = name.split()
    # A particle makes "Van der Laan" a surname; without one a word such as "Lelylaan" is a street.
    if is_thing(parts[-1]) and not (_last(parts[-1]) in SURNAMES_AND_WORD and _particle_before(parts)):
        return True
    after = re.match(r"[ -]([\w.]+)", text[end:])
    before = re.search(rf"([\w.]+)[ -](?:{_PARTICLE} )?$", text[:start])
    if after and is_thing(after[1]):
        return True
    if before and is_thing(before[1]):
        return True
    return is_famous(name) or known.covers(text, start, end)


def _particle_before(parts: list[str]) -> bool:
    return len(parts) > 1 and f" {' '.join(parts[:-1])}".lower().endswith(
        tuple(f" {one}" for one in (*_TELLING, "van de"))
    )


def _begins_sentence(name: str) -> bool:
    return words_of(name)[:1] != [] and all(word in _NO_NAMES for word in words_of(name))


def _first(name: str) -> str:
    return (_plain(name) or [""])[0]


def _last(name: str) -> str:
    return (_plain(name) or [""])[-1]


def _plain(name: str) -> list[str]:
    """Return the words of a name, also without the strokes and dots that are no accents to Unicode."""
    if not name.isascii() and _STROKE.search(name):
        name = name.translate(_STROKES)
    return words_of(name)
