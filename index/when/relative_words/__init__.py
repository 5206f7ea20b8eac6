"""The words of relative dates, a module a language.

>>> english().numbers["two"], [kind for kind, pattern in english().rules if pattern.match("yesterday")]
(2, ['day -1'])
"""

from collections.abc import Callable

from index.when.relative_words.arabic import arabic
from index.when.relative_words.english import english
from index.when.relative_words.shape import RelativeWords
from index.when.relative_words.spanish import spanish

__all__ = ["LANGUAGES", "RelativeWords", "arabic", "english", "spanish"]

# By ISO 639-1 code; made at the first use, for importing must be quick.
LANGUAGES: dict[str, Callable[[], RelativeWords]] = {"en": english, "es": spanish, "ar": arabic}
