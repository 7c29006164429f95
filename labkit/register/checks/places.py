"""Where a record is: its scope and its areas say the same.

Source: domain model, "districts: required with scope = district". A place that is not known is `scope: unknown`;
it is counted apart, so it may not hide in an empty list.
"""

from __future__ import annotations

from collections.abc import Iterator

from labkit.language import t
from labkit.register.checks.context import Context, Finding, error
from labkit.register.records import Offer, Project, Question


def check_places(context: Context) -> Iterator[Finding]:
    """Yield a scope "areas" without areas, and areas beside another scope."""
    for record in context.book:
        if not isinstance(record, Question | Project | Offer):
            continue
        if record.scope == "areas" and not record.areas:
            message = t("The scope is areas, but no area is named.")
            yield error(record, "areas", message, t("Name the areas by their codes, or write scope: unknown."))
        elif record.areas and record.scope is None:
            message = t("Areas are named, but there is no scope.")
            yield error(record, "scope", message, t("Write scope: areas."))
        elif record.areas and record.scope != "areas":
            message = t("Areas are named, but the scope is {scope}.", scope=record.scope)
            yield error(record, "scope", message, t("Write scope: areas, or take the areas out."))
