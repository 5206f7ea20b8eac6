"""Whether two sentences go the same way: negation, and words that are each other's opposite.

>>> opposed("Did unemployment rise?", "Unemployment fell to 4 percent.")
True
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from index.language import folded
from rag.telling.clauses import clauses_of, nearest_clauses, stems

_NEGATIONS = {
    "en": (
        r"\b(?:not|cannot|never|no|none|nobody|nothing|nowhere|neither|nor|without|hardly|unable|refus(?:e|"
        r"es|ed|ing)"
        r"|fail(?:s|ed|ing)?\sto|declin(?:e|es|ed|ing)\sto|stopped\sshort\sof|ruled\sout|laugh\w*\soff|"
        r"far\sfrom)\b|n['’]t\b"
    ),
    "es": r"\b(?:no|nunca|jamás|ningun[oa]?|ningún|nadie|nada|ni|sin|tampoco|descart\w+|neg(?:ó|aron))\b",
    "ar": r"(?<!\w)[وف]?(?:لا|لم|لن|ليس\w*|ما|غير|بدون|دون|عدم|كلا)(?!\w)",
}
# What came to nothing: a negation where no opposite of theirs is at hand.
_UNDONE = {
    "en": (
        r"\b(?:reject\w*|turn(?:s|ed|ing)?\sdown|unfit|call(?:s|ed)\soff|cancel\w*|scrapp\w+|abandon\w*|"
        r"broke\sdown|fell\sthrough"
        r"|veto\w*|acquitt\w*|dismiss\w*)\b"
    ),
    "es": r"\b(?:rechaz\w+|cancel\w+|suspend\w+|anul\w+)\b",
    "ar": r"(?<!\w)[وف]?(?:رفض\w*|أ?لغ\w+)(?!\w)",
}
# "Not only", "no doubt", "no fewer than" and the like deny nothing.
_NO_NEGATION = (
    r"\bnot\s(?:only|just|least|to\smention|until)\b|\bno\s(?:doubt|longer\sthan|fewer|less|more\sthan|"
    r"later|sooner|one['’]s)\b"
    r"|\bnothing\sless\b|\bno\ssólo\b|\bno\ssolo\b|\bwithout\s(?:doubt|injury|warning|trial|charge)\b|"
    r"\bnon-\w+|\bNo\.\s?\d"
)
# Each line: words that go one way, and those that go the other; stems, as they begin.
_OPPOSITES = """
rise rose risen rising increas climb grew grow gain jump soar higher surg | \
fall fell fallen falling decreas drop declin shrank shrink lower plung slump sank sink
pass passes passed approv adopt back backed accept endors cleared waved agree agreed | \
reject fail failed defeat block blocked refus vetoed veto scrapp threw turned
guilty convict | acquit innocent cleared
found recover located discovered | missing lost unfound untraced
won win wins winning victory beat | lost lose loses losing defeat
open opens opened opening reopen | shut shuts closed closes closing close
start started begin began begun launch | stop stopped end ended halt halted
rais raised raises hike | cut cuts cutting lower slash
alive survived | dead died killed
safe fit drinkable | unsafe unfit contaminated
stay stays stayed remain remains | leave leaves left quit resign
allow allows allowed permit permitted legal lift lifted | \
ban bans banned forbid forbidden prohibit illegal imposed impose
support supports supported favour | oppose opposes opposed against
confirm confirms confirmed | deny denies denied
subio subir subieron aument crecio | bajo bajar bajaron cayo caer descend disminu
aprobo aprobar aprobada aprob | rechazo rechaz
ارتفع ارتفعت زاد زادت | انخفض انخفضت تراجع تراجعت هبط
وافق وافقت اقر اقرت | رفض رفضت
"""
_WORD = re.compile(r"[^\W\d_]+")
_NEGATED_WORDS = 5  # after a negation that it may be about
_SHORTEST_STEM = 6  # letters from which a listed word stands for all that begin with it


def negated(text: str, language: str = "en") -> bool:
    """True if `text` says in so many words that something is not so, or came to nothing."""
    plain = _no_negation().sub(" ", text)
    return any(_finds(words, plain, language) for words in (_NEGATIONS, _UNDONE))


def opposed(one: str, other: str, language: str = "en") -> bool:
    """True if the two go opposite ways: one of them is negated, or holds the opposite of a word of the other;
    not if both. Only those clauses count that speak of what the other does."""
    first, second = nearest_clauses(one, other), nearest_clauses(other, one)
    if turned(one, other):
        first, second = _turned_clauses(one, other), _turned_clauses(other, one)
        return _is_negation(first, language) == _is_negation(second, language)
    return negated(first, language) != negated(second, language)


def _turned_clauses(text: str, against: str) -> str:
    return " , ".join(clause for clause in clauses_of(text) if turned(clause, against)) or text


def _is_negation(text: str, language: str) -> bool:
    return _finds(_NEGATIONS, _no_negation().sub(" ", text), language)


def negates(text: str, matter: str, language: str = "en") -> bool:
    """True if what `text` negates is a word of `matter`: "has not met" negates meeting, and not the rest."""
    wanted = stems(matter)
    plain = _no_negation().sub(" ", text)
    patterns = [_compiled(words.get(language, words["en"])) for words in (_NEGATIONS, _UNDONE)]
    return any(
        stems(" ".join(plain[match.end() :].split()[:_NEGATED_WORDS])) & wanted
        for pattern in patterns
        for match in pattern.finditer(plain)
    )


def turned(one: str, other: str) -> bool:
    """True if one holds the opposite of a word of the other: risen, fallen."""
    first, second = _words(one), _words(other)
    for side, against in _opposites():
        ahead, behind = _holds(first, side), _holds(first, against)
        there_ahead, there_behind = _holds(second, side), _holds(second, against)
        if (ahead and not behind and there_behind and not there_ahead) or (
            behind and not ahead and there_ahead and not there_behind
        ):
            return True
    return False


class _Listed(NamedTuple):
    """Words that go one way, and those of them that stand for all words that begin with them."""

    words: frozenset[str]
    stems: tuple[str, ...]


def _holds(words: frozenset[str], listed: _Listed) -> bool:
    return not words.isdisjoint(listed.words) or any(word.startswith(listed.stems) for word in words)


def _words(text: str) -> frozenset[str]:
    words = _WORD.findall(folded(text))
    joined = (
        word[1:] for word in words if word[0] in "وف" and len(word) > 3
    )  # Arabic writes "and" to a word
    return frozenset([*words, *joined])


@cache
def _opposites() -> tuple[tuple[_Listed, _Listed], ...]:
    lines = [line.split("|") for line in _OPPOSITES.strip().splitlines()]
    return tuple((_listed(one.split()), _listed(other.split())) for one, other in lines)


def _listed(words: Sequence[str]) -> _Listed:
    return _Listed(frozenset(words), tuple(word for word in words if len(word) >= _SHORTEST_STEM))


def _finds(words: dict[str, str], text: str, language: str) -> bool:
    return bool(_compiled(words.get(language, words["en"])).search(text))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


@cache
def _no_negation() -> re.Pattern[str]:
    return re.compile(_NO_NEGATION, re.IGNORECASE)
