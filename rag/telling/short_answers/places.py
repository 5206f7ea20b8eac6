"""Phrases that say where: "in a quarry near Lunmoor"."""

import re
from dataclasses import replace

from rag.telling.short_answers.candidate import Candidate
from rag.telling.short_answers.figures import NUMBERS
from rag.telling.short_answers.times import dates_and_clocks
from rag.telling.short_answers.wanted import Wanted
from rag.telling.short_answers.words import FUNCTION_WORDS, is_arabic

_COMES_FROM = (
    r"\b(?:from|com(?:e|es|ing)|came|origin\w*|obtain\w*|buy|bought|get|gets|got|desde|de donde|viene\w*)\b"
)
_MOVES = (
    r"\b(?:go|goes|going|gone|went|mov\w+|sent|send|travel\w*|flee|fled|flown|head\w*|transferred|taken|to)\b"
)
_AT = (
    r"(?:in|at|from|near|to|off|outside|inside|on|onto|into|under|behind|aboard|beneath|beside|above|below|en|"
    r"desde|cerca de|junto a|frente a|hacia|في|قرب|داخل|خارج|إلى|عند)"
)
_DETERMINER = r"(?:an?|the|his|her|its|their|one of the|un|una|el|la|los|las|su|sus)"
_NO_PLACES_WORDS = """
morning evening afternoon night day week month year years time times moment end start beginning middle
fact way addition total all particular part return exchange order response favour interview statement
case report letter speech first last past future event long meantime course wake name view hope hands
turn front charge least most once risk odds expense age request cost price rate speed loss rise cut
figure vote ballot majority public person spring summer autumn winter weekend weekends century decade
record average doubt trouble danger dispute question mañana tarde noche semana mes año caso total parte
momento final principio
"""
_NO_PLACES = frozenset(_NO_PLACES_WORDS.split())
_BARE_PLACES_WORDS = """
court school hospital prison jail parliament church sea bed home casa
"""
_BARE_PLACES = frozenset(_BARE_PLACES_WORDS.split())
_PLACE_NOUN = re.compile(
    r"lighthouse|prison|port|harbour|station|airport|highlands|coast|valley|border|university|hospital|stadium|"
    r"square|bridge|district|suburb|suburbs|region|province|island|islands|restaurant|hotel|street|embassy|office"
)
_NO_NOUN = re.compile(r"(?:said|told|was|were|is|are|has|had|have|\w{2,}ed|\w{2,}ly|dijo|fue|era|ha)$")


def places_wanted(text: str, wanted: Wanted) -> list[Candidate]:
    """Phrases that say where: a preposition and what stands after it, with those that follow at once."""
    found: list[Candidate] = []
    for match in re.finditer(rf"(?<!\w){_AT}\s", text, re.IGNORECASE):
        one = _place(text, match)
        if one is None or one.overlaps(dates_and_clocks(text)):
            continue
        if found and text[found[-1].end : one.start] == " ":
            found[-1] = replace(found[-1], end=one.end, sure=one.sure)
        elif not one.overlaps(found):
            found.append(one)
    return [one for one in found if not _is_another_way(text, one, wanted)]


def _is_another_way(text: str, one: Candidate, wanted: Wanted) -> bool:
    """True for "to" and "from" where the question doesn't speak of going or coming."""
    preposition = text[one.start : one.end].split(maxsplit=1)[0].casefold()
    if preposition in ("to", "into", "hacia", "إلى"):
        return not re.search(_MOVES, wanted.question)
    return preposition in ("from", "desde") and not re.search(_COMES_FROM, wanted.question)


def _place(text: str, match: re.Match[str]) -> Candidate | None:
    preposition = match[0].strip()
    if is_arabic(preposition):
        return _arabic_place(text, match)
    determiner = re.compile(rf"{_DETERMINER}\s", re.IGNORECASE).match(text, match.end())
    start = determiner.end() if determiner else match.end()
    is_one_of_many = bool(determiner) and text[match.end() : start].casefold() in ("a ", "an ", "un ", "una ")
    end, last, has_name = _phrase_end(text, start, is_one_of_many)
    if end == start or last.casefold() in _NO_PLACES or text[start].isdigit():
        return None
    if not (determiner or has_name or last in _BARE_PLACES):
        return None
    return Candidate(
        match.start(), end, "place", sure=(has_name and not is_one_of_many) or _ends_cleanly(text, end)
    )


def _phrase_end(text: str, start: int, is_one_of_many: bool) -> tuple[int, str, bool]:
    """Where the noun phrase that begins at `start` ends, its last word, and whether it holds a name; in
    "a South Korean town", one of many, a noun follows the name."""
    end, last, has_name = start, "", False
    for match in re.compile(r"\s?([^\W_]+(?:['’-][^\W_]+)*)").finditer(text, start):
        word = match[1]
        is_joint = bool(last) and word in ("of", "de", "del") and _goes_on_as_noun(text, match.end())
        if match.start() != end or (not is_joint and _ends_phrase(word)):
            break
        is_over = has_name and word[0].islower() and not is_one_of_many
        if is_over and not is_joint and not _PLACE_NOUN.fullmatch(word):
            break
        if word.casefold() not in ("la", "el", "the"):
            last, has_name = word, has_name or word[0].isupper()
        end = match.end()
    return end, last, has_name


def _goes_on_as_noun(text: str, end: int) -> bool:
    return bool(re.compile(rf"\s(?:{_DETERMINER}\s)?[^\W\d_]").match(text, end))


def _ends_phrase(word: str) -> bool:
    plain = word.casefold()
    is_article = plain in ("the", "la", "el")  # stands in a phrase only after "of"
    return plain in NUMBERS or bool(_NO_NOUN.match(plain)) or (plain in FUNCTION_WORDS and not is_article)


def _ends_cleanly(text: str, end: int) -> bool:
    following = re.match(r"\s([^\W_]+)", text[end:])
    return following is None or following[1].casefold() in FUNCTION_WORDS


def _arabic_place(text: str, match: re.Match[str]) -> Candidate | None:
    """Up to three words after an Arabic preposition, as far as the next particle or mark."""
    end = match.end()
    for word in re.compile(r"\s?([\u0621-\u064a]{2,})").finditer(text, match.end()):
        if word.start() != end or word[1] in FUNCTION_WORDS or text[match.end() : word.end()].count(" ") > 2:
            break
        end = word.end()
    if end == match.end():
        return None
    return Candidate(
        match.start(),
        end,
        "place",
        sure=not re.match(r"\s[\u0621-\u064a]", text[end:]) or _ends_cleanly(text, end),
    )
