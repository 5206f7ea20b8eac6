"""What evaluations are made of: questions with gold spans over articles, and the report of any kind."""

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from evals.metrics import Place
from index.schema import Article, Filter, Span
from rag.schema import Turn

if TYPE_CHECKING:
    from rich.console import RenderableType

T = TypeVar("T")

Progress = Callable[[str, int, int], None]
"""Told what is being done, how many things of it are done, and of how many."""


class Report(Protocol):
    """What an evaluation found: `newscite eval` prints it, or with `--json` its fields."""

    def to_dict(self) -> dict[str, Any]:
        """The fields of `newscite eval --json`: numbers, texts, lists and dicts of these."""

    def __rich__(self) -> "RenderableType":
        """What a terminal shows."""


def silent(stage: str, done: int, total: int) -> None:
    """Progress told to nobody."""


def spread(things: Sequence[T], limit: int | None, seed: int | None = None) -> list[T]:
    """All of `things`, or `limit` of them spread evenly; with a `seed` drawn at random, in their order."""
    if limit is None or limit >= len(things):
        return list(things)
    if seed is not None:
        return [things[n] for n in sorted(random.Random(seed).sample(range(len(things)), limit))]
    return [things[n * len(things) // limit] for n in range(limit)]


def places(spans: Iterable[Span]) -> list[Place]:
    """Spans as metrics take them."""
    return [(span.article.id, span.start, span.end) for span in spans]


@dataclass(frozen=True)
class Wrong:
    """What a reader called wrong: citing one of `places`; with a `sentence`, saying it on one of them, or on
    anything where there are none; with neither, refusing."""

    places: tuple[Span, ...] = ()
    sentence: str = ""


@dataclass(frozen=True)
class Question:
    """One question and what is right: any overlap with a span of `gold`. No gold: refusing is right, unless
    `gold_known` is false: then nobody has said what answers it.

    `kind` groups questions in reports, `answers` are gold answers in words, `filter` and `history` are
    handed to the pipeline with the question. Where the articles disagree, `sides` has the gold of each side:
    an answer should cite every one. `wrong` is what must not be done with it again.
    """

    id: str
    text: str
    kind: str
    gold: tuple[Span, ...] = ()
    answers: tuple[str, ...] = ()
    filter: Filter = field(default_factory=Filter)
    history: tuple[Turn, ...] = ()
    sides: tuple[tuple[Span, ...], ...] = ()
    wrong: tuple[Wrong, ...] = ()
    gold_known: bool = True

    @property
    def answerable(self) -> bool:
        """True if some article is known to hold the answer."""
        return bool(self.gold)

    @property
    def unanswerable(self) -> bool:
        """True if no article holds it, so that refusing is right."""
        return self.gold_known and not self.gold

    @property
    def places(self) -> list[Place]:
        """The gold spans as metrics take them."""
        return places(self.gold)


@dataclass(frozen=True)
class Dataset:
    """Articles, and questions about them. `digest` is the SHA-256 of everything that was read.

    Raises ValueError if two questions share an id, a span of gold or of what is wrong is of an article that
    isn't here, or a side has a span that is no gold.
    """

    name: str
    articles: tuple[Article, ...]
    questions: tuple[Question, ...]
    licence: str
    digest: str
    description: str

    def __post_init__(self) -> None:
        if len({question.id for question in self.questions}) < len(self.questions):
            raise ValueError(f"{self.name}: two questions share an id")
        known = {article.id for article in self.articles}
        for question in self.questions:
            if not known.issuperset(span.article.id for span in question.gold):
                raise ValueError(f"{self.name}: question {question.id} has gold in an unknown article")
            if not known.issuperset(span.article.id for one in question.wrong for span in one.places):
                raise ValueError(f"{self.name}: question {question.id} calls an unknown article wrong")
            if not set(question.gold).issuperset(span for side in question.sides for span in side):
                raise ValueError(f"{self.name}: question {question.id} has a side outside its gold")
