"""A run's outcomes as JSON Lines, written as they come, so that a run that was broken off can go on.

The first line says of which run they are; each other line is one question asked once, with its gold, the
reply, what it cites and the verdicts.
"""

import json
import re
import threading
from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from evals.cases import Holds, Outcome
from evals.schema import Question
from index.errors import InputError
from index.schema import Span


class Journal(AbstractContextManager["Journal"]):
    """The outcomes of one run in a file. Safe to use from several threads; use it as a context manager."""

    def __init__(self, file: Path, run: Mapping[str, str]) -> None:
        """`run` says of which run the outcomes are; a file that has another's is refused.

        Raises InputError if the file is something else or can't be written.
        """
        self._lock = threading.Lock()
        self._known: dict[tuple[str, str], tuple[Outcome, Holds]] = {}
        head = json.dumps({"run": dict(run)}, ensure_ascii=False)
        try:
            whole = self._read(file, head) if file.is_file() and file.stat().st_size else 0
            self._file = file.open("r+b" if whole else "wb")
        except OSError as error:
            raise InputError(f"the cases can't be kept in {file}: {error.strerror}") from error
        self._file.truncate(whole)  # a line that was cut off is asked again
        self._file.seek(whole)
        if not whole:
            self._write(head)

    def _read(self, file: Path, head: str) -> int:
        """Take what the file has; the offset at which its whole lines end."""
        data = file.read_bytes()
        whole = data.rfind(b"\n") + 1
        first, *lines = data[:whole].decode("utf-8", "replace").split("\n")[:-1] or [""]
        if first != head:
            raise InputError(
                f"{file} has the cases of another run or something else: keep these elsewhere, or go on with "
                "the same dataset, system and judge"
            )
        for number, line in enumerate(lines, start=2):
            try:
                row = json.loads(line)
                holds = None if row["holds"] is None else tuple(map(tuple, row["holds"]))
                self._known[row["over"], row["id"]] = (Outcome.from_dict(row), holds)
            except (ValueError, KeyError, TypeError) as error:
                raise InputError(f"{file}, line {number}: not a case of a run: {error!r}") from error
        return whole

    def get(self, over: str, question: Question) -> tuple[Outcome, Holds] | None:
        """What came of asking `question` over the articles called `over`, if it was asked."""
        return self._known.get((over, question.id))

    def put(self, over: str, question: Question, outcome: Outcome, holds: Holds) -> None:
        """Keep what came of it."""
        row = {
            "over": over,
            **about(question),
            **outcome.to_dict(),
            "holds": holds,
        }
        with self._lock:
            self._known[over, question.id] = (outcome, holds)
            self._write(json.dumps(row, ensure_ascii=False))

    def _write(self, line: str) -> None:
        self._file.write(line.encode("utf-8", "replace") + b"\n")
        self._file.flush()

    def __exit__(self, *_: object) -> None:
        self._file.close()


def cases_file(folder: Path, dataset: str, system: str) -> Path:
    """The file in `folder`, which is made if it has to be, for the cases of a dataset asked of a system.

    Raises InputError if it can't be.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"the cases can't be kept in {folder}: {error.strerror}") from error
    return folder / f"{dataset}.{re.sub(r'[^A-Za-z0-9.-]+', '-', system)}.jsonl"


def about(question: Question) -> dict[str, Any]:
    """A question, what is right and what is wrong, as the cases of `newscite eval --json` have it.

    `answerable` is null where nobody has said what answers it.
    """
    return {
        "id": question.id,
        "kind": question.kind,
        "question": question.text,
        "answerable": question.answerable if question.gold_known else None,
        "gold": [_place(span) for span in question.gold],
        "wrong": [
            {"sentence": one.sentence, "places": [_place(span) for span in one.places]}
            for one in question.wrong
        ],
        "answers": list(question.answers),
    }


def _place(span: Span) -> dict[str, Any]:
    return {"source": span.article.source, "start": span.start, "end": span.end, "quote": span.text}
