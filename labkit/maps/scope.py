"""What maps ask of a city: its figures, and its register."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from labkit.comparison.scope import CityLike

if TYPE_CHECKING:
    from labkit.register.register import Register


class CityWithRegister(CityLike, Protocol):
    """A city with its register."""

    @property
    def name(self) -> str:
        """The name of its package."""

    @property
    def register(self) -> Register:
        """The records of the city."""
