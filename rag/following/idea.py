"""A question that may be asked next, and the sentence that gave it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, Protocol

from index.schema import Article, Span

Sort = Literal[
    "denial", "when", "how_many", "why", "who", "cost", "said", "outlet", "person", "name", "headline"
]


@dataclass(frozen=True)
class Idea:
    """A question, of which kind it is, and where its answer stands: in `source`, a sentence or an article, if
    it must be one, and in words that hold `holds`."""

    sort: Sort
    question: str
    source: Span | Article | None
    holds: str = ""


class Asks(Protocol):
    """The questions of one language."""

    def questions(self, sentence: Span, topic: str) -> Iterator[Idea]:
        """What may be asked so that `sentence` answers; `topic` is a name to ask about, or ""."""

    def on_outlet(self, outlet: str, topic: str) -> str:
        """A question for what `outlet` reports about `topic`."""

    def on_name(self, name: str) -> str:
        """A question for what is reported about somebody or something."""

    def on_person(self, name: str) -> str:
        """A question for who somebody is."""

    def on_headline(self, title: str) -> str:
        """A question for what is told under a headline."""


def is_full_name(name: str) -> bool:
    """True for "Ilse Tarnowick" and "Museo de Arte", not for "Tarnowick", "the union" and "The union"."""
    words = name.split()
    named = sum(word[0].isupper() for word in words)
    return named > 1 and words[0][0].isupper() and words[0] not in ("The", "El", "La", "Los", "Las")
