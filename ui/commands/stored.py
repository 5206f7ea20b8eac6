"""Commands about what the store holds: show, list, remove, stats."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from index.errors import InputError
from ui.json_lines import print_json
from ui.options import JsonOption, StoreOption

if TYPE_CHECKING:
    from index.catalog import Catalog


def show(
    article_id: Annotated[
        str, typer.Argument(metavar="ARTICLE_ID", help="The article's id, as list and ask give it.")
    ],
    store: StoreOption = None,
    json_output: JsonOption = False,
) -> None:
    """Show a stored article: its fields, text and masks."""
    from ui.terminal import print_article

    with _catalog(store) as catalog:
        article = catalog.article(article_id)
    if article is None:
        raise InputError(
            f"there is no article {article_id!r} in the store: newscite list shows those there are"
        )
    print_json(article.to_dict()) if json_output else print_article(article)


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
    from index.store import Store
    from rag.settings import read_settings

    settings = read_settings()
    with Store(store or settings.store, load_embedder(settings.embedding_model)) as opened, opened.writing():
        unknown = [article_id for article_id in article_ids if opened.catalog.article(article_id) is None]
        removed = opened.catalog.remove(article_ids)
        opened.clear_strays()
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


@contextmanager
def _catalog(store: Path | None) -> Iterator["Catalog"]:
    from index.catalog import Catalog
    from rag.settings import read_settings

    catalog = Catalog(store or read_settings().store)
    try:
        yield catalog
    finally:
        catalog.close()
