"""The poster of one area: its map, its figures, its projects and what is not known, on one page of A3."""
