"""Words for what people do, and where they do it: what stands beside them is a function, not a name."""

from __future__ import annotations

import re

_WORK = re.compile(
    r"makelaar|broker|docent|lector|lecturer|teacher|leraar|leraren|co[oö]rdinator|adviseur|advis|manager|regisseur|leider|leader"
    r"|begeleid|supervis|student|onderzoek|research|redact|editor|beheer|secretari|bestuur|board|voorzitter|chair|hoofd|head|team"
    r"|bureau|office|desk|balie|loket|afdeling|department|faculteit|faculty|opleiding|programm|project|werker|worker|agent|directeur"
    r"|director|medewerker|staff|officer|functionaris|ambtena|civil|contact|kwartiermaker|vrijwillig|volunteer|bewoner|resident"
    r"|commissie|committee|werkgroep|stagiair|intern|professor|hoogleraar|decaan|dean|ambassadeur|ambassador|stichting|vereniging"
    r"|gemeente|municipality|universiteit|university|hogeschool|lab|helper|session|assistent|assistant|communicatie|communication"
    r"|curator|conservator|trainer|coach|consulent|verpleeg|nurse|arts|huisarts|wethouder|alderman|burgemeester|mayor|import|website"
    r"|pagina|page|campus|dienst|service|organisat|instituut|institute|school"
)


def is_work(text: str) -> bool:
    """Say whether a text names a function, or a place of work.

    Examples
    --------
    >>> is_work("Kennismakelaar Noord"), is_work("Anna Bakker")
    (True, False)
    """
    return _WORK.search(text.casefold()) is not None
