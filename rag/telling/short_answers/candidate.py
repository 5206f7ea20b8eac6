"""Words of a sentence that could be its short answer."""

from collections.abc import Iterable
from dataclasses import dataclass

from index.when.dates import EASTERN_DIGITS

PLAIN_FIGURES = EASTERN_DIGITS | str.maketrans("٫٬−", ".,-")  # one for one, so that offsets hold


@dataclass(frozen=True)
class Candidate:
    """Words at `[start, end)` of a sentence that could be the answer.

    `sort` is what they are, `unit` the stem of what a quantity counts, `figure` how much. One that is not
    `sure` can't be told from other words by its form: it stands in the way of others, and is not chosen
    itself unless a likelihood says so.
    """

    start: int
    end: int
    sort: str
    unit: str = ""
    figure: float | None = None
    sure: bool = True

    def overlaps(self, others: Iterable["Candidate"]) -> bool:
        """True if one of `others` shares a character with it."""
        return any(self.start < other.end and other.start < self.end for other in others)
