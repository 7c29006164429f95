"""labkit's pages as widgets: map, explorer and record form, in step with Python; no logic of their own."""
