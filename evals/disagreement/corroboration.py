"""Cases for counting independent origins: reprints and rewrites of one agency's report, reports of an
outlet's own, and denials that several outlets carry.

A line of `corroboration.jsonl` is one case:

    {"id": "...", "language": "en", "question": "...",
     "articles": [{"title": "...", "outlet": "...", "published": "2031-03-04", "text": "..."}, ...],
     "origins": [{"side": "reported", "name": "Coastal Wire"}, {"side": "denied", "name": ""}]}

`origins` are the independent ones that a full answer goes back to; `name` is given where the articles name an
agency. Everything is invented.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, get_args

from evals import metrics
from evals.articles import article_of
from evals.data_files import read_identified
from index.schema import Article, outlet_key
from rag.schema import Answer
from rag.telling.stance import Stance

_NAMED = "the cases of corroboration"


@dataclass(frozen=True)
class ExpectedOrigin:
    """An independent origin and its side; `name` is the agency's, "" where none is named."""

    side: Stance
    name: str


@dataclass(frozen=True)
class CorroborationCase:
    """A question, the articles that answer it, and the independent origins that they go back to."""

    id: str
    language: str
    question: str
    articles: tuple[Article, ...]
    origins: tuple[ExpectedOrigin, ...]


@dataclass(frozen=True)
class JudgedCase:
    """A case and the answer over its articles."""

    case: CorroborationCase
    answer: Answer

    @property
    def expected(self) -> dict[str, int]:
        """How many origins there are, by side."""
        return dict(Counter(origin.side for origin in self.case.origins))

    @property
    def counted(self) -> dict[str, int]:
        """How many origins the answer gives, by side."""
        return dict(Counter(origin.side for origin in self.answer.origins))

    @property
    def named(self) -> tuple[bool, ...]:
        """For each agency that the articles name, whether the answer gives it as an origin of its side."""
        given = {(origin.side, outlet_key(origin.name)) for origin in self.answer.origins}
        return tuple(
            (origin.side, outlet_key(origin.name)) in given for origin in self.case.origins if origin.name
        )


def corroboration_accuracy(judged: Sequence[JudgedCase]) -> float | None:
    """The share of cases whose answer counts as many origins of each side as there are.

    Corroboration accuracy (`shared/EVALS.md`).
    """
    return metrics.corroboration_accuracy([(one.counted, one.expected) for one in judged])


def agencies_named(judged: Sequence[JudgedCase]) -> float | None:
    """The share of agencies named in the articles that the answer gives as an origin of the right side."""
    return metrics.mean([found for one in judged for found in one.named])


def read_shipped_cases() -> tuple[CorroborationCase, ...]:
    """The cases as installed with newscite."""
    with as_file(files("evals") / "disagreement" / "corroboration.jsonl") as path:
        return read_cases(path)


def read_cases(path: Path) -> tuple[CorroborationCase, ...]:
    """Read the cases of a JSON Lines file. Raises InputError where one is not as described above."""
    return read_identified(path, _NAMED, "case", _case)


def _case(row: Mapping[str, Any]) -> CorroborationCase:
    articles = [
        article_of(each, f"{row['id']}/{number}") for number, each in enumerate(row["articles"], start=1)
    ]
    origins = [ExpectedOrigin(each["side"], each["name"]) for each in row["origins"]]
    if wrong := next((origin.side for origin in origins if origin.side not in get_args(Stance)), ""):
        raise ValueError(f"the side {wrong!r} is none of {', '.join(get_args(Stance))}")
    if not 0 < len(origins) <= len(articles):
        raise ValueError(f"{len(articles)} articles can't go back to {len(origins)} origins")
    return CorroborationCase(row["id"], row["language"], row["question"], tuple(articles), tuple(origins))
