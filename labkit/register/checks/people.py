"""Projects that ask, watch or measure people: ethics, personal data and small numbers.

Sources, all public pages named in the domain findings: Leiden University lets every study with people pass an ethics
committee before it starts (psychology: CEP; FSW: advice on nWMO; medical-scientific with acts imposed: METC, by the
WMO); special categories of personal data (GDPR article 9, such as health) ask for a DPIA and consent, and the
university's data management plan for storage and a date until which data are kept. The smallest number that is
shown (k) is a choice: no Dutch rule fixes it; ten is used as one part of disclosure checking at the ONS.
"""

from __future__ import annotations

from collections.abc import Iterator

from labkit.language import t
from labkit.register import when
from labkit.register.checks.context import Context, Finding, error, warning
from labkit.register.records import Project
from labkit.register.vocabularies import UNKNOWN

#: Our choice, not a rule of law: see the sources above.
SMALLEST_K = 10

#: What special personal data ask for.
_SPECIAL = ("dpia", "consent", "storage", "keep_until", "k_min")


def check_people(context: Context) -> Iterator[Finding]:
    """Yield projects with people that do not say how they were looked after."""
    for project in context.book.of(Project):
        if project.involves_people is True:
            yield from _ethics(project)
        if project.data_class == "special":
            yield from _special(project)


def _ethics(project: Project) -> Iterator[Finding]:
    who = t("People are involved (involves_people).")
    if project.ethics_route is None:
        message = f"{who} {t('No ethics route is given.')}"
        yield error(project, "ethics_route", message, t("Write the route; not_needed or unknown will do too."))
    elif project.ethics_route == UNKNOWN:
        message = f"{who} {t('The ethics route is unknown.')}"
        yield warning(project, "ethics_route", message, t("Ask the lecturer which committee looked at it."))
    if project.data_class is None:
        message = f"{who} {t('The class of personal data is not given.')}"
        yield error(project, "data_class", message, t("Write none, ordinary, special or unknown."))
    elif project.data_class == UNKNOWN:
        message = f"{who} {t('The class of personal data is unknown.')}"
        yield warning(project, "data_class", message, t("Ask the lecturer which data were collected."))
    if when.certainly_before(project.start, project.ethics_date):
        named = {"when": when.shown(project.ethics_date), "start": when.shown(project.start)}
        message = t("The ethics review ({when}) was after the start ({start}).", **named)
        yield warning(project, "ethics_date", message, t("A review comes before the start: look at both dates."))


def _special(project: Project) -> Iterator[Finding]:
    for name in _SPECIAL:
        value = getattr(project, name)
        if value is None:
            message = t("Special personal data need {field}.", field=name)
            yield error(project, name, message, _advice(name))
        elif value == UNKNOWN:
            message = t("Special personal data need {field}; it is unknown.", field=name)
            yield warning(project, name, message, _advice(name))
    if project.consent == "none":
        message = t("Special personal data were used without consent.")
        advice = t("Look it up: without consent there must be another ground in law; say which in a note.")
        yield warning(project, "consent", message, advice)
    if project.k_min is not None and project.k_min < SMALLEST_K:
        message = t("The smallest number that is shown (k_min) is {count}.", count=project.k_min)
        advice = t("We advise {count} or more, so that nobody can be recognised.", count=SMALLEST_K)
        yield warning(project, "k_min", message, advice)
    if project.ethics_route == "not_needed":
        message = t("Special personal data, and yet the ethics route is not_needed.")
        yield warning(project, "ethics_route", message, t("Ask the lecturer which committee looked at it."))


def _advice(name: str) -> str:
    return {
        "dpia": t("Write done, pending or not_needed; the privacy officer knows."),
        "consent": t("Write written, digital, parental or none."),
        "storage": t("Say where the data are kept safe."),
        "keep_until": t("Write the date until which the data are kept."),
        "k_min": t("Write the smallest number of people that is shown; we advise {count}.", count=SMALLEST_K),
    }[name]
