"""Make a follow-up question stand alone: "and when did she deny it?" needs what was asked before."""

import re
from collections.abc import Sequence

from index.errors import InputError
from index.language import question_language
from index.stopwords import STOPWORDS
from rag.schema import Turn

MAX_QUESTION = 2000  # characters
_PRONOUNS = {
    "en": "he she they him her them his their its it that this those there",
    "es": "él ella ellos ellas eso esto lo la su sus allí ahí",
    "ar": "هو هي هم ذلك هذا هذه تلك هناك",
}
_LEANS = {language: frozenset(words.split()) for language, words in _PRONOUNS.items()}
_REMEMBERED = 5  # earlier questions that a follow-up may lean on, each on the one before
_OPENERS = {"and", "but", "so", "y", "pero", "و", "ولكن"}
_WORD = re.compile(r"\w+")


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
    """The question with the one before it put in front, if it leans on it; else the question itself.

    It leans if it opens with "and", names nothing itself but uses a pronoun, or is only "why?" and the like.
    """
    history = [turn for turn in history if turn.question.strip()][-_REMEMBERED:]
    if not history:
        return question
    language = question_language(question)
    words = _WORD.findall(question)
    folded = [word.casefold() for word in words]
    opens = not folded or folded[0] in _OPENERS
    content = [word for word in folded if word not in STOPWORDS[language]]
    names = [word for word in words[1:] if word[0].isupper() and word.casefold() not in STOPWORDS[language]]
    leans = opens or not content or (not names and bool(_LEANS[language] & set(folded)))
    if not leans:
        return question
    return f"{standalone(history[-1].question, history[:-1])[-MAX_QUESTION:]} {question}"
