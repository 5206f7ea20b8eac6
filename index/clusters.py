"""Clusters: which articles of a store belong together, as copies of one text or as reports of one event.

>>> for cluster in clusters(store):  # doctest: +SKIP
...     print(cluster.kind, cluster.origin, [member.outlet for member in cluster.articles])
reprint Meridane ['The Harbour Ledger', 'Drennick Sentinel']
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from index.catalog import Catalog
from index.schema import Filter, content_id, outlet_key, parse_moment
from index.stories import Pair, Told, stories

if TYPE_CHECKING:
    from index.store import Store

Kind = Literal["reprint", "story"]

_MEMBER_FIELDS = ("source", "outlet", "published", "title")
_NEAR = 60  # passages looked at on each side for articles on the same event
_LEADING = 3  # passages of an article that are compared: an event is told in its first
_BEGINNING_OF_TIME = datetime.min.replace(tzinfo=UTC)
_END_OF_TIME = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Member:
    """An article of a cluster, as the catalog has it; what isn't known is empty."""

    article_id: str
    source: str
    outlet: str
    published: str
    title: str

    def to_dict(self) -> dict[str, str]:
        """The fields of an article in `newscite clusters --json`."""
        return {
            "article_id": self.article_id,
            "source": self.source,
            "outlet": self.outlet,
            "published": self.published,
        }


@dataclass(frozen=True)
class Cluster:
    """Two articles or more that belong together, oldest first.

    `kind` is "reprint" where they carry the same text, copied in whole or in part or lightly rewritten, and
    "story" where independent articles tell of one event; a story holds the copies of its articles too.
    `origin` is whose report its articles say they are, "" if none does or they name several.
    """

    kind: Kind
    origin: str
    articles: tuple[Member, ...]

    @property
    def id(self) -> str:
        """A hash of the kind and the earliest article: later ones that join don't change it."""
        return content_id(self.kind, self.articles[0].article_id)

    def to_dict(self) -> dict[str, Any]:
        """The fields of a row of `newscite clusters --json`."""
        return {
            "cluster": self.id,
            "kind": self.kind,
            "origin": self.origin,
            "articles": [member.to_dict() for member in self.articles],
        }


def clusters(store: "Store") -> list[Cluster]:
    """All clusters of a store, those with the newest article first and undated ones last.

    An article is in one cluster of each kind at most; what stands alone is in none. The same articles give
    the same clusters, in whatever order they were indexed. Raises StoreError, StoreDamaged.
    """
    reprints = store.catalog.reprints.groups()
    found = [
        *_clusters_of("reprint", reprints, store.catalog),
        *_clusters_of("story", _stories(store, reprints), store.catalog),
    ]
    return sorted(found, key=lambda cluster: (_newest(cluster), cluster.kind, cluster.id), reverse=True)


def reprint_groups(catalog: Catalog, article_ids: Sequence[str]) -> dict[str, str]:
    """Which of a handful of articles carry the same text: equal values for those that do.

    The value is the id of their cluster, or the article's own id if no article of the store is its copy.
    """
    groups = {article_id: article_id for article_id in article_ids}
    for cluster in _clusters_of("reprint", catalog.reprints.groups(article_ids), catalog):
        members = {member.article_id for member in cluster.articles}
        groups.update((article_id, cluster.id) for article_id in article_ids if article_id in members)
    return groups


def story_groups(store: "Store", article_ids: Sequence[str]) -> list[list[str]]:
    """A handful of articles by the event they tell of: lists of their ids, one an event, in the order given.

    Only these are compared, so that it takes milliseconds whatever the store holds; copies of one text are
    of one event. Each article is in one list; what stands alone is in a list of its own.
    """
    ids = list(dict.fromkeys(article_ids))
    if len(ids) < 2:
        return [ids] if ids else []
    given = set(ids)
    copies = [[one for one in group if one in given] for group in store.catalog.reprints.groups(ids)]
    copies = [group for group in copies if len(group) > 1]
    event = {one: group for group in copies for one in group}
    event.update((one, group) for group in _stories(store, copies, ids) for one in group)
    groups = {id(group): group for one in ids if (group := event.get(one, [one]))}
    place = {article_id: number for number, article_id in enumerate(ids)}
    return sorted(
        (sorted(group, key=place.__getitem__) for group in groups.values()), key=lambda group: place[group[0]]
    )


def story_of(store: "Store", article_id: str) -> list[str]:
    """The ids of the articles that tell of one event with this one, itself and all their copies among them;
    only its own where it stands alone, none where there is no such article.

    It is compared with the articles nearest to it alone: in a bigger store only the search for these takes
    longer, half a second over 220,000 passages.
    """
    article = store.catalog.article(article_id)
    if article is None:
        return []
    leading = store.catalog.leading_passages([article_id], _LEADING).get(article_id, [])
    found = dict.fromkeys(store.lexical.search(article.title, _NEAR, Filter())) if article.title else {}
    for vector in store.vectors.vectors(leading).values():
        found |= dict.fromkeys(store.vectors.search(vector, _NEAR, Filter()))
    near = dict.fromkeys(passage.article.id for passage in store.catalog.passages(found).values())
    event = story_groups(store, [article_id, *near])[0]
    copies = [one for group in store.catalog.reprints.groups(event) for one in group]
    return list(dict.fromkeys((*event, *copies)))


def _clusters_of(kind: Kind, groups: Iterable[Sequence[str]], catalog: Catalog) -> Iterator[Cluster]:
    groups = list(groups)
    known = catalog.fields_of(
        [article_id for group in groups for article_id in group], "origin", *_MEMBER_FIELDS
    )
    for group in groups:
        members = sorted((Member(article_id, *known[article_id][1:]) for article_id in group), key=_age)
        named = [origin for member in members if (origin := known[member.article_id][0])]
        origin = named[0] if len({outlet_key(origin) for origin in named}) == 1 else ""
        yield Cluster(kind, origin, tuple(members))


def _stories(
    store: "Store", reprints: Iterable[Sequence[str]], article_ids: Sequence[str] | None = None
) -> Iterator[list[str]]:
    """Of all articles, or of these. Each text is compared once, however many copies there are: copies are not
    independent of each other."""
    words = store.catalog.story_words
    told = {one.article_id: one for one in (words.all() if article_ids is None else words.of(article_ids))}
    copies = {article_id: group for group in reprints for article_id in group}
    units = [[article_id] for article_id in told if article_id not in copies]
    units.extend({id(group): list(group) for group in copies.values()}.values())
    tellers = [_teller([told[article_id] for article_id in unit]) for unit in units]

    def closest_passages(pairs: Sequence[Pair]) -> list[float]:
        ids = [(tellers[one].article_id, tellers[other].article_id) for one, other in pairs]
        return _closest_passages(store, ids)

    for event in stories(tellers, closest_passages, store.embedder.languages):
        yield [article_id for unit in event for article_id in units[unit]]


def _teller(copies: Sequence[Told]) -> Told:
    """The copy that tells most, on the day of the first."""
    fullest = max(copies, key=lambda told: (len(told.words), told.article_id))
    return replace(fullest, day=min((told.day for told in copies if told.day is not None), default=None))


def _closest_passages(store: "Store", pairs: Sequence[tuple[str, str]]) -> list[float]:
    """The highest cosine of a leading passage of one article and a leading passage of the other."""
    leading = store.catalog.leading_passages({article_id for pair in pairs for article_id in pair}, _LEADING)
    vectors = store.vectors.vectors([passage_id for ids in leading.values() for passage_id in ids])
    stacked = {
        article_id: np.stack(held)
        for article_id, ids in leading.items()
        if (held := [vectors[passage_id] for passage_id in ids if passage_id in vectors])
    }
    return [
        float((stacked[one] @ stacked[other].T).max()) if one in stacked and other in stacked else 0.0
        for one, other in pairs
    ]


def _age(member: Member) -> tuple[datetime, str, str]:
    """Sorts members oldest first, those without a date last."""
    moment = parse_moment(member.published) if member.published else _END_OF_TIME
    return moment, member.source, member.article_id


def _newest(cluster: Cluster) -> datetime:
    dated = [parse_moment(member.published) for member in cluster.articles if member.published]
    return max(dated, default=_BEGINNING_OF_TIME)
