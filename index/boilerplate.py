"""How the debris of news pages reads, in English, Spanish and Arabic: the vocabulary of `index.clean`.

`HEADINGS` are whole lines ("Related videos:"), `OPENINGS` start one and need a separator ("Watch: …"),
`PATTERNS` know more of the line. All are matched without regard to case, after bullets and brackets.
"""

import re

_ALSO = "[أا]يض(?:ا|اً|ًا)"
_NETWORKS = r"facebook|twitter|x|instagram|whatsapp|telegram|youtube|tiktok|linkedin|bluesky|threads|mastodon|reddit|pinterest|فيسبوك|تويتر|واتساب|تلغرام|تيليجرام|انستغرام|يوتيوب"
_AGENCY = "(?-i:AP|AFP|Reuters|REUTERS|EFE|EPA|DPA|dpa|ANP|UPI|Xinhua|XINHUA|رويترز|أ ف ب)"
_PICTURE = "(?:photo|image|picture|photograph|illustration|graphic|screenshot|foto|fotografía|imagen|captura)s?"
_CREDIT = (  # what stands in the brackets that end a caption
    rf"(?:(?:(?:{_AGENCY}|file|stock|reference|archive|handout|courtesy|pool|representative|representational|illustrative|(?-i:[A-ZÀ-Þ][\w.]+)) )*"
    rf"{_PICTURE}(?:\s*[/:|©].*| (?:by|courtesy|credit|via|from|de|por|cortesía|archivo|referencial).*)?"
    rf"|[^()\[\]]*(?:getty images|shutterstock|istock|/ ?{_AGENCY})|{_AGENCY} ?/[^()\[\]]*|(?:credit|courtesy|crédito|cortesía|via|تصوير|صورة)\b[^()\[\]]*"
    r"|imagen de referencia|صور[ةه]? (?:أرشيفية|توضيحية|تعبيرية))"
)


def _joined(*alternatives: str) -> str:
    return "|".join(alternatives)


_RELATED = _joined(
    r"related(?: (?:videos?|stor(?:y|ies)|articles?|posts?|news|content|coverage|topics?|links?|reading|images|photos))?",
    r"more (?:on|about) (?:this|the) (?:story|topic|subject)|more (?:stories|news|coverage|like this|to read|headlines)",
    r"more from (?:[\w.'’&-]+ ){0,3}[\w.'’&-]+",
    r"(?:click to )?read (?:more|next|also|on|this|the full (?:story|article|report))(?: here)?|also read|see (?:also|more)|further reading",
    r"watch(?: (?:now|live|also|more|next|the video|this|here|below|video))?|listen(?: (?:now|live|to this article|to this story))?",
    r"recommended(?: (?:for you|stories|reading|videos?|articles))?|you (?:may|might|could) (?:also )?(?:like|enjoy|be interested in|have missed)",
    r"what to read next|(?:keep|continue) reading|up next|don['’]t miss(?: it)?|in case you missed it|must read",
    r"most (?:read|popular|viewed|shared)|trending(?: (?:now|stories|topics))?|popular(?: (?:now|stories|posts))?",
    r"(?:latest|top|breaking) (?:news|stories|headlines|videos)|editor['’]?s['’]? picks?|(?:next|previous) (?:article|story|post)",
    r"from around the web|elsewhere on the web|explore more",
    r"(?:noticias|v[ií]deos?|artículos?|notas?|contenidos?|temas?|enlaces) relacionad[oa]s?|relacionad[oa]s?",
    r"(?:también |además )?(?:le|te|les) (?:puede|podría|pueden|podrían)(?: también)? interesar(?:te|le)?|quizás te interese|(?:también )?te interesa",
    r"(?:también )?(?:lea|lee|leer|ver|vea|mira|mire|escucha|puedes leer|además lee)(?: (?:también|además|más|aquí|ahora|el video|el vídeo))",
    r"más (?:noticias|información|sobre (?:este|el) tema|en \w+|leíd[oa]s?|vist[oa]s?)|lo más (?:leído|visto|nuevo)|últimas noticias",
    r"no te (?:lo )?pierdas|recomendad[oa]s?|recomendamos|(?:sigue|seguir|continúa) leyendo|en (?:este )?v[ií]deo|notas? de interés",
    rf"(?:مواضيع|موضوعات|مقالات|أخبار|اخبار|فيديوهات|مواد) (?:قد )?(?:تعجبك|تهمك|ذات صلة|مشابهة|متعلقة|مرتبطة|أخرى)",
    rf"قد (?:يعجبك|يهمك|تعجبك|تهمك)(?: {_ALSO})?|ربما (?:يعجبك|يهمك)|ذات صلة|مواضيع ذات صلة",
    rf"[إا]قر[أا]ي?(?:وا)?(?: (?:{_ALSO}|المزيد|كذلك))|للمزيد|المزيد(?: من الأخبار)?|طالع(?: {_ALSO})|انظر {_ALSO}",
    rf"شاهد(?:وا)?(?: (?:{_ALSO}|الفيديو|بالفيديو|المزيد|بالصور|الآن))?|(?:بال)?فيديو|بالصور|استمع",
    r"الأكثر (?:قراءة|مشاهدة|تداولا)|آخر الأخبار|أحدث الأخبار|أبرز الأخبار",
)
_RELATED_OPENING = _joined(
    _RELATED,
    r"read|more|video|v[ií]deo|lea|lee|vea|mira|mire|audio|podcast|photos|in pictures|gallery|fotos|galería|صور",
    rf"[إا]قر[أا]|{_ALSO}",
)
_TAGS = _joined(
    r"filed (?:under|in)|tags?|tagged(?: (?:in|with|as))?|topics?|keywords|categor(?:y|ies)|in this article|posted in",
    r"etiquetas?|archivado en|temas|palabras clave|categorías?|publicado en|en este artículo",
    r"وسوم|الوسوم|الكلمات (?:المفتاحية|الدلالية)|كلمات (?:مفتاحية|دلالية)|التصنيف(?:ات)?|تصنيفات|العلامات|الأقسام",
)
_ABOUT_AUTHOR = _joined(
    r"about (?:the )?(?:author|writer|reporter|us)s?|meet the author|author bio|more about the author",
    r"(?:sobre|acerca d)(?:el| el| la| los)* autor(?:a|es)?|sobre nosotros|quiénes somos",
    r"عن الكاتبة?|نبذة عن الكاتب|حول الكاتب|من نحن",
)
_ADVERTISEMENT = _joined(
    r"advertis(?:e?ment|ing)s?|ads?|sponsored(?: content| by)?|promoted|paid content|(?:story|article) continues below(?: (?:this )?ad(?:vertisement)?)?",
    r"(?:remove|skip) ads?|scroll to continue(?: with content)?|loading\W*",
    r"publicidad|anuncios?|contenido patrocinado|patrocinado|إعلان(?:ات)?|اعلان(?:ات)?|محتوى ممول|دعاية",
)
_COMMENTS = _joined(
    r"(?:\d[\d,.]* |view |show |read |all |see |no )*comments?(?: \(?\d+\)?)?|(?:leave|add|post|write) (?:a |your )?(?:comment|reply)s?|join the (?:conversation|discussion)",
    r"what do you think\?.{0,80}|(?:let us|tell us) know .{0,40}comments?.{0,20}",
    r"(?:\d+ )?comentarios?(?: \(?\d+\)?)?|(?:deja|añade|escribe|haz) (?:un |tu )?comentario|comenta|únete a la conversación",
    r"(?:ال)?تعليقات?(?: \(?\d+\)?)?|(?:أضف|اضف|اترك|اكتب) تعليق(?:ا|ك|اً|ًا)?|شاركنا (?:برأيك|رأيك)",
)
_CONSENT = _joined(
    r"(?:accept|reject|allow|manage)(?: all)?(?: (?:cookies?|preferences|settings|choices))|cookie (?:settings|policy|preferences|notice)|privacy (?:policy|settings|notice)",
    r"terms (?:of (?:use|service)|and conditions|& conditions)|(?:i|yes, i) (?:agree|accept)|do not sell my (?:personal )?(?:info|information|data)",
    r"(?:aceptar|rechazar|configurar)(?: (?:todas|todo|las cookies|cookies))*|política de (?:cookies|privacidad)|aviso legal|términos y condiciones",
    r"سياسة الخصوصية|شروط الاستخدام|قبول(?: الكل)?|ملفات تعريف الارتباط|أوافق",
)
_NAVIGATION = _joined(
    r"home(?:page)?|menu|main menu|search|skip to (?:main |the )?(?:content|navigation)|back to top|top|close|next|prev(?:ious)?|log ?in|sign ?in|sign out|register",
    r"my account|subscribe|subscriptions?|contact us|site ?map|sections|all sections|show more|load more|see all|view all|expand|toggle navigation|live|breaking",
    r"font size|text size|a\+ ?a-|reading time.{0,20}|\d+ min(?:ute)?s?(?: read)?|(?:estimated )?read(?:ing)? time.{0,20}|play(?: video)?|pause|mute|\d+ of \d+|image \d+ of \d+",
    r"view (?:gallery|photos|image in fullscreen)|open image.{0,30}|key points|translate|listen \d.{0,10}|hide caption|toggle caption|enlarge(?: this)? image",
    r"inicio|menú|buscar|volver(?: arriba| al inicio)?|cerrar|siguiente|anterior|iniciar sesión|ingresar|regístrate|registrarse|portada|ir al contenido|secciones|ver todo|ver más|cargar más|contacto",
    r"tiempo de lectura.{0,20}|\d+ min(?:utos?)? de lectura",
    r"الرئيسية|القائمة|بحث|ابحث|تسجيل الدخول|تسجيل|الصفحة الرئيسية|العودة إلى الأعلى|إغلاق|التالي|السابق|اتصل بنا|الأقسام|عرض المزيد|تخطي إلى المحتوى|حجم الخط|مدة القراءة.{0,20}|خروج|دخول|عاجل",
)

HEADINGS: dict[str, str] = {
    "related": _RELATED,
    "tags": _TAGS,
    "bio": _ABOUT_AUTHOR,
    "advertisement": _ADVERTISEMENT,
    "comments": _COMMENTS,
    "consent": _CONSENT,
    "navigation": _NAVIGATION,
}
OPENINGS: dict[str, str] = {"related": _RELATED_OPENING, "tags": _TAGS, "advertisement": r"sponsored|publicidad"}
PATTERNS: tuple[tuple[str, str], ...] = (
    # Share bars: nothing but verbs of sharing, networks and small words.
    (
        "share",
        r"(?=.*(?:share|tweet|print|e-?mail|copy link|compart[ie]|imprimir|enviar|شارك|مشاركة|طباعة|facebook|twitter|whatsapp))"
        rf"(?:(?:{_NETWORKS}|shares?|shared|tweet|pin|post|print|e-?mail|save|copy|link|copied|flipboard|messenger|sms|url|this|the|story|article|page|on|via|by|to|with|"
        r"and|or|friends?|comparte?|compartir|imprimir|enviar|guardar|copiar|enlace|correo|esta?|la|el|noticia|artículo|en|por|con|y|"
        r"شارك(?:ها|ه|نا)?|مشاركة|المشاركة|طباعة|نسخ|الرابط|عبر|على|الخبر|المقال|هذا|البريد|الإلكتروني|أرسل|و|\d+)[\s,:|/•·+&()-]*)+",
    ),
    ("share", r"(?:view this post on instagram|a post shared by .*|pic\.twitter\.com/\S+|[—–-] .{1,60}\(@\w+\).{0,40})"),
    # Credits of pictures. A caption is told by the credit that ends or starts it.
    ("caption", rf".*[(\[]{_CREDIT}[)\]]\.?"),
    # A bare agency signs a sentence as well; after a full stop it does.
    ("caption", rf"(?=.{{0,300}}$).*[^.!?\s]\s?\((?:{_AGENCY}|file|archivo|أرشيف|أرشيفية)\)"),
    (
        "caption",
        r"(?:file )?(?:photo|image|picture|photograph|video|illustration|graphic|cover|featured)s?(?: (?:photo|image|credit|courtesy|caption|source|illustration))?"
        r"(?: (?:by|credit|courtesy|via|from))*(?: of)?\s*[:©/|].*",
    ),
    ("caption", r"(?:photo|image|picture|photograph|illustration|graphic)s? (?:by|courtesy(?: of)?|via|credit) .{2,80}"),
    ("caption", r"(?:credit|caption|pictured|getty|file|courtesy)s?\s*[:/|].*|file (?:photo|image|picture)\b.*"),
    ("caption", r"(?:foto(?:graf[ií]a)?s?|im[aá]gen(?:es)?|cr[eé]ditos?|ilustraci[oó]n|captura)(?: (?:de|por|cortesía|archivo|portada|referencial))*\s*[:©/|].*"),
    ("caption", r"(?:foto(?:graf[ií]a)?|imagen) (?:de archivo|referencial|de referencia|ilustrativa|cortesía).{0,120}"),
    ("caption", r"(?:تصوير|(?:مصدر )?(?:ال)?صورة?(?: (?:أرشيفية|من|المصدر))?|الصورة)\s*[:©/|].*|صورة (?:أرشيفية|توضيحية|تعبيرية).{0,80}"),
    ("caption", r".*(?:\)|\b)(?:photo|foto|image|imagen)\s?©.*|.*(?:via |/ ?|© ?|\| ?)getty images\W*|getty(?: images)?"),
    ("caption", r".*\b(?:ap|afp|reuters|efe) ?photo(?:/.{2,60})?"),
    # Whose work it is.
    ("copyright", r"(?:copyright\b|©|\(c\) ?(?:\d{4}|copyright)).*"),
    ("copyright", r".*(?:all rights reserved|todos los derechos reservados|(?:جميع|كافة|كل) الحقوق محفوظة).*"),
    (
        "copyright",
        r"(?:this (?:material|content)|reproduction|prohibida? (?:la|su) reproducción|يُ?منع نسخ).{0,60}(?:may not be|prohibited|total o parcial|without|sin ).*",
    ),
    (
        "copyright",
        r"(?:this|the) (?:article|story|post|piece|report|essay|interview) (?:(?:was|is|has been|were) )?(?:(?:originally|first|also|previously) )*(?:published|appeared|produced|republished)\b.*",
    ),
    ("copyright", r"(?:originally|first) (?:published|appeared) (?:in|on|by|at) .*|read the original article.*"),
    ("copyright", r"(?:este|esta|el) (?:artículo|nota|texto|reportaje) (?:fue |se )?(?:publicad[oa]|publicó|apareció) (?:originalmente|por primera vez).*"),
    ("copyright", r"(?:نُ?شر(?:ت)?|ن[ُ]?شر) (?:هذا|هذه) (?:المقال|المقالة|التقرير|الخبر|القصة) .*(?:لأول مرة|أصلا|في الأصل).*"),
    # Asking for something.
    (
        "promotion",
        r"(?:please |to )?(?:subscribe|sign up|sign-up|register|join|get|receive|download|follow|like|support|donate|become|stay|want|never|don['’]t|enter|try|start|choose|make)\b"
        r".{0,120}\b(?:newsletters?|inbox|(?:our|free|mobile|the \w+) app|alerts?|(?:whatsapp|telegram|youtube|our) (?:channel|group)s?|free trial|subscri(?:ption|bers?)|journalism|"
        r"notifications?|up to date|updates|e-?mail address|google (?:news|discover)|preferred source|breaking news)\b.{0,120}",
    ),
    ("promotion", r"(?:please )?(?:subscribe|sign up|log in|sign in)(?: (?:now|today|here|for free))? (?:to|for|with|and|now|here|today)\b.{0,160}"),
    ("promotion", rf"(?:please )?(?:follow|like|find|join|connect with) (?:us|our|the [\w ]{{2,30}}|[\w .'’]{{2,40}}) (?:on|via|at) (?:{_NETWORKS})\b.{{0,120}}"),
    ("promotion", r"(?:click|tap|press) (?:here|on the (?:link|image|button))\b.{0,160}|.{0,80}\b(?:click|tap) here(?: (?:to|for) .{2,80})?\W*"),
    ("promotion", r"(?:already|not|are you) (?:a|an|yet a)?\s?(?:subscriber|member|registered)\b.{0,100}|(?:this|the) (?:article|content|story) is (?:only )?(?:available )?(?:for|to) (?:our )?(?:paid |premium |registered )?(?:subscribers|members)\b.{0,100}"),
    ("promotion", r"(?:download|get) (?:the|our) .{0,30}\bapp\b.{0,120}|thank you for (?:reading|subscribing|signing up|your support)\b.{0,120}|(?:buy|subscribe) now\b.{0,60}"),
    ("promotion", rf"(?:s[ií]gue(?:nos|los|me)?|s[ií]ganos|encu[eé]ntranos|[uú]nete a|danos) .{{0,60}}(?:{_NETWORKS}|redes sociales|canal(?:es)?|google (?:news|discover)).{{0,120}}"),
    ("promotion", r"(?:suscr[ií]b(?:ete|ase|irse)|reg[ií]strate|[uú]nete|descarga|recib[ea]|apúntate|haz(?:te)?|apoya)\b.{0,100}\b(?:bolet(?:ín|ines)|newsletters?|canal|app|aplicación|correo|alertas?|notificaciones|suscripción|suscriptora?s?|socia?o?s?|gratis|periodismo|whatsapp|telegram|noticias)\b.{0,100}"),
    ("promotion", r"(?:suscr[ií]b(?:ete|ase) (?:a|ya|ahora|aquí|para)\b|haz (?:clic|click) (?:aquí|en)|haga clic|(?:pincha|pulsa|da clic) (?:aquí|en)|s[ií]guenos\b).{0,160}|suscr[ií]b(?:ete|ase)|síguenos"),
    ("promotion", rf"(?:تابع(?:وا|ونا|نا)?|انضم(?:وا)?|اشترك(?:وا)?|سجل|حم[ّ]?ل(?:وا)?|احصل)(?: الآن)? .{{0,80}}(?:{_NETWORKS}|النشرة|نشرتنا|نشرة|قناتنا|قناة|صفحتنا|حسابنا|تطبيق|التطبيق|بريدك|غوغل|جوجل نيوز|مواقع التواصل).{{0,120}}"),
    ("promotion", r"(?:اضغط|انقر) (?:هنا|على)\b.{0,120}|(?:اشترك|تابعنا|تابعونا|انضم إلينا)(?: الآن| معنا)?|لل(?:اشتراك|متابعة).{0,80}(?:اضغط|انقر|هنا).{0,40}"),
    # Consent.
    ("consent", r"(?:we|this (?:web)?site|our (?:web)?site|this page)(?: and our partners)? uses? (?:\w+ ){0,3}cookies\b.{0,400}|by (?:continuing|using|clicking|signing up|subscribing)\b.{0,120}\b(?:cookies|agree|terms|consent|policy)\b.{0,300}"),
    ("consent", r"(?:utilizamos|usamos|est[ea] (?:sitio|p[aá]gina|web)(?: web)? (?:utiliza|usa)) .{0,40}cookies\b.{0,400}|al (?:continuar|navegar|hacer clic)\b.{0,160}\b(?:cookies|términos|política)\b.{0,300}"),
    ("consent", r"(?:نستخدم|يستخدم (?:هذا )?الموقع|هذا الموقع يستخدم).{0,60}(?:تعريف الارتباط|كوكيز|الكوكيز).{0,400}"),
    # Who wrote it.
    ("byline", r"\(?(?:(?:additional )?(?:reporting|writing|editing|compiled|translation|translated|edited|written|research|graphics)(?: and (?:reporting|writing|editing))?) by [^.!?]{2,160}\.?\)?"),
    ("byline", r"(?:with )?(?:files|additional reporting|contributions?) (?:from|by) [^.!?]{2,100}\.?"),
    ("byline", r"(?:(?:بقلم|كتبت?|إعداد|تحرير|ترجمة|المصدر)\s*[:\-–]|بقلم ).{2,80}"),
    ("byline", r"(?:redacción|redaccion|redactado por|escrito por|editado por|fuente\s*:|texto\s*:).{0,60}"),
    ("bio", rf"(?:you can )?(?:follow|contact|reach|e-?mail|tweet) (?:him|her|them|me|the (?:author|writer|reporter))\b.{{0,200}}"),
    ("bio", r"(?:contact|e-?mail|reach|escrib[aei]\w*|contacto|للتواصل)\b.{0,120}\S@\S+\.\w{2,}.{0,60}|\S+@\S+\.\w{2,}"),
    ("bio", rf"(?=.{{10,600}}$)[^\W\d_][^“”\"]*\b(?:(?:you can )?follow (?:him|her|them|me|[\w .]{{2,30}})|sígu?[ae]l[oae]|(?:find|reach|contact) (?:him|her|them|me)|can be (?:reached|followed|found))\b.{{0,40}}(?:{_NETWORKS}|@|at \S+@).*"),
    ("bio", r"(?:تابع(?:وه|وها|ه|ها)|يمكنك(?:م)? متابع).{0,120}(?:تويتر|منصة|فيسبوك|إكس|@).*"),
    # Markdown and addresses.
    ("caption", r"!\[[^\]]*\]\([^)]*\)(?:\s*!\[[^\]]*\]\([^)]*\))*|\[!\[[^\]]*\]\([^)]*\)\]\([^)]*\)"),
    ("navigation", r"(?:\d+[.)]\s*)?\[[^\]]*\]\([^)\s]*\)(?:\s*[|•·,/-]?\s*\[[^\]]*\]\([^)\s]*\))*|<?(?:https?://|www\.)\S+>?"),
    ("navigation", r"[^.!?؟|»›>]{1,30}(?:\s+[|»›>]\s+[^.!?؟|»›>]{1,30}){2,}|(?:home|inicio|الرئيسية)\s*[/|»›>].{1,120}"),
)

# What a bio says of its writer, in an article's last paragraphs only.
_NAME = r"(?-i:(?!I |He |She |We |They |It |This |That |There )(?:[^\W\d_a-zß-ÿ][\w.'’-]*[ ,]+(?:(?:de|del|la|van|von|der|al|bin|el|and|y|e) ){0,2}){1,5})"
BIO = (
    rf"{_NAME}(?:[^.“”\"]{{2,80}}, )?(?:is|are) (?:(?:an?|the|our) )?(?:[\w'’-]+[ ,]+){{0,5}}?"
    r"(?:reporter|journalist|correspondent|writer|editor|columnist|contributor|freelancer|anchor|photographer|blogger|author|critic)s?\b.*"
    rf"|{_NAME}es (?:una? |la |el )?(?:\w+ ){{0,2}}?(?:periodista|corresponsal|redactora?|editora?|columnista|reporter[oa]|escritora?)\b.*"
    r"|[^.«»\"]{3,50} (?:صحفية?|صحافية?|مراسلة?|كاتبة?|محررة?)(?: صحفية?| صحافية?)? (?:في|لدى|من|مقيمة?) .*"
    r"|(?:.{2,60} )?(?:editorial team|editorial staff|news ?desk|newsroom|equipo editorial|staff writer|staff reports?|هيئة التحرير|فريق التحرير)"
)
