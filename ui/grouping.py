"""Which cited articles tell of one story, remembered from one look at the panel to the next."""

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from index.clusters import story_groups
from index.errors import NewsciteError
from index.listing import Selection
from ui.cards import Stories, one_story

if TYPE_CHECKING:
    from index.store import Store


def warm_up(store: "Store") -> None:
    """Load what articles are compared with, which the first answer's panel would otherwise wait for."""
    newest = store.catalog.listing.page(Selection(), size=2).articles
    story_groups(store, [listed.article_id for listed in newest])


def stories_in(store: "Store") -> Stories:
    """What groups articles of `store` by story. Where that can't be told, all are of one."""

    @lru_cache(maxsize=512)
    def at(generation: int, article_ids: tuple[str, ...]) -> list[list[str]]:  # noqa: ARG001
        return story_groups(store, article_ids)

    def stories(article_ids: Sequence[str]) -> Sequence[Sequence[str]]:
        if len(article_ids) < 2:
            return one_story(article_ids)
        try:
            return at(store.catalog.generation(), tuple(article_ids))
        except NewsciteError:  # an answer is shown all the same
            return one_story(article_ids)

    return stories
