"""Is a written sentence supported by the quotes it cites?

A cheap and strict check made without a model. It refuses a sentence that tells a number, a name or a day that
the quotes, who published them and when do not; that denies what they report or reports what they deny; that
is surer than they are; that says the opposite or changes who did it to whom; or that says more than they do.
It is meant to refuse what a chat model made up, at the price of some true paraphrases.
"""

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from index.language import question_language
from index.schema import Span
from rag.quoting.attribution import day_in_words
from rag.support.certainty import surer
from rag.support.dates_told import Told, known_to, told_by, unknown_date
from rag.support.known_names import KnownNames, names
from rag.support.quantities import Quantity, quantities
from rag.support.roles import swapped
from rag.support.wording import clauses, content, nearest, share
from rag.telling.polarity import negated, opposed
from rag.telling.stance import stance_of
from rag.writing.hostile import hostile_because

if TYPE_CHECKING:
    from rag.settings import Settings

Judge = Callable[[str, Sequence[Span]], str]
"""Says why a sentence is not supported by spans, or nothing where it is."""

_SHARED_WORDS = 0.5  # of the sentence's content words, compared by their stems
_ALIKE = (
    0.5  # of a clause's content words, from which on a clause of the quotes says the same or its opposite
)
_SURER = {
    "possible": "the quotes only say that it may be so",
    "planned": "the quotes only say that it is planned",
    "alleged": "the quotes only say that it is alleged",
}
_LEANS = re.compile(
    r"\b(?:he|she|they|it|his|hers?|their|its|him|them|we|our|i|my|él|ella|ellos|ellas|su|sus|"
    r"(?:the|this|that|these|those)\s(?:man|woman|men|women|couple|pair|company|firm|group|band|team|club|party|"
    r"minister|president|mayor|outlet|newspaper|agency|ministry|court|country|city|town|village|actor|actress|"
    r"singer|author|player|coach|school|university|hospital|film|book|two|three))\b|(?<!\w)(?:هو|هي|هم)(?!\w)",
    re.IGNORECASE,
)
_YEARS = range(1000, 2101)
_BEFORE = 600  # characters before a quote in which the one it means by "he" may be named


def unsupported_because(sentence: str, spans: Sequence[Span]) -> str:
    """Why `sentence` is not supported by `spans` ("the number 12 is not in the quotes"), or nothing."""
    quotes = "\n".join(span.text for span in spans)
    known = "\n".join([quotes, *(_about(span) for span in spans)])
    days = known_to(spans, known)
    return (
        hostile_because(sentence, quotes)
        or _unknown_number(sentence, spans, days)
        or _unknown_day(sentence, days)
        or _unknown_name(sentence, spans, known)
        or _other_way(sentence, spans)
        or (
            "it says more than the quotes" if share(content(sentence), content(known)) < _SHARED_WORDS else ""
        )
    )


def _about(span: Span) -> str:
    article = span.article
    told = [article.outlet, article.origin, article.title, article.published, day_in_words(article)]
    return "\n".join([*told, article.author])


def _unknown_number(sentence: str, spans: Sequence[Span], days: Told) -> str:
    held = [
        quantity
        for span in spans
        for text in (span.text, span.article.title, span.article.outlet)
        for quantity in quantities(text, span.article.language)
    ]
    values = [quantity.value for quantity in held] + [float(year) for year in days.years]
    told = [
        quantity
        for quantity in quantities(sentence, question_language(sentence))
        if not _is_day(quantity)  # those are looked for as days
    ]
    for quantity in told:
        if not quantity.agrees(values):
            return f"the number {quantity.written} is not in the quotes"
    for quantity in told:
        if _counts_another(quantity, held):
            return f"the number {quantity.written} counts something else in the quotes"
    return ""


def _counts_another(quantity: Quantity, held: Sequence[Quantity]) -> bool:
    """True if what `quantity` counts stands in the quotes beside another number, and not beside this one."""
    counted = _counted(quantity)[:1]
    same = [other for other in held if quantity.agrees([other.value])]
    others = [other for other in held if not quantity.agrees([other.value])]
    return (
        bool(counted and same)
        and not any(set(counted) & set(_counted(other)) for other in same)
        and all(_counted(other) for other in same)
        and any(counted == _counted(other)[:1] for other in others)
    )


def _counted(quantity: Quantity) -> list[str]:
    """The stems of what stands after a number that counts; nothing for a year, a day or a rank."""
    if quantity.is_rank or quantity.value in _YEARS or _is_day(quantity):
        return []
    return content(" ".join(quantity.after))


def _is_day(quantity: Quantity) -> bool:
    return bool(told_by(" ".join(quantity.around)).days)


def _unknown_day(sentence: str, days: Told) -> str:
    day = unknown_date(sentence, days)
    return f"the day {day} is not in the quotes" if day else ""


def _unknown_name(sentence: str, spans: Sequence[Span], known: str) -> str:
    held = KnownNames("\n".join([known, *(_before(span) for span in spans)]))
    for name in names(sentence):
        if not held.knows(name, sentence):
            return f"the name {name} is not in the quotes"
    return ""


def _before(span: Span) -> str:
    """What stands shortly before a quote that leans on it: that says "she" or "its"."""
    if not _LEANS.search(span.text):
        return ""
    return span.article.text[max(0, span.start - _BEFORE) : span.start]


def _other_way(sentence: str, spans: Sequence[Span]) -> str:
    """Why a sentence told in the quotes' words says something else; judged clause by clause, each against the
    clauses of the quotes that are nearest to it."""
    told = [(clause, span.article.language) for span in spans for clause in clauses(span.text)]
    quoted = [(clause, language) for clause, language in told if content(clause)]
    for clause in clauses(sentence):
        beside = set(nearest(clause, [text for text, _ in quoted]))
        near = [(text, language) for text, language in quoted if text in beside]
        why = [_against(clause, sentence, text, language) for text, language in near]
        if why and all(why):
            return why[0]
    return ""


def _against(clause: str, sentence: str, quote: str, language: str) -> str:
    """Why `clause` of `sentence` says something else than this clause of a quote; nothing where it does not,
    or the two have too little in common to tell."""
    if share(content(clause), content(quote)) < _ALIKE:
        return ""
    denies, quote_denies = _denies(clause, language), _denies(quote, language)
    if _goes_against(clause, quote, language):
        if quote_denies and not denies:
            return "" if _denies(sentence, language) else "the quotes deny and it does not"
        return "it denies what the quotes do not" if denies else "it says the opposite of the quotes"
    if swapped(clause, quote):
        return "it changes who did what to whom"
    kind = surer(sentence, quote)
    return _SURER[kind] if kind else ""


def _denies(text: str, language: str) -> bool:
    return negated(text, language) or stance_of(text, language) == "denied"


def _goes_against(clause: str, quote: str, language: str) -> bool:
    if "denied" in (stance_of(clause, language), stance_of(quote, language)):
        return _denies(clause, language) != _denies(quote, language)
    return opposed(clause, quote, language)


def support_judge(settings: "Settings") -> Judge:
    """The judge that the settings name: the rules and, where `nli_model` is set, that model after them.

    Raises InputError if the model can't be loaded or has no label for entailment.
    """
    if not settings.nli_model:
        return unsupported_because
    from rag.support.entailment import Entailment

    entailment = Entailment(settings.nli_model)

    def judge(sentence: str, spans: Sequence[Span]) -> str:
        why = unsupported_because(sentence, spans)
        if why or entailment.entails(" ".join(span.text for span in spans), sentence):
            return why
        return "the quotes do not entail it"

    return judge
