"""Lines that ask the reader for something: to share, to subscribe, to agree; and what the law asks for."""

from index.boilerplate.headings import NETWORKS, joined

# Nothing but verbs of sharing, networks and small words. Whole words: a run of letters that could be cut
# into such in many ways would take for ever.
_SHARING = joined(
    NETWORKS,
    r"shares?|shared|tweet|pin|post|print|e-?mail|save|copy|link|copied|sms|url|this|the|story|article|page"
    r"|on|via|by|to|with|and|or|friends?|listen|comments?|gift|like|reprints|a",
    r"comparte?|compartí|compartir|imprimir|enviar|guardar|copiar|enlace|correo|electrónico|esta?|la|el"
    r"|noticia|nota|artículo|en|por|con|y|tuitear|escuchar",
    r"شارك(?:ها|ه|نا|وا)?|مشاركة|المشاركة|طباعة|نسخ|الرابط|عبر|على|الخبر|المقال|هذا|البريد|بالبريد"
    r"|الإلكتروني|الالكتروني|أرسل|إرسال|غرد|و|\d+",
)
_SHARED = (
    r"share|tweet|print|e-?mail|copy link|compart[ieí]|imprimir|enviar|copiar enlace|شارك|مشاركة|طباعة"
    r"|نسخ الرابط"
    rf"|\b(?:{NETWORKS})\b"
)
SHARE = (
    rf"(?=.*(?:{_SHARED}))(?:\b(?:{_SHARING})\b[\s,:|/•·+&()-]*)+",
    r"(?:view this post on instagram|a post shared by .*|pic\.twitter\.com/\S+|[—–-] .{1,60}\(@\w+\).{0,40})",
)

# What a newsletter, a channel or an app is called when readers are to have it.
_OFFERED = (
    r"newsletters?|inbox|(?:our|free|mobile|the \w+) app|alerts?|(?:whatsapp|telegram|youtube|our) (?:channel"
    r"|group)s?|free trial|subscri(?:ption|bers?)|journalism|notifications?|up to date|updates|e-?mail"
    r" address"
    r"|google (?:news|discover)|preferred source|breaking news|podcast|exclusive (?:content|access)"
)
# A line may put a question or a purpose before what it asks for: "Hungry for more? Sign up …"
BEFORE_ASKING = r"(?:[^.!?؟]{2,50}[?؟!]|(?:for|to|para) [^,.!?]{2,40},)\s+"
PROMOTION = (
    r"(?=.{0,140}$).*\b(?:exclusiv[oa]s?|solo|sólo|reservad[oa]s?) (?:para|de|a) (?:nuestros |los )?"
    r"suscriptores\b.*|.{0,80}\b(?:exclusive(?:ly)?|only|reserved) (?:to|for) (?:our )?"
    r"(?:\w+ )?(?:subscribers|members)\b.{0,40}",
    r"(?=.{0,200}$).*\b(?:please )?(?:contact|e-?mail|tell) (?:us|the \w+|our \w+) here\W*",
    # A word to send to a short number.
    r"(?=.{0,160}$).*\b(?:text|message|sms|send|envía|enviar|manda|أرسل|ارسل)\b.{0,12}"
    r"(?-i:[A-ZÀ-Þ]{2,12}|[\"“«'][^\"”»']{1,16}[\"”»']|[\u0621-\u064a]+) (?:to|al?|إلى|على) (?:\d ?){3,9}\W*",
    # A call that ends the line.
    r".{0,200}[.!?:,|–—-] (?:sign up|subscribe|register|find out more|learn more|apúntate|suscríbete"
    r"|inscríbete)"
    r"(?: (?:here|now|today|for free|aquí|ya|gratis))*[.!]?|.{2,160} من هنا[.!]?",
    r"(?:our|a|the) (?:free )?(?:daily|weekly|monthly|morning|evening) (?:[\w-]+ )?(?:letter|newsletter"
    r"|e-?mail|briefing)\b"
    r".{0,80}|(?:newsletter|bolet[ií]n|النشرة(?: \S+)?)\s*[|:]\s.{2,120}",
    r"(?=.{0,160}$).*\b(?:(?:in|from|at) our (?:online )?(?:shop|store)|en (?:la|nuestra) tienda"
    r"|متجر(?:نا| \S+))\b"
    r".*(?:discount|offer|% off|descuento|oferta|aprovecha|خصم|عرض).*",
    r"(?:win|gana|اربح) .{2,60}\b(?:subscribers?|readers|members|suscriptora?s?|lectora?e?s?|socios"
    r"|(?:ال)?مشتركين"
    r"|مسابقة)\b.{0,40}",
    r"(?:please |to )?(?:subscribe|sign up|sign-up|register|join|get|receive|download|follow|like|support"
    r"|donate|become|stay|want|never|don['’]t|enter|try|start|choose|make|enjoy|hear|discover|turn on"
    r"|enable)\b"
    rf".{{0,120}}\b(?:{_OFFERED})\b.{{0,120}}",
    r"(?:please )?(?:subscribe|sign up|log in|sign in)(?: (?:now|today|here|for free))? (?:to|for|with"
    r"|and|now"
    r"|here|today|from)\b.{0,160}",
    rf"(?:please )?(?:follow|like|find|join|connect with) (?!(?:him|her|them|me)\b)(?:us|our|the"
    rf" [\w ]{{2,30}}"
    rf"|[\w @.'’]{{2,40}}) (?:on|via|at) (?:{NETWORKS})\b.{{0,120}}",
    r"(?:click|tap|press) (?:here|on the (?:link|image|button))\b.{0,160}|.{0,80}\b(?:click|tap) here"
    r"(?: (?:to|for) .{2,80})?\W*",
    r"(?:already|not|are you) (?:a|an|yet a)?\s?(?:subscriber|member|registered)\b.{0,100}|(?:this|the)"
    r" (?:article|content|story) is (?:only |exclusively )?(?:available )?(?:for|to) (?:our )?(?:paid "
    r"|premium "
    r"|registered )?(?:subscribers|members)\b.{0,100}",
    r"(?:download|get) (?:the|our) .{0,30}\bapp\b.{0,120}|(?:buy|subscribe) now\b.{0,60}",
    r"thank(?:s| you) for (?:reading|subscribing|signing up|registering|your (?:support|interest))\b.{0,120}",
    r"(?:keep an eye on|check) your inbox\b.{0,80}|sorry[,!.]?(?: there was a problem.{0,80})?|there was an"
    r" (?:error|issue|problem) (?:processing|with) your\b.{0,60}|please (?:check the|try again|enter"
    r" a)\b.{0,80}",
    r"(?:[\w’'&-]+ ){1,4}newsletter|(?:free |our )?(?:daily|weekly|monthly) newsletter",
    r"(?:your|the|our|a) [^.!?]{2,80}(?:in|to) your inbox\b.{0,60}|[^.!?]{2,60} in your inbox\b.{0,60}"
    r"|your (?:daily|weekly|essential) (?:guide|briefing|roundup|digest)\b.{0,80}",
    r"(?:enjoy(?:ing|ed)|lik(?:e|ing)|love|loving) (?:this|the|our|what you)\b[^.!?]{0,40}[?].{0,120}"
    r"|if you (?:enjoyed|liked|value|found)\b.{0,60}\b(?:subscri|support|donat|member|share|sign up).{0,80}",
    r"support (?:us|(?:our|independent|local|quality)(?: \w+)? (?:work|journalism|reporting|mission"
    r"|newsroom))\b.{0,100}"
    r"|(?:become|be) an? (?:\w+ )?(?:member|supporter|subscriber|patron)\b.{0,80}",
    r"(?:subscribe|join|support us|digital access|unlimited access|full access) (?:from|for) .{1,60}"
    r"|cancel (?:at )?any ?time\W*|(?:get|enjoy|unlock) (?:unlimited|full|instant)\b.{0,80}",
    r"you (?:have|['’]ve) (?:\d+|one|no|reached).{0,30}\b(?:articles?|stories)\b.{0,60}|(?:to|keep)"
    r" (?:continue )?reading.{0,30}\b(?:subscribe|log in|register|sign in|account)\b.{0,80}|create (?:a|your)"
    r" (?:free )?account\b.{0,60}",
    r"(?:listen|subscribe|tune in):? (?:to )?(?:our|the)\b.{0,30}\bpodcast\b.{0,120}|(?:got|have|know) an?"
    r" (?:news )?(?:story|tip)s?\b.{0,30}\?.{0,120}",
    r"(?:[^.!?]{3,40}\? )?enter (?:our|the|[\w’' ]{2,40}['’]s)\b.{0,60}\b(?:prize|competition|contest"
    r"|draw|giveaway)\b.{0,60}",
    # A newsroom that speaks of itself; others may be written to in the news.
    r"(?=.*\b(?:we|us|our|newsroom)\b)(?=.{0,300}$)[^“”\"]*\b(?:write|e-?mail|call|send|contact|reach)\b"
    r"[^“”\"]*\S@\S+\.\w{2,}.{0,60}",
    rf"(?:s[ií]gue(?:nos|los|me)?|s[ií]ganos|segu[ií]nos|encu[eé]ntranos|[uú]nete a|danos|sigue|siga"
    rf"|seguí) .{{0,60}}"
    rf"\b(?:{NETWORKS}|redes sociales|canal(?:es)?|google (?:news|discover)|newsletter)\b.{{0,120}}",
    r"(?:suscr[ií]b(?:ete|ase|irse|ite)|reg[ií]strate|[uú]nete|descarga|recib[eaí]|apúntate|haz(?:te)?|activa"
    r"|apoya)\b.{0,100}\b(?:bolet(?:ín|ines)|newsletters?|canal|app|aplicación|correo|alertas?"
    r"|notificaciones|suscripción|suscriptora?s?|socia?o?s?|gratis|periodismo|whatsapp|telegram"
    r"|noticias|comunidad)\b.{0,100}",
    r"(?:suscr[ií]b(?:ete|ase) (?:a|ya|ahora|aquí|para|por|desde)\b|haz (?:clic|click) (?:aquí|en)|haga clic"
    r"|(?:pincha|pulsa|da clic) (?:aquí|en)|s[ií]guenos\b).{0,160}|suscr[ií]b(?:ete|ase)|síguenos",
    r"para (?:seguir|continuar) leyendo\b.{0,80}|(?:este|esta) (?:contenido|artículo|nota|noticia) es"
    r" (?:exclusiv[oa] |solo |sólo )*para\b.{0,60}|¿?ya (?:soy|eres|tengo|tienes) (?:suscriptora?"
    r"|socia?o?|una"
    r" (?:cuenta|suscripción)).{0,60}|¿tienes una (?:suscripción|cuenta).{0,60}|cancela cuando quieras\W*",
    r"¿te (?:gusta|gustó|ha gustado|interesa)\b[^?]{0,40}\?.{0,100}|(?:hazte|házte) (?:socia?o?|suscriptora?"
    r"|miembro)\b.{0,80}|(?:escuch[aeá]|oye|descubre) (?:nuestro|el) p[oó]dcast\b.{0,80}",
    r"he leído y acepto\b.{0,80}|(?:newsletter|bolet[ií]n) ?[|:–—-] ?.{2,120}",
    rf"(?:تابع(?:وا|ونا|نا)?|انضم(?:وا)?|اشترك(?:وا)?|سجل|حم[ّ]?ل(?:وا)?|احصل|فعّ?ل)(?: الآن)? .{{0,80}}"
    rf"(?:{NETWORKS}|النشرة|نشرتنا|نشرة|قناتنا|قناة|صفحتنا|حسابنا|تطبيق|التطبيق|بريدك|غوغل|جوجل نيوز"
    rf"|مواقع التواصل|الإشعارات|رسالة|رسالتنا).{{0,120}}",
    r"(?:اضغط|انقر) (?:هنا|على)\b.{0,120}|(?:اشترك|تابعنا|تابعونا|انضم إلينا)(?: الآن| معنا)?"
    r"|لل(?:اشتراك|متابعة).{0,80}(?:اضغط|انقر|هنا).{0,40}",
    r"(?:هذا|هذه) (?:المحتوى|المقال|المادة|الخبر) (?:متاحة? |حصرية? )*لل?(?:مشتركين|أعضاء).{0,60}"
    r"|ل(?:متابعة|مواصلة"
    r"|استكمال) القراءة.{0,60}|هل (?:أنت|انت) مشترك.{0,60}|لديك حساب.{0,60}",
    r"(?:ادعم|ادعموا) (?:عملنا|صحافتنا|الصحافة|موقعنا|استقلاليتنا).{0,80}|(?:هل )?أعجبك?(?:م|تك)? (?:هذا|هذه)"
    r"[^؟]{0,30}؟.{0,80}|(?:استمع|استمعوا|استمعي) إلى .{0,40}(?:بودكاست|النشرة|نشرتنا).{0,80}|شاهدوا?"
    r" قناة.{0,80}",
)
ADVERTISEMENT = (
    # Betting, which the law makes say so.
    r"(?=.{0,200}$).*(?:(?:begambleaware|gamble responsibly|t&cs apply|terms apply|juega con responsabilidad"
    r"|للبالغين فقط)|[.!] ?(?:18\+|\+18))\W*.{0,40}",
    r"(?:bet|stake|apuesta|راهن) .{1,20}(?:get|y llévate|y gana|واربح).{0,100}",
    r"\(?(?:advertisement|publicidad) continues? (?:below|after)\b.{0,160}|paid post by .{2,60}",
)

COPYRIGHT = (
    r"(?=.{0,160}$).{0,40}\b(?:republish(?:ed)?|republicar(?:se)?|إعادة نشر)\b.{0,100}(?:licen[cs]e"
    r"|licencia|رخصة|permission|permiso).{0,60}|republi(?:sh|car) (?:this|este|our).{0,40}"
    r"|إعادة نشر (?:هذا )?المقال",
    r"(?:copyright\b|©|\(c\) ?(?:\d{4}|copyright)).*",
    r".*(?:all rights reserved|todos los derechos reservados|(?:جميع|كافة|كل) الحقوق محفوظة).*",
    r"(?:this (?:material|content)|reproduction|prohibida? (?:la|su) reproducción|se prohíbe|يُ?منع نسخ"
    r"|لا يجوز (?:نقل|نسخ|نشر)).{0,80}(?:may not be|prohibited|total o parcial|without|sin |إذن|دون).*",
    r"(?:this|the) (?:article|story|post|piece|report|essay|interview) (?:(?:was|is|has been"
    r"|were) )?(?:(?:originally|first|also|previously) )*(?:published|appeared|produced|republished)\b.*",
    r".{3,60} is published by .{2,120}\bregistered\b.*",
    r"(?:originally|first) (?:published|appeared) (?:in|on|by|at) .*|read the original article.*"
    r"|(?:re)?published (?:here )?with permission.*",
    r"(?:este|esta|el) (?:artículo|nota|texto|reportaje) (?:fue |se )?(?:publicad[oa]|publicó|apareció)"
    r" (?:originalmente|por primera vez).*",
    r"(?:نُ?شر(?:ت)?|ن[ُ]?شر) (?:هذا|هذه) (?:المقال|المقالة|التقرير|الخبر|القصة) .*(?:لأول مرة|أصلا|في"
    r" الأصل).*",
)
DISCLAIMER = (
    r"(?:disclosure statement|cláusula de divulgación|بيان الإفصاح)\W*|.{3,60}\b(?:does not work for, consult"
    r"|no recibe salario|no recibe fondos)\b.{0,300}",
    r"(?:the )?(?:views|opinions)(?: and opinions)? expressed .{0,300}|(?:disclaimer|disclosure|aviso)\s*:.*"
    r"|las opiniones (?:expresadas|vertidas) .{0,300}",
    r"(?=.*\bcommission\b)(?=.*\b(?:we|us|our|links?|purchases?)\b).{0,300}\bmay"
    r" (?:earn|receive"
    r"|get) (?:(?:an?|some) )?(?:\w+ )?commission\b.{0,200}"
    r"|.{0,200}\b(?:podemos|puede) (?:recibir|ganar|obtener) una (?:pequeña )?comisión\b.{0,120}",
    r"(?:الآراء|المقالات?|الموقع|ما ينشر) .{0,60}(?:تعبر|يعبر|غير مسؤول) .{0,200}",
    r"[\w’' ]{2,60} (?:is|are) not responsible for the content of .{0,120}|to order (?:a copy|your"
    r" copy)\b.{0,160}",
)
CONSENT = (
    r"(?:we|this (?:web)?site|our (?:web)?site|this page)(?: and our partners)? uses? (?:\w+"
    r" ){0,3}cookies\b.{0,400}"
    r"|by (?:continuing|using|clicking|signing up|subscribing|submitting"
    r"|entering)\b.{0,120}\b(?:cookies|agree|terms"
    r"|consent|policy)\b.{0,300}",
    r"(?:we|this (?:web)?site)\b.{0,40}\b(?:partners|cookies)\b.{0,120}\b(?:store|process|access"
    r"|personal data"
    r"|consent)\b.{0,400}|(?:privacy notice|i agree|i consent|i have read)\b.{0,300}",
    r"this (?:site|form) is protected by .{0,200}|you (?:can|may) (?:unsubscribe|opt out|withdraw your"
    r" consent)\b"
    r".{0,160}|registration on or use of this site .{0,200}|your ad choices",
    r"(?:utilizamos|usamos|est[ea] (?:sitio|p[aá]gina|web)(?: web)? (?:utiliza|usa)) .{0,40}cookies\b.{0,400}"
    r"|al (?:continuar|navegar|hacer clic|suscribirte|registrarte)\b.{0,160}\b(?:cookies|términos|política"
    r"|condiciones)\b.{0,300}",
    r"(?:نستخدم|يستخدم (?:هذا )?الموقع|هذا الموقع يستخدم).{0,60}(?:تعريف الارتباط|كوكيز|الكوكيز).{0,400}",
)
