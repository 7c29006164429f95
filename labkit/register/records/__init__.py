"""The kinds of record: question, offer, project, partner, agreement and outcome."""

from labkit.register.records.agreement import Agreement, Commitment, Party
from labkit.register.records.base import Block, Record
from labkit.register.records.offer import Offer
from labkit.register.records.outcome import Outcome
from labkit.register.records.partner import Partner
from labkit.register.records.parts import PartnerRole, UnderAgreement
from labkit.register.records.project import EHealth, Handover, Project
from labkit.register.records.question import Question

#: Kind -> its class, in the order in which they are shown.
KINDS: dict[str, type[Record]] = {one.KIND: one for one in (Question, Offer, Project, Partner, Agreement, Outcome)}

__all__ = [
    "KINDS",
    "Agreement",
    "Block",
    "Commitment",
    "EHealth",
    "Handover",
    "Offer",
    "Outcome",
    "Partner",
    "PartnerRole",
    "Party",
    "Project",
    "Question",
    "Record",
    "UnderAgreement",
]
