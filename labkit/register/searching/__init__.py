"""How the register is searched: the words of its records, the question, the conditions, and what was found."""
