"""Names asked about that an article does not mention."""

import pytest

from index.schema import Article
from rag import Pipeline
from rag.telling.names import missing, names_in

ARTICLE = Article(key="a", source="a", text="The Venezuelan minister met Delcy Rodríguez.", outlet="Ledger")


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Who is the mayor of Paris?", ("paris",)),
        ("When did Delcy Rodriguez meet Delcy?", ("delcy", "rodri")),
        ("What happened on Monday in May?", ()),
        ("WHO IS IT?", ()),
        ("who leads venezuela?", ()),
    ],
)
def test_names_in(question: str, names: tuple[str, ...]) -> None:
    assert names_in(question) == names


@pytest.mark.parametrize(
    ("question", "share"),
    [
        ("What did Rodriguez say?", 0),
        ("Who governs Venezuela?", 0),
        ("What does the Ledger report?", 0),
        ("Did Rodríguez visit Paris?", 0.5),
        ("Who is the mayor of Paris?", 1),
    ],
)
def test_missing(question: str, share: float) -> None:
    assert missing(names_in(question), ARTICLE) == share


def test_a_place_no_article_mentions_is_not_answered_from_another(sample_pipeline: Pipeline) -> None:
    assert sample_pipeline.answer("How many homes lost power in Reykjavik?").confidence < (
        sample_pipeline.answer("How many homes lost power in the storm?").confidence
    )
    assert sample_pipeline.answer("Who is the mayor of Reykjavik?").status == "abstained"
