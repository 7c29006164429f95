"""Say something in the language of a form: the reader of a page may switch, whatever the notebook speaks."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from labkit.language import current, use


@contextlib.contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak a language for a while.

    Examples
    --------
    >>> with speaking("nl"):
    ...     current()
    'nl'
    """
    before = current()
    use(language)
    try:
        yield
    finally:
        use(before)
