"""What an analysis can be asked: a wrong name of an option is answered with the right one."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from inspect import signature
from typing import ParamSpec, TypeVar

from labkit.errors import UnknownNameError
from labkit.language import t
from labkit.names import nearest

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


def names_options(function: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """Return a function that answers the wrong name of an option with the nearest right one.

    Examples
    --------
    >>> @names_options
    ... def count(themes=None):
    ...     return themes
    >>> count(theme="safety")
    Traceback (most recent call last):
        ...
    labkit.errors.UnknownNameError: count() has no option theme. Did you mean themes?
    """
    options = [name for name in signature(function).parameters if name != "self"]

    @wraps(function)
    def asked(*args: Asked.args, **given: Asked.kwargs) -> Answer:
        for name in given:
            if name not in options:
                near = nearest(name, options, most=1)
                hint = t("Did you mean {names}?", names=near[0]) if near else ""
                hint = hint or t("Choose from {names}.", names=", ".join(options))
                about = t("{name}() has no option {option}.", name=function.__name__, option=name)
                raise UnknownNameError(f"{about} {hint}", near)
        return function(*args, **given)

    return asked
