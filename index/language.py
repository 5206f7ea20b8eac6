"""Which language a text is written in, and which a question is asked in."""

import re
import unicodedata
from threading import Lock

from index.stopwords import STOPWORDS

_ENOUGH_LETTERS = 20  # below it a verdict is a coin toss
_SAMPLE = 3000  # characters; more doesn't change the verdict
_NO_LANGUAGE = "zxx"
# Near neighbours of larger languages, and made ones, that take short texts from these and have no newsrooms.
_NOT_OF_NEWS = frozenset(["an", "eo", "ia", "la", "oc", "vo", "wa"])
_one_at_a_time = Lock()  # the model loads itself at its first use, and must do so once


def detect_language(text: str) -> str:
    """Give the ISO 639-1 code of the language of `text`, or "" where there are too few letters to tell.

    >>> detect_language("El presidente dijo que no habría elecciones este año.")
    'es'
    """
    sample = _in_main_script(text[:_SAMPLE])
    if sum(character.isalpha() for character in sample) < _ENOUGH_LETTERS:
        return ""
    with _one_at_a_time:
        import py3langid

        ranked = [str(code) for code, _ in py3langid.rank(sample)]
    if ranked[0] == _NO_LANGUAGE:
        return ""
    # A short text in Arabic may rank Egyptian first, one in Spanish Extremaduran: neither has a code of two.
    return next((code for code in ranked if len(code) == 2 and code not in _NOT_OF_NEWS), "")


def _in_main_script(text: str) -> str:
    """The text without the letters of its lesser script, Latin or not: a page's menu is not its article."""
    latin = re.sub(r"[^\W\d_]+", lambda word: word[0] if _is_latin(word[0]) else " ", text)
    other = re.sub(r"[^\W\d_]+", lambda word: " " if _is_latin(word[0]) else word[0], text)
    return max(latin, other, key=lambda kept: sum(character.isalpha() for character in kept))


def _is_latin(word: str) -> bool:
    return word[0] <= "\u024f"


def question_language(question: str) -> str:
    """The language a question is asked in, by script and function words: en, es or ar.

    Questions are too short for a statistical detector; where nothing tells, it is English.
    """
    if any("\u0600" <= character <= "\u06ff" for character in question):
        return "ar"
    words = [word.strip("¿?¡!.,;:\"'“”«»()").casefold() for word in question.split()]
    spanish = sum(word in STOPWORDS["es"] for word in words) + 3 * ("¿" in question)
    english = sum(word in STOPWORDS["en"] for word in words)
    return "es" if spanish > english else "en"


def folded(text: str) -> str:
    """Small letters without accents: `Rodríguez` and `rodriguez` fold to the same."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in plain if not unicodedata.combining(character))
