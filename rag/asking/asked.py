"""What a question asks for: the form of its answer, the days it is about, the outlets it asks of.

>>> asked = understand("Did the mayor resign last week?", as_of=datetime(2031, 3, 20, tzinfo=UTC))
>>> asked.form, str(asked.days.first), str(asked.days.last)
('yes_no', '2031-03-10', '2031-03-16')
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Literal

from index.language import folded, question_language
from index.schema import Filter, outlet_key
from index.when.calendar_names import MONTHS
from index.when.dates import find_dates
from index.when.relative_dates import resolve

Form = Literal["fact", "list", "timeline", "yes_no"]

_TOLD_LATER = timedelta(days=2)  # articles on what happened on a day are published until so long after it
_YES_NO = {
    "en": r"(?:is|are|was|were|am|did|do|does|has|have|had|will|would|can|could|should|shall|may|might|must)"
    r"(?:n['’]t)?\s",
    "es": r"[¿\s]*(?:es|son|era|eran|fue|fueron|está|están|estaba|ha|han|había|hubo|tuvo|hay|va|van|puede|"
    r"pueden|se|ya|\w+(?:ó|aron|ieron|ará|erá|irá|arán|erán|irán))\s",
    "ar": r"(?:هل|أ(?:لم|ليس|لا)?\s?)\b",
}
_ASKING = {
    "en": r"\b(?:who|whom|whose|what|when|where|why|which|how)\b",
    "es": r"(?:\b(?:qué|quién(?:es)?|cuándo|dónde|cuál(?:es)?|cuánt[oa]s?)\b|\bc[oó]mo\b|\bpor qué\b)",
    "ar": r"(?:ماذا|ما\s|من\s|متى|أين|كم|كيف|لماذا|أي\s)",
}
_LIST = {
    "en": r"^(?:which|what)(?:\sare|\swere)?(?:\sthe|\ssome)?(?:\sof\sthe)?\s(?:[\w-]+\s)?[a-z]{3,}[^s\W]s"
    r"(?=$|\s(?:are|were|have|had|did|do|will|can|could|would|should|that|of|in|for|to|from|with|by|on|at|a|"
    r"caused|led|\w+ed)\b)|^(?:list|name)\b|\band which ones\b|^who\s(?:all\s)?(?:are|"
    r"were)\s(?:the\s)?(?:\w+\s)?\w+s$",
    "es": r"^¿?(?:cuáles|qué\s\w+s\b|quiénes|enumer\w+)",
    "ar": r"^(?:ما هي|من هم|اذكر|عدد)\s",
}
_TIMELINE = {
    "en": r"^(?:and\s)?what\s(?:has\s)?happened\b(?!\s(?:to|when|if|after|because)\b)|\btimeline\b|"
    r"\bchronolog\w+"
    r"|\bhow did .{3,80}\b(?:unfold|develop|come about|start and end)\b|\bcourse of events\b",
    "es": r"^¿?qué (?:ha )?(?:pas(?:ó|ado)|ocurri(?:ó|do)|sucedi(?:ó|do))\b|\bcronología\b",
    "ar": r"^ماذا (?:حدث|حصل|جرى)|تسلسل",
}
_NOW = {
    "en": r"\b(?:latest|now|currently|today|tonight|recent(?:ly)?|this (?:week|month|morning)|at the moment|"
    r"so far|newest)\b",
    "es": r"\b(?:últim[oa]s?|hoy|ahora|actualmente|reciente(?:s|mente)?|esta (?:semana|mañana)|este mes|"
    r"hasta ahora)\b",
    "ar": r"(?:الآن|اليوم|أحدث|آخر|حاليا|هذا الأسبوع|مؤخرا|حتى الآن)",
}
_AHEAD = r"\b(?:will|shall|going to|planned|scheduled|due)\b|\b\w+(?:rá|rán)\b|سوف|(?<!\w)س[يت]\w+"
_JOINED = {
    "en": r",?\s(?:and|or)\s(?=(?:who|when|where|why|how|what|which)\b)",
    "es": r",?\s[ye]\s(?=(?:quién|cuándo|dónde|por qué|cómo|cuánt|qué|cuál|desde cuándo))",
    "ar": r"\sو(?=(?:متى|أين|كم|لماذا|كيف|من\s|ماذا|ما\s))",
}
# What asks whether there was something at all, and says nothing of what: "did the talks take place?"
_THERE_WAS = {
    "en": r"\s(?:tak(?:e|en|ing)|took)\splace\b|\s(?:happen|occurr?)(?:ed|ing)?\b(?!\sto\s)",
    "es": r"\s?\b(?:tuv(?:o|ieron)|tener|tenido)\slugar\b|\b(?:ocurri|sucedi)(?:ó|eron|do)\b",
    "ar": r"(?<!\w)(?:حدثت?|حصلت?|جرت?|جرى)(?!\w)",
}
_MONTH_NAMES = {name: number for names in MONTHS.values() for name, number in names.items()}


@dataclass(frozen=True)
class Days:
    """The days that a question is about, the last included, and the words that say so."""

    first: date
    last: date
    words: str


@dataclass(frozen=True)
class Asked:
    """A question as understood.

    `text` stands alone: what it leans on has been put in. `as_of` is the moment from which days were
    counted. `days` are None where it names none; `outlets` are those it asks of ("according to
    the Ledger"), in the form `outlet_key` gives; `about_now` says that the newest matters
    most ("latest", "today").
    """

    text: str
    language: str
    form: Form
    as_of: datetime
    days: Days | None = None
    outlets: tuple[str, ...] = ()
    about_now: bool = False

    @property
    def matter(self) -> str:
        """What a yes-no question asks about, without the words that only ask whether there was such a thing.

        >>> understand("Did the talks in Tarn take place?").matter
        'Did the talks in Tarn?'
        """
        if self.form != "yes_no":
            return self.text
        return _pattern(_THERE_WAS, self.language).sub("", self.text)

    def narrowed(self, filter: Filter) -> Filter:
        """`filter`, and within it what the question itself names: outlets, and days of publication. What
        the filter says already stands."""
        narrowed = filter
        if self.outlets and not filter.outlet:
            narrowed = replace(narrowed, outlet=self.outlets)
        if self.days and not filter.since and not filter.until:
            until = self.days.last + _TOLD_LATER
            narrowed = replace(narrowed, since=self.days.first.isoformat(), until=until.isoformat())
        return narrowed


def understand(text: str, *, as_of: datetime | None = None, outlets: Iterable[str] = ()) -> Asked:
    """What the question `text`, which stands alone, asks for.

    "Last week" is counted from `as_of`, by default now; `outlets` are the names of those whose articles are
    there to be asked of.
    """
    language = question_language(text)
    as_of = as_of or datetime.now(UTC)
    return Asked(
        text=text,
        language=language,
        form=_form(text, language),
        as_of=as_of,
        days=_days(text, language, as_of),
        outlets=_outlets(text, outlets),
        about_now=bool(_pattern(_NOW, language).search(text)),
    )


def parts_of(asked: Asked) -> list[str]:
    """The questions that one question joins: "Who resigned and when?" has two."""
    pieces = _pattern(_JOINED, asked.language).split(asked.text)
    return [piece.strip(" ,") for piece in pieces if piece.strip(" ,?؟¿")]


def _form(text: str, language: str) -> Form:
    plain = text.strip(" ¿?؟!.")
    if _pattern(_TIMELINE, language).search(plain):
        return "timeline"
    is_asking = _pattern(_ASKING, language).search(plain.rpartition(", ")[2] or plain)
    if _pattern(_YES_NO, language).match(plain) and (language == "en" or not is_asking):
        return "yes_no"
    if _pattern(_LIST, language).search(plain):
        return "list"
    return "fact"


def _days(text: str, language: str, as_of: datetime) -> Days | None:
    """The days of the question's only date; for what is to come the day of publication says nothing."""
    if re.search(_AHEAD, text):
        return None
    found = [
        Days(item.first, item.last, item.text)
        for item in resolve(text, as_of.isoformat(), language)
        if item.first <= as_of.date()
    ]
    for full in find_dates(text):
        day = date.fromisoformat(full.iso[:10])
        found.append(Days(day, day, text[full.start : full.end]))
    found += _whole_months(text)
    return found[0] if len(found) == 1 else None


def _whole_months(text: str) -> Iterable[Days]:
    """ "March 2031", "marzo de 2031"."""
    for match in _month_and_year().finditer(text):
        month, year = _MONTH_NAMES[match["month"].casefold()], int(match["year"])
        following = date(year + month // 12, month % 12 + 1, 1)
        yield Days(date(year, month, 1), following - timedelta(days=1), match[0])


def _outlets(text: str, outlets: Iterable[str]) -> tuple[str, ...]:
    """Those of `outlets` of which it asks: "according to the Ledger", "what did the Ledger report"."""
    asked = folded(text)
    return tuple(
        key
        for key in sorted({outlet_key(name) for name in outlets if name}, key=len, reverse=True)
        if key in asked and _asked_of(folded(key)).search(asked)
    )


@cache
def _asked_of(name: str) -> re.Pattern[str]:
    words = re.escape(name)
    return re.compile(
        rf"\b(?:according to|reported (?:by|in)|(?:written|published|said) (?:by|in)|segun|en|por)\s"
        rf"(?:the\s|el\s|la\s)?{words}(?!\w)"
        rf"|\b(?:did|does|do|has|had)\s(?:the\s)?{words}\s(?:newspaper\s)?(?:say|report|write|publish|claim|"
        rf"said|"
        rf"reported|written)|(?:بحسب|وفق|وفقا ل|حسب)\s?{words}"
    )


@cache
def _month_and_year() -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in sorted(_MONTH_NAMES, key=len, reverse=True))
    return re.compile(
        rf"(?<!\d\s)(?<!\d\sde\s)\b(?P<month>{names})\s(?:de\s|del\s)?(?P<year>(?:19|20)\d\d)\b",
        re.IGNORECASE,
    )


def _pattern(words: dict[str, str], language: str) -> re.Pattern[str]:
    return _compiled(words.get(language, words["en"]))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
