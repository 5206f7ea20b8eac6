"""What sites allow programs to fetch, as their robots.txt says (RFC 9309)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.errors import ReadError, Unreachable

if TYPE_CHECKING:
    from protego import Protego

NAME = "newscite"  # what a robots.txt calls us
_KEPT = 24 * 3600  # seconds; RFC 9309, 2.4: not longer than a day
_KEPT_FAILURE = 300  # seconds after which a robots.txt that could not be had is asked for again

Getter = Callable[[str], bytes | None]
"""Gives what stands at a robots.txt's address, None where the server says there is none (4xx).
Raises ReadError where it can't be had."""


@dataclass(frozen=True)
class _Rules:
    rules: "Protego | None"  # None: the site says nothing
    failure: str
    until: float


class Robots:
    """The rules of each site (scheme, host and port), asked for once a day."""

    def __init__(self, get: Getter, clock: Callable[[], float]) -> None:
        self._get = get
        self._clock = clock
        self._sites: dict[str, _Rules] = {}

    def delay(self, site: str, url: str) -> float:
        """The seconds that a site wants between requests, 0 where it doesn't say.

        Raises ReadError if the site does not allow `url` to be fetched, and Unreachable if its rules can't be
        had, for then nothing may be.
        """
        found = self._sites.get(site)
        if found is None or found.until <= self._clock():
            found = self._sites[site] = self._asked(site)
        if found.failure:
            raise Unreachable(url, found.failure)
        if found.rules is None:
            return 0
        if not found.rules.can_fetch(url, NAME):
            raise ReadError(url, f"{site}/robots.txt does not allow {NAME} to fetch it")
        return float(found.rules.crawl_delay(NAME) or 0)

    def _asked(self, site: str) -> _Rules:
        from protego import Protego

        try:
            data = self._get(f"{site}/robots.txt")
        except Unreachable as error:
            failure = f"nothing is fetched from there while its robots.txt can't be had: {error.reason}"
            return _Rules(None, failure, self._clock() + _KEPT_FAILURE)
        rules = None if data is None else Protego.parse(data.decode("utf-8", errors="replace"))
        return _Rules(rules, "", self._clock() + _KEPT)
