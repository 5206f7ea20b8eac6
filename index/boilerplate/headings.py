"""Whole lines that are no article's own ("Related videos:"), and how lines with more on them begin.

All are regular expressions, matched without regard to case after bullets and brackets.
"""


def joined(*alternatives: str) -> str:
    """One expression that matches any of `alternatives`."""
    return "|".join(alternatives)


def grouped(*alternatives: str) -> str:
    """`joined`, to stand inside a longer expression."""
    return f"(?:{joined(*alternatives)})"


ALSO = "[أا]يض(?:ا|اً|ًا)"
NETWORKS = joined(
    "facebook|twitter|x|instagram|whatsapp|telegram|youtube|tiktok|linkedin|bluesky|threads|mastodon",
    "reddit|pinterest|flipboard|tumblr|snapchat|messenger|google ?\\+|stumbleupon|pocket|rss|truth social",
    "فيس ?بوك|تويتر|واتس ?[اأ]ب|تل[يغ]*[غج]?رام|تيليجرام|[اإ]نستغرام|[اإ]نستجرام|يوتيوب|لينكد ?[اإ]ن|إكس|اكس"
    "|تيك ?توك|سناب ?شات|ثريدز|ماسنجر",
)

RELATED = joined(
    r"related(?: (?:videos?|stor(?:y|ies)|articles?|posts?|news|content|coverage|topics?|links?|reading"
    r"|images|photos))?",
    r"more (?:on|about) (?:this|the) (?:story|topic|subject)|more (?:like this|to read|headlines)",
    r"more (?:[\w-]+ )?(?:stories|news|coverage|articles|obituaries|letters|columns|interviews|reviews|videos"
    r"|podcasts|photos|galleries|opinion|comment|analysis|features|politics|sports?|business|culture)",
    r"more from (?:[\w.'’&-]+ ){0,3}[\w.'’&-]+",
    r"(?:click to )?read (?:more|next|also|on|this|these next|the full (?:story|article|report))(?: here)?",
    r"to read the full (?:story|article)|also (?:read|in the news|on .{2,30})|see (?:also|more)|further"
    r" reading",
    r"watch(?: (?:now|live|also|more|next|the video|this|here|below|video))?|listen(?: (?:now|live|next"
    r"|to this (?:article|story|episode)(?:[ .:·-]+\d.{0,15})?))?|(?:must read|read these next).{0,20}",
    r"(?:we )?recommend(?:ed|s)?(?: (?:for you|stories|reading|videos?|articles))?|you (?:may|might"
    r"|could) (?:also )?(?:like|enjoy|be interested in|have missed)(?: .{1,20})?",
    r"what to (?:read|watch) next|(?:keep|continue) reading|up next|don['’]t miss(?: (?:it|this))?"
    r"|in case you missed it|must[- ]reads?|top picks|our picks|previous columns|past columns",
    r"(?:the )?most (?:read|popular|viewed|shared|watched|commented|discussed|recent)"
    r"(?: (?:in|on|this|today|now|stories|articles|posts|videos|news)\b.{0,25})?",
    r"trending(?: (?:now|news|stories|topics|on .{2,25}))?|popular(?: (?:now|stories|posts|articles"
    r"|videos))?",
    r"(?:the )?(?:latest|top|breaking)(?: [\w-]+)? (?:news|stories|headlines|videos|articles|posts)|the"
    r" latest"
    r"|latest|editor['’]?s['’]? picks?",
    r"(?:(?:next|previous|prev) (?:article|story|post|column)|(?:newer|older) posts?)",
    r"(?:from )?(?:around|elsewhere on) the web|more from the web|explore more|from (?:our partners"
    r"|the archives?)|people also (?:read|ask)|what others are reading|in other news|story timeline",
    r"(?:noticias?|v[ií]deos?|artículos?|notas?|contenidos?|temas?|enlaces|historias|información|lecturas)"
    r" (?:relacionad[oa]s?|recomendad[oa]s?)|relacionad[oa]s?|otras (?:noticias|notas)",
    r"(?:también |además )?(?:le|te|les) (?:puede|podría|pueden|podrían)(?: también)? interesar(?:te|le)?"
    r"|(?:quizás?|tal vez) te interese|(?:también )?te interesa",
    r"(?:también )?(?:lea|lee|leer|leé|ver|vea|mira|mirá|mire|escucha|escuchá|puedes leer|además lee)"
    r"(?: (?:también|además|más|aquí|acá|ahora|el video|el vídeo))",
    r"más (?:noticias|notas|columnas|entrevistas|opinión|información|vídeos|videos|sobre (?:este|el) tema"
    r"|en \w+|de \w+|leíd[oa]s?|vist[oa]s?)",
    r"(?:lo|l[oa]s) (?:más|mas) (?:leíd[oa]s?|vist[oa]s?|nuevo|comentad[oa]s?|compartid[oa]s?|popular(?:es)?"
    r"|reciente|buscad[oa]s?|destacado)(?: .{1,25})?|últimas noticias|lo último|tendencias|destacad[oa]s",
    r"no te (?:lo )?pierdas|(?:te |le |les )?(?:recomendamos|sugerimos)|recomendad[oa]s?"
    r"|(?:sigue|sigan|seguí|seguir|continúa|continuar) leyendo|en (?:este )?v[ií]deo|notas? de interés",
    r"(?:columnas|artículos|entradas|ediciones) anteriores|(?:noticia|nota|entrada|artículo) (?:anterior"
    r"|siguiente)|del archivo|de la hemeroteca",
    r"(?:مواضيع|موضوعات|مقالات|أخبار|اخبار|فيديوهات|مواد|تقارير) (?:قد )?(?:تعجبك|تهمك|ذات صلة|مشابهة|متعلقة"
    r"|مرتبطة|أخرى|مقترحة|مختارة)",
    rf"(?:قد|ربما) (?:يعجبك|يهمك|تعجبك|تهمك)(?: {ALSO})?|(?:أخبار )?ذات صلة|موضوعات متصلة",
    rf"[إا]قر[أا]ي?(?:وا)?(?: (?:{ALSO}|المزيد|كذلك))|للمزيد|المزيد(?: (?:من|عن|حول) .{{2,25}})?"
    rf"|طالع(?: {ALSO})|انظر {ALSO}|(?:تابع|أكمل|واصل) القراءة",
    rf"شاهد(?:وا)?(?: (?:{ALSO}|الفيديو|بالفيديو|المزيد|بالصور|الآن))?|(?:بال)?فيديو|بالصور|استمع",
    r"الأكثر (?:قراءة|مشاهدة|تداولا|شعبية|تعليقا|زيارة|رواجا)|(?:آخر|أحدث|أبرز|أهم) الأخبار|اخترنا لك(?:م)?"
    r"|نرشح لك(?:م)?|لا (?:يفوتك|تفوتك)|مختارات|مقترحات",
    r"مقالات (?:سابقة|الكاتبة?|أخرى)(?: للكاتبة?)?|(?:الخبر|المقال|الموضوع) (?:السابق|التالي)",
)
RELATED_OPENING = joined(
    RELATED,
    r"(?:read|more|video)(?!.*[.]\W*$)|v[ií]deo|lea|lee|vea|mira|mire|audio|podcast|photos|in pictures"
    r"|(?:photo )?galler(?:y|ies)|quiz|poll|galería|fotogalería|en imágenes",
    r"fotos|صور|اختبار",
    rf"[إا]قر[أا]|{ALSO}|معرض الصور",
)
TAGS = joined(
    r"filed (?:under|in|as)|tags?|tagged(?: (?:in|with|as|under))?|topics?|keywords|categor(?:y|ies)"
    r"|in this (?:article|story)|posted in|(?:explore )?more on these topics|related topics|subjects"
    r"|mentioned in this (?:article|story)",
    r"etiquetas?|archivado en|temas(?: del artículo)?|palabras clave|categorías?|publicado en"
    r"|en (?:este|esta) (?:artículo|nota|noticia)|más sobre",
    r"وسوم|الوسوم|الكلمات (?:المفتاحية|الدلالية)|كلمات (?:مفتاحية|دلالية)|التصنيف(?:ات)?|تصنيفات|العلامات"
    r"|الأقسام|في هذا (?:الخبر|المقال|التقرير)|مواضيع",
)
ABOUT_AUTHOR = joined(
    r"(?:more )?about (?:the )?(?:author|writer|reporter|columnist|us)s?|meet the (?:author|team|reporter)"
    r"|author(?:['’]s)? bio|written by|more by this author",
    r"(?:sobre|acerca d)(?:el| el| la| los)* autor(?:a|es)?|sobre nosotros|quiénes somos",
    r"عن الكاتبة?|نبذة عن الكاتبة?|حول الكاتبة?|من نحن|عن المؤلفة?",
)
ADVERTISEMENT = joined(
    r"advertis(?:e?ment|ing)s?|adverts?|ads?|sponsored(?: (?:content|links?|by|post))?|promoted|paid"
    r" (?:content"
    r"|post)|(?:story|article|advertisement) continues below(?: (?:this )?(?:ad(?:vertisement)?|photo"
    r"|video))?",
    r"(?:remove|skip|close|report this) ads?|scroll to continue(?: with content)?|loading\W*|ad ?choices",
    r"publicidad|anuncios?|contenido patrocinado|patrocinado|espacio publicitario|إعلان(?:ات)?"
    r"|اعلان(?:ات)?|محتوى (?:ممول|مدفوع|دعائي)|دعاية|مادة إعلانية",
)
COMMENTS = joined(
    r"(?:(?:\d[\d,.]*|view|show|read|see|all|the|no|leave|add|post|write|hide|a|your|an?) )*"
    r"(?:comments?|tributes?|repl(?:y|ies)|responses)(?:\s?\(?\d[\d,.]*\)?)?",
    r"(?:have your say|(?:join|start) the (?:conversation|discussion|debate))(?:[:.!]? .{0,100})?"
    r"|sort by|oldest|newest|top comments?",
    r"(?:what do you think\?|(?:let us|tell us) know .{0,40}comments?).{0,80}"
    r"|comments (?:are|have been|on this .{2,20} are) (?:now )?(?:closed|disabled|turned off|open).{0,60}",
    r"[^.]{0,120}\b(?:in|via) the comments?(?: section)?(?: below)?\W*|(?:.{2,60} )?عبر التعليقات\W*",
    r"(?:log|sign) ?in (?:to|or register to) (?:comment|reply|join|post|leave).{0,60}",
    r"(?:ver |leer |mostrar |\d+ )*comentarios?(?:\s?\(?\d+\)?)?|(?:deja|dejá|añade|escribe|haz"
    r"|publica) (?:un |tu )?"
    r"comentario|comentar?|únete a la conversación|normas de participación|ir a (?:los )?comentarios",
    r"los comentarios .{0,20}(?:cerrados|moderados).{0,40}|inicia sesión para (?:comentar|participar).{0,40}"
    r"|¿qué (?:opinas|te parece)\?.{0,60}",
    r"(?:عرض )?(?:ال)?تعليقات?(?: (?:القراء|الزوار))?(?:\s?\(?\d+\)?)?|(?:أضف|اضف|اترك|اكتب) تعليق(?:ا"
    r"|ك|اً|ًا)?"
    r"|شاركنا (?:برأيك|رأيك)|(?:سجل|تسجيل) (?:ال)?دخول(?:ك)? للتعليق|ما رأيك؟.{0,60}",
)
CONSENT = joined(
    r"(?:accept|reject|allow|refuse|decline)(?: (?:all|cookies?|and (?:continue|close)|all cookies))?|manage"
    r" (?:all |my |your |cookies?|preferences|settings|choices|options|consent)+|cookie (?:settings|policy"
    r"|preferences|notice)",
    r"(?:your )?privacy (?:policy|settings|notice|choices|matters to us)|privacy|we (?:value|care about) your"
    r" privacy",
    r"terms(?: (?:of (?:use|service|sale)|and conditions|& conditions))?|(?:i|yes, i) (?:agree|accept)"
    r"|do not sell (?:or share )?my (?:personal )?(?:info|information|data)|your california privacy rights",
    r"(?:aceptar|acepto|rechazar|configurar)(?: (?:todas|todo|las cookies|cookies|y (?:continuar|cerrar)))*"
    r"|(?:política|aviso|configuración) de (?:cookies|privacidad)|aviso legal|términos y condiciones"
    r"|condiciones de uso|valoramos (?:tu|su) privacidad",
    r"سياسة (?:الخصوصية|ملفات تعريف الارتباط)|شروط الاستخدام|قبول(?: الكل)?|رفض(?: الكل)?"
    r"|ملفات تعريف الارتباط|[أم]وافق(?:ة)?|نحن نقدر خصوصيتك(?:م)?|معرفة المزيد",
)
SHARE = joined(
    r"(?:(?:\d[\d,.]*[km]?) )?(?:shares?|likes?|tweets?|views|reads)|\d+shares?|sharing is caring\W*"
    r"|(?:show )?more sharing options|gift (?:this )?article|(?:save|bookmark)(?: for later)?|comment|like"
    r"|send (?:us )?a tip|e-?mail (?:me|this(?: to a friend)?)|share (?:your thoughts )?with (?:your"
    r" )?friends\W*",
    r"(?:you can )?(?:find|save|add) this (?:story|article|page) (?:in|to|for) .{2,30}|(?:guarda|añade) esta?"
    r" (?:noticia|artículo) .{2,30}",
    r"click to (?:share|print|e-?mail)\b.{0,60}|link copied\W*|copy (?:link|url)|url ?copied\W*|get"
    r" short url",
    r"(?:me gusta|tuitear|twittear|escuchar|guardar|imprimir|enviar por (?:correo|e-?mail)|regalar"
    r"|compart(?:e|í|a|ir)(?: (?:esta?|la|el) (?:nota|noticia|artículo))?)",
    r"(?:غرد|تغريد|أعجبني|حفظ|استماع|طباعة|اطبع(?: الصفحة)?|نسخ الرابط|أرسل(?: .{2,30})?|إرسال(?: إلى صديق)?"
    r"|انشر(?: (?:هذا )?(?:الخبر|المقال|الموضوع))?)",
)
NAVIGATION = joined(
    r"home(?:page)?|menu|main menu|search|skip to (?:main |the )?(?:content|navigation)|back to top|top"
    r"|return to top|close|next|prev(?:ious)?|log ?in|sign ?in|sign out|log out|sign up|register",
    r"skip past [\w ]{3,40}|after newsletter promotion|reuse this content|enter your e-?mail(?: address)?"
    r"|e-?mail address|submit|permalink|report (?:a|an) (?:typo|error|mistake|problem)|trackdo not track",
    r"my account|save|video player is loading|subscribe|subscriptions?|contact(?: us)?|site ?map|sections"
    r"|all sections|show (?:more|less)|about(?: us)?|advertise(?: with us)?|careers|jobs|archives?|help"
    r"|faqs?",
    r"(?:load|view|see|show) (?:more|older|newer)(?: (?:updates|stories|posts|comments|news))?|see all"
    r"(?: .{2,25})?|view all|expand|toggle navigation|live|breaking(?: news)?|developing|exclusive|updates?",
    r"(?:font|text) size|[aA][+-]?(?:\s?[aA][+-]?){1,3}|reading time.{0,20}|\d+ min(?:ute)?s?(?: read)?"
    r"|(?:estimated )?read(?:ing)? time.{0,20}|play(?: video)?|pause|(?:un)?mute|(?:now|currently) playing"
    r"|full ?screen|\d+ of \d+|image \d+ of \d+|\d+ ?/ ?\d+|get author rss feed|e-?edition|newsletters?",
    r"view (?:gallery|photos|image in fullscreen)|open image.{0,30}|key points|translate|listen \d.{0,10}"
    r"|hide caption|toggle caption|enlarge(?: this)? image|back to gallery|caption|you are here",
    r"inicio|menú|buscar|volver(?: arriba| al inicio)?|cerrar|siguiente|anterior|(?:iniciar|inicia)"
    r" sesión|ingresar"
    r"|regístrate|registrarse|portada|(?:ir|saltar) al contenido(?: principal)?|secciones|contacto"
    r"|suscríbete",
    r"(?:ver|cargar|mostrar) (?:más|todo|todas|todos)(?: .{2,20})?|en (?:vivo|directo)|(?:última hora"
    r"|urgente)"
    r"|tamaño (?:de(?: la)? )?(?:letra|texto)|tiempo de lectura.{0,20}|\d+ min(?:utos?)? de lectura"
    r"|lectura\s*:.{0,20}|trabaja con nosotros|hemeroteca|avísanos|¿has encontrado un error\?.{0,60}",
    r"الرئيسية|القائمة(?: الرئيسية)?|بحث|ابحث|تسجيل(?: الدخول)?|الصفحة الرئيسية|(?:العودة|عودة) إلى"
    r" الأعلى|إغلاق"
    r"|التالي|السابق|مباشر|بث مباشر|عاجل|خروج|دخول",
    r"(?:اتصل|أعلن) (?:بنا|معنا)|الأقسام|(?:عرض|تحميل|مشاهدة) المزيد|تخطي إلى المحتوى|حجم الخط.{0,15}"
    r"|[أا](?:\s?[أا][+-]?){1,3}|مدة القراءة.{0,20}|\d+ (?:دقائق|دقيقة) (?:قراءة|للقراءة)|وظائف|أبلغ عن خطأ"
    r"|للتواصل معنا.{0,40}",
)

# The parts of a newspaper. They name themselves above an article and below it; inside they may be headings.
SECTIONS = joined(
    r"(?:local|world|national|international|regional|city|county|uk|us|europe|asia|africa)(?: news)?|news"
    r"|politics|business|economy|markets|money|finance|technology|tech|science|environment|climate|health"
    r"|education|sports?|football|soccer|cricket|rugby|tennis|golf|culture|arts?|books|music|film|movies|tv",
    r"entertainment|lifestyle|life|style|food|travel|opinions?|columnists?|comment|editorials?|letters"
    r"|weather"
    r"|obituaries|crime|courts?|transport|property|motoring|cars|gaming|science fiction|space|animals"
    r"|features?|analysis|interviews?|reviews?|videos?|photos?|podcasts?|puzzles|games|fashion|religion"
    r"|scores|fixtures|results|tables|gossip|transfers|schools|families|society|magazine|multimedia|events",
    r"noticias|actualidad|local|comarca|región|provincia|ciudad|sociedad|política|economía|negocios|mercados|internacional"
    r"|nacional|mundo|sucesos|justicia|tribunales|policiales|salud|ciencia|tecnología|educación|cultura"
    r"|libros"
    r"|cine|música|teatro|televisión|gente|fiestas|estilo|viajes|gastronomía|deportes|fútbol|baloncesto"
    r"|resultados|clasificación|fichajes|opinión|columnas?|editorial|entrevistas?|reportajes?|el tiempo"
    r"|vídeos?|videos?|fotos?|multimedia|agenda|motor|empleo|obituarios|espectáculos|municipios",
    r"(?:ال)?(?:أخبار|محليات|محلية|سياسة|اقتصاد|أسواق|أعمال|سياحة|رياضة|كرة القدم|ثقافة|فنون?|فن|منوعات|صحة"
    r"|تعليم|علوم"
    r"|تكنولوجيا|تقنية|بيئة|طقس|مجتمع|قضايا|حوادث|محافظات|عالم|عربي|دولي|دولية|رأي|آراء|مقالات|حوارات|تقارير"
    r"|تحقيقات|فيديو|صور|سفر|سيارات|كتب|سينما|مهرجانات|تغذية|دين|مرأة|انتقالات|نتائج)"
    r"|نتائج المباريات|جدول الترتيب|المباريات|أخبار (?:محلية|العالم|الرياضة)",
)

HEADINGS: dict[str, str] = {
    "related": joined(RELATED, r"more (?:in|on):? (?:[\w.'’&-]+ ){0,3}[\w.'’&-]+|more|also"),
    "tags": TAGS,
    "bio": ABOUT_AUTHOR,
    "advertisement": ADVERTISEMENT,
    "comments": COMMENTS,
    "consent": CONSENT,
    "share": SHARE,
    "navigation": NAVIGATION,
}
OPENINGS: dict[str, str] = {
    "related": RELATED_OPENING,
    "tags": TAGS,
    "advertisement": r"sponsored|publicidad|paid post|advertorial",
}
