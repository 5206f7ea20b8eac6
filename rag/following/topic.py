"""The name that an answer is about, as it would be said in a question."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from index.language import folded
from index.schema import Article
from index.stopwords import EVERY_STOPWORD
from rag.asking.mentions import mentions

_READ = 8000  # characters of an article
_OFTEN = 3  # times that a name stands in an article which is about it
_SORTS = ("thing", "group", "place", "person", "name")
_QUOTED = re.compile(r"[“«\"][^”»\"]*[”»\"]")
_ADJECTIVE = re.compile(r"(?:an|ian|ish|ese|[aeo]ns)$")  # Venezuelan
_WHERE = {
    "en": r"(?:in|at|near|from|to|of|outside)\s(?:the\s)?",
    "es": r"(?:en|desde|a|de|cerca de)\s(?:el\s|la\s)?",
}


def topic_of(question: str, articles: Sequence[Article], language: str) -> str:
    """The main name in `question`, else in the headline of the first of `articles`, else the one that this
    mentions most; with the words that belong to it there ("the Sarrow Gorge dam"). No outlet, and no place
    where something merely happened. "" where there is none.
    """
    if language not in _WHERE:
        return ""
    text = articles[0].text[:_READ]
    own = folded(" ".join(f"{one.outlet} {one.author} {one.origin}" for one in articles))
    often = Counter(_names(text, language))
    candidates = [
        *_names(_QUOTED.sub(" ", question), language),
        *(name for name in _names(articles[0].title, language) if " " in name),
        *(name for name, times in often.most_common(_OFTEN) if times >= _OFTEN and " " in name),
    ]
    for name in candidates:
        is_doubtful = " " not in name and (often[name] < _OFTEN or _ADJECTIVE.search(name))
        if folded(name) in own or is_doubtful:
            continue
        if said := _as_said(name, text, language):
            return said
    return ""


def _names(text: str, language: str) -> Iterator[str]:
    found = [each.text for each in mentions(text, language) if each.sort in _SORTS and each.text[0].isupper()]
    yield from sorted(found, key=lambda name: " " not in name)


def _as_said(name: str, text: str, language: str) -> str:
    """The name with the article before it and the noun beside it, if it mostly has them in `text`; "" if it
    is but where things happen, or a word that begins a sentence."""
    escaped = rf"{re.escape(name)}(?!\w)"
    total = len(re.findall(rf"(?<!\w){escaped}", text))
    if not re.search(rf"[\w,]\s{escaped}", text):
        return ""
    with_noun = _spanish(escaped, text) if language == "es" else _english(escaped, text)
    if with_noun:
        return with_noun
    places = len(re.findall(rf"\b{_WHERE[language]}{escaped}", text))
    if 2 * places >= total or any(each.sort == "place" for each in mentions(name, language)):
        return ""
    the = {"en": r"\bthe\s", "es": r"\b(?:el|la|los|las)\s"}[language]
    before = Counter(said.lower() for said in re.findall(rf"{the}(?={escaped})", text, re.IGNORECASE))
    usual, times = max(before.items(), key=lambda item: item[1], default=("", 0))
    return f"{usual}{name}" if 2 * times >= total else name


def _english(escaped: str, text: str) -> str:
    """ "the Sarrow Gorge dam"."""
    found = re.findall(rf"(?<!\w)(the\s)?({escaped})(\s[a-z]{{3,}})?", text, re.IGNORECASE)
    after, times = Counter(after for *_, after in found).most_common(1)[0] if found else ("", 0)
    if not after or times < 2 or 2 * times <= len(found) or after.strip() in EVERY_STOPWORD:
        return ""
    the = "the " if any(the for the, _, one in found if one == after) else ""  # headlines leave it out
    return f"{the}{found[0][1]}{after}"


def _spanish(escaped: str, text: str) -> str:
    """ "la desaladora de Punta Garzal"."""
    found = re.findall(rf"(?<!\w)((?:el|la|los|las)\s\w+\sde\s)?({escaped})", text, re.IGNORECASE)
    before, times = Counter(before.lower() for before, _ in found).most_common(1)[0] if found else ("", 0)
    return f"{before}{found[0][1]}" if before and times > 1 and 2 * times > len(found) else ""
