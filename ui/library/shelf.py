"""What the library does: find articles, give their texts, add and remove.

Adding runs in a thread of its own, so that it outlives a visitor who leaves, and tells how far it is. What
newscite refuses becomes an outcome's problem, one line; nothing is raised for bad input.
"""

import hashlib
import json
import queue
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from index.build import Progress, Report
from index.catalog import Version
from index.clusters import story_of
from index.errors import NewsciteError, StoreLocked
from index.history import texts_of
from index.intake import take_in, take_out
from index.listing import Page, Selection
from index.schema import Article
from index.sources import Link, Skipped, read_bytes
from index.sources.web.fetch import Fetcher, Limits
from index.sources.web.reader import WebReader
from index.store import Store
from index.when.dates import iso_from_text
from ui.wording import counted

PAGE = 25  # articles listed at once
UPLOADED, PASTED = "uploaded", "pasted"  # what the sources of such articles begin with
_MAX_PAGES = 100  # pages of one feed or sitemap in one go: who waits in front of a page wants an end
_NAMED = 5  # articles named after they were added
_PAUSE = 0.2  # seconds between two lines of progress
_ADDRESSES = 20  # given at once
_DIGITS = 8  # hex digits of a hash that tell two files of one name apart

NOT_HERE = "This page only shows what is indexed: nothing can be added or removed here."
GONE = "The article is not here any more: it has been removed or changed."
_BROKEN = "Something went wrong. The terminal in which newscite runs says what."
_BUSY = "Something else is being added or removed right now: wait until that is done, then try again."

Say = Callable[[str], None]
_Found = Article | Skipped


@dataclass(frozen=True)
class Outcome:
    """What came of adding: what was done, some of the articles that were read, or why nothing could be."""

    report: Report | None = None
    articles: tuple[Article, ...] = ()
    problem: str = ""

    @property
    def is_done(self) -> bool:
        """True if the store holds something of what was given."""
        report = self.report
        return report is not None and bool(report.added or report.updated or report.unchanged)


class Shelf:
    """The articles of one store, as a visitor handles them. Safe to call from several threads."""

    def __init__(
        self,
        store: Store,
        *,
        may_change: bool,
        max_bytes: int = 100 * 1024**2,
        allow_private: bool = False,
        limits: Limits | None = None,
    ) -> None:
        """Without `may_change` nothing is added or removed, whoever asks. `max_bytes`, `allow_private` and
        `limits` bound what is fetched, as `Fetcher` has it."""
        self.store = store
        self.may_change = may_change
        self.max_bytes = max_bytes
        self._allow_private = allow_private
        self._limits = limits

    def page(self, selection: Selection, start: int = 0) -> Page:
        """The articles of `selection` after the first `start`. Raises StoreError."""
        return self.store.catalog.listing.page(selection, start=start, size=PAGE)

    def story(self, article_id: str) -> tuple[str, ...]:
        """The ids of the articles on the story of this one, itself among them. Raises StoreError."""
        return tuple(story_of(self.store, article_id))

    def history(self, article_id: str) -> list[Version]:
        """Every text of an article, oldest first; empty if there is no such article. Raises StoreError."""
        return texts_of(self.store.catalog, article_id)

    def add_files(self, paths: Sequence[str]) -> Iterator[str | Outcome]:
        """Add uploaded files, of any format that can be read, and delete them afterwards.

        Yields lines that tell how far it is, and the outcome last, as all ways of adding do.
        """

        uploads = [Path(path) for path in paths]

        def read(web: WebReader) -> Iterator[_Found]:
            for path in uploads:
                links: list[Link] = []
                for found in self._read_upload(path):
                    if isinstance(found, Link):
                        links.append(found)
                    else:
                        yield found
                if links:
                    yield from web.follow(links)

        return self._add(read, uploads)

    def add_text(self, title: str, outlet: str, day: str, text: str) -> Iterator[str | Outcome]:
        """Add one article whose text was pasted; what is known of it beside that may be empty."""
        published = iso_from_text(day) if day.strip() else ""
        if not text.strip():
            return iter([Outcome(problem="There is no text to add: paste the text of an article.")])
        if day.strip() and not published:
            return iter([Outcome(problem=f"{day.strip()[:40]!r} is not a date: write it as 2026-01-17.")])
        fields = {"title": title, "outlet": outlet, "published": published, "text": text}
        source = f"{PASTED}/{_hash(text.encode('utf-8', 'replace'))}.json"
        data = json.dumps(fields).encode()
        return self._add(lambda _web: _articles(read_bytes(data, source, max_bytes=self.max_bytes)))

    def add_addresses(self, addresses: str) -> Iterator[str | Outcome]:
        """Add what stands at web addresses, parted by spaces or lines: pages, feeds or sitemaps."""
        given = addresses.split()
        if not given:
            return iter([Outcome(problem="There is no address: give that of a page, a feed or a sitemap.")])
        if len(given) > _ADDRESSES:
            return iter(
                [Outcome(problem=f"These are too many addresses: give {_ADDRESSES} at once at most.")]
            )
        return self._add(lambda web: (found for address in given for found in web.read(address)))

    def remove(self, article_id: str) -> str:
        """Take an article out with all its versions; gives why it could not be, "" where it was."""
        if not self.may_change:
            return NOT_HERE
        try:
            removed = take_out(self.store, [article_id])
        except StoreLocked:
            return _BUSY
        except NewsciteError as error:
            return str(error)
        return "" if removed else GONE

    def _read_upload(self, path: Path) -> Iterator[_Found | Link]:
        try:
            data = path.read_bytes()
        except OSError as error:
            yield Skipped(path.name, f"could not be read: {error.strerror}")
            return
        # Two uploads of one name are two articles: a browser doesn't say where on the disk they lie.
        yield from read_bytes(data, f"{UPLOADED}/{_hash(data)}/{path.name}", max_bytes=self.max_bytes)

    def _add(
        self, read: Callable[[WebReader], Iterable[_Found]], uploads: Sequence[Path] = ()
    ) -> Iterator[str | Outcome]:
        if not self.may_change:
            return iter([Outcome(problem=NOT_HERE)])

        def work(say: Say) -> Outcome:
            try:
                return self._take_in(read, say)
            finally:
                for path in uploads:
                    with suppress(OSError):
                        path.unlink()

        return _told(work)

    def _take_in(self, read: Callable[[WebReader], Iterable[_Found]], say: Say) -> Outcome:
        met: list[Article] = []

        def noted(web: WebReader) -> Iterator[_Found]:
            for found in read(web):
                if isinstance(found, Article) and len(met) < _NAMED:
                    met.append(found)
                yield found

        def on_progress(done: Progress) -> None:
            passages = f", {counted(done.passages, 'passage')} indexed" if done.passages else ""
            say(f"{counted(done.articles, 'article')} read{passages}…")

        try:
            with Fetcher(
                allow_private=self._allow_private, max_bytes=self.max_bytes, limits=self._limits
            ) as fetcher:
                report = take_in(
                    self.store,
                    fetcher,
                    noted,
                    max_pages=_MAX_PAGES,
                    on_page=lambda count, url: say(f"{counted(count, 'page')} fetched, now {url}…"),
                    on_progress=on_progress,
                )
        except StoreLocked:
            return Outcome(problem=_BUSY)
        except NewsciteError as error:
            return Outcome(problem=str(error))
        stored = (self.store.catalog.article(article.id) for article in met)
        return Outcome(report, tuple(article for article in stored if article))


def _told(work: Callable[[Say], Outcome]) -> Iterator[str | Outcome]:
    """What `work`, in a thread of its own, says while it is under way, and in the end what came of it.

    An error that it raises is told as a problem, then raised here.
    """
    told: queue.SimpleQueue[str | Outcome | Exception] = queue.SimpleQueue()

    def run() -> None:
        try:
            told.put(work(told.put))
        except Exception as error:
            told.put(error)

    threading.Thread(target=run, daemon=True).start()
    yield "Reading…"
    while True:
        latest = told.get()
        while isinstance(latest, str) and not told.empty():
            latest = told.get()
        if isinstance(latest, Exception):
            yield Outcome(problem=_BROKEN)
            raise latest
        yield latest
        if isinstance(latest, Outcome):
            return
        time.sleep(_PAUSE)


def _articles(found: Iterable[Article | Link | Skipped]) -> Iterator[_Found]:
    return (item for item in found if not isinstance(item, Link))


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:_DIGITS]
