"""Coverage: where projects are, where none is, what is not known, and whether that holds."""

from labkit.register.coverage.overview import Coverage, coverage

__all__ = ["Coverage", "coverage"]
