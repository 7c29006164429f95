"""Outcomes: how far projects reached, and what changed, for whom, on whose word."""

from labkit.register.outcomes.changes import Changes
from labkit.register.outcomes.overview import Outcomes, outcomes

__all__ = ["Changes", "Outcomes", "outcomes"]
