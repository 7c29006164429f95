"""What was built on what."""

from labkit.register.lineage.overview import DeadEnd, Lineage, lineage
from labkit.register.lineage.repeat_load import RepeatLoad, repeat_load
from labkit.register.lineage.steps import Chain, Step

__all__ = ["Chain", "DeadEnd", "Lineage", "RepeatLoad", "Step", "lineage", "repeat_load"]
