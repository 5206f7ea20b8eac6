"""The choice of the few words that answer, or of none where more than one could be meant."""

import re
from collections.abc import Callable, Sequence
from functools import cache

from index.schema import Span
from rag.telling.short_answers.ages import ages_wanted
from rag.telling.short_answers.amounts import quantities_wanted
from rag.telling.short_answers.candidate import Candidate
from rag.telling.short_answers.persons import names_wanted
from rag.telling.short_answers.places import places_wanted
from rag.telling.short_answers.quantities import quantities_in
from rag.telling.short_answers.times import dates_and_clocks, joined_dates, said_then
from rag.telling.short_answers.wanted import Wanted, what_is_wanted
from rag.telling.short_answers.words import stems

Likelihood = Callable[[int, int], float]
"""Of a span `[start, end)` of the article's text: how likely it is the answer; higher is likelier."""


def short_answer(question: str, sentence: Span, likelihood: Likelihood | None = None) -> Span | None:
    """The shortest words of `sentence` that answer `question`, or None where nothing tells which.

    With `likelihood` the likeliest of the candidates is given; without it one is given only if no other
    could be meant. A question that asks for two things gives None, as does one for what no form tells (why,
    what, how).
    """
    wanted = what_is_wanted(question)
    if wanted is None:
        return None
    candidates = [
        candidate
        for candidate in _candidates(wanted, sentence)
        if not _is_set_aside(candidate, sentence.text)
        and not _is_in_question(candidate, sentence.text, question)
    ]
    chosen = _likeliest(candidates, sentence, likelihood) if likelihood else _only(candidates)
    if chosen is None:
        return None
    return Span(sentence.article, sentence.start + chosen.start, sentence.start + chosen.end)


def gives_a_name(question: str, sentence: Span) -> bool | None:
    """Whether `sentence` holds a name that answers a question for one, as "What is the widow called?"; None
    for a question that asks for something else."""
    wanted = what_is_wanted(question)
    if wanted is None or wanted.sort != "name":
        return None
    candidates = _candidates(wanted, sentence)
    return any(not _is_in_question(candidate, sentence.text, question) for candidate in candidates)


def _only(candidates: Sequence[Candidate]) -> Candidate | None:
    return candidates[0] if len(candidates) == 1 and candidates[0].sure else None


def _likeliest(candidates: Sequence[Candidate], sentence: Span, likelihood: Likelihood) -> Candidate | None:
    def of(candidate: Candidate) -> float:
        return likelihood(sentence.start + candidate.start, sentence.start + candidate.end)

    return max(candidates, key=of, default=None)


def _candidates(wanted: Wanted, sentence: Span) -> list[Candidate]:
    text = sentence.text
    if wanted.sort == "clock":
        return [found for found in dates_and_clocks(text) if found.sort == "clock"]
    if wanted.sort == "date":
        return [found for found in joined_dates(text) if not said_then(text, found.start, wanted.question)]
    if wanted.sort == "where":
        return places_wanted(text, wanted)
    if wanted.sort in ("who", "name"):
        return names_wanted(wanted, sentence)
    if wanted.sort == "age":
        return ages_wanted(text, wanted)
    return quantities_wanted(wanted, text)


def _is_in_question(candidate: Candidate, text: str, question: str) -> bool:
    """True if `question` already says what the candidate says."""
    words = text[candidate.start : candidate.end]
    if candidate.figure is not None:
        return any(
            other.figure == candidate.figure and (other.unit == candidate.unit or not other.unit)
            for other in quantities_in(question, dates_and_clocks(question))
        )
    said = set(stems(question)) | set(re.findall(r"\d+", question))
    content = set(stems(words)) | set(re.findall(r"\d+", words))
    return bool(content) and content <= said


def _is_set_aside(candidate: Candidate, text: str) -> bool:
    """True after "instead of", "down from" and the like: what is named there is what it no longer is."""
    return bool(_set_aside().search(text[: candidate.start]))


@cache
def _set_aside() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:instead of|rather than|against|compared (?:with|to)|unlike|not|(?:up|down) from|"
        r"including|among them|incluid[oa]s|en (?:lugar|vez) de|"
        r"frente a)\s(?:the\s|an?\s)?$|(?<!\w)بدلا من\s$",
        re.IGNORECASE,
    )
