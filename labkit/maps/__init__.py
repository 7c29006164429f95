"""Maps: interactive ones that work offline, still pictures, and the atlas."""
