"""What everybody may see says where it comes from.

Source: domain model, "source_url: required for records from a page"; `record_by` for what was written down here.
"""

from __future__ import annotations

from collections.abc import Iterator

from labkit.language import t
from labkit.register.checks.context import Context, Finding, warning
from labkit.register.prose import urls_of


def check_origins(context: Context) -> Iterator[Finding]:
    """Yield public records that name no page and nobody who wrote them down, as warnings."""
    for record in context.book:
        told = record.visibility != "public" or record.record_by is not None
        # The website of a partner or the address of an outcome is a page that says so too.
        if not told and next(urls_of(record), None) is None:
            message = t("Nothing says where this comes from.")
            advice = t("Give a page in sources, or the function of who wrote it down in record_by.")
            yield warning(record, "sources", message, advice)
