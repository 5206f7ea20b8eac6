"""How far indexing is, as a line on stderr."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ui.wording import counted

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

    from index.build import Progress

_LONGEST_NAME = 40
_RATE_SECONDS = 300.0  # over which the time left is estimated: articles come in bursts, a batch at a time


@contextmanager
def passages_bar() -> Iterator[Callable[[int, int], None]]:
    """A bar on stderr for passages that are put back; silent where stderr is not a terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("passages", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


class IndexingBar:
    """Says how far indexing is: counts, articles a second, the share of the files' bytes that has been read
    and the time left; and, where pages are fetched from the web, how many have been."""

    def __init__(self, bar: "Bar") -> None:
        self._bar = bar
        self._task = bar.add_task("reading", total=None)
        self._started = time.monotonic()
        self._counts = "0 articles"
        self._pages = ""

    def __call__(self, progress: "Progress") -> None:
        """An article has been read or a batch indexed."""
        rate = progress.articles / max(time.monotonic() - self._started, 0.1)
        self._counts = (
            f"{counted(progress.articles, 'article')} ({rate:.1f} a second), "
            f"{counted(progress.passages, 'passage')}"
        )
        self._say(progress.source)

    def on_page(self, fetched: int, url: str) -> None:
        """The page at `url` is about to be fetched, after so many others."""
        self._pages = f"{counted(fetched, 'page')} fetched, "
        self._say(url)

    def on_read(self, done: int, total: int) -> None:
        """So many bytes of the files have been read, of so many."""
        self._bar.update(self._task, completed=done, total=total or None)

    def _say(self, source: str) -> None:
        from ui.terminal import plain

        name = plain(Path(source).name)[:_LONGEST_NAME]
        self._bar.update(self._task, description=f"{self._pages}{self._counts} · {name}")


@contextmanager
def progress_bar() -> Iterator[IndexingBar]:
    """A line on stderr that says how far indexing is; silent where stderr is not a terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=20),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        TextColumn("left"),
    )
    with Bar(
        *columns,
        console=Console(stderr=True),
        transient=True,
        disable=not sys.stderr.isatty(),
        speed_estimate_period=_RATE_SECONDS,
    ) as bar:
        yield IndexingBar(bar)
