"""Whom and what a question or a sentence mentions, by name or by office, for a follow-up to mean.

>>> [(each.text, each.sort) for each in mentions("Did Ilse Tarnowick meet the mayor in March?", "en")]
[('Ilse Tarnowick', 'person'), ('the mayor', 'person'), ('March', 'month')]
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from index.stopwords import STOPWORDS
from index.when.calendar_names import MONTHS, WEEKDAYS

Sort = Literal["person", "group", "place", "thing", "name", "month", "weekday", "year"]
NAMES: frozenset[Sort] = frozenset(("person", "group", "place", "thing", "name"))


def words(text: str) -> frozenset[str]:
    """The words of a list of words."""
    return frozenset(text.split())


_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]{2,})*|\d+")
_JOINERS = words("de del de-la von van der al el bin ibn")  # inside a name: Ana de Torre
_NO_NAME = STOPWORDS["en"] | STOPWORDS["es"] | words("please tell name list yesterday today")
_TITLES = words(
    "mr mrs ms dr sir lady judge mayor minister president coach captain chief professor inspector senator "
    "señor señora don doña juez jueza alcalde alcaldesa ministro ministra presidente presidenta"
)
_GROUPS = words(
    "bank ministry company corporation university party union council committee agency association authority "
    "court police parliament government group inc ltd plc fc united club league federation commission "
    "institute newspaper post herald courier times ledger army navy senate firm team banco ministerio "
    "empresa universidad partido sindicato consejo comité agencia tribunal policía parlamento gobierno"
)
_THINGS_FIRST = words("storm hurricane operation project line flight tropical typhoon")
_THINGS_LAST = words("cup prize festival award act law treaty accord dam championship award copa ley")
_PLACES_FIRST = words(
    "port lake mount new saint st cape fort san santa santo punta el los las la puerto north south east west "
    "upper lower great greater río rio isla"
)
_PLACES_LAST = words(
    "gorge river bridge valley street square island islands airport bay coast stadium hospital museum "
    "harbour harbor city county province beach park road avenue"
)
OFFICES = {
    "en": r"mayor|(?:prime\s)?minister|president|coach|captain|judge|governor|senator|editor|director|chief|"
    r"inspector|chancellor|chair|leader|king|queen|prince|princess|pope|bishop|ambassador|general|author|"
    r"student|teacher|professor|lawyer|doctor|nurse|pilot|driver|manager|owner|founder|victim|suspect|"
    r"witness|widow|biologist|scholar|scientist|player|goalkeeper|referee|singer|actor|actress|prosecutor|"
    r"officer|spokesperson|engineer|farmer|[a-z]+(?:man|woman)|auditor|candidate|mp",
    "es": r"alcalde(?:sa)?|ministr[oa]|president[ea]|entrenador(?:a)?|capit[áa]na?|juez(?:a)?|"
    r"gobernador(?:a)?|senador(?:a)?|director(?:a)?|jef[ea]|l[íi]der|rey|reina|autor(?:a)?|abogad[oa]|portavoz|fiscal|"
    r"médic[oa]|conductor(?:a)?|dueñ[oa]|víctima|testigo|acusad[oa]",
}
_OFFICE = {
    "en": re.compile(rf"\b(?i:the)\s(?:[a-z][a-z-]*\s){{0,3}}?(?:[a-z]+-)?(?:{OFFICES['en']})\b(?!\s?[-’'])"),
    "es": re.compile(rf"\b(?i:el|la)\s(?:ex)?(?:{OFFICES['es']})\b"),
}
_PEOPLE = r"people|men|women|children|police|(?:[a-z]+)men|families|[a-z-]{2,}[^\Wsui_]s"
_NOT_PLURAL = r"(?:news|gas|series|always|perhaps|lens|means|does|was|has|is)\b"
_PLURAL = re.compile(
    rf"\b(?i:the|how many|which)\s(?P<noun>(?:[a-z][a-z-]*\s)?(?!{_NOT_PLURAL})(?:{_PEOPLE}))\b(?![’'])"
)
_COLLECTIVE = re.compile(
    r"\b(?i:the)\s(?:[a-z][a-z-]*\s){0,2}?"
    r"(?:government|union|company|team|club|committee|council|ministry|parliament|opposition|party|firm|"
    r"court|newspaper|agency|bank|army|jury|band|family|couple|crew|board)\b(?!\s?[-’'])"
)
_INVERTED = re.compile(r"\w+(?:ó|rá|ía|ba|ron|rán)")  # the verb with which a question may open
_OPENS = ("“", '"', "«", "‘", "'")
_CLOSES_SOON = re.compile(r"(?:\s\w+){0,2}[”\"»’'](?!\w)")  # a quoted sentence has a full stop
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True)
class Mention:
    """Words of a text that mean somebody or something; `text` is how to say it elsewhere."""

    text: str
    start: int
    end: int
    sort: Sort
    after_the: bool = False


def mentions(text: str, language: str) -> list[Mention]:
    """The names, months, days and years in `text`, in order; in a question also offices ("the mayor"),
    several together ("the crews") and bodies ("the union"). No names in a text all in capitals."""
    names = [] if text.isupper() else list(_names(text, language))
    found = [*names, *_described(text, language, names)]
    people = [mention for mention in names if mention.sort == "person"]
    for first, second in pairwise(people):
        if text[first.end : second.start] in (" and ", " y "):
            found.append(Mention(text[first.start : second.end], first.start, second.end, "group"))
    return sorted(found, key=lambda mention: mention.start)


def alone(found: Sequence[Mention], sorts: Sequence[Sort]) -> Mention | None:
    """The only one of `found` that is of the first of `sorts` present at all; None if there are two, or none.
    A name and its longer form are one."""
    for sort in sorts:
        fitting = [mention for mention in found if mention.sort == sort]
        longest = max(fitting, key=lambda mention: len(mention.text), default=None)
        if longest:
            same = set(longest.text.casefold().split())
            return longest if all(set(each.text.casefold().split()) <= same for each in fitting) else None
    return None


def _names(text: str, language: str) -> Iterator[Mention]:
    for words_of_it in _runs(text):
        inverted = language == "es" and len(words_of_it) > 1 and _INVERTED.fullmatch(words_of_it[0][0])
        run = words_of_it[1:] if inverted else words_of_it  # "¿Dirigió Ilse Tarnowick ...?"
        start, end = run[0].start(), run[-1].end()
        folded = [word[0].casefold() for word in run]
        time = _time(folded[0]) if len(run) == 1 else None
        if time:
            yield Mention(text[start:end], start, end, time)
        elif len(run) > 1 or text[:start].strip(" ¿\"“«'") or text[end:].strip(' ?.!"”»') == "":
            before = [word.casefold() for word in re.findall(r"\w+", text[:start])[-3:]]
            after_the = before[-1:] == ["the"]
            sort = "thing" if _is_title(text, start, end) else _sort(folded, run[0][0], before)
            yield Mention(text[start:end], start, end, sort, after_the)


def _is_title(text: str, start: int, end: int) -> bool:
    """True if little more than the name is in quotation marks, as a film's or an account's is."""
    return text[:start].endswith(_OPENS) and bool(_CLOSES_SOON.match(text, end))


def _runs(text: str) -> Iterator[list[re.Match[str]]]:
    """Runs of capitalised words, and months, days and years, each of which is a run by itself."""
    run: list[re.Match[str]] = []
    for word in _WORD.finditer(text):
        folded = word[0].casefold()
        close = bool(run) and text[run[-1].end() : word.start()] == " "
        timely = _time(folded) and (word[0][0].isupper() or folded not in ("may", "march"))
        named = word[0][0].isupper() and folded not in _NO_NAME and len(word[0]) > 1
        if run and (timely or not close or not (named or folded in _JOINERS)):
            yield from _ended(run)
            run = []
        if timely:
            yield [word]
        elif named or run:
            run.append(word)
    yield from _ended(run)


def _ended(run: list[re.Match[str]]) -> Iterator[list[re.Match[str]]]:
    while run and not run[-1][0][0].isupper():
        run = run[:-1]
    if run:
        yield run


def _time(word: str) -> Sort | None:
    if any(word in names for names in MONTHS.values()):
        return "month"
    if any(word in names for names in WEEKDAYS.values()):
        return "weekday"
    return "year" if _YEAR.fullmatch(word) else None


def _sort(folded: Sequence[str], first: str, before: Sequence[str]) -> Sort:
    """What a name is the name of, by its own words and the up to three before it."""
    if _GROUPS & set(folded) or folded[-1].endswith("works") or (first.isupper() and len(folded) == 1):
        return "group"
    if folded[0] in _THINGS_FIRST or folded[-1] in _THINGS_LAST:
        return "thing"
    if folded[0] in _TITLES and len(folded) > 1:
        return "person"
    if (
        folded[0] in _PLACES_FIRST
        or folded[-1] in _PLACES_LAST
        or before[-1:] in (["in"], ["at"], ["near"], ["en"])
    ):
        return "place"
    if before[-1:] == ["of"] and re.fullmatch(OFFICES["en"], " ".join(before[-2:-1])):
        return "place"
    if before[-1:] == ["the"]:
        return "thing"
    return "person" if len(folded) > 1 or (before and before[-1] in _TITLES) else "name"


def _described(text: str, language: str, names: Sequence[Mention]) -> Iterator[Mention]:
    for match in _OFFICE[language].finditer(text) if language in _OFFICE else ():
        start, end = match.span()
        following = next((name for name in names if name.start > end), None)
        if following and text[end : following.start] in (" of ", " de "):
            end = following.end
        beside = any(
            text[end : name.start] in (" ", ", ") or text[name.end : start] == ", " for name in names
        )
        if not beside:
            yield Mention(text[start:end], start, end, "person")
    if language == "en":
        for match in _PLURAL.finditer(text):
            yield Mention(f"the {match['noun']}", *match.span(), "group")
        for match in _COLLECTIVE.finditer(text):
            yield Mention(match[0], *match.span(), "group")
