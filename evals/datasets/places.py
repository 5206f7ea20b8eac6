"""Where quotes and answers stand in a text, for data that gives them without offsets. This makes gold, never
a citation."""

import re
from array import array

Place = tuple[int, int]
"""Offsets `[start, end)` into a text."""


class Unspaced:
    """A text in which quotes are found whatever white space stands in either.

    >>> Unspaced("Rain fell .\\nNobody came.").places("fell. Nobody")
    [(5, 18)]
    """

    def __init__(self, text: str) -> None:
        self._offsets = array("L", (n for n, character in enumerate(text) if not character.isspace()))
        self._packed = "".join(text[offset] for offset in self._offsets)

    def places(self, quote: str) -> list[Place]:
        """Every place where `quote` stands, one after the other; none of a quote that is only white space."""
        packed = "".join(quote.split())
        found = []
        start = self._packed.find(packed) if packed else -1
        while start >= 0:
            end = start + len(packed)
            found.append((self._offsets[start], self._offsets[end - 1] + 1))
            start = self._packed.find(packed, end)
        return found


def places_of_words(text: str, words: str) -> list[Place]:
    """Every place where `words` stand as whole words and whole numbers, letter case and spacing aside.

    >>> places_of_words("In Elmar, not Elmarville: 5, not 5,000 or 3.5.", "elmar")
    [(3, 8)]
    >>> places_of_words("In Elmar, not Elmarville: 5, not 5,000 or 3.5.", "5")
    [(26, 27)]
    """
    escaped = r"\s+".join(re.escape(word) for word in words.split())
    if not escaped:
        return []
    pattern = rf"(?<!\w)(?<!\d[.,]){escaped}(?!\w)(?![.,]\d)"
    return [match.span() for match in re.finditer(pattern, text, re.IGNORECASE)]
