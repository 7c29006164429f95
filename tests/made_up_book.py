"""Made-up registers for lineage, matching, answers and agreements, and a reader of HTML that trusts nothing."""

from html.parser import HTMLParser

from hypothesis import strategies as st
from made_up_records import RECORDS, partner, project, question

from labkit.register.book import Book
from labkit.register.records import Agreement, Offer, Outcome
from labkit.register.settings import Settings
from labkit.texts import Text

__all__ = ["agreement", "book", "books", "hostile_title", "offer", "outcome", "partner", "project", "question"]

#: What a title may be, and must never do.
hostile_title = (
    "</title></svg><script>document.title='broken'</script><img src=x onerror=\"document.title='broken'\">"
    "'\"&lt;\u202e 😀 مرحبا بالعالم \x0b\ufffe"
)

#: Books of any records, most of whose references lead nowhere.
books = st.lists(RECORDS, max_size=8, unique_by=lambda one: one.id).map(Book)


def offer(id="of-made-up", **fields):
    """Return a made-up offer."""
    starts = {
        "visibility": "public",
        "title_en": "A made-up course",
        "kind": "minor",
        "status": "open",
        "levels": ["hbo"],
    }
    return Offer(id=id, **{**starts, **fields})


def outcome(id="out-made-up", **fields):
    """Return a made-up outcome."""
    starts = {"visibility": "public", "project": "p-made-up", "stage": "output", "kind": "report"}
    more = {"statement_en": "A made-up report.", "direction": "positive", "evidence": "self_reported"}
    return Outcome(id=id, **{**starts, **more, **fields})


def agreement(id="ag-made-up", **fields):
    """Return a made-up agreement."""
    starts = {"visibility": "public", "title_en": "A made-up agreement", "kind": "convenant", "status": "in_force"}
    return Agreement.model_validate({"id": id, **starts, "start": "2020", **fields})


def book(*records):
    """Return a book with a title."""
    return Book(records, Settings(Text(nl="Verzonnen register", en="Made-up register")))


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.links, self.texts, self.handlers = [], [], [], []
        self._quiet = False

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.links += [value for name, value in attributes if name in ("href", "src")]
        self.handlers += [name for name, _ in attributes if name.startswith("on")]
        self._quiet = tag == "style"

    def handle_endtag(self, tag):
        self._quiet = False

    def handle_data(self, data):
        if not self._quiet:
            self.texts.append(data)

    @property
    def text(self):
        return "".join(self.texts)


def read(html):
    """Return what a browser makes of HTML: its `tags`, `links`, `text`, and `handlers` of events."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader


#: All elements of which our pages consist.
OURS = set(
    "html head meta title style body main div h1 h2 h3 h4 h5 p ul ol li a bdi strong br table caption thead tbody tr th td"
    " details summary svg desc g rect path text".split()
)


def harmless(html):
    """Say whether HTML holds nothing but our own elements, without scripts, pictures or handlers."""
    seen = read(html)
    leads = all(link.startswith(("https://", "http://")) for link in seen.links)
    return set(seen.tags) <= OURS and not seen.handlers and leads
