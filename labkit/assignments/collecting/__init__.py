"""The steps of collecting: open what a platform gave, tell whose it is, choose what counts, and put it in place."""
