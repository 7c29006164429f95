"""The release: what students get of an assignment, made in small steps, each a notebook in and a notebook out."""
