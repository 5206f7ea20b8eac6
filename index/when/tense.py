"""Whether a sentence speaks of the past or of what is to come where it names a day."""

import re
from functools import cached_property
from typing import Literal

from index.when.relative_words import RelativeWords

Tense = Literal["past", "future", ""]

_ADJACENT = re.compile(r"\s(?:(?:on|late|early|el|este|del|la|يوم|في|مساء|صباح)\s){0,2}", re.IGNORECASE)


class Verbs:
    """The verbs of `text[start:end]`, one sentence, and what they say of the days in it."""

    def __init__(self, text: str, start: int, end: int, words: RelativeWords) -> None:
        self._text, self._start, self._end, self._words = text, start, end, words

    @cached_property
    def _cues(self) -> list[re.Match[str]]:
        return list(self._words.cues.finditer(self._text, self._start, self._end))

    def is_of_the_day(self, match: re.Match[str]) -> bool:
        """False for "today" where the nearest verb is parted from it, or says what may be: "these days"."""
        verbs = [cue for cue in self._cues if cue.lastgroup not in ("deadline", "infinitive", "neither")]
        gaps = [(min(cue.end(), match.end()), max(cue.start(), match.start()), cue) for cue in verbs]
        if not gaps:
            return False
        start, end, nearest = min(gaps, key=lambda gap: gap[1] - gap[0])
        return "," not in self._text[start:end].strip(" ,") and not self._words.modal.match(nearest[0])

    def tense(self, match: re.Match[str]) -> Tense:
        """What the nearest verb before the date speaks of, or else the nearest one after it."""
        start, end = match.span()
        before = [cue for cue in self._cues if cue.end() <= start + 1 and cue.lastgroup != "deadline"]
        after = [cue for cue in self._cues if cue.start() >= end and cue.lastgroup != "deadline"]
        left = before[-1] if before else None
        right = after[0] if after else None
        has_deadline = any(
            cue.lastgroup == "deadline" and start - 6 <= cue.end() <= end for cue in self._cues
        )
        if left is not None and left.lastgroup == "infinitive":
            left_tense = self._of_infinitive(before[:-1])
        else:
            left_tense = _tense_of(left)
        if has_deadline:
            return "future" if left_tense == "future" else ""
        if left is not None and _ADJACENT.fullmatch(self._text, left.end(), start):
            return left_tense
        right_here = right if right and not self._is_parted(end, right.start()) else None
        right_tense = self._right_tense(right_here)
        if left is None:
            return self._right_tense(right)
        if self._is_parted(left.end(), start):
            return right_tense
        if right_here is not None and self._words.joint.search(self._text, left.end(), start):
            return right_tense  # "He left and on Monday returned"
        if right_here is not None and left.lastgroup == "say" and right_tense != left_tense:
            return ""  # "He said the vote on Monday will …"
        return left_tense

    def _of_infinitive(self, before: list[re.Match[str]]) -> Tense:
        """An infinitive is to come where its verb is, and open where that is past: "voted to close it on"."""
        return "future" if before and _tense_of(before[-1]) == "future" else ""

    def _right_tense(self, cue: re.Match[str] | None) -> Tense:
        return "" if cue is None or cue.lastgroup == "infinitive" else _tense_of(cue)

    def _is_parted(self, start: int, end: int) -> bool:
        return self._words.boundary.search(self._text, start, end) is not None


def _tense_of(cue: re.Match[str] | None) -> Tense:
    if cue is None:
        return ""
    if cue.lastgroup == "future":
        return "future"
    return "past" if cue.lastgroup in ("past", "say", "done") else ""
