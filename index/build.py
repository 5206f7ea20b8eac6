"""Incremental indexing: bring a store in line with the articles read.

Each batch goes through the same five steps, and a run killed between any two of them loses nothing:
note what is about to be added, add it to Chroma and the lexical index, swap it into the catalog (new rows
in, old ones out, at once), then clear away what was replaced. The next run clears what a killed one left.
"""

import ctypes
import glob
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from index.catalog import fingerprint
from index.check import mend
from index.schema import Article, Passage, entry_stamp
from index.sources import Skipped, Unchanged
from index.sources.files import around, file_of
from index.split import split
from index.store import BATCH_PASSAGES, Store


@dataclass(frozen=True)
class Report:
    """What a run did. `articles` and `passages` are the store's totals after it."""

    added: int
    updated: int
    unchanged: int
    removed: int
    skipped: tuple[Skipped, ...]
    articles: int
    passages: int
    seconds: float

    def to_dict(self) -> dict[str, Any]:
        """The last line of `newscite index`."""
        return {**asdict(self), "skipped": [asdict(skipped) for skipped in self.skipped]}


@dataclass(frozen=True)
class Progress:
    """How far a run is: articles looked at, passages embedded, and what is at hand."""

    articles: int
    passages: int
    source: str


_Found = Article | Skipped | Unchanged
_CutArticle = tuple[Article, list[Passage]]


def index_articles(
    store: Store,
    articles: Iterable[_Found],
    *,
    prune_under: Sequence[Path] = (),
    on_progress: Callable[[Progress], None] = lambda _: None,
) -> Report:
    """Index what is new or changed among `articles`, and leave the rest alone.

    With `prune_under`, articles whose source lies under one of these folders, files or patterns and was
    not met in this run are removed, if their file is gone or no longer holds them.
    Raises StoreLocked if another process is writing.
    """
    with store.writing():
        return _Run(store, on_progress).run(articles, prune_under)


class _Run:
    def __init__(self, store: Store, on_progress: Callable[[Progress], None]) -> None:
        self.store = store
        self.on_progress = on_progress
        self.known = store.catalog.fingerprints()
        self.first_source: dict[str, str] = {}
        self.skipped: list[Skipped] = []
        self.digests: dict[str, str] = {}
        self.added = self.updated = self.unchanged = self.embedded = 0

    def run(self, articles: Iterable[_Found], prune_under: Sequence[Path]) -> Report:
        started = time.monotonic()
        self.store.settle()
        mend(self.store)
        batch: list[_CutArticle] = []
        for article in self._changed(articles):
            batch.append((article, self._split(article)))
            if sum(len(passages) for _, passages in batch) >= BATCH_PASSAGES:
                self._write(batch)
                batch = []
        self._write(batch)
        self.store.catalog.remember_digests(self.digests)
        removed = self._prune(prune_under) if prune_under else 0
        stats = self.store.catalog.stats()
        return Report(
            self.added,
            self.updated,
            self.unchanged,
            removed,
            tuple(self.skipped),
            stats.articles,
            stats.passages,
            round(time.monotonic() - started, 3),
        )

    def _changed(self, articles: Iterable[_Found]) -> Iterator[Article]:
        for article in articles:
            if isinstance(article, Skipped):
                self.skipped.append(article)
            elif first := self.first_source.get(article.key):
                self.skipped.append(
                    Skipped(article.source, f"the same article as {first}: only that is kept")
                )
            else:
                self.first_source[article.key] = article.source
                self.on_progress(Progress(len(self.first_source), self.embedded, article.source))
                if isinstance(article, Unchanged):
                    self.unchanged += 1
                elif self.known.get(article.key) == fingerprint(article):
                    self.unchanged += 1
                    self.digests[article.key] = article.digest
                else:
                    yield article

    def _split(self, article: Article) -> list[Passage]:
        embedder = self.store.embedder
        return split(article, embedder.count_tokens, embedder.max_tokens)

    def _write(self, batch: Sequence[_CutArticle]) -> None:
        if not batch:
            return
        store = self.store
        passages = [
            passage for article, cut in batch if not self._is_entered(article, cut) for passage in cut
        ]
        if passages:
            store.catalog.note_unsettled([passage.id for passage in passages])
            store.put(passages)
        store.catalog.swap(batch)
        store.settle()
        replaced = sum(article.key in self.known for article, _ in batch)
        self.updated += replaced
        self.added += len(batch) - replaced
        self.embedded += len(passages)
        _give_back_memory()
        self.on_progress(Progress(len(self.first_source), self.embedded, batch[-1][0].source))

    def _is_entered(self, article: Article, passages: Sequence[Passage]) -> bool:
        """True if Chroma and the lexical index would be told what they hold: of an article that has moved, or
        has another author, only the catalog changes."""
        held = self.store.catalog.article(article.id)
        return (
            held is not None
            and entry_stamp(held) == entry_stamp(article)
            and self.store.catalog.passage_ids_of(article.id) == {passage.id for passage in passages}
        )

    def _prune(self, under: Sequence[Path]) -> int:
        files_met = {file_of(source) for source in self.first_source.values()}
        unread = {skipped.source for skipped in self.skipped}
        unread_rows_of = {file_of(source) for source in unread}
        covers = [_covering(path) for path in under]
        vanished = []
        for article_id, key, source in self.store.catalog.sources():
            if key in self.first_source:
                continue
            file = file_of(source)
            is_covered = any(covered(Path(file)) for covered in covers)
            is_unread = source in unread_rows_of or not unread.isdisjoint(around(source))
            if is_covered and (not Path(file).exists() or (file in files_met and not is_unread)):
                vanished.append(article_id)
        removed = self.store.catalog.remove(vanished)
        self.store.settle()
        return removed


def _give_back_memory() -> None:
    """Return to the system what was freed. The C library of Linux keeps it, for each of many threads: after
    25,000 articles more than a gigabyte. Other systems' libraries have no such call and need none."""
    try:
        ctypes.CDLL("libc.so.6").malloc_trim(0)
    except (OSError, AttributeError):
        return


def _covering(path: Path) -> Callable[[Path], bool]:
    """What tells whether a file lies under `path`, which is a file, a folder or a pattern."""
    root = path.resolve()  # as sources are
    if glob.has_magic(str(path)) and not path.exists():
        return lambda file: any(_fits(above.parts, root.parts) for above in (file, *file.parents))
    return lambda file: file == root or root in file.parents


def _fits(parts: Sequence[str], pattern: Sequence[str]) -> bool:
    """True if a path's parts fit a pattern's, among which ** stands for any number of parts."""
    if not pattern:
        return not parts
    if pattern[0] == "**":
        return _fits(parts, pattern[1:]) or (bool(parts) and _fits(parts[1:], pattern))
    return bool(parts) and fnmatchcase(parts[0], pattern[0]) and _fits(parts[1:], pattern[1:])
