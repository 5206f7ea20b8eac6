"""How a visitor narrows the search, in the page's controls and in a link to an answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs

from index.schema import Filter

TAKE_LINK = """() => {
  const query = location.search;
  if (new URLSearchParams(query).has("q")) history.replaceState(null, "", location.pathname);
  return [query];
}"""
"""The page's script that hands over its address's query and takes it away: a reload doesn't ask again."""


@dataclass(frozen=True)
class Narrowed:
    """Outlets, days and language that articles must have, and the day as of which is asked; "" is any."""

    outlets: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    language: str = ""
    as_of: str = ""

    @classmethod
    def given(
        cls,
        outlets: Sequence[str] | None,
        since: str | None,
        until: str | None,
        language: str | None,
        as_of: str | None,
    ) -> "Narrowed":
        """As the page's controls give it, in their order."""
        days = [(day or "").strip() for day in (since, until, as_of)]
        return cls(tuple(outlets or ()), days[0], days[1], language or "", days[2])

    def controls(self) -> tuple[list[str], str, str, str, str]:
        """As the page's controls take it, in their order."""
        return list(self.outlets), self.since, self.until, self.language, self.as_of

    def filter(self) -> Filter:
        """The filter for a search. Raises InputError on a bad date."""
        return Filter(outlet=self.outlets, since=self.since, until=self.until, language=self.language)

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """As a link has it, by the names of `newscite ask`'s options."""
        days = {"since": self.since, "until": self.until, "language": self.language, "as_of": self.as_of}
        named = tuple((name, value) for name, value in days.items() if value)
        return (*(("outlet", outlet) for outlet in self.outlets), *named)


EVERYWHERE = Narrowed()


def read_query(query: str) -> tuple[str, Narrowed]:
    """The question that a link asks, "" if it asks none, and how it narrows the search."""
    told = parse_qs(query.removeprefix("?"))

    def one(name: str) -> str:
        return told.get(name, [""])[0].strip()

    narrowed = Narrowed(
        tuple(told.get("outlet", ())), one("since"), one("until"), one("language"), one("as_of")
    )
    return one("q"), narrowed
