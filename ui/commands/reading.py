"""Commands that read articles: index, watch, extract."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.json_lines import print_json
from ui.options import AllowPrivateOption, JsonOption, MaxPagesOption, StoreOption
from ui.progress import progress_bar

if TYPE_CHECKING:
    from index.sources import Skipped
    from index.watch import Round

_READABLE = "Files, folders, patterns, or web addresses of pages, feeds and sitemaps."
_MAX_PAGES = 500


def index(
    paths: Annotated[list[str], typer.Argument(help=_READABLE, metavar="PATH...")],
    *,
    store: StoreOption = None,
    prune: Annotated[
        bool, typer.Option("--prune", help="Remove what has vanished from under PATH, a file or folder.")
    ] = False,
    allow_private: AllowPrivateOption = False,
    max_pages: MaxPagesOption = _MAX_PAGES,
    json_output: JsonOption = False,
) -> None:
    """Read articles and index those that are new or changed. The last line, for scripts, is JSON."""
    from index.embed import load_embedder
    from index.intake import take_in
    from index.sources import read_changed
    from index.sources.web.fetch import Fetcher
    from index.store import Store
    from rag.settings import read_settings
    from ui.terminal import print_report

    settings = read_settings()
    folder = store or settings.store
    max_bytes = settings.max_file_mb * 1024**2
    with (
        Store(folder, load_embedder(settings.embedding_model), create=True) as opened,
        Fetcher(allow_private=allow_private, max_bytes=max_bytes) as fetcher,
        progress_bar() as progress,
    ):
        report = take_in(
            opened,
            fetcher,
            lambda web: read_changed(
                paths,
                opened.catalog.digests(),
                max_bytes=max_bytes,
                on_read=progress.on_read,
                fetcher=web,
            ),
            prune_under=[Path(path) for path in paths] if prune else (),
            max_pages=max_pages,
            on_page=progress.on_page,
            on_progress=progress,
        )
    if not json_output:
        print_report(report, folder)
    if json_output or not sys.stdout.isatty():
        print_json(report.to_dict())
    if not (report.added or report.updated or report.unchanged or report.removed):
        raise typer.Exit(1)


def watch(
    feeds: Annotated[
        list[str], typer.Argument(help="Feeds or sitemaps: web addresses or files.", metavar="FEED...")
    ],
    *,
    every: Annotated[
        str, typer.Option("--every", metavar="TIME", help="How often to ask each: 90s, 15m, 2h, 1d.")
    ] = "15m",
    once: Annotated[bool, typer.Option("--once", help="Ask each once, and end.")] = False,
    store: StoreOption = None,
    allow_private: AllowPrivateOption = False,
    max_pages: MaxPagesOption = _MAX_PAGES,
    json_output: JsonOption = False,
) -> None:
    """Ask feeds now and then, and index what is new or corrected, until Ctrl-C. One line a round.

    A feed that asks to be left alone for longer than --every is. Ends at once if no feed can be read.
    """
    with _stoppable():
        from index.embed import load_embedder
        from index.sources.web.fetch import Fetcher
        from index.store import Store
        from index.watch import seconds_of
        from index.watch import watch as rounds_of
        from rag.settings import read_settings

        seconds = seconds_of(every)
        settings = read_settings()
        with (
            Store(store or settings.store, load_embedder(settings.embedding_model), create=True) as opened,
            Fetcher(allow_private=allow_private, max_bytes=settings.max_file_mb * 1024**2) as fetcher,
        ):
            rounds = rounds_of(opened, feeds, fetcher, every=seconds, once=once, max_pages=max_pages)
            _show_rounds(rounds, len(set(feeds)), json_output)


def _show_rounds(rounds: Iterator["Round"], feeds: int, json_output: bool) -> None:
    """A line a round; exit status 1 if in the first one none of the feeds can be read."""
    from ui.terminal import print_skipped

    is_any_read = False
    for number, done in enumerate(rounds, 1):
        is_any_read = is_any_read or not done.error
        if json_output:
            print_json(done.to_dict())
        elif not done.error:
            print_skipped(done.skipped)
            typer.echo(
                f"{done.time[11:19]} {done.feed}: {done.added:,} added, {done.updated:,} updated, "
                f"{done.unchanged:,} unchanged, {done.failed:,} failed"
            )
        if done.error:
            typer.echo(f"newscite: {done.feed}: {done.error}", err=True)
        if number == feeds and not is_any_read:
            raise typer.Exit(1)


@contextmanager
def _stoppable() -> Iterator[None]:
    """End in peace at Ctrl-C and SIGTERM alike."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    except KeyboardInterrupt:
        pass
    finally:
        signal.signal(signal.SIGTERM, before)


def extract(
    files: Annotated[list[str], typer.Argument(help=_READABLE, metavar="FILE...")],
    *,
    allow_private: AllowPrivateOption = False,
    max_pages: MaxPagesOption = _MAX_PAGES,
    json_output: JsonOption = False,
) -> None:
    """Show what reading makes of files and pages; nothing is stored."""
    from index.schema import Article
    from index.sources import read_paths
    from index.sources.web.fetch import Fetcher
    from index.sources.web.reader import WebReader
    from rag.settings import read_settings
    from ui.terminal import print_article, print_skipped

    skipped: list[Skipped] = []
    max_bytes = read_settings().max_file_mb * 1024**2
    with Fetcher(allow_private=allow_private, max_bytes=max_bytes) as fetcher:
        web = WebReader(fetcher, max_pages=max_pages)
        for article in read_paths(files, max_bytes=max_bytes, fetcher=web):
            if not isinstance(article, Article):
                skipped.append(article)
            elif json_output:
                fields = article.to_dict()
                del fields["article_id"], fields["url"], fields["corrected"]  # a store gives them
                print_json(fields)
            else:
                print_article(article)
    print_skipped(skipped)
    if skipped:
        raise typer.Exit(1)
