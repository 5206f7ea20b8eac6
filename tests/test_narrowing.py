"""What narrows the search: from controls to a filter, to a link and back."""

import pytest

from index.errors import InputError
from index.schema import Filter
from ui.narrowing import EVERYWHERE, Narrowed, read_query
from ui.render import Exchange

NARROWED = Narrowed(("Post & Mail", "Le Soir"), "2031-01-02", "2031-02-03", "es", "2031-03-04")


def test_the_controls_and_back() -> None:
    assert Narrowed.given(*NARROWED.controls()) == NARROWED
    assert Narrowed.given(None, " ", "", None, None) == EVERYWHERE


def test_the_filter() -> None:
    assert NARROWED.filter() == Filter(
        outlet=("Post & Mail", "Le Soir"), since="2031-01-02", until="2031-02-03", language="es"
    )
    with pytest.raises(InputError):
        Narrowed(since="soon").filter()


def test_a_link_asks_the_same_again() -> None:
    link = Exchange(1, "¿Qué pasó en el «Sarrow»? 100 % & más", narrowed=NARROWED.pairs()).link
    assert read_query(link) == ("¿Qué pasó en el «Sarrow»? 100 % & más", NARROWED)


@pytest.mark.parametrize("query", ["", "?", "?__theme=dark", "?q=", "?q=%20", "?outlet=Post"])
def test_an_address_that_asks_nothing(query: str) -> None:
    assert read_query(query)[0] == ""


def test_a_lone_surrogate_does_not_break_a_link() -> None:
    assert read_query(Exchange(1, "Why \ud800?").link)[0] == "Why ??"
