"""How sure a sentence is of what it tells: a fact, a possibility, a plan, or what somebody alleges.

>>> hedges("The minister is alleged to have sold the ferry.")
frozenset({'alleged'})
"""

import re
from functools import cache
from typing import Literal

Hedge = Literal["possible", "planned", "alleged"]

_HEDGES: dict[Hedge, str] = {
    "possible": (
        r"\b(?:may|might|could|possibly|perhaps|maybe|probably|likely|unlikely|potential(?:ly)?|appears?\sto|seems?\sto|appeared\sto|"
        r"seemed\sto|apparently|presumably|believed\sto|thought\sto|suspects?|suspected|would\sconsider|consider(?:s|ed|ing)?\s\w+ing|"
        r"quizás|quizá|tal\svez|podr[íi]an?|posiblemente|probablemente|puede\sque)\b"
        r"|(?<!\w)(?:ربما|قد(?=\s[يتن])|يمكن|يحتمل|من المحتمل|يرجح)(?!\w)"
    ),
    "planned": (
        r"\b(?:plan(?:s|ned|ning)?\s(?:to|for|on)|expect(?:s|ed)?\s(?:to|that)|is\sexpected|are\sexpected|set\sto|due\sto\s(?:be|open|close|start|begin|take|end|arrive|meet|vote|speak|appear|become|go|play|return|leave|visit)\b|intend(?:s|ed|ing)?\sto|"
        r"hop(?:e|es|ed|ing)\sto|aim(?:s|ed|ing)?\sto|want(?:s|ed)?\sto|seek(?:s|ing)?\sto|propos(?:e|es|ed|ing|al|als)|"
        r"scheduled\s(?:to|for)|threaten(?:s|ed|ing)?\sto|pledg(?:e|es|ed)\sto|promis(?:e|es|ed)\sto|vow(?:s|ed)?\sto|"
        r"would|will|going\sto|ambitions?\sto|"
        r"prev[ée]n?|planean?|espera\sque|pretenden?|propone)\b"
        r"|(?<!\w)(?:يعتزم|تعتزم|يخطط|تخطط|من المتوقع|من المقرر|سوف)(?!\w)"
    ),
    "alleged": (
        r"\b(?:reportedly|alleg\w+|accus\w+|purported(?:ly)?|supposed(?:ly)?|rumou?r(?:s|ed)?|unconfirmed|unverified|"
        r"said\sto\s(?:have|be)|reported\sto\s(?:have|be)|claim(?:s|ed|ing)?|suspected|according\sto\sunnamed|"
        r"presunt\w+|supuest\w+|acus\w+|habrían?)\b"
        r"|(?<!\w)(?:يزعم|زعم\w*|مزاعم|يتهم|اتهم\w*|المتهم|بحسب مزاعم)(?!\w)"
    ),
}
# "Will" and "would" tell a plan, but a plan told with them is no less certain than one told without.
_FIRM = r"\b(?:would|will)\b"
_ATTRIBUTES = (
    r"\b(?:said|says|say|told|tells|according\sto|claim(?:s|ed|ing)?|alleg\w+|accus\w+|report(?:s|ed)|reportedly|insist\w*|argu(?:es|ed)|"
    r"maintain(?:s|ed)|assert\w*|stated?|states|believes?|believed|suspect\w*|testified|wrote|writes|den(?:y|ies|ied)|"
    r"dijo|según|afirm\w+|asegur\w+|acus\w+|denunci\w+)\b"
    r"|(?<!\w)(?:قال\w*|وفقا|بحسب|ذكر\w*|أفاد\w*|زعم\w*|اتهم\w*|أعلن\w*)(?!\w)"
)


def hedges(text: str) -> frozenset[Hedge]:
    """In which ways `text` is less than sure."""
    patterns, _, _ = _compiled()
    # "May" with a capital is the month, unless it opens the sentence and no number follows.
    plain = re.sub(r"\bMay\b", " ", text)
    return frozenset(kind for kind, pattern in patterns.items() if pattern.search(plain))


def surer(sentence: str, quote: str) -> Hedge | None:
    """What `quote` says less surely than `sentence` does; None if the sentence hedges too or, where somebody
    alleges it, says that somebody does."""
    _, firm, attributes = _compiled()
    own = hedges(sentence)
    attributed = bool(attributes.search(sentence))
    for kind in sorted(hedges(firm.sub(" ", quote))):
        if kind in own:
            continue
        if kind == "alleged" and (attributed or own):
            continue
        if kind == "planned" and own & {"possible", "planned"}:
            continue
        if kind == "possible" and "alleged" in own:
            continue
        return kind
    return None


@cache
def _compiled() -> tuple[dict[Hedge, re.Pattern[str]], re.Pattern[str], re.Pattern[str]]:
    return (
        {kind: re.compile(pattern, re.IGNORECASE) for kind, pattern in _HEDGES.items()},
        re.compile(_FIRM, re.IGNORECASE),
        re.compile(_ATTRIBUTES, re.IGNORECASE),
    )
