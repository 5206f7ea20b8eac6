"""What the sources of an answer say to each other: the same, the contrary, a denial, another figure.

A denial is shown as one and never as proof. So beside the best sentence, every other article on the matter is
heard, and a question that wants yes or no gets "Yes" only where no source goes the other way.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from rag.asked import Asked
from rag.clauses import stems
from rag.polarity import negates, opposed, turned
from rag.rerank import ScoredSentence
from rag.schema import Role
from rag.short_answer import same_quantity, short_answer
from rag.stance import stance_of, stance_towards

Verdict = Literal["yes", "no", "denied", "unclear", "unsure"]
Closeness = Callable[[ScoredSentence, ScoredSentence], float]
"""How close in meaning two sentences are: a cosine."""

_HEARD = 2  # other articles that are heard
_LOOKED_AT = 4  # sentences of each, best first, among which the one that is quoted is chosen
_BEARS = 0.55  # of the best sentence's score, that another article's must have to be about the same
_OF_ITS_BEST = 0.7  # of its article's best score, that a sentence needs to be quoted instead of that one
_CLOSE = 0.4  # cosine from which two sentences are about the same
_YES_SHARES = 0.6  # of a question's words that a sentence must hold to be a yes to it


@dataclass(frozen=True)
class Sided:
    """A sentence and what it does in an answer."""

    sentence: ScoredSentence
    role: Role


def other_articles(
    asked: Asked, best: ScoredSentence, ranked: Sequence[ScoredSentence], closeness: Closeness
) -> list[Sided]:
    """What other articles, and other sentences of the same one, say to the matter of the `best` sentence.

    Of each other article the sentence that goes against it, if there is one, else its best; of the same
    article only what denies, corrects or leaves open what it tells. Best first, at most `_HEARD` and one.
    """
    own = [sentence for sentence in ranked if sentence.span.article.id == best.span.article.id]
    heard = [
        sided
        for sentences in _by_article(ranked, best)
        if (sided := _heard(asked, best, sentences, closeness))
    ][:_HEARD]
    told = {role_beside(asked, best, best), *(sided.role for sided in heard)}
    for sentence in own[1 : 2 * _LOOKED_AT]:
        role = role_of(asked, sentence)
        if (
            role != "evidence"
            and role not in told
            and sentence.score >= _OF_ITS_BEST * best.score
            and closeness(best, sentence) >= _CLOSE
        ):
            heard.append(Sided(sentence, role))
            break
    return heard


def _by_article(ranked: Sequence[ScoredSentence], best: ScoredSentence) -> Iterator[list[ScoredSentence]]:
    """The sentences of each other article that bear on the best one's matter, best article first."""
    order: dict[str, list[ScoredSentence]] = {}
    for sentence in ranked:
        article_id = sentence.span.article.id
        if article_id != best.span.article.id:
            order.setdefault(article_id, []).append(sentence)
    for sentences in order.values():
        if sentences[0].score >= _BEARS * best.score:
            yield sentences[:_LOOKED_AT]


def _heard(
    asked: Asked, best: ScoredSentence, sentences: Sequence[ScoredSentence], closeness: Closeness
) -> Sided | None:
    about = [
        sentence
        for sentence in sentences
        if sentence.score >= _OF_ITS_BEST * sentences[0].score and _bears(asked, best, sentence, closeness)
    ]
    sided = [Sided(sentence, role_beside(asked, best, sentence)) for sentence in about]
    against = next((one for one in sided if one.role != "evidence"), None)
    return against or next(iter(sided), None)


def _bears(asked: Asked, best: ScoredSentence, sentence: ScoredSentence, closeness: Closeness) -> bool:
    """True if a sentence of another article is on what the best one is."""
    shared = stems(asked.text) & stems(sentence.span.text)
    return len(shared) >= 2 or closeness(best, sentence) >= _CLOSE


def role_of(asked: Asked, sentence: ScoredSentence) -> Role:
    """What a sentence does by its own words to what was asked.

    One that denies something only after it has told what was asked is evidence all the same: "The minister,
    54, denied it" tells an age.
    """
    language = sentence.span.article.language
    stance = stance_towards(asked.text, sentence.span.text, language)
    if stance == "reported" or asked.form == "yes_no":
        return "evidence" if stance == "reported" else stance
    if short := short_answer(asked.text, sentence.span):
        opening = sentence.span.text[: short.end - sentence.span.start]
        if stance != "corrected" and stance_of(opening, language) == "reported":
            return "evidence"
    return stance


def role_beside(asked: Asked, best: ScoredSentence, sentence: ScoredSentence) -> Role:
    """What a sentence does beside the best one: by its own words, by another figure, or by going the other
    way."""
    role = role_of(asked, sentence)
    if role != "evidence" or sentence is best:
        return role
    if other_figure(asked, best, sentence):
        return "differs"
    if role_of(asked, best) == "evidence" and _goes_against(asked, best, sentence):
        return "differs"
    return "evidence"


def other_figure(asked: Asked, best: ScoredSentence, sentence: ScoredSentence) -> bool:
    """True if both give a figure, a date or a sum for what was asked, and not the same."""
    if asked.form not in ("fact", "list"):
        return False
    first, second = short_answer(asked.text, best.span), short_answer(asked.text, sentence.span)
    return bool(first and second and same_quantity(first.text, second.text) is False)


def _goes_against(asked: Asked, best: ScoredSentence, sentence: ScoredSentence) -> bool:
    language = sentence.span.article.language
    if asked.form == "yes_no":
        verdicts = {verdict(asked, best), verdict(asked, sentence)}
        return verdicts == {"yes", "no"} or (
            "unsure" in verdicts and opposed(best.span.text, sentence.span.text, language)
        )
    return turned(best.span.text, sentence.span.text) and opposed(
        best.span.text, sentence.span.text, language
    )


def verdict(asked: Asked, sentence: ScoredSentence) -> Verdict:
    """What a sentence that answers a yes-no question says to it, as far as its words tell."""
    text, language = sentence.span.text, sentence.span.article.language
    match stance_towards(asked.text, text, language):
        case "denied":
            return "denied"
        case "unverified":
            return "unclear"
    if not opposed(asked.text, text, language):
        return "yes" if _holds_most(asked.text, text) else "unsure"
    return "no" if turned(asked.text, text) or negates(text, asked.text, language) else "unsure"


def _holds_most(question: str, text: str) -> bool:
    """True if the sentence speaks of what the question does, and not of its persons alone."""
    wanted = stems(question)
    return len(wanted & stems(text)) >= _YES_SHARES * len(wanted)
