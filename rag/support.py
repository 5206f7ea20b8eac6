"""Is a written sentence supported by the quotes it cites?

A cheap and strict check made without a model: every number and every name of the sentence must stand in
the quotes (or in who published them and when), both must agree on negation, and they must share most of
their words. It is meant to refuse what a chat model made up, at the price of some true paraphrases.
"""

import re
from collections.abc import Sequence

from index.schema import Span
from index.stopwords import STOPWORDS
from rag.attribution import day_in_words

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_WORD = re.compile(r"\w+(?:[’']\w+)*")
_NEGATION_WORDS = """
not no never none nobody nothing neither nor without deny denies denied denying reject rejects rejected
refute refuted refuses refused false cannot niega negó negaron nunca ningún ninguno rechaza rechazó
desmiente desmintió لا لم لن ليس ليست نفى نفت ينفي رفض رفضت
"""
_NEGATIONS = frozenset(_NEGATION_WORDS.split())
_PLAIN = STOPWORDS["en"] | STOPWORDS["es"] | _NEGATIONS
_SHARED_WORDS = 0.5  # of the sentence's content words, compared by their first letters
_STEM = 5  # letters by which words are compared: "warned" and "warning" agree


def unsupported_because(sentence: str, spans: Sequence[Span]) -> str:
    """Why `sentence` is not supported by `spans` ("the number 12 is not in the quotes"), or nothing."""
    quotes = " ".join(span.text for span in spans)
    known = " ".join([quotes, *(_about(span) for span in spans)])
    numbers = set(_NUMBER.findall(known))
    for number in _NUMBER.findall(sentence):
        if number not in numbers:
            return f"the number {number} is not in the quotes"
    held = {word.casefold() for word in _bare_words(known)}
    for name in _names(sentence):
        if name.casefold() not in held:
            return f"the name {name} is not in the quotes"
    denies, quotes_deny = _negated(sentence), _negated(quotes)
    if denies and not quotes_deny:
        return "it denies what the quotes do not"
    if quotes_deny and not denies:
        return "the quotes deny and it does not"
    if _shared(sentence, known) < _SHARED_WORDS:
        return "it says more than the quotes"
    return ""


def _about(span: Span) -> str:
    article = span.article
    return f"{article.outlet} {article.title} {article.published} {day_in_words(article)} {article.author}"


def _negated(text: str) -> bool:
    words = {word.casefold().replace("’", "'") for word in _WORD.findall(text)}
    return bool(words & _NEGATIONS) or any(word.endswith("n't") for word in words)


def _names(sentence: str) -> list[str]:
    """Its capitalised words. One that opens a sentence or a quotation counts too, unless it is a plain
    word of the language: better to refuse a paraphrase than to let an invented name pass."""
    return [word for word in _bare_words(sentence) if word[0].isupper() and word.casefold() not in _PLAIN]


def _bare_words(text: str) -> list[str]:
    """The words without a possessive ending."""
    return [re.sub(r"[’']s$", "", word) for word in _WORD.findall(text)]


def _shared(sentence: str, known: str) -> float:
    words, held = (
        {word.casefold()[:_STEM] for word in _WORD.findall(text) if word.casefold() not in STOPWORDS["en"]}
        for text in (sentence, known)
    )
    return len(words & held) / len(words) if words else 0.0
