"""Questions that lean on what was asked before are made to stand alone."""

import pytest

from rag.conversation import standalone
from rag.schema import Turn

HISTORY = [Turn("Who is Ilse Tarnowick?", "The deputy energy minister. [1]")]


@pytest.mark.parametrize(
    "question",
    ["And when did she travel?", "When did she deny it?", "Why?", "¿Y cuándo viajó ella?", "ومتى سافرت هي؟"],
)
def test_a_leaning_question_brings_the_one_before(question: str) -> None:
    assert standalone(question, HISTORY) == f"Who is Ilse Tarnowick? {question}"


@pytest.mark.parametrize(
    "question", ["How many homes lost power in the storm?", "What did Janek Virolle say about his company?"]
)
def test_a_question_that_stands_alone_is_left_as_it_is(question: str) -> None:
    assert standalone(question, HISTORY) == question


def test_a_chain_of_follow_ups_reaches_back_to_its_first() -> None:
    history = [*HISTORY, Turn("And where was she born?")]

    assert standalone("Why there?", history).startswith("Who is Ilse Tarnowick? And where was she born?")


def test_an_empty_turn_is_passed_over() -> None:
    assert standalone("Why?", [*HISTORY, Turn("")]) == "Who is Ilse Tarnowick? Why?"


def test_without_history_nothing_is_changed() -> None:
    assert standalone("And why did she?", []) == "And why did she?"


@pytest.mark.parametrize("question", ["Who apologised?", "What about the museum?"])
def test_a_short_question_that_names_its_subject_stands_alone(question: str) -> None:
    assert standalone(question, HISTORY) == question


def test_a_long_conversation_is_remembered_in_part() -> None:
    assert len(standalone("And why?", [Turn("And then?")] * 2000)) < 100
