"""Whether two sentences go the same way: negation, and words that are each other's opposite.

>>> opposed("Did unemployment rise?", "Unemployment fell to 4 percent.")
True
"""

import re
from functools import cache

from index.language import folded

_NEGATIONS = {
    "en": (
        r"\b(?:not|cannot|never|no|none|nobody|nothing|nowhere|neither|nor|without|hardly|unable|refus(?:e|es|ed|ing)"
        r"|fail(?:s|ed|ing)?\sto|declin(?:e|es|ed|ing)\sto|stopped\sshort\sof|ruled\sout|laugh\w*\soff|far\sfrom"
        r"|reject\w*|turn(?:s|ed|ing)?\sdown|unfit|call(?:s|ed)\soff|cancel\w*|scrapp\w+|abandon\w*|broke\sdown|fell\sthrough"
        r"|veto\w*|acquitt\w*|dismiss\w*)\b|n['’]t\b"
    ),
    "es": r"\b(?:no|nunca|jamás|ningun[oa]?|ningún|nadie|nada|ni|sin|tampoco|descart\w+|neg(?:ó|aron))\b",
    "ar": r"(?<!\w)[وف]?(?:لا|لم|لن|ليس\w*|ما|غير|بدون|دون|عدم|كلا)(?!\w)",
}
# "Not only", "no doubt", "no fewer than" and the like deny nothing.
_NO_NEGATION = (
    r"\bnot\s(?:only|just|least|to\smention|until)\b|\bno\s(?:doubt|longer\sthan|fewer|less|more\sthan|later|sooner|one['’]s)\b"
    r"|\bnothing\sless\b|\bno\ssólo\b|\bno\ssolo\b|\bwithout\s(?:doubt|injury|warning|trial|charge)\b|\bnon-\w+|\bNo\.\s?\d"
)
# Each line: words that go one way, and those that go the other; stems, as they begin.
_OPPOSITES = """
rise rose risen rising increas climb grew grow gain jump soar higher surg | fall fell fallen falling decreas drop declin shrank shrink lower plung slump sank sink
pass passes passed approv adopt back backed accept endors cleared waved agree agreed | reject fail failed defeat block blocked refus vetoed veto scrapp threw turned
guilty convict | acquit innocent cleared
found recover located discovered | missing lost unfound untraced
won win wins winning victory beat | lost lose loses losing defeat
open opens opened opening reopen | shut shuts closed closes closing close
start started begin began begun launch | stop stopped end ended halt halted
rais raised raises hike | cut cuts cutting lower slash
alive survived | dead died killed
safe fit drinkable | unsafe unfit contaminated
stay stays stayed remain remains | leave leaves left quit resign
allow allows allowed permit permitted legal lift lifted | ban bans banned forbid forbidden prohibit illegal imposed impose
support supports supported favour | oppose opposes opposed against
confirm confirms confirmed | deny denies denied
subio subir subieron aument crecio | bajo bajar bajaron cayo caer descend disminu
aprobo aprobar aprobada aprob | rechazo rechaz
ارتفع ارتفعت زاد زادت | انخفض انخفضت تراجع تراجعت هبط
وافق وافقت اقر اقرت | رفض رفضت
"""
_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST_STEM = 6  # letters from which a listed word stands for all that begin with it


def negated(text: str, language: str = "en") -> bool:
    """True if `text` says in so many words that something is not so."""
    negation = _negation(language)
    return bool(negation.search(_no_negation().sub(" ", text)))


def opposed(one: str, other: str, language: str = "en") -> bool:
    """True if the two go opposite ways: one of them is negated, or holds the opposite of a word of the other;
    not if both."""
    return _turned(one, other) != (negated(one, language) != negated(other, language))


def _turned(one: str, other: str) -> bool:
    first, second = _words(one), _words(other)
    for side, against in _opposites():
        ahead, behind = _holds(first, side), _holds(first, against)
        there_ahead, there_behind = _holds(second, side), _holds(second, against)
        if (ahead and not behind and there_behind and not there_ahead) or (
            behind and not ahead and there_ahead and not there_behind
        ):
            return True
    return False


def _holds(words: frozenset[str], listed: tuple[str, ...]) -> bool:
    return any(
        word == entry or (len(entry) >= _SHORTEST_STEM and word.startswith(entry))
        for word in words
        for entry in listed
    )


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(folded(text)))


@cache
def _opposites() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    lines = [line.split("|") for line in _OPPOSITES.strip().splitlines()]
    return tuple((tuple(one.split()), tuple(other.split())) for one, other in lines)


@cache
def _negation(language: str) -> re.Pattern[str]:
    return re.compile(_NEGATIONS.get(language, _NEGATIONS["en"]), re.IGNORECASE)


@cache
def _no_negation() -> re.Pattern[str]:
    return re.compile(_NO_NEGATION, re.IGNORECASE)
