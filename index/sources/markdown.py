"""Markdown: the file as it stands, its front matter read and masked."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from index.errors import ReadError
from index.schema import Article, Mask
from index.sources.decode import decode
from index.sources.fields import known_fields

_FRONT_MATTER = re.compile(
    r"\ufeff?---[ \t]*\r?\n(?P<yaml>(?:(?!---|\.\.\.).*\n){0,400}?)(?:---|\.\.\.)[ \t]*(?=\r?\n|\Z)"
)
_FIELD_LINE = re.compile(r"([\w-]+):[ \t]*(.*)")


def read(data: bytes, source: str) -> Iterator[Article]:
    """Read a Markdown file. Raises ReadError where it is no text, or has none beside its front matter."""
    text = decode(data, source)
    front = _FRONT_MATTER.match(text)
    values = _values(front["yaml"]) if front else {}
    mask = (Mask(0, front.end(), "front matter"),) if front and values else ()
    if not text[mask[0].end if mask else 0 :].replace("\ufeff", "").strip():
        raise ReadError(source, "holds no text")
    fields = known_fields(values)
    yield fields.article(source, text, masks=mask)


def _values(block: str) -> Mapping[Any, Any]:
    """What a front matter says; empty where it says nothing, as two rules around a paragraph don't."""
    import yaml

    try:
        if any(isinstance(token, yaml.AliasToken) for token in yaml.scan(block)):
            return _lines_as_fields(block)  # with aliases a few lines can hold millions of values
        # The base loader keeps every value as it is written; a date must not become more exact than that.
        values = yaml.load(block, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError, ValueError):
        return _lines_as_fields(block)
    return values if isinstance(values, dict) else {}


def _lines_as_fields(block: str) -> dict[str, str]:
    """Read what is almost YAML, such as `title: Caracas: a report`, a line a field."""
    matches = (_FIELD_LINE.fullmatch(line.strip()) for line in block.splitlines())
    return {match[1]: match[2].strip("\"' ") for match in matches if match}
