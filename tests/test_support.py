"""A sentence is supported if numbers, names, negation and most words stand in what it cites."""

import pytest

from index.schema import Article, Span
from rag.support import unsupported_because

TEXT = (
    "Mayor Ilse Brandt of Tirana said on Tuesday that 12 people were injured in the fire. "
    "The company denied that the alarm had failed."
)


def span(start: int, end: int) -> Span:
    return Span(
        Article(key="a", source="a", text=TEXT, outlet="Harbour Ledger", published="2031-05-04"), start, end
    )


INJURED, DENIED = span(0, TEXT.index(" The company")), span(TEXT.index("The company"), len(TEXT))


@pytest.mark.parametrize(
    ("sentence", "cited"),
    [
        ("The mayor said that 12 people were injured in the fire.", INJURED),
        ("According to Harbour Ledger, Ilse Brandt said 12 people were injured.", INJURED),
        ("The company denied that the alarm failed.", DENIED),
        ("On 4 May 2031 the mayor said that 12 people were injured in the fire.", INJURED),
        ("The company did not accept that the alarm had failed.", DENIED),
    ],
)
def test_supported(sentence: str, cited: Span) -> None:
    assert unsupported_because(sentence, [cited]) == ""


@pytest.mark.parametrize(
    ("sentence", "cited", "why"),
    [
        ("The mayor said that 21 people were injured in the fire.", INJURED, "the number 21"),
        ("The mayor said that Otto Lang was injured in the fire.", INJURED, "the name Otto"),
        ("The company said that the alarm had failed.", DENIED, "the quotes deny"),
        ("Smith said that 12 people were injured in the fire.", INJURED, "the name Smith"),
        ("The mayor said in Ran that 12 people were injured in the fire.", INJURED, "the name Ran"),
        ("Nobody said that 12 people were injured in the fire.", INJURED, "it denies"),
        (
            "The mayor praised volunteers, donors, nurses and neighbours after the fire.",
            INJURED,
            "it says more",
        ),
    ],
)
def test_unsupported(sentence: str, cited: Span, why: str) -> None:
    assert unsupported_because(sentence, [cited]).startswith(why)
