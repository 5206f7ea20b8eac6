"""RealTime QA (Kasai et al. 2023, "RealTime QA: What's the Answer Right Now?").

The multiple-choice questions of news quizzes, some thirty a week, and the articles that a search engine gave
for each in that week. A week is two files: in `20220617_qa.jsonl` a line is a question with its choices,
which of them are right, and what the quiz says to the answer ("evidence", at times with links to articles or
empty); in `20220617_gcs.jsonl` a line has the articles found for the question, with when it was searched.

The data says which choice is right, not where an article says so. Gold is found from afar, as in Joshi et al.
2017, "TriviaQA": wherever the right choice's words stand, in the article that the quiz links to or, where it
was not found, in any found for the question; and wherever a sentence of the quiz's own stands in one. A short
answer may stand there for something else: compare figures of systems, don't read them as accuracy.

A question is asked of what was published until the day of its search, for "this week" is that week. A result
that is of no known day or of a later one is no gold.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

from evals.data_files import damage_named, digest_of, json_lines, text_of
from evals.datasets.places import Unspaced, places_of_words
from evals.schema import Dataset, Question
from index.errors import InputError
from index.schema import Article, Filter, Span
from index.sentences import sentence_spans

LICENCE = "none stated; articles are their outlets'"

_NAME = "RealTime QA"
_QUESTIONS_FILE = re.compile(r"\d{8}_qa\.jsonl")
_LINK = re.compile(r'<a\b[^>]*\bhref="([^"]*)"')
_TAG = re.compile(r"<[^<>]*>")
_AROUND = " .\"'“”‘’"  # what a choice may be put in: “Squid Game”
_LEAST_WORDS = 5  # of a sentence of the quiz's that can only stand in an article because it was taken from it


def read_realtimeqa(data: Path) -> Dataset:
    """Read the weeks in `data` and the folders in it: an article a result of a search, each text once.

    Weeks without a file of results, results without text, and questions whose answer stands in none of theirs
    are left out; the description says how many. Raises InputError if there is no week, or a line is not as
    described.
    """
    weeks = sorted(path for path in data.rglob("*_qa.jsonl") if _QUESTIONS_FILE.fullmatch(path.name))
    searched = [path for path in weeks if _results_file(path).is_file()]
    if not searched:
        raise InputError(
            f"{data}: not RealTime QA, whose weeks are two files, as 20220617_qa.jsonl and 20220617_gcs.jsonl"
        )
    found = _Found()
    read = [question for path in searched for question in _questions(path, found)]
    questions = tuple(question for question in read if question.gold)
    with damage_named(str(data), _NAME):
        return Dataset(
            name="realtimeqa",
            articles=tuple(found.articles.values()),
            questions=questions,
            licence=LICENCE,
            digest=digest_of([*searched, *map(_results_file, searched)]),
            description="questions of news quizzes, and articles that a search found in their week; gold is "
            f"found from afar; left out are {len(weeks) - len(searched)} weeks without results, "
            f"{found.unread} results without text and {len(read) - len(questions)} questions whose answer "
            "stands in no result",
        )


def _results_file(questions: Path) -> Path:
    return questions.with_name(questions.name.replace("_qa", "_gcs"))


@dataclass(frozen=True)
class _Search:
    """The day on which a question was searched, and the articles found."""

    day: str
    articles: tuple[Article, ...]


class _Found:
    """The articles by address and text: a page that changes from week to week is several."""

    def __init__(self) -> None:
        self.articles: dict[tuple[str, str], Article] = {}
        self.unread = 0

    def searches(self, path: Path) -> dict[str, _Search]:
        """What a file of results has for each question, by its id."""
        searches = {}
        for number, row in json_lines(path, _NAME):
            with damage_named(f"{path}, line {number}", _NAME):
                results = [
                    self._article(f"{path.name}#{number}/{n}", result)
                    for n, result in enumerate(row["search_result"], start=1)
                    if self._is_read(result)
                ]
                day = _day(text_of(row, "search_time"))
                searches[text_of(row, "question_id")] = _Search(day, tuple(results))
        return searches

    def _is_read(self, result: Mapping[str, Any]) -> bool:
        """False of a page that upstream couldn't read: it has no text."""
        is_read = "text" in result and bool(text_of(result, "text").strip())
        self.unread += not is_read
        return is_read

    def _article(self, source: str, result: Mapping[str, Any]) -> Article:
        article = Article(
            key=source,
            source=source,
            text=text_of(result, "text"),
            title=text_of(result, "title"),
            author=", ".join(result["authors"]),
            published=_day(published) if (published := text_of(result, "publish_date")) else "",
            language="en",
            url=text_of(result, "url"),
        )
        return self.articles.setdefault((article.url, article.text), article)


def _day(written: str) -> str:
    """The day of 2022/06/17 or 2022/06/17/16:34, as ISO 8601 has it. Raises ValueError."""
    try:
        return date.fromisoformat("-".join(written.split("/")[:3])).isoformat()
    except ValueError:
        raise ValueError(f"{written!r} is no day, as 2022/06/17 is") from None


def _questions(path: Path, found: _Found) -> Iterator[Question]:
    searches = found.searches(_results_file(path))
    for number, row in json_lines(path, _NAME):
        with damage_named(f"{path}, line {number}", _NAME):
            name, answers = text_of(row, "question_id"), _answers(row)
            if name not in searches:
                raise ValueError(f"{_results_file(path).name} has no results for the question {name}")
            search = searches[name]
            there = [article for article in search.articles if "" < article.published <= search.day]
            question = Question(
                id=name,
                text=text_of(row, "question_sentence").strip(),
                kind=text_of(row, "question_source"),
                gold=tuple(dict.fromkeys(_gold(answers, text_of(row, "evidence"), there))),
                answers=answers,
                filter=Filter(until=search.day),
            )
        yield question


def _answers(row: Mapping[str, Any]) -> tuple[str, ...]:
    """The right choices in words. Raises ValueError where a number is none of a choice."""
    choices, numbers = row["choices"], [int(number) for number in row["answer"]]
    if not numbers or not all(0 <= number < len(choices) for number in numbers):
        raise ValueError(f"the answer {row['answer']!r} is none of {len(choices)} choices, counted from 0")
    return tuple(choices[number] for number in numbers)


def _gold(answers: Sequence[str], evidence: str, articles: Sequence[Article]) -> Iterator[Span]:
    links = {_page(unescape(link)) for link in _LINK.findall(evidence)}
    linked = [article for article in articles if _page(article.url) in links]
    for article in linked or articles:
        for answer in answers:
            for start, end in places_of_words(article.text, answer.strip(_AROUND)):
                yield Span(article, start, end)
    said = _sentences(unescape(_TAG.sub("", evidence)))
    for article in articles if said else ():
        text = Unspaced(article.text)
        for sentence in said:
            for start, end in text.places(sentence):
                yield Span(article, start, end)


def _page(url: str) -> str:
    """An address without the place in its page."""
    return url.partition("#")[0]


def _sentences(evidence: str) -> list[str]:
    text = Article(key="", source="", text=evidence, language="en")
    sentences = [evidence[span.start : span.end] for span in sentence_spans(text)]
    return [sentence for sentence in sentences if len(sentence.split()) >= _LEAST_WORDS]
