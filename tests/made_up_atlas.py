"""A city with another register than its own, and a register in which every text is an attack."""

from pydantic import BaseModel

from labkit.register.book import Book
from labkit.register.fields import PREFIXES, OneOf, Ref, block_in, marks_in
from labkit.register.records import KINDS
from labkit.register.settings import Settings
from labkit.texts import Text

#: What a text may say, and must never do; each would set `window.hit`, open a dialog or ask the network for something.
ATTACKS = (
    "</script><script>window.hit=1</script>",
    '<img src=x onerror="window.hit=2">',
    "<svg onload=alert(3)><animate onbegin=alert(3)></svg>",
    "javascript:window.hit=4//",
    '"><iframe srcdoc="<script>parent.hit=5</script>"></iframe>',
    "' onmouseover='window.hit=6' autofocus onfocus='window.hit=6",
    "${window.hit=7}{{constructor.constructor('window.hit=7')()}}@script@",
    "data:text/html,<script>window.hit=8</script>",
    "<a href='javascript:window.hit=9' style='position:fixed;inset:0'>x</a><base href='https://example.org/'>",
    "<details open ontoggle=window.hit=10><math><mtext></table><mglyph><style><!--</style><img src=x onerror=window.hit=10>",
    "\u202edesrever\u2066 😀 مرحبا بالعالم &lt;b&gt; &#x3C;",
    "]]><!-- <link rel=stylesheet href=//example.org/x.css> \\u003cscript\\u003e \x00",
)


class City:
    """A city with another register than its own."""

    def __init__(self, city, records):
        self._city = city
        self.register = type("Held", (), {"book": records})()

    def __getattr__(self, name):
        return getattr(self._city, name)


def hostile_book(areas):
    """Return a book with as many records of each kind as there are attacks; over them, each text field holds each attack.

    Every record names others, so that each attack is also seen in lists of what hangs together.
    """
    records = []
    for kind, model in KINDS.items():
        for number in range(len(ATTACKS)):
            data = _filled(model, number, areas)
            data |= {"id": _id(kind, number), "visibility": "public"}
            made = model.model_validate(data)
            # The models refuse such an address; should one ever come through, the page may not make a link of it.
            address = ATTACKS[3] if number % 2 else ATTACKS[7]
            urls = {
                name: address
                for name in ("url", "website", "text_url", "evidence_url", "pid", "dmp_url")
                if name in data
            }
            records.append(made.model_copy(update={"sources": [*data["sources"], address], **urls}))
    programmes = {one: Text(nl=one, en=one) for one in ATTACKS}
    said = Text(nl=ATTACKS[0], en=ATTACKS[1])
    return Book(records, Settings(said, programmes, Text(nl=ATTACKS[2], en=ATTACKS[9]), ATTACKS[4]))


def _id(kind, number):
    return f"{PREFIXES[kind]}-hostile-{number}"


def _filled(model, number, areas):
    """Return plain data with every field filled in."""
    return {
        name: _value(info, name, number + place, areas)
        for place, (name, info) in enumerate(model.model_fields.items())
        if name not in ("id", "visibility") or not hasattr(model, "KIND")
    } | ({"scope": "areas"} if "scope" in model.model_fields else {})


def _value(info, name, number, areas):
    annotation, metadata = info.annotation, info.metadata
    marks = [*metadata, *marks_in(annotation)]
    many = "list[" in str(annotation)
    block = block_in(annotation)
    if block is not None and issubclass(block, BaseModel):
        made = _filled(block, number, areas)
        made |= {"id": f"c-{number}"} if "id" in made else {}
        return [made] if many else made
    for mark in marks:
        if isinstance(mark, OneOf):
            terms = mark.vocabulary.ids
            return [terms[number % len(terms)]] if many else terms[number % len(terms)]
        if isinstance(mark, Ref):
            found = areas[number % len(areas)] if mark.kind == "area" else _id(mark.kind, number % len(ATTACKS))
            return [found] if many else found
    patterned = {
        "ror": "https://ror.org/027bh9e22",
        "wikidata": "Q1",
        "kvk": "01234567",
        "doi": f"10.1000/{ATTACKS[5].split()[0]}",
    }
    patterned |= {
        "academic_year": "2025-2026",
        "semester": 1,
        "sdg": [3],
        "ec": 5.0,
        "students": 12,
        "k_min": 10,
        "places": 2,
    }
    patterned |= {
        "intended": True,
        "on_site": True,
        "involves_people": True,
        "negative_published": True,
        "amount_eur": 500,
    }
    if name in patterned:
        return patterned[name]
    shown = str(marks)
    if "parse" in shown:
        return "2021-06"
    attack = ATTACKS[number % len(ATTACKS)]
    if "_url" in shown:
        address = f"https://example.org/{attack.replace(chr(0), '')}"
        return [address] if many else address
    return attack.replace("\x00", "\x07")
