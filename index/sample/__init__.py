"""The articles that ship with newscite: a small invented world of news, for a first look and for tests."""

from collections.abc import Callable
from pathlib import Path

from index.build import Progress, Report, index_articles
from index.sources import read_paths
from index.store import Store

ARTICLES = Path(__file__).parent / "articles"


def index_sample(store: Store, *, on_progress: Callable[[Progress], None] = lambda _: None) -> Report:
    """Index the shipped articles into `store`. Raises StoreLocked if another process is writing."""
    return index_articles(store, read_paths([ARTICLES]), on_progress=on_progress)
