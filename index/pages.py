"""What a store remembers of a web address that it has read."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from index.database import Database

TABLE = """
CREATE TABLE IF NOT EXISTS pages (
    url TEXT PRIMARY KEY, etag TEXT NOT NULL, last_modified TEXT NOT NULL, entry TEXT NOT NULL,
    key TEXT NOT NULL, articles INTEGER NOT NULL
) WITHOUT ROWID;
"""


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


class Pages:
    """The web addresses that a store remembers."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def known(self) -> dict[str, Page]:
        """What is remembered, by address."""
        rows = self._database.rows("SELECT url, etag, last_modified, entry, key, articles FROM pages")
        return {row[0]: Page(*row) for row in rows}

    def remember(self, pages: Iterable[Page]) -> None:
        """Remember web addresses whose articles are stored by now."""
        with self._database.transaction() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO pages VALUES (:url, :etag, :last_modified, :entry, :key, :articles)",
                map(asdict, pages),
            )
