"""The words of relative dates in Spanish."""

import re
from functools import cache

from index.when.calendar_names import MONTHS, WEEKDAYS
from index.when.relative_words.shape import NOT_A_YEAR, RelativeWords, any_of, compiled, numbered


@cache
def spanish() -> RelativeWords:
    """The words of Spanish."""
    weekday, month = any_of(WEEKDAYS["es"]), any_of(MONTHS["es"])
    numbers = {"un": 1, "una": 1, **numbered("dos tres cuatro cinco seis siete ocho nueve diez", 2)}
    last, following = r"pasad[oa]|últim[oa]", r"próxim[oa]"
    coming = r"próxim[oa]|que viene|entrante"
    day = r"(?P<day>\d{1,2}|primero|1[ºo])"
    return RelativeWords(
        rules=compiled(
            ("none", rf"\b(?:{weekday})\s(?:al?|hasta el)\s(?:{weekday})\b"),
            (
                "none",
                rf"\b(?:los|las|cada|todos los|un|algún|aquel|ese|otro|tod[oa]s?|santo)\s(?:{weekday})s?\b"
                rf"|\b(?:{weekday})\s(?:santo|negro|de ceniza|siguiente|anterior)\b",
            ),
            ("none", r"\bhoy (?:en día|por hoy)\b|\b(?:hasta|desde|de|aún|todavía) hoy\b"),
            ("none", rf"\b(?:entre|de)\s(?:{month})\s(?:y|a)\s(?:{month})\b"),
            (
                "date",
                rf"\b(?:(?P<on>{weekday}),?\s)?(?:día\s)?(?:(?P<last>{last})\s|(?P<next>{following})\s)?"
                rf"(?P<shown>{day}\sde\s(?P<month>{month})(?:\s(?:(?P<last_year>del año pasado)"
                rf"|(?P<this_year>de este año)|(?P<next_year>del próximo año)))?){NOT_A_YEAR}",
            ),
            (
                "weekday",
                rf"\b(?P<el>el\s|este\s|del\s|al\s)(?P<shown>(?:(?P<last>{last})\s|(?P<next>{following})\s)?"
                rf"(?P<weekday>{weekday})\b(?:\s(?:(?P<last_after>pasado)|(?P<next_after>{coming})"
                r"|de (?P<last_week>la semana pasada)|de (?P<next_week>la próxima semana"
                r"|la semana que viene)))?)",
            ),
            ("day -2", r"\banteayer\b|\bantes de ayer\b|\bantier\b"),
            ("day 2", r"\bpasado mañana\b"),
            ("day -1", r"\bayer\b|\banoche\b"),
            ("day 0", r"\besta (?:mañana|tarde|noche|madrugada)\b"),
            ("now", r"\bhoy\b"),
            (
                "ahead",
                r"(?<!la )(?<!una )(?<!cada )(?<!de )(?<!por )(?<!esta )(?<!misma )(?<!El )\bmañana\b",
            ),
            (
                "period",
                rf"\b(?:(?:el|la)\s(?P<last>pasad[oa])\s(?P<unit>semana|fin de semana|mes|año)"
                rf"|(?:el|la)\s(?P<unit_first>semana|fin de semana|mes|año)\s(?:(?P<last_after>pasad[oa])"
                rf"|(?P<next_after>{coming}))|(?:el|la)\s(?P<next>{following})"
                r"\s(?P<unit_next>semana|fin de semana|mes|año)"
                r"|(?P<this>est[ea])\s(?P<unit_this>semana|fin de semana|mes|año))\b(?!\sde\s)",
            ),
            (
                "ago",
                rf"(?<!desde )\bhace\s(?P<number>{any_of(numbers)}|\d{{1,2}})\s(?P<unit>días?|semanas?)\b",
            ),
            (
                "ahead",
                rf"\bdentro de\s(?P<number>{any_of(numbers)}|\d{{1,2}})\s(?P<unit>días?|semanas?)\b",
            ),
            (
                "month",
                r"\b(?:en|desde|hasta|durante|a (?:principios|mediados|finales) de|(?:el|del|al) (?:mes de )?"
                rf"(?:(?P<last>{last})|(?P<next>{following}))(?: mes de)?|este(?: mes de)?)\s"
                rf"(?P<shown>(?P<month>{month})(?:\s(?:(?P<last_after>pasado)|(?P<next_after>{coming})"
                r"|(?P<last_year>del año pasado)|(?P<this_year>de este año)"
                r"|(?P<next_year>del próximo año)))?)" + NOT_A_YEAR,
            ),
        ),
        cues=re.compile(
            r"(?P<neither>\b\w+r(?:ía|ían)\b|\b(?:si|salvo)\b"
            r"|\b(?:estaba|estaban|fue|había sido)\s(?:previst[oa]"
            r"|programad[oa]|convocad[oa])\b)"
            r"|(?P<future>\b\w{2,}r(?:á|án|emos)\b(?:\s(?:que|ser|a|de)\s\w+)?|\bva[n]?\sa\s\w+|\bprevé[n]?\b"
            r"|\bprevist[oa]s?\b|\bprevisiblemente\b|\bpiensa[n]?\b|\bespera[n]?\b|\bplanea[n]?\b|\bdebe[n]?\b"
            r"|\bpuede[n]?\b|\bprogramad[oa]s?\b)"
            r"|(?P<past>\b(?:empez|comenz|volvi|logr|lleg|acab|consigui|ayud|neg)(?:ó|aron|eron)\s(?:[ad]e?\s)?(?:se\s)?"
            r"\w+r(?:se)?\b)"
            r"|(?P<deadline>\b(?:hasta|antes d|a partir d|desde)e?l?\b)"
            r"|(?P<infinitive>\b(?:para|a|de|sin|por)\s(?:no\s)?\w+(?:ar|er|ir)(?:se|l[oae]s?)?\b)"
            r"|(?P<say>\b(?:dijo|dijeron|anunció|anunciaron|informó|informaron|afirmó|aseguró|explicó|declaró|señaló"
            r"|confirmó|añadió)\b)"
            r"|(?P<done>\b\w{2,}(?:ó|aron|ieron|yeron|jeron)\b|\b(?:fue|fueron|hizo|hubo|tuvo|vino|puso|dio|era|eran"
            r"|estaba|estaban|había|habían|tenía|tenían|vivió|ha|han|supo|quiso|trajo|pudo|cayó|vio|leí|murió)\b"
            r"|\b(?!pasad|partid|estad|sentid|lad[oa]|unid|mercad|jurad|abogad)\w{3,}(?:ad|id)[oa]s?"
            r"(?=\s(?:el|este|ayer|hoy|anoche|la|esta|anteayer|en)\b))",
            re.IGNORECASE,
        ),
        boundary=re.compile(r"\b(?:que|quien|pero|mientras|porque|cuando|donde|cuyo|cuya)\b|;"),
        joint=re.compile(r"\b[ye]\b"),
        modal=re.compile(r"(?:debe|puede)n?\b"),
        numbers=numbers,
        units={
            **dict.fromkeys(["día", "días"], "day"),
            **dict.fromkeys(["semana", "semanas"], "week"),
            **{"fin de semana": "weekend", "mes": "month", "año": "year"},
        },
        days={"primero": 1},
    )
