"""Words for one thing agree, and no others do."""

import pytest

from rag.telling.alike import senses


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("talks", "negotiated", "en"),
        ("voted", "vote", "en"),
        ("killed", "died", "en"),
        ("met", "meeting", "en"),
        ("negociaciones", "conversación", "es"),
        ("compró", "compraron", "es"),
        ("cerraron", "cerrada", "es"),
    ],
)
def test_these_agree(one: str, other: str, language: str) -> None:
    assert senses(one, language) == senses(other, language) != frozenset()


@pytest.mark.parametrize(
    ("one", "other"),
    [("dead", "deadline"), ("ban", "bank"), ("met", "metre"), ("sale", "salt"), ("fire", "fired")],
)
def test_these_do_not(one: str, other: str) -> None:
    assert senses(one).isdisjoint(senses(other))


def test_what_says_nothing_is_left_out() -> None:
    assert senses("It was with a") == frozenset()
