"""Made-up registers whose records refer to each other, and in which every text stands but once."""

from itertools import count

from hypothesis import strategies as st
from made_up_records import blocks

from labkit.register.book import Book
from labkit.register.fields import PREFIXES, Ref, block_in, marks_in
from labkit.register.records import KINDS
from labkit.register.settings import Settings
from labkit.register.vocabularies import VISIBILITY
from labkit.texts import Text

#: Ids that no other id, word or file name contains.
POOL = {kind: [f"{prefix}-zq{n}zq{kind}" for n in (1, 2, 3)] for kind, prefix in PREFIXES.items()}
PROGRAMMES = {name: Text(nl=f"{name} nl", en=f"{name} en") for name in ("zqprogrammeone", "zqprogrammetwo")}


@st.composite
def linked_books(draw, visibilities=VISIBILITY.ids, most=3):
    """Return a strategy of books whose references lead to records that are there, and whose words are all their own."""
    numbers = count(1)
    chosen = {kind: ids[: draw(st.integers(0, most))] for kind, ids in POOL.items()}
    records = []
    for kind, model in KINDS.items():
        for id in chosen[kind]:
            data = _own(draw, model, draw(blocks(model)).as_dict(), chosen, numbers)
            if data is None:
                continue
            data |= {"id": id, "visibility": draw(st.sampled_from(visibilities))}
            if kind == "project":
                data["programme"] = draw(st.sampled_from(["other", *PROGRAMMES]))
            records.append(model.model_validate(data))
    return Book(records, Settings(Text(en="Made-up register"), PROGRAMMES))


def _own(draw, model, data, chosen, numbers):
    """Return plain data with references to what is there and words of their own; None if it cannot be."""
    found = {}
    for name, value in data.items():
        field = model.model_fields[name]
        block = block_in(field.annotation)
        marks = [*field.metadata, *marks_in(field.annotation)]
        ref = next((one for one in marks if isinstance(one, Ref) and one.kind != "area"), None)
        if block is not None:
            inner = [_own(draw, block, one, chosen, numbers) for one in (value if isinstance(value, list) else [value])]
            kept = [one for one in inner if one is not None]
            if isinstance(value, list):
                found[name] = kept
            elif kept:
                found[name] = kept[0]
        elif ref is not None:
            if not chosen[ref.kind]:
                if field.is_required():
                    return None
                continue
            pick = st.sampled_from(chosen[ref.kind])
            found[name] = draw(st.lists(pick, max_size=3)) if isinstance(value, list) else draw(pick)
        else:
            found[name] = _worded(value, str(marks), numbers)
    return found


def _worded(value, marks, numbers):
    if isinstance(value, list):
        return [_worded(one, marks, numbers) for one in value]
    if isinstance(value, str) and value.startswith("http") and "pattern='" not in marks:
        return f"https://example.org/zq{next(numbers)}zqpage"
    if isinstance(value, str) and "strip_whitespace=True" in marks:
        return f"zq{next(numbers)}zqword =1;\"'x"
    return value


def tokens(value):
    """Return the words of plain data that stand nowhere else: ids, texts and addresses."""
    if isinstance(value, dict):
        return set().union(*map(tokens, value.values()), set())
    if isinstance(value, list):
        return set().union(*map(tokens, value), set())
    if isinstance(value, str) and "zq" in value:
        return {value.split()[0].rpartition("/")[2]}
    return set()
