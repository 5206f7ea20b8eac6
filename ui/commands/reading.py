"""Commands that read articles: index, extract."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.json_lines import print_json
from ui.options import JsonOption, StoreOption
from ui.progress import progress_bar

if TYPE_CHECKING:
    from index.sources import Skipped


def index(
    paths: Annotated[list[str], typer.Argument(help="Files, folders or patterns.", metavar="PATH...")],
    store: StoreOption = None,
    prune: Annotated[bool, typer.Option("--prune", help="Remove what has vanished from under PATH.")] = False,
    json_output: JsonOption = False,
) -> None:
    """Read articles and index those that are new or changed. The last line, for scripts, is JSON."""
    from index.build import index_articles
    from index.embed import load_embedder
    from index.sources import read_paths
    from index.store import Store
    from rag.settings import read_settings
    from ui.terminal import print_report

    settings = read_settings()
    folder = store or settings.store
    articles = read_paths(paths, max_bytes=settings.max_file_mb * 1024**2)
    with (
        Store(folder, load_embedder(settings.embedding_model), create=True) as opened,
        progress_bar() as progress,
    ):
        report = index_articles(
            opened,
            articles,
            prune_under=[Path(path) for path in paths] if prune else (),
            on_progress=progress,
        )
    if not json_output:
        print_report(report, folder)
    if json_output or not sys.stdout.isatty():
        print_json(report.to_dict())
    if not (report.added or report.updated or report.unchanged or report.removed):
        raise typer.Exit(1)


def extract(
    files: Annotated[list[str], typer.Argument(help="Files, folders or patterns.", metavar="FILE...")],
    json_output: JsonOption = False,
) -> None:
    """Show what reading makes of files; nothing is stored."""
    from index.schema import Article
    from index.sources import read_paths
    from rag.settings import read_settings
    from ui.terminal import print_article, print_skipped

    skipped: list[Skipped] = []
    for article in read_paths(files, max_bytes=read_settings().max_file_mb * 1024**2):
        if not isinstance(article, Article):
            skipped.append(article)
        elif json_output:
            fields = article.to_dict()
            del fields["article_id"], fields["url"]
            print_json(fields)
        else:
            print_article(article)
    print_skipped(skipped)
    if skipped:
        raise typer.Exit(1)
