"""What JSON rows, front matter and pages call the fields of an article.

>>> found = known_fields({"headline": "Rain", "source": {"name": "Herald"}, "date": "2026-01-17"})
>>> found.title, found.outlet, found.published
('Rain', 'Herald', '2026-01-17')
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from index.schema import Article, Mask
from index.when.dates import iso_from_seconds, iso_from_text

TEXT_NAMES = ("text", "body", "content", "articlebody")
_TITLE_NAMES = ("title", "headline")
_URL_NAMES = ("url", "link", "canonical_url")
_DATE_NAMES = ("published", "publish_date", "published_at", "date", "datepublished")
_MODIFIED_NAMES = ("modified", "datemodified", "updated", "updated_at", "modified_at")
_OUTLET_NAMES = ("outlet", "source", "publisher", "site", "domain")
_AUTHOR_NAMES = ("author", "authors", "byline")
_LANGUAGE_NAMES = ("language", "lang")
FIELD_NAMES = frozenset(
    name for names in (TEXT_NAMES, _TITLE_NAMES, _URL_NAMES, _DATE_NAMES, _MODIFIED_NAMES) for name in names
) | {*_OUTLET_NAMES, *_AUTHOR_NAMES, *_LANGUAGE_NAMES, "id"}

_INSIDE = (
    "name",
    "rendered",
    "text",
    "value",
    "@value",
    "url",
    "@id",
)  # what a value that is an object holds
_DEEPEST = 4  # objects and lists inside each other
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_LANGUAGE_CODE = re.compile(r"([a-z]{2})(?:[-_].*)?", re.IGNORECASE)
_LANGUAGE_BY_NAME = {
    **{"english": "en", "inglés": "en", "الإنجليزية": "en"},
    **{"spanish": "es", "español": "es", "الإسبانية": "es"},
    **{"arabic": "ar", "árabe": "ar", "العربية": "ar"},
}


@dataclass(frozen=True)
class Fields:
    """An article's fields beside its text; what was not given is empty."""

    title: str = ""
    outlet: str = ""
    author: str = ""
    published: str = ""
    modified: str = ""
    language: str = ""
    url: str = ""
    origin: str = ""

    def article(self, source: str, text: str, *, key: str = "", masks: tuple[Mask, ...] = ()) -> Article:
        """The article that these fields are of; without a URL its key is `key`, else its source."""
        return Article(self.url or key or source, source, text, **asdict(self), masks=masks)


def lowered(row: Mapping[Any, Any]) -> dict[str, Any]:
    """The row with its names in lower case, so that `datePublished` and `Date` are found; first ones win."""
    names: dict[str, Any] = {}
    for name, value in row.items():
        names.setdefault(str(name).strip().lower(), value)
    return names


def known_fields(row: Mapping[Any, Any]) -> Fields:
    """Read the fields of an article from `row` by their common names, in any letter case."""
    values = lowered(row)
    return Fields(
        title=_first(values, _TITLE_NAMES),
        outlet=_first(values, _OUTLET_NAMES),
        author=_first(values, _AUTHOR_NAMES),
        published=_first_moment(values, _DATE_NAMES),
        modified=_first_moment(values, _MODIFIED_NAMES),
        language=language_code(_first(values, _LANGUAGE_NAMES)),
        url=next(filter(None, (web_address(plain(values.get(name))) for name in _URL_NAMES)), ""),
    )


def plain(value: object, depth: int = 0) -> str:
    """Give a field's value as one line; lists are joined by commas, objects stand for their name."""
    if depth > _DEEPEST or value is None or isinstance(value, bool):
        return ""
    if isinstance(value, Mapping):
        return next(filter(None, (plain(value.get(name), depth + 1) for name in _INSIDE)), "")
    if isinstance(value, list):
        return ", ".join(filter(None, (plain(item, depth + 1) for item in value)))
    line = " ".join(encodable(str(value)).split())
    return "" if line.lower() in {"null", "none", "nan", "n/a", "~"} else line


def encodable(text: str) -> str:
    """Put U+FFFD in the place of each lone surrogate, which JSON can hold and UTF-8 can't.

    One character for one, so that every offset stays where it was.
    """
    return _LONE_SURROGATE.sub("\ufffd", text)


def moment_of(value: object) -> str:
    """Give a date field's value, text or seconds since 1970, as ISO 8601, or "" where it is no clear date."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return iso_from_seconds(value) if abs(value) >= 1e8 else ""  # fewer seconds: a year, or 20260117
    if isinstance(value, Mapping) and "$date" in value:
        return moment_of(value["$date"])  # as MongoDB exports it
    return iso_from_text(plain(value))


def web_address(value: str) -> str:
    """`value` if it is an http or https address, else ""."""
    return value if _WEB_ADDRESS.fullmatch(value) else ""


def language_code(value: str) -> str:
    """The ISO 639-1 code of "en-US", "English" or "en"; "" for what is none of these."""
    match = _LANGUAGE_CODE.fullmatch(value)
    return match[1].lower() if match else _LANGUAGE_BY_NAME.get(value.lower(), "")


def _first(values: Mapping[str, Any], names: tuple[str, ...]) -> str:
    return next(filter(None, (plain(values.get(name)) for name in names)), "")


def _first_moment(values: Mapping[str, Any], names: tuple[str, ...]) -> str:
    return next(filter(None, (moment_of(values.get(name)) for name in names)), "")
