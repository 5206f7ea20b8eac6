"""The catalog: the store's truth, in SQLite. Chroma and the lexical index can be made again from it.

An article stands here once all three hold it. `strays` is a journal: ids of passages that the other two
may hold though the catalog does not. They are written down before anything is added there, so that a
run killed at any moment leaves a note of what the next one must clear away.
"""

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from index.errors import StoreDamaged, StoreError, StoreMissing
from index.schema import Article, Mask, Passage, content_id

FILE_NAME = "catalog.sqlite"
SCHEMA_VERSION = "1"
_SQLITE_VARIABLES = 500  # ids asked for in one statement

_TABLES = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS articles (
    id TEXT PRIMARY KEY, key TEXT NOT NULL UNIQUE, fingerprint TEXT NOT NULL, source TEXT NOT NULL,
    title TEXT NOT NULL, outlet TEXT NOT NULL, author TEXT NOT NULL, published TEXT NOT NULL,
    language TEXT NOT NULL, url TEXT NOT NULL, masks TEXT NOT NULL, text TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS passages (
    id TEXT PRIMARY KEY, article_id TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS passages_of_article ON passages(article_id, start);
CREATE TABLE IF NOT EXISTS strays (passage_id TEXT PRIMARY KEY) WITHOUT ROWID;
"""
_COLUMNS = "key, source, text, title, outlet, author, published, language, url, masks"


@dataclass(frozen=True)
class Stats:
    """What a store holds: totals, the outlets and languages with their number of articles (most first),
    and the first and last published day (empty where none is known)."""

    articles: int
    passages: int
    outlets: dict[str, int]
    languages: dict[str, int]
    first_published: str
    last_published: str


class Catalog:
    """Articles, their passages, and what the store was made with. Safe to call from several threads."""

    def __init__(self, folder: Path, *, create: bool = False) -> None:
        """Open the catalog in `folder`. Raises StoreMissing if there is none and `create` is not set,
        StoreDamaged if the file is not a catalog, StoreError if the folder can't be made."""
        self.path = folder / FILE_NAME
        if not create and not self.path.is_file():
            raise StoreMissing(
                f"there is no store at {folder}: make one with newscite index PATH --store {folder}"
            )
        self._lock = threading.RLock()
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(
                f"the store {folder} can't be made ({error.strerror}): choose another folder with --store"
            ) from error
        with self._explaining():
            self._connection = sqlite3.connect(self.path, check_same_thread=False, timeout=30)
            try:
                self._prepare(create)
            except sqlite3.DatabaseError:
                self._connection.close()
                raise
        self._article = lru_cache(maxsize=512)(self._read_article)

    def _prepare(self, create: bool) -> None:
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA foreign_keys = ON")
        if create:
            self._connection.executescript(_TABLES)
        self._connection.execute("SELECT count(*) FROM strays, passages, articles, meta LIMIT 1")

    def close(self) -> None:
        """Release the file."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def _explaining(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.ProgrammingError as error:
            raise StoreError(f"the store {self.path.parent} is closed: open it again ({error})") from error
        except sqlite3.OperationalError as error:
            if "no such" not in str(error):  # a table that is not there is damage; these come from without
                raise StoreError(
                    f"the store's catalog {self.path} can't be used now ({error}): "
                    "look at free space, permissions and other processes, and try again"
                ) from error
            raise StoreDamaged(
                f"{self.path} is not a catalog of newscite ({error}): choose another folder with --store"
            ) from error
        except sqlite3.DatabaseError as error:
            raise StoreDamaged(
                f"the store's catalog {self.path} can't be read ({error}): "
                "move the store away and index the articles again"
            ) from error

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock, self._explaining(), self._connection as connection:
            yield connection

    def _rows(self, query: str, values: Sequence[str | int] = ()) -> list[tuple[Any, ...]]:
        with self._lock, self._explaining():
            return self._connection.execute(query, values).fetchall()

    # What the store was made with, and how often it has changed.

    def meta(self) -> dict[str, str]:
        """What was stored with `set_meta`, and `generation`, which grows with every change."""
        return dict(self._rows("SELECT key, value FROM meta"))

    def set_meta(self, values: dict[str, str]) -> None:
        """Store facts about the store itself."""
        with self._transaction() as connection:
            connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", values.items())

    def generation(self) -> int:
        """A number that grows with every change, whichever process makes it."""
        rows = self._rows("SELECT value FROM meta WHERE key = 'generation'")
        return int(rows[0][0]) if rows else 0

    def forget_cached(self) -> None:
        """Read articles anew: another process has changed them."""
        self._article.cache_clear()

    # Reading.

    def article(self, article_id: str) -> Article | None:
        """The article of this id, or None."""
        return self._article(article_id)

    def _read_article(self, article_id: str) -> Article | None:
        rows = self._rows(f"SELECT {_COLUMNS} FROM articles WHERE id = ?", (article_id,))
        return _article(rows[0]) if rows else None

    def articles(self) -> Iterator[Article]:
        """Every article, newest first, those without a date last."""
        for (article_id,) in self._rows(
            "SELECT id FROM articles ORDER BY published = '', published DESC, source"
        ):
            if article := self._read_article(article_id):
                yield article

    def fingerprints(self) -> dict[str, str]:
        """The fingerprint of every article's content, by the article's key."""
        return dict(self._rows("SELECT key, fingerprint FROM articles"))

    def sources(self) -> list[tuple[str, str, str]]:
        """The (id, key, source) of every article, in order of source."""
        return self._rows("SELECT id, key, source FROM articles ORDER BY source, id")

    def passages(self, passage_ids: Iterable[str]) -> dict[str, Passage]:
        """The passages of these ids, cut from their articles; ids not in the catalog are left out."""
        found: dict[str, Passage] = {}
        wanted = list(passage_ids)
        for start in range(0, len(wanted), _SQLITE_VARIABLES):
            batch = wanted[start : start + _SQLITE_VARIABLES]
            marks = ",".join("?" * len(batch))
            query = f'SELECT id, article_id, start, "end" FROM passages WHERE id IN ({marks})'
            for passage_id, article_id, cut_start, cut_end in self._rows(query, batch):
                if article := self.article(article_id):
                    found[passage_id] = Passage(article, int(cut_start), int(cut_end))
        return found

    def article_count(self) -> int:
        """The number of articles."""
        return int(self._rows("SELECT count(*) FROM articles")[0][0])

    def passage_count(self) -> int:
        """The number of passages."""
        return int(self._rows("SELECT count(*) FROM passages")[0][0])

    def passage_ids(self) -> set[str]:
        """The ids of all passages."""
        return {row[0] for row in self._rows("SELECT id FROM passages")}

    def strays(self) -> list[str]:
        """Passages that Chroma or the lexical index may hold and the catalog does not."""
        return [row[0] for row in self._rows("SELECT passage_id FROM strays ORDER BY passage_id")]

    def stats(self) -> Stats:
        """What the store holds."""
        days = self._rows("SELECT min(published), max(published) FROM articles WHERE published != ''")[0]
        return Stats(
            articles=self.article_count(),
            passages=self.passage_count(),
            outlets=self._tally("outlet"),
            languages=self._tally("language"),
            first_published=(days[0] or "")[:10],
            last_published=(days[1] or "")[:10],
        )

    def _tally(self, column: str) -> dict[str, int]:
        rows = self._rows(
            f"SELECT {column}, count(*) AS n FROM articles WHERE {column} != '' "
            f"GROUP BY {column} ORDER BY n DESC, {column}"
        )
        return {name: int(count) for name, count in rows}

    # Writing, in the order in which a run does it.

    def note_strays(self, passage_ids: Iterable[str]) -> None:
        """Write down, before adding passages elsewhere, those that the catalog does not have yet."""
        with self._transaction() as connection:
            connection.executemany(
                "INSERT OR IGNORE INTO strays SELECT ?1 "
                "WHERE NOT EXISTS (SELECT 1 FROM passages WHERE id = ?1)",
                ((passage_id,) for passage_id in passage_ids),
            )

    def swap(self, cut_articles: Iterable[tuple[Article, Sequence[Passage]]]) -> None:
        """Put in articles with their passages in place of those of the same keys, all at once.

        The passages of the articles replaced become strays; those put in cease to be.
        """
        with self._transaction() as connection:
            for article, passages in cut_articles:
                self._drop(connection, "key", article.key)
                connection.execute(
                    f"INSERT INTO articles (id, fingerprint, {_COLUMNS}) VALUES ({','.join('?' * 12)})",
                    (article.id, fingerprint(article), *_row(article)),
                )
                for passage in passages:
                    connection.execute(
                        "INSERT INTO passages VALUES (?, ?, ?, ?)",
                        (passage.id, article.id, passage.start, passage.end),
                    )
                    connection.execute("DELETE FROM strays WHERE passage_id = ?", (passage.id,))
            self._bump(connection)
        self._article.cache_clear()

    def remove(self, article_ids: Iterable[str]) -> int:
        """Take out articles; their passages become strays. Gives the number of articles taken out."""
        with self._transaction() as connection:
            removed = sum(self._drop(connection, "id", article_id) for article_id in article_ids)
            self._bump(connection)
        self._article.cache_clear()
        return removed

    def forget_strays(self, passage_ids: Iterable[str]) -> None:
        """The other two no longer hold these."""
        with self._transaction() as connection:
            connection.executemany(
                "DELETE FROM strays WHERE passage_id = ?", ((passage_id,) for passage_id in passage_ids)
            )
            self._bump(connection)

    @staticmethod
    def _drop(connection: sqlite3.Connection, column: str, value: str) -> int:
        connection.execute(
            "INSERT OR IGNORE INTO strays SELECT passages.id FROM passages "
            f"JOIN articles ON articles.id = article_id WHERE articles.{column} = ?",
            (value,),
        )
        return connection.execute(f"DELETE FROM articles WHERE {column} = ?", (value,)).rowcount

    @staticmethod
    def _bump(connection: sqlite3.Connection) -> None:
        connection.execute(
            "INSERT INTO meta VALUES ('generation', '1') "
            "ON CONFLICT (key) DO UPDATE SET value = CAST(value AS INTEGER) + 1"
        )


def fingerprint(article: Article) -> str:
    """A hash over all that an article's index entry is made from: a change of any field changes it."""
    return content_id(*_row(article))


def _row(article: Article) -> tuple[str, ...]:
    return (
        article.key,
        article.source,
        article.text,
        article.title,
        article.outlet,
        article.author,
        article.published,
        article.language,
        article.url,
        json.dumps([[mask.start, mask.end, mask.reason] for mask in article.masks]),
    )


def _article(row: tuple[str, ...]) -> Article:
    key, source, text, title, outlet, author, published, language, url, masks = row
    cut = tuple(Mask(*mask) for mask in json.loads(masks))
    return Article(key, source, text, title, outlet, author, published, language, url, cut)
