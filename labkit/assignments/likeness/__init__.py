"""Which hand-ins are alike: a place to look, no verdict. All of it happens on this computer."""
