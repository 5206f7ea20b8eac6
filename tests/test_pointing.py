"""Sentences and the numbers that stand by them, from a whole text and from one that arrives in pieces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.writing.pointing import PointedReader, pointed

CASES = [
    ("It rained [1]. It snowed [2, 3].", [("It rained", [1]), ("It snowed", [2, 3])]),
    ("It rained. [1] It snowed. [2][3]", [("It rained.", [1]), ("It snowed.", [2, 3])]),
    ("It rained. It snowed. [2]", [("It rained.", []), ("It snowed.", [2])]),
    ("- It rained [1]\n- It snowed [2]\n", [("It rained", [1]), ("It snowed", [2])]),
    (
        "It rained [1] and it snowed [2]. It froze [3].",
        [("It rained and it snowed", [1, 2]), ("It froze", [3])],
    ),
    ("It rained [1], said Dr. Otto Lang [2].", [("It rained, said Dr. Otto Lang", [1, 2])]),
    ("It rained [1]\n[2]\nIt snowed [3]", [("It rained", [1, 2]), ("It snowed", [3])]),
    ("It rained.", [("It rained.", [])]),
    ("[1][2]", []),
    ("", []),
]


@pytest.mark.parametrize(("written", "expected"), CASES)
def test_numbers_belong_to_the_sentence_they_end(written: str, expected: list[tuple[str, list[int]]]) -> None:
    assert pointed(written) == expected


@pytest.mark.parametrize(("written", "expected"), CASES)
def test_the_same_is_read_letter_by_letter(written: str, expected: list[tuple[str, list[int]]]) -> None:
    reader = PointedReader()
    found = [item for letter in written for item in reader.feed(letter)]

    assert [*found, *reader.finish()] == expected


@given(st.lists(st.integers(1, 60), max_size=8))
def test_how_a_text_is_cut_makes_no_difference(cuts: list[int]) -> None:
    written = (
        "It rained [1]. It snowed. [2][3] Nobody saw it. Dr. Lang said so [4] on Monday [5]. It froze [6]."
    )
    reader, found, start = PointedReader(), [], 0
    for cut in cuts:
        found += list(reader.feed(written[start : start + cut]))
        start += cut
    found += [*reader.feed(written[start:]), *reader.finish()]

    assert found == pointed(written)


def test_a_sentence_is_given_as_soon_as_the_next_one_begins() -> None:
    reader = PointedReader()

    assert list(reader.feed("It rained [1]. ")) == []
    assert list(reader.feed("I")) == [("It rained", [1])]


@pytest.mark.parametrize(
    "written", ["<think>Perhaps [9].</think>It rained [1].", "<think>Perhaps [9]. It is"]
)
def test_what_a_model_thinks_first_is_no_part_of_the_answer(written: str) -> None:
    reader = PointedReader()
    found = [item for letter in written for item in reader.feed(letter)] + list(reader.finish())

    assert found == ([("It rained", [1])] if "</think>" in written else [])
