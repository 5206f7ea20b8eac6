"""How far indexing is, as a line on stderr."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.build import Progress


@contextmanager
def progress_bar() -> Iterator[Callable[["Progress"], None]]:
    """A line on stderr that says how far indexing is; silent where stderr is not a terminal."""
    from rich.console import Console
    from rich.progress import Progress as Bar
    from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

    from ui.terminal import plain

    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("reading")

        def update(progress: "Progress") -> None:
            name = plain(Path(progress.source).name)
            counts = f"{progress.articles:,} articles read, {progress.passages:,} passages indexed"
            bar.update(task, description=f"{counts} · {name}")

        yield update
