"""Names that a question asks about, and whether an article mentions them at all."""

import re
from collections.abc import Sequence
from functools import lru_cache

from index.language import folded
from index.schema import Article
from index.stopwords import STOPWORDS

_WORD = re.compile(r"[^\W\d_]+")
_STEM = 5  # letters by which names are compared: Venezuela and Venezuelan agree
_CALENDAR = """
january february march april may june july august september october november december
monday tuesday wednesday thursday friday saturday sunday mr mrs ms dr
"""
_NO_NAMES = STOPWORDS["en"] | frozenset(_CALENDAR.split())


def names_in(question: str) -> tuple[str, ...]:
    """The capitalised words of a question but its first, folded and cut to be compared. None in a question
    written all in capitals or in small letters."""
    words = _WORD.findall(question)
    if question.isupper():
        return ()
    return tuple(
        dict.fromkeys(
            folded(word)[:_STEM]
            for word in words[1:]
            if word[0].isupper() and len(word) > 1 and word.casefold() not in _NO_NAMES
        )
    )


def without_names(question: str) -> str:
    """The words of a question that are none of the names in it."""
    names = set(names_in(question))
    return " ".join(word for word in _WORD.findall(question) if folded(word)[:_STEM] not in names)


def missing(names: Sequence[str], article: Article) -> float:
    """The share of `names` that `article` mentions nowhere, not even as the outlet; in [0, 1]."""
    if not names:
        return 0.0
    return sum(name not in _held(article) for name in names) / len(names)


@lru_cache(maxsize=512)
def _held(article: Article) -> frozenset[str]:
    """The words of an article, cut to be compared."""
    words = _WORD.findall(folded(f"{article.outlet} {article.title} {article.text}"))
    return frozenset(word[:_STEM] for word in words)
