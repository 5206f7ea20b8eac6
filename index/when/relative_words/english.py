"""The words of relative dates in English."""

import re
from functools import cache

from index.when.calendar_names import MONTHS, WEEKDAYS
from index.when.relative_words.shape import NOT_A_YEAR, RelativeWords, any_of, compiled, numbered


@cache
def english() -> RelativeWords:
    """The words of English."""
    weekday, month = any_of(WEEKDAYS["en"]), any_of(MONTHS["en"])
    numbers = {"a": 1, **numbered("one two three four five six seven eight nine ten", 1)}
    number = rf"(?P<number>{any_of(numbers)}|\d{{1,2}})"
    short = r"jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec"
    ordinal = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
    part = r"(?:\s(?:morning|afternoon|evening|night))?"
    return RelativeWords(
        rules=compiled(
            ("none", rf"\b(?:{weekday})\s?(?:to|through|until|–|-)\s?(?:{weekday})\b"),
            (
                "none",
                r"\b(?:every|each|most|any|an?|one|that|another|the|previous|following|black|good|ash|easter|cyber"
                rf"|super|bloody|holy|palm|giving|sheffield)\s(?:(?:first|second|third|fourth|last|next|same|whole"
                rf"|busy)\s)?(?:{weekday})\b",
            ),
            (
                "none",
                rf"\b(?:{weekday})\s(?:night live|times|mail|telegraph|herald|express|mirror|post|league"
                r"|school)\b",
            ),
            ("none", r"\b(?:even|still|until|of|to|as of|than) today\b|\btoday['’]s\b|\btomorrow['’]s\b"),
            ("none", rf"\b(?:between|from)\s(?:{month})\s(?:and|to)\s(?:{month})\b"),
            (
                "date",
                rf"\b(?:(?P<on>{weekday}),?\s(?:the\s)?)?(?P<shown>{ordinal}\s(?:of\s)?(?P<month>{month}|{short}))\b\.?"
                + NOT_A_YEAR,
            ),
            (
                "date",
                rf"\b(?:(?P<on>{weekday}),?\s)?(?P<shown>(?P<month>{month}|(?:{short})\.?)\s{ordinal})(?![\d:.,]?\d)(?!\s?%)"
                + NOT_A_YEAR,
            ),
            (
                "weekday",
                rf"\b(?:(?P<last>last|(?:this )?past)\s|(?P<next>next|(?:this )?coming)\s|(?P<this>this)\s)?"
                rf"(?P<weekday>{weekday})\b(?P<of_event>['’]s)?{part}"
                r"(?:\s(?:of\s)?(?P<last_week>last week)|\s(?:of\s)?(?P<next_week>next week))?",
            ),
            ("day -2", r"\b(?:the )?day before yesterday\b"),
            ("day 2", r"\b(?:the )?day after tomorrow\b"),
            ("day -1", r"\byesterday\b(?:\s(?:morning|afternoon|evening))?|\blast night\b"),
            ("day 0", r"\bthis (?:morning|afternoon|evening)\b|\btonight\b"),
            ("none", r"\bstill\b[^,;]{0,60}\btoday\b|(?-i:\b[A-Z]\w* Today\b)"),
            ("now", r"\btoday\b"),
            ("ahead", r"\btomorrow\b"),
            (
                "ago",
                rf"(?<!than )(?<!about )(?<!around )(?<!nearly )(?<!almost )(?<!over )(?<!least )"
                rf"(?<!some )(?<!\w){number}\s(?P<unit>days?|weeks?)\sago\b",
            ),
            ("ahead", rf"\bin\s(?P<shown>{number}\s(?P<unit>days?|weeks?)(?:['’]?\stime)?)\b"),
            (
                "month",
                r"\b(?:(?:in|since|until|till|by|from|during|late|early|mid|of|in late|in early|in mid)[\s-])"
                rf"(?P<shown>(?:(?P<last>last)\s|(?P<next>next)\s|(?P<this>this)\s)?(?P<month>{month}){NOT_A_YEAR}"
                r"(?:,?\s(?:of\s)?(?:(?P<last_year>last year)|(?P<this_year>this year)"
                r"|(?P<next_year>next year)))?)",
            ),
            (
                "month",
                rf"\b(?P<shown>(?:(?P<last>last)|(?P<next>next)|(?P<this>this))\s(?P<month>{month})){NOT_A_YEAR}",
            ),
            (
                "period",
                r"(?<!the )(?<!over )\b(?:(?P<last>last)|(?:earlier |later )?(?P<this>this)|(?P<next>next))\s"
                r"(?P<unit>week|weekend|month|year)\b(?!\s(?:of|in|before|after|ago|or)\b)(?!-)",
            ),
        ),
        cues=re.compile(
            r"(?P<neither>\b(?:was|were|been|be)\s(?:\w+ly\s)?(?:scheduled|planned|expected|due|set|supposed)\b"
            r"|\b(?:would|could|might)\b(?:\s(?:not|also|be|have|been))*\s\w+|\b(?:if|unless|whether)\b)"
            r"|(?P<future>\b(?:will|won['’]t|shall|must|should|can|may|going to|(?:is|are|has|have)"
            r"\s(?:due|expected|set|scheduled|slated|planned|likely|supposed|poised)?\s?to)\b(?:\s(?:not|also|only|be|have|been"
            r"|\w+ly))*\s\w+|\w['’]ll\b(?:\s(?:be|have))?\s\w+|\b(?:plan|hope|expect|intend|aim|want)s?\sto\s\w+"
            r"|\b(?:scheduled|slated|due|expected|opens|begins|starts|resumes|reopens"
            r"|takes (?:place|effect|office))\b)"
            r"|(?P<past>\b(?:began|started|failed|managed|continued|refused|went|came|got|proceeded|rushed|helped)\sto"
            r"\s\w+)"
            r"|(?P<deadline>\b(?:until|till|by|before|from|ahead of|starting|beginning|as of)\b)"
            # "They went back to work" is past, whatever "to work" is.
            r"|(?P<infinitive>(?<!\bback )(?<!\breturned )\bto\s"
            r"(?!the\b|an?\b|its\b|his\b|her\b|their\b|our\b|my\b|this\b|that\b|[A-Z\d])\w+\b)"
            r"|(?P<say>\b(?:said|says|told|announced|reported|confirmed|added|wrote|stated|tweeted)\b)"
            r"|(?P<done>\b(?!need\b|indeed\b|hundred\b|speed\b|feed\b|seed\b|breed\b|bleed\b|exceed\b|proceed\b|"
            r"succeed\b|embed\b|united\b|sacred\b|naked\b|shed\b)[a-z]{2,}ed\b"
            r"|\b(?:was|were|had|did|been|became|began|bought|broke|brought|built|came|caught|chose|cost|cut|died|drew|"
            r"drove|fell|fled|flew|fought|found|froze|gave|got|grew|held|hit|hurt|kept|killed|knew|laid|led|left|lost|"
            r"made|met|paid|put|quit|ran|read|rose|sank|sat|saw|seen|sent|set|shook|shot|shown|sold|spent|spoke|stole|"
            r"stood|struck|swept|swore|taken|taught|thought|threw|took|went|withdrew|woke|won|wore|wrote|given|driven|"
            r"stolen|broken|torn|beat|burnt|sought|overturned|underwent)\b)"
        ),
        boundary=re.compile(r"\b(?:that|which|who|but|while|because|although|as|when|where|so)\b|;"),
        joint=re.compile(r"\band\b"),
        modal=re.compile(r"(?:can|may|must|should)\b"),
        numbers=numbers,
        units={"day": "day", "week": "week", "weekend": "weekend", "month": "month", "year": "year"},
        days={},
    )
