"""Fair ways to look at figures: profile, compare, rank, change, correlate.

Differences count only where they are more than rounding, places come as bands, years are joined only where
they measure the same, and what is missing says why.
"""
