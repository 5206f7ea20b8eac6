"""Relative dates, resolved against the day of publication: what is meant, or nothing."""

import time

import pytest

from index.when.relative_dates import resolve

SATURDAY = "2031-01-18T21:00:00+02:00"
WEDNESDAY = "2031-06-18"

# What each sentence holds, as "text = first day" or "text = first day/last day", or nothing.
ENGLISH = [
    (SATURDAY, "The council voted on Thursday to close the bridge.", ["Thursday = 2031-01-16"]),
    (SATURDAY, "Police said Saturday that two men had been arrested.", ["Saturday = 2031-01-18"]),
    (SATURDAY, "The council will vote on Monday.", ["Monday = 2031-01-20"]),
    (SATURDAY, "The council will vote on Saturday.", ["Saturday = 2031-01-18"]),
    (SATURDAY, "The mayor resigned last Thursday.", ["last Thursday = 2031-01-16"]),
    (SATURDAY, "The mayor resigned last Saturday.", ["last Saturday = 2031-01-11"]),
    (SATURDAY, "Talks resume next Monday.", ["next Monday = 2031-01-20"]),
    (SATURDAY, "On Friday, the company denied the report.", ["Friday = 2031-01-17"]),
    (SATURDAY, "The minister said that he would answer by Friday.", []),
    (SATURDAY, "The vote was scheduled for Tuesday.", []),
    (SATURDAY, "The vote is scheduled for Tuesday.", ["Tuesday = 2031-01-21"]),
    (SATURDAY, "The court is expected to rule on Wednesday.", ["Wednesday = 2031-01-22"]),
    (SATURDAY, "They voted to reopen the bridge on Monday.", []),
    (SATURDAY, "It began to snow on Thursday.", ["Thursday = 2031-01-16"]),
    (SATURDAY, "The crews went back to work on Thursday.", ["Thursday = 2031-01-16"]),
    (SATURDAY, "The crews agreed to go back to work on Thursday.", []),
    (SATURDAY, "Two men were hurt in Friday's attack on the port.", ["Friday = 2031-01-17"]),
    (SATURDAY, "He was ruled out of Saturday's game.", []),
    (SATURDAY, "The market is open every Saturday.", []),
    (SATURDAY, "The museum is open from Tuesday to Sunday.", []),
    (SATURDAY, "Shops were full on Black Friday.", []),
    (SATURDAY, "The Sunday Times reported it.", []),
    (SATURDAY, "The storm hit the coast yesterday.", ["yesterday = 2031-01-17"]),
    (
        SATURDAY,
        "The storm hit the coast the day before yesterday.",
        ["the day before yesterday = 2031-01-16"],
    ),
    (SATURDAY, "Sirens were heard last night.", ["last night = 2031-01-17"]),
    (SATURDAY, "A fire broke out this morning.", ["this morning = 2031-01-18"]),
    (SATURDAY, "Reuters revealed today, Saturday, that talks had begun.", ["today, Saturday = 2031-01-18"]),
    (SATURDAY, "The harbour is one of the largest today.", []),
    (SATURDAY, "The court will rule tomorrow.", ["tomorrow = 2031-01-19"]),
    (SATURDAY, "The law passed last week.", ["last week = 2031-01-06/2031-01-12"]),
    (SATURDAY, "He met the mayor earlier this week.", ["earlier this week = 2031-01-13/2031-01-19"]),
    (SATURDAY, "It was built in the last week of the war.", []),
    (SATURDAY, "Sales fell last month.", ["last month = 2030-12-01/2030-12-31"]),
    (SATURDAY, "The mill closed last year.", ["last year = 2030-01-01/2030-12-31"]),
    (SATURDAY, "The bridge will open next year.", ["next year = 2032-01-01/2032-12-31"]),
    (SATURDAY, "He was arrested two days ago.", ["two days ago = 2031-01-16"]),
    (SATURDAY, "He was arrested more than two days ago.", []),
    (SATURDAY, "Talks began in August.", ["August = 2030-08-01/2030-08-31"]),
    (SATURDAY, "The bridge will open in March.", ["March = 2031-03-01/2031-03-31"]),
    (SATURDAY, "They may march in protest.", []),
    (SATURDAY, "The operation was carried out on January 3rd.", ["January 3rd = 2031-01-03"]),
    (SATURDAY, "The draft is dated 3 October 2030.", []),
    (SATURDAY, "Parliament passed the law on 12 December.", ["12 December = 2030-12-12"]),
    (SATURDAY, "The talks will start on February 2.", ["February 2 = 2031-02-02"]),
    (SATURDAY, "He was born on 3 January.", []),
    (SATURDAY, "“We met on Thursday,” she said.", []),
    (SATURDAY, "They met in late December 2030 and on Friday.", ["Friday = 2031-01-17"]),
    (SATURDAY, "The council closed the bridge on Tuesday last week.", ["Tuesday last week = 2031-01-07"]),
    (WEDNESDAY, "A boat sank on Wednesday night.", ["Wednesday night = 2031-06-18"]),
    (WEDNESDAY, "Prices rose by 3 percent in May.", ["May = 2031-05-01/2031-05-31"]),
    (WEDNESDAY, "The plan was dropped in June last year.", ["June last year = 2030-06-01/2030-06-30"]),
    (WEDNESDAY, "The agreement, reached late on Tuesday, raises wages.", ["Tuesday = 2031-06-17"]),
    ("", "The storm hit the coast yesterday.", []),
]
SPANISH = [
    (SATURDAY, "El concejo votó el jueves cerrar el puente.", ["jueves = 2031-01-16"]),
    (
        SATURDAY,
        "La policía detuvo el sábado a dos hombres y anunció otra operación.",
        ["sábado = 2031-01-18"],
    ),
    (SATURDAY, "La policía anunció el sábado dos detenciones.", ["sábado = 2031-01-18"]),
    (SATURDAY, "El concejo votará el lunes.", ["lunes = 2031-01-20"]),
    (SATURDAY, "El próximo lunes se reunirá el concejo.", ["próximo lunes = 2031-01-20"]),
    (SATURDAY, "El concejo se reúne el lunes próximo.", ["lunes próximo = 2031-01-20"]),
    (SATURDAY, "El alcalde dimitió el pasado jueves.", ["pasado jueves = 2031-01-16"]),
    (SATURDAY, "El alcalde dimitió el jueves pasado.", ["jueves pasado = 2031-01-16"]),
    (SATURDAY, "La sesión será el martes que viene.", ["martes que viene = 2031-01-21"]),
    (SATURDAY, "El museo abre los sábados.", []),
    (SATURDAY, "El museo abre cada domingo.", []),
    (SATURDAY, "El museo abre de martes a domingo.", []),
    (SATURDAY, "La empresa negó este viernes el informe.", ["viernes = 2031-01-17"]),
    (SATURDAY, "El acto, celebrado el viernes, reunió a mil personas.", ["viernes = 2031-01-17"]),
    (SATURDAY, "El ministro dijo que la reunión del lunes.", []),
    (SATURDAY, "El ministro dijo que la obra terminará el lunes.", ["lunes = 2031-01-20"]),
    (SATURDAY, "Votaron para abrir el puente el lunes.", []),
    (SATURDAY, "El temporal llegó ayer a la costa.", ["ayer = 2031-01-17"]),
    (SATURDAY, "El temporal llegó anteayer a la costa.", ["anteayer = 2031-01-16"]),
    (SATURDAY, "El temporal llegó anoche a la costa.", ["anoche = 2031-01-17"]),
    (SATURDAY, "Un incendio se declaró esta mañana.", ["esta mañana = 2031-01-18"]),
    (SATURDAY, "El juez decidirá mañana.", ["mañana = 2031-01-19"]),
    (SATURDAY, "El juez decidió por la mañana.", []),
    (SATURDAY, "La ministra anunció hoy un plan.", ["hoy = 2031-01-18"]),
    (SATURDAY, "Hoy en día nadie usa ese puerto.", []),
    (SATURDAY, "La ley se aprobó la semana pasada.", ["la semana pasada = 2031-01-06/2031-01-12"]),
    (SATURDAY, "La ley se votará la próxima semana.", ["la próxima semana = 2031-01-20/2031-01-26"]),
    (SATURDAY, "La ley se votará la semana que viene.", ["la semana que viene = 2031-01-20/2031-01-26"]),
    (SATURDAY, "Las ventas cayeron el mes pasado.", ["el mes pasado = 2030-12-01/2030-12-31"]),
    (SATURDAY, "La fábrica cerró el año pasado.", ["el año pasado = 2030-01-01/2030-12-31"]),
    (SATURDAY, "El puente abrirá este año.", ["este año = 2031-01-01/2031-12-31"]),
    (SATURDAY, "Fue detenido hace dos días.", ["hace dos días = 2031-01-16"]),
    (SATURDAY, "Trabaja allí desde hace dos días.", []),
    (SATURDAY, "Fue detenido hace más de dos días.", []),
    (SATURDAY, "El puente abrirá dentro de tres días.", ["dentro de tres días = 2031-01-21"]),
    (SATURDAY, "Las conversaciones empezaron en agosto.", ["agosto = 2030-08-01/2030-08-31"]),
    (SATURDAY, "El puente abrirá en marzo.", ["marzo = 2031-03-01/2031-03-31"]),
    (SATURDAY, "La operación se llevó a cabo el pasado 3 de enero.", ["3 de enero = 2031-01-03"]),
    (SATURDAY, "La ley se aprobó el 12 de diciembre.", ["12 de diciembre = 2030-12-12"]),
    (SATURDAY, "La ley se aprobó el 12 de diciembre de 2030.", []),
    (SATURDAY, "El plazo terminará el próximo 2 de febrero.", ["2 de febrero = 2031-02-02"]),
    (SATURDAY, "«Hoy dejamos de mirar al cielo», declaró la alcaldesa.", []),
    (WEDNESDAY, "La planta empezó a bombear agua el martes por la tarde.", ["martes = 2031-06-17"]),
    (WEDNESDAY, "Los cortes terminarán el próximo lunes.", ["próximo lunes = 2031-06-23"]),
    (WEDNESDAY, "El embalse estaba el lunes al 11 % de su capacidad.", ["lunes = 2031-06-16"]),
    (WEDNESDAY, "Los cortes se sufren desde octubre de 2029.", []),
]
ARABIC = [
    (SATURDAY, "صوت المجلس يوم الخميس على إغلاق الجسر.", ["يوم الخميس = 2031-01-16"]),
    (SATURDAY, "صوت المجلس يوم الخميس الماضي على إغلاق الجسر.", ["يوم الخميس الماضي = 2031-01-16"]),
    (SATURDAY, "قالت الشرطة السبت إن رجلين أوقفا.", ["السبت = 2031-01-18"]),
    (SATURDAY, "سيصوت المجلس يوم الاثنين على القرار.", ["يوم الاثنين = 2031-01-20"]),
    (SATURDAY, "يجتمع المجلس الاثنين المقبل.", ["الاثنين المقبل = 2031-01-20"]),
    (SATURDAY, "ومن المقرر أن تصل السفينة مساء الجمعة.", ["الجمعة = 2031-01-24"]),
    (SATURDAY, "أغلقت السلطات الجسر الجمعة.", ["الجمعة = 2031-01-17"]),
    (SATURDAY, "تجمع الناس بعد صلاة الجمعة.", []),
    (SATURDAY, "يفتح المتحف أيام السبت.", []),
    (SATURDAY, "يفتح المتحف كل يوم السبت.", []),
    (SATURDAY, "غادر الوفد يوم الثلاثاء التالي.", []),
    (SATURDAY, "ضربت العاصفة الساحل أمس.", ["أمس = 2031-01-17"]),
    (SATURDAY, "ضربت العاصفة الساحل أمس الجمعة.", ["أمس الجمعة = 2031-01-17"]),
    (SATURDAY, "ضربت العاصفة الساحل أمس الأحد.", []),
    (SATURDAY, "ضربت العاصفة الساحل أول أمس.", ["أول أمس = 2031-01-16"]),
    (SATURDAY, "كشفت رويترز اليوم السبت أن الاتصالات بدأت.", ["اليوم السبت = 2031-01-18"]),
    (SATURDAY, "أعلنت الوزارة اليوم خطة جديدة.", ["اليوم = 2031-01-18"]),
    (SATURDAY, "وصل الوفد في اليوم التالي.", []),
    (SATURDAY, "هذا الميناء من أكبر الموانئ اليوم.", []),
    (SATURDAY, "ستعلن المحكمة قرارها غدا.", ["غدا = 2031-01-19"]),
    (SATURDAY, "ستعلن المحكمة قرارها غداً.", ["غداً = 2031-01-19"]),
    (SATURDAY, "ستعلن المحكمة قرارها بعد غد.", ["بعد غد = 2031-01-20"]),
    (SATURDAY, "أقر البرلمان القانون الأسبوع الماضي.", ["الأسبوع الماضي = 2031-01-06/2031-01-12"]),
    (SATURDAY, "سيناقش البرلمان القانون الأسبوع المقبل.", ["الأسبوع المقبل = 2031-01-20/2031-01-26"]),
    (SATURDAY, "التقى الوزير نظيره هذا الأسبوع.", ["هذا الأسبوع = 2031-01-13/2031-01-19"]),
    (SATURDAY, "انخفضت المبيعات الشهر الماضي.", ["الشهر الماضي = 2030-12-01/2030-12-31"]),
    (SATURDAY, "أغلق المصنع العام الماضي.", ["العام الماضي = 2030-01-01/2030-12-31"]),
    (SATURDAY, "الترميم مدرج في ميزانية العام المقبل.", ["العام المقبل = 2032-01-01/2032-12-31"]),
    (SATURDAY, "أوقف الرجل قبل يومين.", ["قبل يومين = 2031-01-16"]),
    (SATURDAY, "أوقف الرجل قبل ثلاثة أيام.", ["قبل ثلاثة أيام = 2031-01-15"]),
    (SATURDAY, "أوقف الرجل قبل ٣ أيام.", ["قبل ٣ أيام = 2031-01-15"]),
    (SATURDAY, "أوقف الرجل قبل يومين من الانتخابات.", []),
    (SATURDAY, "بدأت المحادثات في أغسطس.", ["أغسطس = 2030-08-01/2030-08-31"]),
    (SATURDAY, "بدأت المحادثات في أغسطس الماضي.", ["أغسطس الماضي = 2030-08-01/2030-08-31"]),
    (SATURDAY, "سيفتتح الجسر في مارس المقبل.", ["مارس المقبل = 2031-03-01/2031-03-31"]),
    (SATURDAY, "وقعت العملية في 3 يناير.", ["3 يناير = 2031-01-03"]),
    (SATURDAY, "وقعت العملية في ٣ كانون الثاني/يناير.", ["٣ كانون الثاني/يناير = 2031-01-03"]),
    (SATURDAY, "وقعت العملية في 3 يناير 2031.", []),
    (SATURDAY, "وقعت العملية في الثالث من يناير.", ["الثالث من يناير = 2031-01-03"]),
    (SATURDAY, "ستعود السفينة في السادس من سبتمبر المقبل.", ["السادس من سبتمبر المقبل = 2031-09-06"]),
    (SATURDAY, "وأضاف: «سنعود غدا إلى الساحل».", []),
    (WEDNESDAY, "انطلقت صباح اليوم الأربعاء أول مكتبة عائمة.", ["اليوم الأربعاء = 2031-06-18"]),
    (
        WEDNESDAY,
        "وأعلنت الشركة الاثنين أنها ستغلق المصنع في ديسمبر.",
        [
            "الاثنين = 2031-06-16",
            "ديسمبر = 2031-12-01/2031-12-31",
        ],
    ),
]
CASES = [
    (language, *case)
    for language, cases in (("en", ENGLISH), ("es", SPANISH), ("ar", ARABIC))
    for case in cases
]


@pytest.mark.parametrize(("language", "published", "sentence", "dates"), CASES)
def test_relative_dates_mean_what_newsrooms_mean(
    language: str, published: str, sentence: str, dates: list[str]
) -> None:
    found = resolve(sentence, published, language)

    assert [
        f"{item.text} = {item.first}" + (f"/{item.last}" if item.last != item.first else "") for item in found
    ] == dates
    assert all(sentence[item.start : item.end] == item.text for item in found)


def test_there_are_forty_cases_a_language() -> None:
    assert min(len(ENGLISH), len(SPANISH), len(ARABIC)) >= 40


def test_a_sentence_inside_a_longer_quotation_is_quoted_too() -> None:
    text = "“The bridge is old. It was closed on Thursday. We knew.” The mayor left on Friday."
    start = text.index("It was")

    assert resolve(text, SATURDAY, "en", start=start, end=start + 27) == []
    assert [found.text for found in resolve(text, SATURDAY, "en", start=start)] == ["Friday"]


def test_a_paragraph_is_not_read_with_the_one_before() -> None:
    found = resolve("“Nobody closed it.\n\nThe mayor left on Friday.", SATURDAY, "en", start=20)

    assert [item.text for item in found] == ["Friday"]


def test_the_day_is_that_of_the_articles_own_zone() -> None:
    late = resolve("A fire broke out this morning.", "2031-01-18T23:30:00-05:00", "en")

    assert [str(item.first) for item in late] == ["2031-01-18"]


def test_a_weekday_says_which_year_a_day_is_of() -> None:
    found = resolve("Tickets go on sale Friday, Feb. 21 at noon.", SATURDAY, "en")

    assert [(item.text, str(item.first)) for item in found] == [("Feb. 21", "2031-02-21")]
    assert resolve("Tickets go on sale Monday, Feb. 21 at noon.", SATURDAY, "en")[:1] != found


def test_what_was_on_the_day_after_may_be_another_zones() -> None:
    assert resolve("The match ended at 2 a.m. local time on Sunday.", SATURDAY, "en") == []


def test_a_language_that_is_not_known_gives_none_and_no_language_tries_all() -> None:
    assert resolve("They met on Thursday.", SATURDAY, "fr") == []
    assert len(resolve("They met on Thursday. Votaron el jueves.", SATURDAY)) == 2


@pytest.mark.parametrize("published", ["0001-01-01", "9999-12-31", "2024-02-29", "2031-01-18T00:00:00"])
def test_any_day_of_publication_will_do(published: str) -> None:
    text = "It closed on February 29, last year, on Friday and in March; it will open tomorrow or on 31 June."

    assert all(item.first <= item.last for item in resolve(text, published, "en"))


@pytest.mark.parametrize(
    "piece", ["on Monday ", "said ", "in May, ", "“", "to close ", "el lunes ", "السبت ", "3 May "]
)
def test_no_text_takes_long(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    started = time.perf_counter()

    resolve(text, SATURDAY)

    assert time.perf_counter() - started < 4
