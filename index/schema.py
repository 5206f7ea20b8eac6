"""What everything else speaks of: articles, spans of them, and filters over them.

The offset contract lives here. An `Article` holds its canonical text, which never changes; a `Span` is
an article and two offsets into that text, in code points, and has no text of its own to disagree with:

>>> article = Article(key="a.txt", source="a.txt", text="Rain fell. Nobody came.")
>>> Span(article, 11, 23).text
'Nobody came.'
"""

import hashlib
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from functools import cached_property
from typing import Any

from index.errors import InputError

_ID_LENGTH = 16  # hex digits of SHA-256: 64 bits, enough for billions of articles


def content_id(*parts: str | int) -> str:
    """Hash `parts` into an id of 16 hex digits; equal parts give equal ids on every machine."""
    joined = "\0".join(str(part) for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:_ID_LENGTH]


def parse_moment(value: str, *, end_of_day: bool = False) -> datetime:
    """Read an ISO 8601 date or date-time as an aware moment; no zone means UTC.

    A bare date is its first instant, or its last with `end_of_day`. Raises ValueError.
    """
    moment = datetime.fromisoformat(value.strip())
    if end_of_day and len(value.strip()) <= len("2026-01-17"):
        moment = datetime.combine(moment.date(), time.max)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Mask:
    """Offsets `[start, end)` of an article's text that must never be cited, and why."""

    start: int
    end: int
    reason: str


def touches(masks: Sequence[Mask], start: int, end: int) -> bool:
    """True if one of `masks`, which are sorted and apart, shares a character with `[start, end)`."""
    after = bisect_left(masks, end, key=lambda mask: mask.start)
    return after > 0 and masks[after - 1].end > start


@dataclass(frozen=True)
class Article:
    """One article as it was read. Text fields that are not known are empty, never guessed.

    `key` says which article it is whatever its text (canonical URL, else path), `source` where it was
    read, `published` and `modified` an ISO 8601 date or date-time as precise as the source gave it,
    `language` an ISO 639-1 code, `origin` whose report the text says it is ("Reuters"), if not the outlet's
    own. `corrected` is when its text took the place of another version, as the store has it; `digest` a hash
    of what it was read from. `masks` are sorted and don't overlap. Raises ValueError where these don't hold.
    """

    key: str
    source: str
    text: str
    title: str = ""
    outlet: str = ""
    author: str = ""
    published: str = ""
    modified: str = ""
    language: str = ""
    url: str = ""
    origin: str = ""
    corrected: str = ""
    digest: str = field(default="", compare=False)
    masks: tuple[Mask, ...] = ()

    def __post_init__(self) -> None:
        for moment in filter(None, (self.published, self.modified, self.corrected)):
            parse_moment(moment)
        previous_end = 0
        for mask in self.masks:
            if not previous_end <= mask.start < mask.end <= len(self.text):
                raise ValueError(f"{self.source}: mask {mask} is outside the text or out of order")
            previous_end = mask.end

    @cached_property
    def id(self) -> str:
        """The content id: the same key and text always give the same one."""
        return content_id(self.key, self.text)

    @cached_property
    def published_at(self) -> datetime | None:
        """`published` as an aware moment, or None where it is empty."""
        return parse_moment(self.published) if self.published else None

    def open_spans(self) -> list[tuple[int, int]]:
        """The stretches of text between masks, in order."""
        spans, start = [], 0
        for mask in self.masks:
            if start < mask.start:
                spans.append((start, mask.start))
            start = mask.end
        if start < len(self.text):
            spans.append((start, len(self.text)))
        return spans

    def is_open(self, start: int, end: int) -> bool:
        """True if no mask touches `[start, end)`."""
        return not touches(self.masks, start, end)

    def to_dict(self) -> dict[str, Any]:
        """The fields of `newscite show --json`."""
        return {
            "article_id": self.id,
            "source": self.source,
            "title": self.title,
            "outlet": self.outlet,
            "author": self.author,
            "published": self.published,
            "modified": self.modified,
            "language": self.language,
            "url": self.url,
            "origin": self.origin,
            "corrected": self.corrected,
            "text": self.text,
            "masks": [[mask.start, mask.end, mask.reason] for mask in self.masks],
        }


@dataclass(frozen=True)
class Span:
    """`article.text[start:end]`, citable: inside the text, not empty, and clear of every mask."""

    article: Article = field(repr=False)
    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end <= len(self.article.text):
            raise ValueError(
                f"span {self.start}:{self.end} is not inside {self.article.source}, "
                f"which has {len(self.article.text)} characters"
            )
        if not self.article.is_open(self.start, self.end):
            raise ValueError(f"span {self.start}:{self.end} of {self.article.source} touches a mask")

    @property
    def text(self) -> str:
        """The text at these offsets."""
        return self.article.text[self.start : self.end]

    def provenance(self, passage_id: str) -> dict[str, Any]:
        """The fields by which hits and citations say where they stand, in `newscite search` and `ask`."""
        article = self.article
        return {
            "article_id": article.id,
            "passage_id": passage_id,
            "title": article.title,
            "outlet": article.outlet,
            "published": article.published,
            "url": article.url,
            "source": article.source,
            "start": self.start,
            "end": self.end,
        }

    def overlaps(self, other: "Span") -> bool:
        """True if both are of one article and share a character."""
        return self.article.id == other.article.id and self.start < other.end and other.start < self.end


@dataclass(frozen=True)
class Passage(Span):
    """A span of whole sentences, small enough for the embedding model: the unit of retrieval."""

    @cached_property
    def id(self) -> str:
        """The content id: the same offsets of the same article always give the same one."""
        return content_id(self.article.id, self.start, self.end)


@dataclass(frozen=True)
class Hit:
    """A retrieved passage. `rank` counts from 1; `score` is in [0, 1] and falls with rank."""

    rank: int
    score: float
    passage: Passage

    def to_dict(self) -> dict[str, Any]:
        """The fields of a hit in `newscite search --json`."""
        return {
            "rank": self.rank,
            "score": round(self.score, 4),
            **self.passage.provenance(self.passage.id),
            "text": self.passage.text,
        }


def outlet_key(outlet: str) -> str:
    """The form in which outlets are compared: letter case, spacing and a leading "The" don't matter."""
    return " ".join(outlet.casefold().split()).removeprefix("the ")


def filter_fields(article: Article) -> dict[str, str | int]:
    """What a `Filter` is matched against, as both indexes hold it; without a date there is no `published`."""
    fields: dict[str, str | int] = {"outlet": outlet_key(article.outlet), "language": article.language}
    if article.published_at:
        fields["published"] = int(article.published_at.timestamp())
    return fields


STAMPED_FIELDS = ("title", "published", "outlet", "language")
"""What an index entry is made from beside the passage itself."""


def entry_stamp(article: Article) -> str:
    """A hash of the article's `STAMPED_FIELDS`: an index entry with another stamp is out of date."""
    return content_id(*(getattr(article, name) for name in STAMPED_FIELDS))


@dataclass(frozen=True)
class Filter:
    """Which articles may be used. `outlet` may be one name or several; `since` and `until` are ISO 8601
    and inclusive (a bare `until` date includes its whole day); `language` is an ISO 639-1 code.

    An article without a published date passes no `since` or `until`. Raises InputError on a bad date.
    """

    outlet: str | Iterable[str] = ()
    since: str = ""
    until: str = ""
    language: str = ""

    def __post_init__(self) -> None:
        names = [self.outlet] if isinstance(self.outlet, str) else list(self.outlet)
        object.__setattr__(self, "outlet", tuple(name for name in names if name.strip()))
        object.__setattr__(self, "language", self.language.strip().lower())
        for name in ("since", "until"):
            value = getattr(self, name)
            try:
                if value:
                    parse_moment(value)
            except ValueError:
                raise InputError(
                    f"{name} {value!r} is not a date: write it as 2026-01-17 or 2026-01-17T20:37:00+02:00"
                ) from None

    @property
    def outlet_keys(self) -> tuple[str, ...]:
        """The outlets in the form `outlet_key` gives."""
        return tuple(outlet_key(name) for name in self.outlet)

    @property
    def since_seconds(self) -> int | None:
        """`since` in seconds since 1970, or None."""
        return int(parse_moment(self.since).timestamp()) if self.since else None

    @property
    def until_seconds(self) -> int | None:
        """`until` in seconds since 1970, to the end of a bare date's day, or None."""
        return int(parse_moment(self.until, end_of_day=True).timestamp()) if self.until else None
