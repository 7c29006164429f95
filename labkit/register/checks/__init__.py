"""Checks of a register: one concern a file, each with the source of its rule."""

from labkit.register.checks.run import check_register, faults_of

__all__ = ["check_register", "faults_of"]
