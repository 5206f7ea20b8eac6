"""How the debris of news pages reads, in English, Spanish and Arabic: the vocabulary of `index.clean`.

`HEADINGS` are whole lines ("Related videos:"), `OPENINGS` start one and need a separator ("Watch: …"),
`PATTERNS` know more of the line. All are matched without regard to case, after bullets and brackets.
"""

_ALSO = "[أا]يض(?:ا|اً|ًا)"
_NETWORKS = (
    r"facebook|twitter|x|instagram|whatsapp|telegram|youtube|tiktok|linkedin|bluesky|threads|mastodon"
    r"|reddit|pinterest|فيسبوك|تويتر|واتساب|تلغرام|تيليجرام|انستغرام|يوتيوب"
)
_AGENCY = "(?-i:AP|AFP|Reuters|REUTERS|EFE|EPA|DPA|dpa|ANP|UPI|Xinhua|XINHUA|رويترز|أ ف ب)"
_PICTURE = (
    "(?:photo|image|picture|photograph|illustration|graphic|screenshot|foto|fotografía|imagen|captura)s?"
)
_CREDIT = (  # what stands in the brackets that end a caption
    rf"(?:(?:(?:{_AGENCY}|file|stock|reference|archive|handout|courtesy|pool|representative"
    rf"|representational|illustrative|(?-i:[A-ZÀ-Þ][\w.]+)) )*"
    rf"{_PICTURE}(?:\s*[/:|©].*| (?:by|courtesy|credit|via|from|de|por|cortesía|archivo|referencial).*)?"
    rf"|[^()\[\]]*(?:getty images|shutterstock|istock|/ ?{_AGENCY})|{_AGENCY} ?/[^()\[\]]*|(?:credit"
    rf"|courtesy|crédito|cortesía|via|تصوير|صورة)\b[^()\[\]]*"
    r"|imagen de referencia|صور[ةه]? (?:أرشيفية|توضيحية|تعبيرية))"
)


def _joined(*alternatives: str) -> str:
    return "|".join(alternatives)


_RELATED = _joined(
    r"related(?: (?:videos?|stor(?:y|ies)|articles?|posts?|news|content|coverage|topics?|links?|reading"
    r"|images|photos))?",
    r"more (?:on|about) (?:this|the) (?:story|topic|subject)|more (?:stories|news|coverage|like this"
    r"|to read|headlines)",
    r"more from (?:[\w.'’&-]+ ){0,3}[\w.'’&-]+",
    r"(?:click to )?read (?:more|next|also|on|this|the full (?:story|article|report))(?: here)?|also read"
    r"|see (?:also|more)|further reading",
    r"watch(?: (?:now|live|also|more|next|the video|this|here|below|video))?|listen(?: (?:now|live"
    r"|to this article|to this story))?",
    r"recommended(?: (?:for you|stories|reading|videos?|articles))?|you (?:may|might"
    r"|could) (?:also )?(?:like|enjoy|be interested in|have missed)",
    r"what to read next|(?:keep|continue) reading|up next|don['’]t miss(?: it)?|in case you missed it"
    r"|must read",
    r"most (?:read|popular|viewed|shared)|trending(?: (?:now|stories|topics))?|popular(?: (?:now|stories"
    r"|posts))?",
    r"(?:latest|top|breaking) (?:news|stories|headlines|videos)|editor['’]?s['’]? picks?|(?:next"
    r"|previous) (?:article|story|post)",
    r"from around the web|elsewhere on the web|explore more",
    r"(?:noticias|v[ií]deos?|artículos?|notas?|contenidos?|temas?|enlaces) relacionad[oa]s?"
    r"|relacionad[oa]s?",
    r"(?:también |además )?(?:le|te|les) (?:puede|podría|pueden|podrían)(?: también)? interesar(?:te|le)?"
    r"|quizás te interese|(?:también )?te interesa",
    r"(?:también )?(?:lea|lee|leer|ver|vea|mira|mire|escucha|puedes leer|además lee)(?: (?:también|además"
    r"|más|aquí|ahora|el video|el vídeo))",
    r"más (?:noticias|información|sobre (?:este|el) tema|en \w+|leíd[oa]s?|vist[oa]s?)|lo más (?:leído"
    r"|visto|nuevo)|últimas noticias",
    r"no te (?:lo )?pierdas|recomendad[oa]s?|recomendamos|(?:sigue|seguir|continúa) leyendo"
    r"|en (?:este )?v[ií]deo|notas? de interés",
    r"(?:مواضيع|موضوعات|مقالات|أخبار|اخبار|فيديوهات|مواد) (?:قد )?(?:تعجبك|تهمك|ذات صلة|مشابهة|متعلقة"
    r"|مرتبطة|أخرى)",
    rf"قد (?:يعجبك|يهمك|تعجبك|تهمك)(?: {_ALSO})?|ربما (?:يعجبك|يهمك)|ذات صلة|مواضيع ذات صلة",
    rf"[إا]قر[أا]ي?(?:وا)?(?: (?:{_ALSO}|المزيد|كذلك))|للمزيد|المزيد(?: من الأخبار)?|طالع(?: {_ALSO})"
    rf"|انظر {_ALSO}",
    rf"شاهد(?:وا)?(?: (?:{_ALSO}|الفيديو|بالفيديو|المزيد|بالصور|الآن))?|(?:بال)?فيديو|بالصور|استمع",
    r"الأكثر (?:قراءة|مشاهدة|تداولا)|آخر الأخبار|أحدث الأخبار|أبرز الأخبار",
)
_RELATED_OPENING = _joined(
    _RELATED,
    r"(?:read|more|video)(?!.*[.]\W*$)|v[ií]deo|lea|lee|vea|mira|mire|audio|podcast|photos|in pictures"
    r"|gallery"
    r"|fotos|galería|صور",
    rf"[إا]قر[أا]|{_ALSO}",
)
_TAGS = _joined(
    r"filed (?:under|in)|tags?|tagged(?: (?:in|with|as))?|topics?|keywords|categor(?:y|ies)|in this article"
    r"|posted in",
    r"etiquetas?|archivado en|temas|palabras clave|categorías?|publicado en|en este artículo",
    r"وسوم|الوسوم|الكلمات (?:المفتاحية|الدلالية)|كلمات (?:مفتاحية|دلالية)|التصنيف(?:ات)?|تصنيفات|العلامات"
    r"|الأقسام",
)
_ABOUT_AUTHOR = _joined(
    r"about (?:the )?(?:author|writer|reporter|us)s?|meet the author|author bio|more about the author",
    r"(?:sobre|acerca d)(?:el| el| la| los)* autor(?:a|es)?|sobre nosotros|quiénes somos",
    r"عن الكاتبة?|نبذة عن الكاتب|حول الكاتب|من نحن",
)
_ADVERTISEMENT = _joined(
    r"advertis(?:e?ment|ing)s?|ads?|sponsored(?: content| by)?|promoted|paid content|(?:story"
    r"|article) continues below(?: (?:this )?ad(?:vertisement)?)?",
    r"(?:remove|skip) ads?|scroll to continue(?: with content)?|loading\W*",
    r"publicidad|anuncios?|contenido patrocinado|patrocinado|إعلان(?:ات)?|اعلان(?:ات)?|محتوى ممول|دعاية",
)
_COMMENTS = _joined(
    r"(?:\d[\d,.]* |view |show |read |all |see |no )*comments?(?: \(?\d+\)?)?|(?:leave|add|post"
    r"|write) (?:a |your )?(?:comment|reply)s?|join the (?:conversation|discussion)",
    r"what do you think\?.{0,80}|(?:let us|tell us) know .{0,40}comments?.{0,20}",
    r"(?:\d+ )?comentarios?(?: \(?\d+\)?)?|(?:deja|añade|escribe|haz) (?:un |tu )?comentario|comenta"
    r"|únete a la conversación",
    r"(?:ال)?تعليقات?(?: \(?\d+\)?)?|(?:أضف|اضف|اترك|اكتب) تعليق(?:ا|ك|اً|ًا)?|شاركنا (?:برأيك|رأيك)",
)
_CONSENT = _joined(
    r"(?:accept|reject|allow|manage)(?: all)?(?: (?:cookies?|preferences|settings|choices))"
    r"|cookie (?:settings|policy|preferences|notice)|privacy (?:policy|settings|notice)",
    r"terms (?:of (?:use|service)|and conditions|& conditions)|(?:i|yes, i) (?:agree|accept)"
    r"|do not sell my (?:personal )?(?:info|information|data)",
    r"(?:aceptar|rechazar|configurar)(?: (?:todas|todo|las cookies|cookies))*|política de (?:cookies"
    r"|privacidad)|aviso legal|términos y condiciones",
    r"سياسة الخصوصية|شروط الاستخدام|قبول(?: الكل)?|ملفات تعريف الارتباط|أوافق",
)
_NAVIGATION = _joined(
    r"home(?:page)?|menu|main menu|search|skip to (?:main |the )?(?:content|navigation)|back to top|top"
    r"|close|next|prev(?:ious)?|log ?in|sign ?in|sign out|register",
    r"my account|save|video player is loading|subscribe|subscriptions?|contact us|site ?map|sections"
    r"|all sections|show more"
    r"|load more|see all|view all|expand|toggle navigation|live|breaking",
    r"font size|text size|a\+ ?a-|reading time.{0,20}|\d+ min(?:ute)?s?(?: read)?"
    r"|(?:estimated )?read(?:ing)? time.{0,20}|play(?: video)?|pause|mute|\d+ of \d+|image \d+ of \d+",
    r"view (?:gallery|photos|image in fullscreen)|open image.{0,30}|key points|translate|listen \d.{0,10}"
    r"|hide caption|toggle caption|enlarge(?: this)? image",
    r"inicio|menú|buscar|volver(?: arriba| al inicio)?|cerrar|siguiente|anterior|iniciar sesión|ingresar"
    r"|regístrate|registrarse|portada|ir al contenido|secciones|ver todo|ver más|cargar más|contacto",
    r"tiempo de lectura.{0,20}|\d+ min(?:utos?)? de lectura",
    r"الرئيسية|القائمة|بحث|ابحث|تسجيل الدخول|تسجيل|الصفحة الرئيسية|العودة إلى الأعلى|إغلاق|التالي|السابق"
    r"|اتصل بنا|الأقسام|عرض المزيد|تخطي إلى المحتوى|حجم الخط|مدة القراءة.{0,20}|خروج|دخول|عاجل",
)

HEADINGS: dict[str, str] = {
    "related": _joined(_RELATED, "more|also"),
    "tags": _TAGS,
    "bio": _ABOUT_AUTHOR,
    "advertisement": _ADVERTISEMENT,
    "comments": _COMMENTS,
    "consent": _CONSENT,
    "navigation": _NAVIGATION,
}
OPENINGS: dict[str, str] = {
    "related": _RELATED_OPENING,
    "tags": _TAGS,
    "advertisement": r"sponsored|publicidad",
}
PATTERNS: tuple[tuple[str, str], ...] = (
    # Share bars: nothing but verbs of sharing, networks and small words. Whole words: a run of letters
    # that could be cut into such in many ways would take for ever.
    (
        "share",
        r"(?=.*(?:share|tweet|print|e-?mail|copy link|compart[ie]|imprimir|enviar|شارك|مشاركة|طباعة"
        r"|facebook|twitter|whatsapp))"
        rf"(?:\b(?:{_NETWORKS}|shares?|shared|tweet|pin|post|print|e-?mail|save|copy|link|copied|flipboard"
        rf"|messenger|sms|url|this|the|story|article|page|on|via|by|to|with|"
        r"and|or|friends?|comparte?|compartir|imprimir|enviar|guardar|copiar|enlace|correo|esta?|la|el"
        r"|noticia|artículo|en|por|con|y|"
        r"شارك(?:ها|ه|نا)?|مشاركة|المشاركة|طباعة|نسخ|الرابط|عبر|على|الخبر|المقال|هذا|البريد|الإلكتروني|أرسل"
        r"|و|\d+)\b[\s,:|/•·+&()-]*)+",
    ),
    (
        "share",
        r"(?:view this post on instagram|a post shared by .*|pic\.twitter\.com/\S+"
        r"|[—–-] .{1,60}\(@\w+\).{0,40})",
    ),
    # Credits of pictures. A caption is told by the credit that ends or starts it.
    ("caption", rf".*[(\[]{_CREDIT}[)\]]\.?"),
    # A bare agency signs a sentence as well; after a full stop it does.
    ("caption", rf"(?=.{{0,300}}$).*[^.!?\s]\s?\((?:{_AGENCY}|file|archivo|أرشيف|أرشيفية)\)"),
    (
        "caption",
        r"(?:file )?(?:photo|image|picture|photograph|video|illustration|graphic|cover"
        r"|featured)s?(?: (?:photo|image|credit|courtesy|caption|source|illustration))?"
        r"(?: (?:by|credit|courtesy|via|from))*(?: of)?\s*[:©/|].*",
    ),
    (
        "caption",
        r"(?:photo|image|picture|photograph|illustration|graphic)s? (?:by|courtesy(?: of)?|via"
        r"|credit) .{2,80}",
    ),
    (
        "caption",
        r"(?:credit|caption|pictured|getty|file|courtesy)s?\s*[:/|].*|file (?:photo|image|picture)\b.*",
    ),
    (
        "caption",
        r"(?:foto(?:graf[ií]a)?s?|im[aá]gen(?:es)?|cr[eé]ditos?|ilustraci[oó]n|captura)(?: (?:de|por"
        r"|cortesía|archivo|portada|referencial))*\s*[:©/|].*",
    ),
    (
        "caption",
        r"(?:foto(?:graf[ií]a)?|imagen) (?:de archivo|referencial|de referencia|ilustrativa"
        r"|cortesía).{0,120}",
    ),
    (
        "caption",
        r"(?:تصوير|(?:مصدر )?(?:ال)?صورة?(?: (?:أرشيفية|من|المصدر))?|الصورة)\s*[:©/|].*|صورة (?:أرشيفية"
        r"|توضيحية|تعبيرية).{0,80}",
    ),
    (
        "caption",
        r".*(?:\)|\b)(?:photo|foto|image|imagen)\s?©.*|.*(?:via |/ ?|© ?|\| ?)getty images\W*"
        r"|getty(?: images)?",
    ),
    ("caption", r".*\b(?:ap|afp|reuters|efe) ?photo(?:/.{2,60})?"),
    ("caption", rf".*\b{_AGENCY}\s?/\s?(?-i:[A-ZÀ-Þ])[^.!?]{{1,50}}"),
    # Whose work it is.
    ("copyright", r"(?:copyright\b|©|\(c\) ?(?:\d{4}|copyright)).*"),
    (
        "copyright",
        r".*(?:all rights reserved|todos los derechos reservados|(?:جميع|كافة|كل) الحقوق محفوظة).*",
    ),
    (
        "copyright",
        r"(?:this (?:material|content)|reproduction|prohibida? (?:la|su) reproducción"
        r"|يُ?منع نسخ).{0,60}(?:may not be|prohibited|total o parcial|without|sin ).*",
    ),
    (
        "copyright",
        r"(?:this|the) (?:article|story|post|piece|report|essay|interview) (?:(?:was|is|has been"
        r"|were) )?(?:(?:originally|first|also|previously) )*(?:published|appeared|produced"
        r"|republished)\b.*",
    ),
    (
        "copyright",
        r"(?:originally|first) (?:published|appeared) (?:in|on|by|at) .*|read the original article.*",
    ),
    (
        "copyright",
        r"(?:este|esta|el) (?:artículo|nota|texto|reportaje) (?:fue |se )?(?:publicad[oa]|publicó"
        r"|apareció) (?:originalmente|por primera vez).*",
    ),
    (
        "copyright",
        r"(?:نُ?شر(?:ت)?|ن[ُ]?شر) (?:هذا|هذه) (?:المقال|المقالة|التقرير|الخبر|القصة) .*(?:لأول مرة|أصلا"
        r"|في الأصل).*",
    ),
    (
        "disclaimer",
        r"(?:the )?(?:views|opinions)(?: and opinions)? expressed .{0,300}|(?:disclaimer|disclosure"
        r"|aviso)\s*:.*|las opiniones (?:expresadas|vertidas) .{0,300}",
    ),
    (
        "disclaimer",
        r".{0,120}may (?:earn|receive) (?:a|an) (?:\w+ )?commission\b.{0,200}|(?:الآراء"
        r"|المقالات?) .{0,60}(?:تعبر|يعبر) .{0,200}",
    ),
    # Asking for something.
    (
        "promotion",
        r"(?:please |to )?(?:subscribe|sign up|sign-up|register|join|get|receive|download|follow|like"
        r"|support|donate|become|stay|want|never|don['’]t|enter|try|start|choose|make)\b"
        r".{0,120}\b(?:newsletters?|inbox|(?:our|free|mobile|the \w+) app|alerts?|(?:whatsapp|telegram"
        r"|youtube|our) (?:channel|group)s?|free trial|subscri(?:ption|bers?)|journalism|"
        r"notifications?|up to date|updates|e-?mail address|google (?:news|discover)|preferred source"
        r"|breaking news)\b.{0,120}",
    ),
    (
        "promotion",
        r"(?:please )?(?:subscribe|sign up|log in|sign in)(?: (?:now|today|here|for free))? (?:to|for|with"
        r"|and|now|here|today)\b.{0,160}",
    ),
    (
        "promotion",
        rf"(?:please )?(?:follow|like|find|join|connect with) (?!(?:him|her|them|me)\b)(?:us|our"
        rf"|the [\w ]{{2,30}}"
        rf"|[\w @.'’]{{2,40}}) (?:on|via|at) (?:{_NETWORKS})\b.{{0,120}}",
    ),
    (
        "promotion",
        r"(?:click|tap|press) (?:here|on the (?:link|image|button))\b.{0,160}|.{0,80}\b(?:click"
        r"|tap) here(?: (?:to|for) .{2,80})?\W*",
    ),
    (
        "promotion",
        r"(?:already|not|are you) (?:a|an|yet a)?\s?(?:subscriber|member|registered)\b.{0,100}|(?:this"
        r"|the) (?:article|content|story) is (?:only )?(?:available )?(?:for|to) (?:our )?(?:paid |premium "
        r"|registered )?(?:subscribers|members)\b.{0,100}",
    ),
    (
        "promotion",
        r"(?:download|get) (?:the|our) .{0,30}\bapp\b.{0,120}|thank you for (?:reading|subscribing"
        r"|signing up|your support)\b.{0,120}|(?:buy|subscribe) now\b.{0,60}",
    ),
    (
        "promotion",
        rf"(?:s[ií]gue(?:nos|los|me)?|s[ií]ganos|encu[eé]ntranos|[uú]nete a|danos) .{{0,60}}(?:{_NETWORKS}"
        rf"|redes sociales|canal(?:es)?|google (?:news|discover)).{{0,120}}",
    ),
    (
        "promotion",
        r"(?:suscr[ií]b(?:ete|ase|irse)|reg[ií]strate|[uú]nete|descarga|recib[ea]|apúntate|haz(?:te)?"
        r"|apoya)\b.{0,100}\b(?:bolet(?:ín|ines)|newsletters?|canal|app|aplicación|correo|alertas?"
        r"|notificaciones|suscripción|suscriptora?s?|socia?o?s?|gratis|periodismo|whatsapp|telegram"
        r"|noticias)\b.{0,100}",
    ),
    (
        "promotion",
        r"(?:suscr[ií]b(?:ete|ase) (?:a|ya|ahora|aquí|para)\b|haz (?:clic|click) (?:aquí|en)|haga clic"
        r"|(?:pincha|pulsa|da clic) (?:aquí|en)|s[ií]guenos\b).{0,160}|suscr[ií]b(?:ete|ase)|síguenos",
    ),
    (
        "promotion",
        rf"(?:تابع(?:وا|ونا|نا)?|انضم(?:وا)?|اشترك(?:وا)?|سجل|حم[ّ]?ل(?:وا)?"
        rf"|احصل)(?: الآن)? .{{0,80}}(?:{_NETWORKS}|النشرة|نشرتنا|نشرة|قناتنا|قناة|صفحتنا|حسابنا|تطبيق"
        rf"|التطبيق|بريدك|غوغل|جوجل نيوز|مواقع التواصل).{{0,120}}",
    ),
    (
        "promotion",
        r"(?:اضغط|انقر) (?:هنا|على)\b.{0,120}|(?:اشترك|تابعنا|تابعونا|انضم إلينا)(?: الآن| معنا)?"
        r"|لل(?:اشتراك|متابعة).{0,80}(?:اضغط|انقر|هنا).{0,40}",
    ),
    # Consent.
    (
        "consent",
        r"(?:we|this (?:web)?site|our (?:web)?site"
        r"|this page)(?: and our partners)? uses? (?:\w+ ){0,3}cookies\b.{0,400}|by (?:continuing|using"
        r"|clicking|signing up|subscribing)\b.{0,120}\b(?:cookies|agree|terms|consent|policy)\b.{0,300}",
    ),
    (
        "consent",
        r"(?:utilizamos|usamos|est[ea] (?:sitio|p[aá]gina|web)(?: web)? (?:utiliza"
        r"|usa)) .{0,40}cookies\b.{0,400}|al (?:continuar|navegar|hacer clic)\b.{0,160}\b(?:cookies"
        r"|términos|política)\b.{0,300}",
    ),
    (
        "consent",
        r"(?:نستخدم|يستخدم (?:هذا )?الموقع|هذا الموقع يستخدم).{0,60}(?:تعريف الارتباط|كوكيز"
        r"|الكوكيز).{0,400}",
    ),
    # Who wrote it.
    (
        "byline",
        r"\(?(?:(?:additional )?(?:reporting|writing|editing|compiled|translation|translated|edited|written"
        r"|research|graphics)(?: and (?:reporting|writing|editing))?) by [^.!?]{2,160}\.?\)?",
    ),
    ("byline", r"(?:with )?(?:files|additional reporting|contributions?) (?:from|by) [^.!?]{2,100}\.?"),
    ("byline", r"(?:(?:بقلم|كتبت?|إعداد|تحرير|ترجمة|المصدر)\s*[:\-–]|بقلم ).{2,80}"),
    ("byline", r"sources?\s*:\s*[^.!?]{2,60}|with (?:agencies|agency inputs?)|agencies"),
    ("byline", r"staff (?:reports?|writers?|reporters?)|(?:the )?associated press|wire reports?"),
    ("byline", r"(?:redacci[oó]n|redactado por|escrito por|editado por|fuente\s*:|texto\s*:)[^.!?]{0,60}"),
    (
        "bio",
        r"(?:you can )?(?:follow|contact|reach|e-?mail|tweet) (?:him|her|them|me|the (?:author|writer"
        r"|reporter))\b.{0,200}",
    ),
    (
        "bio",
        r"(?:contact|e-?mail|reach|escrib[aei]\w*|contacto|للتواصل)\b.{0,120}\S@\S+\.\w{2,}.{0,60}"
        r"|\S+@\S+\.\w{2,}",
    ),
    (
        "bio",
        rf"(?=.{{10,600}}$)(?:[^“”\"]*[.!?]\s+)?(?:you can )?(?:also )?"
        r"(?:follow (?:him|her|them|me|(?-i:[A-ZÀ-Þ]\w+)(?: (?-i:[A-ZÀ-Þ])\w+)?)|sígu?[ae]l[oae]"
        r"|(?:find|reach|contact) (?:him|her|them|me))\b"
        rf".{{0,40}}(?:\b(?:{_NETWORKS})\b|@|at \S+@).{{0,120}}",
    ),
    (
        "bio",
        rf"[^“”\"]{{3,200}}\bcan be (?:reached|followed|contacted) (?:at|on|via|by)\b"
        rf".{{0,40}}(?:\b(?:{_NETWORKS})\b|@).{{0,120}}",
    ),
    ("bio", r"(?:تابع(?:وه|وها|ه|ها)|يمكنك(?:م)? متابع).{0,120}(?:تويتر|منصة|فيسبوك|إكس|@).*"),
    # Markdown and addresses.
    ("caption", r"!\[[^\]]*\]\([^)]*\)(?:\s*!\[[^\]]*\]\([^)]*\))*|\[!\[[^\]]*\]\([^)]*\)\]\([^)]*\)"),
    (
        "navigation",
        r"(?:\d+[.)]\s*)?\[[^\]]*\]\([^)\s]*\)(?:\s*[|•·,/-]?\s*\[[^\]]*\]\([^)\s]*\))*|<?(?:https?://"
        r"|www\.)\S+>?",
    ),
    (
        "navigation",
        r"[^.!?؟|»›>]{1,30}(?:\s+[|»›>]\s+[^.!?؟|»›>]{1,30}){2,}|(?:home|inicio|الرئيسية)\s*[/|»›>].{1,120}",
    ),
)

# What a bio says of its writer, in an article's last paragraphs only.
_NAME = (
    r"(?-i:(?!I |He |She |We |They |It |This |That |There )(?:[^\W\d_a-zß-ÿ][\w.'’-]*[ ,]+(?:(?:de|del|la"
    r"|van|von|der|al|bin|el|and|y|e) ){0,2}){1,5})"
)
BIO = (
    rf"{_NAME}(?:[^.“”\"]{{2,80}}, )?(?:is|are) (?:an?|the|our|[\w.]+['’]s) (?:[\w'’-]+[ ,]+){{0,5}}?"
    r"(?:reporter|journalist|correspondent|writer|editor|columnist|contributor|freelancer|anchor"
    r"|photographer|blogger|author|critic)s?\b.*"
    rf"|{_NAME}es (?:una? |la |el )?(?:\w+ ){{0,2}}?(?:periodista|corresponsal|redactora?|editora?"
    rf"|columnista|reporter[oa]|escritora?)\b.*"
    r"|[^.«»\"]{3,50} (?:صحفية?|صحافية?|مراسلة?|كاتبة?|محررة?)(?: صحفية?| صحافية?)? (?:في|لدى|من|مقيمة?) .*"
    r"|(?:.{2,60} )?(?:editorial team|editorial staff|news ?desk|newsroom|equipo editorial|staff writer"
    r"|staff reports?|هيئة التحرير|فريق التحرير)"
)
