"""The version of labkit, in one place."""

__version__ = "0.1.0"
