"""The texts that an article has had."""

from index.catalog import Catalog, Version


def texts_of(catalog: Catalog, article_id: str) -> list[Version]:
    """Every text of the article, oldest first; the last is the present one, whose `replaced` is empty.

    `article_id` may be the id that it has now or one that it had before. Empty if there is no such article.
    """
    current = catalog.article(article_id) or catalog.article_of_key(catalog.key_of_version(article_id))
    return [*catalog.versions(current.key), Version(current, "")] if current else []
