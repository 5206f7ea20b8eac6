"""OneStopQA (Berzak, Malmaud & Levy 2020, "STARC: Structured Annotations for Reading Comprehension").

Guardian articles at three reading levels; the Advanced one is read here, the others are rewrites of it.
Each paragraph has three multiple-choice questions, whose first choice is right. What answers question n
is marked `<An>…</An>` in the paragraph, its distractor `<Dn>…</Dn>`; marks nest, cross, and may come
several times for one question. The third question's heading, `Q1` or `Q2`, names the other question whose
mark overlaps its own; its own is still `A3`.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from evals.schema import Dataset, Question
from index.errors import InputError
from index.schema import Article, Span

LICENCE = "CC BY-SA 4.0"

_QUESTIONS_A_PARAGRAPH = 3
_PARAGRAPH_GAP = "\n\n"
_TITLE = re.compile(r"^# ?Title\s*\n(.+)$", re.MULTILINE)
_PARAGRAPH_HEADING = re.compile(r"^# ?Paragraph\s*$", re.MULTILINE)
_ADVANCED = re.compile(r"^Adv:(.*?)(?=^Int:)", re.MULTILINE | re.DOTALL)
_QUESTION = re.compile(r"^Q[12]?:\s*(.+?)\s*\na:\s*(.+?)\s*$", re.MULTILINE)
_MARK = re.compile(r"<(/?)([AD][123])>")


def read_onestop_qa(data: Path) -> Dataset:
    """Read `data`/articles/*.txt: an article each, with its Advanced paragraphs as text.

    Raises InputError if the folder holds no such files, or one that isn't annotated as described.
    """
    paths = sorted((data / "articles").glob("*.txt"))
    if not paths:
        raise InputError(f"{data}: not OneStopQA, which has its articles in {data / 'articles'} as *.txt")
    digest = hashlib.sha256()
    articles: list[Article] = []
    questions: list[Question] = []
    for path in paths:
        source = path.read_bytes()
        digest.update(path.name.encode() + b"\0" + source)
        article, its_questions = _read_article(path, source)
        articles.append(article)
        questions += its_questions
    return Dataset(
        name="onestop_qa",
        articles=tuple(articles),
        questions=tuple(questions),
        licence=LICENCE,
        digest=digest.hexdigest(),
        description="Guardian articles (Advanced level), reading comprehension with critical spans",
    )


@dataclass(frozen=True)
class _Paragraph:
    """A paragraph without its marks, and for each question: its text, its answer, and where that stands."""

    text: str
    questions: list[tuple[str, str, list[tuple[int, int]]]]


def _read_article(path: Path, source: bytes) -> tuple[Article, list[Question]]:
    try:
        written = source.decode("utf-8")
        heading, *parts = _PARAGRAPH_HEADING.split(written)
        title = _TITLE.search(heading)
        if title is None or not parts:
            raise ValueError("it has no title or no paragraph")
        paragraphs = [_read_paragraph(part) for part in parts]
    except ValueError as error:
        raise InputError(f"{path}: not an article of OneStopQA: {error}") from None
    article = Article(
        key=f"onestop_qa/{path.stem}",
        source=path.name,
        text=_PARAGRAPH_GAP.join(paragraph.text for paragraph in paragraphs),
        title=title[1].strip(),
        language="en",
    )
    return article, list(_questions(article, paragraphs))


def _read_paragraph(part: str) -> _Paragraph:
    advanced = _ADVANCED.search(part)
    asked = _QUESTION.findall(part)
    if advanced is None or len(asked) != _QUESTIONS_A_PARAGRAPH:
        raise ValueError(f"a paragraph needs an Adv text and {_QUESTIONS_A_PARAGRAPH} questions")
    text, marked = _strip_marks(advanced[1].strip())
    questions = [(question, answer, marked.get(f"A{n}", [])) for n, (question, answer) in enumerate(asked, 1)]
    for question, _, spans in questions:
        if not spans:
            raise ValueError(f"no critical span is marked for {question!r}")
    return _Paragraph(text, questions)


def _strip_marks(marked: str) -> tuple[str, dict[str, list[tuple[int, int]]]]:
    """The text without its marks, and for each mark the offsets it stood around, in that text.

    >>> _strip_marks("a <A1>b <D2>c</A1> d</D2>")
    ('a b c d', {'A1': [(2, 5)], 'D2': [(4, 7)]})
    """
    text, opened, spans, read = "", dict[str, int](), dict[str, list[tuple[int, int]]](), 0
    for mark in _MARK.finditer(marked):
        text += marked[read : mark.start()]
        read = mark.end()
        closes, name = mark.groups()
        if bool(closes) != (name in opened):
            raise ValueError(f"the mark {mark[0]} opens or closes twice")
        if closes:
            spans.setdefault(name, []).append((opened.pop(name), len(text)))
        else:
            opened[name] = len(text)
    if opened:
        raise ValueError(f"the mark <{next(iter(opened))}> is never closed")
    return text + marked[read:], spans


def _questions(article: Article, paragraphs: list[_Paragraph]) -> Iterator[Question]:
    paragraph_start = 0
    for number, paragraph in enumerate(paragraphs, start=1):
        for asked, (text, answer, spans) in enumerate(paragraph.questions, start=1):
            yield Question(
                id=f"{Path(article.source).stem}/{number}/{asked}",
                text=text,
                kind="reading comprehension",
                gold=tuple(
                    Span(article, paragraph_start + start, paragraph_start + end) for start, end in spans
                ),
                answers=(answer,),
            )
        paragraph_start += len(paragraph.text) + len(_PARAGRAPH_GAP)
