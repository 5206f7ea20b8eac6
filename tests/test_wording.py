"""On how much an answer stands, in words."""

from index.schema import Article
from rag.quoting.corroboration import origins_of
from rag.schema import Answer, Citation, Sentence
from ui.wording import standing

REPORT = "Officials negotiated for months, four people told Meridane."
DENIAL = "“There were no talks,” spokeswoman Ruvane Oxleth said."


def citation(marker: int, text: str, outlet: str, origin: str = "") -> Citation:
    article = Article(outlet, outlet, text, outlet=outlet, origin=origin, language="en")
    return Citation(article, 0, len(text), marker, f"p{marker}")


def test_outlets_origins_and_who_denies() -> None:
    citations = (
        citation(1, REPORT, "Ledger", "Meridane"),
        citation(2, REPORT, "Khalimar", "Meridane"),
        citation(3, DENIAL, "Post"),
    )
    answer = Answer(
        "Were there talks?",
        "answered",
        sentences=(Sentence("There were.", (1, 2)), Sentence("No.", (3,), "denied")),
        citations=citations,
        origins=origins_of(citations, {}),
    )

    assert answer.disputed
    assert standing(answer.citations, answer.origins) == (
        "3 quotations from 3 outlets · 1 independent origin: Meridane · denied by spokeswoman Ruvane Oxleth"
    )


def test_nothing_cited_stands_on_nothing() -> None:
    assert standing(()) == ""
