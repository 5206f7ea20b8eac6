"""Make a follow-up question stand alone: "and when did she deny it?" needs what was asked before.

>>> standalone("And when did she deny it?", [Turn("Did Ilse Tarnowick lead the talks?")])
'When did Ilse Tarnowick deny it? (about: Did Ilse Tarnowick lead the talks?)'
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.errors import InputError
from index.language import question_language
from index.stopwords import STOPWORDS
from rag.asking.leaning import Pronoun, is_fragment, loose_pronouns, subject_of_fragment, without_opener
from rag.asking.mentions import NAMES, Mention, Sort, alone, mentions
from rag.schema import Turn

MAX_QUESTION = 2000  # characters
_REMEMBERED = 5  # earlier questions that a follow-up may lean on, each on the one before
_ABOUT = {"en": "about", "es": "sobre", "ar": "عن"}
_FITTING: dict[str, tuple[Sort, ...]] = {"person": ("person", "name"), "group": ("group", "name")}
_BARE = {
    "en": r"(?P<asks>why|when|where|how)(?:\sexactly)?$",
    "es": r"(?P<asks>por qué|cuándo|dónde|cómo)(?:\sexactamente)?$",
}
_ASKS_HOW = {
    "en": r"(?:why|when|where|how)(?=\s(?:did|does|do|is|are|was|were|has|have|had|will|would|can|could)\b)",
    "es": r"(?<=¿)(?:por qué|cuándo|dónde|cómo)\b",
}
_SPEAKS = r"said|says|told|according to|dijo|afirmó|según"


@dataclass(frozen=True)
class _Understood:
    """A question as far as it can be made to stand alone.

    `about` is the nearest question that stands alone and `between` the one after it that this one follows;
    both are empty where `text` holds all that it needs. `leans` if something in `text` still means them.
    """

    text: str
    about: str = ""
    between: str = ""
    leans: bool = False

    def shown(self, language: str) -> str:
        """As a reader is shown it, within the limit of a question."""
        context = " ".join(filter(None, (self.about, self.between)))
        room = MAX_QUESTION - len(self.text) - len(f" ({_ABOUT[language]}: )")
        if len(context) > room:
            context = context[: max(room - 1, 0)].rpartition(" ")[0]
            context = f"{context}…" if context else ""
        return f"{self.text} ({_ABOUT[language]}: {context})" if context else self.text


def check_question(question: str) -> str:
    """The question without outer space. Raises InputError if it is empty or too long."""
    stripped = question.strip()
    if not stripped:
        raise InputError("the question is empty: write one")
    if len(stripped) > MAX_QUESTION:
        raise InputError(
            f"the question is {len(stripped):,} characters long; shorten it to {MAX_QUESTION:,} at most"
        )
    if any("\ud800" <= character <= "\udfff" for character in stripped):
        raise InputError("the question holds bytes that are not text: write it in UTF-8")
    if not any(character.isalnum() for character in stripped):
        raise InputError(f"the question {stripped[:40]!r} holds no word: write one in words")
    return stripped


def standalone(question: str, history: Sequence[Turn]) -> str:
    """The question as it reads without the ones before it; itself, if it stands alone.

    A pronoun gives way to the one person or body that it can mean, and "What about X?" becomes the earlier
    question asked of X. Where the words of what it leans on are still missing, they follow in brackets.
    """
    asked = [
        Turn(" ".join(turn.question.split())[:MAX_QUESTION], turn.answer)
        for turn in history
        if turn.question.strip()
    ]
    shown = _understood(question, asked[-_REMEMBERED:]).shown(question_language(question))
    return shown if len(shown) <= MAX_QUESTION else question


def _understood(question: str, history: Sequence[Turn]) -> _Understood:
    language = question_language(question)
    text = without_opener(question, language)
    pronouns = loose_pronouns(text, language)
    fragment = is_fragment(text, language)
    if not history or (text == question and not pronouns and not fragment):
        return _Understood(question)
    before = _understood(history[-1].question, history[:-1])
    if fragment and (moved := _asked_otherwise(text, before, language) or _asked_of(text, before, language)):
        return moved
    text, replaced = _with_names(text, pronouns, before, history[-1].answer)
    return _in_context(text, before, leans=is_fragment(text, language) or replaced < len(pronouns))


def _in_context(text: str, before: _Understood, *, leans: bool) -> _Understood:
    """`text` with what it follows, as far as its own words don't say it already."""
    about, between = (before.about, before.text) if before.about and before.leans else (before.text, "")
    if not _content(between) - _content(f"{text} {about}"):
        between = ""
    if not leans and not _content(f"{about} {between}") - _content(text):
        return _Understood(text)
    return _Understood(text, about, between, leans)


def _asked_otherwise(text: str, before: _Understood, language: str) -> _Understood | None:
    """ "Why?" after "When did the mayor resign?": "Why did the mayor resign?"."""
    bare = re.match(_BARE[language], text.strip(" ¿?!."), re.IGNORECASE) if language in _BARE else None
    if not bare or question_language(before.text) != language:
        return None
    asks = bare["asks"] if language == "en" else bare["asks"].capitalize()
    moved, count = re.subn(_ASKS_HOW[language], asks, before.text, count=1, flags=re.IGNORECASE)
    if not count or not re.match(rf"[¿\s]*{re.escape(asks)}", moved):
        return None
    return _Understood(moved, before.about, before.between, before.leans)


def _asked_of(text: str, before: _Understood, language: str) -> _Understood | None:
    """ "What about Velloway?" after "Who leads Drennick?": "Who leads Velloway?"."""
    earlier = before.about if before.about and before.leans else before.text
    subject = subject_of_fragment(text, language)
    new = next((each for each in mentions(text, language) if _is_whole(each, subject)), None)
    if not new or new.text in earlier:
        return None
    old = _counterpart(new, mentions(earlier, question_language(earlier)))
    if not old:
        return None
    opens = not earlier[: old.start].strip(" ¿")
    wording = re.sub(
        r"^(?:the|el|la)\b", lambda the: the[0].title() if opens else the[0].lower(), new.text, flags=re.I
    )
    return _Understood(f"{earlier[: old.start]}{wording}{earlier[old.end :]}")


def _is_whole(mention: Mention, subject: str) -> bool:
    """True if nothing but `mention`, and an article before its name, is in `subject`."""
    folded = subject.casefold()
    return mention.text.casefold() == (folded.removeprefix("the ") if mention.after_the else folded)


def _counterpart(new: Mention, found: Sequence[Mention]) -> Mention | None:
    """The one mention of the same sort as `new`; for a name of unknown sort the only name there is."""
    same = [each for each in found if each.sort == new.sort and each.after_the == new.after_the]
    if new.sort in NAMES and new.sort != "thing" and not same:
        names = [each for each in found if each.sort in NAMES and each.text[:1].isupper()]
        unsure = [each for each in names if not each.after_the and "name" in (each.sort, new.sort)]
        return unsure[0] if len(names) == 1 and unsure else None
    return same[0] if len(same) == 1 else None


def _with_names(text: str, pronouns: Sequence[Pronoun], before: _Understood, answer: str) -> tuple[str, int]:
    """`text` with names for the pronouns of which it is clear whom they mean, and how many these are.

    They mean whom the earlier question names, or else the first sentence of its answer.
    """
    asked = " ".join(filter(None, (before.text, before.about, before.between)))
    sources = [mentions(asked, question_language(asked)), _no_speakers(_first_sentence(answer))]
    named, replaced = text, 0
    for pronoun in reversed([pronoun for pronoun in pronouns if pronoun.to_replace]):
        meant = _meant(_FITTING[pronoun.means], text, sources)
        if meant:
            meant = meant if pronoun.start else meant[0].upper() + meant[1:]
            named = (
                f"{named[: pronoun.start]}{_owner(meant) if pronoun.owns else meant}{named[pronoun.end :]}"
            )
            replaced += 1
    return named, replaced


def _meant(sorts: Sequence[Sort], text: str, sources: Sequence[Sequence[Mention]]) -> str:
    """The one mention of these sorts in the first source with any, but for what `text` itself names; "" where
    two may be meant."""
    for found in sources:
        fitting = [mention for mention in found if mention.sort in sorts and mention.text not in text]
        if fitting:
            mention = alone(fitting, sorts)
            return mention.text if mention else ""
    return ""


def _first_sentence(answer: str) -> str:
    """The first sentence of an earlier answer: up to its first marker, or else to its full stop."""
    marked = re.split(r"\s*\[\d+\]", answer[:MAX_QUESTION], maxsplit=1)[0]
    return re.split(r"(?<=\w\w[.!?])[”\"»]?\s+(?=[“«\"¿]?[^\W\d_a-z])", marked.strip(), maxsplit=1)[0]


def _no_speakers(sentence: str) -> list[Mention]:
    """The names in a sentence but those of whoever is only quoted in it."""
    return [
        mention
        for mention in mentions(sentence, question_language(sentence))
        if mention.text[0].isupper()
        and not re.search(rf"\b(?:{_SPEAKS})\s(?:[a-z-]+\s){{0,4}}$", sentence[: mention.start])
        and not re.match(rf"\s(?:{_SPEAKS})\b", sentence[mention.end :])
    ]


def _owner(name: str) -> str:
    is_plural = name.startswith(("the ", "The ")) or name.endswith("works")
    return f"{name}'" if is_plural and name.endswith("s") else f"{name}'s"


def _content(text: str) -> set[str]:
    """The words of a text that carry its topic, in small letters."""
    stopwords = STOPWORDS[question_language(text)]
    return {word for word in re.findall(r"\w+", text.casefold()) if word not in stopwords}
