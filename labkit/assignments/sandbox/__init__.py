"""What stands between a student's code and this machine."""
