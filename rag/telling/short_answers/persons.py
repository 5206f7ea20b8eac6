"""Those names of a sentence that could be who or what a question asks for."""

import re
from dataclasses import replace

from index.schema import Span
from rag.telling.short_answers.candidate import Candidate
from rag.telling.short_answers.name_runs import (
    INSTITUTIONS,
    ROLE,
    SOMEBODY,
    TITLES,
    name_runs,
    named_after_title,
)
from rag.telling.short_answers.wanted import Wanted
from rag.telling.short_answers.words import stems

_PERSONS_ASKED = (
    r"\b(?:wom[ae]n|m[ae]n|person|player|minister|politician|judge|coach|officer|author|captain|\w{3,}man)\b"
)
_PLACES_ASKED = r"\b(?:country|nation|city|town|village|island|province|region|pais|ciudad|pueblo|isla)\b"
_SPEAKS = (
    r"said|says|told|tells|announced|reported|confirmed|added|argue[sd]|concede[sd]|note[sd]|replie[sd]|insist(?:s|ed)|"
    r"explain(?:s|ed)|maintain(?:s|ed)|admit(?:s|ted)|dijo|explicó|afirmó|aseguró|señaló"
)
_PLACE_BEFORE = re.compile(
    r"\b(?:in|at|from|near|off|outside|inside|across|around|into|of|en|desde|cerca de)\s(?:the\s|el\s|la\s)?$"
)
_IN_A_PLACE = re.compile(r"\b(?:in|near|outside|across|en|cerca de)\s$")


def names_wanted(wanted: Wanted, sentence: Span) -> list[Candidate]:
    """Those names of `sentence` that could be whom or what the question asks for."""
    text = sentence.text
    names = [named_after_title(text), *name_runs(sentence)] if _has_arabic(text) else name_runs(sentence)
    found = [one for one in names if one]
    kept = _without_others(wanted, text, found)
    return [
        one
        for place, one in enumerate(kept)
        if not any(_is_short_for(text, one, other) for other in kept[:place])
    ]


def _without_others(wanted: Wanted, text: str, names: list[Candidate]) -> list[Candidate]:
    """For "who" those that can be persons, for a country or a town those that are places, if only one is; for
    another thing, as a company or a ship, neither persons with a title nor places."""
    if wanted.sort == "who" or re.search(_PERSONS_ASKED, wanted.question):
        return _persons(wanted, text, names)
    if re.search(_PLACES_ASKED, wanted.question):
        places = [one for one in names if _PLACE_BEFORE.search(text[: one.start])]
        return places if len(places) == 1 else names
    return [
        one
        for one in names
        if _is_institution(text, one) or not (_is_titled(text, one) or _IN_A_PLACE.search(text[: one.start]))
    ]


def _persons(wanted: Wanted, text: str, names: list[Candidate]) -> list[Candidate]:
    """Those names that can be who did it: no places, no owners, not who only says so. Where somebody without
    a name could be meant as well ("a cousin"), none is sure."""
    found = [
        one
        for one in names
        if not _stands_for_a_place(text, one)
        and not _is_described(text, one)
        and ("whose" in wanted.question or not _owns(text, one))
        and (_asks_of_speech(wanted) or not _only_says_so(text, one))
        and (len(names) == 1 or not _is_institution(text, one) or _is_titled(text, one))
    ]
    nameless = wanted.sort == "who" and _holds_the_nameless(text, found)
    return [replace(one, sure=one.sure and not nameless) for one in found]


def _asks_of_speech(wanted: Wanted) -> bool:
    return bool(
        re.search(
            rf"\b(?:{_SPEAKS})\b|\b(?:tell|believe|think|praise|warn|expect|blame|want)\w*", wanted.question
        )
    )


def _only_says_so(text: str, one: Candidate) -> bool:
    """ "…, says its director, Samira Bentaleb", "Roe told reporters that"."""
    before = (
        rf"\b(?:{_SPEAKS})\s(?:(?:the|its|his|her|their)\s)?(?:[\w-]+\s){{0,3}}(?:[\w-]+,\s)?$"
        r"|\baccording to\s(?:[\w-]+,?\s){0,4}$"
    )
    after = rf",?\s(?:{_SPEAKS})\b|,\s[^,]{{3,60}},\s(?:{_SPEAKS})\b"
    return bool(re.search(before, text[: one.start]) or re.match(after, text[one.end :]))


def _holds_the_nameless(text: str, names: list[Candidate]) -> bool:
    """True if `text` speaks of somebody by a noun alone, not beside one of `names`."""
    for match in re.finditer(
        rf"\b(?:an?|the|his|her|its|their|by)\s(?:[\w’'-]+\s){{0,2}}?(?:{SOMEBODY})\b(?!\s[A-Z]|['’])", text
    ):
        gaps = [text[min(one.end, match.end()) : max(one.start, match.start())] for one in names]
        if not any(gap in (", ", " ", ", of ") for gap in gaps):
            return True
    return False


def _is_titled(text: str, one: Candidate) -> bool:
    return bool(TITLES.match(text[one.start : one.end]))


def _stands_for_a_place(text: str, one: Candidate) -> bool:
    if re.search(
        r"\b(?:arrest|death|murder|killing|election|appointment|conviction|resignation) of\s$",
        text[: one.start],
    ):
        return False
    return bool(_PLACE_BEFORE.search(text[: one.start])) and not _is_titled(text, one)


def _is_described(text: str, one: Candidate) -> bool:
    """ "The Ethiopian", "a Greek tanker"."""
    word = text[one.start : one.end]
    if " " in word:
        return False
    if re.search(r"\b(?:the|an?|its|their|this)\s$", text[: one.start], re.IGNORECASE):
        return True
    thing = re.search(r"\b(?:the|an?)\s([a-z]+)\s$", text[: one.start], re.IGNORECASE)
    if thing and not ROLE.fullmatch(thing[1]):
        return True
    is_adjective = re.search(r"(?:ian|ean|ese|ish|ine|can|ch|ic)$", word)
    return bool(is_adjective and re.match(r"\s[a-z]+", text[one.end :]))


def _owns(text: str, one: Candidate) -> bool:
    return bool(re.match(r"['’]s?\b|['’]\s", text[one.end :]))


def _is_institution(text: str, one: Candidate) -> bool:
    return any(INSTITUTIONS.fullmatch(word) for word in text[one.start : one.end].split())


def _is_short_for(text: str, one: Candidate, other: Candidate) -> bool:
    """True for "Okonjo" where "Femi Okonjo" stands before."""
    return set(stems(text[one.start : one.end])) <= set(stems(text[other.start : other.end]))


def _has_arabic(text: str) -> bool:
    return any("\u0600" <= character <= "\u06ff" for character in text)
