"""The kind of thing a question asks for, told by its form in a sentence."""

import pytest

from index.schema import Article, Span
from rag.telling.answer_type import fit, gives_an_age


@pytest.mark.parametrize(
    ("question", "sentence", "gains"),
    [
        ("When was the operation?", "It was carried out on January 3rd.", True),
        ("When was the operation?", "It was carried out by the army.", False),
        ("How old is he?", "Cabello, 62, is a minister.", True),
        ("What is his age?", "He turned up in 2024 (62 years old).", True),
        ("How old is he?", "He has held the post since 2019.", False),
        ("How many boats sank?", "Seven boats sank.", True),
        ("How many boats sank?", "The boats sank.", False),
        ("What did the regime answer?", "It rejected the report.", True),
        ("¿Cuándo fue?", "Ocurrió el 3 de enero.", True),
        ("¿Cuántos barcos hay?", "Hay barcos.", False),
        ("متى وقع الحادث؟", "وقع الحادث يوم الخميس.", True),
        ("When was he arrested?", "He was arrested two days ago.", True),
        ("When was it closed?", "It was closed last week.", True),
        ("When was it closed?", "It was closed more than some weeks ago.", False),
        ("¿Cuándo cerró?", "Cerró la semana pasada.", True),
        ("Who met her?", "She met the director.", None),
    ],
)
def test_a_sentence_gains_by_holding_what_is_asked_for(
    question: str, sentence: str, gains: bool | None
) -> None:
    article = Article("a", "a.txt", sentence, published="2031-01-18")
    gain = fit(question, Span(article, 0, len(sentence)))

    assert (gain > 0 if gain else None) is gains


@pytest.mark.parametrize(
    ("question", "sentence", "gives"),
    [
        ("How old is the skipper?", "The skipper, 66, was found asleep.", True),
        ("How old is the skipper?", "The skipper was found asleep in 2031.", False),
        ("Who is the skipper?", "The skipper, 66, was found asleep.", None),
    ],
)
def test_whether_an_age_that_is_asked_for_is_given(question: str, sentence: str, gives: bool | None) -> None:
    article = Article("a", "a.txt", sentence)

    assert gives_an_age(question, Span(article, 0, len(sentence))) is gives
