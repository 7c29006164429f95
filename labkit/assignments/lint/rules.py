"""The rules by their ids, and how much each weighs."""

from __future__ import annotations

from labkit.assignments.lint.finding import ADVICE, ERROR, WARNING

#: What is looked for: the id of each rule, and its severity.
RULES = {
    # The file and its settings.
    "file-unreadable": ERROR,
    "header-missing": ERROR,
    "header-unreadable": ERROR,
    "header-variants": ERROR,
    "header-year": WARNING,
    "header-title": ADVICE,
    # Ids of questions, checks and cells.
    "id-double": ERROR,
    "id-odd": WARNING,
    "id-cell-double": WARNING,
    "check-without-question": ERROR,
    "check-before-answer": ERROR,
    "no-questions": ADVICE,
    # Points.
    "points-missing": WARNING,
    "points-zero": ERROR,
    "points-sum": ERROR,
    "points-told": WARNING,
    # Markers.
    "marker-unreadable": ERROR,
    "marker-unbalanced": ERROR,
    "marker-misspelt": ERROR,
    "marker-not-first": ERROR,
    "marker-in-string": ERROR,
    "marker-in-wrong-cell": ERROR,
    # What students must not get.
    "hidden-misplaced": ERROR,
    "solution-misplaced": ERROR,
    "solution-missing": ERROR,
    "scheme-misplaced": ERROR,
    # Whether the checks check.
    "question-unchecked": ERROR,
    "check-all-hidden": ERROR,
    "check-unknown-name": ERROR,
    "check-passes-untouched": ERROR,
    "check-public-reference": ERROR,
    "answer-unknown": ERROR,
    # The code.
    "code-syntax": ERROR,
    "path-absolute": ERROR,
    "network": WARNING,
    "data-missing": ERROR,
    "data-outside": ERROR,
    "data-source": ERROR,
    "data-unlisted": WARNING,
    # What a run or an editor left.
    "output-left": ERROR,
    "count-left": WARNING,
    "metadata-person": ERROR,
    # For who reads it.
    "alt-missing": WARNING,
    "alt-drawing": ADVICE,
    "language-unknown": ERROR,
    "language-missing": WARNING,
    "too-many-cells": WARNING,
    "cell-too-long": WARNING,
    "ai-missing": ADVICE,
    "help-missing": ADVICE,
}
