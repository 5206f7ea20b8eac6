"""The ages of people, as a sentence tells them: "aged 5", "Arkesden, 61, accepted"."""

import re

from rag.telling.short_answers.candidate import PLAIN_FIGURES, Candidate
from rag.telling.short_answers.quantities import quantities_in
from rag.telling.short_answers.times import dates_and_clocks
from rag.telling.short_answers.wanted import Wanted
from rag.telling.short_answers.words import stems


def ages_wanted(text: str, wanted: Wanted) -> list[Candidate]:
    """The ages that `text` gives, but those of people with another name than the question's. None of a text
    that shares no word with a question that describes somebody, as "How old is the judge?"."""
    if re.search(r"\b(?:the|el|la)\b", wanted.question) and set(stems(text)).isdisjoint(
        stems(wanted.question)
    ):
        return []
    found = [one for one in quantities_in(text, ()) if one.sort == "age"]
    for one in (*ages_in_apposition(text), *_ages_stated(text)):
        found += [] if one.overlaps(found) else [one]
    return [one for one in found if not _is_of_another(text, one, wanted)]


def ages_in_apposition(text: str) -> list[Candidate]:
    """Ages that can be no other figure: "Arkesden, 61, accepted", "aged 5", "un vecino de 62 años"."""
    return _ages_by(
        text,
        r"(?<=\baged )\d{1,3}\b(?!\s?%)|(?<=[^\W\d],\s)\d{2}(?=,(?!\d)|\.(?:\s|$)|;)|(?<=\()\d{2}(?=\))"
        r"|(?<=\bman of )\d{2}(?=[,.;]|$)|(?:(?<=\bde )|(?<=tiene )|(?<=tenía ))\d{1,3} años\b(?! de)"
        r"|(?:(?<=عن عمر )|(?<=العمر )|(?<=عمره )|(?<=عمرها )|(?<=\())\d{1,3}\s(?:عاما|عاماً|عامًا|"
        r"عام|سنة)(?!\w)",
    )


def _ages_stated(text: str) -> list[Candidate]:
    """Figures that are ages where an age is asked for: "she is 57", "a kennel hand of 63"."""
    return _ages_by(
        text,
        r"(?:(?<=\bis )|(?<=\bwas )|(?<=\bturned )|(?<=\bturns ))\d{2}(?=[,.;]|$|\s(?:and|when)\b)"
        r"|(?<=\w{4} of )\d{2}(?=[,.;])",
    )


def _ages_by(text: str, pattern: str) -> list[Candidate]:
    dates = dates_and_clocks(text)
    found = (Candidate(*match.span(), "age") for match in re.finditer(pattern, text.translate(PLAIN_FIGURES)))
    return [one for one in found if not one.overlaps(dates)]


def _is_of_another(text: str, age: Candidate, wanted: Wanted) -> bool:
    """True if a name stands right before the age, and the question asks by another name, or of somebody who
    is that one's, as "Roe's father"."""
    named = re.search(r"([A-ZÀ-Þ][\w'’-]+(?:\s[A-ZÀ-Þ][\w'’-]+)*),\s$", text[: age.start])
    if named is None:
        return False
    owner = re.search(r"(\w+)['’]s?\s\w", wanted.question)
    if owner and set(stems(owner[1])) & set(stems(named[1])):
        return True
    if re.search(r"\b(?:the|he|she|el|la)\b", wanted.question):
        return False
    return set(stems(named[1])).isdisjoint(stems(wanted.question))
