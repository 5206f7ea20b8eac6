"""Which sentences go opposite ways."""

import pytest

from rag.telling.polarity import negated, opposed


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "He did not come."),
        ("en", "They haven’t signed anything."),
        ("en", "Nobody was hurt."),
        ("en", "The club turned down the offer."),
        ("es", "Nunca se reunieron."),
        ("ar", "لم يحضر الوزير."),
    ],
)
def test_negations(language: str, text: str) -> None:
    assert negated(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "He came."),
        ("en", "No fewer than 30 people came."),
        ("en", "Not only he came, she came too."),
        ("en", "No doubt it will rain."),
        ("es", "Se reunieron el lunes."),
        ("ar", "حضر الوزير الاجتماع."),
    ],
)
def test_what_is_no_negation(language: str, text: str) -> None:
    assert not negated(text, language)


@pytest.mark.parametrize(
    ("one", "other", "opposite"),
    [
        ("Did unemployment rise?", "Unemployment fell to 4 percent.", True),
        ("Did unemployment rise?", "Unemployment climbed to 6 percent.", False),
        ("Was the bill passed?", "The bill failed by one vote.", True),
        ("Did he meet the envoy?", "He never met the envoy.", True),
        ("Did he not meet the envoy?", "He never met the envoy.", False),
        ("Was the man found guilty?", "The jury acquitted him of every charge.", True),
        ("Was the child found?", "The child is still missing.", True),
        ("The bridge opened on Monday.", "The bridge stayed closed on Monday.", True),
        ("The bridge opened on Monday.", "On Monday the bridge was opened by the mayor.", False),
        # Opposite words and a negation together go the same way again.
        ("Did prices fall?", "Prices did not rise.", False),
    ],
)
def test_opposites(one: str, other: str, opposite: bool) -> None:
    assert opposed(one, other) is opposite
    assert opposed(other, one) is opposite


def test_opposites_in_spanish_and_arabic() -> None:
    assert opposed("¿Subió el precio?", "El precio bajó en marzo.", "es")
    assert opposed("هل ارتفع السعر؟", "انخفض السعر في مارس.", "ar")
