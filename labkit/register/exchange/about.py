"""What an export says about itself: its title, its terms, and who publishes it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

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
    licence: str = ""
    publisher: str = ""

    @classmethod
    def of(cls, settings: Settings) -> About:
        """Return what the settings of a register say."""
        titles = settings.titles
        return cls(title=titles) if titles.nl or titles.en else cls()

    @property
    def licence_page(self) -> str:
        """The page with the text of the licence; "" where none is stated."""
        if self.licence in _PAGES:
            return _PAGES[self.licence]
        return f"https://spdx.org/licenses/{self.licence}.html" if _SPDX.match(self.licence) else ""
