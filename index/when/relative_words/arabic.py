"""The words of relative dates in Arabic."""

import re
from functools import cache

from index.when.calendar_names import MONTHS, WEEKDAYS
from index.when.relative_words.shape import NOT_A_YEAR, RelativeWords, any_of, compiled, numbered

_ONES = ("الأول", "الثاني", "الثالث", "الرابع", "الخامس", "السادس", "السابع", "الثامن", "التاسع")


def _ordinals() -> dict[str, int]:
    """ "السادس" is 6, "الحادي عشر" 11, "السابع والعشرين" 27."""
    firsts = ["الحادي", *_ONES[1:]]
    days = {name: number for number, name in enumerate([*_ONES, "العاشر"], 1)}
    days |= {f"{name} عشر": number for number, name in enumerate(firsts, 11)}
    for tens, value in (("العشرين", 20), ("الثلاثين", 30)):
        days[tens] = value
        days |= {f"{name} و{tens}": value + number for number, name in enumerate(firsts, 1)}
    return {name: number for name, number in days.items() if number <= 31}


@cache
def arabic() -> RelativeWords:
    """The words of Arabic."""
    weekday, months = any_of(WEEKDAYS["ar"]), MONTHS["ar"]
    month = any_of(months)
    clear = any_of(
        {name: number for name, number in months.items() if name not in {"اب", "ماي", "أوت", "جوان"}}
    )
    days = _ordinals()
    numbers = {
        **{"يوم": 1, "يومين": 2, "أسبوع": 1, "أسبوعين": 2},
        **numbered("ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة", 3),
    }
    last, coming, now = (
        "الماضي|الماضية|المنصرم|المنصرمة|الفائت",
        "المقبل|المقبلة|القادم|القادمة",
        "الجاري|الحالي|الجارية|الحالية",
    )
    which = rf"(?:\s(?:(?P<last>{last})|(?P<next>{coming})|(?P<this>{now}))(?!\w))?"
    begin = r"(?<!\w)[وفبل]?"
    count = (
        rf"(?P<number>يومين|يوم|أسبوعين|أسبوع|(?:{any_of(numbers)}|\d{{1,2}})\s(?P<unit>أيام|يوما|أسابيع))"
    )
    return RelativeWords(
        rules=compiled(
            ("none", rf"(?:كل|أيام|صلاة|خطبة|جمعة|ذلك|الشيخ|عيد)\s(?:يوم\s)?(?:{weekday})(?!\w)"),
            ("none", rf"(?:{weekday})\s(?:التالي|السابق|ذاته|نفسه|الأسود|إلى\s(?:{weekday}))"),
            (
                "none",
                r"اليوم\s(?:التالي|السابق|نفسه|ذاته|الأول|الثاني|الثالث|الواحد|الأخير|الوطني|العالمي|الدولي)"
                r"|(?:ذلك|نفس|في|طوال|منذ|حتى|إلى)\sاليوم(?!\w)",
            ),
            (
                "date",
                rf"{begin}(?:(?P<on>{weekday})[،,]?\s)?(?P<shown>(?P<day>\d{{1,2}}|{any_of(days)})\s(?:من\s)?(?:شهر\s)?"
                rf"(?P<month>{month})(?:\s?/\s?(?:{month}))?{which}){NOT_A_YEAR}",
            ),
            (
                "weekday",
                rf"{begin}(?P<shown>(?:(?P<day_0>(?:هذا\s)?اليوم)[،,]?\s|(?P<day_1>أمس|امس)[،,]?\s)?(?:يوم\s)?"
                rf"(?P<weekday>{weekday})(?!\w){which})",
            ),
            ("day -2", r"(?<!\w)أول (?:من )?أمس(?!\w)"),
            ("day 2", r"(?<!\w)بعد غد(?!\w)"),
            ("day -1", rf"{begin}(?P<shown>أمس|امس)(?!\w)|(?<!\w)الليلة الماضية(?!\w)"),
            ("day 0", r"(?<!\w)هذا (?:الصباح|المساء)(?!\w)|(?<!\w)(?:صباح|مساء|ظهر|فجر|عصر) اليوم(?!\w)"),
            ("now", r"(?<!\w)اليوم(?!\w)"),
            ("day 1", r"(?<!\w)(?:يوم\s)?غد[اًا]{1,2}(?!\w)|(?<!\w)يوم غد(?!\w)"),
            (
                "period",
                rf"{begin}(?P<shown>(?P<unit>الأسبوع|الشهر|العام|السنة|عطلة نهاية الأسبوع)\s"
                rf"(?:(?P<last>{last})|(?P<next>{coming})|(?P<this>{now}))|(?P<this_before>هذا|هذه)\s(?P<unit_this>الأسبوع|الشهر|العام"
                r"|السنة))(?!\w)",
            ),
            ("ago", rf"(?<!\w)قبل\s(?:نحو\s(?!))?{count}(?!\w)(?!\sمن(?!\w))"),
            ("ahead", rf"(?<!\w)بعد\s{count}(?!\w)(?!\sمن(?!\w))"),
            (
                "month",
                r"(?<!\w)(?:في|منذ|خلال|حتى|بحلول|نهاية|بداية|مطلع|أواخر|أوائل|منتصف)\s(?:شهر\s)?"
                rf"(?P<shown>(?P<month>{clear})(?:\s?/\s?(?:{month}))?{which}){NOT_A_YEAR}",
            ),
            (
                "month",
                rf"(?<!\w)(?:شهر\s)?(?P<shown>(?P<month>{clear})\s(?:(?P<last>{last})|(?P<next>{coming})|(?P<this>{now})))"
                + NOT_A_YEAR,
            ),
        ),
        cues=re.compile(
            r"(?P<neither>(?<!\w)و?(?:كان من المقرر|كان مقررا|إذا|لو)(?!\w))"
            r"|(?P<future>(?<!\w)[وف]?س(?!يار|ياس|يد|ينا|يول|يما|يط|ست|تين|تون)[يتن][\u0621-\u064a]{2,}(?!\w)"
            r"|(?<!\w)(?:سوف|المقرر|المتوقع|المزمع|المنتظر|يعتزم|تعتزم|يتوقع|مقرر|مقررة|مقررا)(?!\w))"
            r"|(?P<deadline>(?<!\w)(?:حتى|اعتبارا من|ابتداء من|بحلول)(?!\w))"
            r"|(?P<infinitive>(?<!\w)[بل]?أن\s[يتن][\u0621-\u064a]{2,})"
            r"|(?P<say>(?<!\w)[وف]?(?:قال|قالت|أعلن|أعلنت|أكد|أكدت|ذكر|ذكرت|أفاد|أفادت|أوضح|أوضحت|أضاف|أضافت|صرح"
            r"|صرحت|كشف|كشفت)(?!\w))"
            r"|(?P<done>(?<!\w)[وف]?(?:وصل|قتل|قُتل|أصيب|لقي|شهد|عقد|بحث|التقى|زار|استقبل|صوت|وافق|رفض|نفى|طالب|دعا"
            r"|حذر|أطلق|أغلق|افتتح|بدأ|انطلق|انتهى|توفي|فاز|خسر|تعادل|اعتقل|أوقف|ضرب|هز|وقع|حدث|جرى|تم|كان|عاد"
            r"|غادر|أدان|رحب|سجل|ارتفع|انخفض|تراجع|أصدر|حكم|قضى|نشر|أجرى|اجتمع|قرر|عين|أقال|استقال|تسلم|سلم|تعهد"
            r"|اتهم|هاجم|قصف|اندلع|سقط|غرق|أشار|عثر|ألقى|استأنف|أقر|حضر|شارك|وقّع|فتح|أنهى|عزز|تأجل)(?!\w)"
            r"|(?<!\w)[وف]?(?!وقت|بيت|تحت|موت|صمت|زيت|بنت|أخت|إنترنت|انترنت|بيروت|ليست|ثابت|ال|بال|لل|كال)"
            r"[\u0621-\u064a\u064b-\u0652]{3,}(?<!ا)ت(?!\w))"
        ),
        boundary=re.compile(r"(?<!\w)(?:[أإ]ن(?:ها?|هما?|نا)?|التي|الذي|الذين|بينما|لكن|عندما|حيث)(?!\w)|؛"),
        joint=re.compile(r"(?<!\w)و(?=\w)"),
        modal=re.compile(r"(?!)"),
        numbers=numbers,
        units={
            **dict.fromkeys(["أيام", "يوما"], "day"),
            **dict.fromkeys(["أسابيع", "الأسبوع"], "week"),
            **{"الشهر": "month", "العام": "year", "السنة": "year", "عطلة نهاية الأسبوع": "weekend"},
        },
        days=days,
    )
