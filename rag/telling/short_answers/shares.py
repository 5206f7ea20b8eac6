"""Parts of a whole told in words: "a third", "one in nine"."""

import re
from collections.abc import Iterator
from functools import cache

from rag.telling.short_answers.candidate import Candidate
from rag.telling.short_answers.figures import HEDGE, NUMBERS, figure_said

_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10, "tercio": 3}
_PARTS_ALONE = {"mitad": 0.5, "نصف": 0.5, "ثلث": 1 / 3, "ربع": 0.25}


def shares_in(text: str) -> Iterator[Candidate]:
    """Parts of a whole: "a third", "two-fifths", "one in nine", "la mitad"; as percentages."""
    for match in _share_pattern().finditer(text):
        if match["of"]:
            figure = 100 * NUMBERS.get(match["many"].casefold(), 1.0) / _PARTS[match["of"].casefold()]
        elif match["sole"]:
            figure = 100 * _PARTS_ALONE[match["sole"].casefold().split()[-1]]
        elif match["half"]:
            figure = 50.0
        else:
            low, high = (figure_said(match[end].casefold(), percent=False) for end in ("low", "high"))
            if not low or not high:
                continue
            figure = 100 * low / high
        yield Candidate(match.start(), match.end(), "share", "", figure)


@cache
def _share_pattern() -> re.Pattern[str]:
    small = "|".join(name for name in NUMBERS if name.isascii())
    return re.compile(
        rf"\b(?:{HEDGE}\s)?(?:(?P<many>an?|one|two|three|four|five|un|dos)[\s-](?P<of>{'|'.join(_PARTS)})s?"
        r"(?=\s(?:of\b(?! an hour| a century)|the\b|de\b|more\b|less\b|fewer\b)|[,.;)]|$)"
        r"|(?P<half>(?<!first )(?<!second )(?<!and a )half)(?=\s(?:of|the|its|their|his|her|as)\b)"
        r"|(?P<sole>(?:la\s)?mitad|نصف|ثلث|ربع)(?=\s(?:de|ال))"
        rf"|(?P<low>\d+|{small})\s(?:\w+\s)?(?:in|out of|of every|in every|de cada)\s(?:every\s)?"
        rf"(?P<high>\d+|hundred|{small})\b(?!\s(?:days|weeks|months|years|hours|minutes)))",
        re.IGNORECASE,
    )
