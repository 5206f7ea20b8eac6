"""What the reader learns from: questions, the passages of an article, and which sentences answer.

Four sources, none of which holds a text by which sentences or refusals are measured elsewhere:

- `texts/` beside this file: invented news with questions, written for this (MIT, as the project). Those
  under `texts/held_out` are kept for choosing what the training itself does not choose.
- XQuAD, English (CC BY-SA 4.0): paragraphs of Wikipedia, answers as offsets. Only documents that the
  folder has in no other language, so that languages can be compared on those it has.
- a sample of SQuAD 2 (CC BY-SA 4.0): the same, half of it without an answer
- WiCE, dev (annotations ODC-BY): claims, and the sentences of news pages that support them
"""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.embed import Embedder
from index.errors import InputError
from index.schema import Article, Passage
from index.split import split
from rag.telling.quotable import told_sentences

TEXTS = Path(__file__).parent / "texts"
_OTHERS = 0.4  # how often a passage of another article is read as well
_WITHOUT_GOLD = 1  # passages of the question's own article that don't answer it, of those that are read
_MOST_PASSAGES = 3  # of its own article


@dataclass(frozen=True)
class Part:
    """A passage's text, the offsets of its sentences in it, which of them answer, and where in it the
    answer stands, if that is known."""

    title: str
    text: str
    sentences: tuple[tuple[int, int], ...]
    right: tuple[bool, ...]
    answer: tuple[int, int] | None = None


@dataclass(frozen=True)
class Example:
    """A question and the passages read for it. In none of them a sentence may be right."""

    question: str
    parts: tuple[Part, ...]
    source: str


@dataclass(frozen=True)
class _Asked:
    """A question of an article, and the offsets of what answers it."""

    question: str
    gold: tuple[tuple[int, int], ...]
    answer: tuple[int, int] | None = None


def read_examples(data: Path, embedder: Embedder, *, seed: int = 0) -> list[Example]:
    """Every example, in an order that is the same for the same data. `data` holds the folders xquad,
    squad2_sample500 and wice. Raises InputError if one is missing or not as expected."""
    chance = random.Random(seed)
    examples: list[Example] = []
    for source, read in (
        ("texts", _own_texts),
        ("xquad", lambda: _xquad(data / "xquad")),
        ("squad2", lambda: _squad2(data / "squad2_sample500")),
        ("wice", lambda: _wice(data / "wice" / "data" / "entailment_retrieval" / "claim" / "dev.jsonl")),
    ):
        try:
            asked = list(read())
        except (OSError, KeyError, ValueError) as error:
            raise InputError(f"the training data {source} in {data} can't be read: {error}") from error
        examples += _examples(source, asked, embedder, chance)
    return examples


def _examples(
    source: str, asked: Sequence[tuple[Article, list[_Asked]]], embedder: Embedder, chance: random.Random
) -> Iterator[Example]:
    passages = {
        article.id: split(article, embedder.count_tokens, embedder.max_tokens) for article, _ in asked
    }
    every = [passage for cut in passages.values() for passage in cut]
    for article, questions in asked:
        for question in questions:
            own = _nearest(passages[article.id], question, chance)
            others = [chance.choice(every)] if chance.random() < _OTHERS or not own else []
            parts = [_part(passage, question) for passage in own]
            parts += [
                _part(other, _Asked(question.question, ())) for other in others if other.article != article
            ]
            yield Example(question.question, tuple(parts), source)


def _nearest(passages: Sequence[Passage], question: _Asked, chance: random.Random) -> list[Passage]:
    """The passages that hold gold, and others of the article up to what is read."""
    holds = [
        any(start < passage.end and passage.start < end for start, end in question.gold)
        for passage in passages
    ]
    gold = [passage for passage, right in zip(passages, holds, strict=True) if right]
    rest = [passage for passage, right in zip(passages, holds, strict=True) if not right]
    chance.shuffle(gold)
    chance.shuffle(rest)
    return [*gold[: _MOST_PASSAGES - 1], *rest[:_WITHOUT_GOLD]]


def _part(passage: Passage, question: _Asked) -> Part:
    article, start, end = passage.article, passage.start, passage.end
    spans = [
        (max(span.start, start), min(span.end, end))
        for span, _ in told_sentences(article)
        if span.start < end and start < span.end
    ]
    right = tuple(any(first < e and s < last for s, e in question.gold) for first, last in spans)
    answer = question.answer
    is_here = answer is not None and start <= answer[0] and answer[1] <= end
    return Part(
        article.title,
        passage.text,
        tuple((first - start, last - start) for first, last in spans),
        right,
        (answer[0] - start, answer[1] - start) if answer is not None and is_here else None,
    )


def _own_texts() -> Iterator[tuple[Article, list[_Asked]]]:
    for file in sorted(TEXTS.glob("*.jsonl")):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines()):
            row = json.loads(line)
            article = Article(
                f"{file.stem}/{number}", file.name, row["text"], title=row["title"], language="en"
            )
            yield article, [_own_question(row["text"], question) for question in row["questions"]]


def _own_question(text: str, row: dict[str, str | list[str]]) -> _Asked:
    gold = []
    for sentence in row["evidence"]:
        start = text.index(sentence)
        gold.append((start, start + len(sentence)))
    answer = None
    if wanted := str(row.get("answer", "")):
        answer = next(
            (
                (start + text[start:end].index(wanted), start + text[start:end].index(wanted) + len(wanted))
                for start, end in gold
                if wanted in text[start:end]
            ),
            None,
        )
    return _Asked(str(row["question"]), tuple(gold), answer)


def _xquad(folder: Path) -> Iterator[tuple[Article, list[_Asked]]]:
    file = folder / "xquad.en.json"
    translated = {
        document["title"]
        for other in folder.glob("xquad.*.json")
        if other != file
        for document in json.loads(other.read_text(encoding="utf-8"))["data"]
    }
    for document in json.loads(file.read_text(encoding="utf-8"))["data"]:
        if document["title"] in translated:
            continue
        title = document["title"].replace("_", " ")
        for number, paragraph in enumerate(document["paragraphs"]):
            text = paragraph["context"]
            article = Article(f"{document['title']}/{number}", file.name, text, title=title, language="en")
            asked = []
            for row in paragraph["qas"]:
                start = row["answers"][0]["answer_start"]
                span = (start, start + len(row["answers"][0]["text"]))
                asked.append(_Asked(row["question"], (span,), span))
            yield article, asked


def _squad2(folder: Path) -> Iterator[tuple[Article, list[_Asked]]]:
    answers = json.loads((folder / "ground_truth.json").read_text(encoding="utf-8"))
    contexts: dict[str, list[_Asked]] = {}
    for row in json.loads((folder / "queries.json").read_text(encoding="utf-8"))["queries"]:
        answer = next(iter(answers[row["id"]]["answers"]), "")
        context = row["context"]
        if answer and context.count(answer) != 1:
            continue  # which of them is meant isn't said
        span = (context.index(answer), context.index(answer) + len(answer)) if answer else None
        contexts.setdefault(context, []).append(_Asked(row["question"], (span,) if span else (), span))
    for number, (context, asked) in enumerate(contexts.items()):
        yield Article(f"squad2/{number}", "squad2", context, language="en"), asked


def _wice(file: Path) -> Iterator[tuple[Article, list[_Asked]]]:
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines()):
        row = json.loads(line)
        sets = [list(chosen) for chosen in row["supporting_sentences"]]
        if not any(sets):
            continue
        starts, text = [], ""
        for sentence in row["evidence"]:
            starts.append(len(text))
            text += sentence.replace("\n", " ") + "\n"
        wanted = sorted({place for chosen in sets for place in chosen})
        gold = tuple((starts[place], starts[place] + len(row["evidence"][place])) for place in wanted)
        article = Article(f"wice/{number}", "wice", text, language="en")
        yield article, [_Asked(row["claim"], gold)]
