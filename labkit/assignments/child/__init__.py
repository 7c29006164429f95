"""What runs in the student's process: their cells, and the telling of their answers."""
