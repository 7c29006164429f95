"""What came of a question, for the one who asked it."""

from labkit.register.answers.answer import Answer, answer

__all__ = ["Answer", "answer"]
