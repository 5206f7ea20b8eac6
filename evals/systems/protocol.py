"""What a system is to an evaluation: something that was given articles, answers, and finds passages.

Everything that passes is plain data, so that any system can be put behind it, ours or another's.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from index.schema import Article, Filter
from rag.schema import Turn

EVERYTHING = Filter()


@dataclass(frozen=True)
class Quoted:
    """Words that a system says stand at `[start, end)` of an article's text, in code points.

    What it says may be wrong: that is measured. `article_id` is "" where it names none of the articles that
    it was given, and the offsets are -1 where it gives none and its words stand nowhere.
    """

    article_id: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True)
class Said:
    """A sentence of an answer, and which of the answer's citations it stands on, counted from 0."""

    text: str
    citations: tuple[int, ...]


@dataclass(frozen=True)
class Reply:
    """What a system says to a question. `confidence` is any number that is higher the surer it is.

    `status` is answered, partial or abstained, `reason` says why in words. `sentences` is the answer's text
    cut up, for measures of support; empty where a system doesn't say which citation is whose.
    """

    text: str
    citations: tuple[Quoted, ...] = ()
    confidence: float = 0.0
    status: str = "answered"
    reason: str = ""
    sentences: tuple[Said, ...] = ()


class System(Protocol):
    """Anything that answers with citations."""

    def answer(self, question: str, /, *, history: Sequence[Turn] = ..., filter: Filter = ...) -> Reply:
        """What it says to `question`. `history` is what was asked before, oldest first; `filter` says which
        articles may be used."""

    def search(self, question: str, /, *, k: int = ..., filter: Filter = ...) -> Sequence[Quoted]:
        """The `k` best passages, best first; nothing if it can't search."""


SystemOver = Callable[[Sequence[Article]], AbstractContextManager[System]]
"""Makes a system that knows exactly these articles, and releases what it holds when left."""
