"""RGB (Chen et al. 2024, "Benchmarking Large Language Models in Retrieval-Augmented Generation"), in English.

Questions on recent news, each with pieces of web pages: positive ones, which hold the answer, and negative
ones, which are about the matter and don't. Two of its four tasks are asked here of all pieces together, each
piece an article once, without a title: noise robustness, and information integration, whose questions have
two parts to answer. Gold is where an answer stands in a positive piece of the question, as whole words; any
of its wordings and parts counts. In a negative piece it is no gold.

The third, negative rejection, leaves the positive pieces out: upstream gives a question its negative ones
alone, here all questions' negative ones are there. Nobody looked whether those of other questions answer it.

A line of a file is {"id", "query", "answer", "positive", "negative"}. An answer is a text or a list of parts,
each a text or a list of its wordings; positive pieces are texts, or a list of texts for each part.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.data_files import damage_named, digest_of, json_lines, text_of
from evals.datasets.places import places_of_words
from evals.schema import Dataset, Question
from index.errors import InputError
from index.schema import Article, Span

LICENCE = "CC BY-NC-SA 4.0"

_NOISE = ("en_refine.json", "en.json")  # the first is the second mended, with the same questions
_INTEGRATION = "en_int.json"


def read_rgb(data: Path) -> Dataset:
    """Read `data`/en_refine.json, or en.json where that is not there, and en_int.json: an article a piece.

    Left out are empty pieces, and questions of which no answer stands in a positive one; the description says
    how many. Raises InputError if none of the files is there, or a line is not as described.
    """
    paths = [*_noise_file(data), *(path for path in [data / _INTEGRATION] if path.is_file())]
    if not paths:
        raise InputError(f"{data}: not RGB, whose English files are {', '.join([*_NOISE, _INTEGRATION])}")
    pieces = _Pieces()
    read = [question for path in paths for question in _questions(path, pieces)]
    questions = tuple(question for question in read if question.gold)
    with damage_named(str(data), "RGB"):
        return Dataset(
            name="rgb",
            articles=tuple(pieces.articles.values()),
            questions=questions,
            licence=LICENCE,
            digest=digest_of(paths),
            description="pieces of web pages, some of which hold the answer and some that don't; left out "
            f"are {pieces.empty} empty pieces and {len(read) - len(questions)} questions whose answer stands "
            "in no positive one",
        )


def read_rgb_rejection(data: Path) -> Dataset:
    """Read the negative pieces of `data`/en_refine.json, or of en.json where that is not there, and questions
    that they don't answer.

    Left out are empty pieces, and those that are positive for another question; the description says how
    many. Raises InputError if neither file is there, or a line is not as described.
    """
    paths = _noise_file(data)
    if not paths:
        raise InputError(f"{data}: not RGB, whose questions to refuse are in {' or '.join(_NOISE)}")
    pieces = _Pieces()
    rows = list(_rows(paths[0], pieces))
    positive = {article.id for row in rows for article in row.positive}
    negative = {article.id: article for row in rows for article in row.negative}
    with damage_named(str(paths[0]), "RGB"):
        return Dataset(
            name="rgb_rejection",
            articles=tuple(article for name, article in negative.items() if name not in positive),
            questions=tuple(Question(row.id, row.query, "negative rejection") for row in rows),
            licence=LICENCE,
            digest=digest_of(paths),
            description="questions and pieces of web pages that are about the matter and don't answer; left "
            f"out are {pieces.empty} empty pieces and {len(negative.keys() & positive)} which answer another "
            "question",
        )


def _noise_file(data: Path) -> list[Path]:
    """The file of single questions, in a list that is empty where there is none."""
    return [path for name in _NOISE if (path := data / name).is_file()][:1]


@dataclass(frozen=True)
class _Row:
    """A question with its pieces; `answers` are the wordings of all its parts."""

    id: str
    query: str
    answers: tuple[str, ...]
    positive: tuple[Article, ...]
    negative: tuple[Article, ...]


class _Pieces:
    """The articles by their text, for a piece that several questions have is one; and how many are empty."""

    def __init__(self) -> None:
        self.articles: dict[str, Article] = {}
        self.empty = 0

    def add(self, texts: Sequence[str], where: str) -> tuple[Article, ...]:
        """The articles of the texts that aren't empty, new ones named by `where` they stand."""
        written = [(number, text) for number, text in enumerate(texts, start=1) if text.strip()]
        self.empty += len(texts) - len(written)
        return tuple(self._article(text, f"{where}/{number}") for number, text in written)

    def _article(self, text: str, source: str) -> Article:
        return self.articles.setdefault(text, Article(key=source, source=source, text=text, language="en"))


def _rows(path: Path, pieces: _Pieces) -> Iterator[_Row]:
    for number, row in json_lines(path, "RGB"):
        with damage_named(f"{path}, line {number}", "RGB"):
            where = f"{path.name}#{number}"
            read = _Row(
                id=f"{path.stem}/{row['id']}",
                query=text_of(row, "query").strip(),
                answers=tuple(dict.fromkeys(_texts(row, "answer"))),
                positive=pieces.add(_texts(row, "positive"), f"{where}/positive"),
                negative=pieces.add(_texts(row, "negative"), f"{where}/negative"),
            )
        yield read


def _texts(row: Mapping[str, Any], field: str) -> list[str]:
    """The texts of a field, however they are nested."""
    found, rest = [], [row[field]]
    while rest:
        value = rest.pop(0)
        if isinstance(value, list):
            rest = [*value, *rest]
        elif isinstance(value, str):
            found.append(value)
        else:
            raise ValueError(f"{field!r} holds {value!r}, which is no text")
    return found


def _questions(path: Path, pieces: _Pieces) -> Iterator[Question]:
    kind = "information integration" if path.name == _INTEGRATION else "noise robustness"
    for row in _rows(path, pieces):
        places = [
            (article, place)
            for article in row.positive
            for answer in row.answers
            for place in places_of_words(article.text, answer)
        ]
        gold = tuple(dict.fromkeys(Span(article, start, end) for article, (start, end) in places))
        yield Question(id=row.id, text=row.query, kind=kind, gold=gold, answers=row.answers)
