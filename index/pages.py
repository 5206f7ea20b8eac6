"""What a store remembers of a web address that it has read."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    """A web address whose articles are stored. With `etag` and `last_modified` its server can say that
    nothing has changed since; `entry` is a hash of what the feed that names it said of it, "" without one;
    `key` is that of the article it gave, "" where it gave several, as feeds do; `articles` is how many."""

    url: str
    etag: str = ""
    last_modified: str = ""
    entry: str = ""
    key: str = ""
    articles: int = 0
