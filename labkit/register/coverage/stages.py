"""How far the outcomes of a project reached, and on whose word: one rule for all tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from labkit.language import t
from labkit.register.coverage.words import in_brackets, share
from labkit.register.records import Outcome
from labkit.register.vocabularies import UNKNOWN

#: The stages of a result, in the order in which they reach further.
REACHED = ("output", "use", "change")
#: All stages, the furthest first, with what is known to be nothing and what is not known apart.
SHOWN = ("change", "use", "output", "none", UNKNOWN)
#: Evidence that does not come from the project itself.
BEYOND = ("partner_confirmed", "independent")
#: The kind of an outcome that was only shown or held.
EVENT = "event"


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


def only_event(outcomes: Iterable[Outcome]) -> bool:
    """Say whether all that came was shown or held: a meeting, an exhibition.

    Examples
    --------
    >>> made = Outcome(id="out-x", visibility="public", project="p-x", stage="output", kind="event",
    ...                statement_en="Shown.", direction="unknown", evidence="self_reported")
    >>> only_event([made]), only_event([made, made.with_(kind="report")]), only_event([])
    (True, False, False)
    """
    kinds = {one.kind for one in outcomes if one.stage in REACHED}
    return kinds == {EVENT}


def result_on_record(furthest: Mapping[str, int], events: int) -> str:
    """Say of how many projects a result is on record, and of how many of these it was only shown or held.

    Parameters
    ----------
    furthest : mapping
        Stage -> number of projects of which it is the furthest.
    events : int
        Of how many projects all results are of the kind event.
    """
    reached, total = sum(furthest[stage] for stage in REACHED), sum(furthest.values())
    text = t(
        "A result is on record for {reached} of the {total} projects{share}. Counted at the furthest stage: change {change}, "
        "use {use}, output {output}.",
        reached=reached,
        total=total,
        share=in_brackets(share(reached, total)),
        change=furthest["change"],
        use=furthest["use"],
        output=furthest["output"],
    )
    if events:
        text += " " + t("For {count} of these it was only shown or held, at an event or exhibition.", count=events)
    return text


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
