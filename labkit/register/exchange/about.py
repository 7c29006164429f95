"""What an export says about itself: its title, its terms, and who publishes it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from labkit.register.settings import Settings
from labkit.texts import Text

#: Licences whose own page says more than the list of SPDX does.
_PAGES = {
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC-BY-NC-4.0": "https://creativecommons.org/licenses/by-nc/4.0/",
}
_SPDX = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]*$")


@dataclass(frozen=True)
class About:
    """What an export says about itself.

    Attributes
    ----------
    title, description : Text
        In Dutch and English.
    note : Text
        What a reader must know of all that is in it, such as that it is a sample.
    licence : str
        An SPDX name, such as CC-BY-4.0; "" says that none is stated.
    publisher : str
        The id of a partner, or the name of an organisation; "" if none is stated.

    Examples
    --------
    >>> About(licence="CC-BY-4.0").licence_page
    'https://creativecommons.org/licenses/by/4.0/'
    """

    title: Text = field(default_factory=lambda: Text(nl="Register", en="Register"))
    description: Text = field(
        default_factory=lambda: Text(
            nl="Vragen, aanbod, projecten, partners, afspraken en uitkomsten.",
            en="Questions, offers, projects, partners, agreements and outcomes.",
        )
    )
    note: Text = field(default_factory=Text)
    licence: str = ""
    publisher: str = ""

    @classmethod
    def of(cls, settings: Settings) -> About:
        """Return what the settings of a register say."""
        said = cls(note=settings.note, licence=settings.licence)
        return replace(said, title=settings.titles) if settings.titles.nl or settings.titles.en else said

    def told(self, language: str) -> str:
        """Return the description with the note."""
        return " ".join(part for part in (self.description(language), self.note(language)) if part)

    @property
    def licence_page(self) -> str:
        """The page with the text of the licence; "" where none is stated."""
        return page_of(self.licence)


def page_of(licence: str) -> str:
    """Return the page with the text of a licence; "" if it is no SPDX name.

    Examples
    --------
    >>> page_of("MIT"), page_of("ask us")
    ('https://spdx.org/licenses/MIT.html', '')
    """
    if licence in _PAGES:
        return _PAGES[licence]
    return f"https://spdx.org/licenses/{licence}.html" if _SPDX.match(licence) else ""
