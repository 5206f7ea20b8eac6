"""English questions, made of sentences that answer them.

Only sentences that turn into a question by moving their own words do: "The first 600 children in Fenmarch
were vaccinated on Monday" becomes "When were the first 600 children in Fenmarch vaccinated?". One that leans
on what stands before it makes none.
"""

import re
from collections.abc import Iterator

from index.schema import Span
from rag.asking.mentions import mentions
from rag.following.idea import Idea, is_full_name
from rag.telling.clauses import stems
from rag.telling.names import names_in
from rag.telling.short_answers.figures import number_pattern
from rag.telling.short_answers.times import dates_and_clocks
from rag.telling.speaker import speaker
from rag.telling.stance import stance_of

_LEANS = re.compile(
    r"\b(?:I|me|my|we|us|our|you|your|he|him|his|she|her|hers|they|them|their|it|its|this|that|these|those|such|"
    r"there|here|herself|himself|itself|themselves|both|other|others|another|same|former|latter|also|then|"
    r"later|again|too|so|instead|however|one|ones|which|who|whose|whom|not|never|no|neither|nor|if|but|while|"
    r"although|because|when|where|how|what|ago|since then|today|yesterday|tomorrow|now|only|even|still)\b",
    re.IGNORECASE,
)
_SUBJECT = r"(?P<subject>[A-Z0-9][^,;:.?!“”\"()—–\n]{2,70}?)"
_NO_SUBJECT = re.compile(
    r"^(?:in|on|at|by|from|for|to|after|before|under|over|with|without|as|during|since|until|about|and|or|all|"
    r"some|many|most|few|several|none|nobody|everyone|what|a|an|\d+)\b"
    r"|\b(?:said|says|told|reported|has|have|had|was|were|is|are|will|would|can|could)\b",
    re.IGNORECASE,
)
_AUXILIARY = r"(?P<auxiliary>was|were|is|are|will|has|have)"
_WORDS = r"[^,;:.?!“”\"()—–\n]{3,90}?"
_REST = rf"(?P<rest>[a-z]{_WORDS})"
_REGULAR = (
    "open start end sign launch pass reject return join publish reach kill arrest found visit attack appoint "
    "land ask warn order invest discover record interview resign"
)
_REGULAR_IN_E = (
    "close die arrive announce approve move release introduce sentence propose receive survive refuse "
    "acquire decline promise rescue raise"
)
_IRREGULAR = (
    "began:begin won:win lost:lose left:leave bought:buy sold:sell became:become took:take struck:strike "
    "hit:hit built:build wrote:write made:make gave:give held:hold met:meet fell:fall rose:rise paid:pay "
    "spent:spend sent:send found:find came:come went:go broke:break caught:catch drew:draw saw:see"
)
_PLAIN = {
    **{f"{verb}ed": verb for verb in _REGULAR.split()},
    **{f"{verb}d": verb for verb in _REGULAR_IN_E.split()},
    **dict(pair.split(":") for pair in _IRREGULAR.split()),
}
_PAST = rf"(?P<past>{'|'.join(_PLAIN)})"
_WHEN = re.compile(
    rf"{_SUBJECT}\s(?:{_AUXILIARY}\s{_REST}|{_PAST}(?P<more>(?:\s{_WORDS})?))\s(?P<at>on|in|at|since|until)\s(?:the\s)?(?:early\s|late\s)?$"
)
_WHEN_WORDS = {"since": "Since when", "until": "Until when"}
_WHY = re.compile(rf"{_SUBJECT}\s(?:{_AUXILIARY}\s{_REST}|{_PAST}(?P<more>(?:\s{_WORDS})?)),?\sbecause\s")
_ABOUT_SO_MANY = (
    r"(?:(?:[Aa]bout|[Ss]ome|[Nn]early|[Aa]lmost|[Aa]round|[Mm]ore than|[Aa]t least|[Oo]ver|[Uu]p to)\s)?"
)
_COUNTED = r"(?P<noun>(?:[a-z][a-z-]+\s){0,2}?(?:people|men|women|children|police|[a-z][a-z-]*[^\Wsui_]s))"
_UNIT = re.compile(
    r"\b(?:years?|months|weeks|days|hours|minutes|seconds|percent|times|miles|metres|meters|kilometres|"
    r"kilometers|tonnes|tons|pounds|dollars|euros|crowns|degrees|points|thousands|millions|of)\b"
)
_VERB = r"(?P<verb>were|are|have|had|will|lost|left|took|went|came|fell|made|gave|held|won|stood|[a-z]{3,}ed)"
_MANY = re.compile(
    rf"{_COUNTED}(?P<place>\s(?:in|from|at|on)\s[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)*)?\s{_VERB}"
    r"(?P<rest>\s[^,;:.?!“”\"()—–\n]{3,90})(?=[,.;]|$)"
)
_BEFORE_OBJECT = re.compile(
    rf"{_SUBJECT}\s(?:(?P<auxiliary>has|have|will)\s(?P<verb>[a-z]{{3,}})|{_PAST})\s{_ABOUT_SO_MANY}$"
)
_OBJECT = re.compile(rf"\s{_COUNTED}(?P<rest>(?:\s[^,;:.?!“”\"()—–\n]{{3,60}})?)(?=[,.;]|$)")
_COST = re.compile(rf"{_SUBJECT}\s(?P<verb>costs|cost|has cost|will cost)\s{_ABOUT_SO_MANY}$")
_COSTS = {
    "costs": "does {} cost",
    "cost": "did {} cost",
    "has cost": "has {} cost",
    "will cost": "will {} cost",
}
_LEADS = (
    r"(?:leads|led|heads|headed|runs|ran|owns|owned|founded|chairs|chaired|directs|directed|designed|built|"
    r"wrote|won|invented|discovered|created|organised|organized|manages|coaches|represents|bought)"
)
_WHO = re.compile(rf"\b[A-ZÀ-Þ][\w’'-]+,\swho\s(?P<told>{_LEADS}\s[^,;:.?!“”\"()—–\n]{{4,90}}?)(?=[,.;]|$)")
_DENIED = re.compile(
    r"\b(?P<told>(?:denied|denies)\s(?P<what>(?:that\s|[a-z]+ing\s)[^,;:.?!“”\"()—–\n]{6,120}?))"
    r"(?=\sand\s(?:said|[a-z]+ed)\b|[,.;]|$)"
)
_AT_START = re.compile(
    r"^[A-Z][a-z]+(?=\s(?!(?:von|van|de|del|di|da|bin|al|of)\s)[a-z])"
)  # Auditor general Ana Torre
_NO_SPEAKER = re.compile(
    r"\b(?:by|from|heard|with|for|report|study|research|recording|survey)\b", re.IGNORECASE
)
_INNER = str.maketrans("“”", "‘’")
_OF_HEADLINE = 2  # words that a question without a name shares with it
_NEWSPAPER = re.compile(
    r"(?:post|times|herald|courier|sentinel|ledger|dispatch|tribune|gazette|lantern|guardian|telegraph|"
    r"journal|chronicle|news|observer|independent|mail|star|globe)",
    re.IGNORECASE,
)


def questions(sentence: Span, topic: str) -> Iterator[Idea]:
    """What may be asked so that `sentence` answers; `topic` is a name to ask about, or ""."""
    text = " ".join(sentence.text.split())
    yield from _denials(text, sentence)
    yield from _when(text, sentence)
    yield from _how_many(text, sentence)
    yield from _why(text, sentence)
    yield from _cost(text, sentence)
    yield from _who(text, sentence)
    yield from _said(sentence, topic)


def on_outlet(outlet: str, topic: str) -> str:
    """ "What did the Aulin Evening Post report about the dam?"."""
    words = outlet.split()
    if words[0] == "The":
        outlet = f"the {' '.join(words[1:])}"
    elif len(words) > 1 and _NEWSPAPER.fullmatch(words[-1]):
        outlet = f"the {outlet}"
    return f"What did {outlet} report about {topic}?"


def on_name(name: str) -> str:
    """ "What is reported about Ilse Tarnowick?"."""
    return f"What is reported about {name}?"


def on_person(name: str) -> str:
    """ "Who is Ilse Tarnowick?"."""
    return f"Who is {name}?"


def on_headline(title: str) -> str:
    """ "What is reported about “Dam to open a year late”?"."""
    return f"What is reported about “{title.translate(_INNER)}”?"


def _denials(text: str, sentence: Span) -> Iterator[Idea]:
    if stance_of(text, "en") != "denied":
        return
    for match in _DENIED.finditer(text):
        if _stands_alone(re.sub(r"^that\s", "", match["what"]), sentence):
            yield Idea("denial", f"Who {match['told']}?", sentence)


def _when(text: str, sentence: Span) -> Iterator[Idea]:
    for found in dates_and_clocks(text):
        match = _WHEN.fullmatch(text[: found.start])
        if match and (moved := _moved(match, sentence)):
            yield Idea("when", f"{_WHEN_WORDS.get(match['at'], 'When')} {moved}?", sentence)


def _why(text: str, sentence: Span) -> Iterator[Idea]:
    if (match := _WHY.match(text)) and (moved := _moved(match, sentence)):
        yield Idea("why", f"Why {moved}?", sentence)


def _how_many(text: str, sentence: Span) -> Iterator[Idea]:
    for number in number_pattern().finditer(text):
        if number["currency"] or number["vague"] or number[0].casefold() in ("one", "a", "an", "two"):
            continue
        before, after = text[: number.start()], text[number.end() :]
        if re.fullmatch(_ABOUT_SO_MANY, before) and (match := _MANY.match(after.lstrip())):
            asked = f"{match['noun']}{match['place'] or ''} {match['verb']}{match['rest']}"
            if not _UNIT.search(match["noun"]) and _stands_alone(asked, sentence):
                yield Idea("how_many", f"How many {asked}?", sentence)
        about, counted = _BEFORE_OBJECT.fullmatch(before), _OBJECT.match(after)
        if about and counted and (subject := _subject(about["subject"], sentence)):
            verb = about["verb"] or _PLAIN[about["past"]]
            asked = f"{subject} {verb}{counted['rest']}"
            if not _UNIT.search(counted["noun"]) and _stands_alone(asked, sentence):
                yield Idea(
                    "how_many",
                    f"How many {counted['noun']} {about['auxiliary'] or 'did'} {asked}?",
                    sentence,
                )


def _cost(text: str, sentence: Span) -> Iterator[Idea]:
    for number in number_pattern().finditer(text):
        match = _COST.fullmatch(text[: number.start()])
        subject = _subject(match["subject"], sentence) if match else ""
        if match and subject and _stands_alone(subject, sentence):
            yield Idea("cost", f"How much {_COSTS[match['verb']].format(subject)}?", sentence)


def _who(text: str, sentence: Span) -> Iterator[Idea]:
    for match in _WHO.finditer(text):
        if _stands_alone(match["told"], sentence):
            yield Idea("who", f"Who {match['told']}?", sentence)


def _said(sentence: Span, topic: str) -> Iterator[Idea]:
    who = speaker(sentence)
    named = [mention.text for mention in mentions(f"by {who}.", "en") if mention.sort in ("person", "group")]
    if not named or not is_full_name(named[-1]) or not who.endswith(named[-1]):
        return
    who = _AT_START.sub(lambda first: first[0].lower(), who)
    if _LEANS.search(who) or _NO_SPEAKER.search(who):
        return
    is_other = not set(who.casefold().split()) & set(topic.casefold().split()) - {"the"}
    about = f" about {topic}" if topic and is_other else ""
    yield Idea("said", f"What did {who} say{about}?", sentence, holds=named[-1].split()[-1])


def _moved(match: re.Match[str], sentence: Span) -> str:
    """ "were the children vaccinated" of "The children were vaccinated"; "" if it wouldn't stand alone."""
    subject = _subject(match["subject"], sentence)
    rest = match["rest"] or f"{_PLAIN[match['past']]}{match['more']}"
    asked = f"{subject} {rest}"
    return f"{match['auxiliary'] or 'did'} {asked}" if subject and _stands_alone(asked, sentence) else ""


def _subject(subject: str, sentence: Span) -> str:
    """The subject as it stands within a sentence; "" if it is none."""
    if _NO_SUBJECT.search(subject) or len(subject.split()) > 9:
        return ""
    first, _, rest = subject.partition(" ")
    text = sentence.article.text
    if first == "The" or re.search(rf"(?<![\w“\"]){re.escape(first.lower())}(?!\w)", text):
        return f"{first[0].lower()}{first[1:]} {rest}".strip()
    is_name = re.search(rf"\w,?\s{re.escape(first)}(?!\w)", text)
    return subject if is_name else ""


def _stands_alone(asked: str, sentence: Span) -> bool:
    """True if it names somebody, or what the headline is about, and means nothing said before."""
    is_clear = names_in(f"What {asked}") or len(stems(asked) & stems(sentence.article.title)) >= _OF_HEADLINE
    return bool(is_clear) and not _LEANS.search(asked)
