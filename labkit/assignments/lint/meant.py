"""Read what a line was meant to be: a marker with a slip of the pen, or one of another program."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from labkit.assignments.markers import HIDDEN, SCHEME, SOLUTION

#: A comment of two to four words, read as kindly as can be: also what otter-grader and nbchkr write.
_BLOCK = re.compile(
    r"^\s*(?P<sign>#+\s*%*|<!--|=+|//+|/\*|--+|%%)?\s*(?P<side>[A-Z]{2,9})[\s_-]+"
    r"(?P<what>[A-Z]{3,}(?:[\s_-]*[A-Z]{3,})?)\W*$",
    re.IGNORECASE,
)
#: The block is named right, and something stands behind it: `# BEGIN SOLUTION NO PROMPT`.
_MORE = re.compile(
    r"^\s*(?:#+|<!--|=+)\s*(?P<side>BEGIN|END)[\s_-]+(?P<what>SOLUTION|HIDDEN[\s_-]TESTS?|MARK[\s_-]SCHEME)\b.+$"
)
_SIDES = {
    "BEGIN": "BEGIN",
    "START": "BEGIN",
    "BEGINNING": "BEGIN",
    "END": "END",
    "STOP": "END",
    "EIND": "END",
    "EINDE": "END",
}
_WHATS = {
    "SOLUTION": SOLUTION,
    "SOLUTIONS": SOLUTION,
    "ANSWER": SOLUTION,
    "OPLOSSING": SOLUTION,
    "HIDDEN": HIDDEN,
    "HIDDEN TEST": HIDDEN,
    "HIDDEN TESTS": HIDDEN,
    "HIDDEN CHECK": HIDDEN,
    "HIDDEN CHECKS": HIDDEN,
    "VERBORGEN TESTS": HIDDEN,
    "VERBORGEN CONTROLES": HIDDEN,
    "TESTS": HIDDEN,
    "MARK SCHEME": SCHEME,
    "MARKING SCHEME": SCHEME,
    "MARK SCHEMES": SCHEME,
    "MARKSCHEME": SCHEME,
    "RUBRIC": SCHEME,
}  # fmt: skip
#: Words that stand in any comment: "# start tests".
_COMMON = ("TESTS", "TEST", "ANSWER", "ANSWERS", "HIDDEN", "RUBRIC")
#: How alike a word must be to one of ours, 0 to 1.
_ALIKE = 0.8

#: `# qestion: q1` and the like, and the same without a colon.
_FIRST = re.compile(
    r"^\s*(?:#+|<!--)\s*(?P<word>\w+)\s*[:=]?\s+?(?P<rest>[A-Za-z0-9][\w-]*)\s*(?P<more>,.*?)?\s*(?:-->.*)?$"
)
_WORDS = {
    "vraag": "question",
    "opgave": "question",
    "exercise": "question",
    "controle": "check",
    "test": "check",
    "taal": "language",
}


def block(text: str, kind: str) -> str:
    """Return the marker of a block that a line is meant to be; "" if it is meant to be none.

    Parameters
    ----------
    text : str
        A line that is no marker.
    kind : {"code", "markdown"}
        The cell that it stands in.

    Examples
    --------
    >>> block("# BEGIN SOLUTON", "code"), block("### END HIDDEN TEST", "code"), block("# BEGIN SOLUTION NO PROMPT", "code")
    ('# BEGIN SOLUTION', '# END HIDDEN TESTS', '# BEGIN SOLUTION')
    >>> block("# The end of the solution", "code")
    ''
    """
    found = _MORE.match(text) or _BLOCK.match(text)
    if not found:
        return ""
    loud = text.strip().isupper() or found.re is _MORE
    if not loud and not found["sign"]:
        return ""
    side = _side(found["side"].upper(), loud=loud)
    what = _what(" ".join(re.split(r"[\s_-]+", found["what"].upper())))
    if not side or not what or (not loud and found["what"].upper() in _COMMON):
        return ""
    return (
        f"=== {side} {what} ==="
        if what == SCHEME
        else f"# {side} {what}"
        if kind == "code"
        else f"<!-- {side} {what} -->"
    )


def _side(word: str, *, loud: bool) -> str:
    """Return BEGIN or END; in capitals only, a slip of the pen is forgiven."""
    if word in _SIDES or not loud:
        return _SIDES.get(word, "")
    best = max(("BEGIN", "END"), key=lambda one: _ratio(word, one))
    return best if _ratio(word, best) >= 0.66 else ""


def _what(words: str) -> str:
    best = max(_WHATS, key=lambda one: _ratio(words, one))
    return _WHATS[best] if _ratio(words, best) >= _ALIKE else ""


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()


def first(text: str, kind: str) -> str:
    """Return the marker that the first line of a cell is meant to be; "" if it is meant to be none.

    Examples
    --------
    >>> first("# qestion: q1, 2 points", "code"), first("<!-- vraag: q1 -->", "markdown"), first("# check q1", "code")
    ('# question: q1, 2 points', '<!-- question: q1 -->', '# check: q1')
    >>> first("# Noise: how much", "markdown"), first("# checked: twice", "code"), first("# check it", "code")
    ('', '', '')
    """
    found = _FIRST.match(text)
    if not found or (kind == "markdown" and not text.lstrip().startswith("<!--")):
        return ""
    word, name, more = found["word"].lower(), found["rest"], found["more"] or ""
    colon = re.match(r"\s*[:=]", text[found.end("word") :]) is not None
    meant = _WORDS.get(word) or next((one for one in ("question", "check", "language") if _is_near(word, one)), "")
    sure = bool(re.match(r"[A-Za-z].*\d", name) or re.search(r"\d\s*(?:point|punt)", more))
    if meant == "language":
        sure = name.lower() in ("nl", "en")
        name = name.lower()
    if not meant or not (sure or (colon and word not in _WORDS and meant != "language")):
        return ""
    inner = f"{meant}: {name}{more}"
    return f"<!-- {inner} -->" if kind == "markdown" else f"# {inner}"


def _is_near(word: str, meant: str) -> bool:
    """Return whether a word is a marker, perhaps with a letter wrong: not another word, such as "checked"."""
    same = sum(block.size for block in SequenceMatcher(None, word, meant).get_matching_blocks())
    return word[:1] == meant[:1] and len(meant) - same <= 1 and len(word) - same <= 1
