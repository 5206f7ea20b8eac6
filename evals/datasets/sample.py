"""Articles of one's own and questions on them; the sample that ships with newscite is such data.

A line of `questions.jsonl` is one question:

    {"question": "...", "gold": [{"article": "FILE", "quote": "..."}], "id": "...", "kind": "...",
     "answers": ["..."], "outlet": "...", "since": "...", "until": "...", "language": "...",
     "history": [{"question": "...", "answer": "..."}]}

The first two are required; without an `id` it is the line's number, and without a `kind` "question". An empty
`gold` means that no article answers it. FILE is an article's file name, or `file.jsonl#2` for the second row
of a file that holds several. A quote must stand in its article exactly once, so that it names one span; one
that doesn't is given by its offsets, `"start"` and `"end"`, in its place.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from evals.data_files import digest_of
from evals.schema import Dataset, Question
from index.errors import InputError
from index.schema import Article, Filter, Span
from index.sources import read_paths
from rag.schema import Turn

LICENCE = "MIT"

_REQUIRED = {"question", "gold"}
_FILTERS = {"outlet", "since", "until", "language"}
_KNOWN = _REQUIRED | _FILTERS | {"id", "kind", "answers", "history"}


def read_shipped_sample() -> Dataset:
    """The sample as installed with newscite."""
    with (
        as_file(files("index") / "sample" / "articles") as articles,
        as_file(files("evals") / "sample" / "questions.jsonl") as questions,
    ):
        return replace(
            read_sample(articles, questions),
            name="sample",
            licence=LICENCE,
            description="the shipped sample: fictional news with gold spans, by kind of question",
        )


def read_own(data: Path) -> Dataset:
    """Read `data`/articles and `data`/questions.jsonl. Raises what `read_sample` does."""
    return read_sample(data / "articles", data / "questions.jsonl")


def read_sample(articles: Path, questions: Path) -> Dataset:
    """Read articles from a folder and questions, as described above, from a JSON Lines file.

    Raises InputError if either is missing or empty, an article can't be read, or a question is not as
    described.
    """
    if not articles.is_dir() or not questions.is_file():
        raise InputError(
            f"{questions.parent}: not articles with questions, which are a folder {articles} and a file "
            f"{questions}"
        )
    by_name = dict(_read_articles(articles))
    read = tuple(_read_questions(questions, by_name))
    if not by_name or not read:
        raise InputError(f"{questions if by_name else articles} is empty: there is nothing to ask")
    return Dataset(
        name="own",
        articles=tuple(by_name.values()),
        questions=read,
        licence="your own",
        digest=digest_of([*sorted(path for path in articles.rglob("*") if path.is_file()), questions]),
        description="articles and questions of your own",
    )


def _read_articles(folder: Path) -> Iterator[tuple[str, Article]]:
    for read in read_paths([folder]):
        if not isinstance(read, Article):
            raise InputError(f"an article can't be read: {read.source}: {read.reason}")
        yield Path(read.source).name, read


def _read_questions(path: Path, articles: Mapping[str, Article]) -> Iterator[Question]:
    ids = set[str]()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise InputError(f"{path.name}, line {number}: not JSON: {error}") from None
        if not isinstance(row, dict):
            raise InputError(f"{path.name}, line {number}: a question is an object in braces")
        name = f"{path.name}, question {row['id']!r}" if "id" in row else f"{path.name}, line {number}"
        if row.get("id") in ids:
            raise InputError(f"{name}: an earlier question has the same id")
        try:
            question = _question({"id": str(number), "kind": "question", **row}, articles)
        except (ValueError, TypeError, InputError) as error:
            raise InputError(f"{name}: {error}") from None
        ids.add(question.id)
        yield question


def _question(row: Mapping[str, Any], articles: Mapping[str, Article]) -> Question:
    if missing := _REQUIRED - row.keys():
        raise ValueError(f"it lacks {', '.join(sorted(missing))}")
    if unknown := row.keys() - _KNOWN:
        raise ValueError(f"unknown field {', '.join(sorted(unknown))}")
    return Question(
        id=row["id"],
        text=row["question"],
        kind=row["kind"],
        gold=tuple(_span(dict(gold), articles) for gold in row["gold"]),
        answers=tuple(row.get("answers", ())),
        filter=Filter(**{name: row[name] for name in _FILTERS & row.keys()}),
        history=tuple(Turn(**turn) for turn in row.get("history", ())),
    )


def _span(gold: Mapping[str, Any], articles: Mapping[str, Article]) -> Span:
    """The one place where a quote stands, or the one at these offsets. This makes gold, never a citation."""
    needed = {"article", "quote"} if "quote" in gold else {"article", "start", "end"}
    if needed - gold.keys():
        raise ValueError('gold needs an "article" and a "quote", or "start" and "end" in its place')
    name = gold["article"]
    if name not in articles:
        raise ValueError(f"there is no article {name!r}")
    article = articles[name]
    if "quote" not in gold:
        return Span(article, gold["start"], gold["end"])
    quote = gold["quote"]
    times = article.text.count(quote) if quote else 0
    if times != 1:
        raise ValueError(f"the gold quote {quote!r} stands {times} times in {name}; it must stand once")
    start = article.text.index(quote)
    return Span(article, start, start + len(quote))
