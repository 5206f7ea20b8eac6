"""The kind of thing a question asks for, told by its form in a sentence."""

import pytest

from rag.answer_type import holds_answer


@pytest.mark.parametrize(
    ("question", "sentence", "holds"),
    [
        ("When was the operation?", "It was carried out on January 3rd.", True),
        ("When was the operation?", "It was carried out by the army.", False),
        ("How old is he?", "He is 62.", True),
        ("How many boats sank?", "Seven boats sank.", True),
        ("How many boats sank?", "The boats sank.", False),
        ("What did the regime answer?", "It rejected the report.", True),
        ("¿Cuándo fue?", "Ocurrió el 3 de enero.", True),
        ("¿Cuántos barcos hay?", "Hay barcos.", False),
        ("متى وقع الحادث؟", "وقع الحادث يوم الخميس.", True),
        ("Who met her?", "She met the director.", None),
    ],
)
def test_holds_answer(question: str, sentence: str, holds: bool | None) -> None:
    assert holds_answer(question, sentence) is holds
