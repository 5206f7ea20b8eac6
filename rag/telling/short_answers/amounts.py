"""Those quantities of a sentence that a question asks for: how many, how much, how often."""

import re
from dataclasses import replace

from rag.telling.short_answers.ages import ages_in_apposition
from rag.telling.short_answers.candidate import Candidate
from rag.telling.short_answers.quantities import quantities_in
from rag.telling.short_answers.times import NUMBER_WORD, dates_and_clocks
from rag.telling.short_answers.units import PER, is_same_unit
from rag.telling.short_answers.wanted import Wanted
from rag.telling.short_answers.words import stems

_SUM = 1000  # from this on a bare number may be a sum of money


def quantities_wanted(wanted: Wanted, text: str) -> list[Candidate]:
    """Those quantities of `text` that are of the sort asked for, or of what is counted."""
    taken = [*dates_and_clocks(text), *ages_in_apposition(text)]
    found = list(quantities_in(text, taken))
    if wanted.sort == "times":
        return [*_frequencies(text), *(one for one in found if one.sort in ("times", "share"))]
    if wanted.sort not in ("count", "much"):
        measured = [one for one in found if one.sort == wanted.sort]
        if wanted.sort == "money" and not measured:  # "the building comes to 127 million"
            bare = [one for one in found if one.sort == "count" and not one.unit]
            return [one for one in bare if one.figure is not None and one.figure >= _SUM]
        is_size = not measured and re.match(r"how long (?:is|are|was|were)\b", wanted.question)
        return [one for one in found if one.sort == "length"] if is_size else measured
    matching = _matching(found, text, wanted)
    if matching:
        rivals = [one for one in found if not one.unit and one.sort == "count" and _goes_on(text, one)]
        return [*_parts_of_wholes(matching, text, wanted), *rivals]
    countable = [one for one in found if one.sort == "count"]
    if wanted.sort == "count":
        return [replace(one, sure=not one.unit) for one in countable]
    if re.match(r"how (?:large|big)\b", wanted.question):
        found = [one for one in found if one.sort != "share"]
    if wanted.counted or re.match(r"(?:by )?how much", wanted.question):
        return [one for one in found if not one.unit or one.sort != "count"]
    return [one for one in found if one.sort not in ("time", "times")]


def _matching(found: list[Candidate], text: str, wanted: Wanted) -> list[Candidate]:
    """Those of what is counted: by the same noun, else by one that is used for it, or "80 millimetres
    of rain"."""
    same = [one for one in found if one.unit in wanted.counted]
    return same or [
        one
        for one in found
        if any(is_same_unit(one.unit, noun) for noun in wanted.counted) or _is_measure_of(text, one, wanted)
    ]


def _is_measure_of(text: str, one: Candidate, wanted: Wanted) -> bool:
    stuff = re.match(r"\s(?:of|de)\s((?:[^\W\d_]+\s?){1,2})", text[one.end :])
    return stuff is not None and not wanted.counted.isdisjoint(stems(stuff[1]))


def _goes_on(text: str, one: Candidate) -> bool:
    """ "380 houses are planned and 244 are finished"."""
    return bool(re.search(r"\b(?:and|but|while|y|pero)\s$|;\s$", text[: one.start]))


def _parts_of_wholes(found: list[Candidate], text: str, wanted: Wanted) -> list[Candidate]:
    """`found` without the whole of "640 of its 2,150 jobs", unless the question asks for the whole."""
    if re.search(r"\b(?:in all|in total|altogether|overall|en total)\b", wanted.question):
        return found
    return [
        one
        for one in found
        if not any(
            re.fullmatch(r"\s(?:out )?of (?:the|its|their|all|his|her)?\s?", text[other.end : one.start])
            for other in found
        )
    ]


def _frequencies(text: str) -> list[Candidate]:
    """ "Twice a week", "every two months", "daily"."""
    pattern = (
        rf"\b(?:once|twice)(?:{PER})|\bevery\s(?:(?:other|second|few|{NUMBER_WORD})\s)?(?:minute|hour|day|week|"
        r"fortnight|month|year|decade|night|morning|evening|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)s?\b"
        r"|\b(?:hourly|daily|weekly|fortnightly|monthly|quarterly|annually|yearly)\b|\bcada\s(?:(?:dos|tres|cuatro|\d+)\s)?"
        r"(?:día|semana|mes|año|hora|minuto)(?:s|es)?\b|\buna vez (?:al?|por) (?:la )?\w+|"
        r"(?<!\w)مرتين(?:\sفي ال\w+)?|(?<!\w)كل (?:يوم|أسبوع|شهر|سنة|عام)\b"
    )
    return [Candidate(*match.span(), "times") for match in re.finditer(pattern, text, re.IGNORECASE)]
