"""What to say where a choice does not exist."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from labkit.errors import WrongUseError
from labkit.language import did_you_mean, t
from labkit.names import nearest


def hint_of(given: Any, choices: Sequence[str]) -> str:
    """Return what may have been meant, or all that there is."""
    near = nearest(str(given), choices)
    return did_you_mean(near) if near else t("There are: {names}.", names=", ".join(choices))


def no_choice(name: str, given: Any, choices: Sequence[str]) -> WrongUseError:
    """Return the error for a part of a view that does not exist.

    Examples
    --------
    >>> str(no_choice("panel", "rankin", ["ranking", "trend"]))
    'A view has no panel "rankin". Did you mean ranking?'
    """
    hint = hint_of(given, choices)
    return WrongUseError(t('A view has no {name} "{given}". {hint}', name=name, given=given, hint=hint))
