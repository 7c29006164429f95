"""Import of a spreadsheet: read it, say which column is which field, and see what would happen before it does."""

from labkit.register.exchange.spreadsheet.plan import ImportPlan, plan_import
from labkit.register.exchange.spreadsheet.sheet import SheetError

__all__ = ["ImportPlan", "SheetError", "plan_import"]
