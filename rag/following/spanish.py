"""Spanish questions, made of sentences that answer them."""

import re
from collections.abc import Iterator

from index.schema import Span
from rag.asking.mentions import mentions
from rag.following.idea import Idea, is_full_name
from rag.telling.short_answers.figures import number_pattern
from rag.telling.short_answers.times import dates_and_clocks
from rag.telling.speaker import speaker

_LEANS = re.compile(
    r"\b(?:su|sus|lo|le|les|él|ella|ellos|ellas|est[eao]s?|es[eao]s?|aquel\w*|ello|otr[oa]s?|mism[oa]s?|ambos|"
    r"ambas|también|además|no|ni|nunca|allí|ahí|aquí|luego|entonces|pero|aunque|porque|cuando|donde|quien|"
    r"cuy[oa]s?|hoy|ayer|mañana|yo|nos|nuestr[oa]s?|me|mi|tal|así|que)\b",
    re.IGNORECASE,
)
_SUBJECT = r"(?P<subject>(?:El|La|Los|Las)\s[^,;:.¿?¡!«»“”\"()—–\n]{2,60}?)"
_PAST = r"(?P<verb>\w{2,}(?:ó|aron|ieron)|fue|fueron|será|serán)"
_WHEN = re.compile(rf"{_SUBJECT}\s{_PAST}(?P<rest>(?:\s[^,;:.«»“”\"()—–\n]{{3,60}}?)?)\s(?:el|en|a las)\s?$")
_COST = re.compile(rf"{_SUBJECT}\s(?P<verb>costó|ha costado|cuesta|costará)\s(?:unos\s|casi\s|más de\s)?$")
_MANY = re.compile(
    r"(?P<noun>personas|[a-zñáéíóú]{3,}[oa]s)\s(?P<verb>(?:\w{2,}(?:aron|ieron)|fueron|serán|han|viven|están)"
    r"\s[^,;:.«»“”\"()—–\n]{3,80})(?=[,.;]|$)"
)
_ABOUT_SO_MANY = re.compile(r"(?:(?:[Uu]nos|[Uu]nas|[Cc]asi|[Mm]ás de|[Aa]l menos|[Cc]erca de)\s)?")
_INNER = str.maketrans("«»", "“”")
_NAME = re.compile(r"\b[A-ZÁÉÍÓÚÑ][\w’'-]+")


def questions(sentence: Span, topic: str) -> Iterator[Idea]:
    """What may be asked so that `sentence` answers; `topic` is a name to ask about, or ""."""
    text = " ".join(sentence.text.split())
    for found in dates_and_clocks(text):
        before = re.sub(r"\sel\s(?=\w*$)", " el ", text[: found.start])
        if (match := _WHEN.fullmatch(before)) and _stands_alone(f"{match['subject']} {match['rest']}"):
            yield Idea(
                "when", f"¿Cuándo {match['verb']} {_lowered(match['subject'])}{match['rest']}?", sentence
            )
    for number in number_pattern().finditer(text):
        before, after = text[: number.start()], text[number.end() :].lstrip()
        if _ABOUT_SO_MANY.fullmatch(before) and (many := _MANY.match(after)) and _stands_alone(many["verb"]):
            how_many = "Cuántas" if many["noun"].endswith("as") else "Cuántos"
            yield Idea("how_many", f"¿{how_many} {many['noun']} {many['verb']}?", sentence)
        if (cost := _COST.fullmatch(before)) and _stands_alone(cost["subject"]):
            yield Idea("cost", f"¿Cuánto {cost['verb']} {_lowered(cost['subject'])}?", sentence)
    yield from _said(sentence, topic)


def on_outlet(outlet: str, topic: str) -> str:
    """ "¿Qué se sabe de la presa, según La Gaceta?"."""
    return f"¿Qué se sabe de {topic}, según {outlet}?"


def on_name(name: str) -> str:
    """ "¿Qué se informa sobre Punta Garzal?"."""
    return f"¿Qué se informa sobre {name}?"


def on_person(name: str) -> str:
    """ "¿Quién es Inés Valdemoro?"."""
    return f"¿Quién es {name}?"


def on_headline(title: str) -> str:
    """ "¿Qué se informa sobre «La desaladora»?"."""
    return f"¿Qué se informa sobre «{title.translate(_INNER)}»?"


def _said(sentence: Span, topic: str) -> Iterator[Idea]:
    who = _lowered(speaker(sentence))
    named = [mention.text for mention in mentions(f"por {who}.", "es") if mention.sort in ("person", "group")]
    if named and is_full_name(named[-1]) and who.endswith(named[-1]) and not _LEANS.search(who):
        yield Idea(
            "said",
            f"¿Qué dijo {who}{f' sobre {topic}' if topic else ''}?",
            sentence,
            holds=named[-1].split()[-1],
        )


def _lowered(phrase: str) -> str:
    return re.sub(r"^(?:El|La|Los|Las|Un|Una)\s", lambda article: article[0].lower(), phrase)


def _stands_alone(asked: str) -> bool:
    return bool(_NAME.search(_lowered(asked))) and not _LEANS.search(asked)
