"""A project on eHealth says what it tries out, on whom, and how far the proof goes.

Source: project conditions and criteria of the National eHealth Living Lab (nell.eu/voorwaarden-nell-projecten): a
described role of the lab, user needs known, effectiveness or feasibility, privacy, clinical guidelines, technical
norms, results always published; and reach to people with low literacy (pharos.nl).
"""

from __future__ import annotations

from collections.abc import Iterator

from labkit.language import t
from labkit.names import fold
from labkit.register.checks.context import Context, Finding, error, warning
from labkit.register.records import EHealth, Project
from labkit.register.vocabularies import UNKNOWN


def check_ehealth(context: Context) -> Iterator[Finding]:
    """Yield projects on eHealth without its block, the block without the theme, and what is unknown in it."""
    for project in context.book.of(Project):
        if "ehealth" in project.themes and project.ehealth is None:
            message = t("The theme is ehealth, but the block ehealth is missing.")
            advice = t("Fill in application, target_group, inclusion and phase; unknown will do for what is not known.")
            yield error(project, "ehealth", message, advice)
        if project.ehealth is not None:
            yield from _block(project, project.ehealth)


def _block(project: Project, block: EHealth) -> Iterator[Finding]:
    if "ehealth" not in project.themes:
        message = t("There is a block ehealth, but the theme ehealth is not named.")
        yield warning(project, "themes", message, t("Add the theme, or take the block out."))
    unknown = [name for name in EHealth.model_fields if _is_unknown(getattr(block, name))]
    empty = [name for name in EHealth.model_fields if getattr(block, name) is None]
    if unknown:
        message = t("Of this project on eHealth these are unknown: {names}.", names=", ".join(unknown))
        yield warning(project, "ehealth", message, t("Ask the project for them; others cannot judge it without."))
    if empty:
        message = t("Of this project on eHealth these are not filled in: {names}.", names=", ".join(empty))
        yield warning(project, "ehealth", message, t("Fill them in as far as they are known, or write unknown."))


def _is_unknown(value: object) -> bool:
    """Say whether a value is "unknown", in either language, also where it is a free text."""
    return isinstance(value, str) and fold(value) in (UNKNOWN, "onbekend")
