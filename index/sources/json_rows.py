"""JSON: one article an object, in a file of one object, a list of them, or one a line."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from index.errors import ReadError
from index.schema import Article
from index.sources.decode import decode
from index.sources.fields import TEXT_NAMES, encodable, known_fields, lowered, plain
from index.sources.skipped import Skipped

_LIST_NAMES = ("articles", "items", "data", "results")
_MARKUP = re.compile(
    r"</(?:p|div|li|h[1-6]|article|section|blockquote|td)\s*>|<(?:br|p)\s*/?>", re.IGNORECASE
)


def read(data: bytes, source: str) -> Iterator[Article | Skipped]:
    """Read a .json file: an object, a list, or an object holding one. Raises ReadError for broken JSON."""
    value = _parsed(decode(data, source).removeprefix("\ufeff"), source)
    rows = _rows(value)
    if rows is None:
        yield _article_or_skipped(value, source, source)
        return
    if not rows:
        raise ReadError(source, "holds an empty list")
    for number, row in enumerate(rows, 1):
        yield _article_or_skipped(row, source, f"{source}#{number}")


def read_lines(data: bytes, source: str) -> Iterator[Article | Skipped]:
    """Read a .jsonl file, an object a line; a line that can't be read is skipped by its number."""
    text = decode(data, source).removeprefix("\ufeff")
    if not text.strip():
        raise ReadError(source, "holds no text")
    # Only these end a line: a JSON string may hold U+2028 and its kind as they are.
    for number, line in enumerate(re.split(r"\r\n|\n|\r", text), 1):
        if line.strip():
            yield from _line(line, source, f"{source}#{number}")


def _line(line: str, path: str, source: str) -> Iterator[Article | Skipped]:
    try:
        yield _article_or_skipped(_parsed(line, source), path, source)
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


def _article_or_skipped(row: Any, path: str, source: str) -> Article | Skipped:
    if not isinstance(row, dict):
        return Skipped(source, "is no JSON object: an article is an object with a text field")
    text = _text_of(row)
    if _MARKUP.search(text):
        from index.sources.html import fragment_text

        text = fragment_text(text)
    if not text.strip():
        return Skipped(source, "has no text: give it in a field named text, body, content or articleBody")
    return _article(row, text, path, source)


def _article(row: Mapping[str, Any], text: str, path: str, source: str) -> Article:
    fields = known_fields(row)
    name = plain(lowered(row).get("id"))
    own_key = f"{path}#{name}" if name else ""
    return fields.article(source, text, key=own_key)


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
