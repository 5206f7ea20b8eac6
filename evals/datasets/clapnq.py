"""CLAPNQ (Rosenthal et al. 2024, "CLAPnq: Cohesive Long-form Answers from Passages in Natural Questions").

Questions asked of a search engine, each with a passage of Wikipedia that is cut into sentences. Annotators
selected the sentences that answer; where several did, what any of them selected is gold. An unanswerable
question has a passage too: one of the page on which no answer was found. Its text is as its makers split it
into tokens, a space before each comma.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from evals.data_files import damage_named, digest_of, json_lines
from evals.schema import Dataset, Question
from index.errors import InputError
from index.schema import Article, Span

LICENCE = "Apache-2.0"

_KINDS = ("answerable", "unanswerable")


def read_clapnq(data: Path) -> Dataset:
    """Read `data`/clapnq_dev_answerable.jsonl and clapnq_dev_unanswerable.jsonl: an article a passage, each
    passage once.

    A question that is said to be answerable but for which nobody selected a sentence is left out. Raises
    InputError if a file is missing, or a sentence doesn't stand in its passage.
    """
    paths = {kind: data / f"clapnq_dev_{kind}.jsonl" for kind in _KINDS}
    if not all(path.is_file() for path in paths.values()):
        names = " and ".join(path.name for path in paths.values())
        raise InputError(f"{data}: not CLAPNQ, whose questions are in {names}")
    articles: dict[tuple[str, str], Article] = {}
    read = [question for kind, path in paths.items() for question in _questions(path, kind, articles)]
    questions = tuple(question for question in read if question.gold or question.kind == "unanswerable")
    with damage_named(str(data), "CLAPNQ"):
        return Dataset(
            name="clapnq",
            articles=tuple(articles.values()),
            questions=questions,
            licence=LICENCE,
            digest=digest_of(paths.values()),
            description="passages of Wikipedia, and questions of web users with the sentences that answer; "
            f"{len(read) - len(questions)} left out, for which no sentence was selected",
        )


def _questions(path: Path, kind: str, articles: dict[tuple[str, str], Article]) -> Iterator[Question]:
    """The questions of a file. Passages that are not in `articles`, by title and text, are put there."""
    for number, row in json_lines(path, "CLAPNQ"):
        with damage_named(f"{path}, line {number}", "CLAPNQ"):
            sentences: dict[str, list[Span]] = {}
            for passage in row["passages"]:
                article = articles.setdefault(
                    (passage["title"], passage["text"]), _article(f"{path.name}#{number}", passage)
                )
                for span in _sentence_spans(article, passage["sentences"]):
                    sentences.setdefault(span.text, []).append(span)
            question = _question(row, kind, sentences)
        yield question


def _article(source: str, passage: Mapping[str, Any]) -> Article:
    return Article(key=source, source=source, text=passage["text"], title=passage["title"], language="en")


def _sentence_spans(article: Article, sentences: list[str]) -> Iterator[Span]:
    """Where the passage's sentences stand: one after the other, with nothing but space between them."""
    end = 0
    for sentence in sentences:
        start = end + len(article.text[end:]) - len(article.text[end:].lstrip())
        if not article.text.startswith(sentence, start):
            raise ValueError(f"after character {start} the passage goes on otherwise than {sentence!r}")
        end = start + len(sentence)
        yield Span(article, start, end)


def _question(row: Mapping[str, Any], kind: str, sentences: Mapping[str, list[Span]]) -> Question:
    selected = {sentence for output in row["output"] for sentence in output["selected_sentences"]}
    if foreign := sorted(selected - sentences.keys()):
        raise ValueError(f"the selected sentence {foreign[0]!r} is none of the passage")
    if selected and kind == "unanswerable":
        raise ValueError(f"question {row['id']} is unanswerable but has selected sentences")
    return Question(
        id=row["id"],
        text=row["input"].strip(),
        kind=kind,
        gold=tuple(span for sentence, spans in sentences.items() if sentence in selected for span in spans),
        answers=tuple(dict.fromkeys(output["answer"] for output in row["output"] if output["answer"])),
    )
