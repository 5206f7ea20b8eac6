"""Where quotes and answers stand, whatever the spacing."""

from hypothesis import given
from hypothesis import strategies as st

from evals.datasets.places import Unspaced, places_of_words

SPACED = st.text(alphabet="ab. \n\t\u2028\u00a0", max_size=40)


def packed(text: str) -> str:
    return "".join(text.split())


@given(SPACED, SPACED)
def test_a_quote_is_found_where_its_characters_stand(text: str, quote: str) -> None:
    places = Unspaced(text).places(quote)
    assert all(packed(text[start:end]) == packed(quote) for start, end in places)
    assert all(text[start : start + 1].strip() and text[end - 1 : end].strip() for start, end in places)
    assert len(places) == (packed(text).count(packed(quote)) if packed(quote) else 0)


@given(SPACED, st.sampled_from(["a", "b", "a b", "ab a"]))
def test_words_are_found_as_words(text: str, words: str) -> None:
    places = places_of_words(text.upper(), words)
    assert all(text[start:end].split() == words.split() for start, end in places)
    assert bool(places) == (f" {words} " in f" {' '.join(text.replace('.', ' . ').split())} ")


def test_numbers_and_signs_are_whole() -> None:
    text = "It cost $5, then $5,000 and $5.5; 15 % or 5 % of 1,5."
    assert places_of_words(text, "$5") == [(8, 10)]
    assert places_of_words(text, "5 %") == [(42, 45)]
    assert places_of_words(text, "5") == [(9, 10), (42, 43)]
    assert places_of_words(text, "  ") == []
