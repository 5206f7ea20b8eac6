"""Who says it, in the article's own words."""

import pytest

from index.schema import Article, Span
from rag.telling.speaker import speaker


def said_by(text: str, language: str = "en", before: str = "") -> str:
    article = Article(key="a", source="a", text=before + text, language=language)
    return speaker(Span(article, len(before), len(before + text)))


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (
            "“It is fiction,” government spokeswoman Ruvane Oxleth told reporters.",
            "government spokeswoman Ruvane Oxleth",
        ),
        ("Drennick's mayor, Sunniva Peakesby, told the Sentinel that nobody knew.", "Drennick's mayor"),
        ("The talks began in August, according to four people who took part.", "four people"),
        ("According to Reuters, the talks took place months before.", "Reuters"),
        ("“Nobody came,” said Basil Quennington.", "Basil Quennington"),
        ("The company said on Wednesday that it would close a furnace.", "The company"),
        ("“We deny it,” the regime’s social media account read.", "the regime’s social media account"),
        ("The talks had not been reported before.", ""),
        ("He has not publicly commented.", ""),
        ("It rained all day.", ""),
        ("“The mayor said that I lied.”", ""),
    ],
)
def test_speakers(text: str, who: str) -> None:
    assert said_by(text) == who


@pytest.mark.parametrize(
    ("before", "who"),
    [
        ("“It was late,” Hedda Lisk said. ", "Hedda Lisk"),
        ("Yesterday Hedda Lisk came to town. ", "Hedda Lisk"),
        ("Hedda Lisk met Osk Mallender. ", ""),
    ],
)
def test_a_pronoun_is_followed_back_to_the_one_person_meant(before: str, who: str) -> None:
    assert said_by("She said that it would rain.", before=before) == who


def test_speakers_in_spanish_and_arabic() -> None:
    assert (
        said_by("«Ya llueve», declaró la alcaldesa, Inés Valdemoro, durante el acto.", "es") == "la alcaldesa"
    )
    assert said_by("El ministro Lorenzo Abad negó haber cobrado dinero.", "es") == "El ministro Lorenzo Abad"
    assert (
        said_by("وقالت وزيرة الثقافة ليان الصفواني إن المشروع مجاني.", "ar") == "وزيرة الثقافة ليان الصفواني"
    )
