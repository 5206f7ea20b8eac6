"""Invented news with questions worded so that words mislead, written for newscite.

Each article has six questions that it answers, in other words than it uses, and two that it only seems to.
The evidence is given as whole sentences that stand in the text once.
"""

from pathlib import Path
from typing import Any

from evals.data_files import damage_named, digest_of, json_lines
from evals.schema import Dataset, Question
from index.errors import InputError
from index.schema import Article, Span

FOLDER = Path(__file__).parents[1] / "hard_questions"


def read_hard_questions(folder: Path = FOLDER) -> Dataset:
    """Read every *.jsonl of `folder`; the kind of a question is its file's subject, or "unanswerable".

    Raises InputError if a line is not an article with questions, or evidence does not stand in it once.
    """
    articles: list[Article] = []
    questions: list[Question] = []
    files = sorted(folder.glob("*.jsonl"))
    if not files:
        raise InputError(f"{folder} holds no *.jsonl with articles and questions")
    for file in files:
        for number, row in json_lines(file, "hard_questions"):
            with damage_named(f"{file}, line {number}", "hard_questions"):
                article = Article(
                    key=f"{file.stem}/{number}",
                    source=file.name,
                    text=row["text"],
                    title=row["title"],
                    language="en",
                )
                questions += [_question(article, n, one) for n, one in enumerate(row["questions"], start=1)]
            articles.append(article)
    return Dataset(
        name="hard_questions",
        articles=tuple(articles),
        questions=tuple(questions),
        licence="MIT",
        digest=digest_of(files),
        description="invented news with questions worded so that words mislead",
    )


def _question(article: Article, number: int, row: dict[str, Any]) -> Question:
    gold = []
    for sentence in row["evidence"]:
        if article.text.count(sentence) != 1:
            raise ValueError(f"{sentence[:40]!r} does not stand in it once")
        start = article.text.index(sentence)
        gold.append(Span(article, start, start + len(sentence)))
    return Question(
        id=f"{article.key}/{number}",
        text=row["question"],
        kind=article.key.partition("/")[0].partition("-")[2] if gold else "unanswerable",
        gold=tuple(gold),
        answers=(row["answer"],) if row.get("answer") else (),
    )
