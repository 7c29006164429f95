"""The labkit command: one file a group of subcommands."""

from __future__ import annotations

from labkit.cli.app import main

__all__ = ["main"]
