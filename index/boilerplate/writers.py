"""How bylines and bios read."""

from index.boilerplate.headings import NETWORKS, joined

# Capitalised, or as the small words in "van der Berg".
NAME_WORD = r"(?:[^\W\d_a-zß-ÿ][\w.'’-]*|de|del|la|and|y|for|von|van|al|bin|in|en|@\w+|[&|/•])"
NAME_ONLY = rf"{NAME_WORD}(?:\s{NAME_WORD}){{0,5}}"
_PERSON = (
    r"(?-i:[^\W\d_a-zß-ÿ][\w.'’-]*(?: (?:de|del|la|van|von|der|al|bin|el|[^\W\d_a-zß-ÿ][\w.'’-]*)){0,4})"
)

BY_NAME = (  # matched with regard to case
    rf"(?:[Bb]y|BY|[Pp]or|POR|[Ww]ritten by|[Ww]ords by|[Tt]ext by|[Ss]tory by)\s+"
    rf"(?:{NAME_WORD}[\s,]+){{0,14}}(?:{NAME_WORD}|staff|reporters?|correspondents?|agencies|writers?"
    rf"|editors?)"
    r"|[Bb]y (?:our|a|the) .{2,40}(?:correspondent|reporter|staff|desk)"
    rf"|[Ff]rom\s{NAME_WORD}\s{NAME_WORD}\s(?:at|in)\s{NAME_WORD}(?:\s{NAME_WORD}){{0,3}}"
)
BYLINES = (
    r"(?:(?:medically|fact[- ]?|legally) ?)?(?:reviewed|checked) by [^.!?]{2,60}(?:\.[^.!?]{2,100})?",
    r"\(?(?:(?:additional )?(?:reporting|writing|editing|compiled|translation|translated|edited|written"
    r"|research|graphics|analysis|interview(?:ed)?|words|text|pictures|photographs)"
    r"(?: and (?:reporting|writing|editing|photographs|pictures))?) by [^.!?]{2,160}\.?\)?",
    rf"(?:words|text|interview|reporting)\s*[:|]\s*(?-i:{NAME_ONLY})(?: [·|–-] [^.!?]{{2,40}})?",
    r"(?:with )?(?:files|additional reporting|contributions?) (?:from|by) [^.!?]{2,100}\.?",
    r"(?:(?:بقلم|كتبت?|كتبها?|إعداد|تحرير|ترجمة|المصدر)\s*[:\-–]|بقلم ).{2,80}"
    r"|(?:تقرير|حوار|نص|كلمات)\s*[:\-–]\s*\S+(?: \S+){1,2}|كلمات \S+ \S+ ?[·|].{2,60}"
    r"|(?:حاور(?:ها|ه|هم|ته|تها)|أجرى الحوار|أجرت الحوار)\s*:\s.{2,60}",
    r"\((?:إعداد|تحرير|كتابة|تغطية) [^.؟!)]{2,120}\)|(?:إعداد|تغطية) \S+ \S+",
    r"(?:خاص|وكالات|متابعات|مراسلنا|مراسلتنا)(?: ?[-–|/] ?.{2,30})?|.{2,30} ?[-–|] ?(?:وكالات|مراسلنا"
    r"|مراسلتنا|خاص"
    r"|موفدنا.{0,20}|متابعات)",
    r"sources?\s*:\s*[^.!?]{2,60}|with (?:agencies|agency inputs?)|agencies|con información de [^.!?]{2,60}",
    r"staff (?:reports?|writers?|reporters?)|(?:the )?associated press|wire reports?|(?:editorial|news)"
    r" (?:team"
    r"|staff|desk)|(?:فريق|هيئة) التحرير|المحرر|المحررون",
    rf"{_PERSON}, (?:[\w&-]+ ){{0,3}}(?:correspondent|reporter|editor|columnist|critic)",
    rf"{_PERSON},? (?:staff (?:writer|reporter)|(?:special )?correspondent|(?:\w+ )?reporter|enviad[oa]"
    rf" especial"
    r"|corresponsal)",
    r"(?:redacci[oó]n|redactado por|escrito por|editado por|edición (?:de|:)|fuente\s*:|texto\s*:"
    r"|entrevista (?:de|:)"
    r"|reportaje de|crónica de|\(edición de)[^.!?]{0,60}",
)

_NAME = (
    r"(?-i:(?!I |He |She |We |They |It |This |That |There )(?:[^\W\d_a-zß-ÿ][\w.'’-]*[ ,]+(?:(?:de|del|la"
    r"|van|von|der|al|bin|el|and|y|e) ){0,2}){1,5})"
)
_FULL_NAME = _NAME.replace("{1,5}", "{2,5}")
WRITER = (
    "reporter|journalist|correspondent|writer|editor|columnist|contributor|freelancer|anchor|photographer"
    "|blogger|author|critic"
)
_OUTLETS = r"(?-i:(?:[Tt]he )?(?:[A-ZÀ-Þ][\w.&-]* ?){1,5})['’]s?"
ESCRITOR = (
    "periodista|corresponsal|redactora?|editora?|columnista|reporter[oa]|escritora?|fotógrafa?|colaboradora?"
)
_KATIB = "صحفية?|صحافية?|مراسلة?|كاتبة?|محررة?|إعلامية?"
# What a bio says of its writer, in an article's first and last paragraphs only.
BIO = joined(
    rf"{_NAME}(?:[^.“”\"–—]{{2,80}}, )?(?:is|are) (?:an?|the|our|{_OUTLETS}) (?:[\w'’-]+[ ,]+){{0,5}}?"
    rf"(?:{WRITER})s?\b.*",
    rf"{_FULL_NAME}is (?:[\w'’-]+ ){{0,2}}(?:{WRITER}) (?:of|for|at)\b.*",
    rf"{_FULL_NAME}(?:covers|writes (?:about|on|for)|reports (?:on|from|for)|has (?:written|covered|reported)"
    r" (?:about|on|for|from)|is based in)\b.*",
    rf"{_NAME}es (?:una? |la |el )?(?:\w+ ){{0,2}}?(?:{ESCRITOR})\b.*",
    rf"{_FULL_NAME}(?:escribe (?:de|sobre|en|para)|cubre|informa (?:de|sobre))\b.*",
    rf"[^.«»\"]{{3,50}} (?:{_KATIB})(?: صحفية?| صحافية?)? (?:في|لدى|من|مقيمة?) .*|[^.«»\"]{{3,40}}"
    rf" (?:تكتب|يكتب|تغطي|يغطي)"
    r" (?:في|عن|لـ?|لصحيفة|شؤون)\b.*",
    r"(?:.{2,60} )?(?:editorial team|editorial staff|news ?desk|newsroom|equipo editorial|staff writer"
    r"|staff reports?|هيئة التحرير|فريق التحرير)",
)
# At an article's head only what says for whom or about what they write: an interview opens like a bio.
HEAD_BIO = joined(
    rf"{_FULL_NAME}(?:covers|writes (?:about|on|for)|reports (?:on|from|for))\b.*",
    rf"{_FULL_NAME}is (?:an?|the|our|{_OUTLETS}) (?:[\w'’-]+ ){{0,4}}?(?:{WRITER}) (?:for|at|with"
    rf"|covering)\b.*",
    rf"{_FULL_NAME}(?:escribe (?:de|sobre|en|para)|cubre)\b.*",
)
# What stands under a writer's name instead of a sentence: "Education editor", "Escritor y panadero."
TRADE = joined(
    rf"(?:(?:[\w&-]+ ){{0,3}}(?:{WRITER}))(?:(?: and|,| at| for|,? covering| of| in) [^“”\"]{{2,80}})?\.?",
    rf"(?:{ESCRITOR})(?:(?: y|,| de| en|\.) [^“”\"]{{2,80}})?\.?",
    rf"(?:{_KATIB}|روائية?|باحثة?)(?:(?: و|،| في| من| \S+)[^“”\"]{{2,80}})?\.?",
)
ABOUT_THEM = (
    r"(?:you can )?(?:follow|contact|reach|e-?mail|tweet) (?:him|her|them|me|the (?:author|writer"
    r"|reporter))\b.{0,200}",
    r"(?:contact|e-?mail|reach|escrib[aei]\w*|contacto|للتواصل)\b.{0,120}\S@\S+\.\w{2,}.{0,60}"
    r"|\S+@\S+\.\w{2,}|@\w{3,30}",
    r"(?=.{10,600}$)(?:[^“”\"]*[.!?]\s+)?(?:you can )?(?:also )?"
    r"(?:follow (?:him|her|them|me|(?-i:[A-ZÀ-Þ]\w+)(?: (?-i:[A-ZÀ-Þ])\w+)?)|sígu?[ae]l[oae]"
    r"|(?:find|reach|contact) (?:him|her|them|me))\b"
    rf".{{0,40}}(?:\b(?:{NETWORKS})\b|@|at \S+@).{{0,120}}",
    r"[^“”\"]{3,200}\bcan be (?:reached|followed|contacted) (?:at|on|via|by)\b"
    rf".{{0,40}}(?:\b(?:{NETWORKS})\b|@).{{0,120}}",
    rf"(?:تابع(?:وه|وها|ه|ها)|يمكنك(?:م)? متابع).{{0,120}}(?:{NETWORKS}|منصة|@).*",
    r"[^“”\"«»]{3,200}[.] ?(?:تابع(?:وه|وها|ه|ها)) .{0,80}",
    r"(?:e-?mail|contact|follow) (?-i:[A-ZÀ-Þ])\w+",
)
