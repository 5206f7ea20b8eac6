"""Articles of one's own and questions on them; the sample that ships with newscite is such data.

The folder holds `articles`, any files that `newscite index` reads, and `questions.jsonl`, UTF-8, a question a
line; blank lines are skipped. What readers say of answers on the chat page is kept in the same form, in the
folder `feedback` of the store. A line is an object with these fields, of which the question is required, and
its gold, its sides or what is wrong:

    question   the question as it is asked
    gold       a list of the places that answer it; empty where no article does, and refusing is right
    sides      for a question on which the articles disagree: a list of two or more sides, each a list of the
               places that tell it; what is in them is gold too, and `gold` may be left out
    wrong      a list of what must not be done with it again, as below; where it stands without gold and
               sides, nothing is known of what is right
    answers    a list of right answers in words, shown in reports
    kind       groups questions in reports; "question" where it is left out
    id         names the question, no two alike; the number of its line where it is left out
    outlet, since, until, language   the articles that may be used, as the options of `newscite ask`; outlet
               may be a list
    history    a list of earlier exchanges, {"question": "...", "answer": "..."}: the question is a follow-up

A place is one of:

    {"article": "flood.txt", "quote": "rose by two metres"}   the quote stands in the article exactly once
    {"article": "flood.txt", "start": 26, "end": 44}          offsets in code points, the end not included

An article is called by its file's name, or `wires.jsonl#2` for the second row of a file that holds several.
Its text is the one that `newscite show` gives. A place can't touch text that is masked as boilerplate.

What is wrong is one of:

    a place                                        citing it, or a part of it
    {"sentence": "Two were hurt.", "on": [PLACE]}  saying so and citing one of these places for it; where "on"
                                                   is left out, whatever is cited
    {"refused": true}                              refusing: an article does answer it

    {"question": "How many were hurt?",
     "sides": [[{"article": "flood.txt", "quote": "Nobody was hurt"}],
               [{"article": "wires.jsonl#2", "quote": "four people were injured"}]]}
    {"question": "How high did it rise?", "wrong": [{"article": "flood.txt", "quote": "last year by three"}]}
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from importlib.resources import as_file, files
from itertools import combinations
from pathlib import Path
from typing import Any

from evals.data_files import digest_of, numbered_lines, text_of
from evals.schema import Dataset, Question, Wrong
from index.errors import InputError
from index.schema import Article, Filter, Span
from index.sources import read_paths
from rag.schema import Turn

LICENCE = "MIT"

_FILTERS = {"outlet", "since", "until", "language"}
_RIGHT = {"gold", "sides"}
_KNOWN = _FILTERS | _RIGHT | {"question", "wrong", "id", "kind", "answers", "history"}


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
    by_name = _read_articles(articles)
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


def _read_articles(folder: Path) -> dict[str, Article]:
    by_name: dict[str, Article] = {}
    for read in read_paths([folder]):
        if not isinstance(read, Article):
            raise InputError(f"an article can't be read: {read.source}: {read.reason}")
        name = Path(read.source).name
        if name in by_name:
            raise InputError(f"two articles are called {name}: {by_name[name].source} and {read.source}")
        by_name[name] = read
    return by_name


def _read_questions(path: Path, articles: Mapping[str, Article]) -> Iterator[Question]:
    ids = set[str]()
    for number, line in numbered_lines(path):
        where = f"{path.name}, line {number}"
        try:
            row = json.loads(line)
        except ValueError as error:
            raise InputError(f"{where}: not JSON: {error}") from None
        if not isinstance(row, dict):
            raise InputError(f"{where}: a question is an object in braces")
        name = f"{where}, question {row['id']!r}" if "id" in row else where
        try:
            question = _question({"id": str(number), "kind": "question", **row}, articles)
            if question.id in ids:
                raise ValueError(f"an earlier question has the same id {question.id!r}")
        except (ValueError, InputError) as error:
            raise InputError(f"{name}: {error}") from None
        ids.add(question.id)
        yield question


def _question(row: Mapping[str, Any], articles: Mapping[str, Article]) -> Question:
    if "question" not in row or not (_RIGHT | {"wrong"}) & row.keys():
        raise ValueError("it lacks " + ("gold, sides or wrong" if "question" in row else "question"))
    if unknown := row.keys() - _KNOWN:
        raise ValueError(f"unknown field {', '.join(sorted(unknown))}")
    if not text_of(row, "question").strip():
        raise ValueError("the question is empty")
    sides = _sides(row, articles) if "sides" in row else ()
    gold = _spans(row.get("gold", []), "gold", articles)
    return Question(
        id=text_of(row, "id"),
        text=text_of(row, "question"),
        kind=text_of(row, "kind"),
        gold=tuple(dict.fromkeys([*gold, *(span for side in sides for span in side)])),
        answers=tuple(_list(row.get("answers", []), "answers", str, "texts")),
        filter=_filter(row),
        history=tuple(_turn(turn) for turn in _list(row.get("history", []), "history", dict, "objects")),
        sides=sides,
        wrong=tuple(_wrong(one, articles) for one in _list(row.get("wrong", []), "wrong", dict, "objects")),
        gold_known=bool(_RIGHT & row.keys()),
    )


def _filter(row: Mapping[str, Any]) -> Filter:
    named = {name: text_of(row, name) for name in (_FILTERS - {"outlet"}) & row.keys()}
    if isinstance(row.get("outlet"), list):
        return Filter(outlet=_list(row["outlet"], "outlet", str, "texts"), **named)
    return Filter(outlet=text_of(row, "outlet") if "outlet" in row else (), **named)


def _wrong(given: Mapping[str, Any], articles: Mapping[str, Article]) -> Wrong:
    if "refused" in given:
        if dict(given) != {"refused": True}:
            raise ValueError('that refusing is wrong is said as {"refused": true}')
        return Wrong()
    if "sentence" not in given:
        return Wrong((_span(given, articles),))
    if not given.keys() <= {"sentence", "on"}:
        raise ValueError('a wrong sentence has a "sentence", and "on" which places it must not be said')
    if not text_of(given, "sentence").strip():
        raise ValueError("a wrong sentence is empty")
    return Wrong(_spans(given.get("on", []), "on", articles), text_of(given, "sentence"))


def _list(value: Any, field: str, of: type, called: str) -> list[Any]:
    if not isinstance(value, list) or not all(isinstance(each, of) for each in value):
        raise ValueError(f"{field} must be a list of {called}")
    return value


def _turn(turn: Mapping[str, Any]) -> Turn:
    if not {"question"} <= turn.keys() <= {"question", "answer"}:
        raise ValueError('an exchange in history has a "question" and an "answer"')
    return Turn(**{field: text_of(turn, field) for field in turn})


def _sides(row: Mapping[str, Any], articles: Mapping[str, Article]) -> tuple[tuple[Span, ...], ...]:
    given = _list(row["sides"], "sides", list, "sides, each a list of places")
    if len(given) < 2 or not all(given):
        raise ValueError("sides must be two or more, each with a place that tells it")
    sides = tuple(_spans(side, "a side", articles) for side in given)
    for one, other in combinations(sides, 2):
        if shared := next((span for span in one if any(span.overlaps(its) for its in other)), None):
            raise ValueError(f"two sides share {shared.text!r}: citing it would give both")
    return sides


def _spans(places: Any, field: str, articles: Mapping[str, Article]) -> tuple[Span, ...]:
    return tuple(_span(place, articles) for place in _list(places, field, dict, "places, each an object"))


def _span(place: Mapping[str, Any], articles: Mapping[str, Article]) -> Span:
    """The one place where a quote stands, or the one at these offsets. No citation is made so."""
    if place.keys() not in ({"article", "quote"}, {"article", "start", "end"}):
        raise ValueError('a place needs an "article" and a "quote", or "start" and "end" instead of it')
    name = text_of(place, "article")
    if name not in articles:
        raise ValueError(f"there is no article {name!r}")
    article = articles[name]
    if "quote" not in place:
        start, end = place["start"], place["end"]
        if type(start) is not int or type(end) is not int:
            raise ValueError(f"the offsets {start!r} and {end!r} must be whole numbers")
        return Span(article, start, end)
    quote = text_of(place, "quote")
    times = article.text.count(quote) if quote else 0
    if times != 1:
        raise ValueError(f"the quote {quote!r} stands {times} times in {name}; it must stand once")
    start = article.text.index(quote)
    return Span(article, start, start + len(quote))
