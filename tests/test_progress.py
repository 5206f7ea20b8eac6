"""What a person sees while articles are indexed: counts, rate, and how much is left."""

import io

import pytest
from rich.console import Console
from rich.progress import Progress as Bar

from index.build import Progress
from ui.progress import IndexingBar, progress_bar


def described(bar: Bar) -> str:
    return str(bar.tasks[0].description)


def test_counts_rate_and_the_article_at_hand_are_said() -> None:
    bar = Bar(console=Console(file=io.StringIO()))
    said = IndexingBar(bar)
    said(Progress(1, 0, "/news/first.txt"))
    assert described(bar).startswith("1 article (")
    said(Progress(1200, 4096, "/news/a folder/rain.txt"))
    assert described(bar).startswith("1,200 articles (")
    assert described(bar).endswith(" a second), 4,096 passages · rain.txt")


def test_the_share_of_bytes_read_is_the_share_done() -> None:
    bar = Bar(console=Console(file=io.StringIO()))
    said = IndexingBar(bar)
    assert bar.tasks[0].total is None  # of pages on the web nobody knows how many there will be
    said.on_read(0, 0)
    assert bar.tasks[0].total is None
    said.on_read(250, 1000)
    assert bar.tasks[0].percentage == 25
    said.on_page(3, "https://tessaby.example/rain")
    assert described(bar).startswith("3 pages fetched, ")


def test_names_cannot_drive_the_terminal_nor_fill_the_line() -> None:
    bar = Bar(console=Console(file=io.StringIO()))
    IndexingBar(bar)(Progress(1, 0, "/news/\x1b[31mred" + "x" * 300))
    assert "\x1b" not in described(bar)
    assert len(described(bar)) < 100


def test_nothing_is_drawn_where_no_one_looks(capfd: pytest.CaptureFixture[str]) -> None:
    with progress_bar() as said:
        said(Progress(1, 1, "rain.txt"))
        said.on_read(1, 1)
    assert capfd.readouterr().err == ""
