"""The judge that asks a model after the rules; a tiny CrossEncoder is made here, so nothing is fetched."""

from pathlib import Path

import pytest
from small_models import cross_encoder

from index.errors import InputError
from index.schema import Article, Span
from rag.settings import Settings
from rag.support import support_judge, unsupported_because

TEXT = "The ferry sank in the harbour on Monday."
LABELS = {0: "contradiction", 1: "entailment", 2: "neutral"}


@pytest.fixture
def cited() -> list[Span]:
    return [Span(Article(key="a", source="a", text=TEXT, language="en"), 0, len(TEXT))]


def test_without_a_model_the_rules_judge() -> None:
    assert support_judge(Settings()) is unsupported_because


@pytest.mark.parametrize(
    ("favourite", "why"), [(1, ""), (0, "the quotes do not entail it"), (2, "the quotes do not entail it")]
)
def test_the_model_judges_what_the_rules_let_pass(
    tmp_path: Path, cited: list[Span], favourite: int, why: str
) -> None:
    judge = support_judge(
        Settings(nli_model=str(cross_encoder(tmp_path / "nli", labels=LABELS, favourite=favourite)))
    )

    assert judge("The ferry sank on Monday.", cited) == why
    assert judge("The ferry sank on Friday.", cited) == "the day Friday is not in the quotes"


def test_a_model_without_a_label_for_entailment_is_an_error(tmp_path: Path) -> None:
    folder = cross_encoder(tmp_path / "nli", labels={0: "negative", 1: "positive"}, favourite=0)

    with pytest.raises(
        InputError, match="no label for entailment, but negative, positive: set NEWSCITE_NLI_MODEL"
    ):
        support_judge(Settings(nli_model=str(folder)))


def test_a_model_that_is_not_there_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="can't be loaded") as failure:
        support_judge(Settings(nli_model=str(tmp_path / "nowhere")))
    assert "\n" not in str(failure.value)
