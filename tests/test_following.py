"""Questions to go on with: natural, answered, and with something that was not cited."""

import pytest

from evals.datasets import read_shipped_sample
from index.schema import Article, Span
from rag.asking.conversation import standalone
from rag.following import arabic, english, spanish
from rag.following.idea import Asks
from rag.following.topic import topic_of
from rag.pipeline import Pipeline
from rag.schema import Turn


def asked_of(text: str, language: str = "en", *, title: str = "", topic: str = "") -> list[str]:
    asks: dict[str, Asks] = {"en": english, "es": spanish, "ar": arabic}
    article = Article(key="a", source="a.txt", text=text, title=title, language=language)
    return [idea.question for idea in asks[language].questions(Span(article, 0, len(text)), topic)]


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        (
            "The first 600 children in Fenmarch were vaccinated against fever on 19 May 2031, it said.",
            "When were the first 600 children in Fenmarch vaccinated against fever?",
        ),
        ("The Orlo tunnel opened in March 2030.", "When did the Orlo tunnel open?"),
        ("The Orlo tunnel has been closed since 2029.", "Since when has the Orlo tunnel been closed?"),
        ("The Orlo tunnel was closed because the roof leaked.", "Why was the Orlo tunnel closed?"),
        ("About 40 people were hurt in Orlo.", "How many people were hurt in Orlo?"),
        ("The town of Orlo has ordered 300 pumps.", "How many pumps has the town of Orlo ordered?"),
        ("The town of Orlo bought 300 pumps for it.", ""),
        ("The Orlo tunnel cost 90 million crowns.", "How much did the Orlo tunnel cost?"),
        ("Ana Torre, who leads the Civic Union, agreed.", "Who leads the Civic Union?"),
        ("Ana Torre denied that Orlo had been sold.", "Who denied that Orlo had been sold?"),
        ("They were moved to Orlo on 3 March 2031.", ""),
        ("It cost 90 million crowns.", ""),
        ("Two people were hurt in Orlo.", ""),
        ("The mayor said so.", ""),
    ],
)
def test_an_english_sentence_becomes_the_question_that_it_answers(sentence: str, question: str) -> None:
    assert asked_of(sentence)[:1] == ([question] if question else [])


def test_who_says_something_is_asked_for_it_with_the_topic() -> None:
    said = "“We will rebuild it,” chief engineer Ana Torre said."
    assert asked_of(said, topic="the Orlo tunnel") == [
        "What did chief engineer Ana Torre say about the Orlo tunnel?"
    ]
    assert asked_of(said) == ["What did chief engineer Ana Torre say?"]
    assert asked_of("“We will rebuild it,” the engineer said.", topic="the Orlo tunnel") == []


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("El puente de Orlo costó 90 millones.", "¿Cuánto costó el puente de Orlo?"),
        ("Unas 40 personas fueron evacuadas en Orlo.", "¿Cuántas personas fueron evacuadas en Orlo?"),
        ("Según la doctora Ana Torre, el puente aguantará.", "¿Qué dijo la doctora Ana Torre?"),
        ("Su puesta en marcha costó 90 millones.", ""),
    ],
)
def test_a_spanish_sentence_becomes_the_question_that_it_answers(sentence: str, question: str) -> None:
    assert asked_of(sentence, "es") == ([question] if question else [])


def test_an_arabic_speaker_is_asked_for_with_the_right_verb() -> None:
    assert asked_of("وقالت وزيرة الثقافة ليان الصفواني إن المشروع كبير.", "ar") == [
        "ماذا قالت وزيرة الثقافة ليان الصفواني؟"
    ]
    assert asked_of("وقال القبطان إن البحر هادئ.", "ar") == []


def test_the_topic_is_named_as_the_article_names_it_and_no_mere_place() -> None:
    text = "A stake in the Sarrow Gorge dam is for sale. In Port Aulin, the Sarrow Gorge dam is loved."
    article = Article(key="a", source="a.txt", text=text, title="Sarrow Gorge dam for sale", language="en")
    assert topic_of("Who sells Sarrow Gorge?", [article], "en") == "the Sarrow Gorge dam"
    assert topic_of("What happened in Port Aulin?", [article], "en") == "the Sarrow Gorge dam"
    assert topic_of("ماذا حدث؟", [article], "ar") == ""


def test_no_answer_has_nothing_to_go_on_with(sample_pipeline: Pipeline) -> None:
    refused = sample_pipeline.answer("How many satellites has the space agency launched in 2031?")
    assert sample_pipeline.follow_ups(refused) == []


def test_what_is_wanted_no_more_is_not_looked_for(sample_pipeline: Pipeline) -> None:
    answer = sample_pipeline.answer("Where did the energy ministry's people and Ordalek meet?")
    assert sample_pipeline.follow_ups(answer, wanted=lambda: False) == []
    assert len(sample_pipeline.follow_ups(answer, count=1)) == 1


@pytest.mark.slow
def test_each_is_answered_with_something_new_and_stands_alone(sample_pipeline: Pipeline) -> None:
    answered = suggested = 0
    for question in read_shipped_sample().questions[::2]:
        answer = sample_pipeline.answer(question.text)
        history = [Turn(question.text, answer.text)]
        told = {" ".join(citation.quote.split()) for citation in answer.citations}
        found = sample_pipeline.follow_ups(answer)
        answered += bool(answer.sentences)
        suggested += bool(found)
        assert len(set(found)) == len(found) <= 3
        for follow_up in found:
            assert follow_up != question.text
            assert standalone(follow_up, history) == follow_up
            following = sample_pipeline.answer(follow_up, history=history)
            assert following.status == "answered"
            assert " ".join(following.citations[0].quote.split()) not in told
    assert suggested >= 0.5 * answered
