"""Watching feeds: ask them now and then, and index what is new in them or corrected.

Reading and writing take turns. While pages are fetched the store is free for others; only while a batch of
articles is written is its write lock held, and a request to stop waits until that is done.
"""

import re
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from index.build import index_articles
from index.errors import InputError, NewsciteError, ReadError, StoreLocked
from index.schema import Article
from index.sources import Skipped, read_paths
from index.sources.addresses import is_web_address
from index.sources.files import shown
from index.sources.web.fetch import Fetcher, address_of
from index.sources.web.reader import WebReader
from index.store import Store

_BATCH = 16  # articles written at once
_LOCKED_PAUSE = 2  # seconds until a write lock that another process holds is tried again
_LONGEST_BACKOFF = 4 * 3600  # seconds between tries of a feed that can't be read
_LONGEST_WAIT = 24 * 3600  # seconds, whatever a feed asks for
_DURATION = re.compile(r"(\d{1,6}(?:\.\d{1,3})?)\s*([smhd])", re.IGNORECASE)
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 24 * 3600}


@dataclass(frozen=True)
class Round:
    """What asking one feed gave. `error` says why the feed itself could not be read, `failed` is how many of
    its pages could not be, and `skipped` says why; `next_in` is in how many seconds it is asked again."""

    time: str
    feed: str
    added: int
    updated: int
    unchanged: int
    failed: int
    error: str
    next_in: int
    skipped: tuple[Skipped, ...]

    def to_dict(self) -> dict[str, Any]:
        """The fields of a round in `newscite watch --json`."""
        return {**asdict(self), "skipped": [asdict(skipped) for skipped in self.skipped]}


def seconds_of(duration: str) -> float:
    """The seconds of "90s", "15m", "2h" or "1d". Raises InputError for anything else, or less than 1 s."""
    match = _DURATION.fullmatch(duration.strip())
    seconds = float(match[1]) * _SECONDS[match[2].lower()] if match else 0
    if seconds < 1:
        raise InputError(f"{duration!r} is no time to wait: write it as 90s, 15m, 2h or 1d")
    return seconds


def watch(
    store: Store,
    feeds: Sequence[str],
    fetcher: Fetcher,
    *,
    every: float = 900,
    once: bool = False,
    max_pages: int = 500,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], object] = time.sleep,
) -> Iterator[Round]:
    """Ask each of `feeds`, addresses or files, every so many seconds, and give what each round did.

    A feed that asks for longer pauses gets them, and one that can't be read is asked ever more rarely. With
    `once` each is asked once; else it ends only by being stopped. Ctrl-C and SIGTERM, where they raise
    KeyboardInterrupt, are held back while something is written, so that the store is left whole.
    """
    watched = [
        _Feed(feed, store, fetcher, every=every, max_pages=max_pages, sleep=sleep)
        for feed in dict.fromkeys(feeds)
    ]
    due = dict.fromkeys(watched, clock())
    while due:
        feed = min(due, key=lambda feed: due[feed])
        if (wait := due[feed] - clock()) > 0:
            sleep(wait)
        done = feed.ask()
        if once:
            del due[feed]
        else:
            due[feed] = clock() + done.next_in
        yield done


class _Feed:
    """One feed, and what is remembered of it between rounds."""

    def __init__(
        self,
        name: str,
        store: Store,
        fetcher: Fetcher,
        *,
        every: float,
        max_pages: int,
        sleep: Callable[[float], object],
    ) -> None:
        self._name = name
        self._store = store
        self._fetcher = fetcher
        self._every = every
        self._max_pages = max_pages
        self._sleep = sleep
        self._failures = 0  # rounds in which it could not be read, one after the other
        self._asks = 0  # seconds for which it wants to be left alone
        self._failed: Counter[str] = Counter()

    def ask(self) -> Round:
        """Read the feed once and index what is new; whatever fails is in the round."""
        self._added = self._updated = self._unchanged = 0
        self._skipped: list[Skipped] = []
        asks, error = 0, ""
        try:
            reader = WebReader(
                self._fetcher,
                known=self._store.catalog.pages.known(),
                stored={key: source for _, key, source in self._store.catalog.sources()},
                max_pages=self._max_pages,
                failed=self._failed,
            )
            self._index(reader)
            asks, error = reader.wait, self._own_failure()
        except NewsciteError as failure:
            error = str(failure)
        self._failures = self._failures + 1 if error else 0
        if not error:
            # What it asked for stays good while it has nothing new: an answer that says only that has no ttl.
            self._asks = asks if self._added or self._updated else max(asks, self._asks)
        return Round(
            datetime.now().astimezone().isoformat(timespec="seconds"),
            self._name,
            self._added,
            self._updated,
            self._unchanged,
            sum(skipped.source not in self._own_names() for skipped in self._skipped),
            error,
            round(self._wait(asks)),
            tuple(self._skipped),
        )

    def _index(self, reader: WebReader) -> None:
        batch: list[Article] = []
        found = read_paths([self._name], max_bytes=self._fetcher.max_bytes, fetcher=reader)
        for item in found:
            if isinstance(item, Article):
                batch.append(item)
            else:
                self._skipped.append(item)
            if len(batch) >= _BATCH:
                self._write(batch, reader)
                batch = []
        self._write(batch, reader)
        self._unchanged += reader.unchanged

    def _write(self, batch: Sequence[Article], reader: WebReader) -> None:
        """Index a batch and remember its pages, as soon as no other process is writing."""
        while True:
            try:
                with _uninterrupted():
                    if batch:
                        report = index_articles(self._store, batch)
                        self._added += report.added
                        self._updated += report.updated
                        self._unchanged += report.unchanged
                    self._store.catalog.pages.remember(reader.fresh)
                    reader.fresh.clear()
            except StoreLocked:
                self._sleep(_LOCKED_PAUSE)
            else:
                return

    def _own_failure(self) -> str:
        """Why nothing came of the feed, "" if something did."""
        if self._added or self._updated or self._unchanged:
            return ""
        own = [skipped.reason for skipped in self._skipped if skipped.source in self._own_names()]
        return own[0] if own else ""

    def _own_names(self) -> set[str]:
        """What the feed is called where something is said of it: not of a page that it names."""
        if not is_web_address(self._name):
            return {shown(self._name), shown(Path(self._name).absolute()), shown(Path(self._name).resolve())}
        try:
            return {self._name, address_of(self._name)}
        except ReadError as error:
            return {self._name, error.source}

    def _wait(self, asks: int) -> float:
        backoff = min(self._every * 2.0 ** min(self._failures, 20), max(self._every, _LONGEST_BACKOFF))
        return max(backoff, min(max(asks, self._asks), _LONGEST_WAIT))


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Hold Ctrl-C and SIGTERM back until what is under way is done."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread has signals
        return
    held: list[int] = []
    before = {
        number: signal.signal(number, lambda number, _frame: held.append(number))
        for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        if held:
            signal.raise_signal(held[0])
