"""A stored article as it is now, or as it was before a correction."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from index.errors import InputError
from index.history import texts_of
from ui.wording import counted

if TYPE_CHECKING:
    from index.catalog import Catalog
    from index.schema import Article


class UnknownArticle(InputError):
    """No article of the store has that id, or it has no such version."""


@dataclass(frozen=True)
class ShownArticle:
    """One version of an article, counting from 1, and when (ISO 8601, UTC) each earlier text was replaced."""

    article: "Article"
    version: int
    replaced: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """The fields of `newscite show --json`; `replaced` is empty for the text that holds now."""
        versions = len(self.replaced) + 1
        replaced = self.replaced[self.version - 1] if self.version < versions else ""
        return {
            **self.article.to_dict(),
            "version": self.version,
            "versions": versions,
            "replaced": replaced,
        }


def article_version(catalog: "Catalog", article_id: str, version: int | None = None) -> ShownArticle:
    """The article of that id; without `version`, as it was when the id was its own. Raises UnknownArticle."""
    history = texts_of(catalog, article_id)
    if not history:
        raise UnknownArticle(
            f"there is no article {article_id!r} in the store: newscite list shows those there are"
        )
    texts = [kept.article for kept in history]
    if version is None:
        version = max(number for number, text in enumerate(texts, 1) if text.id == article_id)
    if not 1 <= version <= len(texts):
        raise UnknownArticle(
            f"there is no version {version} of article {article_id!r}: "
            f"it has {counted(len(texts), 'version')}"
        )
    return ShownArticle(texts[version - 1], version, tuple(kept.replaced for kept in history[:-1]))
