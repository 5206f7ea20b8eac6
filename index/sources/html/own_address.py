"""Which of the addresses that a page gives is its own.

>>> own_address(["https://herald.example/", "/2031/rain?utm_source=x"], base="https://herald.example/amp/rain")
'https://herald.example/2031/rain'
"""

import re
from collections.abc import Iterable
from urllib.parse import urljoin, urlsplit

from index.sources.addresses import without_tracking
from index.sources.fields import web_address

_HOME = re.compile(r"/?(?:index\.\w+|home/?|[a-z]{2}(?:[-_][a-z]{2})?/?)?", re.IGNORECASE)
_VARIANT = re.compile(  # another view of the same article
    r"(?:amp|print|mobile|full|story|all|single|index|\d{1,2}|page[-_]?\d+)?(?:\.\w+)?", re.IGNORECASE
)


def own_address(given: Iterable[str], base: str = "") -> str:
    """The first of `given` that is the address of one page, or "".

    Relative ones stand to `base`. A site's home page is nobody's own address, and a section is none if
    another of `given` is a page within it: careless templates give these as canonical.
    """
    addresses = list(filter(None, (_page_address(base, str(value)) for value in given)))
    return next((own for own in addresses if not any(_is_within(page, own) for page in addresses)), "")


def _page_address(base: str, value: str) -> str:
    """`value` as the whole address of a page that is not a site's home, or ""."""
    try:
        url = without_tracking(urljoin(base, value.strip().replace("&amp;", "&")))
        url = f"https:{url}" if url.startswith("//") else url
        parts = urlsplit(url)
    except ValueError:
        return ""
    is_home = _HOME.fullmatch(parts.path) and not parts.query
    return "" if is_home or not parts.hostname else web_address(url.partition("#")[0])


def _is_within(page: str, section: str) -> bool:
    """True if `section` is the address of a section that `page` is in: then it is not this page's own."""
    one, other = urlsplit(page), urlsplit(section)
    if one.hostname != other.hostname or other.query or not one.path.startswith(other.path.rstrip("/") + "/"):
        return False
    rest = one.path[len(other.path.rstrip("/")) + 1 :].strip("/")
    return bool(rest) and not all(_VARIANT.fullmatch(piece) for piece in rest.split("/"))
