"""Two sets in the manner of SQuAD: paragraphs of Wikipedia, and questions whose answers are words of one.

XQuAD (Artetxe, Ruder & Yogatama 2020, "On the Cross-lingual Transferability of Monolingual
Representations") is a part of SQuAD 1.1 that people have translated, a file a language. A paragraph is an
article here, and a question may be answered from articles in its own language only.

SQuAD 2.0 (Rajpurkar, Jia & Liang 2018, "Know What You Don't Know") adds questions that look answerable from
their paragraph and are not. A sample of it comes as two files: `queries.json` holds `queries`, each with an
`id`, a `context` and a `question`; `ground_truth.json` has for each id its `answers`, without offsets, and
`is_impossible`, beside which an answer is the empty text. Nobody looked for answers in the other paragraphs,
of which the question is asked here too.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from evals.data_files import damage_named, digest_of
from evals.schema import Dataset, Question
from index.errors import InputError
from index.schema import Article, Filter, Span

LICENCE = "CC BY-SA 4.0"

_XQUAD_FILE = re.compile(r"xquad\.([a-z]{2})\.json")


def read_xquad(data: Path) -> Dataset:
    """Read every `data`/xquad.LL.json: an article a paragraph; a question's kind is its language, LL.

    Raises InputError if the folder holds none, or one has an answer that doesn't stand at its offset.
    """
    paths = sorted(path for path in data.glob("xquad.*.json") if _XQUAD_FILE.fullmatch(path.name))
    if not paths:
        raise InputError(f"{data}: not XQuAD, whose files are called xquad.LL.json, as xquad.en.json")
    articles: list[Article] = []
    questions: list[Question] = []
    for path in paths:
        for article, its_questions in _xquad_paragraphs(path):
            articles.append(article)
            questions += its_questions
    languages = sorted({article.language for article in articles})
    with damage_named(str(data), "XQuAD"):
        return Dataset(
            name="xquad",
            articles=tuple(articles),
            questions=tuple(questions),
            licence=LICENCE,
            digest=digest_of(paths),
            description=f"paragraphs of Wikipedia and questions with their answers in {', '.join(languages)}",
        )


def _xquad_paragraphs(path: Path) -> Iterator[tuple[Article, list[Question]]]:
    language = path.name.split(".")[1]
    with damage_named(str(path), "XQuAD"):
        paragraphs = [
            (entry["title"], paragraph)
            for entry in json.loads(path.read_bytes())["data"]
            for paragraph in entry["paragraphs"]
        ]
    for number, (title, paragraph) in enumerate(paragraphs, start=1):
        with damage_named(f"{path}, paragraph {number}", "XQuAD"):
            source = f"{path.name}#{number}"
            article = Article(
                key=source,
                source=source,
                text=paragraph["context"],
                title=title.replace("_", " "),  # as it stands in the page's address
                language=language,
            )
            questions = [_xquad_question(article, row) for row in paragraph["qas"]]
        yield article, questions


def _xquad_question(article: Article, row: Mapping[str, Any]) -> Question:
    given = dict.fromkeys((answer["answer_start"], answer["text"]) for answer in row["answers"])
    if not given:
        raise ValueError(f"question {row['id']} has no answer")
    return Question(
        id=f"{article.language}/{row['id']}",  # translations share an id
        text=row["question"].strip(),
        kind=article.language,
        gold=tuple(_answer_at(article, start, answer) for start, answer in given),
        answers=tuple(dict.fromkeys(answer for _, answer in given)),
        filter=Filter(language=article.language),
    )


def _answer_at(article: Article, start: int, answer: str) -> Span:
    span = Span(article, start, start + len(answer))
    if span.text != answer:
        raise ValueError(f"at {start} stands {span.text!r}, not the answer {answer!r}")
    return span


def read_squad2_sample(data: Path) -> Dataset:
    """Read `data`/queries.json and ground_truth.json: an article a context, each context once.

    Gold are the answers that stand in the context exactly once; a question that has answers but none such
    is left out, for where they are meant to stand isn't known. Raises InputError if a file is missing
    or is not as the module describes.
    """
    paths = [data / "queries.json", data / "ground_truth.json"]
    if not all(path.is_file() for path in paths):
        raise InputError(f"{data}: not the sample of SQuAD 2.0, which is queries.json and ground_truth.json")
    with damage_named(str(data), "the sample of SQuAD 2.0"):
        rows = json.loads(paths[0].read_bytes())["queries"]
        truths = json.loads(paths[1].read_bytes())
        articles = _squad2_articles(rows)
        read = [_squad2_question(articles[row["context"]], row, truths[row["id"]]) for row in rows]
        questions = tuple(question for question in read if question)
        return Dataset(
            name="squad2_sample",
            articles=tuple(articles.values()),
            questions=questions,
            licence=LICENCE,
            digest=digest_of(paths),
            description="paragraphs of Wikipedia, and questions that one answers or seems to; "
            f"{len(read) - len(questions)} left out, whose answers don't stand in exactly one place",
        )


def _squad2_articles(rows: Iterable[Mapping[str, Any]]) -> dict[str, Article]:
    """An article for each context, called after the first row that has it."""
    articles: dict[str, Article] = {}
    for number, row in enumerate(rows, start=1):
        source = f"queries.json#{number}"
        article = Article(key=source, source=source, text=row["context"], language="en")
        articles.setdefault(article.text, article)
    return articles


def _squad2_question(article: Article, row: Mapping[str, Any], truth: Mapping[str, Any]) -> Question | None:
    """The question, or None where no answer says where it stands."""
    answers = tuple(dict.fromkeys(filter(None, truth["answers"])))
    if bool(answers) == truth["is_impossible"]:
        raise ValueError(f"question {row['id']} must have answers or is_impossible, and not both")
    gold = tuple(span for answer in answers if (span := _only_place(article, answer)))
    if answers and not gold:
        return None
    return Question(
        id=row["id"],
        text=row["question"].strip(),
        kind="answerable" if answers else "unanswerable",
        gold=gold,
        answers=answers,
    )


def _only_place(article: Article, answer: str) -> Span | None:
    """Where `answer` stands if it stands once. This makes gold, never a citation."""
    start = article.text.find(answer)
    if not answer or start < 0 or start != article.text.rfind(answer):
        return None
    return Span(article, start, start + len(answer))
