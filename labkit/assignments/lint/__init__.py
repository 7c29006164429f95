"""What is wrong in an assignment as it was written: told from its text, without running it, in milliseconds."""
