"""The catalog's SQLite file: one connection that threads share, and errors in newscite's own words."""

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from index.errors import StoreDamaged, StoreError, StoreMissing
from index.language import folded
from index.schema import outlet_key

FILE_NAME = "catalog.sqlite"
_SCANNED = 100  # rows held at once
_VARIABLES = 500  # values in one statement
_REMEMBERED = 50_000  # titles in the form in which they are searched


class Database:
    """A store's database. Each room of the catalog has tables of its own in it."""

    def __init__(self, folder: Path, tables: str, *, create: bool = False) -> None:
        """Open the database in `folder`; with `create`, make it and whichever of `tables` it lacks.

        Raises StoreMissing if there is none and `create` is not set, StoreDamaged if the file is not a
        catalog, StoreError if the folder can't be made.
        """
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
                self._prepare(tables, create)
            except sqlite3.DatabaseError:
                self._connection.close()
                raise

    def _prepare(self, tables: str, create: bool) -> None:
        # Titles are searched at every keystroke, and most time would go into folding them.
        remembered = lru_cache(maxsize=_REMEMBERED)(folded)
        self._connection.create_function("folded", 1, remembered, deterministic=True)
        self._connection.create_function("outlet_key", 1, outlet_key, deterministic=True)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA foreign_keys = ON")
        if create:
            self._connection.executescript(f"BEGIN; {tables} COMMIT;")
        self._connection.execute("SELECT 1 FROM articles, meta LIMIT 1")

    def close(self) -> None:
        """Release the file."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All that is done with the connection, or nothing of it. Raises StoreError, StoreDamaged."""
        with self._lock, self._explaining(), self._connection as connection:
            yield connection

    def rows(self, query: str, values: Sequence[str | int] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query. Raises StoreError, StoreDamaged."""
        with self._lock, self._explaining():
            return self._connection.execute(query, values).fetchall()

    def rows_in(self, query: str, values: Iterable[str | int]) -> list[tuple[Any, ...]]:
        """All rows of a query that ends in a column, whose value must be one of `values`."""
        wanted, rows = list(values), []
        for start in range(0, len(wanted), _VARIABLES):
            batch = wanted[start : start + _VARIABLES]
            rows.extend(self.rows(f"{query} IN ({','.join('?' * len(batch))})", batch))
        return rows

    def scan(self, query: str) -> Iterator[tuple[Any, ...]]:
        """The rows of a query over a large table, some at a time. Raises StoreError, StoreDamaged."""
        with self._lock, self._explaining():
            cursor = self._connection.execute(query)
        while True:
            with self._lock, self._explaining():
                rows = cursor.fetchmany(_SCANNED)
            if not rows:
                return
            yield from rows

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
