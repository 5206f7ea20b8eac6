"""Who says what a sentence tells: "Oxleth said", "according to four sources", "dijo la alcaldesa".

The words are given as they stand in the article. "He said" is followed back to whom the sentences before it
name; where that is not one person alone, nobody is given.
"""

import re
from functools import cache

from index.schema import Article, Span

_BACK = 600  # characters before a sentence in which the one meant by "he" is looked for
_LONGEST = 90  # characters of a speaker
_SAYING = (
    r"said|says|say|told|tells|added|adds|wrote|writes|explained|explains|announced|announces|denied|denies|"
    r"deny|stated|states|"
    r"insisted|insists|argued|argues|warned|warns|claimed|claims|confirmed|confirms|admitted|admits|declared|"
    r"replied|replies|answered|noted|notes|acknowledged|maintained|maintains|rejected|rejects|dismissed|"
    r"dismisses|"
    r"reported|reports|estimated|estimates|believes|thinks|recalled|recalls|testified|tweeted|posted|"
    r"conceded|"
    r"stressed|suggested|suggests|asked|called|described|refuted|refutes|disputed|disputes|accused|accuses|"
    r"contends|"
    r"promised|predicted|predicts|concluded|commented|complained|pledged|found|revealed|mentioned|indicated|"
    r"read|reads"
)
_NOUN_PHRASE = (
    r"(?:[Tt]he\s|[Aa]n?\s|[Oo]ne\s|[Ii]ts\s|[Hh]is\s|[Hh]er\s|[Tt]heir\s)?(?:[\w’'.&-]+\s){0,6}?[\w’'&-]+"
)
_NAME = r"[A-ZÀ-Þ][\w’'-]+(?:\s(?:de|del|la|van|von|bin|al|of|the)\s[A-ZÀ-Þ][\w’'-]+|\s[A-ZÀ-Þ][\w’'.-]*)*"
_PATTERNS = {
    "en": (
        rf"\b[Aa]ccording to (?P<who>(?:a |an |the )?[^,.;:“”\"]{{2,{_LONGEST}}}?)(?=\s(?:who|which|whose|"
        rf"with knowledge)\b|[,.;:“”\"]|$)",
        rf"[”\"’]\s(?:{_SAYING})\s(?P<who>{_NAME}|the\s[\w’'-]+(?:\s[\w’'-]+){{0,4}}?)(?=[,.;:]|\s(?:in|on|"
        rf"at|to|who|during|after|when|of)\b|$)",
        rf"(?:^|[,;:]\s|[”\"]\s|\bthat\s|\band\s|\bbut\s|\bwhile\s|\bas\s)(?P<who>{_NOUN_PHRASE})"
        rf"(?:,\s[^,.“”\"]{{2,80}},)?\s(?:has\s|have\s|had\s|also\s|later\s|then\s|categorically\s|"
        rf"repeatedly\s|on\s\w+day\s){{0,3}}(?:{_SAYING})\b",
    ),
    "es": (
        rf"\b[Ss]egún (?:informó |dijo |explicó |afirmó )?(?P<who>[^,.;:«»]{{2,{_LONGEST}}}?)(?=[,.;:«»]|$)",
        rf"(?:^|[.,»]\s)(?P<who>(?:El|La|Los|Las|{_NAME})[^,.;:«»]{{0,70}}?)(?:,[^,.«»]{{2,80}},)?\s"
        r"(?:dijo|declaró|afirmó|aseguró|explicó|señaló|negó|indicó|añadió|sostiene|considera|desmintió|"
        r"rechazó|asegura|niega)\b",
        r"(?:dijo|declaró|afirmó|aseguró|explicó|señaló|negó|indicó|añadió|sostuvo|manifestó|advirtió|"
        r"reconoció|recordó|"
        r"informó|desmintió|rechazó)\s(?!(?:no\s)?(?:haber|ser|estar|tener)\b)"
        rf"(?P<who>(?:el|la|los|las|un|una)?\s?[^,.;:«»]{{2,{_LONGEST}}}?)"
        r"(?=[,.;:«»]|\s(?:durante|en|que|a\slos|tras)\b|$)",
    ),
    "ar": (
        r"(?<!\w)[وف]?(?:قالت?|أكدت?|نفت?ى?|أوضحت?|ذكرت?|صرحت?|أعلنت?|أضافت?|كشفت?|أفادت?)\s"
        r"(?P<who>\w+(?:\s\w+){0,3}?)(?=\s(?:إن|أن|أنه|أنها|في|خلال|عن)(?!\w)|[:،.,]|$)",
        r"(?:وفقا?ً? ?لـ?|بحسب|حسب)\s?(?P<who>\w+(?:\s\w+){0,3}?)(?=[،.,]|$)",
    ),
}
_PRONOUNS = {"he", "she", "they", "it", "who", "i", "we", "you", "él", "ella", "ellos", "هو", "هي"}
_NO_PHRASE = re.compile(
    r"\b(?:has|have|had|not|been|was|were|is|are|be|and|that|never|than|if|que|se|le)\b|^\W*$", re.IGNORECASE
)
_TRAILING = re.compile(r"(?:\s(?:\w+ly|herself|himself|itself|themselves|also|later|then|too|mismo|misma))+$")
_NOBODY = re.compile(
    r"^(?:this|that|these|those|which|what|there|nobody|no one|nothing|everyone|some|many|both|all|others?|"
    r"not|never|also|later|officially|reportedly|previously)$|^\W*$",
    re.IGNORECASE,
)
_OPENERS = re.compile(
    r"^(?:and|but|while|as|when|after|before|however|meanwhile|yesterday|today|on \w+day|in \w+|still|yet|"
    r"so|then|later|"
    r"instead|asked [^,]*|that|because|although|though)\s+",
    re.IGNORECASE,
)
_PERSON = re.compile(_NAME)


def speaker(span: Span) -> str:
    """Who says it, in the article's own words; "" where the sentence does not tell.

    >>> text = "“It is fiction,” government spokeswoman Ruvane Oxleth told reporters."
    >>> speaker(Span(Article(key="a", source="a", text=text, language="en"), 0, len(text)))
    'government spokeswoman Ruvane Oxleth'
    """
    language = span.article.language if span.article.language in _PATTERNS else "en"
    found = _named(span.text, language)
    if found.casefold() in _PRONOUNS:
        return _meant(span.article, span.start, language)
    return found


def _named(text: str, language: str) -> str:
    for pattern in _patterns(language):
        for match in pattern.finditer(text):
            who = _TRAILING.sub("", _OPENERS.sub("", match["who"].strip(" ,.’'")))
            if _is_somebody(who) and not _in_quotation(text, match.start("who")):
                return who
    return ""


def _is_somebody(who: str) -> bool:
    return len(who) <= _LONGEST and not _NOBODY.search(who) and not _NO_PHRASE.search(who)


def _in_quotation(text: str, place: int) -> bool:
    before = text[:place]
    return before.count("“") > before.count("”") or before.count("«") > before.count("»")


def _meant(article: Article, before: int, language: str) -> str:
    """The one speaker or person named shortly before, if there is but one."""
    text = article.text[max(0, before - _BACK) : before].rpartition("\n\n")
    for paragraph in (text[2], text[0].rpartition("\n\n")[2]):
        sentences = re.split(r"(?<=[.!?”\"])\s+", paragraph.strip())
        for sentence in reversed(sentences):
            who = _named(sentence, language)
            if who and who.casefold() not in _PRONOUNS:
                return who
        people = {
            name for match in _PERSON.finditer(paragraph) if " " in (name := _OPENERS.sub("", match[0]))
        }
        if len(people) == 1:
            return people.pop()
    return ""


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in _PATTERNS[language])
