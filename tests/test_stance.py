"""What sentences do to the claim they are about, in newsrooms' own wordings."""

import pytest

from rag.telling.stance import stance_of

DENIED = [
    ("en", "The ministry denied the report on Monday."),
    ("en", "“We categorically deny the malicious information published on social media,” the account read."),
    ("en", "Her office dismissed the story as “pure invention”."),
    ("en", "The company rejected the allegations in a statement of two lines."),
    ("en", "A spokesman said that no such meeting had taken place."),
    ("en", "There is not a word of truth in it, she said."),
    ("en", "The bank disputes the figures that the union gave."),
    ("en", "He branded the claims false and threatened to sue."),
    ("en", "She had “never sold, tried to sell or been asked to sell” the dam."),
    ("es", "El ministerio desmintió la información el lunes."),
    ("es", "La portavoz negó que hubiera negociaciones."),
    ("es", "El alcalde tachó de falsas las acusaciones."),
    ("ar", "نفت الوزارة صحة التقرير يوم الاثنين."),
    ("ar", "وقال المتحدث إنه لا صحة لهذه الأنباء."),
]
REPORTED = [
    ("en", "The minister met the envoy twice in March."),
    ("en", "The court denied him bail."),
    ("en", "The two men were denied entry at the border."),
    ("en", "Shareholders rejected the offer by a large majority."),
    ("en", "The council dismissed the head of the library."),
    ("en", "The denial raised more questions than it answered, the opposition said."),
    ("en", "Not only the mayor came, but the whole council."),
    ("es", "Los accionistas rechazaron la oferta."),
    ("ar", "رفض المساهمون العرض."),
    ("ar", "التقى الوزير ثلاثة من المسؤولين في فندق بجنيف."),
]
UNVERIFIED = [
    ("en", "The claim could not be independently verified."),
    ("en", "Meridane could not establish whether the minister had approved it."),
    ("en", "It is not clear whether he has complied with the warnings."),
    ("es", "La agencia no pudo verificar la información."),
    ("ar", "ولم يتسن التحقق من هذه المعلومات."),
]
CORRECTED = [
    ("en", "An earlier version of this article gave the number as 21."),
    ("en", "CORRECTION: the number of people injured is 12."),
    ("es", "Fe de erratas: la cifra correcta es 12."),
    ("ar", "تصحيح: عدد المصابين 12."),
]


@pytest.mark.parametrize(("language", "text"), DENIED)
def test_denials(language: str, text: str) -> None:
    assert stance_of(text, language) == "denied"


@pytest.mark.parametrize(("language", "text"), REPORTED)
def test_what_denies_no_claim(language: str, text: str) -> None:
    assert stance_of(text, language) == "reported"


@pytest.mark.parametrize(("language", "text"), UNVERIFIED)
def test_what_could_not_be_verified(language: str, text: str) -> None:
    assert stance_of(text, language) == "unverified"


@pytest.mark.parametrize(("language", "text"), CORRECTED)
def test_corrections(language: str, text: str) -> None:
    assert stance_of(text, language) == "corrected"


def test_a_language_without_words_of_its_own_is_read_with_the_english_ones() -> None:
    assert stance_of("The ministry denied the report.", "fr") == "denied"
