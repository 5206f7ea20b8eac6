"""What a language's words of relative dates consist of."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

# After a day or a month: the end of the word, and no year that makes it a full date.
NOT_A_YEAR = r"(?!\w)(?!,?\s(?:of\s|del?\s|عام\s|سنة\s)?\d{4})"


@dataclass(frozen=True)
class RelativeWords:
    """The words of one language, as patterns.

    `rules` are tried in order; each has a kind and a pattern. What is found is what its group `shown` holds,
    or the whole match; the other groups say what it means: `weekday`, `day`, `month`, `unit`, `number`, and
    `last`, `next` and `this` which one, `last_week` and the like of which week or year. A rule "none" takes
    what only looks like a date out of the way of the others; "day -1" and such count from the day of
    publication; "now" needs a verb beside it, for "today" is also "these days".

    `cues` are the verbs and particles that tell whether a clause speaks of the past or of what is to come, by
    the name of the group that matches. `boundary` is where another clause begins and `joint` where one may;
    `modal` are verbs of what may be at any time. `numbers`, `units` and `days` are what these are called.
    """

    rules: tuple[tuple[str, re.Pattern[str]], ...]
    cues: re.Pattern[str]
    boundary: re.Pattern[str]
    joint: re.Pattern[str]
    modal: re.Pattern[str]
    numbers: dict[str, int]
    units: dict[str, str]
    days: dict[str, int]


def any_of(names: Iterable[str]) -> str:
    """An alternative of the names, longer ones first."""
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


def numbered(names: str, first: int) -> dict[str, int]:
    """The names, parted by spaces, with numbers counted up from `first`."""
    return {name: number for number, name in enumerate(names.split(), first)}


def compiled(*rules: tuple[str, str]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The rules with their patterns compiled, letter case left aside."""
    return tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in rules)
