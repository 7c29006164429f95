"""Questions and the offers that fit them."""

from labkit.register.matching.matches import Candidate, Matches, match
from labkit.register.matching.reasons import WEIGHTS, Reason

__all__ = ["WEIGHTS", "Candidate", "Matches", "Reason", "match"]
