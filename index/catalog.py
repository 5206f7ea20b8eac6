"""The catalog: the store's truth, in SQLite. Chroma and the lexical index can be made again from it.

An article stands here once all three hold it. `unsettled` is a journal: ids of passages of which the other
two may hold something else than the catalog does. They are written down before anything is changed there,
so that a run killed at any moment leaves a note of what the next one must put right.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from index import listing, pages, reprints, stories
from index.database import Database
from index.schema import STAMPED_FIELDS, Article, Mask, Passage, content_id, parse_moment

SCHEMA_VERSION = "2"

_FIELDS = (
    *("key", "source", "text", "title", "outlet", "author", "published", "modified", "language", "url"),
    *("origin", "corrected", "digest"),
)
_COLUMNS = ", ".join((*_FIELDS, "masks"))
_DECLARED = ", ".join(f"{name} TEXT NOT NULL" for name in (*_FIELDS, "masks"))
_TABLES = f"""
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS articles (
    id TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, {_DECLARED}, UNIQUE (key)
);
CREATE TABLE IF NOT EXISTS versions (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL, replaced TEXT NOT NULL, {_DECLARED}
);
CREATE INDEX IF NOT EXISTS versions_of_key ON versions(key, number);
CREATE INDEX IF NOT EXISTS versions_by_id ON versions(id);
CREATE TABLE IF NOT EXISTS passages (
    id TEXT PRIMARY KEY, article_id TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS passages_of_article ON passages(article_id, start);
CREATE TABLE IF NOT EXISTS unsettled (passage_id TEXT PRIMARY KEY) WITHOUT ROWID;
{listing.INDEX}{pages.TABLE}{reprints.TABLES}{stories.TABLES}"""


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


@dataclass(frozen=True)
class Version:
    """A text that an article had before, and when (ISO 8601, UTC) another took its place."""

    article: Article
    replaced: str


def _now() -> datetime:
    return datetime.now(UTC)


class Catalog:
    """Articles, their passages, and what the store was made with. Safe to call from several threads."""

    def __init__(self, folder: Path, *, create: bool = False, clock: Callable[[], datetime] = _now) -> None:
        """Open the catalog in `folder`; with `create`, make an empty one where there is none. `clock` says
        when a text was replaced.

        Raises StoreMissing, StoreDamaged or StoreError, as `index.database.Database`.
        """
        self._database = Database(folder, _TABLES, create=create)
        self._clock = clock
        self._article = lru_cache(maxsize=512)(self._read_article)
        self.path = self._database.path
        self.pages = pages.Pages(self._database)
        self.reprints = reprints.Reprints(self._database)
        self.listing = listing.Listing(self._database, self.reprints)
        self.story_words = stories.StoryWords(self._database)

    def close(self) -> None:
        """Release the file."""
        self._database.close()

    # What the store was made with, and how often it has changed.

    def meta(self) -> dict[str, str]:
        """What was stored with `set_meta`, and `generation`, which grows with every change."""
        return dict(self._database.rows("SELECT key, value FROM meta"))

    def set_meta(self, values: dict[str, str]) -> None:
        """Store facts about the store itself."""
        with self._database.transaction() as connection:
            connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", values.items())

    def generation(self) -> int:
        """A number that grows with every change, whichever process makes it."""
        rows = self._database.rows("SELECT value FROM meta WHERE key = 'generation'")
        return int(rows[0][0]) if rows else 0

    def forget_cached(self) -> None:
        """Read articles anew: another process has changed them."""
        self._article.cache_clear()

    # Reading.

    def article(self, article_id: str) -> Article | None:
        """The article of this id, or None."""
        return self._article(article_id)

    def _read_article(self, article_id: str) -> Article | None:
        rows = self._database.rows(f"SELECT {_COLUMNS} FROM articles WHERE id = ?", (article_id,))
        return _article(rows[0]) if rows else None

    def versions(self, key: str) -> list[Version]:
        """The texts that the article of this key had before its present one, oldest first."""
        rows = self._database.rows(
            f"SELECT replaced, {_COLUMNS} FROM versions WHERE key = ? ORDER BY number", (key,)
        )
        return [Version(_article(row), replaced) for replaced, *row in rows]

    def key_of_version(self, article_id: str) -> str:
        """The key of the article that once had this id, or ""."""
        rows = self._database.rows("SELECT key FROM versions WHERE id = ?", (article_id,))
        return str(rows[0][0]) if rows else ""

    def article_of_key(self, key: str) -> Article | None:
        """The article of this key as it is now, or None."""
        rows = self._database.rows(f"SELECT {_COLUMNS} FROM articles WHERE key = ?", (key,))
        return _article(rows[0]) if rows else None

    def articles(self) -> Iterator[Article]:
        """Every article, newest first, those without a date last."""
        for (article_id,) in self._database.rows(
            "SELECT id FROM articles ORDER BY published = '', published DESC, source"
        ):
            if article := self._read_article(article_id):
                yield article

    def fingerprints(self) -> dict[str, str]:
        """The fingerprint of every article's content, by the article's key."""
        return dict(self._database.rows("SELECT key, fingerprint FROM articles"))

    def digests(self) -> dict[str, str]:
        """The keys of the articles by the digests of what they were read from."""
        return dict(self._database.rows("SELECT digest, key FROM articles WHERE digest != ''"))

    def sources(self) -> list[tuple[str, str, str]]:
        """The (id, key, source) of every article, in order of source."""
        return self._database.rows("SELECT id, key, source FROM articles ORDER BY source, id")

    def passages(self, passage_ids: Iterable[str]) -> dict[str, Passage]:
        """The passages of these ids, cut from their articles; ids not in the catalog are left out."""
        found: dict[str, Passage] = {}
        query = 'SELECT id, article_id, start, "end" FROM passages WHERE id'
        for passage_id, article_id, start, end in self._database.rows_in(query, passage_ids):
            if article := self.article(article_id):
                found[passage_id] = Passage(article, int(start), int(end))
        return found

    def leading_passages(self, article_ids: Iterable[str], count: int) -> dict[str, list[str]]:
        """The ids of the first `count` passages of each of these articles that has any."""
        found: dict[str, list[tuple[int, str]]] = {}
        query = "SELECT article_id, start, id FROM passages WHERE article_id"
        for article_id, start, passage_id in self._database.rows_in(query, article_ids):
            found.setdefault(article_id, []).append((start, passage_id))
        return {
            article_id: [passage_id for _, passage_id in sorted(held)[:count]]
            for article_id, held in found.items()
        }

    def fields_of(self, article_ids: Iterable[str], *names: str) -> dict[str, tuple[str, ...]]:
        """The fields of these names of each of these articles, by its id; those not here are left out."""
        rows = self._database.rows_in(f"SELECT id, {', '.join(names)} FROM articles WHERE id", article_ids)
        return {article_id: tuple(values) for article_id, *values in rows}

    def article_count(self) -> int:
        """The number of articles."""
        return int(self._database.rows("SELECT count(*) FROM articles")[0][0])

    def passage_count(self) -> int:
        """The number of passages."""
        return int(self._database.rows("SELECT count(*) FROM passages")[0][0])

    def passage_ids(self) -> set[str]:
        """The ids of all passages."""
        return {row[0] for row in self._database.rows("SELECT id FROM passages")}

    def passage_ids_of(self, article_id: str) -> set[str]:
        """The ids of an article's passages."""
        return {
            row[0]
            for row in self._database.rows("SELECT id FROM passages WHERE article_id = ?", (article_id,))
        }

    def entry_stamps(self) -> dict[str, str]:
        """The id of every passage, and the stamp that its entries in the other two must have."""
        stamps = {
            article_id: content_id(*entry)
            for article_id, *entry in self._database.rows(
                f"SELECT id, {', '.join(STAMPED_FIELDS)} FROM articles"
            )
        }
        rows = self._database.rows("SELECT id, article_id FROM passages")
        return {passage_id: stamps[article_id] for passage_id, article_id in rows}

    def problems(self) -> Iterator[str]:
        """What is wrong with the catalog itself, in words; nothing if it is whole."""
        for (problem,) in self._database.rows("PRAGMA integrity_check(10)"):
            if problem != "ok":
                yield f"its file is damaged ({problem})"
        for article_id, source, key, text in self._database.scan(
            "SELECT id, source, key, text FROM articles"
        ):
            if article_id != content_id(key, text):
                yield f"the text of {source} is not the one that was indexed"

    def unsettled(self) -> list[str]:
        """Passages of which Chroma or the lexical index may hold something else than the catalog does."""
        rows = self._database.rows("SELECT passage_id FROM unsettled ORDER BY passage_id")
        return [row[0] for row in rows]

    def stats(self) -> Stats:
        """What the store holds."""
        days = self._database.rows(
            "SELECT min(published), max(published) FROM articles WHERE published != ''"
        )[0]
        return Stats(
            articles=self.article_count(),
            passages=self.passage_count(),
            outlets=self._tally("outlet"),
            languages=self._tally("language"),
            first_published=(days[0] or "")[:10],
            last_published=(days[1] or "")[:10],
        )

    def _tally(self, column: str) -> dict[str, int]:
        rows = self._database.rows(
            f"SELECT {column}, count(*) AS n FROM articles WHERE {column} != '' "
            f"GROUP BY {column} ORDER BY n DESC, {column}"
        )
        return {name: int(count) for name, count in rows}

    # Writing, in the order in which a run does it.

    def note_unsettled(self, passage_ids: Iterable[str]) -> None:
        """Write down which passages are about to be changed elsewhere, before they are."""
        with self._database.transaction() as connection:
            connection.executemany("INSERT OR IGNORE INTO unsettled VALUES (?)", _rows_of(passage_ids))

    def swap(self, cut_articles: Iterable[tuple[Article, Sequence[Passage]]]) -> None:
        """Put in articles with their passages in place of those of the same keys, all at once.

        A text that another takes the place of is kept as a version, and the new one is marked as corrected.
        The passages put in are settled; those of the texts replaced are not.
        """
        with self._database.transaction() as connection:
            for article, passages in cut_articles:
                before = self._held(connection, article.key)
                corrected = self._keep_version(connection, before, article) if before else ""
                self._drop(connection, "key", article.key)
                row = (article.id, fingerprint(article), *_row(replace(article, corrected=corrected)))
                connection.execute(
                    f"INSERT INTO articles (id, fingerprint, {_COLUMNS}) VALUES ({_marks(row)})", row
                )
                self.reprints.put(connection, article)
                self.story_words.put(connection, article)
                for passage in passages:
                    connection.execute(
                        "INSERT INTO passages VALUES (?, ?, ?, ?)",
                        (passage.id, article.id, passage.start, passage.end),
                    )
                    connection.execute("DELETE FROM unsettled WHERE passage_id = ?", (passage.id,))
            self._bump(connection)
        self.forget_cached()

    def remember_digests(self, digests: Mapping[str, str]) -> None:
        """Note, by key, what articles that are stored as they are were read from this time."""
        with self._database.transaction() as connection:
            connection.executemany(
                "UPDATE articles SET digest = ? WHERE key = ?",
                ((digest, key) for key, digest in digests.items()),
            )

    def remove(self, article_ids: Iterable[str]) -> int:
        """Take out articles with all their versions; their passages become unsettled.

        Gives the number of articles taken out.
        """
        removed = 0
        with self._database.transaction() as connection:
            for article_id in article_ids:
                connection.execute(
                    "DELETE FROM versions WHERE key IN (SELECT key FROM articles WHERE id = ?)", (article_id,)
                )
                removed += self._drop(connection, "id", article_id)
            self._bump(connection)
        self.forget_cached()
        return removed

    def mark_settled(self, passage_ids: Iterable[str]) -> None:
        """The other two hold of these what the catalog does."""
        with self._database.transaction() as connection:
            connection.executemany("DELETE FROM unsettled WHERE passage_id = ?", _rows_of(passage_ids))
            self._bump(connection)

    @staticmethod
    def _held(connection: sqlite3.Connection, key: str) -> Article | None:
        row = connection.execute(f"SELECT {_COLUMNS} FROM articles WHERE key = ?", (key,)).fetchone()
        return _article(row) if row else None

    def _keep_version(self, connection: sqlite3.Connection, before: Article, after: Article) -> str:
        """Keep `before` if `after` says something else, and give when the article was last corrected."""
        if before.id == after.id or _words(before) == _words(after):
            return before.corrected  # other fields or other boilerplate are no correction
        now = self._clock().isoformat(timespec="seconds")
        row = (before.id, now, *_row(before))
        connection.execute(f"INSERT INTO versions (id, replaced, {_COLUMNS}) VALUES ({_marks(row)})", row)
        says_when = after.modified and parse_moment(after.modified) > parse_moment(
            before.modified or before.published or after.published or after.modified
        )
        return after.modified if says_when else now

    @staticmethod
    def _drop(connection: sqlite3.Connection, column: str, value: str) -> int:
        connection.execute(
            "INSERT OR IGNORE INTO unsettled SELECT passages.id FROM passages "
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
    """A hash over all that an article's index entry is made from: a change of any field changes it.

    When it was corrected is left out, for the store adds that itself, and so is what it was read from.
    """
    return content_id(*_row(replace(article, corrected="", digest="")))


def _words(article: Article) -> list[str]:
    return [word for start, end in article.open_spans() for word in article.text[start:end].split()]


def _row(article: Article) -> tuple[str, ...]:
    masks = json.dumps([[mask.start, mask.end, mask.reason] for mask in article.masks])
    return (*(getattr(article, name) for name in _FIELDS), masks)


def _article(row: Sequence[str]) -> Article:
    *values, masks = row
    return Article(
        **dict(zip(_FIELDS, values, strict=True)), masks=tuple(Mask(*mask) for mask in json.loads(masks))
    )


def _marks(row: Sequence[str]) -> str:
    return ", ".join("?" * len(row))


def _rows_of(passage_ids: Iterable[str]) -> Iterator[tuple[str]]:
    return ((passage_id,) for passage_id in passage_ids)
