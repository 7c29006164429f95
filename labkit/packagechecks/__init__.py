"""Check a city package: every fault with its file, line and column, and what to do about it.

Each module looks at one thing and yields `Fault`s; `check_package` runs them all. A fault in one file does
not hide those in the others.
"""
