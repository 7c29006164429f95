"""What was promised in agreements, and what was done for it."""

from labkit.register.agreements.report import AgreementReport, agreement_report

__all__ = ["AgreementReport", "agreement_report"]
