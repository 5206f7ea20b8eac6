"""Read a file of questions: text, one a line, or JSON Lines with filters and history."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import InputError
from index.schema import Filter, parse_moment
from rag.asking.conversation import check_question
from rag.schema import Turn

_FIELDS = {"question", "outlet", "since", "until", "language", "as_of", "history"}


@dataclass(frozen=True)
class Asked:
    """A question and how it is to be answered."""

    question: str
    filter: Filter
    as_of: str = ""
    history: tuple[Turn, ...] = ()


def read_questions(path: Path, filter: Filter, as_of: str = "") -> Iterator[Asked | InputError]:
    """The questions in `path`, in order; an unusable line gives its error instead, naming file and line.

    What a line says comes before `filter` and `as_of`. Blank lines are passed over. Raises InputError at
    once if the file can't be read or holds no line.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(f"{path} can't be read ({error.strerror}): give a file of questions") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8 text: save it as UTF-8") from error
    lines = [(number, line.strip()) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]
    if not lines:
        raise InputError(f"{path} holds no question: write one a line")
    return _each(path, lines, filter, as_of)


def _each(
    path: Path, lines: list[tuple[int, str]], filter: Filter, as_of: str
) -> Iterator[Asked | InputError]:
    for number, line in lines:
        try:
            yield _asked(line, filter, as_of)
        except InputError as error:
            yield InputError(f"{path} line {number}: {error}")


def _asked(line: str, filter: Filter, as_of: str) -> Asked:
    if not line.startswith("{"):
        return Asked(check_question(line), filter, as_of)
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(f"this is not JSON ({error}): mend the line") from error
    if unknown := sorted(set(row) - _FIELDS - {"id"}):
        raise InputError(f"unknown field {unknown[0]!r}: the fields are {', '.join(sorted(_FIELDS))}")
    return Asked(
        check_question(_text(row, "question")),
        Filter(
            outlet=_outlets(row) or filter.outlet,
            since=_text(row, "since") or filter.since,
            until=_text(row, "until") or filter.until,
            language=_text(row, "language") or filter.language,
        ),
        _moment(row, "as_of") or as_of,
        _history(row.get("history")),
    )


def _text(row: dict[str, Any], field: str) -> str:
    value = row.get(field)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise InputError(f"{field} is {value!r}: write it as text")
    return value.strip()


def _moment(row: dict[str, Any], field: str) -> str:
    value = _text(row, field)
    try:
        if value:
            parse_moment(value)
    except ValueError:
        raise InputError(f"{field} {value!r} is not a date: write it as 2026-01-17") from None
    return value


def _outlets(row: dict[str, Any]) -> tuple[str, ...]:
    value = row.get("outlet")
    names = value if isinstance(value, list) else [] if value is None else [value]
    if not all(isinstance(name, str) for name in names):
        raise InputError(f"outlet is {value!r}: write a name or a list of names")
    return tuple(name for name in names if name.strip())


def _history(value: Any) -> tuple[Turn, ...]:
    """Earlier turns, as [{"question", "answer"}], or just the earlier questions as text."""
    turns = []
    for turn in value if isinstance(value, list) else [value] if value else []:
        row = {"question": turn} if isinstance(turn, str) else turn
        asked = row.get("question") if isinstance(row, dict) else None
        if not isinstance(asked, str) or not any(character.isalnum() for character in asked):
            raise InputError(f'history holds {turn!r}: write [{{"question": …, "answer": …}}]')
        turns.append(Turn(asked, str(row.get("answer") or "")))
    return tuple(turns)
