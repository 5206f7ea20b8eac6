"""Commands about what the store holds: show, list, remove, stats, clusters, check."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from index.errors import InputError, StoreDamaged
from ui.json_lines import print_json
from ui.options import JsonOption, StoreOption
from ui.wording import counted

if TYPE_CHECKING:
    from index.catalog import Catalog


def show(
    article_id: Annotated[
        str, typer.Argument(metavar="ARTICLE_ID", help="The article's id, as list and ask give it.")
    ],
    version: Annotated[
        int | None,
        typer.Option("--version", metavar="N", help="As it was before a correction; 1 is the first text."),
    ] = None,
    store: StoreOption = None,
    json_output: JsonOption = False,
) -> None:
    """Show a stored article: its fields, text and masks, and which versions of it there are."""
    from ui.terminal import print_article
    from ui.versions import article_version

    with _catalog(store) as catalog:
        shown = article_version(catalog, article_id, version)
    if json_output:
        print_json(shown.to_dict())
        return
    print_article(shown.article, shown.version, shown.replaced)


def list_articles(store: StoreOption = None, json_output: JsonOption = False) -> None:
    """List the stored articles, newest first."""
    from ui.terminal import print_articles

    with _catalog(store) as catalog:
        if not json_output:
            print_articles(catalog.articles())
            return
        for article in catalog.articles():
            print_json(
                {name: value for name, value in article.to_dict().items() if name not in ("text", "masks")}
            )


def remove(
    article_ids: Annotated[list[str], typer.Argument(help="Ids of articles.", metavar="ARTICLE_ID...")],
    store: StoreOption = None,
) -> None:
    """Take articles out of the store."""
    from index.embed import load_embedder
    from index.intake import take_out
    from index.store import Store
    from rag.settings import read_settings

    settings = read_settings()
    with Store(store or settings.store, load_embedder(settings.embedding_model)) as opened:
        unknown = [article_id for article_id in article_ids if opened.catalog.article(article_id) is None]
        removed = take_out(opened, article_ids)
    typer.echo(f"removed {removed} of {len(article_ids)} articles")
    if unknown:
        raise InputError(f"not in the store: {', '.join(unknown)}; newscite list shows those there are")


def stats(store: StoreOption = None, json_output: JsonOption = False) -> None:
    """Say what the store holds."""
    from dataclasses import asdict

    from ui.terminal import print_stats

    with _catalog(store) as catalog:
        found, made_with = catalog.stats(), catalog.meta()
        fields = {
            **asdict(found),
            "store": str(catalog.path.parent),
            "embedder": made_with.get("embedder", ""),
        }
    print_json(fields) if json_output else print_stats(found, fields["store"], fields["embedder"])


def clusters(store: StoreOption = None, json_output: JsonOption = False) -> None:
    """Show which articles belong together: reprints of one text, and reports of one event."""
    from index.clusters import clusters as find_clusters
    from index.embed import load_embedder
    from index.store import Store
    from rag.settings import read_settings
    from ui.terminal import print_clusters

    settings = read_settings()
    with Store(store or settings.store, load_embedder(settings.embedding_model)) as opened:
        found = find_clusters(opened)
        articles = opened.catalog.article_count()
    if not json_output:
        print_clusters(found, articles)
        return
    for cluster in found:
        print_json(cluster.to_dict())


def check(
    repair: Annotated[
        bool, typer.Option("--repair", help="Make what is wrong or lost again from the articles.")
    ] = False,
    store: StoreOption = None,
    json_output: JsonOption = False,
) -> None:
    """Compare the store's three parts; exit status 1 if something is wrong."""
    from index.check import check as compare
    from index.check import repair as mend
    from index.embed import load_embedder
    from rag.settings import read_settings
    from ui.progress import passages_bar

    settings = read_settings()
    embedder = load_embedder(settings.embedding_model)
    folder = store or settings.store
    with passages_bar() as bar:
        found = mend(folder, embedder, on_passages=bar) if repair else compare(folder, embedder)
    with _catalog(folder) as catalog:
        passages = catalog.passage_count()
    if json_output:
        print_json({"passages": passages, "findings": [finding.to_dict() for finding in found]})
    else:
        for finding in found:
            typer.echo(finding)
        if not found:
            typer.echo(f"all is well: the three parts hold the same {counted(passages, 'passage')}")
    if found:
        remedy = "move the store away and index the articles again" if repair else "newscite check --repair"
        raise StoreDamaged(f"the store {folder} is not whole: {remedy}")


@contextmanager
def _catalog(store: Path | None) -> Iterator["Catalog"]:
    from index.catalog import Catalog
    from rag.settings import read_settings

    catalog = Catalog(store or read_settings().store)
    try:
        yield catalog
    finally:
        catalog.close()
