"""How far the outcomes of a project reached, and on whose word: one rule for all tables."""

from __future__ import annotations

from labkit.language import t
from labkit.register.records import Outcome
from labkit.register.vocabularies import UNKNOWN

#: The stages of a result, in the order in which they reach further.
REACHED = ("output", "use", "change")
#: All stages, the furthest first, with what is known to be nothing and what is not known apart.
SHOWN = ("change", "use", "output", "none", UNKNOWN)
#: Evidence that does not come from the project itself.
BEYOND = ("partner_confirmed", "independent")


def is_confirmed(outcome: Outcome) -> bool:
    """Say whether an outcome is a result, and others than the project itself say so.

    Examples
    --------
    >>> made = Outcome(id="out-x", visibility="public", project="p-x", stage="use", kind="tool",
    ...                statement_en="In use.", direction="positive", evidence="partner_confirmed")
    >>> is_confirmed(made), is_confirmed(made.with_(evidence="self_reported"))
    (True, False)
    """
    return outcome.stage in REACHED and outcome.evidence in BEYOND


def nothing_known(none: int, unknown: int) -> str:
    """Say of how many projects it is known that nothing came, and of how many nothing is known.

    Examples
    --------
    >>> nothing_known(0, 36)
    'Of 36 nothing is known. Of none it is recorded that nothing came.'
    """
    if not none:
        return t("Of {unknown} nothing is known. Of none it is recorded that nothing came.", unknown=unknown)
    return t("Of {unknown} nothing is known; of {none} it is recorded that nothing came.", unknown=unknown, none=none)
