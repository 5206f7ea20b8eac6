"""What sources say to each other: denials, other figures, the contrary; and when yes or no may be said."""

from datetime import UTC, datetime

import numpy as np
import pytest

from index.schema import Article, Passage, Span
from index.sentences import sentence_spans
from rag.asking.asked import Asked, understand
from rag.finding.rerank import ScoredSentence
from rag.quoting.shape import claims_of
from rag.quoting.sides import (
    Sided,
    Verdict,
    doubted,
    names_alone,
    other_articles,
    role_beside,
    says_the_contrary,
    verdict,
)

NOW = datetime(2031, 3, 20, tzinfo=UTC)
SAME = np.array([1.0, 0.0], dtype=np.float32)
OTHER = np.array([0.0, 1.0], dtype=np.float32)


def asked(question: str) -> Asked:
    return understand(question, as_of=NOW)


def told(
    text: str,
    outlet: str = "Ledger",
    *,
    score: float = 0.8,
    published: str = "2031-03-18",
    about: bool = True,
) -> ScoredSentence:
    """A sentence that is an article by itself; `about` says whether it is near the others in meaning."""
    article = Article(outlet, outlet, text, outlet=outlet, published=published, language="en")
    span = Passage(article, 0, len(text))
    return ScoredSentence(span, span, score, score, 0.0, True, SAME if about else OTHER)


MET = told("The minister met the envoy in Tarn on Monday, two people said.")
DENIED = told("The ministry denied that the minister had met the envoy in Tarn.", "Post", score=0.7)


@pytest.mark.parametrize(
    ("question", "text", "said"),
    [
        ("Did the minister meet the envoy in Tarn?", MET.span.text, "yes"),
        ("Did unemployment rise in March?", "Unemployment rose in March.", "yes"),
        ("Did unemployment rise in March?", "Unemployment fell in March.", "no"),
        ("Did the minister meet the envoy in Tarn?", DENIED.span.text, "denied"),
        ("Was the bridge damaged?", "It could not be verified whether the bridge was damaged.", "unclear"),
        ("Did the council close the pool?", "The weather was fine.", "unsure"),
        ("Did the council close the pool?", "Councillors shut the pool and sold the council house.", "yes"),
        ("Did the talks between Velmar and Brenn take place?", "Velmar is afraid of Brenn.", "unsure"),
        ("Did the talks between Velmar and Brenn take place?", "Velmar negotiated with Brenn.", "yes"),
        ("Did Velmar call Brenn before Tarn was taken?", "When Tarn was taken, Velmar slept.", "unsure"),
        ("Did the council deny the report?", "The council denied the report on Monday.", "yes"),
        ("Did the talks take place?", "Buses take their place every eight minutes.", "unsure"),
        (
            "Did the mayor attend the fair?",
            "At the fair, which the mayor attended, she denied that she would run.",
            "yes",
        ),
    ],
)
def test_verdicts(question: str, text: str, said: Verdict) -> None:
    assert verdict(asked(question), told(text)) == said


@pytest.mark.parametrize(
    ("question", "best", "sentence", "role"),
    [
        ("What is known of the meeting?", MET.span.text, DENIED.span.text, "denied"),
        (
            "How many people died?",
            "The fire killed 12 people.",
            "In all 21 people died in the fire.",
            "differs",
        ),
        (
            "How many people died?",
            "The fire killed 12 people.",
            "A dozen people died in the fire.",
            "evidence",
        ),
        (
            "How old is the minister?",
            "The minister is 54.",
            "The minister, 54, denied the report.",
            "evidence",
        ),
        (
            "Did prices rise in early June?",
            "Prices rose in early June.",
            "Prices fell in early June.",
            "differs",
        ),
        (
            "Did prices rise in early June?",
            "Prices rose in early June.",
            "Prices rose in early June by a tenth.",
            "evidence",
        ),
        (
            "How many were hurt?",
            "21 people were hurt.",
            "CORRECTION: the number of people hurt is 12.",
            "corrected",
        ),
    ],
)
def test_roles_beside_the_best(question: str, best: str, sentence: str, role: str) -> None:
    assert role_beside(asked(question), told(best), told(sentence, "Post")) == role


@pytest.mark.parametrize(
    ("denial", "role"),
    [
        ("Holt denied that talks were held in Tarn.", "evidence"),
        ("Holt denied that he was 54.", "denied"),
    ],
)
def test_a_denial_of_something_else_is_none_of_a_fact(denial: str, role: str) -> None:
    question = asked("How old is Minister Holt?")
    best = told("Holt, 54, is the minister of defence.")

    assert role_beside(question, best, told(denial, "Post", about=False)) == role


def test_another_article_on_the_matter_is_heard() -> None:
    question = asked("What is known of the minister's meeting with the envoy?")

    assert other_articles(question, MET, [MET, DENIED]) == [Sided(DENIED, "denied")]


def test_a_denial_in_a_lead_answers_a_yes_no_question_in_whatever_words() -> None:
    lead = "The palace rejected the malicious report of two newspapers."
    further = [f"The envoy met the minister in Tarn again, source {n} said." for n in range(5)]
    text = " ".join([lead, *further, "In May she denied that she would run."])
    article = Article("Post", "Post", text, outlet="Post", published="2031-03-18", language="en")
    passage = Passage(article, 0, len(text))
    first, *others = [
        ScoredSentence(Span(article, s.start, s.end), passage, match, match, 0.0, True, SAME)
        for s, match in zip(sentence_spans(article), [0.2, 0.7, 0.7, 0.7, 0.7, 0.7, 0.2], strict=True)
    ]

    yes_or_no = other_articles(asked("Did the minister meet the envoy?"), MET, [MET, *others, first])
    open_question = other_articles(asked("Who met the envoy?"), MET, [MET, *others, first])
    same_article = other_articles(asked("Did the minister meet the envoy?"), others[0], [*others, first])

    assert [(one.sentence, one.role) for one in yes_or_no] == [(first, "denied")]
    assert not any(one.sentence is first for one in open_question)
    assert [(one.sentence, one.role) for one in same_article] == [(first, "denied")]


@pytest.mark.parametrize(
    "other",
    [
        told("The ministry denied that the minister had met the envoy.", "Post", published="2030-01-01"),
        told("The club denied that its goalkeeper would leave.", "Post", score=0.2, about=False),
    ],
    ids=["long ago", "on something else"],
)
def test_an_article_on_another_matter_is_not(other: ScoredSentence) -> None:
    assert other_articles(asked("What is known of the meeting?"), MET, [MET, other]) == []


def test_what_is_denied_nearby_is_doubted() -> None:
    agreeing = told("The envoy met the minister in Tarn.", "Post", score=0.7)

    assert doubted(MET, [MET, DENIED])
    assert not doubted(MET, [MET, agreeing])


def said(question: str, *sided: Sided, sure: bool = True) -> list[str]:
    return [claim.text for claim in claims_of(asked(question), sided, [], sure=sure)]


def test_yes_and_no_name_who_says_so() -> None:
    rose = Sided(told("Prices rose in early June."), "evidence")
    fell = Sided(told("Prices fell in early June.", "Post"), "differs")

    assert said("Did prices rise in early June?", rose)[0] == "Yes, according to Ledger."
    assert said("Did prices fall in early June?", rose)[0] == "No, according to Ledger."
    assert said("Did prices rise in early June?", rose, fell)[0] == "The reports disagree."


@pytest.mark.parametrize(
    ("text", "sure"), [("Prices rose in early June.", False), ("Prices may have risen in early June.", True)]
)
def test_no_yes_without_being_sure(text: str, sure: bool) -> None:
    (only,) = said("Did prices rise in early June?", Sided(told(text), "evidence"), sure=sure)

    assert text in only


def test_the_month_of_may_is_no_maybe() -> None:
    may = Sided(told("House prices in Tarn rose by a tenth in May."), "evidence")

    assert said("Did house prices in Tarn rise in May?", may)[0] == "Yes, according to Ledger."


def test_a_short_answer_comes_first_and_gives_both_figures() -> None:
    twelve = Sided(told("The fire killed 12 people."), "evidence")
    more = Sided(told("In all 21 people died in the fire.", "Post"), "differs")

    assert said("How many people died?", twelve)[0] == "12 people."
    assert said("How many people died?", twelve, more)[0] == "12 people; 21 people according to Post."


def test_beside_a_short_answer_stands_only_what_has_to_do_with_it() -> None:
    text = "The fire at Tarn killed 12 people. It began in a shop. The dozen who died were asleep."
    article = Article("a", "a", text, outlet="Ledger", published="2031-03-18", language="en")
    killed, began, asleep = (
        ScoredSentence(
            Span(article, span.start, span.end), Passage(article, 0, 80), 0.8, 0.8, 0.0, True, SAME
        )
        for span in sentence_spans(article)
    )
    dead = told("In Tarn 12 died.", "Post")
    paid = told("The town of Tarn will pay 3 million crowns for the fire.", "Herald")

    quoted = said(
        "How many people did the fire at Tarn kill?",
        *(Sided(sentence, "evidence") for sentence in (killed, began, asleep, dead, paid)),
    )

    assert quoted[0] == "12 people."
    assert [text.partition("“")[2].split()[0] for text in quoted[1:]] == ["The", "The", "In"]


def test_what_happened_is_told_in_order() -> None:
    later = Sided(told("The bridge was closed.", published="2031-03-19"), "evidence")
    earlier = Sided(told("A crack was found.", "Post", published="2031-03-01"), "evidence")

    texts = said("What happened?", later, earlier)

    assert [text.partition(" ")[0] for text in texts] == ["Post", "Ledger"]


def test_a_sentence_that_leans_is_quoted_with_the_one_before_it_once() -> None:
    text = "Osk Lindqvane spoke on Monday. He said that the bridge would cost 4 million crowns."
    article = Article("a", "a", text, outlet="Ledger", language="en")
    passage = Passage(article, 0, len(text))
    first, second = (
        ScoredSentence(Span(article, span.start, span.end), passage, 0.8, 0.8, 0.0, True, SAME)
        for span in sentence_spans(article)
    )

    claims = claims_of(
        asked("What was said of the bridge?"),
        [Sided(second, "evidence"), Sided(first, "evidence")],
        [],
        sure=True,
    )

    assert [claim.evidence[0].span.text for claim in claims] == [text]


@pytest.mark.parametrize(
    ("text", "language", "is_so"),
    [
        ("Velmar has been at odds with Brenn for years.", "en", True),
        ("The contacts with Brenn went on.", "en", False),
        ("Nothing is known of it.", "en", True),
    ],
)
def test_names_alone_are_not_what_is_asked(text: str, language: str, is_so: bool) -> None:
    assert names_alone("Were there talks between Velmar and Brenn?", text, language) is is_so


def test_who_asks_by_names_alone_is_answered_by_them() -> None:
    assert not names_alone("Who is Oda Velmar?", "Oda Velmar keeps bees.", "en")


def test_an_article_denies_rather_than_differs() -> None:
    said = "The council sold the harbour.", "The council has not sold anything but the pier."
    article = Article("Post", "Post", f"{said[1]} The mayor denied that the harbour was sold.", outlet="Post")
    spans = [Span(article, 0, len(said[1])), Span(article, len(said[1]) + 1, len(article.text))]
    best, *others = [
        told(said[0]),
        *(
            ScoredSentence(span, Passage(article, span.start, span.end), 0.7, 0.7, 0.0, True, SAME)
            for span in spans
        ),
    ]
    heard = other_articles(asked("Did the council sell the harbour?"), best, [best, *others])
    assert [(one.role, one.sentence.span) for one in heard] == [("denied", spans[1])]


@pytest.mark.parametrize(
    ("denial", "role"),
    [
        ("Velmar rejected reports that she had sold the pier.", "evidence"),
        ("Velmar denied on Monday that she ever met the abbot.", "denied"),
        ("Velmar dismissed the report as fiction.", "denied"),
        ("Velmar rejected reports that she sold the pier before the U.S. abbot met her.", "evidence"),
    ],
)
def test_only_a_denial_of_what_is_asked_is_another_side(denial: str, role: str) -> None:
    best = told("Velmar met the abbot in Tarn on Monday.")
    beside = told(denial, "Post", score=0.7, about=False)
    assert role_beside(asked("Did Velmar meet the abbot?"), best, beside) == role


@pytest.mark.parametrize(
    ("text", "is_so"),
    [
        ("Velmar was arrested in Tarn.", True),
        ("Velmar is wanted, and a reward is paid for what leads to an arrest.", False),
    ],
)
def test_a_yes_against_a_no_is_said_in_one_clause(text: str, is_so: bool) -> None:
    best = told("Velmar was not arrested.")
    assert says_the_contrary(asked("Was Velmar arrested?"), best, told(text, "Post")) is is_so
