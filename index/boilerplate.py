"""How the debris of news pages reads, in English, Spanish and Arabic: the vocabulary of `index.clean`.

`HEADINGS` are whole lines ("Related videos:"), `OPENINGS` start one and need a separator ("Watch: …"),
`PATTERNS` know more of the line. All are matched without regard to case, after bullets and brackets.
"""

import re

# A name is a capitalised word, or a small word or Arabic one between such.
_ALSO = "[أا]يض(?:ا|اً|ًا)"
_NETWORKS = r"facebook|twitter|x|instagram|whatsapp|telegram|youtube|tiktok|linkedin|bluesky|threads|mastodon|reddit|pinterest|فيسبوك|تويتر|واتساب|تلغرام|تيليجرام|انستغرام|يوتيوب"
_CREDIT = (
    r"(?:ap|afp|reuters|efe|epa|getty(?: images)?|dpa|anp|upi|xinhua|shutterstock|istock|unsplash|pixabay|alamy|"
    r"file|stock|reference|reference image|imagen de referencia|archivo|handout|courtesy|cortesía|أرشيفية|أرشيف|رويترز|أ ف ب)"
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
