"""What a page shows of its writer and its dates, by the names of its elements and by its words."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from index.when.dates import find_date

_BYLINE_CLASSES = re.compile(
    r"(?:^|[\s_-])(?:by-?line|author(?:-?name)?s?|autor(?:es)?|firma)(?:$|[\s_-])", re.I
)
_SIGNED = re.compile(
    r"(?:(?:written|words|story|text|report)\s+)?by\b|(?:escrito\s+|publicado\s+)?por\b|(?:بقلم|كتبت?|إعداد)\b",
    re.IGNORECASE,
)
_DATE_CLASSES = re.compile(
    r"(?:^|[\s_-])(?:date(?:-?(?:line|time|published))?|time(?:stamp)?|pub(?:lished|date|-date)?|posted(?:-on)?"
    r"|fecha|hora|publicad[oa]|(?:article|entry|post|story)[_-]*(?:date|meta|info))(?:$|[\s_-])",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"(?:^|[\s_-])(?:comments?|respond|reply|related|teaser)(?:$|[\s_-])", re.IGNORECASE)
_UPDATED = re.compile(r"updated|modified|actualizad|modificad|última|تحديث|حُ?دث", re.IGNORECASE)
_LONGEST_MARK = 100  # characters of a visible date or byline
_MOST_MARKS = 6
_MOST_SIGNED = 2


def marked_bylines(tree: Any) -> list[str]:
    """The short texts in a page's lxml `tree` whose class says that they name the writer."""
    return _marks(tree, _BYLINE_CLASSES)


def signed_lines(tree: Any) -> list[str]:
    """The short lines that begin as a byline does, where no class says so."""
    lines = (
        _shown(element)
        for element in tree.iter("p", "div", "span", "address", "li")
        if _SIGNED.match((element.text or "").strip()) and not _is_aside(element)
    )
    return list(islice((line for line in lines if len(line) <= _LONGEST_MARK), _MOST_SIGNED))


def visible_dates(tree: Any, *, updated: bool) -> Iterator[str]:
    """The dates that a page shows: of its last change with `updated`, else of its publication."""
    for time in tree.xpath("//time[not(ancestor::aside or ancestor::nav or ancestor::footer)]")[:4]:
        words = f"{_shown(time)} {_shown(time.getparent())[:60] if time.getparent() is not None else ''}"
        if bool(_UPDATED.search(words)) == updated:
            yield time.get("datetime") or _shown(time)
    for mark in _marks(tree, _DATE_CLASSES):
        if bool(_UPDATED.search(mark)) == updated and (found := find_date(mark)):
            yield found.iso


def _marks(tree: Any, names: re.Pattern[str]) -> list[str]:
    """The short texts whose class says what they are, outside what is not the article's."""
    texts = (
        _shown(element)
        for element in tree.iter("span", "div", "p", "a", "li", "small", "address")
        if names.search(element.get("class") or "") and not _is_aside(element)
    )
    return list(islice((text for text in texts if 0 < len(text) <= _LONGEST_MARK), _MOST_MARKS))


def _shown(element: Any) -> str:
    """The text of an element; its parts are apart, for a page shows name and date beside each other."""
    return " ".join(" ".join(element.itertext()).split())


def _is_aside(element: Any) -> bool:
    """True for what stands beside the article: teasers, menus, and the form for a comment."""
    return any(
        around.tag in ("aside", "nav", "footer")
        or _COMMENT.search(f"{around.get('class') or ''} {around.get('id') or ''}")
        for around in [element, *element.iterancestors()]
    )
