from concurrent.futures import ThreadPoolExecutor

import pytest

from index.language import detect_language

TEXTS = {
    "en": "The council voted on Monday to close the old bridge after engineers found cracks in it.",
    "es": "El concejo votó el lunes cerrar el viejo puente después de que hallaran grietas en él.",
    "ar": "صوت المجلس يوم الاثنين على إغلاق الجسر القديم بعد أن وجد المهندسون تشققات فيه.",
    "fr": "Le conseil a voté lundi la fermeture du vieux pont après la découverte de fissures.",
}


@pytest.mark.parametrize(("language", "text"), TEXTS.items())
def test_languages_are_told_apart(language: str, text: str) -> None:
    assert detect_language(text) == language


def test_the_lesser_script_does_not_count() -> None:
    menu = "الرئيسية | محليات | ثقافة | رياضة | آراء | اقتصاد | صحة | منوعات | فيديو | صور\n"
    assert detect_language(menu + TEXTS["en"]) == "en"
    assert detect_language("Home News Sport Culture Weather Business\n" + TEXTS["ar"]) == "ar"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "En 2031, la selva sufrió otra severa sequía en su interior"),
        ("ar", "تقع المدينة في شمال شرق الإقليم على ضفاف النهر"),
        ("en", "Frederick, the mayor of Dunmore, invited"),
    ],
)
def test_a_short_text_is_of_a_language_that_has_news(language: str, text: str) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize("text", ["", "2026-01-17", "Short one.", "🙂" * 100, "1234567890 " * 50])
def test_too_few_letters_give_no_language(text: str) -> None:
    assert detect_language(text) == ""


def test_a_lone_surrogate_does_no_harm() -> None:
    assert detect_language(TEXTS["en"] + "\ud800") == "en"


def test_threads_agree() -> None:
    texts = list(TEXTS.values()) * 25
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(detect_language, texts)) == list(TEXTS) * 25
