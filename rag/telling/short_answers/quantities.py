"""The quantities of a text: a number with its hedge, its unit and its rate."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.language import question_language
from rag.telling.short_answers.candidate import PLAIN_FIGURES, Candidate
from rag.telling.short_answers.figures import HALVES, HEDGE, figure_said, number_pattern
from rag.telling.short_answers.shares import shares_in
from rag.telling.short_answers.units import (
    CURRENCY,
    CURRENCY_WORDS,
    GLUED,
    PER,
    PERCENT,
    is_plural,
    measures,
    noun_form,
)
from rag.telling.short_answers.words import FUNCTION_WORDS, Offsets, is_arabic

_TAKES_OF = (  # "146 millones de reales"
    r"(?:millones|millón|docenas?|decenas|cientos|miles|centenar\w*|dozens?|hundreds|thousands|millions|scores)$"
)


def quantities_in(text: str, taken: Sequence[Candidate]) -> Iterator[Candidate]:
    """The quantities of `text` with their hedge and their unit, but those inside `taken`."""
    plain = text.translate(PLAIN_FIGURES)
    parts = [part for part in shares_in(plain) if not part.overlaps(taken)]
    yield from parts
    spanish = question_language(text) == "es"
    previous: Candidate | None = None
    for match in number_pattern().finditer(plain):
        found = _quantity(plain, match, spanish)
        if found is None or found.overlaps([*taken, *parts]):
            continue
        if previous and _is_one_measure(plain, previous, found):
            found = replace(found, start=previous.start, figure=None)
        elif previous:
            yield previous
        previous = found
    if previous:
        yield previous


def _is_one_measure(text: str, one: Candidate, other: Candidate) -> bool:
    """ "Two hours and ten minutes"."""
    sizes = measures().get(one.unit), measures().get(other.unit)
    return (
        one.sort == other.sort in ("time", "length")
        and bool(sizes[0] and sizes[1] and sizes[0][1] > sizes[1][1])
        and text[one.end : other.start] in (" ", " and ", " y ", ", ")
    )


def _quantity(text: str, match: re.Match[str], spanish: bool) -> Candidate | None:
    """The quantity that begins with the number at `match`, or None where it is no number after all."""
    number = (match["figure"] or "").casefold()
    follows = text[match.end() :]
    if number == "half" and (whole := re.match(r"\san?\s([^\W\d_]+)", follows)):
        return _half(match, whole)
    if number in HALVES or (number == "once" and not spanish) or _is_a_year(text, match):
        return None
    if number in ("one", "ten", "mil") and not re.match(r"[\s-][^\W\dA-Z_]{3,}", follows):
        return None
    figure = figure_said(number, percent=bool(re.match(PERCENT, follows))) if number else None
    if figure is not None and match["minus"]:
        figure = -figure
    hedge = re.search(rf"(?<!\w){HEDGE}\s$", text[: match.start()], re.IGNORECASE)
    found = Candidate(hedge.start() if hedge else match.start(), match.end(), "count", "", figure)
    return _with_unit(text, found, (match["currency"] or "").casefold(), number == "one")


def _half(number: re.Match[str], whole: re.Match[str]) -> Candidate | None:
    """ "Half a tonne"; None for "half a chance"."""
    measure = measures().get(unit := noun_form(whole[1]))
    if measure is None:
        return None
    return Candidate(number.start(), number.end() + whole.end(), measure[0], unit, 0.5)


def _is_a_year(text: str, match: re.Match[str]) -> bool:
    """True for a bare 2031 within a text, which newspapers seldom write for a quantity."""
    if match[0] == text.strip() or not re.fullmatch(r"(?:1[5-9]|20)\d\d", match[0]):
        return False
    measured = rf"{PERCENT}|\s?{GLUED}\b|\s(?:euros|dollars|pounds|crowns|metres|tonnes|people|personas)"
    return not re.match(measured, text[match.end() :])


def _with_unit(text: str, found: Candidate, currency: str, is_one: bool) -> Candidate | None:
    follows = text[found.end :]
    if currency:
        unit = CURRENCY_WORDS.get(currency, currency)
        return _with_rate(text, replace(found, sort="money", unit=unit))
    percent = re.match(PERCENT, follows, re.IGNORECASE)
    if percent:
        return replace(found, end=found.end + percent.end(), sort="share")
    sign = re.match(rf"\s?(?:{CURRENCY})(?!\d)", follows)
    if sign:
        unit = CURRENCY_WORDS.get(sign[0].strip(), sign[0].strip())
        return replace(found, end=found.end + sign.end(), sort="money", unit=unit)
    degree = re.match(r"\s?(?:°\s?[CF]?\b|°|º\s?C\b)", follows)
    if degree:
        return replace(found, end=found.end + degree.end(), sort="heat", unit="degree")
    glued = re.match(rf"\s?({GLUED})(?!\w)", follows)
    if glued:
        return replace(found, end=found.end + glued.end(), sort=measures()[glued[1]][0], unit=glued[1])
    return _with_noun(text, found, is_one)


def _with_noun(text: str, found: Candidate, is_one: bool) -> Candidate | None:
    """`found` with the noun that follows it: "nautical miles", "unopened tubs", "of the 21 schools"."""
    among = re.match(
        r"\s(?:of|out of|de|من)\s(?:(?:the|its|their|all|every|those|las|los|sus)\s)?(?:\S*\d\S*\s)?",
        text[found.end :],
    )
    is_scale = bool(re.search(_TAKES_OF, text[: found.end], re.IGNORECASE))
    offset = found.end + (among.end() if among else 0)
    for place, (start, end) in enumerate(_words_on(text, offset)):
        word = text[start:end]
        noun = noun_form(word)
        measure = measures().get(noun)
        is_last = measure or is_plural(word) or is_one or is_arabic(word)
        if word.casefold() in FUNCTION_WORDS or (place and not is_last and word[0].isupper() and not among):
            break
        if not is_last:
            continue
        grown = replace(found, end=found.end if among and not is_scale else end, unit=noun)
        return _with_rate(text, replace(grown, sort=measure[0] if measure else "count"))
    return found


def _words_on(text: str, offset: int) -> Iterator[Offsets]:
    """Up to three words that follow `offset` with nothing but a space or a hyphen between."""
    for place in range(3):
        match = re.compile(
            r"(?:[\s-])?([^\W\d_]+(?:['’][^\W\d_]+)?)" if not place else r"[\s-]([^\W\d_]+)"
        ).match(text, offset)
        if match is None:
            return
        yield match.span(1)
        offset = match.end()


def _with_rate(text: str, found: Candidate) -> Candidate | None:
    """`found` with "an hour", "each", "Celsius" or "old" after it; None if "ago" makes it a date."""
    follows = text[found.end :]
    rate = re.match(PER, follows, re.IGNORECASE)
    if rate:
        is_speed = found.sort == "length" and re.search(r"hour|hora|الساعة|second", rate[0])
        return replace(found, end=found.end + rate.end(), sort="speed" if is_speed else found.sort)
    if found.sort == "time":
        old = re.match(r"[\s-](?:old\b|of age\b|de edad\b)", follows)
        if old:
            return replace(found, end=found.end + old.end(), sort="age")
        if re.match(r"\s(?:ago|later|earlier|hence|previously|después|antes)\b", follows) or re.search(
            r"(?:\bhace|\bwithin the last|(?<!\w)قبل|(?<!\w)منذ)\s$", text[: found.start]
        ):
            return None
    scale = re.match(r"\s(?:Celsius|Fahrenheit|centígrados|مئوية)\b", follows)
    return replace(found, end=found.end + scale.end()) if scale and found.sort == "heat" else found
