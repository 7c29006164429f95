"""An outcome says no more than is known: change comes after the work, and proof can be looked up.

Sources: domain model, "project finished before its outcome may be change"; outcome harvesting (betterevaluation.org):
an outcome is a change in behaviour, relations, actions, policy or practice, and it is substantiated by somebody
else, with a page or a document that can be read again.
"""

from __future__ import annotations

from collections.abc import Iterator

from labkit.language import t
from labkit.register import when
from labkit.register.checks.context import Context, Finding, error, warning
from labkit.register.records import Outcome, Project
from labkit.register.spans import span_of
from labkit.register.vocabularies import UNKNOWN

#: Kinds of outcome that are things made or done, not a change by themselves.
PRODUCTS = (
    *("report", "thesis", "article", "poster", "video", "website", "dataset", "tool"),
    *("training", "event", "plan", "findings", "activity"),
)


def check_outcomes(context: Context) -> Iterator[Finding]:
    """Yield outcomes that say more than their project, their kind or their proof can carry."""
    for outcome in context.book.of(Outcome):
        project = context.book.records.get(outcome.project)
        if isinstance(project, Project):
            yield from _against_project(outcome, project)
        if outcome.evidence in ("partner_confirmed", "independent") and not (outcome.evidence_url or outcome.sources):
            message = t("The evidence is {evidence}, but no page shows it.", evidence=outcome.evidence)
            yield warning(outcome, "evidence_url", message, t("Give evidence_url or sources, or another evidence."))
        if outcome.stage == "none" and outcome.kind != UNKNOWN:
            message = t("The stage is none, but a kind of outcome is named ({kind}).", kind=outcome.kind)
            yield warning(outcome, "kind", message, t("Write kind: unknown, or the stage that was reached."))
        if outcome.stage == "change" and outcome.kind in PRODUCTS:
            message = t(
                "The stage is change, but the kind ({kind}) is something that was made or done.", kind=outcome.kind
            )
            advice = t("Choose policy, practice, behaviour, relation or learning, or the stage output or use.")
            yield warning(outcome, "kind", message, advice)


def _against_project(outcome: Outcome, project: Project) -> Iterator[Finding]:
    if outcome.stage == "change" and project.status not in ("finished", "stopped"):
        message = t(
            "The stage is change, but the status of {project} is {status}.", project=project.id, status=project.status
        )
        advice = t("Write use or output until the project is finished, or correct the status of the project.")
        # Where nobody knows whether it is finished, nothing is certainly wrong.
        found = warning if project.status == UNKNOWN else error
        yield found(outcome, "stage", message, advice)
    start = span_of(project).start
    if when.certainly_before(outcome.observed_on, start):
        named = {"seen": when.shown(outcome.observed_on), "project": project.id, "start": when.shown(start)}
        message = t("It was seen ({seen}) before {project} began ({start}).", **named)
        yield error(outcome, "observed_on", message, t("Correct one of the two dates."))
