"""Fields that ask for a function hold a function: people leave, a function stays.

Source: domain model, `record_by` and `contact_function`: "a function, never a name".
"""

from __future__ import annotations

from labkit.register.checks.personal.given import SURNAMES
from labkit.register.checks.personal.names import is_first_name
from labkit.register.checks.personal.work import is_work
from labkit.register.words import words_of

#: Ends of the fields that ask for a function.
FIELDS = ("record_by", "contact_function", "confirmed_by")


def is_name_of_one(text: str) -> bool:
    """Say whether a text that should be a function is somebody's name instead.

    Examples
    --------
    >>> is_name_of_one("Anna"), is_name_of_one("Sjoukje Puk"), is_name_of_one("Kennismakelaar"), is_name_of_one("de wijkregisseur")
    (True, True, False, False)
    """
    words = text.replace(",", " ").split()
    if not 1 <= len(words) <= 4 or is_work(text):
        return False
    if any(is_first_name(word) or (words_of(word) or [""])[0] in SURNAMES for word in words if word[:1].isupper()):
        return True
    # Two or more words that all begin with a capital, and none of them for work: more likely a name than a function.
    capitals = [word for word in words if word[:1].isupper()]
    return len(capitals) >= 2 and all(word[1:].islower() for word in capitals)
