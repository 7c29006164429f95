"""Records in the forms of other programs: written for an audience, and read from tables and spreadsheets."""

from labkit.register.exchange.about import About
from labkit.register.exchange.audience import MentionError, mentions
from labkit.register.exchange.forms import FORMS, export
from labkit.register.exchange.spreadsheet import ImportPlan, SheetError, plan_import
from labkit.register.exchange.tables_reading import read_tables

__all__ = [
    "FORMS",
    "About",
    "ImportPlan",
    "MentionError",
    "SheetError",
    "export",
    "mentions",
    "plan_import",
    "read_tables",
]
