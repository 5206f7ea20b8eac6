"""What readers say of answers, kept as cases that `newscite eval own --data STORE/feedback` runs as they are.

The form is that of articles and questions of one's own, which evals/datasets/sample.py describes: a file an
article in `articles`, and a line a question in `questions.jsonl`. Lines of others in it stay as they are.
"""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from index.errors import InputError, StoreError, StoreLocked
from index.schema import Article, Filter, Hit, Span, content_id, parse_moment
from index.sources import read_bytes
from index.sources.fields import encodable
from rag.asking.conversation import check_question
from ui.narrowing import Narrowed, read_query
from ui.render import Exchange

FOLDER = "feedback"  # in the store's
_SEARCHED = 10  # passages whose articles go with a question: what else could be cited has to be there too
_PATIENCE = 10  # seconds in which another writer must be done
# Not the address: it would make two versions of one article a single one.
_FIELDS = ("text", "title", "outlet", "author", "published", "modified", "language")

Row = Mapping[str, Any]


class Search(Protocol):
    """Finds passages, as `Pipeline.search` does."""

    def __call__(self, question: str, /, *, k: int, filter: Filter = ...) -> Sequence[Hit]:
        """The best `k`, of articles that pass the filter."""


@dataclass(frozen=True)
class Judgement:
    """What a reader says of an answer: that it is right, or which of its citations, by their markers, and its
    sentences, counted from 1, are not; of a refusal, that it is right or that it is `unwanted`.

    Raises ValueError if it is said to be right and not.
    """

    right: bool = False
    wrong: frozenset[int] = frozenset()
    unsupported: frozenset[int] = frozenset()
    unwanted: bool = False

    def __post_init__(self) -> None:
        if self.right and self.finds_fault:
            raise ValueError("an answer is right or not")

    @property
    def finds_fault(self) -> bool:
        """True if something is said to be wrong."""
        return bool(self.wrong or self.unsupported or self.unwanted)

    @property
    def is_given(self) -> bool:
        """True if anything is said."""
        return self.right or self.finds_fault


class Feedback:
    """The cases in one folder. Safe to use from several threads and processes."""

    def __init__(self, folder: Path, search: Search) -> None:
        """`search` finds the passages for a question, as `Pipeline.search` does."""
        self.folder = folder
        self._search = search
        self._questions = self.folder / "questions.jsonl"
        self._known: tuple[tuple[int, int], Mapping[str, Row]] = ((0, 0), {})

    def of(self, exchange: Exchange) -> Judgement:
        """What is kept of this answer; nothing where that can't be read."""
        try:
            return _judgement(self._rows().get(answer_id(exchange), {}), exchange)
        except (OSError, KeyError, TypeError, ValueError, AttributeError):
            return Judgement()

    def save(self, exchange: Exchange, judgement: Judgement) -> None:
        """Keep what is said of an answer in place of what was said of it before; an empty judgement takes
        that back.

        Raises InputError where it names what the answer doesn't have, and StoreError where it can't be
        written; then what was kept is as it was.
        """
        row, written = self._case(exchange, judgement) if judgement.is_given else (None, {})
        with self._writing():
            for name, data in written.items():
                if not (self.folder / "articles" / name).exists():
                    _replace(self.folder / "articles" / name, data)
            before = self._questions.read_bytes() if self._questions.exists() else b""
            after = _with_row(before, answer_id(exchange), row)
            if after != before:
                _replace(self._questions, after)

    def _case(self, exchange: Exchange, judgement: Judgement) -> tuple[Row, Mapping[str, bytes]]:
        """A line of questions, and the articles that go with it by their files' names."""
        answer = exchange.answer
        if answer is None:
            raise InputError("the answer is not complete: wait for it, or ask again")
        question, narrowed = read_query(exchange.link)
        question, within = check_question(question), _filter(narrowed)
        places = _Places()
        if answer.status == "abstained":
            said: Row = {"gold": []} if judgement.right else {"wrong": [{"refused": True}]}
            if not judgement.right and not judgement.unwanted:
                raise InputError("this answer cites nothing and says nothing that could be wrong")
        else:
            said = _right(exchange, places) if judgement.right else _wrong(exchange, judgement, places)
        hits = self._search(question, k=_SEARCHED, filter=within)
        for hit in hits or self._search(question, k=_SEARCHED):
            places.add(hit.passage.article)
        if not places.written:
            raise InputError("nothing is indexed: there is no article to keep with the question")
        about = {
            "id": answer_id(exchange),
            "question": question,
            "kind": _kind(judgement, refused=answer.status == "abstained"),
            "outlet": list(narrowed.outlets),
            "since": within.since,
            "until": within.until,
            "language": within.language,
        }
        return {name: value for name, value in about.items() if value} | dict(said), places.written

    def _rows(self) -> Mapping[str, Row]:
        """The lines that have an id, by it; read again where the file was changed."""
        try:
            found = self._questions.stat()
        except FileNotFoundError:
            return {}
        seen = (found.st_mtime_ns, found.st_ino)
        if self._known[0] != seen:
            rows = map(_row, self._questions.read_bytes().splitlines())
            self._known = (seen, {row["id"]: row for row in rows if isinstance(row.get("id"), str)})
        return self._known[1]

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Be the only one who writes here."""
        import filelock

        try:
            (self.folder / "articles").mkdir(parents=True, exist_ok=True)
            with filelock.FileLock(self.folder / "write.lock", timeout=_PATIENCE):
                yield
        except filelock.Timeout:
            raise StoreLocked(
                f"another process is writing to {self.folder}: wait until it is done and try again"
            ) from None
        except OSError as error:
            raise StoreError(
                f"this can't be saved in {self.folder} ({error.strerror}): look at free space and "
                "permissions; what was saved before is as it was"
            ) from error


def answer_id(exchange: Exchange) -> str:
    """Names an answer by what was asked, and what it says and cites."""
    places = [(cited.article.id, cited.start, cited.end) for cited in exchange.citations]
    said = [(one.text, one.citations) for one in exchange.sentences]
    return content_id(json.dumps([exchange.link, places, said]))


class _Places:
    """Spans as the form has them, and the files of their articles."""

    def __init__(self) -> None:
        self.written: dict[str, bytes] = {}
        self._read: dict[str, tuple[str, Article]] = {}

    def add(self, article: Article) -> tuple[str, Article]:
        """The name of the article's file, and the article as it will be read from it."""
        if article.id not in self._read:
            name, data, again = _file_of(article)
            self.written[name] = data
            self._read[article.id] = name, again
        return self._read[article.id]

    def of(self, spans: Sequence[Span]) -> list[Row]:
        """The places of spans. Raises InputError where one couldn't be cited from the file."""
        return [self._place(span) for span in spans]

    def _place(self, span: Span) -> Row:
        name, again = self.add(span.article)
        if not again.is_open(span.start, span.end):
            raise InputError(f"a quote of {span.article.source} is no quote any more when it is read again")
        return {"article": name, "start": span.start, "end": span.end}


def _file_of(article: Article) -> tuple[str, bytes, Article]:
    """A file that is read as the same text, its name, and what is read from it.

    Text that looks like HTML would be read as such out of JSON; so that is kept as plain text.
    """
    fields = {field: getattr(article, field) for field in _FIELDS if getattr(article, field)}
    forms = {
        f"{article.id}.json": json.dumps(fields, ensure_ascii=False),
        f"{article.id}.txt": article.text,
    }
    for name, written in forms.items():
        data = written.encode("utf-8", "replace")
        for again in read_bytes(data, name):
            if isinstance(again, Article) and again.text == article.text:
                return name, data, again
    raise InputError(f"{article.source} can't be kept with the question: its text is read otherwise again")


def _right(exchange: Exchange, places: _Places) -> Row:
    """What an answer that is right cites: the sides where its sources disagree, else all of it."""
    sides: tuple[list[Span], list[Span]] = ([], [])
    for cited in exchange.citations:
        sides[cited.marker in exchange.told_otherwise].append(cited)
    if all(sides) and not any(one.overlaps(other) for one in sides[0] for other in sides[1]):
        return {"sides": [places.of(side) for side in sides]}
    return {"gold": places.of(exchange.citations)}


def _wrong(exchange: Exchange, judgement: Judgement, places: _Places) -> Row:
    """What must not be cited, and what must not be said on what it cites."""
    markers = {cited.marker: cited for cited in exchange.citations}
    sentences = dict(enumerate(exchange.sentences, start=1))
    if judgement.unwanted or not (
        judgement.wrong <= markers.keys() and judgement.unsupported <= sentences.keys()
    ):
        raise InputError("the answer has no such citation or sentence")
    said = [sentences[number] for number in sorted(judgement.unsupported)]
    if not all(sentence.text.strip() for sentence in said):
        raise InputError("the answer has no such sentence: it is empty")
    return {
        "wrong": [
            *places.of([markers[marker] for marker in sorted(judgement.wrong)]),
            *(
                {
                    "sentence": encodable(one.text),
                    "on": places.of([markers[marker] for marker in one.citations]),
                }
                for one in said
            ),
        ]
    }


def _judgement(row: Row, exchange: Exchange) -> Judgement:
    """What a line says of the answer that it was made from."""
    wrong = row.get("wrong", [])
    places = {(Path(one["article"]).stem, one["start"], one["end"]) for one in wrong if "article" in one}
    sentences = {one["sentence"] for one in wrong if "sentence" in one}
    return Judgement(
        right="gold" in row or "sides" in row,
        wrong=frozenset(
            cited.marker
            for cited in exchange.citations
            if (cited.article.id, cited.start, cited.end) in places
        ),
        unsupported=frozenset(
            number
            for number, one in enumerate(exchange.sentences, start=1)
            if encodable(one.text) in sentences
        ),
        unwanted={"refused": True} in wrong,
    )


def _kind(judgement: Judgement, *, refused: bool) -> str:
    if refused:
        return "right refusal" if judgement.right else "wrong refusal"
    if judgement.right:
        return "right answer"
    return "wrong citation" if judgement.wrong else "unsupported sentence"


def _filter(narrowed: Narrowed) -> Filter:
    """What the search was narrowed to; the day as of which it was asked leaves out what came later.

    Raises InputError on a bad date.
    """
    given = narrowed.filter()
    if narrowed.as_of:
        ends = [day for day in (Filter(until=narrowed.as_of).until, given.until) if day]
        until = min(ends, key=lambda day: parse_moment(day, end_of_day=True))
        return Filter(outlet=given.outlet, since=given.since, until=until, language=given.language)
    return given


def _with_row(lines: bytes, identity: str, row: Row | None) -> bytes:
    """The lines with `row` in the place of the one of this id, else at the end; without a row, without it."""
    written = [] if row is None else [json.dumps(row, ensure_ascii=False).encode("utf-8", "replace")]
    kept = []
    for line in lines.splitlines():
        if _row(line).get("id") == identity:
            kept += written
            written = []
        else:
            kept.append(line)
    return b"".join(line + b"\n" for line in [*kept, *written])


def _row(line: bytes) -> Row:
    """A line as an object; one that is none is empty."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return row if isinstance(row, dict) else {}


def _replace(file: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    new = file.with_name(f".{file.name}.new")
    try:
        with new.open("wb") as opened:
            opened.write(data)
            opened.flush()
            os.fsync(opened.fileno())
        new.replace(file)
    finally:
        new.unlink(missing_ok=True)
