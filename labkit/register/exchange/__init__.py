"""Records in the forms of other programs: written for an audience, and read from tables and spreadsheets."""

from labkit.register.exchange.about import About
from labkit.register.exchange.audience import MentionError, mentions
from labkit.register.exchange.forms import FORMS, export
from labkit.register.exchange.tables_reading import read_tables

__all__ = ["FORMS", "About", "MentionError", "export", "mentions", "read_tables"]
