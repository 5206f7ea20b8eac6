"""What a sentence does to a claim: report it, deny it, say that it could not be verified, or correct it.

Only what newsrooms say in so many words counts: "denied", "no such meeting took place", "rejected the
report", "could not independently verify", "an earlier version said", and the same in Spanish and Arabic. To
be denied bail, or to reject an offer, is no denial of anything that was said.
"""

import re
from functools import cache
from typing import Literal

from rag.telling.clauses import clauses_of, stems

Stance = Literal["reported", "denied", "unverified", "corrected"]

# What can be denied to somebody, or rejected by a vote, without anything being untrue.
_GRANTED = (
    r"(?:him|her|them|us|me|it|\w+|the \w+)?\s?(?:\w+\s)?(?:bail|entry|access|visas?|permission|permits?|"
    r"parole|asylum|"
    r"boarding|treatment|compensation|coverage|leave|planning|licen[cs]es?|a chance|chances|the chance|"
    r"the right|the points?|"
    r"credit|loans?|benefits?|victory|promotion)\b"
)
_SAID = (
    r"claims?|reports?|reporting|allegations?|accusations?|suggestions?|rumou?rs?|information|assertions?|"
    r"accounts?|stor(?:y|ies)|insinuations?|charges? that|speculation|notion|idea that|version|findings?|"
    r"figures?"
)
_UNTRUE = (
    r"false|untrue|fabricat\w+|fiction(?:al)?|fictitious|baseless|unfounded|groundless|invented|made[- ]up|"
    r"nonsense|"
    r"(?:a\s)?(?:\w+\s)?lies?|(?:an?\s)?(?:\w+\s)?inventions?|fantasy|absurd|a hoax|hoaxes|fairy tales?|"
    r"rubbish|slander|"
    r"malicious|defamatory|a smear|pure speculation|incorrect|inaccurate|wrong|misleading|dishonest"
)
_DENIES = {
    "en": (
        rf"\b(?:den(?:y|ies|ied|ying)\b(?!\s{_GRANTED})|(?:issued|published|made|released)\s(?:an?|its|his|"
        rf"her|their)\s(?:\w+\s)?denials?\b|refut(?:e|es|ed|ing)\b|disavow\w*|repudiat\w+|"
        r"debunk\w*|rebut(?:s|ted|ting)?\b|rebuttals?\b|disclaim(?:s|ed)\b|contradict(?:s|ed|ing)?\b)",
        rf"\bdisput(?:e|es|ed|ing)\b\s(?:(?:the|that|this|those|these|any|its|his|her|their|"
        rf"\w+['’]s?)\s)?(?:\w+\s){{0,3}}"
        rf"(?:{_SAID}|that)\b",
        rf"\b(?:reject|dismiss|scorn|ridicul|brush|wav|scoff|contest|challeng|deride|swat|shrug)\w*\b"
        rf"[^.;]{{0,50}}?\b(?:{_SAID})\b",
        rf"\b(?:reject|dismiss|scorn|ridicul|describ|denounc|brand|call|condemn|label|"
        rf"decri)\w*\b[^.;]{{0,90}}?"
        rf"(?:\bas\s|[“\"‘'])\s?(?:\w+\s){{0,2}}(?:{_UNTRUE})",
        rf"\b(?:called|calls|calling|branded|labelled)\b[^.;]{{0,70}}?\s(?:{_UNTRUE})",
        rf"\b(?:is|was|are|were|be)\s(?:(?:simply|utterly|categorically|completely|entirely|totally|"
        rf"patently|wholly|"
        rf"plainly|just|all|pure|quite|demonstrably|absolutely|flatly)\s)*(?:{_UNTRUE})\b",
        r"\bnot\s(?:a\s)?(?:single\s)?(?:word|grain|shred|syllable|line)\b[^.]{0,25}\b(?:true|truth|fact)",
        r"\bno\s(?:truth|foundation|substance|basis)\b|\bwithout\s(?:any\s)?(?:foundation|substance|"
        r"basis in)\b"
        r"|\bnothing\sof\sthe\s(?:kind|sort)\b",
        r"\bno\ssuch\s(?:\w+\s){1,4}?(?:has|have|had|was|were|is|exist\w*|ever|took|happen\w*|been|will|"
        r"would)\b"
        r"|\bthere\s(?:is|was|has been|had been|were|are|have been)\s(?:no|never)\s(?:any\s)?(?:such\b|"
        r"a?\s?(?:talks?|meetings?|"
        r"contacts?|deals?|agreements?|plans?|payments?|orders?|offers?|negotiations?|conversations?|"
        r"cover-up|"
        r"request|leak))",
        r"\b(?:did|had|has|have)\s?(?:not|never|n['’]t)\s(?:taken?\splace|happen(?:ed)?|occur(?:red)?)\b",
        r"\bnever\s(?:took place|happened|occurred|met|meet|spoke|spoken|offered|received|took|taken|asked|"
        r"signed|paid|"
        r"agreed|discussed|approved|ordered|authori[sz]ed|said|made|sold|had|held|existed|been|gave|given|"
        r"saw|seen|"
        r"written|wrote|known|knew|contacted|accepted|considered|planned)\b",
        r"[“\"](?:we|i)\s(?:have|had|would)\snever\s(?!seen|felt|heard|experienced|known|thought|imagined|been)"
        r"|\b(?:at\s)?no\s(?:time|point|stage|moment)\b|\b(?:fake|false)\s(?:news|reports?|claims?|"
        r"allegations?)\b",
        r"\bhad\snothing\sto\sdo\swith\b|\bplayed\sno\s(?:part|role)\b|\bno\sknowledge\sof\b|\bnot\strue\b|"
        r"\buntruths?\b",
    ),
    "es": (
        r"\b(?:niegan?|neg(?:ó|aron|aba|aban|ado)|negativa|desmient\w+|desmint\w+|desment\w+|refut\w+|"
        r"desautoriz\w+)\b"
        r"(?!\sa\s)",
        r"\b(?:rechaz\w+|desestim\w+|tach\w+|calific\w+|tild\w+)\b[^.;]{0,60}?\b(?:acusaci\w+|informaci\w+|"
        r"informes?|"
        r"versi\w+|señalamientos?|rumores?|denuncias?|publicaci\w+|falsos?|falsas?|falsedad\w*|mentiras?|"
        r"bulos?|"
        r"infundad\w+|invenci\w+|ficción|calumnias?)\b",
        r"\b(?:es|son|era|eran|fue|fueron|resulta)\s(?:\w+mente\s|completamente\s|del todo\s)?(?:falso|"
        r"falsa|mentira|"
        r"incierto|inexact\w+|un invento|un bulo|infundad\w+)\b|\bno\s(?:es|era)\s(?:cierto|verdad)\b",
        r"\b(?:nunca|jamás)\s(?:se\s|ha\s|han\s|hubo|existi\w+|ocurri\w+|recibi\w+|\w+ó\b)|\bno\s(?:hubo|"
        r"existe|existió"
        r"|se produjo|ha habido)\b|\bni una (?:sola )?palabra\b|\bcarec\w+ de (?:fundamento|base)\b",
    ),
    "ar": (
        r"(?<!\w)[وف]?(?:نف[ىت]|نفوا|ين?في|تنفي|نفي|نافي\w*|كذ[ّ]?ب\w*|تكذيب\w*|فن[ّ]?د(?:ت|وا)?|تفنيد\w*|"
        r"دحض\w*|أنكر\w*|استنكر\w*)"
        r"(?!\w)",
        r"(?:لا صحة|عار[ٍية]*\s?(?:تماما\s)?(?:عن|من)\s(?:الصحة|أي)|غير صحيح\w*|لا أساس|مزاعم كاذبة|"
        r"محض افتراء|ادعاءات باطلة|مفبرك\w*"
        r"|لم يحدث|لم يحصل|لم (?:ي|ت)?عقد|كاذب\w*|باطل\w*|شائعات)",
        r"(?:رفض\w*|وصف\w*)\s[^.]{0,60}(?:التقرير|الاتهامات|المزاعم|الأنباء|الادعاءات|كذب|مضلل\w*|"
        r"بالكاذب\w*)",
    ),
}
_UNVERIFIED = {
    "en": (
        r"\b(?:not|n['’]t|cannot|unable to|never|no|nor|neither|without)\b[^.;:,]{0,45}?\b(?:verif(?:y|ied|"
        r"ication)|"
        r"confirm(?:ed|ation)?|establish(?:ed)?|corroborat\w+|substantiat\w+)\b",
        r"\b(?:unverified|unconfirmed|uncorroborated)\b|\b(?:not\s|un)(?:clear|known)\s(?:whether|if)\b"
        r"|\bopen\squestion\b|\bremains?\s(?:to\sbe\sseen|unproven)\b|\bneither\s(?:\w+\s){0,2}?(?:confirm|"
        r"deny|bear)\w*\b"
        r"[^.]{0,25}\bnor\b|\bno\sindependent\s(?:confirmation|evidence|proof)\b",
    ),
    "es": (
        r"\bno\s(?:se\s)?(?:ha\s|han\s|pudo|pudieron|podido|puede|logró|fue posible|consiguió)[^.;]{0,30}?"
        r"(?:verific|confirm|comprob|contrast|corrobor)\w+|\bsin\s(?:confirmar|verificar|contrastar|"
        r"confirmación)\b",
    ),
    "ar": (
        r"لم (?:يتسن[َّى]*|يتمكن\w*|تتمكن\w*|نتمكن|تستطع|يستطع|يُ?تأكد|يتم|يجر)[^.]{0,40}(?:تحق[ّ]?ق|تأكد|"
        r"تأكيد|تثب[ّ]?ت)"
        r"|(?:لا يمكن|تعذ[ّ]?ر\w*|يتعذر)[^.]{0,25}(?:تحقق|تأكد|تأكيد)|غير مؤكد\w*",
    ),
}
_CORRECTS = {
    "en": (
        r"\bcorrect(?:s|ed|ion|ing)\b(?!\s(?:facility|officer|course))|\bearlier\s(?:version|report|figure|"
        r"count|toll)s?\b"
        r"|\b(?:initially|originally|first|earlier)\s(?:reported|put|given|said|stated|announced|counted)\b"
        r"|\brevis(?:ed|ion|es|ing)\b|\bwas\slater\s(?:put|revised|lowered|raised)\b|\bcounted\stwice\b"
        r"|\b(?:misstated|wrongly (?:said|stated|gave|put))\b",
    ),
    "es": (r"\b(?:correg\w+|corrig\w+|correcci\w+|rectific\w+|fe de erratas)\b|\bversión anterior\b",),
    "ar": (r"(?:تصحيح|صح[ّ]?ح\w*|نسخة سابقة|خطأ سابق|عد[ّ]?ل\w* الحصيلة)",),
}

_TOLD = 4  # words that say something before what is left open, for these to tell something by themselves
# What is taken as given beside what is denied: "rejected reports of delays after Sunday's eruption".
_BACKGROUND = re.compile(
    r"\b(?:after|before|when|since|during|following|despite|tras|durante|desde)\s(?:[^,;:.]|\.(?=\w|\s[a-z]))*",
    re.I,
)


def stance_of(text: str, language: str = "en") -> Stance:
    """What the sentence `text` does to the claim it is about; `language` is an ISO 639-1 code.

    >>> stance_of("The ministry dismissed the report as fiction.")
    'denied'
    >>> stance_of("The court denied him bail.")
    'reported'
    """
    corrects, unverified, denies = _patterns(language)
    if corrects.search(text):
        return "corrected"
    if unverified.search(text):
        return "unverified"
    if denies.search(text):
        return "denied"
    return "reported"


def stance_towards(matter: str, text: str, language: str = "en") -> Stance:
    """What the sentence `text` does to `matter`, a question or a claim: a denial of something else that it
    tells beside is none of this.

    >>> stance_towards("Did she attend the opening?", "At the opening she denied that she would run.")
    'reported'
    """
    stance = stance_of(text, language)
    if stance == "reported" or stance_of(matter, language) == stance:
        return "reported"  # who asks for a denial is told of it
    clauses = clauses_of(text)
    first = next((n for n, clause in enumerate(clauses) if stance_of(clause, language) != "reported"), 0)
    wanted = stems(without_background(matter)) or stems(matter)
    place = text.find(clauses[first]) if clauses else 0
    told = text[:place] + " " + " ".join(_BACKGROUND.findall(text))
    from_there = without_background(text[place:])
    if len(stems(told) & wanted) > len(stems(from_there) & wanted):
        return "reported"
    doubted = stems(from_there) - stems(told)
    if stance == "unverified" and len(stems(told)) >= _TOLD and len(doubted) >= 2 and not doubted & wanted:
        return "reported"  # it tells one thing, and leaves another open
    return stance


def without_background(text: str) -> str:
    """`text` without what it takes as given: "before he was held", "since the vote"."""
    return _BACKGROUND.sub(" ", text)


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    key = language if language in _DENIES else "en"
    return (
        re.compile("|".join(_CORRECTS[key]), re.IGNORECASE),
        re.compile("|".join(_UNVERIFIED[key]), re.IGNORECASE),
        re.compile("|".join(_DENIES[key]), re.IGNORECASE),
    )
