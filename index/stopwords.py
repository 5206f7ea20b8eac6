"""Words that carry no topic, in the languages whose words are stemmed: they don't count when a question
is compared with a text. Words that say what kind of answer is wanted, not about what, are among them: "who",
"age", "respond".
"""

_ENGLISH = """
a about above according after again against all also am an and any are around as at be because been before
being below between both but by can could did do does doing down during each even ever few for from further
had has have having he her here hers herself him himself his how i if in into is it its itself just kind
many may me might more most much must my myself no nor not now of off on once only or other ought our ours
out over own said say says she should so some such than that the their theirs them themselves then there
these they this those through to too under until up upon us very was we were what when where whether which
while who whom whose why will with within without would you your yours s t d ll m re ve tell told happen
happened
age old date respond response answer reply react reaction
"""
_SPANISH = """
a al algo algún alguna algunas alguno algunos ante antes aquel aquella aquí así aún aunque cada como cómo
con contra cual cuál cuales cuáles cuando cuándo cuanta cuánta cuantas cuántas cuanto cuánto cuantos cuántos
de del desde donde dónde dos durante e el él ella ellas ellos en entre era eran eres es esa esas ese eso
esos está están estaba estar este esta estas esto estos fue fueron ha había han hasta hay hace hizo la las
le les lo los más me mi mientras mis muy nada ni no nos nosotros o os otra otras otro otros para pero poco
por porque qué que quien quién quienes quiénes se sea según ser si sí sido sin sobre son su sus también
tan tanto te tiene tienen todo todos tras tu tus un una unas uno unos y ya yo pasó dijo
edad fecha respondió respuesta contestó reaccionó
"""
_ARABIC = """
في من على إلى الى عن مع هل ما ماذا متى أين اين كيف لماذا لمن كم أي اي هو هي هم هن أنا انا نحن أنت انت هذا
هذه ذلك تلك هؤلاء التي الذي الذين اللذان اللتان كان كانت كانوا يكون تكون قد لقد لم لن لا ليس ليست إن ان أن
أو او ثم و ف ب ل ك بين بعد قبل حتى عند عندما منذ حول خلال كل بعض غير أيضا ايضا كما لكن بل إذا اذا حيث بأن
بان وقد وكان وهو وهي فيه فيها منه منها به بها له لها عليه عليها إليه إليها قال قالت عمر تاريخ رد ردت
"""

STOPWORDS: dict[str, frozenset[str]] = {
    "en": frozenset(_ENGLISH.split()),
    "es": frozenset(_SPANISH.split()),
    "ar": frozenset(_ARABIC.split()),
}
EVERY_STOPWORD: frozenset[str] = frozenset().union(*STOPWORDS.values())
