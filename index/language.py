"""Which language a text is written in."""

from threading import Lock

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
