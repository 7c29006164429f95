"""What people wrote in a record: every text and every address of a page, with the field in which it stands.

Values that a vocabulary fixes, ids and dates are no prose. The fields are read from the classes of the records,
so that a new field is searched and checked without a word here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args, get_type_hints

from labkit.register.fields import Url, Words, block_in
from labkit.register.records import Block, Record

#: Texts in form only: they hold the id of a programme or of a commitment.
_IDS = ("programme", "commitment")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in a class of blocks a text stands."""

    name: str
    many: bool
    url: bool = False
    inner: tuple[_Place, ...] = ()


def texts_of(record: Record) -> Iterator[tuple[str, str]]:
    """Yield the texts of a record: the field's path as people write it, and the text.

    Examples
    --------
    >>> from labkit.register.records import Partner
    >>> list(texts_of(Partner(id="org-x", visibility="public", name="X", kind="other", website="https://x.example")))
    [('name', 'X')]
    """
    return _walk(record, _places(type(record)), "", False)


def urls_of(record: Record) -> Iterator[tuple[str, str]]:
    """Yield the addresses of pages in a record: the field's path, and the address.

    Examples
    --------
    >>> from labkit.register.records import Partner
    >>> list(urls_of(Partner(id="org-x", visibility="public", name="X", kind="other", sources=["https://x.example"])))
    [('sources[1]', 'https://x.example')]
    """
    return _walk(record, _places(type(record)), "", True)


def _walk(block: Block, places: tuple[_Place, ...], prefix: str, url: bool) -> Iterator[tuple[str, str]]:
    for place in places:
        value: Any = getattr(block, place.name)
        if not value:
            continue
        if not place.inner:
            if place.url is url:
                if place.many:
                    for number, one in enumerate(value, start=1):
                        yield f"{prefix}{place.name}[{number}]", one
                else:
                    yield prefix + place.name, value
        elif place.many:
            for number, one in enumerate(value, start=1):
                yield from _walk(one, place.inner, f"{prefix}{place.name}[{number}].", url)
        else:
            yield from _walk(value, place.inner, f"{prefix}{place.name}.", url)


@cache
def _places(kind: type[Block]) -> tuple[_Place, ...]:
    hints = get_type_hints(kind, include_extras=True)
    names = kind.order() if issubclass(kind, Record) else list(kind.model_fields)
    found = []
    for name in names:
        hint, block = hints[name], block_in(kind.model_fields[name].annotation)
        many = str(kind.model_fields[name].annotation).startswith(("list", "typing.Annotated[list"))
        inside = get_args(hint)
        if block is not None and issubclass(block, Block):
            inner = _places(block)
            if inner:
                found.append(_Place(name, many, inner=inner))
        elif name not in _IDS and (hint == Words or Words in inside):
            found.append(_Place(name, many))
        elif hint == Url or Url in inside:
            found.append(_Place(name, many, url=True))
    return tuple(found)
