"""Clauses of a sentence, and which of them speak of a given matter."""

import re

from index.language import folded
from index.stopwords import EVERY_STOPWORD

_CUT = re.compile(
    r"[,;:،؛—–]\s?|\s[-–—]\s|\s(?:and|but|while|although|though|because|whereas|after|before|y|pero|mientras|aunque|porque)\s"
    r"|\s(?=(?:saying|adding|which|who|whose|where)\s)|\sو(?=(?:قال|أضاف|لكن))"
)
_WORD = re.compile(r"[^\W_]+")
_STEM = 5  # letters by which words are compared: "approved" and "approval" agree


def clauses_of(text: str) -> list[str]:
    """The clauses of a sentence, roughly: what stands between commas and conjunctions."""
    return [clause for clause in _CUT.split(text) if clause and clause.strip()]


def stems(text: str) -> frozenset[str]:
    """The words of `text` that say something, folded and cut to be compared."""
    return frozenset(
        word[:_STEM] for word in _WORD.findall(folded(text)) if word not in EVERY_STOPWORD and len(word) > 1
    )


def nearest_clauses(text: str, matter: str) -> str:
    """The clauses of `text` that share most words with `matter`; all of it where none shares any."""
    clauses = clauses_of(text)
    wanted = stems(matter)
    shared = [len(stems(clause) & wanted) for clause in clauses]
    most = max(shared, default=0)
    if not most:
        return text
    return " , ".join(clause for clause, count in zip(clauses, shared, strict=True) if count == most)
