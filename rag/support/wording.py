"""Sentences as bags of words: what they are about, cut into clauses, and how much of one another holds."""

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from index.language import folded
from index.stopwords import STOPWORDS

_WORD = re.compile(r"[^\W_]+(?:[’'][^\W\d_]+)*")
_SHORTEST = 3  # letters that a stem keeps
_STEM = 5  # letters by which longer words are compared: "warned" and "warning" agree
_ENDINGS = re.compile(r"(?:ies|ing|ed|es|s|ly)$")
_CLAUSE = re.compile(
    r"[;:—–]\s|,\s(?:and|but|while|although|though|which|who|whose|where|after|before|as)\b|\s[-–—]\s"
    r"|\b(?:but|while|whereas|although|though|however|because|pero|aunque|mientras)\b|،\s"
    r"|[.!?]\s",
    re.IGNORECASE,
)
_EMPTY = """
according told added adding reported reports reporting article newspaper wrote writes news also however since
including included include one two first new later earlier being having became become several another within
following informó según también añadió dijo
"""


@cache
def _plain() -> frozenset[str]:
    listed = {*STOPWORDS["en"], *STOPWORDS["es"], *STOPWORDS["ar"], *_EMPTY.split()}
    return frozenset(folded(word) for word in listed)


def words(text: str) -> list[str]:
    """The words of `text`, folded, without a possessive ending."""
    return [re.sub(r"['’]s?$|['’]s$", "", word) for word in _WORD.findall(folded(text).replace("’", "'"))]


@lru_cache(maxsize=50_000)  # not every word that is ever asked or written
def stem(word: str) -> str:
    """A folded word cut to what its forms have in common.

    >>> stem("warned"), stem("warning"), stem("cities"), stem("city")
    ('warn', 'warn', 'cit', 'cit')
    """
    if word.isdigit():
        return word
    cut = _ENDINGS.sub("", word)
    if len(cut) < _SHORTEST:
        cut = word
    if len(cut) > _SHORTEST and cut[-1] in "eyi":
        cut = cut[:-1]
    return cut[:_STEM]


def is_plain(word: str) -> bool:
    """True for a folded word that carries no topic."""
    return word in _plain() or len(word) < 2


def content(text: str) -> list[str]:
    """The stems of the words that carry a topic, in order."""
    return [stem(word) for word in words(text) if not is_plain(word)]


def share(part: Iterable[str], whole: Iterable[str]) -> float:
    """The share of `part` that `whole` holds; 0 of nothing."""
    asked, held = set(part), set(whole)
    return len(asked & held) / len(asked) if asked else 0.0


def clauses(text: str) -> list[str]:
    """The parts of a sentence that say something of their own."""
    parts = [part.strip() for part in _CLAUSE.split(text) if part]
    return [part for part in parts if len(content(part)) > 1] or [text]


def nearest(asked: str, texts: Sequence[str], *, within: float = 0.8) -> list[str]:
    """Those of `texts` that share most of the words of `asked`, and those that share nearly as many."""
    shared = [share(content(asked), content(text)) for text in texts]
    best = max(shared, default=0.0)
    return [text for text, value in zip(texts, shared, strict=True) if best and value >= within * best]
