"""MultiHop-RAG (Tang & Yang 2024, "MultiHop-RAG: Benchmarking Retrieval-Augmented Generation for Multi-Hop
Queries").

News articles of autumn 2023, and queries that one article alone doesn't answer. A query comes with facts,
sentences of two to four articles, named by their addresses; a null query has none, for no article answers it.
As upstream's own measure of retrieval has it, a fact stands wherever its characters do, white space aside.
Here it must be its own article; every place there is gold.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from evals.data_files import damage_named, digest_of, text_of
from evals.datasets.places import Unspaced
from evals.schema import Dataset, Question
from index.errors import InputError
from index.schema import Article, Span

LICENCE = "ODC-BY 1.0"

_NAME = "MultiHop-RAG"
_NULL = "null_query"

T = TypeVar("T")


def read_multihop_rag(data: Path) -> Dataset:
    """Read `data`/corpus.json and MultiHopRAG.json: an article a row of the one, a question a row of the
    other, its kind the `question_type`.

    A fact that doesn't stand in its article is no gold, and a question without any left is left out; the
    description counts both. Raises InputError if a file is missing or a row is not as described.
    """
    paths = [data / "corpus.json", data / "MultiHopRAG.json"]
    if not all(path.is_file() for path in paths):
        raise InputError(f"{data}: not MultiHop-RAG, which is corpus.json and MultiHopRAG.json")
    corpus, queries = paths
    articles = _rows(corpus, _article)
    facts = _Facts(articles)
    read = _rows(queries, lambda number, row: _question(number, row, facts))
    questions = tuple(question for question in read if question.gold or question.kind == _NULL)
    return Dataset(
        name="multihop_rag",
        articles=tuple(articles),
        questions=questions,
        licence=LICENCE,
        digest=digest_of(paths),
        description="news articles, and questions over several of them; "
        f"{facts.missing} of {facts.asked} facts don't stand in their article; "
        f"{len(read) - len(questions)} questions left out, none of whose facts does",
    )


def _rows(path: Path, make: Callable[[int, Mapping[str, Any]], T]) -> list[T]:
    """What `make` makes of each row of a JSON file that is a list, and of the row's number."""
    with damage_named(str(path), _NAME):
        rows = json.loads(path.read_bytes())
        if not isinstance(rows, list):
            raise ValueError("it is no list of rows")
    made = []
    for number, row in enumerate(rows, start=1):
        with damage_named(f"{path}, row {number}", _NAME):
            made.append(make(number, row))
    return made


def _article(number: int, row: Mapping[str, Any]) -> Article:
    source = f"corpus.json#{number}"
    return Article(
        key=source,
        source=source,
        text=text_of(row, "body"),
        title=text_of(row, "title"),
        outlet=text_of(row, "source"),
        author=text_of(row, "author", or_null=True),
        published=text_of(row, "published_at"),
        language="en",
        url=text_of(row, "url"),
    )


class _Facts:
    """Finds facts in articles, and counts those it was asked for and those that it didn't find."""

    def __init__(self, articles: Iterable[Article]) -> None:
        self.asked = self.missing = 0
        self._by_url: dict[str, list[tuple[Article, Unspaced]]] = defaultdict(list)
        for article in articles:
            self._by_url[article.url].append((article, Unspaced(article.text)))

    def spans(self, evidence: Mapping[str, Any]) -> list[Span]:
        """Every place of the fact in the article at its address."""
        fact = text_of(evidence, "fact")
        found = [
            Span(article, start, end)
            for article, text in self._by_url.get(text_of(evidence, "url"), ())
            for start, end in text.places(fact)
        ]
        self.asked += 1
        self.missing += not found
        return found


def _question(number: int, row: Mapping[str, Any], facts: _Facts) -> Question:
    kind, evidence = text_of(row, "question_type"), row["evidence_list"]
    if bool(evidence) == (kind == _NULL):
        raise ValueError(f"a {kind} with {len(evidence)} facts: only a {_NULL} has none")
    return Question(
        id=str(number),
        text=text_of(row, "query").strip(),
        kind=kind,
        gold=tuple(dict.fromkeys(span for one in evidence for span in facts.spans(one))),
        answers=(text_of(row, "answer"),) if evidence else (),
    )
