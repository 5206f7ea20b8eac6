"""Words and the stems by which they are compared."""

import re

from index.language import folded
from index.stopwords import STOPWORDS

Offsets = tuple[int, int]
"""Where words begin and end in a text, `[start, end)`."""

_STEM = 5  # letters by which words are compared, as names are
WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
FUNCTION_WORDS = STOPWORDS["en"] | STOPWORDS["es"] | STOPWORDS["ar"]


def stems(text: str) -> list[str]:
    """The stems of the words that carry a meaning, in order."""
    return [stem(word) for word in WORD.findall(text) if word.casefold() not in FUNCTION_WORDS]


def stem(word: str) -> str:
    """The first letters of a word, folded, without article, possessive or plural ending."""
    plain = folded(word)
    if is_arabic(plain):
        plain = re.sub(r"^و?ال|^و(?=\w{4})", "", plain).removesuffix("ا")
    else:
        plain = re.sub(r"['’]s?$", "", plain)
        plain = re.sub(r"(?<=\w{3})(?<!s)s$", "", plain)
    return plain[:_STEM]


def is_arabic(word: str) -> bool:
    """True if `word` begins with an Arabic letter."""
    return "\u0600" <= word[:1] <= "\u06ff"
