"""JSON: one article an object, in a file of one object, a list of them, or one a line."""

import json
import re
from collections.abc import Iterator, Mapping
from io import BufferedReader
from typing import Any

from index.errors import ReadError
from index.schema import Article
from index.sources.decode import decode
from index.sources.feeds import is_json_feed
from index.sources.feeds import read_json as read_json_feed
from index.sources.fields import TEXT_NAMES, encodable, known_fields, lowered, plain
from index.sources.lines import text_lines
from index.sources.link import Link
from index.sources.skipped import Skipped

_LIST_NAMES = ("articles", "items", "data", "results")
_MARKUP = re.compile(
    r"</(?:p|div|li|h[1-6]|article|section|blockquote|td)\s*>|<(?:br|p)\s*/?>", re.IGNORECASE
)


def read(data: bytes, source: str) -> Iterator[Article | Link | Skipped]:
    """Read a .json file: an object, a list, an object holding one, or a JSON Feed.

    Raises ReadError for broken JSON.
    """
    value = _parsed(decode(data, source).removeprefix("\ufeff"), source)
    if is_json_feed(value):
        yield from read_json_feed(value, source)
        return
    rows = _rows(value)
    if rows is None:
        yield article_of(value, source, source)
        return
    if not rows:
        raise ReadError(source, "holds an empty list")
    for number, row in enumerate(rows, 1):
        yield article_of(row, source, f"{source}#{number}")


def read_lines(stream: BufferedReader, source: str, max_bytes: int) -> Iterator[Article | Skipped]:
    """Read a .jsonl file, an object a line; a line that can't be read is skipped by its number.

    A line is held at a time, of at most `max_bytes`. Raises ReadError where the file is no text, or has none.
    """
    holds_text = False
    for number, line in enumerate(text_lines(stream, source, max_bytes), 1):
        row = f"{source}#{number}"
        if isinstance(line, ReadError):
            yield Skipped(row, line.reason)
        elif line.strip():
            yield from _line(line, source, row)
        else:
            continue
        holds_text = True
    if not holds_text:
        raise ReadError(source, "holds no text")


def article_of(row: object, path: str, source: str) -> Article | Skipped:
    """The article that a row of fields gives; `path` is the file of the row, `source` the row itself."""
    if not isinstance(row, dict):
        return Skipped(source, "is no JSON object: an article is an object with a text field")
    text = _text_of(row)
    if _MARKUP.search(text):
        from index.sources.html import fragment_text

        text = fragment_text(text)
    if not text.strip():
        return Skipped(source, "has no text: give it in a field named text, body, content or articleBody")
    fields = known_fields(row)
    name = plain(lowered(row).get("id"))
    return fields.article(source, text, key=f"{path}#{name}" if name else "")


def _line(line: str, path: str, source: str) -> Iterator[Article | Skipped]:
    try:
        yield article_of(_parsed(line, source), path, source)
    except ReadError as error:
        yield Skipped(error.source, error.reason)


def _parsed(text: str, source: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise ReadError(
            source, f"broken JSON: {error.msg} at line {error.lineno} column {error.colno}"
        ) from None
    except ValueError:  # such as a number of more digits than Python reads
        raise ReadError(source, "broken JSON: a value can't be read") from None
    except RecursionError:
        raise ReadError(source, "JSON nested too deeply to be read") from None


def _rows(value: Any) -> list[Any] | None:
    """The list of rows that `value` is or holds, or None where it is itself one article (or nothing)."""
    if isinstance(value, list):
        return value
    if not isinstance(value, dict) or _text_of(value):
        return None
    names = lowered(value)
    return next((names[name] for name in _LIST_NAMES if isinstance(names.get(name), list)), None)


def _text_of(row: Mapping[str, Any]) -> str:
    """The first text that a row gives; a list of paragraphs is set with a blank line between them."""
    values = lowered(row)
    return next(filter(None, (_whole(values.get(name)) for name in TEXT_NAMES)), "")


def _whole(value: object) -> str:
    if isinstance(value, str):
        return encodable(value) if value.strip() else ""
    if isinstance(value, dict):
        return _whole(value.get("rendered"))  # as WordPress gives it
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return encodable("\n\n".join(value))
    return ""
