"""Maps and charts as answers: what can be read from the object itself, never from its pixels.

`describe` turns a map or a chart of labkit, folium, geopandas, matplotlib or Altair into plain data (`MapFacts`,
`ChartFacts`), which can leave the student's process, and on which `lk.expect.map` and `lk.expect.chart` look.
"""

from __future__ import annotations

from labkit.assignments.objects.describing import describe
from labkit.assignments.objects.facts import AxisFacts, ChartFacts, LayerFacts, MapFacts, facts_from

__all__ = ["AxisFacts", "ChartFacts", "LayerFacts", "MapFacts", "describe", "facts_from"]
