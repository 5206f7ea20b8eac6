"""What in a question leans on something said before: pronouns that nothing in it explains, and fragments.

>>> [pronoun.word for pronoun in loose_pronouns("Did the mayor say that he knew them?", "en")]
['them']
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from index.stopwords import STOPWORDS
from rag.asking.mentions import OFFICES, mentions, words

Means = Literal["person", "group", "thing"]

_PRONOUNS = 12  # looked at in one question; no earnest one has more
_OPENER = {
    "en": re.compile(r"(?:(?:and|but|so(?!\s(?:far|many|much)\b))\b[\s,]*)+(?=\w)", re.IGNORECASE),
    "es": re.compile(r"(?P<mark>[¿¡\s]*)(?:(?:y|e|pero|entonces)\b[\s,]*)+(?=\w)", re.IGNORECASE),
    "ar": re.compile(
        r"(?:ولكن|لكن|و)[\s،]+(?=\w)|و(?=(?:متى|أين|اين|كيف|لماذا|ماذا|ما|من|كم|هل|أي|بماذا|لمن)\b)"
    ),
}
_ABOUT = {
    "en": re.compile(r"(?:what|how) about\s", re.IGNORECASE),
    "es": re.compile(r"[¿\s]*qué (?:tal|hay de|pasa con)\s", re.IGNORECASE),
    "ar": re.compile(r"(?:و?ماذا عن)\s"),
}
_TOPICLESS = {
    "en": "exactly else really sure please long often far much big large tall high fast late early one "
    "ones year day month week time place then later afterwards go ahead true come somebody someone anyone "
    "anything",
    "es": "exactamente tiempo vez veces año día mes luego después entonces verdad grande lejos "
    "alguien algo más",
    "ar": "بالضبط أيضا وماذا ومن ومتى وأين وكيف ولماذا وكم وهل متى أين لمن بماذا",
}
_AUXILIARIES = words(
    "is are was were be been am do does did has have had will would can could may might shall should must "
    "isn aren wasn weren don doesn didn hasn haven hadn won wouldn can couldn shouldn"
)
_PREPOSITION = {
    "en": r"(?:in|on|at|by|for|from|to|with|since|until|till|before|after|during|about|of|near)\s",
    "es": r"(?:en|a|al|de|del|por|para|con|desde|hasta|antes de|después de|durante|sobre)\s",
}
_ENGLISH = re.compile(
    r"\b(?P<subject>he|she|they)\b|\b(?P<owner>his|hers|theirs|their|its)\b|\b(?P<object>him|them|it|there)\b|"
    r"\b(?P<her>her)\b|\b(?P<this>this|these)\b|\b(?P<that>that|those)\b",
    re.IGNORECASE,
)
_MEANS: dict[str, Means] = {
    **dict.fromkeys(("he", "she", "him", "her", "his", "hers", "él", "ella"), "person"),
    **dict.fromkeys(("they", "them", "their", "theirs", "ellos", "ellas"), "group"),
}
_BOUNDARY = re.compile(
    r"\b(?:that|when|why|if|whether|where|how|what|who|which|because|after|before|and|but|as|while|than|since|"
    r"until|que|cuando|si|porque|y|pero|donde)\b|[,;]",
    re.IGNORECASE,
)
_DUMMY_IT = re.compile(
    r"\b(?:is|was|will|would|does|did|be)\sit\s(?:be\s)?[\w-]+\s(?:that|to|for|if|when|whether)\b|"
    r"\bit\s(?:really\s)?(?:take|takes|took|cost|costs)\b.*\sto\s|\bit\s(?:rain|snow)\w*",
    re.IGNORECASE,
)
_IS_THERE = re.compile(
    r"\b(?:is|are|was|were|be|been|will|has|have|had)\sthere\s\w|\bthere\s(?:is|are|was|were|be|been)\b|"
    r"\bare\sthere\b",
    re.IGNORECASE,
)
_THIS_TIME = re.compile(
    r"(?:\spast|\slast|\scoming|\svery)?\s(?:year|month|week|morning|afternoon|evening|season|spring|summer|autumn|"
    r"fall|winter|time|weekend|century|decade|day|january|february|march|april|may|june|july|august|september|"
    r"october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday)s?\b",
    re.IGNORECASE,
)
_BEFORE_THAT = re.compile(
    r"\b(?:is|was|are|were|does|did|do|has|had|will|would|can|could|about|of|after|before|for|with|by|from|since|"
    r"in|at|on|to|like|than)\s$",
    re.IGNORECASE,
)
_SAYS = (
    r"(?:say|says|said|claim|deny|admit|think|believe|promise|insist|argue|hope|fear|know|ask|want|explain)\b"
)
_SAYER = re.compile(
    rf"\b(?:the|an?)\s(?:[\w-]+\s){{1,3}}{_SAYS}|"
    rf"(?:\b(?:an?|his|her|their|its|whose)|['’]s)\s(?:[\w-]+\s){{0,2}}?(?:{OFFICES['en']})\b",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    r"\b(?:do|did|are|were|have|had|will|can|some|most|all|many|these)\s(?:[a-z]+\s)?(?:people|[a-z]{2,}[^\Wsui_]s)\b",
    re.IGNORECASE,
)
_ANYONE = re.compile(r"\b(?:(?:any|some|every|no)(?:one|body)|each|every)\b", re.IGNORECASE)
_ANYONE_OWNS = re.compile(rf"{_ANYONE.pattern}|\bwho\b(?!\s(?:is|are|was|were)\b)", re.IGNORECASE)
_NOUN = re.compile(r"\b(?:the|an?|which|what|how\smany)\s(?P<noun>[\w-]+)", re.IGNORECASE)
_NOT_OWNED = words("last next yesterday today tonight again first later there earlier then money")
_ARTICLE_ES = r"(?:el|la|los|las|un|una|unos|unas|al|del|cada|otro|otra)\s"
_VERB_ES = r"(?:[\w]+(?:ó|ron|ba|ban|ía|ían|rá|rán|jo|vo|izo|ndo)|ha|han|había|fue|era)\b"
_NOUN_ES = re.compile(rf"\b{_ARTICLE_ES}(?!{_VERB_ES})\w+", re.IGNORECASE)
_SUBJECT_ES = re.compile(
    rf"[¿\s]*(?:\w+\s)?(?:quién(?:es)?\b|(?:qué|cuánt[oa]s|cuál(?:es)?)\s(?!{_VERB_ES}|se\b|lo\b|le\b)\w)",
    re.IGNORECASE,
)
_SPANISH = re.compile(
    rf"\b(?:(?P<person>él|ella|ellos|ellas)|(?P<thing>eso|esto|allí|ahí|sus?|lo(?!\s(?:que|más|mismo|cual)\b)|"
    rf"(?:la|los|las)(?=\s{_VERB_ES})))\b",
    re.IGNORECASE,
)
_ARABIC = re.compile(
    r"\b(?:هو|هي|هم|هما|هن|ذلك|تلك|هناك|هنالك|(?:هذا|هذه)(?!\s(?:ال|العام|الشهر))|"
    r"معه|عنه|منه|له|فيه|به|إليه|عليه|"
    r"(?!ال|[وفبك]ال|لل|(?:درهم|متهم|أسهم|مساهم|فيهم)\b)\w{2,}(?:ها|هم|هما|ته))\b"
)
_NOUN_AR = re.compile(r"(?<!\bهذا )(?<!\bهذه )\b[وفبك]?(?:ال|لل)\w{3,}")


@dataclass(frozen=True)
class Pronoun:
    """A pronoun whose meaning stands outside the question. `owns` if it is a possessive; `to_replace` if
    whom it means may be put in its place."""

    word: str
    start: int
    end: int
    means: Means
    owns: bool = False
    to_replace: bool = True


def without_opener(question: str, language: str) -> str:
    """The question without its "And", written with a capital again."""
    match = _OPENER[language].match(question)
    if not match:
        return question
    mark = match["mark"] if "mark" in match.groupdict() else ""
    rest = question[match.end() :]
    return mark + rest[0].upper() + rest[1:]


def subject_of_fragment(question: str, language: str) -> str:
    """What "What about Velloway?", "In March?" or "The mayor?" is about, without the words around it."""
    text = _ABOUT[language].sub("", question, count=1).strip(" ¿?؟!.")
    if language in _PREPOSITION:
        text = re.sub(rf"^{_PREPOSITION[language]}", "", text, flags=re.IGNORECASE)
    return text


def is_fragment(question: str, language: str) -> bool:
    """True if the question is no whole one: "Why?", "How many?", "In March?", "The mayor?", "What about X?",
    and in Spanish and Arabic a verb whose subject is left out."""
    spoken = [word.casefold() for word in re.findall(r"\w+", question)]
    topicless = STOPWORDS[language] | set(_TOPICLESS[language].split())
    if _ABOUT[language].match(question) or all(word in topicless for word in spoken):
        return True
    plain = question.strip(" ¿?؟!.")
    if language == "es":
        opens = len(spoken) < 4 and re.match(_PREPOSITION["es"], plain, re.IGNORECASE)
        found = mentions(plain, "es")
        whole = _NOUN_ES.fullmatch(plain) or any(mention.text == plain for mention in found)
        if opens or (whole and "?" in question):
            return True
        return not (found or _NOUN_ES.search(plain) or _SUBJECT_ES.match(plain))
    if language == "ar":
        return len(spoken) < 3 and spoken[0] not in ("من", "ما") and not _NOUN_AR.search(plain)
    if _AUXILIARIES & set(spoken):
        return False
    if spoken[0] in ("how", "when", "where", "why", "which") and len(spoken) < 4:
        return True
    short = len(spoken) < 3 if spoken[0] == "what" else len(spoken) < 6
    opens = re.match(rf"{_PREPOSITION['en']}|what\s|the\s(?!\w+\s\w+\s\w+\s)", plain, re.IGNORECASE)
    named = any(mention.text == plain for mention in mentions(plain, "en"))
    return short and bool(named or opens) and (question.rstrip().endswith("?"))


def loose_pronouns(question: str, language: str) -> list[Pronoun]:
    """The pronouns of the question that nothing before them in it explains, in order."""
    if language == "es":
        return list(_loose_spanish(question))
    if language == "ar":
        return [
            Pronoun(match[0], *match.span(), "thing", to_replace=False)
            for match in islice(_ARABIC.finditer(question), _PRONOUNS)
            if not _NOUN_AR.search(question[: match.start()])
        ]
    return list(_loose_english(question))


def _loose_english(question: str) -> Iterator[Pronoun]:
    for match in islice(_ENGLISH.finditer(question), _PRONOUNS):
        word, (start, end), kind = match[0].casefold(), match.span(), match.lastgroup
        means = _MEANS.get(word, "thing")
        following = re.match(r"\s([^\W\d_]+)", question[end:])
        after = following[1].casefold() if following else ""
        owns = kind == "owner" or (
            kind == "her" and (after == "own" or after not in {"", *STOPWORDS["en"], *_NOT_OWNED})
        )
        if means == "thing" and _means_nothing(question, word, start, end):
            continue
        before = question[:start]
        explained = _explained(before, means, owns=owns)
        near = owns or kind == "subject"
        if explained is not None and (near or _BOUNDARY.search(question[explained:start])):
            continue
        if _explained_later(question, start, means):
            continue
        noun = min(_things(before), default=start) if means == "person" else start
        doubtful = noun < start and bool(near or _BOUNDARY.search(question[noun:start]))
        yield Pronoun(match[0], start, end, means, owns, means != "thing" and not doubtful)


def _means_nothing(question: str, word: str, start: int, end: int) -> bool:
    """True for "it is true that", "there are", "this year" and "said that he"."""
    before, after = question[:start], question[end:]
    if word == "it":
        return any(match.start() <= start < match.end() for match in _DUMMY_IT.finditer(question))
    if word == "there":
        return any(match.start() <= start < match.end() for match in _IS_THERE.finditer(question))
    if word in ("this", "these"):
        return bool(_THIS_TIME.match(after))
    if word in ("that", "those"):
        ends = re.match(r"\s*(?:$|[?.,;!]|(?:and|or|so|then)\b)", after)
        return bool(re.match(r"\swho\b", after)) or not (ends or _BEFORE_THAT.search(before))
    return False


def _explained(before: str, means: Means, *, owns: bool = False) -> int | None:
    """Where the first words end in `before` that a pronoun after them may stand for; None if none may."""
    if means == "thing":
        return min(_things(before), default=None)
    sorts = ("person", "name") if means == "person" else ("group", "name")
    ends = [mention.end for mention in mentions(before, "en") if mention.sort in sorts]
    ends += [match.end() for match in (_SAYER if means == "person" else _SEVERAL).finditer(before)]
    ends += [match.end() for match in (_ANYONE_OWNS if owns else _ANYONE).finditer(before)]
    return min(ends, default=None)


def _explained_later(question: str, start: int, means: Means) -> bool:
    """True for "After he resigned, what did the mayor do?"."""
    if not re.match(r"(?:after|before|when|while|since|once|although|if|as)\b", question, re.IGNORECASE):
        return False
    comma = question.find(",", start)
    return comma > 0 and means == "person" and _explained(question[comma + 1 :], means) is not None


def _things(before: str) -> list[int]:
    """Where nouns and names end that are nobody's."""
    found = mentions(before, "en")
    people = [mention for mention in found if mention.sort == "person"]
    ends = [
        match.end()
        for match in _NOUN.finditer(before)
        if match["noun"].casefold() not in STOPWORDS["en"]
        and not any(person.start <= match.start() < person.end for person in people)
    ]
    return ends + [mention.end for mention in found if mention.sort in ("group", "place", "thing", "name")]


def _loose_spanish(question: str) -> Iterator[Pronoun]:
    for match in islice(_SPANISH.finditer(question), _PRONOUNS):
        word, (start, end) = match[0].casefold(), match.span()
        before = question[:start]
        nouns = [found.end() for found in _NOUN_ES.finditer(before)]
        ends = nouns + [
            mention.end for mention in mentions(before, "es") if mention.sort in ("person", "name")
        ]
        if ends and (
            match["person"] or word.startswith("su") or _BOUNDARY.search(question[min(ends) : start])
        ):
            continue
        yield Pronoun(match[0], start, end, _MEANS.get(word, "thing"), to_replace=word in ("él", "ella"))
