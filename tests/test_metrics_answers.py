"""Answers in words against gold answers: by hand in three languages, and SQuAD's own against torchmetrics."""

from functools import partial

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from evals import answer_containment, exact_match, normalise_answer, normalise_squad_answer, token_f1

spanish = partial(normalise_answer, language="es")
arabic = partial(normalise_answer, language="ar")


def test_normalising_drops_case_punctuation_and_articles() -> None:
    for normalise in (normalise_answer, normalise_squad_answer):
        assert normalise("  The  Mayor, of a (small) town! ") == "mayor of small town"
        assert normalise("U.S. and 3,000") == "us and 3000"
        assert normalise("An anthem then") == "anthem then"
        assert normalise("$5 + €3 = 8") == "5 €3 8"  # ASCII's signs go, other signs stay


def test_the_plain_squad_way_knows_ascii_alone() -> None:
    assert normalise_squad_answer("“The mayor’s”…") == "“ mayor’s”…"
    assert normalise_answer("“The mayor’s”…") == "mayors"
    assert normalise_squad_answer("STRASSE") == "strasse" != normalise_squad_answer("Straße")
    assert normalise_answer("STRASSE") == normalise_answer("Straße")


def test_spanish() -> None:
    assert spanish("¿El alcalde, «Ibáñez»?") == "alcalde ibáñez"
    assert spanish("¡Los unos y las otras!") == "y otras"
    assert spanish("lo dicho a la una") == "lo dicho a"
    assert normalise_answer("La ONU y los EE. UU.") == "la onu y los ee uu"  # not English's articles
    assert normalise_answer("Los UN-backed talks in LA") == "los unbacked talks in la"
    assert spanish("sí") != spanish("si")
    assert spanish("nin\u0303o") == spanish("ni\u00f1o")  # one letter written in two ways


def test_arabic() -> None:
    assert arabic("العُمْدَة، خالدٌ؟") == "عمدة خالد"  # vowel marks, the article, comma and question mark
    assert arabic("عـــام ٢٠٣١") == "عام 2031"
    assert arabic("\u200fالنهر\u200f") == "نهر"
    assert arabic("ال الف") == "ال الف"  # nothing would be left of them but a letter
    assert normalise_answer("العمدة") == "العمدة"
    assert exact_match("العمدة", ["عمدة"], normalise=arabic)


def test_other_languages_keep_their_articles() -> None:
    assert normalise_answer("The Straße", "de") == "the strasse"


def test_exact_match_with_any_gold_answer() -> None:
    assert exact_match("The mayor.", ["the governor", "Mayor"])
    assert not exact_match("The mayor spoke", ["mayor"])
    assert exact_match("", [""])
    assert exact_match("mayor", []) is None


def test_token_f1_by_hand() -> None:
    # Words: river rose two metres / river rose by two: three in both, P 3/4, R 3/4.
    assert token_f1("The river rose two metres.", ["river rose by two"]) == pytest.approx(3 / 4)
    # yes yes no / yes: one in both, P 1/3, R 1.
    assert token_f1("yes, yes, no", ["yes"]) == pytest.approx(0.5)
    assert token_f1("two metres", ["a boat", "two metres or more"]) == pytest.approx(2 * 2 / (2 + 4))
    assert token_f1("the", [""]) == 1
    assert token_f1("mayor", [""]) == token_f1("", ["mayor"]) == 0
    assert token_f1("mayor", []) is None


def test_containment_is_of_whole_words_in_a_row() -> None:
    assert answer_containment("It was the Mayor of Porto, she said.", ["mayor of Porto"])
    assert answer_containment("About 1,200 people", ["none", "1200"])
    assert not answer_containment("It opened in 2012.", ["12"])
    assert not answer_containment("Porto has a mayor", ["mayor Porto"])
    assert not answer_containment("anything", ["", "the"])
    assert not answer_containment("The", [""])
    assert answer_containment("anything", []) is None
    assert answer_containment("Fue en la ciudad vieja", ["la ciudad vieja"], normalise=spanish)


texts = st.lists(
    st.sampled_from(["a", "The", "an", "mayor", "Mayor's", "rose", "2,000", "«río»", "؟", "-", "\u00a0"]),
    max_size=6,
).map(" ".join)


@given(texts, st.lists(texts, min_size=1, max_size=3))
@example("mayor", [""])
def test_the_squad_way_agrees_with_torchmetrics(answer: str, gold: list[str]) -> None:
    from torchmetrics.functional.text import squad

    answers: dict[str, list[str] | list[int]] = {"answer_start": [0] * len(gold), "text": gold}
    theirs = squad({"prediction_text": answer, "id": "q"}, {"answers": answers, "id": "q"})
    ours = exact_match(answer, gold, normalise=normalise_squad_answer)
    assert ours == (theirs["exact_match"] == 100)
    assert token_f1(answer, gold, normalise=normalise_squad_answer) == pytest.approx(
        float(theirs["f1"]) / 100, abs=1e-5
    )


@given(st.text(), st.text())
def test_answers_over_any_text(answer: str, gold: str) -> None:
    overlap, same = token_f1(answer, [gold]), exact_match(answer, [gold])
    assert overlap is not None
    assert 0 <= overlap <= 1
    assert overlap == token_f1(gold, [answer])
    assert not same or overlap == 1
    assert not same or not normalise_answer(gold) or answer_containment(answer, [gold])
