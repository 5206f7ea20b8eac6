"""Taking articles in and out of a store that is open, whoever asks for it: the command or the page."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from index.build import Progress, Report, index_articles
from index.schema import Article
from index.sources import Skipped, Unchanged
from index.sources.web.fetch import Fetcher
from index.sources.web.reader import WebReader
from index.store import Store

MAX_PAGES = 500  # pages that feeds and sitemaps may name in one run

Read = Callable[[WebReader], Iterable[Article | Skipped | Unchanged]]


def take_in(
    store: Store,
    fetcher: Fetcher,
    read: Read,
    *,
    prune_under: Sequence[Path] = (),
    max_pages: int = MAX_PAGES,
    on_page: Callable[[int, str], None] = lambda _count, _url: None,
    on_progress: Callable[[Progress], None] = lambda _: None,
) -> Report:
    """Index what `read` gives. It is handed a reader of the web that knows which pages are stored already,
    and what that fetched is remembered afterwards.

    `prune_under` and `on_progress` are those of `index_articles`, `max_pages` and `on_page` those of
    `WebReader`. Raises StoreLocked if another process is writing, StoreError.
    """
    web = WebReader(
        fetcher,
        known=store.catalog.pages.known(),
        stored={key: source for _, key, source in store.catalog.sources()},
        max_pages=max_pages,
        on_page=on_page,
    )
    report = index_articles(store, read(web), prune_under=prune_under, on_progress=on_progress)
    store.catalog.pages.remember(web.fresh)
    return replace(report, unchanged=report.unchanged + web.unchanged)


def take_out(store: Store, article_ids: Iterable[str]) -> int:
    """Remove articles with all their versions; gives how many there were. Raises StoreLocked, StoreError."""
    with store.writing():
        removed = store.catalog.remove(article_ids)
        store.settle()
    return removed
