"""What months and days of the week are called in English, Spanish and Arabic.

>>> MONTHS["es"]["enero"], MONTHS["ar"]["كانون الثاني"], WEEKDAYS["en"]["monday"]
(1, 1, 0)
"""

_MONTHS = {
    "en": "january|february|march|april|may|june|july|august|september|october|november|december",
    "es": "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre,setiembre|octubre|noviembre|"
    "diciembre",
    # The names of Egypt and the Gulf, of the Levant and Iraq, and of Tunisia and Algeria.
    "ar": "يناير,ينايير,كانون الثاني,جانفي|فبراير,شباط,فيفري|مارس,آذار,اذار|"
    "أبريل,ابريل,إبريل,نيسان,أفريل|مايو,ماي,أيار,ايار|يونيو,يونيه,حزيران,جوان|"
    "يوليو,يوليه,تموز,جويلية|أغسطس,اغسطس,آب,اب,أوت|سبتمبر,أيلول,ايلول|"
    "أكتوبر,اكتوبر,تشرين الأول,تشرين الاول|نوفمبر,تشرين الثاني|"
    "ديسمبر,كانون الأول,كانون الاول",
}
# Only beside a day and a year: alone, many of them are other words.
_SHORT = "jan,ene|feb|mar|apr,abr|may|jun|jul|aug,ago|sept,sep,set|oct|nov|dec,dic"
_WEEKDAYS = {
    "en": "monday|tuesday|wednesday|thursday|friday|saturday|sunday",
    "es": "lunes|martes|miércoles,miercoles|jueves|viernes|sábado,sabado|domingo",
    "ar": "الاثنين,الإثنين|الثلاثاء|الأربعاء,الاربعاء|الخميس|الجمعة|السبت|الأحد,الاحد",
}


def _numbered(names: str, first: int) -> dict[str, int]:
    return {name: number for number, forms in enumerate(names.split("|"), first) for name in forms.split(",")}


MONTHS = {language: _numbered(names, 1) for language, names in _MONTHS.items()}  # 1 is January
WEEKDAYS = {language: _numbered(names, 0) for language, names in _WEEKDAYS.items()}  # 0 is Monday
SHORT_MONTHS = _numbered(_SHORT, 1)
