"""How newscite does on one machine with many articles: time, memory and size, on a corpus made for it.

The articles are indexed by the `newscite` command in processes of their own, whose peak memory the system
tells. In a folder that is kept, a run that was broken off goes on, and the time of all its attempts counts.
"""

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from evals.made_corpus import SEED, WordChain, make_articles
from evals.schema import Progress

ARTICLES = 25_000
ADDED = 100
_QUESTIONS = 50
_POLL_SECONDS = 2.0
_COMMAND = "import sys; from ui.cli import main; sys.argv[0] = 'newscite'; main()"


@dataclass(frozen=True)
class Run:
    """One run of `newscite index`: wall-clock seconds, the most memory it held at once, in bytes, and the
    seconds of processors it used, which other work on the machine hardly changes."""

    seconds: float
    peak_bytes: int
    cpu_seconds: float


@dataclass(frozen=True)
class ScaleReport:
    """What indexing `articles` articles cost, then adding `added` more, then looking at all of them again.

    Sizes are in bytes, times in seconds; `search_median` and `search_p95` are of one question, in a process
    that has the models loaded.
    """

    articles: int
    passages: int
    characters: int
    first: Run
    added: int
    adding: Run
    again: Run
    store_bytes: int
    search_median: float
    search_p95: float

    def to_dict(self) -> dict[str, Any]:
        """The fields of `newscite eval scale --json`."""
        return {
            **asdict(self),
            "articles_per_second": round(self.articles / self.first.seconds, 2),
            "passages_per_second": round(self.passages / self.first.seconds, 2),
        }

    def __rich__(self) -> Any:
        """The figures as a table."""
        from rich.table import Table

        table = Table(title=f"{self.articles:,} articles, {self.characters / 1e6:,.0f} MB of text")
        for column in ("", "time", "of processors", "a second", "peak memory"):
            table.add_column(column, justify="left" if not column else "right")
        rate = f"{self.articles / self.first.seconds:.1f} articles"
        for name, run, speed in (
            ("index them", self.first, rate),
            (f"add {self.added:,}", self.adding, f"{self.added / self.adding.seconds:.1f} articles"),
            ("index them again", self.again, f"{self.articles / self.again.seconds:,.0f} articles"),
        ):
            memory = f"{run.peak_bytes / 1e9:.2f} GB"
            table.add_row(name, _duration(run.seconds), _duration(run.cpu_seconds), speed, memory)
        table.add_row("search, median", f"{self.search_median * 1000:.0f} ms")
        table.add_row("search, 95th percentile", f"{self.search_p95 * 1000:.0f} ms")
        size = f"{self.passages:,} passages, {self.store_bytes / 1e9:.2f} GB on disk"
        table.caption = size
        return table


def run(limit: int | None, progress: Progress) -> ScaleReport:
    """Measure with `limit` articles, 25,000 where it is None. Raises InputError if the command fails."""
    with tempfile.TemporaryDirectory(prefix="newscite-scale-") as folder:
        return run_kept(Path(folder), limit, progress)


def run_kept(folder: Path, limit: int | None, progress: Progress) -> ScaleReport:
    """The same in a folder that stays, where a run of as many articles goes on that was broken off."""
    count = limit or ARTICLES
    folder = folder / str(count)
    folder.mkdir(parents=True, exist_ok=True)
    corpus, more, store = folder / "corpus.jsonl", folder / "more.jsonl", folder / "store"
    added = min(ADDED, count)
    articles = make_articles(count + added)
    characters = _write(corpus, articles, count)
    _write(more, articles, added)
    first = _index("first", corpus, store, count, progress)
    adding = _index("adding", more, store, count + added, progress)
    again = _index("again", corpus, store, count + added, progress)
    passages, times = _search(store)
    return ScaleReport(
        articles=count,
        passages=passages,
        characters=characters,
        first=first,
        added=added,
        adding=adding,
        again=again,
        store_bytes=sum(file.stat().st_size for file in store.rglob("*") if file.is_file()),
        search_median=statistics.median(times),
        search_p95=statistics.quantiles(times, n=20)[-1],
    )


def _write(file: Path, articles: Iterator[dict[str, str]], count: int) -> int:
    """Write the next `count` articles, and give the number of characters of their texts."""
    characters = 0
    with file.open("w", encoding="utf-8") as lines:
        for _ in range(count):
            row = next(articles)
            characters += len(row["text"])
            lines.write(json.dumps(row, ensure_ascii=False) + "\n")
    return characters


def _index(stage: str, corpus: Path, store: Path, expected: int, progress: Progress) -> Run:
    """Index `corpus`, and give what that and earlier attempts at this stage cost together. An attempt that
    was killed, not interrupted, counts by its time alone."""
    from index.errors import InputError

    record = store.with_name(f"{stage}.json")
    told = json.loads(record.read_text()) if record.exists() else {"cost": asdict(Run(0.0, 0, 0.0))}
    before = Run(**told["cost"])
    if told.get("ended"):
        return before
    started = time.monotonic()
    with tempfile.TemporaryFile() as said:
        command = [sys.executable, "-c", _COMMAND, "index", str(corpus), "--store", str(store)]
        env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        process = subprocess.Popen(command, stdout=said, stderr=said, env=env)
        pid = status = 0
        try:
            while not pid:
                time.sleep(_POLL_SECONDS)
                progress(f"{stage}: articles in the store", min(_held(store), expected), expected)
                _note(record, replace(before, seconds=before.seconds + time.monotonic() - started))
                pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        finally:
            if not pid:
                process.terminate()
                _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            cost = Run(
                seconds=round(before.seconds + time.monotonic() - started, 1),
                peak_bytes=max(before.peak_bytes, usage.ru_maxrss * 1024),
                cpu_seconds=round(before.cpu_seconds + usage.ru_utime + usage.ru_stime, 1),
            )
            _note(record, cost, ended=process.returncode == 0)
        if process.returncode:
            said.seek(0)
            last_line = said.read().decode(errors="replace").strip().rpartition("\n")[2]
            raise InputError(f"newscite index ended with status {process.returncode}: {last_line}")
    return cost


def _note(record: Path, cost: Run, *, ended: bool = False) -> None:
    record.write_text(json.dumps({"cost": asdict(cost), "ended": ended}))


def _held(store: Path) -> int:
    """The number of articles in the store so far."""
    from index.catalog import Catalog
    from index.errors import StoreError

    try:
        catalog = Catalog(store)
    except StoreError:  # not made yet
        return 0
    try:
        return catalog.article_count()
    finally:
        catalog.close()


def _search(store: Path) -> tuple[int, Sequence[float]]:
    """The number of passages, and the seconds that each of some questions took."""
    from rag import open_pipeline

    times = []
    chain = WordChain(random.Random(SEED))
    with open_pipeline(store) as pipeline:
        passages = pipeline.stats().passages
        pipeline.search(chain.sentence(8))  # loads the models
        for _ in range(_QUESTIONS):
            question = chain.sentence(8)
            started = time.monotonic()
            pipeline.search(question)
            times.append(time.monotonic() - started)
    return passages, times


def _duration(seconds: float) -> str:
    return f"{seconds:.1f} s" if seconds < 100 else f"{seconds / 60:.0f} min"
