"""How captions end, and how credits of pictures read."""

from index.boilerplate.headings import grouped, joined

AGENCY = "(?-i:AP|AFP|Reuters|REUTERS|EFE|EPA|DPA|dpa|ANP|UPI|Xinhua|XINHUA|رويترز|أ ف ب)"
_PICTURE = (
    "(?:photo|image|picture|photograph|illustration|graphic|screenshot|foto|fotografía|imagen|captura)s?"
)
_BRACKETED = grouped(  # what stands in the brackets that end a caption
    rf"(?:(?:{AGENCY}|file|stock|reference|archive|handout|courtesy|pool|representative|representational"
    rf"|illustrative|(?-i:[A-ZÀ-Þ][\w.]+)) )*{_PICTURE}(?:\s*[/:|©].*| (?:by|courtesy|credit|via|from|de|por"
    r"|cortesía|archivo|referencial).*)?",
    rf"[^()\[\]]*(?:getty images|shutterstock|istock|/ ?{AGENCY})|{AGENCY} ?/[^()\[\]]*",
    r"(?:credit|courtesy|crédito|cortesía|via|تصوير|عدسة|(?:ال)?صورة|صور)\b[^()\[\]]*",
    r"imagen de referencia|صور[ةه]? (?:أرشيفية|توضيحية|تعبيرية)",
)
# A credit that ends a caption without brackets: "… on Monday. Photograph: Jane Doe/The Herald".
_END_CREDIT = grouped(
    r"(?:photo|photograph|picture|image|illustration|graphic)s?(?: (?:credit|by|courtesy))?",
    r"credits?|source|fuente|المصدر|foto|fotos|fotografía|imagen|crédito|ilustración|تصوير|الصورة|صورة|عدسة",
)

# How a caption or a credit ends, whatever stands before.
CREDITS = (
    rf".*[(\[]{_BRACKETED}[)\]]\.?",
    # A bare agency signs a sentence as well; after a full stop it does.
    rf".*[^.!?\s]\s?\((?:{AGENCY}|file|archivo|أرشيف|أرشيفية)\)",
    rf".*[.!?…|–—-]\s*{_END_CREDIT}\s*[:©/]\s*(?-i:[A-ZÀ-Þ\u0621-\u064a])[^.!?؟:]{{1,80}}\.?",
    r".*(?:\)|\b)(?:photo|foto|image|imagen)\s?©.*|.*(?:via |/ ?|© ?|\| ?)getty images\W*|getty(?: images)?",
    r".*\b(?:ap|afp|reuters|efe) ?photo(?:/.{2,60})?",
    rf".*\b{AGENCY}\s?/\s?(?-i:[A-ZÀ-Þ])[^.!?]{{1,50}}",
    r".*[.!?…|–—-]\s*©\s*(?-i:[A-ZÀ-Þ\u0621-\u064a])[^.!?؟:]{1,60}|<figcaption>.*",
    r".*[.!?…»”\"]\s*/\s*(?-i:[A-ZÀ-Þ])[^.!?:]{0,50}(?:\.[^.!?:]{1,30})?",
    r".*[.!?…]\s(?:photo|photograph|image|picture|illustration|design|graphic|drawing)s? by"
    r" (?-i:[A-ZÀ-Þ])\S*(?: \S+){0,6}",
    # A newspaper's own picture desk: "The quay last year. ARCHIVE".
    r".*[.|–—-]\s+(?-i:ARCHIVE|FILE|ARCHIVO|Archivo|Archive|أرشيف)\W*",
)
CAPTIONS = (
    r"(?:file )?(?:photo|image|picture|photograph|video|illustration|graphic|cover|featured)s?"
    r"(?: (?:photo|image|credit|courtesy|caption|source|illustration))?"
    r"(?: (?:by|credit|courtesy|via|from))*(?: of)?\s*[:©/|].*",
    r"(?:photo|image|picture|photograph|illustration|graphic)s? (?:by|courtesy(?: of)?|via|credit) .{2,80}",
    r"(?:credit|caption|pictured|getty|file|courtesy)s?\s*[:/|].*|file (?:photo|image|picture)\b.*",
    r"(?:foto(?:graf[ií]a)?s?|im[aá]gen(?:es)?|cr[eé]ditos?|ilustraci[oó]n|captura)(?: (?:de|por"
    r"|cortesía|archivo|portada|referencial))*\s*[:©/|].*",
    r"(?:foto(?:graf[ií]a)?|imagen) (?:de archivo|referencial|de referencia|ilustrativa|cortesía).{0,120}",
    r"(?:تصوير|عدسة|(?:مصدر )?(?:ال)?صورة?(?: (?:أرشيفية|من|المصدر))?|الصورة)\s*[:©/|].*|صورة (?:أرشيفية"
    r"|توضيحية|تعبيرية).{0,80}",
    r"[^.!?]{2,40} (?:submitted|handout|courtesy|contributed|file) photos?",
    r"!\[[^\]]*\]\([^)]*\)(?:\s*!\[[^\]]*\]\([^)]*\))*|\[!\[[^\]]*\]\([^)]*\)\]\([^)]*\)",
)
# A line that is a credit and no caption: not many words follow the one that says so.
CREDIT_ALONE = rf"[(\[]?{_END_CREDIT}\s*(?:[:©/|]|by |de |por )?\s*\S+(?:[\s/]+\S+){{0,6}}|getty(?: images)?"
# A control that stands above a caption.
ABOVE_CAPTION = joined(
    r"view image in fullscreen|open image.{0,30}|(?:hide|toggle) caption|caption|enlarge(?: this)? image"
    r"|image caption|ampliar(?: imagen| foto)?|تكبير الصورة",
)
