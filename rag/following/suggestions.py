"""Which questions to go on with: made by rule, each asked once without a chat model to see that it is
answered, and with something new.

>>> follow_ups(pipeline, pipeline.answer("Who led the talks about the Sarrow Gorge dam?"))  # doctest: +SKIP
['Who denied that any stake in the Sarrow Gorge dam had been up for sale?', ...]
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice

from index.clusters import reprint_groups, story_groups
from index.errors import InputError
from index.language import folded, question_language
from index.schema import Article, Filter, Span
from index.stopwords import EVERY_STOPWORD
from rag.asking.conversation import standalone
from rag.asking.mentions import mentions
from rag.following import arabic, english, spanish
from rag.following.idea import Asks, Idea, is_full_name
from rag.following.topic import topic_of
from rag.pipeline import NO_FILTER, Pipeline
from rag.schema import Answer, Turn
from rag.telling.clauses import stems
from rag.telling.quotable import told_sentences
from rag.telling.short_answers.name_runs import ROLE

_LANGUAGES: dict[str, Asks] = {"en": english, "es": spanish, "ar": arabic}
_TRIED = 10  # questions asked at most, each of which takes as long as an answer
_LOOKED_THROUGH = 6  # articles
_SENTENCES = 60  # of an article
_FOUND = 10  # passages looked at for other articles on the same story
_LONGEST = 140  # characters of a question
_MOST_OF_A_SORT = 2
_ONCE = ("denial", "outlet", "headline", "name")  # two of them would be dull
_NEAR = 2  # words that a sentence shares with question, quotes and headlines
_ALIKE = 0.6  # of the words of the shorter of two questions: more, and they ask for the same
_STRANGE = re.compile(
    r"[<>{}\[\]|`\\*_#~^\u0000-\u001f\u200b-\u200f\u202a-\u202e\u2066-\u2069]|https?:|www\."
)
_WORD = re.compile(r"[^\W_]+")


def follow_ups(
    pipeline: Pipeline,
    answer: Answer,
    *,
    history: Sequence[Turn] = (),
    filter: Filter = NO_FILTER,
    as_of: str = "",
    count: int = 3,
    wanted: Callable[[], bool] = lambda: True,
) -> list[str]:
    """Up to `count` questions to go on with after `answer`.

    `history` is what was asked before it; `filter` and `as_of` narrow the search as they will for the next
    question; as soon as `wanted` gives False, no more are looked for. Each is in the question's language,
    stands alone, is unlike what was asked, and is answered without a chat model by what `answer` doesn't
    cite. None where nothing fits.
    """
    asked = answer.understood or answer.question
    language = question_language(asked)
    if not answer.citations or language not in _LANGUAGES or not wanted():
        return []
    search = _Search(Pipeline(pipeline.store, scorer=pipeline.scorer), filter, as_of)
    turns = [*history, Turn(answer.question, answer.text)]
    told = [*(turn.question for turn in turns), asked]
    known = {_words(citation.quote) for citation in answer.citations}
    found: list[str] = []
    for idea in islice(_worth_trying(search, answer, asked, language), _TRIED):
        if len(found) == count or not wanted():
            break
        is_told = any(_alike(idea.question, other) for other in (*told, *found))
        if is_told or standalone(idea.question, turns) != idea.question:
            continue
        answered = search.answer(idea)
        if answered and (new := _words(answered.citations[0].quote)) not in known:
            known.add(new)
            found.append(idea.question)
    return found


@dataclass(frozen=True)
class _Search:
    """What is asked to see whether an idea is any good: a pipeline without a chat model, narrowed as the next
    question will be."""

    quoting: Pipeline
    filter: Filter
    as_of: str

    def near(self, question: str) -> Iterator[Article]:
        """The articles whose passages are nearest to a question."""
        for hit in self.quoting.search(question, k=_FOUND, filter=self.filter, as_of=self.as_of):
            yield hit.passage.article

    def answer(self, idea: Idea) -> Answer | None:
        """The answer to an idea, if it is the one that was meant."""
        with suppress(InputError):
            answer = self.quoting.answer(idea.question, filter=self.filter, as_of=self.as_of)
            if answer.status == "answered" and not answer.reason and _leads_with(answer, idea):
                return answer
        return None


def _worth_trying(search: _Search, answer: Answer, asked: str, language: str) -> Iterator[Idea]:
    """The ideas, the most promising of each kind first, then the others, none of them malformed."""
    cited = _own(dict.fromkeys(citation.article for citation in answer.citations), language)
    others = _own(_same_story(search, answer, asked), language)
    if not cited:
        return
    asks = _LANGUAGES[language]
    topic = topic_of(asked, cited, language)
    quotes = [citation.quote for citation in answer.citations]
    matter = stems(" ".join((asked, *quotes, *(article.title for article in cited))))
    sentences = sorted(
        _untold([*cited, *others][:_LOOKED_THROUGH], answer),
        key=lambda sentence: -len(stems(sentence.text) & matter),
    )
    ideas = [idea for sentence in sentences for idea in asks.questions(sentence, topic)]
    ideas = [idea for idea in ideas if _is_near(idea, matter)]
    ideas += _on_articles(asks, others, answer, topic)
    ideas += _on_names(asks, answer, sentences, language, asked)
    if topic:
        ideas.append(Idea("name", asks.on_name(topic), None, holds=topic.split()[-1]))
    yield from _in_turn([idea for idea in ideas if _reads_well(idea.question)], disputed=answer.disputed)


def _is_near(idea: Idea, matter: frozenset[str]) -> bool:
    """True if the idea is of the matter at hand: by its words, or those of the sentence that answers it."""
    told = stems(idea.source.text) if isinstance(idea.source, Span) else frozenset[str]()
    return bool(stems(idea.question) & matter) or len(told & matter) >= _NEAR


def _reads_well(question: str) -> bool:
    return len(question) <= _LONGEST and not _STRANGE.search(question)


def _own(articles: Iterable[Article], language: str) -> list[Article]:
    return [article for article in articles if article.language in (language, "")]


def _same_story(search: _Search, answer: Answer, asked: str) -> Iterator[Article]:
    """Other articles on the events that the answer is about, no copies of those it cites."""
    cited = list(dict.fromkeys(citation.article.id for citation in answer.citations))
    near = {article.id: article for article in search.near(asked)}
    ids = list(dict.fromkeys((*cited, *near)))
    copies = reprint_groups(search.quoting.store.catalog, ids)
    events = [group for group in story_groups(search.quoting.store, ids) if not set(group).isdisjoint(cited)]
    told = {article_id for group in events for article_id in group}
    known = {copies[article_id] for article_id in cited}
    for article_id, article in near.items():
        if article_id in told and copies[article_id] not in known:
            known.add(copies[article_id])
            yield article


def _untold(articles: Sequence[Article], answer: Answer) -> Iterator[Span]:
    """The sentences of `articles` that may be quoted and that the answer does not cite."""
    for article in articles:
        for found, quotable in told_sentences(article)[:_SENTENCES]:
            span = Span(article, found.start, found.end)
            if quotable and not any(span.overlaps(citation) for citation in answer.citations):
                yield span


def _on_articles(asks: Asks, others: Sequence[Article], answer: Answer, topic: str) -> Iterator[Idea]:
    """What outlets that are not cited report, and what is told under other headlines."""
    cited = {citation.article.outlet for citation in answer.citations}
    for article in others:
        if topic and article.outlet and article.outlet not in cited:
            yield Idea("outlet", asks.on_outlet(article.outlet, topic), article)
        if article.title:
            yield Idea("headline", asks.on_headline(article.title.rstrip(" .")), article)


def _on_names(
    asks: Asks, answer: Answer, sentences: Sequence[Span], language: str, asked: str
) -> Iterator[Idea]:
    """Who those are whom the answer names and the question doesn't, and what else is reported of them."""
    outlets = folded(" ".join(f"{one.article.outlet} {one.article.origin}" for one in answer.citations))
    for citation in answer.citations:
        for name in mentions(citation.quote, language) if citation.article.language == language else ():
            if name.sort not in ("person", "group", "thing") or not is_full_name(name.text):
                continue
            if name.text in asked or folded(name.text) in outlets:
                continue
            named = [sentence for sentence in sentences if name.text in sentence.text]
            if name.sort == "person":
                introduced = (one for one in named if _introduces(name.text, one.text))
                yield from (Idea("person", asks.on_person(name.text), one) for one in introduced)
            elif named:
                said = f"the {name.text}" if name.after_the else name.text
                yield Idea("name", asks.on_name(said), None, holds=name.text)


def _introduces(name: str, text: str) -> bool:
    """True if `text` says what somebody is: "the historian Ana Torre", "Ana Torre, a historian"."""
    before = re.search(rf"([a-z]+)\s{re.escape(name)}", text)
    return bool(before and ROLE.fullmatch(before[1])) or bool(
        re.search(rf"{re.escape(name)},\s(?:\d+,\s)?(?:an?|the|who|el|la|un|una|que)\s", text)
    )


def _in_turn(ideas: Sequence[Idea], *, disputed: bool) -> Iterator[Idea]:
    """One idea of each kind, then another: what is denied first, and who says so where sources disagree."""
    order = [
        "denial",
        "when",
        "how_many",
        "why",
        "cost",
        "said",
        "outlet",
        "person",
        "who",
        "headline",
        "name",
    ]
    if disputed:
        order.insert(1, order.pop(order.index("said")))
    for place in range(_MOST_OF_A_SORT):
        for sort in order:
            of_sort = list({idea.question: idea for idea in ideas if idea.sort == sort}.values())
            if not place or sort not in _ONCE:
                yield from of_sort[place : place + 1]


def _leads_with(answer: Answer, idea: Idea) -> bool:
    """True if the answer's first quote is where the idea has it, or says the same words elsewhere."""
    first = answer.citations[0]
    if idea.holds not in first.quote:
        return False
    match idea.source:
        case None:
            return True
        case Article(id=article_id):
            return first.article.id == article_id
        case Span() as sentence:
            return (
                first.overlaps(sentence) or bool(idea.holds) or _words(first.quote) == _words(sentence.text)
            )


def _alike(question: str, other: str) -> bool:
    """True if two questions hold nearly the same words."""
    one, two = (
        {word for word in _WORD.findall(folded(text)) if word not in EVERY_STOPWORD}
        for text in (question, other)
    )
    fewer = min(len(one), len(two))
    return (
        fewer > 0
        and len(one & two) > _ALIKE * fewer
        and question.split(maxsplit=1)[0] == other.split(maxsplit=1)[0]
    )


def _words(text: str) -> str:
    return " ".join(_WORD.findall(folded(text)))
