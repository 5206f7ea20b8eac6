"""What the sources of an answer say to each other: the same, the contrary, a denial, another figure.

A denial is shown as one and never as proof. So beside the best sentence, every other article on the matter is
heard, and a question that wants yes or no gets "Yes" only where no source goes the other way.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import Literal

import numpy as np

from index.schema import Article, Span
from rag.asking.asked import Asked
from rag.finding.rerank import ScoredSentence
from rag.schema import Role
from rag.telling.alike import senses
from rag.telling.clauses import clauses_of, stems
from rag.telling.leads import is_lead
from rag.telling.names import names_in, without_names
from rag.telling.polarity import negated, negates, opposed, turned
from rag.telling.short_answers import gives_quantity, may_be_one_thing, same_quantity, short_answer
from rag.telling.stance import stance_of, stance_towards, without_background

Verdict = Literal["yes", "no", "denied", "unclear", "unsure"]
_HEARD = 2  # other articles that are heard
_LOOKED_AT = 4  # sentences of each, among which the one that is quoted is chosen
# An article is on the same matter if for one of its sentences closeness to the best one, and half of what its
# score is of the best score, make this together, and it was published within days of the best one's.
_SAME_MATTER = 0.5
_TELLS_THE_SAME = 0.45  # cosine from which another article bears out what the best sentence tells
_DOUBT_LOOKED_AT = 2  # of its sentences
_SCORE_SHARE = 0.5
_SAME_EVENT = timedelta(days=14)
_OF_MATCH = 0.55  # of the best match, that a denial anywhere in an article needs to be one of what is asked
_OF_ITS_BEST = 0.7  # of the best score, that a sentence of the same article needs to be another side
_SAME = 0.95  # cosine from which two sentences say the same
_SAME_CLAIM = 0.6  # cosine from which a denial, or a figure of the same article, is one of what the best says
_SAME_THING = 0.33  # cosine from which figures of two articles may be of one thing
_CLOSE = 0.4  # cosine from which two sentences of one article are about the same
_YES_SHARES = 0.6  # of a question's words that a sentence must hold to be a yes to it
_NO_SHARES = 0.6  # and to be a no, which may say it in other words

_RESTATES = re.compile(
    r"\b(?:that|about|over|having|claiming|alleging|asserting|suggesting|saying|que|sobre|haber)\b"
    r"|(?<!\w)(?:[بو]?أن|حول|بشأن)(?!\w)",
    re.IGNORECASE,
)
_UNQUOTED = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Sided:
    """A sentence and what it does in an answer."""

    sentence: ScoredSentence
    role: Role


def other_articles(asked: Asked, best: ScoredSentence, ranked: Sequence[ScoredSentence]) -> list[Sided]:
    """What other articles, and other sentences of the same one, say to the matter of the `best` sentence.

    Of each other article the sentence that goes against it, if there is one, else its best; of the same
    article only what denies, corrects or leaves open what it tells. Best first, at most `_HEARD` and one.
    """
    heard = [
        sided
        for sentences in _on_the_matter(best, ranked)
        if (sided := _heard(asked, best, sentences)).role != "evidence"
        or (not says_the_same(best, sided.sentence) and bears_out(asked, best, sided.sentence))
    ][:_HEARD]
    told = {role_beside(asked, best, best), *(sided.role for sided in heard)}
    own = [sentence for sentence in ranked if sentence.span.article.id == best.span.article.id]
    others = [
        sentence
        for place, sentence in enumerate(own[1:], start=1)
        if (place < 2 * _LOOKED_AT and _is_near(best, sentence)) or _denies_the_matter(asked, best, sentence)
    ]
    others.sort(key=_lead_first)
    roles = (Sided(sentence, _own_role(asked, best, sentence)) for sentence in others)
    another = next((one for one in roles if one.role != "evidence" and one.role not in told), None)
    return [*heard, another] if another else heard


def _is_near(best: ScoredSentence, sentence: ScoredSentence) -> bool:
    return sentence.score >= _OF_ITS_BEST * best.score and closeness(best, sentence) >= _CLOSE


def _lead_first(sentence: ScoredSentence) -> tuple[bool, float]:
    return not is_lead(sentence.span), -sentence.match


def _denies_the_matter(asked: Asked, best: ScoredSentence, sentence: ScoredSentence) -> bool:
    """True if a yes-no question is answered by a denial far from the best sentence's words: in its article's
    lead, which tells what the article is about, or on what is asked all the same."""
    if asked.form != "yes_no" or role_beside(asked, best, sentence) not in ("denied", "unverified"):
        return False
    return is_lead(sentence.span) or sentence.match >= _OF_MATCH * best.match


def bears_out(asked: Asked, best: ScoredSentence, sentence: ScoredSentence) -> bool:
    """True if a sentence of another article is worth adding for telling the same: it is close to the best
    one, and gives a short answer of its sort where that one does."""
    if asked.form == "yes_no":
        # What every source says counts; where a denial is asked for, not what was denied.
        return not (_asks_for_a_denial(asked) and is_beside(asked, sentence))
    first, second = short_answer(asked.text, best.span), short_answer(asked.text, sentence.span)
    if first and gives_quantity(sentence.span.text, first.text):
        return True
    if closeness(best, sentence) < _TELLS_THE_SAME:
        return False
    return first is None or (second is not None and may_be_one_thing(first.text, second.text))


def holds_answer(sentence: ScoredSentence, short: Span) -> bool:
    """True if a sentence holds a short answer too, in its words or as another writing of its quantity."""
    return plain_words(short) in plain_words(sentence.span) or gives_quantity(sentence.span.text, short.text)


def doubted(best: ScoredSentence, ranked: Sequence[ScoredSentence]) -> bool:
    """True if an article on the best sentence's matter holds something back near it: then no yes or no is
    said."""
    return any(
        negated(sentence.span.text, sentence.span.article.language)
        or stance_of(sentence.span.text, sentence.span.article.language) != "reported"
        for sentences in _on_the_matter(best, ranked)
        for sentence in sentences[:_DOUBT_LOOKED_AT]
    )


def _on_the_matter(best: ScoredSentence, ranked: Sequence[ScoredSentence]) -> list[list[ScoredSentence]]:
    """Of each other article on the best sentence's matter, its sentences, those nearest to it first."""
    articles: dict[str, list[tuple[float, ScoredSentence]]] = {}
    for sentence in ranked:
        article = sentence.span.article
        if article.id != best.span.article.id and _near(article, best.span.article):
            nearness = closeness(best, sentence) + _SCORE_SHARE * sentence.score / best.score
            articles.setdefault(article.id, []).append((nearness, sentence))
    ordered = [sorted(found, key=lambda item: -item[0]) for found in articles.values()]
    ordered.sort(key=lambda found: -found[0][0])
    return [[sentence for _, sentence in found] for found in ordered if found[0][0] >= _SAME_MATTER]


def says_the_same(one: ScoredSentence, other: ScoredSentence) -> bool:
    """True if two sentences are the same but for a few words, or one is part of the other."""
    if closeness(one, other) > _SAME:
        return True
    first, second = plain_words(one.span), plain_words(other.span)
    return first in second or second in first


def plain_words(span: Span) -> str:
    """The words of a span without case, marks and spacing: equal for equal sayings."""
    return _UNQUOTED.sub(" ", span.text.casefold()).strip()


def closeness(one: ScoredSentence, other: ScoredSentence) -> float:
    """How close in meaning two sentences are: the cosine of their vectors."""
    return float(np.dot(one.vector, other.vector))


def _near(one: Article, other: Article) -> bool:
    """True if two articles were published within days of each other, or one of them on a day not known."""
    if one.published_at is None or other.published_at is None:
        return True
    return abs(one.published_at - other.published_at) <= _SAME_EVENT


def _heard(asked: Asked, best: ScoredSentence, sentences: Sequence[ScoredSentence]) -> Sided:
    """Of an article's nearest sentences the first that denies or leaves open, else one that denies the matter
    anywhere, else the first that differs from the best one, else the nearest."""
    sided = [Sided(sentence, role_beside(asked, best, sentence)) for sentence in sentences[:_LOOKED_AT]]
    against = next((one for one in sided if one.role not in ("evidence", "differs")), None)
    if against is None:
        denials = [one for one in sentences[_LOOKED_AT:] if _denies_the_matter(asked, best, one)]
        denials.sort(key=_lead_first)
        against = next((Sided(one, role_of(asked, one)) for one in denials), None)
    return against or next((one for one in sided if one.role == "differs"), sided[0])


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
    if sentence is best:
        return role
    if role != "evidence" and not _is_to_what_is_asked(asked, best, sentence):
        role = "evidence"
    if role != "evidence":
        return role
    if other_figure(asked, best, sentence):
        return "differs"
    if role_of(asked, best) == "evidence" and _goes_against(asked, best, sentence):
        return "differs"
    return "evidence"


def _own_role(asked: Asked, best: ScoredSentence, sentence: ScoredSentence) -> Role:
    """What a sentence of the best one's article does: only what it denies, corrects or leaves open counts."""
    role = role_of(asked, sentence)
    is_another = asked.form == "yes_no" and not _is_to_what_is_asked(asked, best, sentence)
    return "evidence" if is_another else role


def _is_to_what_is_asked(asked: Asked, best: ScoredSentence, sentence: ScoredSentence) -> bool:
    """False if a denial is of something else: where the best sentence gives a short answer, it shares no word
    with that sentence nor with the question, but for names; nor the short answer, where the question says
    nothing but names."""
    if closeness(best, sentence) >= _SAME_CLAIM:
        return True
    if asked.form == "yes_no":
        return not _restates_another(asked, sentence.span)
    short = short_answer(asked.text, best.span)
    if short is None:
        return True
    about = stems(asked.text).difference(names_in(asked.text))
    about |= stems(best.span.text).difference(names_in(best.span.text)) if about else stems(short.text)
    return not about.isdisjoint(stems(sentence.span.text))


def other_figure(asked: Asked, best: ScoredSentence, sentence: ScoredSentence) -> bool:
    """True if both give a figure, a date or a sum for what was asked, and not the same. They must be close in
    meaning to be figures of one thing, and closer still in one article, which seldom differs with itself."""
    is_own = sentence.span.article.id == best.span.article.id
    if asked.form not in ("fact", "list") or closeness(best, sentence) < (
        _SAME_CLAIM if is_own else _SAME_THING
    ):
        return False
    first, second = short_answer(asked.text, best.span), short_answer(asked.text, sentence.span)
    return bool(first and second and same_quantity(first.text, second.text) is False)


def _goes_against(asked: Asked, best: ScoredSentence, sentence: ScoredSentence) -> bool:
    language = sentence.span.article.language
    if asked.form == "yes_no" and _asks_for_a_denial(asked):
        return False  # what is told of the matter itself is no other side to that
    if asked.form == "yes_no":
        said, other = verdict(asked, best), verdict(asked, sentence)
        if says_the_contrary(asked, best, sentence):
            return True
        ways = [opposed(asked.text, one.span.text, language) for one in (best, sentence)]
        return (
            said != "unsure"
            and other == "unsure"
            and ways[0] != ways[1]
            and _undoes(best.span.text, sentence.span.text, language)
        )
    return turned(best.span.text, sentence.span.text) and opposed(
        best.span.text, sentence.span.text, language
    )


def says_the_contrary(asked: Asked, one: ScoredSentence, other: ScoredSentence) -> bool:
    """True if one of two sentences says yes to a yes-no question, in a single clause, and the other no."""
    said = {verdict(asked, sentence): sentence for sentence in (one, other)}
    return said.keys() == {"yes", "no"} and _is_in_a_clause(asked.matter, said["yes"].span)


def _is_in_a_clause(question: str, span: Span) -> bool:
    language = span.article.language
    clauses = clauses_of(without_background(span.text))
    return any(_holds(question, clause, language, _YES_SHARES) for clause in clauses)


def _undoes(one: str, other: str, language: str) -> bool:
    """True if two sentences go opposite ways, in a word that both are about."""
    return opposed(one, other, language) and (
        turned(one, other) or negates(other, one, language) or negates(one, other, language)
    )


def verdict(asked: Asked, sentence: ScoredSentence) -> Verdict:
    """What a sentence that answers a yes-no question says to it, as far as its words tell."""
    text, language = sentence.span.text, sentence.span.article.language
    if _asks_for_a_denial(asked) and stance_of(text, language) == "denied":
        return "yes" if _holds(asked.matter, text, language, _YES_SHARES) else "unsure"
    match stance_towards(asked.text, text, language):
        case "denied":
            return "denied"
        case "unverified":
            return "unclear"
    if not opposed(asked.text, text, language):
        return "yes" if _holds(asked.matter, text, language, _YES_SHARES) else "unsure"
    says_no = turned(asked.text, text) or negates(text, asked.text, language)
    return "no" if says_no and _holds(asked.matter, text, language, _NO_SHARES) else "unsure"


@lru_cache(maxsize=64)  # asked of every sentence
def _asks_for_a_denial(asked: Asked) -> bool:
    """ "Did the ministry deny the report?" """
    return stance_of(asked.text, asked.language) == "denied"


def _holds(question: str, text: str, language: str, share: float) -> bool:
    """True if the sentence holds this share of the question's words, and of those of its main clause; and
    speaks of what it asks, not of its persons alone."""
    told, whole = senses(text, language), senses(question, language)
    main = senses(without_background(question), language) or whole
    return all(len(wanted & told) >= share * len(wanted) for wanted in (whole, main)) and not names_alone(
        question, text, language
    )


def _restates_another(asked: Asked, span: Span) -> bool:
    """True if a denial tells what it denies, and that is not what is asked: "denied that she would run"."""
    told = without_background(span.text)
    return (
        asked.language == span.article.language
        and bool(_RESTATES.search(told))
        and names_alone(asked.matter, told, asked.language)
    )


def is_beside(asked: Asked, sentence: ScoredSentence) -> bool:
    """True if a sentence in the question's language is about the names in it, and not what it asks."""
    span, language = sentence.span, sentence.span.article.language
    return asked.language == language and names_alone(asked.matter, span.text, language)


def names_alone(question: str, text: str, language: str) -> bool:
    """True if a sentence in `language` holds nothing of what the question's main clause asks, but for names
    in it."""
    asked_of = senses(without_names(without_background(question)), language)
    return bool(asked_of) and asked_of.isdisjoint(senses(text, language))
