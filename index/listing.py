"""Looking through what is stored: which articles there are, a page at a time, newest first.

Nothing here reads texts: an index of the catalog holds all that is listed or searched, so that a page of
25,000 articles comes in some hundredths of a second and only that page is held in memory.
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

_SEARCHED = "folded(CASE title WHEN '' THEN source ELSE title END || ' ' || outlet)"
_EVERYTHING = Filter()


@dataclass(frozen=True)
class Selection:
    """Which articles are looked for.

    `words` must all stand in the title (where there is none, in the source) or the outlet, in part or whole;
    letter case and accents don't matter. The days of `filter` are those on which articles say they were
    published. `copies_of`, the id of an article, leaves that one and its reprints.
    """

    words: str = ""
    filter: Filter = _EVERYTHING
    copies_of: str = ""


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
        conditions, values = self._where(selection)
        where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
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

    def _where(self, selection: Selection) -> tuple[list[str], list[str]]:
        """What an article must fulfil, in SQL, and the values for its question marks."""
        pairs = list(self._conditions(selection))
        return [condition for condition, _ in pairs], [value for _, value in pairs]

    def _conditions(self, selection: Selection) -> Iterator[tuple[str, str]]:
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
            yield "id IN (SELECT value FROM json_each(?))", json.dumps(alike)
        for word in folded(selection.words).split():
            yield f"instr({_SEARCHED}, ?)", word

    def _copies(self, article_ids: Sequence[str]) -> dict[str, int]:
        groups = self._reprints.groups(article_ids)
        return {article_id: len(group) for group in groups for article_id in group}


def _day(moment: str) -> str:
    return moment.strip()[: len("2026-01-17")]
