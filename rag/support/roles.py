"""Who did what to whom: whether two clauses that share their words have them the other way around.

>>> swapped("The union sued the company.", "The company sued the union.")
True
>>> swapped("The union was sued by the company.", "The company sued the union.")
False
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rag.support.wording import is_plain, stem, words

_BESIDE = 3  # content words before and after the one that may be a verb
_BE = frozenset(["is", "are", "was", "were", "been", "be", "being", "fue", "fueron", "ha", "han"])
_BY = frozenset(["by", "por"])


@dataclass(frozen=True)
class _Deed:
    """A word, and the stems of those who may do it and of those to whom it may be done."""

    word: str
    doers: frozenset[str]
    others: frozenset[str]


def swapped(one: str, other: str) -> bool:
    """True if a word both share stands in each between the same two, but the other way around."""
    told = list(_deeds(other))
    return any(
        deed.word == there.word
        and deed.doers & there.others
        and deed.others & there.doers
        and not deed.doers & there.doers
        and not deed.others & there.others
        for deed in _deeds(one)
        for there in told
    )


def _deeds(clause: str) -> Iterator[_Deed]:
    capitals = {stem(word) for word in words(" ".join(re.findall(r"\b[^\W\d_a-z]\w+", clause)))}
    told = words(clause)
    for place, word in enumerate(told):
        if is_plain(word) or stem(word) in capitals or word.isdigit():
            continue
        before = _named([stem(each) for each in told[:place] if not is_plain(each)][-_BESIDE:], capitals)
        after = _named([stem(each) for each in told[place + 1 :] if not is_plain(each)][:_BESIDE], capitals)
        if not _BE & set(told[max(0, place - 3) : place]):
            yield _Deed(stem(word), before, after)
        elif _BY & set(told[place + 1 : place + 4]):
            yield _Deed(stem(word), after, before)


def _named(beside: list[str], capitals: set[str]) -> frozenset[str]:
    """The names among the words beside a deed; where there are none, all of them."""
    return frozenset(word for word in beside if word in capitals) or frozenset(beside)
