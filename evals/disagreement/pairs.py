"""The minimal pairs: two articles on one matter that deny, contradict, correct or bear out each other.

A line of `pairs.jsonl` is one pair:

    {"id": "...", "kind": "denial", "language": "en", "question": "...",
     "articles": [{"title": "...", "outlet": "...", "published": "2031-03-04", "text": "...",
                   "key": "...", "stance": "affirms", "answer": "yes"}, {...}]}

`key` is the sentence that answers, word for word; `answer` is yes, no or unclear, or the words of the key
that answer. Everything is invented.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, Literal, get_args

from evals.articles import article_of, only_span
from evals.data_files import read_identified
from index.schema import Article, Span, outlet_key

LICENCE = "MIT"
KINDS = ("denial", "opposite", "figures", "same_figure", "correction", "unverified", "consistent")
DISAGREEING = frozenset(["denial", "opposite", "figures", "correction", "unverified"])
AFFIRMED_OR_NOT = frozenset(["denial", "opposite", "unverified", "consistent"])
"""Kinds in which an answer can take a denial for a confirmation, or a confirmation for a denial."""

Stance = Literal["affirms", "denies", "unverified", ""]

_STANCE_OF_ANSWER = {"yes": "affirms", "no": "denies", "unclear": "unverified"}
_NAMED = "the pairs"


@dataclass(frozen=True)
class Side:
    """An article of a pair, the sentence of it that answers, what that does to the matter, and the answer."""

    key: Span
    stance: Stance
    answer: str

    @property
    def article(self) -> Article:
        """The article that tells this side."""
        return self.key.article

    @property
    def has_words(self) -> bool:
        """True if the answer is words of the key, and not yes, no or unclear."""
        return self.answer not in _STANCE_OF_ANSWER


@dataclass(frozen=True)
class Pair:
    """A question and the two articles that answer it, of two outlets. `kind` is one of `KINDS`."""

    id: str
    kind: str
    language: str
    question: str
    sides: tuple[Side, Side]

    @property
    def disagrees(self) -> bool:
        """True if its articles don't say the same."""
        return self.kind in DISAGREEING


def read_shipped_pairs() -> tuple[Pair, ...]:
    """The pairs as installed with newscite."""
    with as_file(files("evals") / "disagreement" / "pairs.jsonl") as path:
        return read_pairs(path)


def read_pairs(path: Path) -> tuple[Pair, ...]:
    """Read the pairs of a JSON Lines file. Raises InputError where one is not as described above."""
    return read_identified(path, _NAMED, "pair", _pair)


def _pair(row: Mapping[str, Any]) -> Pair:
    if row["kind"] not in KINDS:
        raise ValueError(f"the kind {row['kind']!r} is none of {', '.join(KINDS)}")
    sides = [_side(side, f"{row['id']}/{number}") for number, side in enumerate(row["articles"], start=1)]
    if len(sides) != 2:
        raise ValueError(f"a pair has two articles, not {len(sides)}")
    first, second = sides
    if outlet_key(first.article.outlet) == outlet_key(second.article.outlet):
        raise ValueError(f"both articles are of {first.article.outlet!r}: they are told apart by outlet")
    return Pair(row["id"], row["kind"], row["language"], row["question"], (first, second))


def _side(row: Mapping[str, Any], source: str) -> Side:
    stance, answer = row["stance"], row["answer"]
    if stance not in get_args(Stance):
        raise ValueError(f"the stance {stance!r} is none of {', '.join(filter(None, get_args(Stance)))}")
    if answer in _STANCE_OF_ANSWER and _STANCE_OF_ANSWER[answer] != stance:
        raise ValueError(f"the answer {answer!r} goes with the stance {_STANCE_OF_ANSWER[answer]!r}")
    if not answer or (answer not in _STANCE_OF_ANSWER and answer not in row["key"]):
        raise ValueError(f"the answer {answer!r} is neither yes, no or unclear nor words of the key")
    return Side(only_span(article_of(row, source), row["key"]), stance, answer)
