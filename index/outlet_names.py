"""How names of outlets and news agencies look, and which two names are of one.

>>> is_same_outlet("The Harbour Ledger", "Ledger"), is_same_outlet("AP", "The Associated Press")
(True, True)
>>> agency_name("وكالة رويترز"), agency_name("Coastal Wire")
('Reuters', '')
"""

import re
from functools import cache

from index.language import folded

NAME = (
    r"(?:[^\W\d_a-zß-ÿ][\w.’'&+-]*|\d[\w.-]*)(?:\s(?:(?:of|the|de|del|la|el|los|y|and|&"
    r"|for)\s){0,2}(?:[^\W\d_a-zß-ÿ][\w.’'&+-]*|\d[\w.-]*)){0,4}"
)
# Words that stand in the names of outlets, whichever they are.
OUTLET_WORDS = re.compile(
    r"\b(?:News|Post|Times|Herald|Ledger|Tribune|Agency|Daily|Press|Journal|Gazette|Chronicle|Observer"
    r"|Courier|Standard|Examiner|Mail|Telegraph|Guardian|Monitor|Dispatch|"
    r"Bulletin|Wire|Newswire|Today|Weekly|Report|Reporter|Review|Star|Globe|Sentinel|Register|Inquirer"
    r"|Broadcasting|Radio|TV|Television|Network|Media|Online|"
    r"Diario|Noticias|Prensa|Periódico|Nacional|Universal|País|Mundo|Tiempo|Heraldo|Tribuna|Agencia"
    r"|Informativo|Correo|Gaceta|Cadena|Digital)\b|"
    r"(?:^|\s)(?:وكالة|صحيفة|جريدة|شبكة|قناة|موقع|إذاعة|نيوز|الأنباء|أنباء|الإخبارية|الإخباري|تايمز|بوست"
    r"|برس)(?:\s|$)",
)
# What large agencies and broadcasters are called, first the name they go by here. A help, not a limit: an
# agency that is not among them is known by how a text speaks of it.
_AGENCIES = (
    "Reuters|Thomson Reuters|رويترز",
    "AP|Associated Press|The Associated Press|أسوشيتد برس|أسوشييتد برس|اسوشيتد برس",
    "AFP|Agence France-Presse|Agence France Presse|فرانس برس|الفرنسية|الصحافة الفرنسية|الأنباء الفرنسية",
    "EFE|Agencia EFE|Efe|إفي",
    "dpa|DPA|Deutsche Presse-Agentur|د ب أ|الألمانية",
    "Bloomberg|Bloomberg News|بلومبرغ|بلومبيرغ",
    "ANSA|Ansa",
    "Europa Press",
    "UPI|United Press International",
    "PA|PA Media|Press Association",
    "PTI|Press Trust of India",
    "ANI|Asian News International",
    "IANS",
    "AAP|Australian Associated Press",
    "Canadian Press|The Canadian Press",
    "Kyodo|Kyodo News",
    "Jiji Press|Jiji",
    "Yonhap|Yonhap News",
    "Xinhua|Xinhua News|شينخوا",
    "TASS|Tass|تاس",
    "Interfax|إنترفاكس",
    "RIA Novosti|RIA|ريا نوفوستي",
    "Sputnik|Sputnik International|سبوتنيك",
    "Ukrinform",
    "Anadolu|Anadolu Agency|AA|الأناضول",
    "IRNA|إرنا",
    "SPA|Saudi Press Agency|واس",
    "WAM|وام",
    "QNA|قنا",
    "KUNA|كونا",
    "SANA|سانا",
    "WAFA|وفا",
    "MENA|أ ش أ|الشرق الأوسط",
    "Petra|بترا",
    "Notimex",
    "Télam",
    "Prensa Latina",
    "Agencia Brasil|Agência Brasil",
    "Lusa",
    "BBC|BBC News|بي بي سي",
    "CNN|CNN Business|سي إن إن",
    "CBS|CBS News",
    "NBC|NBC News",
    "ABC News",
    "NPR",
    "CNBC",
    "Fox News|فوكس نيوز",
    "Sky News|سكاي نيوز",
    "Al Jazeera|الجزيرة",
    "Al Arabiya|العربية",
    "Axios|أكسيوس",
    "Politico|بوليتيكو",
)


def agency_name(name: str) -> str:
    """The one name under which a large agency goes here, "" for a name that is of none."""
    bare = re.sub(r"^(?:the|la|وكالة|وكالة أنباء|شبكة|قناة|agencia|agence)\s+", "", folded(name.strip()))
    return _agencies().get(folded(name.strip()), "") or _agencies().get(bare, "")


def is_same_outlet(one: str, other: str) -> bool:
    """True if two names are of one outlet: "The Harbour Ledger" and "Ledger", "AP" and "Associated Press"."""
    first, second = agency_name(one), agency_name(other)
    if first and second:
        return first == second
    words, others = _words(one), _words(other)
    if not words or not others:
        return False
    initials = {"".join(word[0] for word in side) for side in (words, others) if len(side) > 1}
    joined, also = "".join(words), "".join(others)
    return (
        set(words) <= set(others)
        or set(others) <= set(words)
        or joined == also
        or joined in initials
        or also in initials
    )


def _words(name: str) -> list[str]:
    return [
        word for word in re.findall(r"\w+", folded(name)) if word not in {"the", "el", "la", "com", "www"}
    ]


@cache
def _agencies() -> dict[str, str]:
    names = (line.split("|") for line in _AGENCIES)
    return {folded(form): forms[0] for forms in names for form in forms}
