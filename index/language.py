"""Which language a text is written in, and which a question is asked in."""

import unicodedata
from threading import Lock

from index.stopwords import STOPWORDS

_ENOUGH_LETTERS = 20  # below it a verdict is a coin toss
_SAMPLE = 3000  # characters; more doesn't change the verdict
_one_at_a_time = Lock()  # the model loads itself at its first use, and must do so once


def detect_language(text: str) -> str:
    """Give the ISO 639-1 code of the language of `text`, or "" where there are too few letters to tell.

    >>> detect_language("El presidente dijo que no habría elecciones este año.")
    'es'
    """
    sample = text[:_SAMPLE]
    if sum(character.isalpha() for character in sample) < _ENOUGH_LETTERS:
        return ""
    with _one_at_a_time:
        import py3langid

        code = str(py3langid.classify(sample)[0])
    return code if len(code) == 2 else ""


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
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in plain if not unicodedata.combining(character))
