"""Which outlet a page is of, among the names that it gives.

>>> best_outlet(["Coastal Wire", "Sound Herald | News"], title="Rain - Sound Herald", host="herald.example")
'Sound Herald'
"""

import re
from collections.abc import Iterable

from index.sources.fields import web_address

_BARS = (" | ", " – ", " — ", " - ", " :: ", " • ", " · ", " » ", " « ")
_COMMON_IN_NAMES = frozenset(
    [
        "the",
        "news",
        "press",
        "post",
        "times",
        "daily",
        "online",
        "media",
        "com",
        "group",
        "service",
        "for",
        "and",
    ]
)
_LONGEST = 80


def best_outlet(given: Iterable[str], *, title: str = "", host: str = "", handle: str = "") -> str:
    """The first of the names `given` that the page's host or the end of its title bears out, else the first.

    JSON-LD may name an agency as publisher, and og:site_name may hold a slogan. Without a name given, the end
    of the title or the page's `handle` on social media is one where the host bears it out.
    """
    names = [name for name in map(_without_slogan, given) if _is_name(name)]
    ends = [title.rpartition(bar)[2].strip() for bar in _BARS if bar in title]
    key = name_key(host)
    borne_out = [name for name in names if _is_in_host(name, key) or name_key(name) in map(name_key, ends)]
    others = [name for name in [*ends, handle.lstrip("@")] if _is_in_host(name, key, share=0.5)]
    return next(iter([*borne_out, *names, *others]), "")


def without_site(title: str, outlet: str) -> str:
    """A page title without the site's name after a bar or a dash: "Rain fell | The Herald"."""
    site = name_key(outlet)
    for bar in _BARS:
        head, _, tail = title.rpartition(bar)
        end = name_key(tail)
        if head and site and end and (site in end or end in site):
            return head.strip()
    return title


def name_key(name: str) -> str:
    """The form in which names and titles are compared here: small letters and figures, nothing else."""
    return re.sub(r"\W", "", name).casefold()


def _without_slogan(name: str) -> str:
    """The name before a bar: "LinkPost | The news of the coast"."""
    return re.split(r"\s*(?:\||::|•)\s*", name.strip().lstrip("@"))[0]


def _is_name(name: str) -> bool:
    is_word = len(name) <= _LONGEST and re.search(r"[^\W\d]", name)
    return bool(is_word) and not web_address(name) and "@" not in name


def _is_in_host(name: str, host: str, share: float = 0.0) -> bool:
    """True if at least this share of an outlet's own words, or its initials, stand in the page's host."""
    words = re.findall(r"\w+", name.casefold().removesuffix(".com"))
    own = [word for word in words if len(word) > 2 and word not in _COMMON_IN_NAMES]
    found = sum(word in host for word in own)
    initials = "".join(word[0] for word in words)
    return 0 < found >= share * len(own) or (len(initials) > 2 and initials in host)
