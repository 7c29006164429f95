"""What looks like personal data in what others can see."""
